// A picture of every state, on a phone and on a desk, light and dark.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "../support/fixtures.ts";
import { states } from "../support/states.ts";

const folder = join(import.meta.dirname, "../pictures");
const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
};

test.beforeAll(() => mkdirSync(folder, { recursive: true }));

for (const language of ["en", "ar"]) {
  test.describe(language, () => {
    test.use({ locale: language });
    for (const state of states) {
      test(`${state.name} in ${language}`, async ({ portal, persona, links, alarms, linkTo }) => {
        const { page } = portal;
        await state.reach({ portal, persona, links, alarms, linkTo });
        for (const [size, viewport] of Object.entries(sizes)) {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            await page.screenshot({ path: join(folder, `${state.name}-${size}-${colorScheme}-${language}.png`) });
          }
        }
      });
    }
  });
}
