// Pictures of the languages with the longest, the tallest and the most different words: `npm run pictures languages`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "../support/fixtures.ts";
import { states } from "../support/states.ts";

const folder = join(import.meta.dirname, "../pictures");
const shown = ["home", "welcome", "factor", "in-review", "declined", "link-expired", "recover", "script-blocked", "phone"];
const sizes = { phone: { width: 360, height: 800 }, desktop: { width: 1280, height: 900 } };

test.beforeAll(() => mkdirSync(folder, { recursive: true }));

for (const language of ["de", "ru", "hi", "ar", "he", "ja", "fr", "vi", "zh-Hant"]) {
  test.describe(language, () => {
    test.use({ locale: language });
    for (const state of states.filter((state) => shown.includes(state.name))) {
      test(`${state.name} in ${language}`, async ({ portal, persona, links, alarms, linkTo }) => {
        const { page } = portal;
        await state.reach({ portal, persona, links, alarms, linkTo });
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport);
          await page.screenshot({ path: join(folder, `${language}-${state.name}-${size}.png`), fullPage: true });
        }
      });
    }
  });
}
