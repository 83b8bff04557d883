// What the portal costs a phone before the flow mounts, in compressed bytes as they go over the wire.
import { expect, test } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { weigh, type Weight } from "../support/weight.ts";

/** Bytes of page, wasm, JavaScript and style, without Persona's own SDK: 2 KB more than they were when last measured. The page
 * goes over the wire as it is, and lists every language in its foot. */
const BUDGET = 64_500;

test("the page stays within its budget", async ({ portal, linkTo }) => {
  const loaded = new Set<string>();
  portal.page.on("request", (request) => loaded.add(request.url()));
  const link = await linkTo("expired");
  await portal.open(link.url);
  expect([...loaded].every((url) => url.startsWith(run().portal))).toBe(true);

  const parts = await Promise.all([...loaded].map((url) => weigh(url)));
  const isSdk = (part: Weight) => part.path.startsWith("/vendor/");
  const sum = (some: Weight[]) => some.reduce((total, part) => total + part.bytes, 0);
  const own = parts.filter((part) => !isSdk(part));
  const rows = parts.map((part) => ({ ...part, path: part.path.replace(link.token, "{token}") }));
  console.table(rows.sort((one, two) => two.bytes - one.bytes));
  console.log(`ours ${sum(own)} bytes, with Persona's SDK ${sum(parts)} bytes`);

  for (const kind of [".wasm", ".js", ".css"]) {
    const part = own.find((part) => part.path.startsWith("/pkg/") && part.path.endsWith(kind));
    expect(part?.encoding, kind).toBe("br");
  }
  expect(parts.filter(isSdk)).toHaveLength(1);
  expect(sum(own)).toBeLessThanOrEqual(BUDGET);
});
