// The guard itself: each of these makes one kind of trouble, and must fail for it.
import { expect, test } from "./fixture";

test.describe("a journey fails on", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto("./");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
  test.fail();

  test("an error on the console", async ({ page }) => {
    await page.evaluate(() => console.error("told"));
  });

  test("an error in the page", async ({ page }) => {
    await Promise.all([page.waitForEvent("pageerror"), page.evaluate(() => void setTimeout(() => Promise.reject(new Error("thrown"))))]);
    await page.waitForTimeout(100);
  });

  test("what the policy forbids", async ({ page }) => {
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    await page.waitForTimeout(100);
  });

  test("a request for what is not the site's", async ({ page, site }) => {
    const elsewhere = new URL("/elsewhere", site).href;
    await page.evaluate((url) => fetch(url), elsewhere);
  });

  test("trouble in another profile", async ({ profile }) => {
    const page = await (await profile()).newPage();
    await page.goto("./");
    await page.evaluate(() => console.error("told"));
  });
});
