// The keyboard: every key that `?` shows does what it says; single keys can be changed and switched
// off; the palette finds and does; what is typed into a field is only typed.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { declare, dialog, dropIt, escape, fewOf, key, leaveFields, open, openSample, takeIn } from "./walks";

const heading = (page: Page, name: string | RegExp) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

/** What each key does, by its words in the list of keys. */
const WORKS: Record<string, (page: Page) => Promise<void>> = {
  "Find or do anything": async (page) => expect(page.getByRole("combobox", { name: "Find or do" })).toBeFocused(),
  "Show the keys": async (page) => expect(dialog(page).getByRole("heading", { name: "Keys" })).toBeVisible(),
  "Declare an incident": async (page) => expect(page.getByLabel("What is broken?")).toBeFocused(),
  "Go to the board": (page) => heading(page, /open/),
  "Search the incidents": async (page) => expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused(),
  "Share: export and import": (page) => heading(page, "Share"),
  "Settings": (page) => heading(page, "Settings"),
  "The six stages and the terms": (page) => heading(page, "The six stages"),
  "Undo the last action": async (page) => expect(page.locator(".notice")).toContainText("Taken back"),
  "Write what just happened": async (page) => expect(page.getByLabel("What just happened?")).toBeFocused(),
  // With the priority known, that is to go on.
  "Do the next step": async (page) => expect(page.locator(".stages [aria-current]")).toContainText("Escalate"),
  "Give the first word": async (page) => expect(dialog(page).getByRole("heading", { name: "The first word" })).toBeVisible(),
  "Audiences and clocks": async (page) => expect(page.getByRole("navigation", { name: "Audiences" })).toBeVisible(),
  "Review: findings, whys, the document": async (page) => expect(page.getByRole("heading", { level: 1, name: "Review" })).toBeVisible(),
  "Paste lines from a chat or a log": async (page) => expect(dialog(page).getByLabel("Paste them here")).toBeFocused(),
  "Ask an assistant: brief and proposals": (page) => heading(page, "Brief and proposals"),
  "Write an update": async (page) => expect(dialog(page).getByRole("heading", { name: "Write an update" })).toBeVisible(),
  "Classify again": async (page) => expect(dialog(page).getByRole("heading", { name: "How bad is it" })).toBeVisible(),
  "Name who leads, or hand command over": async (page) => expect(dialog(page).getByLabel("Role")).toBeVisible(),
  "Add a task": async (page) => expect(dialog(page).getByRole("heading", { name: "Add a task" })).toBeVisible(),
  "Follow a runbook": async (page) => expect(dialog(page).getByLabel("Which one")).toBeFocused(),
  "Runbooks: read, write, import": async (page) => expect(page.getByRole("heading", { level: 1, name: "Runbooks" })).toBeFocused(),
  "Drills: practise an incident": (page) => heading(page, "Drills"),
  "Measures: times, downtime, cost": (page) => heading(page, "Measures"),
  "Services and contacts": async (page) => expect(page.getByRole("heading", { level: 1, name: "Services and contacts" })).toBeFocused(),
  "Go to the next stage": async (page) => expect(dialog(page).getByRole("heading", { name: /^Go to/ })).toBeVisible(),
  "Show or hide UTC": async (page) => expect(page.locator(".log time .faint").first()).toContainText("Z"),
};

test("every key that is shown does what it says", async ({ page }) => {
  test.setTimeout(180_000);
  await declare(page, "Card payments fail");
  await openRoom(page);
  // Something that Undo can take back without taking the incident away.
  await page.getByLabel("What just happened?").fill("First errors");
  await page.getByLabel("What just happened?").press("Enter");
  await key(page, "?");
  const rows = dialog(page).locator("li", { has: page.locator("kbd") });
  const shown: [string, string][] = [];
  for (const row of await rows.all()) shown.push([(await row.locator("kbd").textContent()) ?? "", (await row.locator("span").first().textContent()) ?? ""]);
  await escape(page);
  const single = shown.filter(([name]) => name.length === 1);
  // Each is shown once, and this test knows what each must do.
  expect(new Set(single.map(([name]) => name)).size).toBe(single.length);
  expect(single.map(([, words]) => words).filter((words) => words !== "Export this incident").sort()).toEqual(Object.keys(WORKS).sort());
  for (const [name, words] of single) {
    await openRoom(page);
    await leaveFields(page);
    await test.step(`${name}: ${words}`, async () => {
      if (words === "Export this incident") {
        const download = page.waitForEvent("download");
        await page.keyboard.press(name.toLowerCase());
        expect((await download).suggestedFilename()).toMatch(/\.json$/);
      } else {
        await page.keyboard.press(name.toLowerCase());
        await WORKS[words](page);
      }
    });
    if (await dialog(page).count()) await escape(page);
  }
  await openRoom(page);
  await key(page, "Control+k");
  await expect(page.getByRole("combobox", { name: "Find or do" })).toBeFocused();
  await escape(page);
});

