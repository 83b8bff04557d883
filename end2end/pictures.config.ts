// Takes pictures of every state: `npm run pictures`.
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/chromium.ts";

export default defineConfig({
  testDir: "shots",
  testMatch: "*.shots.ts",
  outputDir: "test-results",
  globalSetup: "./support/global-setup.ts",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: chromium,
});
