import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./tests/harness/browser.ts";

/** Debian's Chromium, two shapes; one worker, because the tests share one homeserver. */
const launchOptions = {
  executablePath: findBrowser() ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
};

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "tests/.output/browser",
  globalSetup: "./tests/e2e/global-setup.ts",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // A page of a machine that is busy with a homeserver, a worker and a browser may take its time.
  expect: { timeout: 10_000 },
  reporter: [["line"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "tests/.output/browser.json" }]],
  use: { launchOptions, screenshot: "only-on-failure", trace: "off", locale: "en-GB", timezoneId: "Europe/Berlin" },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], launchOptions, viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { ...devices["Pixel 7"], launchOptions }, testMatch: /\.phone\.spec\.ts$|look.*\.spec\.ts$/, testIgnore: /languages\.spec\.ts$/ },
  ],
});
