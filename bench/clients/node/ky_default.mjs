// ky as it comes: two further attempts, for methods that may be repeated.

import ky from "ky";
import { balanceUrl, headers, order, run, sendUrl } from "./work.mjs";

await run({
  balance: async () => (await ky.get(balanceUrl, { headers })).status,
  send: async () => (await ky.post(sendUrl, { headers, json: order })).status,
});
