// Tests of the program in Chromium, against the simulated Persona.
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/chromium.ts";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/global-setup.ts",
  // Each has a Leftoff and a simulated Persona with one clock; the machines of CI have two cores.
  workers: 2,
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
