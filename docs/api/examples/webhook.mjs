// Tells whether a webhook is from Leftoff (Standard Webhooks). The body comes by standard input, the headers by variables.
import { createHmac, timingSafeEqual } from "node:crypto";
import { buffer } from "node:stream/consumers";

const TOLERANCE = 5 * 60;

function isGenuine(secret, headers, body, now) {
  const [id, sent] = [headers["webhook-id"], headers["webhook-timestamp"]];
  if (!/^\d+$/.test(sent) || Math.abs(now - Number(sent)) > TOLERANCE) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${sent}.`).update(body).digest();
  // While a secret rotates there are several signatures, with spaces between.
  return headers["webhook-signature"].split(" ").some((pair) => {
    const [version, sign = ""] = pair.split(",", 2);
    const found = Buffer.from(sign, "base64");
    return version === "v1" && found.length === expected.length && timingSafeEqual(found, expected);
  });
}

const headers = {
  "webhook-id": process.env.WEBHOOK_ID,
  "webhook-timestamp": process.env.WEBHOOK_TIMESTAMP,
  "webhook-signature": process.env.WEBHOOK_SIGNATURE,
};
// The body as it came, before anything parses it.
const body = await buffer(process.stdin);
if (!isGenuine(process.env.WEBHOOK_SECRET, headers, body, Date.now() / 1000)) {
  console.error("not from Leftoff, or too old");
  process.exit(1);
}
console.log("from Leftoff");
