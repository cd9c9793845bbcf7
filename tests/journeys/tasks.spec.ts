// Tasks on a critical path, and runbooks that run: by keyboard, on a phone, by two people apart.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { DeclareScreen, major } from "./screens/declare";
import { Keys, countPointers } from "./screens/keys";
import { RoomScreen } from "./screens/room";
import { file, ShareScreen } from "./screens/share";

const TITLE = "Checkout is down in the western region";
const SMALL = `---
title: Small rollback
id: small-rollback
version: 7
---

Only for small things.

## Stop conditions

- It is a large thing.

## Look

1. **Find the change.** In the list of deployments.
   - Takes: 5 min
   - For: diagnosis
2. **Name the version to go back to.**
   - Takes: 5 to 10 min

## Go back

- **Roll back.** One step at a time.
  \`\`\`sh
  deploy rollback
  \`\`\`
  - Takes: 10 to 20 min
  - For: restoration
  - Done when: the old version answers
  - To take it back: roll forward
- **Tell customers.**
  - Takes: 5 min
  - After: nothing
- **Call the duty manager.**
  - Takes: 5 min
  - After: nothing
  - Only: priority 2

## Verify

- **Check ten orders.**
  - Takes: 10 min
  - For: verification
`;

async function declared(page: Page): Promise<RoomScreen> {
  await new DeclareScreen(page).declares(TITLE, ...major);
  const room = new RoomScreen(page);
  await expect(room.title).toHaveText(TITLE);
  return room;
}

/** Takes a runbook in, as a file. */
async function keeps(page: Page, name: string, text: string): Promise<void> {
  await page.goto("./#/runbooks");
  await page.getByLabel("Import runbooks").setInputFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  await expect(page.getByRole("status").filter({ hasText: name })).toContainText("kept");
}

/** Follows the first runbook that these words find, by keyboard. */
async function follows(room: RoomScreen, words: string, title: string | RegExp): Promise<void> {
  const keys = new Keys(room.page);
  await room.title.focus();
  await keys.press("r");
  await expect(room.field("Which one")).toBeFocused();
  await keys.type(words);
  await expect(room.dialog.locator(".choose-list li").first()).toContainText(title);
  await keys.press("Enter");
  await expect(room.dialog).toBeHidden();
}

const row = (panel: Locator, title: string): Locator => panel.locator(".task-list > li").filter({ has: panel.page().locator("summary > span:first-child", { hasText: new RegExp(`^${title}$`) }) });

async function done(room: RoomScreen, panel: Locator, title: string, result = ""): Promise<void> {
  await row(panel, title).getByRole("button", { name: /^Begin “/ }).click();
  await expect(row(panel, title)).toContainText("running");
  await row(panel, title).getByRole("button", { name: /^Done “/ }).click();
  await room.fills({ "What came of it": result });
  await expect(row(panel, title)).toContainText("done");
}

/** The plan as a person reads it, without what moves with the clock. */
async function plan(panel: Locator): Promise<string[][]> {
  await panel.getByText("List", { exact: true }).click();
  const rows = await panel.locator(".task-list > li").all();
  return Promise.all(rows.map(async (row) => [await row.locator("summary > span:first-child").innerText(), await row.locator(".task-end .tag").last().innerText()]));
}

