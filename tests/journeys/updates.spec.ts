// Everyone who must know, knows in time: updates by audience, the first word, regulators' clocks, forms.
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Download, Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { DeclareScreen, major } from "./screens/declare";
import { RoomScreen } from "./screens/room";
import { ShareScreen } from "./screens/share";
import { complaints } from "./validated";

const TITLE = "Card payments fail";
const BANK = {
  name: "Example bank",
  services: [{ name: "core-payments-eu", public_name: "Card payments", tier: 1 }],
  regimes: ["dora", "gdpr"],
  entity: { dora: "credit_institution", lei: "529900T8BM49AURSDO55" },
  zone: "Europe/Berlin",
  audiences: [
    { name: "customers", outside: true, channel: "status page", cadence: [{ priority: 1, minutes: 20 }] },
    { name: "board", title: "The board", outside: false, channel: "mail", address: "board@example.org", approver: "the sponsor", cadence: [{ priority: 1, minutes: 45 }], templates: [{ text: "{title}. Nobody knows {secret}. Hit since {began}. Next: {next}." }] },
  ],
};

async function hosted(page: Page, says: unknown): Promise<void> {
  await page.route("**/muster.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(says) }));
}

async function declared(page: Page): Promise<RoomScreen> {
  await new DeclareScreen(page).declares(TITLE, ...major);
  const room = new RoomScreen(page);
  await expect(room.title).toHaveText(TITLE);
  return room;
}

/** The screen of the updates, by its key. */
async function updates(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("m");
  await expect(page.getByRole("navigation", { name: "Audiences" })).toBeVisible();
}

async function to(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Audiences" }).getByRole("link", { name: new RegExp(`^${title}`) }).click();
  await expect(page.getByRole("heading", { level: 1, name: `To: ${title}` })).toBeVisible();
}

const draft = (page: Page) => page.getByRole("region", { name: "Draft" });
const sentences = async (page: Page) => (await draft(page).locator(".text p > span:first-child").allInnerTexts()).map((text) => text.replace(/\s*\(new\)$/, ""));
const clock = (page: Page, title: string) => page.locator(".clocks > li").filter({ has: page.locator(".clock-head > b", { hasText: new RegExp(`^${title}$`) }) });

async function saved(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

/** Unpacks an archive in which nothing is compressed. */
async function unpacked(zip: Buffer, folder: string): Promise<void> {
  let at = 0;
  for (; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, nameLength, extraLength] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const begins = at + 30 + nameLength + extraLength;
    const path = join(folder, zip.subarray(at + 30, at + 30 + nameLength).toString());
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, zip.subarray(begins, begins + size));
    at = begins + size;
  }
  expect(zip.readUInt32LE(at), "the list of what is in it").toBe(0x02014b50);
}

test("the first word is two keys away, and held back until customers are known to be hit", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const room = await declared(page);
  await room.title.focus();
  await page.keyboard.press("f");
  await expect(room.dialog.getByLabel(/^To executives/)).toHaveValue(/^Major incident, P1: Card payments fail\./);
  await expect(room.dialog).toContainText("Held back: We are looking into a problem with our service.");
  await page.keyboard.press("Control+Enter");
  await expect(room.dialog).toBeHidden();
  await expect(room.entries("Update to executives")).toHaveCount(1);
  await expect(room.entries("Update to customers")).toHaveCount(0);
  await page.keyboard.press("f");
  await room.dialog.getByLabel("Customers are hit, I have seen it").check();
  await expect(room.dialog.getByLabel(/^To customers/)).toHaveValue(/^We are looking into a problem with our service\. The next update comes by /);
  await room.fills({});
  await expect(room.entries("Update to customers")).toHaveCount(1);

  // What was sent is not undone.
  await room.undo.click();
  await expect(room.notice).toContainText("Send another update that corrects it.");
  await expect(room.entries("Update to customers")).toHaveCount(1);
  const entry = room.entries("Update to customers");
  await entry.getByRole("button", { name: "What to do with this entry" }).click();
  await expect(entry.getByRole("button", { name: "Take back" })).toHaveCount(0);
  await expect(entry.getByRole("button", { name: "Correct the words" })).toHaveCount(0);
  await entry.getByRole("button", { name: "Correct it by another" }).click();
  await expect(room.field("Text")).toHaveValue(/^Correction: We are looking into/);
  await room.fills({ "Where it can be found": "https://status.example/1" });
  await expect(room.entries("Correction to customers")).toContainText("Found at https://status.example/1");
});

