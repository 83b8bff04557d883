// What the portal costs a phone before the flow mounts, in compressed bytes as they go over the wire.
import { get } from "node:http";
import { expect, test } from "../support/fixtures.ts";
import { run } from "../support/run.ts";

/** Bytes of page, wasm, JavaScript and style, without Persona's own SDK: 2 KB more than they were when last measured. */
const BUDGET = 62_500;

interface Part {
  path: string;
  encoding: string;
  bytes: number;
}

/** The body as it comes over the wire, which `fetch` would unpack. */
function measure(url: string): Promise<Part> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () => {
        resolve({ path: new URL(url).pathname, encoding: answer.headers["content-encoding"] ?? "plain", bytes });
      });
    });
    request.on("error", reject);
  });
}

test("the page stays within its budget", async ({ portal, linkTo }) => {
  const loaded = new Set<string>();
  portal.page.on("request", (request) => loaded.add(request.url()));
  const link = await linkTo("expired");
  await portal.open(link.url);
  expect([...loaded].every((url) => url.startsWith(run().portal))).toBe(true);

  const parts = await Promise.all([...loaded].map(measure));
  const isSdk = (part: Part) => part.path.startsWith("/vendor/");
  const sum = (some: Part[]) => some.reduce((total, part) => total + part.bytes, 0);
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
