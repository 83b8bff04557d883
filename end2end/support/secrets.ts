// Everything that must not be found in a log, kept as the tests meet it.
import { appendFileSync, readFileSync } from "node:fs";
import type { Request } from "@playwright/test";
import { run, runs } from "./run.ts";

export type Kind = "session-token" | "one-time-code" | "link-token" | "device" | "key" | "webhook-secret";

export function keep(kind: Kind, value: string | null | undefined): void {
  if (value) appendFileSync(run().secrets, `${JSON.stringify({ kind, value })}\n`);
}

/** What the tests of all workers kept, each value once. */
export function kept(kind: Kind): string[] {
  const lines = runs().flatMap(({ secrets }) => readFileSync(secrets, "utf8").split("\n").filter(Boolean));
  const secrets = lines.map((line) => JSON.parse(line) as { kind: Kind; value: string });
  return [...new Set(secrets.filter((secret) => secret.kind === kind).map((secret) => secret.value))];
}

/** Keeps what a browser's request shows: links in our paths, tokens and codes in Persona's queries. */
export function keepFrom(request: Request): void {
  const url = new URL(request.url());
  if (url.origin === run().portal) {
    keep("link-token", /^\/r\/([^/]{43})(?:\/|$)/.exec(url.pathname)?.[1]);
    return;
  }
  keep("session-token", url.searchParams.get("session-token"));
  keep("one-time-code", url.searchParams.get("code"));
}
