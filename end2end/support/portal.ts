// The portal as a person sees it: by role and label.
import { expect, type FrameLocator, type Locator, type Page, type Response } from "@playwright/test";
import { words as wordsOf, type Words } from "./words.ts";

export class Portal {
  readonly page: Page;
  readonly continue: Locator;
  readonly dialog: Locator;
  readonly close: Locator;
  readonly frame: FrameLocator;
  readonly words: Words;

  constructor(page: Page, language = "en") {
    const words = wordsOf(language);
    this.page = page;
    this.words = words;
    this.continue = page.getByRole("button", { name: words("continue"), exact: true });
    this.dialog = page.getByRole("dialog", { name: words("dialog-title") });
    this.close = this.dialog.getByRole("button", { name: words("close") });
    this.frame = this.dialog.getByTitle(words("dialog-title")).contentFrame();
  }

  /** Opens a link and waits until the page's script is at work. */
  async open(url: string): Promise<Response | null> {
    const answer = await this.page.goto(url);
    await this.isLive();
    return answer;
  }

  async isLive(): Promise<void> {
    // Nothing that a person sees tells this moment, and before it the button takes the way without JavaScript.
    await expect(this.page.locator(".flow[data-live]")).toBeAttached();
  }

  /** Presses "Continue verification" and waits until Persona's flow can be used. */
  async start(): Promise<void> {
    await this.continue.click();
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.frame.getByRole("heading", { name: "Simulated identity check" })).toBeVisible();
    await expect(this.frame.getByRole("button", { name: "Cancel" })).toBeVisible();
  }

  /** Presses a button of Persona's flow. */
  async press(name: string): Promise<void> {
    await this.frame.getByRole("button", { name, exact: true }).click();
  }

  /** Goes through the whole flow. */
  async finish(last = "Finish"): Promise<void> {
    await this.start();
    const begin = this.frame.getByRole("button", { name: "Start verification" });
    if (await begin.isVisible()) await begin.click();
    await this.press(last);
  }

  /** The status region that shows: in the dialog when that is open, else on the page. */
  async says(words: string): Promise<void> {
    const status = this.page.getByRole("status").filter({ visible: true });
    await expect(status.filter({ hasText: words }).getByText(words, { exact: true })).toBeVisible();
  }

  async saysInDialog(words: string): Promise<void> {
    await expect(this.dialog.getByRole("status").getByText(words, { exact: true })).toBeVisible();
  }

  /** The page whose heading of level 1 is this. */
  async shows(heading: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
  }

  /** A way on other than "Continue verification". */
  way(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true }).filter({ visible: true });
  }
}
