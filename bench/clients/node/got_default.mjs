// got as it comes: two further attempts, for methods that may be repeated.

import got from "got";
import { balanceUrl, headers, order, run, sendUrl } from "./work.mjs";

await run({
  balance: async () => (await got.get(balanceUrl, { headers })).statusCode,
  send: async () => (await got.post(sendUrl, { headers, json: order })).statusCode,
});
