// Drills: injects come at their minutes, once, in whatever browser; a pause holds them; the end is
// scored and laid beside earlier drills; and everything that leaves says that it is a drill.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { dialog, dropIt, escape, exported, open, send, startDrill, tab, takeIn } from "./walks";

const SCENARIO = "Card payments on a busy evening";
/** Who speaks first in it, and what they say. */
const SAID = ["Authorisations that fail: 41 %", "It must be the deployment of 17:52", "I see the numbers falling", "We have 130 chats"];

const strip = (page: Page) => page.getByRole("region", { name: "Drill", exact: true });
const line = (page: Page, words: string) => page.locator(".log li", { hasText: words });
const speed = (page: Page, name: string) => strip(page).getByRole("button", { name, exact: true });

/** Lets minutes go by on the wall, a few seconds at a time, as a page that is looked at would. */
async function minutes(page: Page, count: number): Promise<void> {
  for (let step = 0; step < count * 2; step += 1) await page.clock.runFor(30_000);
}

async function end(page: Page): Promise<void> {
  await page.getByRole("button", { name: "End the drill" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What the drill came to" })).toBeVisible();
}

test("injects come in order, a pause holds them, and the end is scored; the next drill is laid beside it", async ({ page }) => {
  test.setTimeout(120_000);
  await page.clock.install({ time: "2026-11-27T18:10:00+01:00" });
  await startDrill(page, SCENARIO);
  await expect(page.getByRole("heading", { level: 1, name: "Card payments fail for some customers" })).toBeVisible();
  await minutes(page, 1);
  await expect(strip(page)).toContainText("minute 1 of 60");
  await expect(line(page, SAID[0])).toHaveCount(0);
  // Whoever does not see it hears it.
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(page.locator(".notices")).toContainText("Monitoring: Authorisations that fail", { timeout: 100 });
  }).toPass();
  await expect(strip(page)).toContainText("minute 2 of 60");
  await expect(line(page, SAID[0])).toHaveCount(1);

  await speed(page, "Pause").click();
  await expect(strip(page)).toContainText("paused");
  await minutes(page, 6);
  await expect(line(page, SAID[1])).toHaveCount(0);
  await speed(page, "×10").click();
  await expect(speed(page, "×10")).toHaveAttribute("aria-pressed", "true");
  await minutes(page, 1);
  for (const words of SAID) await expect(line(page, words)).toHaveCount(1);
  const order = await page.locator(".log li").allTextContents();
  const places = SAID.map((words) => order.findIndex((text) => text.includes(words)));
  // The newest stands first.
  expect(places).toEqual([...places].sort((a, b) => b - a));

  await speed(page, "Pause").click();
  await page.keyboard.press("a");
  await dialog(page).locator("button[type=submit]").click();
  await expect(dialog(page)).toHaveCount(0);
  await end(page);
  await expect(page.getByText(/on the wall: \d+ of \d+ expected things in time, \d+ forgotten/)).toBeVisible();
  const steps = page.getByRole("region", { name: "Steps", exact: true });
  await expect(steps.getByRole("row", { name: /One person leads/ })).toContainText("done");
  await expect(steps.getByRole("row", { name: /Executives have a first word/ })).toContainText("not asked before the priority is known");
  await expect(page.getByRole("region", { name: "Expected" }).getByRole("row", { name: /Somebody is major incident manager/ })).toContainText("late");
  await expect(page.getByRole("region", { name: "Forgotten" })).toContainText("Nobody was communications lead");
  await expect(page.getByRole("region", { name: /Beside/ })).toHaveCount(0);

  await startDrill(page, SCENARIO);
  await minutes(page, 1);
  await page.keyboard.press("a");
  await dialog(page).locator("button[type=submit]").click();
  await expect(dialog(page)).toHaveCount(0);
  await end(page);
  const beside = page.getByRole("region", { name: "Beside earlier drills of this scenario" });
  await expect(beside.getByRole("row", { name: /One person leads/ })).toContainText("sooner");
  await open(page, "#/drills", "Drills");
  await expect(page.getByRole("region", { name: "Drills so far" }).getByRole("listitem")).toHaveCount(2);
  // Ending it was an action like others.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("region", { name: "Drills so far" })).toContainText("Still going on");
});

