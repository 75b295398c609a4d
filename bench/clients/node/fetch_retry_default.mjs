// fetch-retry as it comes, around Node's fetch: three further attempts where the network failed.

import fetchRetry from "fetch-retry";
import { asJson, balanceUrl, done, headers, run, sendUrl } from "./work.mjs";

const fetchAgain = fetchRetry(fetch);

await run({
  balance: async () => done(await fetchAgain(balanceUrl, { headers })),
  send: async () => done(await fetchAgain(sendUrl, asJson)),
});
