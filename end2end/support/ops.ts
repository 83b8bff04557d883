// The staff's side: signing in by role, and what is on every page.
import { readFileSync } from "node:fs";
import { test as base, type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { Alarms } from "./alarms.ts";
import { type Link, Links } from "./links.ts";
import { MailServer } from "./mail.ts";
import { Persona, type Seed, type Status } from "./persona.ts";
import { Receiver } from "./receiver.ts";
import { demoAccount, type Role, run } from "./run.ts";
import { type Kind, keep } from "./secrets.ts";
import { keepSession, sessionOf } from "./sessions.ts";

/** The browser of somebody on the staff. */
export class Staff {
  constructor(
    readonly page: Page,
    readonly origin: string = run().portal,
  ) {}

  async signIn(role: Role): Promise<void> {
    const { email, password } = demoAccount(role);
    await this.signInAs(email, password);
  }

  /** Comes in as somebody of a role: by a session that another test began, or by signing in. */
  async enter(role: Role, session: string): Promise<void> {
    const context = this.page.context();
    await context.addCookies(sessionOf(session));
    await this.open("/ops");
    const heading = this.page.getByRole("heading", { level: 1 });
    if ((await heading.textContent()) === "Queue") return;
    await this.signIn(role);
    await this.shows("Queue");
    await keepSession(session, context);
  }

  async signInAs(email: string, password: string): Promise<void> {
    await this.page.getByLabel("E-mail address").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
  }

  async shows(heading: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
  }

  /** A section of the side menu. */
  section(name: string) {
    return this.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name, exact: true });
  }

  /** The words after something was done. */
  async isTold(words: string): Promise<void> {
    await expect(this.page.getByRole("status").getByText(words, { exact: true })).toBeVisible();
  }

  /** The words of what stands in the way. */
  async isWarned(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole("alert").filter({ hasText: words })).toBeVisible();
  }

  /** Loads the page again until it shows something: what a worker did is seen with the next load. */
  async reloadUntil(what: Locator): Promise<void> {
    const isThere = async () => {
      await this.page.reload();
      return what.isVisible();
    };
    await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
  }

  /** What a page shows this once and never again; kept for the search of the logs. */
  async shownOnce(kind?: Kind): Promise<string> {
    const text = (await this.page.getByRole("main").getByRole("code").textContent()) ?? "";
    if (kind) keep(kind, text);
    return text;
  }

  /** A button that is there and off, and says whose it is. */
  async isNotFor(name: string | RegExp, roles: string): Promise<void> {
    const button = this.page.getByRole("main").getByRole("button", { name });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute("title", `This takes the role ${roles}`);
  }

  /** Sends a form past the page, as somebody would who looks for holes; gives the status. */
  async post(path: string, form: Record<string, string> = {}): Promise<number> {
    const headers = { origin: this.origin };
    const answer = await this.page.request.post(this.origin + path, { form, headers, maxRedirects: 0 });
    return answer.status();
  }

  /** Asks for a page past the links to it; gives the status. */
  async status(path: string): Promise<number> {
    return (await this.page.request.get(this.origin + path, { maxRedirects: 0 })).status();
  }

  /** Presses what hands out a file; gives its text and its path. */
  async download(press: () => Promise<void>): Promise<{ name: string; text: string; path: string }> {
    const [file] = await Promise.all([this.page.waitForEvent("download"), press()]);
    const path = await file.path();
    return { name: file.suggestedFilename(), text: readFileSync(path, "utf8"), path };
  }

  /** Makes a link from the page of an inquiry. */
  async makeLink(note = "asked for help by phone"): Promise<string> {
    await this.page.getByLabel("Reason").first().selectOption("The person asked for it");
    await this.page.getByLabel("Note").first().fill(note);
    await this.page.getByRole("button", { name: "Make a link" }).click();
    const url = await this.page.getByRole("textbox", { name: "Link" }).inputValue();
    keep("link-token", url.split("/").at(-1));
    return url;
  }

  async find(text: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: "Find an inquiry" }).fill(text);
    await this.page.getByRole("button", { name: "Find", exact: true }).click();
  }
}

interface Fixtures {
  /** A receiver of webhooks of the company's own. */
  receiver: Receiver;
  alarms: Alarms;
  persona: Persona;
  links: Links;
  /** Somebody who is not signed in. */
  stranger: Staff;
  /** Somebody of a role, signed in, on the queue. */
  staff: (role: Role) => Promise<Staff>;
  /** The browser of somebody else who is not signed in. */
  another: (origin?: string) => Promise<Staff>;
  /** An inquiry that Leftoff knows, with a link to it. */
  linkTo: (status: Status, seed?: Seed) => Promise<Link>;
  mail: MailServer;
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
  another: async ({ browser, alarms, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (origin) => {
      const options = { locale: "en", timezoneId: "Europe/Berlin", javaScriptEnabled };
      const context = await browser.newContext(options);
      contexts.push(context);
      alarms.watch(context);
      return new Staff(await context.newPage(), origin);
    });
    await alarms.keepDevices();
    for (const context of contexts) await context.close();
  },
  staff: async ({ another, javaScriptEnabled }, use) =>
    use(async (role) => {
      const staff = await another();
      // The script of the page tells the reader's time zone.
      await staff.enter(role, `${role}${javaScriptEnabled ? "" : ", no script"}`);
      return staff;
    }),
  linkTo: async ({ persona, links }, use) =>
    use(async (status, seed) => links.create((await persona.seed(status, seed)).id)),
  receiver: async ({}, use) => {
    const receiver = await Receiver.start();
    await use(receiver);
    await receiver.stop();
  },
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    await mail.stop();
  },
});

export { expect };
