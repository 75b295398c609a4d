// ofetch as it comes: one further attempt, but for methods with a payload.

import { ofetch } from "ofetch";
import { balanceUrl, headers, order, run, sendUrl } from "./work.mjs";

await run({
  balance: async () => (await ofetch.raw(balanceUrl, { headers })).status,
  send: async () => (await ofetch.raw(sendUrl, { method: "POST", headers, body: order })).status,
});
