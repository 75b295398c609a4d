// What each of the programs does: it reads the balance, then sends one top-up, and says how it went.

import { randomUUID } from "node:crypto";

export const url = process.argv[2].replace(/\/$/, "");
export const headers = { "X-Access-Token": process.env.ONECLICKDZ_TOKEN ?? "sandbox-key" };
export const balanceUrl = `${url}/v3/account/balance`;
export const sendUrl = `${url}/v3/mobile/send`;
export const order = {
  plan_code: "PREPAID_DJEZZY",
  MSSIDN: "0778037340",
  amount: 100,
  ref: `order-${randomUUID()}`,
};

export const asJson = {
  method: "POST",
  headers: { ...headers, "Content-Type": "application/json" },
  body: JSON.stringify(order),
};

// Makes each call, whatever became of the one before. Exits with 1 where one failed.
export async function run(calls) {
  let failed = false;
  for (const [name, call] of Object.entries(calls)) {
    try {
      console.log(name, await call());
    } catch (problem) {
      failed = true;
      console.log(name, "failed:", problem.name, String(problem.message).slice(0, 200));
    }
  }
  process.exit(failed ? 1 : 0);
}

// The status of an answer that is a success; raises for others, as fetch itself does not.
export async function done(answer) {
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  await answer.text();
  return answer.status;
}
