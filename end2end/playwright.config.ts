// Tests of the program in Chromium, against the simulated Persona.
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/chromium.ts";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/global-setup.ts",
  // One simulated Persona with one clock serves all tests.
  workers: 1,
  timeout: 40_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: "list",
  use: { ...chromium, trace: "retain-on-failure" },
  projects: [
    { name: "start", testMatch: "start.setup.ts", teardown: "logs" },
    { name: "portal", testMatch: "*.spec.ts", testIgnore: "ops/**", dependencies: ["start"] },
    { name: "ops", testMatch: "ops/*.spec.ts", dependencies: ["start"] },
    { name: "logs", testMatch: "logs.teardown.ts" },
  ],
});