test("an overdue update names the page, until it was sent", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const room = await declared(page);
  await expect(page).toHaveTitle(/^P1 Card payments fail/);
  await page.clock.fastForward("16:00");
  await expect(page).toHaveTitle(/^Overdue! (Customers|Executives): update · P1 Card payments fail/);
  await room.title.focus();
  await page.keyboard.press("f");
  await room.dialog.getByLabel("Customers are hit, I have seen it").check();
  await room.fills({});
  await expect(page).toHaveTitle(/^P1 Card payments fail/);
  await page.clock.fastForward("31:00");
  await expect(page).toHaveTitle(/^Overdue! /);
  await page.getByRole("link", { name: "Board" }).click();
  await expect(page).toHaveTitle(/^Overdue! .* · Muster$/);
  await page.getByRole("link", { name: "Guide" }).click();
  await expect(page).toHaveTitle("The six stages · Muster");
});

test("each audience has a draft that names its sources, is questioned, approved, handed over and confirmed", async ({ page, context, troubles }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await hosted(page, BANK);
  const room = await declared(page);
  await room.begins("A service is hit");
  await room.fills({ Service: "core-payments-eu" });
  await room.begins("Raise a hypothesis");
  await room.fills({ "It might be …": "A canary in the certificate" });
  await updates(page);
  await to(page, "Executives");
  expect(await sentences(page)).toContain("Hit: core-payments-eu (down).");
  await expect(draft(page).locator(".text p", { hasText: "Hit:" }).locator(".cite")).toHaveAttribute("title", /core-payments-eu/);

  // Outsiders: nothing before a person confirms, and only words that are theirs.
  await to(page, "Customers");
  expect((await sentences(page)).join(" ")).not.toMatch(/core-payments|canary|Card payments fail/);
  const copy = draft(page).getByRole("button", { name: "Copy" });
  await expect(copy).toBeDisabled();
  await draft(page).getByRole("button", { name: "Customers are hit" }).click();
  await draft(page).getByRole("button", { name: "Words for outsiders" }).click();
  await room.fills({ "What they notice": "card payments that fail", "Who is hit": "some customers in Europe", "What they can do meanwhile": "pay by transfer" });
  expect((await sentences(page)).slice(0, 3)).toEqual(["We are looking into card payments that fail.", "It affects some customers in Europe.", "Meanwhile: pay by transfer."]);
  await copy.click();
  await expect(page.locator(".notices")).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("card payments that fail");
  // Copied is not sent: it is still due.
  await expect(page.getByRole("navigation", { name: "Audiences" }).getByRole("link", { name: /^Customers/ })).toContainText("in 1");
  await draft(page).getByRole("button", { name: "It was sent" }).click();
  await expect(room.field("By")).toHaveValue("status page");
  await room.fills({});
  await expect(page.getByRole("region", { name: "Sent" })).toContainText("card payments that fail");
  await expect(page.getByRole("navigation", { name: "Audiences" }).getByRole("link", { name: /^Customers/ })).toContainText(/in (19|20) min/);

  // What is new since then is marked.
  await draft(page).getByRole("button", { name: "Words for outsiders" }).click();
  await room.fills({ "Who is hit": "all customers" });
  await expect(draft(page).locator(".text p.new", { hasText: "all customers" })).toHaveCount(1);
  await expect(draft(page).locator(".text p:not(.new)", { hasText: "We are looking into" })).toHaveCount(1);

  // A person's words are questioned.
  await draft(page).getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Text").fill("The operator caused it, probably. Service is back at 04:55 for 97 % of all.");
  const remarks = page.locator(".warn li");
  await expect(remarks.filter({ hasText: "97 %" })).toHaveCount(1);
  expect(await remarks.count()).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Draft it again from the log" }).click();
  await expect(page.locator(".warn li", { hasText: "97 %" })).toHaveCount(0);

  // The host's own: its template, and somebody's leave.
  await to(page, "The board");
  expect(await sentences(page)).toEqual([`${TITLE}.`, expect.stringMatching(/^Next: /)]);
  await expect(draft(page).getByRole("alert").or(draft(page).locator(".problem"))).toContainText("{secret}");
  await expect(draft(page).getByRole("button", { name: "Open in mail" })).toBeDisabled();
  await draft(page).getByRole("button", { name: "Approve (asked of the sponsor)" }).click();
  await expect(draft(page)).toContainText("Approved by");
  // An approved text does not change with the clock.
  await page.clock.fastForward("03:00");
  await expect(draft(page)).toContainText("Approved by");
  await draft(page).getByRole("button", { name: "Open in mail" }).click();
  // It goes to the mail program; here there is none.
  const mail = /^request: mailto:board@example\.org\?subject=Card%20payments%20fail&body=Card%20payments%20fail\./;
  await expect.poll(() => troubles).toEqual([expect.stringMatching(mail)]);
  troubles.length = 0;
  await page.getByRole("link", { name: TITLE, exact: true }).click();
  await expect(room.title).toHaveText(TITLE);
  await (await room.part("Updates")).getByRole("link", { name: "Write by audience, and the clocks" }).click();
  await expect(page.getByRole("navigation", { name: "Audiences" })).toBeVisible();
});