async function openRoom(page: Page): Promise<void> {
  if (!/\/incident\/[^/]+$/.test(page.url())) {
    await open(page, "#/", /open/);
    await page.getByRole("link", { name: "Card payments fail" }).first().click();
  }
  await expect(page.getByRole("region", { name: "Status" })).toBeVisible();
}

test("a key can be changed, is remembered, and cannot be given twice", async ({ page }) => {
  await open(page, "#/settings", "Settings");
  const field = page.getByRole("textbox", { name: "Declare an incident" });
  await expect(field).toHaveValue("d");
  await field.fill("b");
  await field.press("Tab");
  await expect(page.getByRole("alert").filter({ hasText: "already does something: Go to the board" })).toBeVisible();
  await expect(field).toHaveValue("d");
  await field.fill("j");
  await field.press("Tab");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Declare an incident" })).toHaveValue("j");
  await key(page, "d");
  await key(page, "?");
  await expect(dialog(page).locator("li", { hasText: "Declare an incident" }).locator("kbd")).toHaveText("J");
  await escape(page);
  await heading(page, "Settings");
  await key(page, "j");
  await expect(page.getByLabel("What is broken?")).toBeFocused();
  await open(page, "#/settings", "Settings");
  await page.getByRole("button", { name: "The usual keys again" }).click();
  await expect(page.getByRole("textbox", { name: "Declare an incident" })).toHaveValue("d");
});

test("single keys can be switched off; Ctrl+K stays", async ({ page }) => {
  await openSample(page);
  await open(page, "#/settings", "Settings");
  await page.getByRole("checkbox", { name: /^Single keys/ }).uncheck();
  await open(page, "#/", /open/);
  await page.getByRole("link", { name: "Card payments fail" }).first().click();
  await heading(page, "Card payments fail");
  const before = await page.locator(".log li").count();
  for (const name of "kd bs,h/zngucae.t?") await key(page, name === " " ? "k" : name);
  await heading(page, "Card payments fail");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator(".log li")).toHaveCount(before);
  await expect(page.locator("h1")).toBeFocused();
  await key(page, "Control+k");
  await expect(page.getByRole("combobox", { name: "Find or do" })).toBeFocused();
  // No key is printed that does nothing.
  await expect(dialog(page).locator(".found kbd")).toHaveCount(0);
  await escape(page);
  await page.reload();
  await heading(page, "Card payments fail");
  await key(page, "d");
  await heading(page, "Card payments fail");
});

test.use({ actionTimeout: 10_000 });

test("what is typed into a field is only typed", async ({ page }) => {
  test.setTimeout(120_000);
  const LETTERS = "kdbs,h/zngucae.t?KDBSHZNGUCAET";
  await openSample(page);
  const before = await page.locator(".log li").count();
  const typed = async (field: Locator) => {
    await field.fill("");
    await field.pressSequentially(LETTERS);
    await expect(field).toHaveValue(LETTERS);
    await field.fill("");
  };
  await typed(page.getByLabel("What just happened?"));
  const show = page.getByRole("combobox", { name: "Show" });
  await show.focus();
  for (const name of "dbuz") await page.keyboard.press(name);
  await expect(show).toBeFocused();
  await show.selectOption("Everything");
  await key(page, "u");
  await typed(dialog(page).getByLabel("Text"));
  await dropIt(page);
  await heading(page, "Card payments fail");
  await expect(page.locator(".log li")).toHaveCount(before);
  await open(page, "#/", /open/);
  await typed(page.getByRole("searchbox", { name: "Search" }));
  await open(page, "#/declare", "Declare an incident");
  await typed(page.getByLabel("What is broken?"));
  await page.getByText("When it began, which service").click();
  for (const name of ["Impact began", "Service", "A few sentences"]) await typed(page.getByRole("textbox", { name, exact: true }));
  await open(page, "#/settings", "Settings");
  await typed(page.getByLabel("Your name"));
  await expect(dialog(page)).toHaveCount(0);
  await heading(page, "Settings");
  await open(page, "#/share", "Share");
  await typed(page.getByRole("textbox", { name: /paste/ }));
  await heading(page, "Share");
});

test("with a modifier, or while a word is being composed, a letter is no command", async ({ page }) => {
  await openSample(page);
  await leaveFields(page);
  for (const name of ["Alt+d", "Control+b", "Meta+b"]) await page.keyboard.press(name);
  await page.evaluate(() => document.querySelector("h1")!.dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true, isComposing: true })));
  await heading(page, "Card payments fail");
  await expect(dialog(page)).toHaveCount(0);
});

