// Journeys through the whole site, in a real browser, as it stands in dist/.
// `cargo xtask test journeys` says which browser and which port; by hand the usual ones are taken.
import { defineConfig } from "@playwright/test";

const port = process.env.MUSTER_PORT ?? "4461";
const dist = process.env.MUSTER_DIST ?? "dist";
// The program itself where it is known: cargo would wait for whatever else is being built.
const xtask = process.env.MUSTER_XTASK ?? "cargo xtask";
// Anywhere but at the root of a host: that is where a site breaks first.
const site = `http://127.0.0.1:${port}/sub/path/`;

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/journeys/results",
  reporter: [["list"], ["json", { outputFile: "../../target/journeys/report.json" }]],
  forbidOnly: Boolean(process.env.CI),
  // On a busy machine one in some hundred trips once. It gets a second try, and is told at the end as flaky.
  retries: process.env.MUSTER_RETRIES ? Number(process.env.MUSTER_RETRIES) : 0,
  workers: 2,
  timeout: 60_000,
  use: {
    baseURL: site,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // What a worker keeps would hide what the host gives: it has journeys of its own (offline.spec.ts).
    serviceWorkers: "block",
    // A trace photographs the page at every step, which takes as long again as the test.
    trace: process.env.MUSTER_TRACE ? "retain-on-failure" : "off",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.MUSTER_BROWSER,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "journeys", testIgnore: "bench/**" },
    { name: "bench", testMatch: "bench/*.spec.ts", timeout: 600_000 },
  ],
  webServer: {
    command: `${xtask} serve --no-build --dir ${dist} --prefix /sub/path --port ${port}`,
    cwd: "../..",
    url: site,
    reuseExistingServer: !process.env.MUSTER_PORT,
    timeout: 120_000,
  },
});
