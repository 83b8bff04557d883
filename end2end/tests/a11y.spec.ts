// Accessible in every state, light and dark, on a phone and on a desk, from left to right and from right to left.
import { isAccessible, overflow, PHONE, violations } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { states } from "../support/states.ts";

// A trace would keep axe itself four times for each state.
test.use({ trace: "off" });

for (const language of ["en", "ar"]) {
  test.describe(language, () => {
    test.use({ locale: language });

    for (const state of states) {
      test(`${state.name} is accessible in ${language}`, async ({ portal, persona, links, alarms, linkTo }) => {
        const { page } = portal;
        await state.reach({ portal, persona, links, alarms, linkTo });
        await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
        await isAccessible(page);
      });
    }
  });
}

test("text at 200 % needs no horizontal scroll", async ({ portal, linkTo }) => {
  await portal.open((await linkTo("expired")).url);
  await portal.page.setViewportSize(PHONE);
  await portal.page.evaluate(() => {
    document.documentElement.style.setProperty("font-size", "200%");
  });
  expect(await overflow(portal.page)).toBe(0);
});

test("axe finds what is wrong", async ({ page }) => {
  await page.setContent("<img src='data:,'>");
  expect((await violations(page)).join()).toContain("image-alt");
});