test("the palette finds incidents and does things, by keys alone", async ({ page }) => {
  await declare(page, "Search is slow for staff");
  await takeIn(page, fewOf(4));
  const find = page.getByRole("combobox", { name: "Find or do" });
  const chosen = dialog(page).locator("[role=option][aria-selected=true]");
  await key(page, "Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.insertText("slow staff");
  await expect(chosen).toContainText("Search is slow for staff");
  await page.keyboard.press("Enter");
  await heading(page, "Search is slow for staff");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator("h1")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.insertText("upd");
  await expect(chosen).toContainText("Write an update");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("heading", { name: "Write an update" })).toBeVisible();
  await escape(page);

  // The one that is marked is the one that assistive technology is told of.
  await page.keyboard.press("Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(dialog(page).getByRole("option").nth(2)).toHaveAttribute("aria-selected", "true");
  await expect(find).toHaveAttribute("aria-activedescendant", (await dialog(page).getByRole("option").nth(2).getAttribute("id"))!);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(dialog(page).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await escape(page);
  await expect(page.locator("h1")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.insertText("sett");
  await page.keyboard.press("Enter");
  await heading(page, "Settings");
  await expect(page.locator("h1")).toBeFocused();
});

test("from an open page to a classified major incident: at most 12 keys beyond the title", async ({ page }) => {
  await open(page, "#/", /open/);
  let keys = 0;
  const press = async (name: string) => {
    keys += 1;
    await page.keyboard.press(name);
  };
  await press("d");
  await expect(page.getByLabel("What is broken?")).toBeFocused();
  await page.keyboard.insertText("Card payments fail");
  for (const name of ["Tab", "1", "Tab", "1", "Tab", "1", "Enter"]) await press(name);
  await heading(page, "Card payments fail");
  await expect(page.getByRole("region", { name: "Status" })).toContainText("Major incident");
  expect(keys).toBeLessThanOrEqual(12);
});

test("the palette does whatever the room can do, and goes to each part of its work", async ({ page }) => {
  await declare(page, "Search is slow for staff");
  const find = page.getByRole("combobox", { name: "Find or do" });
  const chosen = dialog(page).locator("[role=option][aria-selected=true]");
  for (const [typed, finds] of [
    ["hypothesis", "Raise a hypothesis"],
    ["workaround", "A workaround is in place"],
    ["fix", "A fix is in place"],
    ["close", "Close the incident"],
    ["role", "Give a role"],
    ["decision", "Write a decision"],
    ["screenshot", "Add a picture"],
    ["detected", "Detected"],
    ["tasks", "Go to tasks"],
    ["people", "Go to people"],
    ["causes", "Go to causes"],
  ] as const) {
    await page.keyboard.press("Control+k");
    await expect(find).toBeFocused();
    await page.keyboard.insertText(typed);
    await expect(chosen, typed).toContainText(finds);
    await escape(page);
  }
  const choose = async (typed: string) => {
    await page.keyboard.press("Control+k");
    await expect(find).toBeFocused();
    await page.keyboard.insertText(typed);
    await page.keyboard.press("Enter");
  };
  await choose("hypothesis");
  await expect(dialog(page).getByRole("heading", { name: "It might be" })).toBeVisible();
  await escape(page);
  await choose("go to causes");
  await expect(page.getByRole("tab", { name: "Causes" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tab", { name: "Causes" })).toBeFocused();
  // Also where one part is shown at a time.
  await page.setViewportSize({ width: 390, height: 844 });
  await choose("go to people");
  await expect(page.getByRole("tab", { name: "People" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "People" })).toBeFocused();
  // Elsewhere the room's own is not offered.
  await open(page, "#/settings", "Settings");
  await page.keyboard.press("Control+k");
  await expect(find).toBeFocused();
  await page.keyboard.insertText("hypothesis");
  await expect(dialog(page).getByText("Nothing fits.")).toBeVisible();
});

test("undo stays within the incident that is open, and elsewhere names it", async ({ page }) => {
  const written = async (title: string) => {
    await declare(page, title);
    await page.getByLabel("What just happened?").fill(`Written in ${title}`);
    await page.getByLabel("What just happened?").press("Enter");
    await expect(page.locator(".log li", { hasText: `Written in ${title}` })).toBeVisible();
  };
  const stands = (title: string) => expect(page.locator(".log li", { hasText: `Written in ${title}` })).not.toContainText("taken back");
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await written("Mail");
  const mail = page.url();
  await written("Search");
  const search = page.url();

  await page.goto(mail);
  await expect(undo).toHaveAttribute("title", "Takes back: Wrote down what happened");
  await key(page, "z");
  await expect(page.locator(".log li", { hasText: "Written in Mail" })).toContainText("taken back");
  await page.goto(search);
  await stands("Search");
  // Two more there are the declaration of Mail, and nothing of Search.
  await page.goto(mail);
  await key(page, "z");
  await expect(page.locator(".notice")).toContainText("Taken back: Declared");
  await key(page, "z");
  await expect(page.locator(".notice")).toContainText("Nothing to undo here. The last of yours was in “Search”: Wrote down what happened");
  await page.goto(search);
  await stands("Search");
  await open(page, "#/", /./);
  await key(page, "z");
  await expect(page.locator(".notice")).toContainText("Taken back in “Search”: Wrote down what happened");
});
