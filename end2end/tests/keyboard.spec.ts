// Everything by keyboard alone.
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/keyboard.ts";

const MOST_STOPS = 30;

test("the whole path by keyboard", async ({ portal, linkTo }) => {
  const { page } = portal;
  const link = await linkTo("created");
  await portal.open(link.url);
  await tabTo(page, portal.continue);
  await page.keyboard.press("Enter");
  await portal.isReady();
  const begin = portal.frame.getByRole("button", { name: "Start verification" });
  await tabTo(page, begin);
  await page.keyboard.press("Enter");
  const finish = portal.frame.getByRole("button", { name: "Finish", exact: true });
  await expect(finish).toBeVisible();
  await tabTo(page, finish);
  await page.keyboard.press("Enter");
  await portal.shows("You are done");
});

test("the focus goes into the dialog, Escape leaves it, and the focus returns", async ({ portal, linkTo }) => {
  const { page } = portal;
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.continue.focus();
  await page.keyboard.press("Enter");
  await portal.isReady();
  await expect.poll(() => portal.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);

  await page.keyboard.press("Escape");
  await expect(portal.dialog).toBeHidden();
  await expect(portal.continue).toBeFocused();
  await portal.says("You left the verification. What you have done is kept; continue whenever you like.");

  await page.keyboard.press("Enter");
  await portal.isReady();
  await expect(portal.dialog).toBeVisible();
});

test("the focus does not leave the open dialog for the page behind", async ({ portal, linkTo }) => {
  const { page } = portal;
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const isOutside = await portal.dialog.evaluate((dialog) => {
      const active = document.activeElement;
      return active !== null && active !== document.body && !dialog.contains(active);
    });
    expect(isOutside).toBe(false);
  }
});

test("the first stop skips to the content", async ({ portal, linkTo }) => {
  const { page } = portal;
  const link = await linkTo("pending");
  await portal.open(link.url);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(portal.continue).toBeFocused();
});

test("what has the focus can be seen", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  await tabTo(portal.page, portal.continue);
  const outline = await portal.continue.evaluate((button) => {
    const style = getComputedStyle(button);
    return style.outlineStyle === "none" ? 0 : Number.parseFloat(style.outlineWidth);
  });
  expect(outline).toBeGreaterThanOrEqual(2);
});
