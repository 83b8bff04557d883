// The staff's side: signing in by role, and what is on every page.
import { test as base, type BrowserContext, expect, type Page } from "@playwright/test";
import { Alarms } from "./alarms.ts";
import { Links } from "./links.ts";
import { Persona } from "./persona.ts";
import { demoAccount, type Role, run } from "./run.ts";

/** The browser of somebody on the staff. */
export class Staff {
  constructor(readonly page: Page) {}

  async signIn(role: Role): Promise<void> {
    const { email, password } = demoAccount(role);
    await this.page.getByLabel("E-mail address").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(run().portal + path);
  }

  async shows(heading: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
  }

  /** A section of the side menu. */
  section(name: string) {
    return this.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name, exact: true });
  }

  async find(text: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: "Find an inquiry" }).fill(text);
    await this.page.getByRole("button", { name: "Find", exact: true }).click();
  }
}

interface Fixtures {
  alarms: Alarms;
  persona: Persona;
  links: Links;
  /** Somebody who is not signed in. */
  stranger: Staff;
  /** Somebody of a role, signed in, on the queue. */
  staff: (role: Role) => Promise<Staff>;
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
  stranger: async ({ page }, use) => use(new Staff(page)),
  staff: async ({ browser, alarms }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ locale: "en", timezoneId: "Europe/Berlin" });
      contexts.push(context);
      alarms.watch(context);
      const staff = new Staff(await context.newPage());
      await staff.open("/ops");
      await staff.signIn(role);
      await staff.shows("Queue");
      return staff;
    });
    await alarms.keepDevices();
    for (const context of contexts) await context.close();
  },
});

export { expect };
