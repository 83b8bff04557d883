// What no page may do: throw, complain in the console, break its own policy.
import type { BrowserContext } from "@playwright/test";
import { keep, keepFrom } from "./secrets.ts";

export class Alarms {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #contexts: BrowserContext[] = [];

  /** Listens to every page of a context; a policy violation is a console error too. */
  watch(context: BrowserContext): void {
    this.#contexts.push(context);
    context.on("weberror", (error) => this.#heard.push(`uncaught: ${error.error().message}`));
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      this.#heard.push(`${message.text()} (${new URL(message.location().url || "about:blank").pathname})`);
    });
    context.on("request", keepFrom);
  }

  /** Lets console errors pass that the test itself asks for, such as the browser's line for a 503. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What was heard and not asked for. */
  get unexpected(): string[] {
    return this.#heard.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }

  /** Keeps the devices' cookies for the search of the logs. */
  async keepDevices(): Promise<void> {
    for (const context of this.#contexts) {
      const cookies = await context.cookies().catch(() => []);
      for (const cookie of cookies) keep("device", cookie.value);
    }
  }
}

/** The browser's own line for an answer with this status. */
export const answered = (status: number): RegExp =>
  new RegExp(`^Failed to load resource: the server responded with a status of ${status}\\b`);

/** The browser's own line for a request that did not get through. */
export const unreachable = /^Failed to load resource: net::ERR_/;
