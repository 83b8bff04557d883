// After all tests: nothing that they met is in what was logged or stored.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { person, wrongBirthdate } from "../support/person.ts";
import { runs } from "../support/run.ts";
import { type Kind, kept } from "../support/secrets.ts";

/** What is looked for, and how many of each a run meets at least. */
const met: Record<Kind, number> = {
  "session-token": 6,
  "one-time-code": 6,
  "link-token": 6,
  device: 6,
  key: 3,
  "webhook-secret": 6,
};
const kinds = Object.keys(met) as Kind[];

/** The names of those that occur; never the secrets themselves. */
function found(text: string, wanted: [string, string][]): string[] {
  return wanted.filter(([, value]) => text.includes(value)).map(([name, value]) => `${name} ${value.slice(0, 4)}…`);
}

function wanted(): [string, string][] {
  const secrets = kinds.flatMap((kind) => kept(kind).map((value): [string, string] => [kind, value]));
  const personal = Object.entries(person).map(([field, value]): [string, string] => [field, value]);
  const settings = runs().flatMap(({ apiKey, webhookSecret, accounts }): [string, string][] => [
    ["API key", apiKey],
    ["secret of Persona's webhooks", webhookSecret],
    ...accounts.map(({ role, password }): [string, string] => [`password of ${role}`, password]),
  ]);
  return [["wrong birthdate", wrongBirthdate], ...settings, ...personal, ...secrets];
}

/** What the servers of all workers logged. */
function logged(): string {
  return runs().map(({ log }) => readFileSync(log, "utf8")).join("\n");
}

test("the search has something to find and something to search", () => {
  for (const kind of kinds) expect(kept(kind).length, kind).toBeGreaterThanOrEqual(met[kind]);
  const log = logged();
  const requests = log.split("\n").filter((line) => line.includes("http.route"));
  expect(requests.length).toBeGreaterThan(100);
  expect(log).toContain("DEBUG");
  expect(found(`${log} ${person.birthdate}`, wanted())).toEqual([expect.stringContaining("birthdate")]);
});

test("the log holds no key, token, link, code or personal data", () => {
  expect(found(logged(), wanted())).toEqual([]);
});

test("the database holds none of them either", () => {
  const files = runs().flatMap(({ database }) => ["", "-wal"].map((end) => database + end)).filter((file) => existsSync(file));
  const stored = files.map((file) => readFileSync(file, "latin1")).join();
  expect(stored).toContain("link-created");
  expect(found(stored, wanted())).toEqual([]);
});
