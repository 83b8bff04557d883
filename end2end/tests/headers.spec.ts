// What every answer carries, what the browser keeps, and what the site's files do not contain.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../support/fixtures.ts";
import { root, run } from "../support/run.ts";

test("a page's policy lets nothing in but our scripts and Persona's frame", async ({ request, linkTo }) => {
  const link = await linkTo("pending");
  const [one, two] = [await request.get(link.url), await request.get(link.url)];
  const policy = one.headers()["content-security-policy"] ?? "";
  const directives = new Map(
    policy.split(";").map((directive) => {
      const [name = "", ...values] = directive.trim().split(/\s+/);
      return [name, values];
    }),
  );
  expect(directives.get("default-src")).toEqual(["'none'"]);
  expect(directives.get("style-src")).toEqual(["'self'"]);
  expect(directives.get("frame-src")).toEqual([run().persona]);
  expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
  expect(directives.get("base-uri")).toEqual(["'none'"]);
  expect(directives.get("form-action")).toEqual(["'self'", run().persona]);
  expect(directives.get("require-trusted-types-for")).toEqual(["'script'"]);
  expect(directives.get("script-src")).toEqual([
    expect.stringMatching(/^'nonce-[\w+/=-]{20,}'$/),
    "'strict-dynamic'",
    "'wasm-unsafe-eval'",
  ]);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
  expect(two.headers()["content-security-policy"]).not.toBe(policy);
});

test("every answer carries the other headers too", async ({ request, linkTo }) => {
  const link = await linkTo("pending");
  const paths = [link.url, "/", "/nothing", "/livez", "/brand.css", "/favicon.svg"];
  for (const path of paths) {
    const headers = (await request.get(new URL(path, run().portal).href)).headers();
    expect(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining(`camera=(self "${run().persona}")`),
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(headers["cross-origin-embedder-policy"], path).toBeUndefined();
  }
});

test("pages and acts are stored nowhere, hashed files for long", async ({ portal, linkTo }) => {
  const kept = new Map<string, string | undefined>();
  portal.page.on("response", (response) => {
    kept.set(new URL(response.url()).pathname, response.headers()["cache-control"]);
  });
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  expect(kept.get(new URL(link.url).pathname)).toBe("no-store");
  expect(kept.get("/api/resume_inquiry")).toBe("no-store");
  const files = [...kept].filter(([path]) => path.startsWith("/pkg/") || path.startsWith("/vendor/"));
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const [path, control] of files) expect(control, path).toBe("public, max-age=31536000, immutable");
});

test("the device's cookie is bound to this host and out of reach of scripts", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  expect(await portal.page.context().cookies()).toEqual([]);
  await portal.start();
  const cookies = await portal.page.context().cookies();
  expect(cookies).toEqual([
    expect.objectContaining({
      name: "__Host-leftoff-device",
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: "Lax",
    }),
  ]);
  expect(await portal.page.evaluate(() => document.cookie)).toBe("");
});

test("a page keeps nothing in the browser's storage and asks no third party", async ({ portal, linkTo }) => {
  const origins = new Set<string>();
  portal.page.on("request", (request) => origins.add(new URL(request.url()).origin));
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.finish();
  await portal.shows("You are done");
  expect([...origins].sort()).toEqual([run().portal, run().persona].sort());
  expect(await portal.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});

test("neither token nor inquiry is in the page or its address", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  expect(await portal.page.content()).not.toContain(link.inquiry);
  const opening = portal.page.waitForResponse("**/api/resume_inquiry");
  await portal.start();
  const token = ((await (await opening).json()) as { "session-token": string })["session-token"];
  expect(token.length).toBeGreaterThan(20);
  await portal.close.click();
  await expect(portal.page.getByTitle("Identity verification")).toBeHidden();
  expect(await portal.page.content()).not.toContain(token);
  expect(portal.page.url()).toBe(link.url);
});

test("no file of the site contains the key, nor does the program", async ({ request, linkTo }) => {
  const site = join(root, "target/site");
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name).slice(site.length));
  expect(paths.some((path) => path.endsWith(".wasm"))).toBe(true);
  for (const path of paths) {
    expect(readFileSync(join(site, path)).includes(run().apiKey), path).toBe(false);
    const answer = await request.get(run().portal + path);
    if (answer.ok()) expect((await answer.body()).includes(run().apiKey), path).toBe(false);
  }
  const page = await request.get((await linkTo("pending")).url);
  expect(await page.text()).not.toContain(run().apiKey);
  for (const path of paths.filter((path) => /\.(wasm|js)$/.test(path))) {
    expect(readFileSync(join(site, path)).includes("persona_sandbox_"), path).toBe(false);
  }
});
