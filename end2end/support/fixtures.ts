// What every test works with.
import { test as base, type BrowserContext, type BrowserContextOptions, expect } from "@playwright/test";
import { Alarms } from "./alarms.ts";
import { type Link, type LinkOptions, Links } from "./links.ts";
import { Persona, type Seed, type Status } from "./persona.ts";
import { Portal } from "./portal.ts";
import { run } from "./run.ts";

interface Fixtures {
  /** Fails the test on what no page may do. */
  alarms: Alarms;
  /** The simulated Persona; its faults end with the test. */
  persona: Persona;
  links: Links;
  /** The portal on the test's own device. */
  portal: Portal;
  /** A fresh device: a browser with its own cookies. */
  device: (options?: BrowserContextOptions) => Promise<Portal>;
  /** An inquiry of a status with a link to it. */
  linkTo: (status: Status, options?: LinkOptions & Seed) => Promise<Link>;
}

export const test = base.extend<Fixtures>({
  alarms: async ({}, use) => {
    const alarms = new Alarms();
    await use(alarms);
    expect(alarms.unexpected, "errors in the browser").toEqual([]);
  },
  context: async ({ context, alarms }, use) => {
    alarms.watch(context);
    await use(context);
    await alarms.keepDevices();
  },
  persona: async ({}, use) => {
    const persona = new Persona(run().persona);
    await use(persona);
    await persona.clearFaults();
  },
  links: async ({}, use) => use(new Links()),
  portal: async ({ page, locale }, use) => use(new Portal(page, locale)),
  device: async ({ browser, alarms, locale }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ locale: locale ?? "en", ...options });
      contexts.push(context);
      alarms.watch(context);
      return new Portal(await context.newPage(), locale);
    });
    await alarms.keepDevices();
    for (const context of contexts) await context.close();
  },
  linkTo: async ({ persona, links }, use) =>
    use(async (status, { factor, expiresIn, locale, returnUrl, ...seed } = {}) => {
      const inquiry = await persona.seed(status, seed);
      const options: LinkOptions = {};
      if (factor) options.factor = factor;
      if (expiresIn) options.expiresIn = expiresIn;
      if (locale) options.locale = locale;
      if (returnUrl) options.returnUrl = returnUrl;
      return links.create(inquiry.id, options);
    }),
});

export { expect };
