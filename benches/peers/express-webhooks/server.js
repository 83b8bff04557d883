// Raw body, HMAC in constant time, age window, one row for each event, committed before the answer.
import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";
import Database from "better-sqlite3";

const { DATABASE, PORT, SECRETS } = process.env;
const secrets = SECRETS.split(",");
const TOLERANCE = 300;

const db = new Database(DATABASE);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`
  create table if not exists events (
    id text not null primary key, name text not null, at integer not null, received_at integer not null,
    inquiry_id text, said text, state text not null
  );
  create index if not exists events_of_inquiry on events (inquiry_id, at, id);
  create index if not exists events_received on events (received_at, id);
  create index if not exists events_waiting on events (at, id) where state = 'waiting';
`);
const insert = db.prepare(`
  insert into events (id, name, at, received_at, inquiry_id, said, state)
  values (?, ?, ?, ?, ?, ?, 'waiting') on conflict (id) do nothing
`);

/** Whether one of the sets fits a secret and is recent. */
function isSigned(header, body) {
  const now = Date.now() / 1000;
  return (header ?? "").split(" ").some((set) => {
    const parts = set.split(",").map((part) => part.split("="));
    const time = parts.find(([name]) => name === "t")?.[1];
    if (!time || !(Math.abs(now - Number(time)) <= TOLERANCE)) return false;
    const signatures = parts.filter(([name]) => name === "v1").map(([, value]) => Buffer.from(value, "hex"));
    return secrets.some((secret) => {
      const code = createHmac("sha256", secret).update(`${time}.`).update(body).digest();
      return signatures.some((given) => given.length === code.length && timingSafeEqual(given, code));
    });
  });
}

/** Status, IDs and times; no field of the person. */
function kept(inquiry) {
  const { fields, behaviors, note, tags, creator, ...said } = inquiry.attributes;
  return JSON.stringify(said);
}

const app = express();
app.disable("x-powered-by");
app.get("/livez", (_, response) => response.send("ok"));
app.post("/webhooks/persona", express.raw({ type: () => true, limit: "1mb" }), (request, response) => {
  if (!isSigned(request.get("persona-signature"), request.body)) return response.sendStatus(401);
  const { id, attributes } = JSON.parse(request.body).data;
  const inquiry = attributes.payload.data;
  const at = Date.parse(attributes["created-at"]);
  insert.run(id, attributes.name, at, Date.now(), inquiry.id, kept(inquiry));
  response.send("kept");
});
app.listen(Number(PORT), "127.0.0.1");
