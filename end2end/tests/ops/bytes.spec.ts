// What the pages of ops cost, in bytes as they go over the wire.
import { expect, test } from "../../support/ops.ts";
import { weigh } from "../../support/weight.ts";

/** Style, script and colours of all pages, packed and asked for once: 1 KB more than they were when last measured. */
const FILES = 9_600;
/** A page with fifty rows, in its HTML. It is not packed: the length of what is packed would tell of what is in it. */
const PAGE = 60_000;

const PATHS = [
  "/ops",
  "/ops/bulk",
  "/ops/funnel",
  "/ops/import",
  "/ops/policies",
  "/ops/policies/new",
  "/ops/messages",
  "/ops/events",
  "/ops/deliveries",
  "/ops/deliveries/new",
  "/ops/audit",
  "/ops/team",
  "/ops/keys",
  "/ops/keys/new",
  "/ops/settings",
  "/ops/account",
];

test("every page of ops loads its HTML, a style and a script, and no wasm", async ({ staff }) => {
  const admin = await staff("admin");
  const loaded = new Set<string>();
  admin.page.on("request", (request) => {
    // Texts that follow the server have no end.
    if (request.resourceType() !== "eventsource") loaded.add(request.url());
  });
  const cookies = await admin.page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const rows = [];
  for (const path of PATHS) {
    loaded.clear();
    await admin.open(path);
    const parts = await Promise.all([...loaded].map((url) => weigh(url, cookie)));
    const sum = (kind: RegExp) =>
      parts.filter((part) => kind.test(part.path)).reduce((bytes, part) => bytes + part.bytes, 0);
    const row = { path, html: sum(/^\/ops(?!\.)/), css: sum(/\.css$/), js: sum(/\.js$/), wasm: sum(/\.wasm$/) };
    rows.push(row);
    const files = parts.filter(({ path }) => /\/ops\.(css|js)$/.test(path));
    expect(files.map(({ encoding }) => encoding)).toEqual(["gzip", "gzip"]);
    expect.soft(row.css + row.js, path).toBeLessThanOrEqual(FILES);
    expect.soft(row.html, path).toBeLessThanOrEqual(PAGE);
    expect(row.wasm, path).toBe(0);
  }
  console.table(rows);
});