test("whoever facilitates sends the next inject, or leaves it out", async ({ page }) => {
  await startDrill(page, "Nobody can sign in");
  await speed(page, "Pause").click();
  await page.getByRole("button", { name: "What is coming" }).click();
  await expect(dialog(page).getByText("expired at 07:00")).toBeHidden();
  await dialog(page).getByText("I facilitate: show it").click();
  await expect(dialog(page).getByText("expired at 07:00")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Leave it out" }).click();
  await dialog(page).getByRole("button", { name: "Send it now" }).click();
  await expect(dialog(page).locator(".coming-list > li").nth(0)).toContainText("left out");
  await expect(dialog(page).locator(".coming-list > li").nth(1)).toContainText("said");
  await escape(page);
  await expect(line(page, "My pager did not ring")).toHaveCount(1);
  await expect(line(page, "It is the same for all of us")).toHaveCount(0);
  await expect(strip(page)).toContainText("minute 5 of 60, paused");
});

test("a scenario of one's own: what is wrong with it is told by line", async ({ page }) => {
  await open(page, "#/drills", "Drills");
  const text = page.getByLabel("Its text, in Markdown");
  const good = (await text.inputValue()).replace("What everybody may read beforehand", "The printer burns");
  await text.fill(good.replace("## At 3 min", "## At tea"));
  await page.getByRole("button", { name: "Start this drill" }).click();
  const at = good.split("\n").indexOf("## At 3 min") + 1;
  // The first is spoken, the others stand below it.
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toContainText("Line 1: Nobody says anything.");
  await expect(page.locator(".problem li")).toHaveText([`Line ${at}: “At tea” names no minute. Write it as “## At 4 min”.`]);
  const input = page.getByLabel("Open a scenario");
  await input.setInputFiles({ name: "latin.md", mimeType: "text/markdown", buffer: Buffer.from([0x23, 0x20, 0xe9]) });
  await expect(page.getByRole("alert").filter({ hasText: "latin.md: It is not UTF-8 text" })).toBeVisible();
  await input.setInputFiles({ name: "own.md", mimeType: "text/markdown", buffer: Buffer.from(good) });
  await expect(text).toHaveValue(good);
  await page.getByRole("button", { name: "Start this drill" }).click();
  await expect(strip(page)).toContainText("of 30");
  await open(page, "#/drills", "Drills");
  await expect(page.getByRole("heading", { level: 3, name: "The printer burns" })).toBeVisible();
});

test("two browsers that exchange files have each inject once", async ({ page, profile }) => {
  await page.clock.install({ time: "2026-11-27T18:10:00+01:00" });
  await startDrill(page, SCENARIO);
  const room = page.url().slice(page.url().indexOf("#"));
  const back = (who: Page) => open(who, room, "Card payments fail for some customers");
  const other = await (await profile()).newPage();
  await other.clock.install({ time: "2026-11-27T18:10:00+01:00" });
  await takeIn(other, await exported(page));
  await back(other);
  await back(page);
  // Only one of them knows of the pause before the second inject.
  await minutes(other, 6);
  await minutes(page, 3);
  await speed(page, "Pause").click();
  await minutes(page, 2);
  await speed(page, "×1").click();
  await minutes(page, 5);
  for (const who of [page, other]) for (const words of SAID.slice(0, 2)) await expect(line(who, words)).toHaveCount(1);
  await takeIn(page, await exported(other));
  await takeIn(other, await exported(page));
  for (const who of [page, other]) {
    await back(who);
    await expect(line(who, SAID[0])).toHaveCount(1);
    await expect(line(who, SAID[1])).toHaveCount(1);
  }
});

test("everything that leaves says that it is a drill", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await startDrill(page, SCENARIO);
  const room = page.url().slice(page.url().indexOf("#"));
  await expect(page).toHaveTitle(/^DRILL: /);
  await expect(page.getByRole("region", { name: "Status" })).toContainText("Drill");
  // The file's name.
  const download = page.waitForEvent("download");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("e");
  expect((await download).suggestedFilename()).toMatch(/^muster-drill-.*\.json$/);
  // An update's draft, and what is copied of it, even where somebody took the mark out.
  await page.keyboard.press("u");
  await expect(dialog(page).getByRole("textbox", { name: "Text" })).toHaveValue(/^DRILL: exercise, no real incident\./);
  await dialog(page).getByRole("textbox", { name: "Text" }).fill("Cards fail.");
  await dialog(page).getByRole("button", { name: "Copy the text" }).click();
  await expect(page.locator(".notices")).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("DRILL: exercise, no real incident.\nCards fail.");
  await dropIt(page);
  // The screens beside the room.
  for (const [path, heading] of [["updates", /^To:/], ["replay", "Replay"], ["form/dora_initial", /./], ["drill", "What the drill came to"]] as const) {
    await open(page, `${room}/${path}`, heading);
    await expect(strip(page)).toContainText("Drill");
    if (path !== "drill") await expect(page).toHaveTitle(/DRILL: /);
  }
  await open(page, `${room}/updates`, /^To:/);
  await expect(page.getByRole("region", { name: "Draft" })).toContainText("DRILL: exercise, no real incident.");
  // A regulator's form, as it is printed, and as data.
  await open(page, `${room}/form/dora_initial`, /./);
  await expect(page.getByRole("main")).toContainText("Nothing of this is handed in.");
  for (const kind of ["JSON", "CSV"]) {
    const given = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download as ${kind}` }).click();
    const file = await given;
    expect(file.suggestedFilename()).toMatch(/^drill-/);
    expect(await readFile(await file.path(), "utf8")).toContain("DRILL: ");
  }
  // Lists.
  await open(page, "#/", /open/);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing real is open." })).toBeVisible();
  await expect(page.getByRole("region", { name: "Open now" }).getByRole("listitem")).toContainText("Drill");
  await open(page, "#/share", "Share");
  await expect(page.getByRole("listitem").filter({ hasText: "Card payments fail" })).toContainText("Drill");
  await open(page, "#/measures", "Measures");
  await expect(page.getByRole("main")).toContainText("1 drill");
});
