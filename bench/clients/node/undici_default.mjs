// undici's RetryAgent as it comes: five further attempts, for methods that may be repeated.

import { Agent, RetryAgent, request } from "undici";
import { asJson, balanceUrl, headers, run, sendUrl } from "./work.mjs";

const dispatcher = new RetryAgent(new Agent());

async function ask(url, options) {
  const answer = await request(url, { dispatcher, ...options });
  await answer.body.text();
  if (answer.statusCode >= 400) throw new Error(`status ${answer.statusCode}`);
  return answer.statusCode;
}

await run({
  balance: () => ask(balanceUrl, { headers }),
  send: () => ask(sendUrl, asJson),
});
