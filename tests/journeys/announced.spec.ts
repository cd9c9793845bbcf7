// What is read out: what colleagues' events bring, in one message, by one polite region; and never
// a timer.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { declare, exported, open, openSample, takeIn } from "./walks";

const LIVE = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer], [role=marquee], output";

/** From now on, writes down whatever changes within a live region, or becomes one. */
async function listen(page: Page): Promise<void> {
  await page.evaluate((LIVE) => {
    const heard: string[] = ((window as any).heard = []);
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        if (element?.closest(LIVE)) heard.push(`${type}: ${element.closest(LIVE)!.textContent}`);
        for (const node of addedNodes) if (node instanceof Element && (node.matches(LIVE) || node.querySelector(LIVE))) heard.push(`new: ${node.textContent}`);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-live", "role", "aria-label"] });
  }, LIVE);
}

const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as any).heard.splice(0));

/** Lets hours go by, so that everything that runs has run: seconds, minutes, things that fall due. */
async function hours(page: Page): Promise<void> {
  for (let minute = 0; minute < 5; minute += 1) await page.clock.runFor(60_000);
  for (let half = 0; half < 6; half += 1) await page.clock.fastForward(30 * 60_000);
  await page.clock.runFor(2_000);
}

test("timers are never announced: not in the room, on the board, or while declaring", async ({ page }) => {
  await page.clock.install();
  await openSample(page);
  await declare(page, "Card payments fail at checkout in Europe");
  const due = page.locator(".status .fact").nth(1).locator(".num");
  const before = await due.textContent();
  // The word about what was done goes by itself.
  await page.clock.runFor(15_000);
  await expect(page.locator(".notice")).toHaveCount(0);
  await listen(page);
  await hours(page);
  await expect(due).not.toHaveText(before!);
  await expect(due).toContainText("late");
  expect(await heard(page)).toEqual([]);

  await open(page, "#/", /open/);
  await listen(page);
  await hours(page);
  expect(await heard(page)).toEqual([]);

  await open(page, "#/declare", "Declare an incident");
  await listen(page);
  await hours(page);
  expect(await heard(page)).toEqual([]);
});

test("a room has one polite live region", async ({ page }) => {
  await openSample(page);
  const polite = page.locator("[aria-live=polite], [role=status], [role=log], output");
  await expect(polite).toHaveCount(1);
  await expect(page.locator("[role=timer], [role=marquee], [aria-live=assertive]")).toHaveCount(0);
});

test("colleagues' events are one message; one's own are none", async ({ page, context, profile }) => {
  await declare(page, "Card payments fail");
  const room = page.url();
  const colleague = await (await profile()).newPage();
  await colleague.goto("./#/settings");
  await colleague.getByLabel("Your name").fill("Bo");
  await colleague.getByLabel("Your name").press("Tab");
  await takeIn(colleague, await exported(page));
  await colleague.getByRole("link", { name: "Open it" }).click();
  for (const words of ["The gateway times out", "Only in Europe", "The second provider answers"]) {
    await colleague.getByLabel("What just happened?").fill(words);
    await colleague.getByLabel("What just happened?").press("Enter");
    await expect(colleague.locator(".log li", { hasText: words })).toBeVisible();
  }
  const file = await exported(colleague);

  await page.goto(room);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Card payments fail" })).toBeVisible();
  await expect(page.getByText("Saved on this device")).toBeAttached();
  await listen(page);
  await page.getByLabel("What just happened?").fill("I look at the log");
  await page.getByLabel("What just happened?").press("Enter");
  await expect(page.locator(".log li", { hasText: "I look at the log" })).toBeVisible();

  // The same browser's other tab takes the colleague's file in.
  const tab = await context.newPage();
  await takeIn(tab, file);
  await expect(page.locator(".log li", { hasText: "The second provider answers" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "from Bo" })).toBeVisible();
  const said = (await heard(page)).filter((one) => /\S/.test(one.replace(/^\w+: /, "")));
  expect(new Set(said).size, said.join("\n")).toBe(1);
  expect(said[0]).toMatch(/[34] new entries from Bo/);
});
