// Makes a link for an inquiry: node links.mjs inq_…
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

async function makeLink(body, name) {
  const answer = await fetch(`${process.env.LEFTOFF_URL}/api/v1/links`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${process.env.LEFTOFF_API_KEY}`,
      "Content-Type": "application/json",
      "Idempotency-Key": name,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return [await answer.json(), answer.headers.get("Idempotency-Replayed") === "true"];
}

const name = randomUUID();
const body = { inquiry_id: process.argv[2], reason: "person-asked" };

const [first] = await makeLink(body, name);
// The answer was lost? The same request under the same name gives it again and makes no second link.
const [again, isReplayed] = await makeLink(body, name);
assert.ok(isReplayed);
assert.deepEqual(again, first);

console.log(again.url);