test("a runbook's tasks are planned, run by keyboard, run late, and say when service is back", async ({ page }) => {
  const pointers = await countPointers(page);
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await keeps(page, "small.md", SMALL);
  const room = await declared(page);
  const keys = new Keys(page);
  await follows(room, "small", "Small rollback");
  const panel = await room.part("Tasks");
  expect(await plan(panel)).toEqual([
    ["Find the change", "open"], ["Name the version to go back to", "waits"], ["Roll back", "waits"], ["Tell customers", "open"],
    ["Call the duty manager", "not needed"], ["Check ten orders", "waits"],
  ]);
  const before = await pointers();
  await expect(panel.locator(".read-first")).toContainText("Small rollback, version 7");
  await panel.locator(".read-first summary").press("Enter");
  await expect(panel.locator(".read-first")).toContainText("It is a large thing.");
  // Nobody can say when service is back while it is not known what is wrong.
  await expect(panel.locator(".estimate")).toContainText("No estimate yet");

  await keys.activates(row(panel, "Find the change").getByRole("button", { name: "Begin “Find the change”" }));
  await page.clock.fastForward("04:00");
  await keys.activates(row(panel, "Find the change").getByRole("button", { name: "Done “Find the change”" }));
  await expect(room.field("What came of it")).toBeFocused();
  await keys.type("The deployment of 02:50");
  await keys.press("Enter");
  await expect(room.dialog).toBeHidden();
  await expect(row(panel, "Find the change")).toContainText("The deployment of 02:50");
  await expect(room.entries("Done Find the change")).toContainText("The deployment of 02:50");
  // 03:04, and 5 to 10, 10 to 20 and 10 to 15 minutes are left.
  await expect(panel.locator(".estimate b")).toHaveText(/^Between 03:29 and 03:49$/);

  // What is begun and takes too long moves the end, and is asked about.
  await keys.activates(row(panel, "Name the version to go back to").getByRole("button", { name: /^Begin/ }));
  await page.clock.fastForward("13:00");
  await expect(row(panel, "Name the version to go back to")).toContainText(/[78] min over/);
  await expect(panel.locator(".estimate")).toContainText("later than planned");
  await expect.poll(() => room.asked()).toContain("News of “Name the version to go back to”");
  await keys.activates(row(panel, "Name the version to go back to").locator("summary"));
  await keys.activates(row(panel, "Name the version to go back to").getByRole("button", { name: /^News “/ }));
  await keys.type("Two candidates");
  await keys.press("Tab");
  await keys.type("in 20 min");
  await keys.press("Enter");
  await expect(row(panel, "Name the version to go back to")).toContainText("Two candidates");
  await expect(room.dialog).toBeHidden();
  expect((await pointers()) - before, "uses of a mouse").toBe(0);

  // Every view says the same.
  await panel.getByText("Figures", { exact: true }).click();
  const figures = panel.getByRole("table", { name: "The plan in figures" });
  await expect(figures.getByRole("row", { name: /^Roll back/ })).toContainText("none: critical");
  await panel.getByText("Time axis", { exact: true }).click();
  await expect(panel.getByRole("img", { name: /^6 tasks on a time axis/ })).toBeVisible();
  await panel.getByText("Board", { exact: true }).click();
  await expect(panel.getByRole("region", { name: "Running" }).getByRole("listitem")).toHaveCount(1);
});

test("tasks of one's own: added, waiting, given, moved, blocked, left out, done again, changed, undone", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const room = await declared(page);
  const keys = new Keys(page);
  for (const title of ["Drain the queue", "Restart the workers"]) {
    await room.title.focus();
    await keys.press("w");
    await expect(room.field("What is to be done")).toBeFocused();
    await keys.type(title);
    await keys.press("Enter");
    await expect(room.dialog).toBeHidden();
  }
  await room.begins("Add a task");
  await room.dialog.getByText("Waits for", { exact: true }).first().click();
  await room.dialog.getByLabel("Drain the queue").check();
  for (const [label, value] of [["What is to be done", "Let traffic in"], ["Takes, in minutes", "10"], ["At the most", "x"]] as const) await room.field(label).fill(value);
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.dialog.getByRole("alert")).toHaveText("“x” is not a number of minutes.");
  await room.fills({ "At the most": "30", "What it is for": "To bring service back" });
  const panel = await room.part("Tasks");
  await expect(row(panel, "Let traffic in")).toContainText("10 to 30 min · after “Drain the queue”");
  await expect(room.work.getByRole("tab", { name: "Tasks 3" })).toBeVisible();

  // In another order, by keyboard.
  await row(panel, "Restart the workers").locator("summary").focus();
  const order = () => panel.locator(".task-list summary > span:first-child").allInnerTexts();
  await keys.press("Alt+ArrowUp");
  await expect.poll(order).toEqual(["Restart the workers", "Drain the queue", "Let traffic in"]);
  await expect(row(panel, "Restart the workers").locator("summary")).toBeFocused();
  await keys.press("Alt+ArrowDown");
  await expect.poll(order).toEqual(["Drain the queue", "Restart the workers", "Let traffic in"]);

  // Given to somebody, who is asked when the time is over.
  const queue = row(panel, "Drain the queue");
  await queue.locator("summary").click();
  await queue.getByRole("button", { name: /^Give to…/ }).click();
  await room.fills({ "Who does it": "Queue on call", "Reports back": "in 15 min", "They begin now": true });
  await expect(queue).toContainText("Queue on call");
  await expect(queue).toContainText("running");
  await page.clock.fastForward("16:00");
  await expect.poll(() => room.asked()).toContain("Ask for Queue on call: news of “Drain the queue”");

  await queue.getByRole("button", { name: /^Blocked “/ }).click();
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.dialog.getByRole("alert")).toHaveText("Say why, in a few words.");
  await room.fills({ "What stands in the way": "No access" });
  await expect(panel.locator(".estimate b")).toContainText("Not before");
  await expect(room.guide).toContainText("Clear the way for “Drain the queue”");
  await queue.getByRole("button", { name: /^Leave out “/ }).click();
  await room.fills({ "Why it is left out": "It is empty by itself" });
  await expect(row(panel, "Let traffic in")).toContainText("open");
  await queue.getByRole("button", { name: /^Do it again “/ }).click();
  await room.fills({});
  await expect(row(panel, "Let traffic in")).toContainText("waits");

  await queue.getByRole("button", { name: /^Change “/ }).click();
  await room.fills({ "What is to be done": "Drain both queues" });
  await expect(row(panel, "Drain both queues")).toBeVisible();
  await room.undo.click();
  await expect(row(panel, "Drain the queue")).toBeVisible();
  await room.undo.click();
  await expect(row(panel, "Let traffic in")).toContainText("open");
});

