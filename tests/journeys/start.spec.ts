import { expect, test } from "./fixture";

test("the page starts and says where one is", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("#not-started")).toHaveCount(0);
});