test("a payment outage at a bank on a Friday evening before a holiday: nothing is late", async ({ page }) => {
  // All Saints' Day lies on the Sunday, and the bank has added the Monday.
  await page.clock.install({ time: "2026-10-30T18:00:00+01:00" });
  await hosted(page, { ...BANK, audiences: [], holidays: ["2026-11-02"] });
  const room = await declared(page);
  await expect.poll(() => room.asked()).toContain("DORA: When was the incident classified as major?");
  await room.title.focus();
  await page.keyboard.press("f");
  await room.dialog.getByLabel("Customers are hit, I have seen it").check();
  await room.fills({});
  await updates(page);
  await expect(clock(page, "DORA: Initial notification")).toContainText("not started");
  await page.getByRole("button", { name: "Became aware" }).first().click();
  await room.fills({ When: "17:40" });
  await page.getByRole("button", { name: "Answer its questions" }).first().click();
  const answer = (question: RegExp, value: string) => room.dialog.getByLabel(question).selectOption({ label: value });
  await answer(/supports critical or important/, "Yes");
  await room.dialog.getByLabel(/How many clients are hit/).fill("100001");
  await answer(/Have media reported/, "Yes");
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.dialog).toBeHidden();
  await expect(page.locator(".clocks")).toContainText(["", "Must be reported:"].slice(1));
  await page.clock.fastForward("20:00");
  await clock(page, "DORA: Initial notification").getByRole("button", { name: "Classified as major" }).click();
  await room.fills({ When: "18:20" });
  const initial = clock(page, "DORA: Initial notification");
  await expect(initial).toContainText("Due 22:20");
  await expect(initial).toContainText("2025/301 Art. 5 (checked)");
  expect(await page.locator(".clocks .clock-head b").allInnerTexts()).toContain("GDPR: Notification");

  // The form, filled from the log; a person fills the rest.
  await initial.getByRole("link", { name: "Form" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^DORA: initial notification/);
  const before = await page.locator(".filing .page > .num").innerText();
  const fieldOf = (number: string) => page.locator(".form-field").filter({ has: page.locator("label", { hasText: new RegExp(`^${number.replace(".", "\\.")} `) }) });
  await expect(fieldOf("2.3").locator("input")).toHaveValue("2026-10-30T17:20:00Z");
  await fieldOf("1.4").locator("input").fill("a bank");
  await fieldOf("1.4").locator("input").press("Tab");
  await expect(fieldOf("1.4").locator(".tag.late")).toBeVisible();
  await fieldOf("1.4").locator("input").fill("credit institution");
  await fieldOf("1.4").locator("input").press("Tab");
  await expect(fieldOf("1.4")).toContainText("from a person");
  await fieldOf("1.2").locator("textarea").fill("Example Bank AG");
  await fieldOf("1.2").locator("textarea").press("Tab");
  await expect(fieldOf("1.2")).toContainText("from a person");
  expect(await page.locator(".filing .page > .num").innerText()).not.toBe(before);
  const [json] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as JSON" }).click()]);
  const form = JSON.parse(await saved(json));
  expect(form.fields.find((field: { number: string }) => field.number === "1.2").value).toBe("Example Bank AG");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  expect(await saved(csv)).toContain("Example Bank AG");
  const [printed] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download to print" }).click()]);
  expect(await saved(printed)).not.toMatch(/<script/i);

  // Sent in time: that stops it and starts the next.
  await page.getByRole("button", { name: "It was sent" }).click();
  await room.fills({ Reference: "2026-4711" });
  await page.getByRole("link", { name: "Updates and clocks" }).click();
  await expect(clock(page, "DORA: Initial notification")).toContainText("sent in time");
  await expect(clock(page, "DORA: Intermediate report")).toContainText("From: Initial notification");
  await expect(clock(page, "DORA: Intermediate report")).toContainText("Due 2 Nov, 18:");

  // A calendar rings where a page cannot, and is called off for what is done.
  const [ics] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Calendar (.ics)" }).click()]);
  const calendar = (await saved(ics)).replaceAll("\r\n ", "");
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(calendar).toMatch(/UID:dora_intermediate\.[0-9a-z]+@muster/);
  expect(calendar).toMatch(/UID:dora_initial\.[^]*?STATUS:CANCELLED/);
  expect(calendar).toContain("BEGIN:VALARM");
  await expect(page).not.toHaveTitle(/^Overdue/);
});

