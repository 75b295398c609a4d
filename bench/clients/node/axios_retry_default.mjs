// axios with axios-retry as its page shows it: axiosRetry(axios, { retries: 3 }).

import axios from "axios";
import axiosRetry from "axios-retry";
import { balanceUrl, headers, order, run, sendUrl } from "./work.mjs";

const client = axios.create({ headers, timeout: 10_000 });
axiosRetry(client, { retries: 3 });

await run({
  balance: async () => (await client.get(balanceUrl)).status,
  send: async () => (await client.post(sendUrl, order)).status,
});
