// fetch-retry with retryOn for statuses, as its page shows it.

import fetchRetry from "fetch-retry";
import { asJson, balanceUrl, done, headers, run, sendUrl } from "./work.mjs";

const fetchAgain = fetchRetry(fetch, { retries: 3, retryDelay: 1000, retryOn: [429, 503] });

await run({
  balance: async () => done(await fetchAgain(balanceUrl, { headers })),
  send: async () => done(await fetchAgain(sendUrl, asJson)),
});