test("the same outage, and something is late, and says so", async ({ page }) => {
  await page.clock.install({ time: "2026-10-30T18:00:00+01:00" });
  await hosted(page, BANK);
  const room = await declared(page);
  await updates(page);
  await clock(page, "DORA: Initial notification").getByRole("button", { name: "Classified as major" }).click();
  await room.fills({ When: "18:00" });
  await page.clock.fastForward("04:10:00");
  await expect(clock(page, "DORA: Initial notification")).toContainText("10 min late");
  await expect(page).toHaveTitle(/^Overdue! /);
  await page.getByRole("link", { name: TITLE }).click();
  await expect.poll(async () => (await room.asked()).join("\n")).toContain("Report: DORA: initial notification");
  await updates(page);
  await clock(page, "DORA: Initial notification").getByRole("button", { name: "It was sent" }).click();
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.dialog.getByRole("alert")).toHaveText("It is late: say why, the authority will ask.");
  await room.fills({ "Why it is late, where it is": "Nobody was on duty" });
  await expect(clock(page, "DORA: Initial notification")).toContainText("sent 10 min late");
  await page.getByRole("link", { name: TITLE }).click();
  await expect(room.entries("Nobody was on duty")).toHaveCount(1);
});

test("a status page is written that others' programs take, with nothing in it that was not sent", async ({ page }) => {
  await hosted(page, BANK);
  const room = await declared(page);
  await room.begins("A service is hit");
  await room.fills({ Service: "core-payments-eu" });
  await room.title.focus();
  await page.keyboard.press("f");
  await room.dialog.getByLabel("Customers are hit, I have seen it").check();
  await room.fills({});
  await updates(page);
  const [given] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Status page (zip)" }).click()]);
  expect(given.suggestedFilename()).toBe("status-page.zip");
  const folder = await mkdtemp(join(tmpdir(), "status-page-"));
  await unpacked(await readFile(await given.path()), join(folder, "site"));
  expect(await complaints(join(folder, "site"))).toEqual([]);
  const json = JSON.parse(await readFile(join(folder, "site", "incidents.json"), "utf8"));
  expect(json.incidents).toHaveLength(1);
  expect(json.incidents[0].name).toBe("A problem with our service");
  const all = JSON.stringify(json) + (await readFile(join(folder, "site", "index.html"), "utf8")) + (await readFile(join(folder, "site", "feed.atom"), "utf8"));
  expect(all).toContain("Card payments");
  expect(all).not.toContain(TITLE);
  expect(all).not.toContain("core-payments-eu");
});

