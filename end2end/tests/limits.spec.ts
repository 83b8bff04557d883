// Who asks too much is asked to wait, in words, by a server with low limits.
import { type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { Links } from "../support/links.ts";
import { run } from "../support/run.ts";
import { answers, freePort, start, stop } from "../support/server.ts";

let server: ChildProcess;
let env: Record<string, string>;
let origin: string;

test.beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  env = {
    ...run().env,
    LEFTOFF_SERVER__ADDR: `127.0.0.1:${port}`,
    LEFTOFF_SERVER__PUBLIC_URL: origin,
    LEFTOFF_LIMITS__PAGES: "4",
    LEFTOFF_LIMITS__ACTS: "2",
  };
  server = start(["serve"], env, createWriteStream(run().log, { flags: "a" }));
  await answers(`${origin}/livez`);
});

test.afterAll(() => stop(server));

test("too many acts keep the page, too many pages get one of their own", async ({ portal, persona, alarms }) => {
  alarms.expect(answered(429));
  const inquiry = await persona.seed("pending");
  const link = await new Links(env).create(inquiry.id);
  await portal.open(link.url);
  for (let act = 1; act <= 2; act += 1) {
    await portal.page.evaluate(() => fetch("/api/nothing", { method: "POST" }).then((answer) => answer.status));
  }
  alarms.expect(answered(400));
  alarms.expect(answered(404));
  await portal.continue.click();
  await portal.says("That was a little too often. Please wait a minute, then try again.");

  for (let page = 1; page <= 3; page += 1) await portal.open(link.url);
  const answer = await portal.page.goto(link.url);
  expect(answer?.status()).toBe(429);
  expect(Number(answer?.headers()["retry-after"])).toBeGreaterThan(0);
  await portal.shows("One moment, please");
  expect(await persona.resumes(inquiry.id)).toBe(0);
});
