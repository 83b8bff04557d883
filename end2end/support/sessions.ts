// Sessions of the demo's staff, which the tests of a worker share: signing in is tried by tests of its own.
import type { BrowserContext } from "@playwright/test";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** A proof of who acts is good for ten minutes; whoever takes a session over has half of them. */
const LIFE_MS = 5 * 60_000;

const kept = new Map<string, { cookies: Cookies; since: number }>();

/** The cookies of a session that is young enough. */
export function sessionOf(name: string): Cookies {
  const session = kept.get(name);
  return session && Date.now() - session.since < LIFE_MS ? session.cookies : [];
}

export async function keepSession(name: string, context: BrowserContext): Promise<void> {
  kept.set(name, { cookies: await context.cookies(), since: Date.now() });
}

/** Lets everybody sign in anew. */
export function forgetSessions(): void {
  kept.clear();
}