test("audiences and regulators are kept in the library", async ({ page }) => {
  await page.goto("./#/organisation");
  const audiences = page.getByRole("region", { name: "Audiences" });
  await audiences.getByLabel("Audience", { exact: true }).fill("Key accounts");
  await audiences.getByLabel("They are outside the organisation").check();
  await audiences.getByLabel("Minutes by priority").fill("1: x");
  await audiences.getByRole("button", { name: "Keep the audience" }).click();
  await expect(audiences.getByRole("alert")).toContainText("“1: x” is not a priority and its minutes");
  await audiences.getByLabel("Minutes by priority").fill("1: 15, 2: 60");
  await audiences.getByRole("button", { name: "Keep the audience" }).click();
  await expect(audiences.getByRole("listitem")).toContainText("outside · minutes by priority 1: 15, 2: 60");
  const regulators = page.getByRole("region", { name: "Regulators" });
  await regulators.getByRole("checkbox", { name: /^NIS2:/ }).check();
  await regulators.getByLabel("Zone of its days").fill("Mars/Olympus");
  await regulators.getByRole("button", { name: "These apply" }).click();
  await expect(regulators.getByRole("alert")).toContainText("is no zone that this browser knows");
  await regulators.getByLabel("Zone of its days").fill("Asia/Tokyo");
  await regulators.getByRole("button", { name: "These apply" }).click();
  await expect(page.locator(".notices")).toContainText("Chosen");
  await page.reload();
  await expect(regulators.getByRole("checkbox", { name: /^NIS2:/ })).toBeChecked();
  await declared(page);
  await updates(page);
  await to(page, "Key accounts");
  await expect(page.getByRole("navigation", { name: "Audiences" }).getByRole("link", { name: /^Key accounts/ })).toContainText("every 15 min");
  await expect(clock(page, "NIS2: Early warning")).toContainText("not started");
});

test("an audience has a text for each phase, read as Markdown or plain, and what an edit changed is marked", async ({ page }) => {
  await page.goto("./#/organisation");
  const audiences = page.getByRole("region", { name: "Audiences" });
  await audiences.getByLabel("Audience", { exact: true }).fill("The floor");
  await audiences.getByLabel("Minutes by priority").fill("1: 15, 1 identified: 45");
  await audiences.getByLabel("Text of its own").fill("**Impact:** {title}. See [the board](https://board.example).");
  await audiences.getByLabel("For which phase").selectOption({ label: "Identified" });
  await audiences.getByLabel("Text of its own").fill("Cause found for *{title}*.");
  await audiences.getByLabel("For which phase").selectOption({ label: "anything else" });
  await expect(audiences.getByLabel("Text of its own")).toHaveValue(/^\*\*Impact/);
  await audiences.getByRole("button", { name: "Keep the audience" }).click();
  await expect(audiences.getByRole("listitem")).toContainText("1: 15, 1 identified: 45");
  const room = await declared(page);
  await updates(page);
  await to(page, "The floor");
  expect(await sentences(page)).toEqual(["Impact: Card payments fail.", "See the board (https://board.example)."]);
  await draft(page).getByRole("button", { name: "It was sent" }).click();
  await room.fills({});
  await page.getByRole("region", { name: "Status" }).getByRole("link", { name: TITLE }).click();
  await room.begins("Raise a hypothesis");
  await room.fills({ "It might be …": "A certificate" });
  await room.part("Causes");
  await page.getByRole("button", { name: "Decide" }).click();
  await room.fills({ Because: "It has expired" });
  // With a cause known it has a text of its own.
  await updates(page);
  await to(page, "The floor");
  await expect.poll(() => sentences(page)).toEqual(["Cause found for Card payments fail."]);
  await draft(page).getByRole("button", { name: "Edit" }).click();
  await draft(page).getByRole("textbox").fill("Impact: Card payments fail. A fix is on its way.");
  await expect(draft(page).locator(".changes .new")).toHaveText(["A fix is on its way."]);
  await expect(draft(page).locator(".changes .gone")).toHaveText(["See the board (https://board.example)."]);
  // The same for readers of Markdown.
  await page.goto("./#/organisation");
  await audiences.getByRole("button", { name: "Change The floor" }).click();
  await audiences.getByLabel("They read Markdown").check();
  await audiences.getByRole("button", { name: "Keep the audience" }).click();
  await page.goBack();
  // What was edited and not sent is there again, until it is drafted anew.
  await expect(draft(page).getByRole("textbox")).toHaveValue("Impact: Card payments fail. A fix is on its way.");
  await draft(page).getByRole("button", { name: "Draft it again from the log" }).click();
  await expect.poll(() => sentences(page)).toEqual(["Cause found for *Card payments fail*."]);
});