test("what waits for each other is named, and changed where it is said", async ({ page }) => {
  await keeps(page, "circle.md", "# Circle\n\n## Steps\n\n- One\n  - After: Two\n- Two\n  - After: One; Nobody\n");
  const room = await declared(page);
  await follows(room, "circle", "Circle");
  await expect(room.guide).toContainText(/These tasks wait for each other: “(One”, then “Two|Two”, then “One)”\./);
  await expect(room.guide).toContainText("“Two” waits for a task that is not there");
});

test("a card is dragged to another column, and its buttons do the same", async ({ page }) => {
  await keeps(page, "small.md", SMALL);
  const room = await declared(page);
  await follows(room, "small", "Small rollback");
  const panel = await room.part("Tasks");
  await panel.getByText("Board", { exact: true }).click();
  const column = (name: string) => panel.getByRole("region", { name, exact: true });
  const card = (name: string) => panel.locator(".task-card").filter({ has: page.locator("p:first-child", { hasText: name }) });
  await card("Find the change").dragTo(column("Running"));
  await expect(column("Running")).toContainText("Find the change");
  await card("Tell customers").locator("summary").focus();
  await page.keyboard.press("Enter");
  await card("Tell customers").getByRole("button", { name: /^Begin/ }).press("Enter");
  await expect(column("Running").getByRole("listitem")).toHaveCount(2);
  await card("Find the change").dragTo(column("Over"));
  await room.fills({ "What came of it": "" });
  await expect(column("Over")).toContainText("Find the change");
  await room.undo.click();
  await expect(column("Running")).toContainText("Find the change");
});

