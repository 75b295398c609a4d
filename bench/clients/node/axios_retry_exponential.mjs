// axios with axios-retry and the delays it offers: exponential, after Retry-After where there is one.

import axios from "axios";
import axiosRetry from "axios-retry";
import { balanceUrl, headers, order, run, sendUrl } from "./work.mjs";

const client = axios.create({ headers, timeout: 10_000 });
axiosRetry(client, { retries: 3, retryDelay: axiosRetry.exponentialDelay });

await run({
  balance: async () => (await client.get(balanceUrl)).status,
  send: async () => (await client.post(sendUrl, order)).status,
});