test("an update to outsiders is held back wherever it is written, until customers are known to be hit", async ({ page }) => {
  const room = await declared(page);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("u");
  const copy = room.dialog.getByRole("button", { name: "Copy the text" });
  await room.dialog.getByLabel("To", { exact: true }).selectOption("executives");
  await expect(copy).toBeEnabled();
  await room.dialog.getByLabel("To", { exact: true }).selectOption("customers");
  await expect(copy).toBeDisabled();
  await room.dialog.getByRole("link", { name: "Confirm it beside the draft" }).click();
  // Something was chosen in the form, so it asks first.
  await room.dialog.getByRole("button", { name: "Drop it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "To: Customers" })).toBeVisible();
  await draft(page).getByRole("button", { name: "Customers are hit" }).click();
  await expect(draft(page).getByRole("button", { name: "Copy", exact: true })).toBeEnabled();
});

test("two people who changed one audience apart from each other choose once", async ({ page, profile }) => {
  const keeps = async (page: Page, channel: string) => {
    await page.goto("./#/organisation");
    const audiences = page.getByRole("region", { name: "Audiences" });
    await audiences.getByLabel("Audience", { exact: true }).fill("Key accounts");
    await audiences.getByLabel("By", { exact: true }).fill(channel);
    await audiences.getByRole("button", { name: "Keep the audience" }).click();
    await expect(audiences.getByRole("listitem")).toContainText(`by ${channel}`);
  };
  const other = await (await profile()).newPage();
  await keeps(page, "mail");
  await keeps(other, "phone");
  const everything = await new ShareScreen(other).everything();
  await new ShareScreen(page).takes({ name: "theirs.json", mimeType: "application/json", buffer: Buffer.from(everything) });
  await page.goto("./#/organisation");
  const apart = page.getByRole("region", { name: "Changed apart" });
  await expect(apart.getByRole("heading", { level: 3 })).toHaveText("The audience “Key accounts”");
  await expect(apart.getByRole("button")).toHaveCount(2);
  await apart.getByRole("button", { name: /by mail/ }).click();
  await expect(apart).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Audiences" }).getByRole("listitem")).toContainText("by mail");
});

test("days end where the regulator is", async ({ page }) => {
  // In New York it is still Monday the 23rd; Thursday is Thanksgiving there.
  await page.clock.install({ time: "2026-11-24T03:10:00+01:00" });
  await hosted(page, { regimes: ["sec"] });
  const room = await declared(page);
  await updates(page);
  await page.getByRole("button", { name: "Determined to be material" }).first().click();
  await room.fills({ When: "03:00" });
  // The end of Monday the 30th in New York.
  await expect(page.locator(".clocks > li", { hasText: "SEC" }).first()).toContainText("The law lets it end 1 Dec, 06:00");
});

test("an overdue update rings, once, where the person has allowed it", async ({ page }) => {
  await page.addInitScript(() => {
    const rang: string[] = [];
    class Bell {
      static requestPermission = () => Promise.resolve("granted");
      constructor(text: string) {
        rang.push(text);
      }
    }
    Object.assign(window, { rang, Notification: Bell });
  });
  const rang = () => page.evaluate(() => (window as any).rang as string[]);
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await declared(page);
  await page.clock.fastForward("16:00");
  await expect(page).toHaveTitle(/^Overdue! /);
  expect(await rang()).toEqual([]);
  await page.evaluate(() => void (location.hash = "#/settings"));
  await page.getByRole("checkbox", { name: /^Ring when an update becomes overdue/ }).check();
  await new DeclareScreen(page).declares("Search fails", ...major);
  await page.clock.fastForward("14:00");
  expect(await rang()).toEqual([]);
  await page.clock.fastForward("02:00");
  await expect.poll(rang).toEqual([expect.stringMatching(/: update is overdue$/)]);
  await page.clock.fastForward("05:00");
  expect(await rang()).toHaveLength(1);
});
