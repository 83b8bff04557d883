// The keyboard alone: from stop to stop, as somebody goes who has no mouse.
import type { Locator, Page } from "@playwright/test";

const MOST_STOPS = 60;

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.ownerDocument.activeElement === element);
}

/** Presses Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    if (await isFocused(target)) return;
  }
  throw new Error("the keyboard does not get there");
}