test("a commander with six responders runs a region outage with three runbooks, hands over, and goes on by phone", async ({ page, profile }) => {
  test.setTimeout(300_000);
  const room = await declared(page);
  for (const [role, who] of [["Major incident manager", "Lead of the night"], ["Operations lead", "Operations on call"], ["Communications lead", "Writer on call"], ["Scribe", "Scribe on call"], ["Customer liaison", "Liaison on call"]] as const) {
    await room.begins("Give a role");
    await room.fills({ Role: role, Who: who, "That is me": false });
  }
  for (const who of ["Deputy on call", "Network on call"]) {
    await room.begins("Somebody joined");
    await room.fills({ Who: who, "That is me": false });
    await expect(room.entries("Joined the response").filter({ hasText: who })).toHaveCount(1);
  }
  for (const [words, title] of [["region", /region/i], ["database", /Database failover/], ["overload", /Overload/]] as const) await follows(room, words, title);
  const panel = await room.part("Tasks");
  const all = await panel.locator(".task-list > li").count();
  expect(all).toBeGreaterThan(35);
  await expect(panel.locator(".read-first")).toHaveCount(3);

  /** Begins and ends whatever is ready, up to so many. */
  const run = async (room: RoomScreen, panel: Locator, most: number) => {
    for (let ran = 0; ran < most; ran += 1) {
      const begin = panel.locator(".task-list").getByRole("button", { name: /^Begin “/ }).first();
      if (!(await begin.count())) return ran;
      const title = ((await begin.textContent()) ?? "").replace(/^Begin “|”$/g, "");
      await begin.press("Enter");
      const end = panel.locator(".task-list").getByRole("button", { name: `Done “${title}”`, exact: true }).first();
      await end.press("Enter");
      await expect(room.dialog).toBeVisible();
      await room.page.keyboard.press("Enter");
      await expect(room.dialog).toBeHidden();
    }
    return most;
  };
  expect(await run(room, panel, 12)).toBe(12);

  // In the middle, command goes to another; the brief names what runs.
  const running = panel.locator(".task-list").getByRole("button", { name: /^Begin “/ }).first();
  const title = ((await running.textContent()) ?? "").replace(/^Begin “|”$/g, "");
  await running.press("Enter");
  await room.title.focus();
  await page.keyboard.press("a");
  await expect(room.field("To")).toBeFocused();
  await expect(room.field("What they need to know")).toHaveValue(new RegExp(`Running: ${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  await page.keyboard.type("Deputy on call");
  await page.keyboard.press("Enter");
  await page.keyboard.press("g");
  await page.keyboard.press("Enter");
  await expect(room.status.locator(".leads .name")).toHaveText("Deputy on call");
  await panel.locator(".task-list").getByRole("button", { name: `Done “${title}”`, exact: true }).first().press("Enter");
  await room.fills({});

  // The rest by phone, from the file.
  await room.title.focus();
  const share = new ShareScreen(page);
  const { bytes } = await share.downloads(() => page.keyboard.press("e"));
  const phone = await (await profile({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
  await new ShareScreen(phone).takes(file("incident.json", bytes));
  await phone.getByRole("link", { name: "Open it" }).click();
  const there = new RoomScreen(phone);
  await phone.getByRole("button", { name: "Work", exact: true }).click();
  const onPhone = await there.part("Tasks");
  expect(await plan(onPhone)).toEqual(await plan(panel));
  const left = all - 13;
  expect(await run(there, onPhone, left + 5)).toBe(left);
  await expect(onPhone.locator(".estimate b")).toContainText("Done since");
  expect((await plan(onPhone)).every(([, state]) => state === "done" || state === "not needed")).toBe(true);
});

test("two people who ran different tasks apart have one plan", async ({ page, profile }) => {
  await keeps(page, "small.md", SMALL);
  const room = await declared(page);
  await room.title.focus();
  const share = new ShareScreen(page);
  const { bytes } = await share.downloads(() => page.keyboard.press("e"));
  const other = await (await profile()).newPage();
  await keeps(other, "small.md", SMALL);
  await new ShareScreen(other).takes(file("incident.json", bytes));
  await other.getByRole("link", { name: "Open it" }).click();
  const there = new RoomScreen(other);
  // Both follow the same runbook, without knowing of each other.
  await follows(room, "small", "Small rollback");
  await follows(there, "small", "Small rollback");
  const [mine, theirs] = [await room.part("Tasks"), await there.part("Tasks")];
  await done(room, mine, "Find the change");
  await done(there, theirs, "Tell customers", "On the status page");
  await done(there, theirs, "Find the change", "The deployment");
  await room.title.focus();
  await there.title.focus();
  const [fromHere, fromThere] = [await share.downloads(() => page.keyboard.press("e")), await new ShareScreen(other).downloads(() => other.keyboard.press("e"))];
  await share.takes(file("theirs.json", fromThere.bytes));
  await new ShareScreen(other).takes(file("mine.json", fromHere.bytes));
  await page.getByRole("link", { name: "Open it" }).click();
  await other.getByRole("link", { name: "Open it" }).click();
  const [here, elsewhere] = [await plan(await room.part("Tasks")), await plan(await there.part("Tasks"))];
  expect(here).toEqual(elsewhere);
  expect(here).toEqual([
    ["Find the change", "done"], ["Name the version to go back to", "open"], ["Roll back", "waits"], ["Tell customers", "done"],
    ["Call the duty manager", "not needed"], ["Check ten orders", "waits"],
  ]);
});

test("two people who changed one task apart, and gave it to different people, see both and settle it once", async ({ page, profile }) => {
  await keeps(page, "small.md", SMALL);
  const room = await declared(page);
  await follows(room, "small", "Small rollback");
  const share = new ShareScreen(page);
  await room.title.focus();
  const { bytes } = await share.downloads(() => page.keyboard.press("e"));
  const other = await (await profile()).newPage();
  await new ShareScreen(other).takes(file("incident.json", bytes));
  await other.getByRole("link", { name: "Open it" }).click();
  const there = new RoomScreen(other);
  for (const [screen, title, who] of [[room, "Find the commit", "First on call"], [there, "Find the pull request", "Second on call"]] as const) {
    const panel = await screen.part("Tasks");
    await row(panel, "Find the change").locator("summary").click();
    await row(panel, "Find the change").getByRole("button", { name: /^Give to…/ }).click();
    await screen.fills({ "Who does it": who });
    await expect(row(panel, "Find the change")).toContainText(who);
    await row(panel, "Find the change").getByRole("button", { name: /^Change/ }).click();
    await screen.fills({ "What is to be done": title });
    await expect(row(panel, title)).toBeVisible();
  }
  await there.title.focus();
  const theirs = await new ShareScreen(other).downloads(() => other.keyboard.press("e"));
  await share.takes(file("theirs.json", theirs.bytes));
  await page.getByRole("link", { name: "Open it" }).click();
  const flagged = room.guide.locator(".flagged");
  await expect(flagged.locator("li")).toHaveCount(2);
  for (const [what, choice] of [[/one: “/, "Find the pull request"], [/one: who does “/, "First on call"]] as const) {
    await flagged.locator("li").filter({ hasText: what }).getByRole("button", { name: "Choose" }).click();
    await expect(room.dialog.locator(".choose")).toHaveCount(2);
    await room.dialog.locator(".choose", { hasText: choice }).click();
    await expect(room.dialog).toBeHidden();
  }
  await expect(flagged).toHaveCount(0);
  const settled = row(await room.part("Tasks"), "Find the pull request");
  await expect(settled).toContainText("First on call");
  // The other side has it settled too, by the same events.
  await room.title.focus();
  const mine = await share.downloads(() => page.keyboard.press("e"));
  await new ShareScreen(other).takes(file("mine.json", mine.bytes));
  await other.getByRole("link", { name: "Open it" }).click();
  await expect(there.guide.locator(".flagged")).toHaveCount(0);
  await expect(row(await there.part("Tasks"), "Find the pull request")).toContainText("First on call");
});

test("a runbook is taken in, changed, kept in versions, and comes out as it went in", async ({ page }) => {
  await keeps(page, "small.md", SMALL);
  const downloaded = async (): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as Markdown" }).click()]);
    expect(download.suggestedFilename()).toBe("small-rollback.md");
    return readFile(await download.path(), "utf8");
  };
  await page.getByRole("link", { name: "Small rollback" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Small rollback");
  expect(await downloaded()).toBe(SMALL);
  const [given] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as JSON" }).click()]);
  const json = await readFile(await given.path());
  expect(JSON.parse(json.toString()).text).toBe(SMALL);
  await page.getByRole("button", { name: "Edit" }).click();
  const text = page.getByLabel("Its text, in Markdown");
  await expect(text).toHaveValue(SMALL);
  await text.fill(SMALL.replace("Check ten orders", "Check twenty orders"));
  await expect(page.getByRole("region", { name: "As Muster reads it" })).toContainText("Check twenty orders");
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("heading", { name: "Check twenty orders" })).toBeVisible();
  await expect(page.locator(".versions li")).toHaveCount(2);
  await page.getByRole("button", { name: "Take this one again" }).click();
  await expect(page.getByRole("heading", { name: "Check ten orders" })).toBeVisible();
  expect(await downloaded()).toBe(SMALL);
  await page.reload();
  await expect(page.locator(".versions li")).toHaveCount(3);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runbooks");
  await expect(page.getByRole("link", { name: "Small rollback" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("link", { name: "Small rollback" })).toBeVisible();
  await page.getByLabel("Import runbooks").setInputFiles({ name: "small.json", mimeType: "application/json", buffer: json });
  await expect(page.getByRole("status").filter({ hasText: "small.json" })).toContainText("6 tasks, kept");
  await page.getByRole("link", { name: "Small rollback" }).click();
  expect(await downloaded()).toBe(SMALL);
});

test("the library travels with everything that is exported, and merges", async ({ page, profile }) => {
  await keeps(page, "small.md", SMALL);
  const everything = await new ShareScreen(page).everything();
  const other = await (await profile()).newPage();
  await new ShareScreen(other).takes(file("everything.json", everything));
  await other.goto("./#/runbooks");
  await expect(other.getByRole("link", { name: "Small rollback" })).toBeVisible();
});

test("rules add, propose and remind, once, with why, and can be taken back", async ({ page, profile }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const text = `# Failover

## Steps

- Promote

## Rules

- The backups are looked at when service comes back.
  - When: stage recovery
  - Add task: Check the backups
- Somebody must decide on money.
  - When: stage recovery
  - Propose role: executive sponsor
- After the promotion.
  - When: task Promote done
  - Clock: 30 min Rebuild the replica
- It may want a second look.
  - When: task Promote done
  - Propose task: Compare the data
- People fear silence.
  - When: silence 20 min
  - Draft for: partners
`;
  await keeps(page, "failover.md", text);
  await page.getByRole("link", { name: "Failover", exact: true }).click();
  await expect(page.getByText("When “Recover” is entered, the task “Check the backups” is added.")).toBeVisible();
  const room = await declared(page);
  await follows(room, "failover", /^Failover/);
  const panel = await room.part("Tasks");
  const titles = () => panel.locator(".task-list summary > span:first-child").allInnerTexts();
  expect(await titles()).toEqual(["Promote"]);

  // A copy goes to somebody else, who fires the same rule for the same cause.
  const share = new ShareScreen(page);
  const enters = async () => {
    for (const stage of ["Escalate", "Communicate", "Work around", "Recover"]) {
      await room.title.focus();
      await page.keyboard.press(".");
      await expect(room.dialog.or(room.status.locator("[aria-current=step]", { hasText: stage }))).toBeVisible();
      if (await room.dialog.isVisible()) await room.fills({});
    }
  };
  await enters();
  await expect(room.entries("Task by a rule Check the backups")).toHaveCount(1);
  await expect(room.entries("Task by a rule Check the backups")).toContainText("“The backups are looked at when service comes back” (a rule of Failover), because of: Stage Recover.");
  await room.part("Tasks");
  expect(await titles()).toEqual(["Promote", "Check the backups"]);
  await expect(room.guide).toContainText("Name the executive sponsor");

  await row(panel, "Promote").getByRole("button", { name: /^Begin/ }).click();
  await row(panel, "Promote").getByRole("button", { name: /^Done/ }).click();
  await room.fills({});
  expect((await room.guide.locator(".dues").allInnerTexts()).join()).toContain("Rebuild the replica");
  await expect(room.guide).toContainText("Add the task “Compare the data”");
  await page.clock.fastForward("21:00");
  await expect(room.guide).toContainText("Write to partners");

  await room.title.focus();
  const { bytes } = await share.downloads(() => page.keyboard.press("e"));
  const other = await (await profile()).newPage();
  await new ShareScreen(other).takes(file("incident.json", bytes));
  await other.getByRole("link", { name: "Open it" }).click();
  const there = new RoomScreen(other);
  await there.part("Tasks");
  await there.title.focus();
  const theirs = await new ShareScreen(other).downloads(() => other.keyboard.press("e"));
  expect(theirs.bytes.equals(bytes), "nothing was written again").toBe(true);

  // Taken back, and not done again.
  const entry = room.entries("Task by a rule Check the backups");
  await entry.getByRole("button", { name: "What to do with this entry" }).click();
  await entry.getByRole("button", { name: "Take back" }).click();
  await expect.poll(titles).toEqual(["Promote"]);
  await page.reload();
  await room.part("Tasks");
  await expect.poll(titles).toEqual(["Promote"]);
});

test("real runbooks come in, and hostile ones do no harm", async ({ page }) => {
  const shared = process.env.MUSTER_SHARED ?? resolve(import.meta.dirname, "../../../shared");
  const real = readFileSync(resolve(shared, "data/runbooks/KubeDeploymentGenerationMismatch.md"));
  await keeps(page, "KubeDeploymentGenerationMismatch.md", real.toString());
  const hostile = "# <img src=x onerror=alert(1)>\n\n## Steps\n\n- [x](javascript:alert(1)) <script>alert(1)</script>\n  - Link: javascript:alert(2)\n";
  await keeps(page, "hostile.md", hostile);
  const room = await declared(page);
  await follows(room, "kube", "Kube Deployment Generation Mismatch");
  await follows(room, "img", "<img src=x");
  const panel = await room.part("Tasks");
  await expect(row(panel, "Check rollout status if it is not paused")).toBeVisible();
  for (const summary of await panel.locator(".task > summary").all()) await summary.press("Enter");
  await expect(panel.locator("a[href^=javascript]")).toHaveCount(0);
  await expect(panel.locator("img, script")).toHaveCount(0);
});
