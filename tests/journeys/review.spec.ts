// The organisation learns: an incident replayed, and what was agreed kept in sight until it is done.
import { readFile } from "node:fs/promises";

import { expect, test } from "./fixture";
import { DeclareScreen } from "./screens/declare";
import { RoomScreen } from "./screens/room";
import { exported, fewOf, open, takeIn } from "./walks";

test("an incident is replayed by the keyboard: as it was, and as one person knew it", async ({ page, profile }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await page.clock.fastForward("05:00");
  await room.says("02:40 first errors in the gateway's log");
  await page.clock.fastForward("05:00");
  await room.begins("A workaround is in place");
  await room.fills({ "What was done, so that people can work": "Pay by transfer", When: "02:41" });
  await room.part("Review");
  await page.getByRole("link", { name: "Replay" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Replay" })).toBeFocused();
  const slider = page.getByRole("slider", { name: "Minute" });
  const aspect = (title: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: title }) }).getByRole("cell");
  // At the end all is known.
  await expect(aspect("Workarounds in place")).toHaveText(["Pay by transfer", "Pay by transfer"]);
  await slider.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "02:40");
  const happened = page.getByRole("region", { name: "What had happened" }).getByRole("listitem");
  await expect(happened).toHaveCount(1);
  await expect(happened).toContainText("written down 25 min later");
  // At 03:01 it was there already, and nobody knew.
  for (let minute = 0; minute < 21; minute += 1) await slider.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", "03:01");
  await expect(aspect("Workarounds in place")).toHaveText(["Pay by transfer", /^none/]);
  await page.getByRole("button", { name: "Entry before" }).click();
  await expect(slider).toHaveAttribute("aria-valuetext", /02:4[12]/);
  await page.getByRole("button", { name: "Next entry" }).click();
  await expect(slider).toHaveAttribute("aria-valuetext", /03:0[01]/);
});

test("improvements of all incidents are in one list, the overdue first, and their state comes back", async ({ page }) => {
  const room = new RoomScreen(page);
  for (const [title, text, due] of [["Card payments fail", "A second provider", "2030-01-01"], ["Search is slow", "An alarm on the queue", "2026-01-02"]] as const) {
    await new DeclareScreen(page).declares(title);
    const panel = await room.part("Review");
    await panel.getByRole("button", { name: "Add an improvement" }).click();
    await room.fills({ "What changes": text, "By when": due });
  }
  await page.getByRole("link", { name: "The review" }).click();
  await page.getByRole("link", { name: "All improvements" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Improvements" })).toBeFocused();
  await expect(page.getByText("2 are open, 1 overdue.")).toBeVisible();
  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows.first()).toContainText("An alarm on the queue");
  await expect(rows.first()).toContainText("overdue since");
  await rows.first().getByRole("combobox").selectOption("done");
  await expect(page.getByText("1 is open, none is overdue.")).toBeVisible();
  await expect(rows.last()).toContainText("An alarm on the queue");
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFile(await download.path(), "utf8");
  };
  const table = await saved("Export as CSV");
  expect(table).toContain('"An alarm on the queue","prevent"');
  const calendar = await saved("Calendar (.ics)");
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(calendar.match(/STATUS:CANCELLED/g)).toHaveLength(1);
  // Where they stand comes back by the same table, changed elsewhere; a row that is not understood is told.
  const changed = table.replace('"open"', '"In progress"').replace('"done"', '"finished"');
  await page.getByLabel("Take in where they stand").setInputFiles({ name: "improvements.csv", mimeType: "text/csv", buffer: Buffer.from(changed) });
  await expect(page.getByRole("alert").filter({ hasText: "finished" })).toContainText("is no state");
  await expect(rows.filter({ hasText: "A second provider" }).getByRole("combobox")).toHaveValue("in_progress");
  // It is in the incident's own record, and can be taken back there.
  await rows.filter({ hasText: "An alarm on the queue" }).getByRole("link").click();
  await expect(room.title).toHaveText("Search is slow");
  await expect(room.entries("done")).not.toHaveCount(0);
});

test("a review finds why, marks, improves a runbook, and says what it would word otherwise", async ({ page }) => {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await room.says("The second provider answers");
  await room.begins("Follow a runbook");
  await room.fills({ "Which one": "Payment failure" });
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("v");
  await expect(page.getByRole("heading", { level: 1, name: "Review" })).toBeFocused();
  // What was written down within the running minute is on the chart already.
  await expect(page.getByRole("region", { name: "Timeline as a chart" }).locator("svg")).toContainText("Declared");
  const findings = page.getByRole("region", { name: "Findings" });
  await page.getByRole("button", { name: "Add a finding" }).press("Enter");
  await room.fills({ "What is it?": "Went badly", "In a sentence, without blame": "An hour until somebody failed over" });
  for (const [of, why] of [["An hour until", "Three people know how"], ["Three people", "The runbook is in the provider's portal"], ["The runbook is", "Nobody owns shared runbooks"]] as const) {
    await findings.getByRole("button", { name: `Why? ${of}` }).first().press("Enter");
    await room.fills({ "Why?": why });
  }
  // Each answer stands below what it answers.
  await expect(findings.locator(".whys li")).toHaveCount(3);
  await expect(findings.locator(".whys li").nth(2)).toHaveAttribute("data-depth", "3");
  await expect(findings.locator(".whys li").nth(2)).toContainText("Nobody owns shared runbooks");
  // What blames is told, and put right on the spot.
  await page.getByRole("button", { name: "Add a finding" }).press("Enter");
  await room.fills({ "In a sentence, without blame": "It was careless to leave the certificate" });
  const wording = page.getByRole("region", { name: "Wording" });
  await expect(wording).toContainText("careless");
  await wording.getByRole("button", { name: "Correct" }).press("Enter");
  await room.fills({ "What it should say": "Nothing warns of a certificate's end" });
  await expect(wording).toHaveCount(0);
  // The runbook that was followed gets better right here, in a version of its own.
  const changes = page.getByRole("region", { name: "What changes" });
  await changes.getByRole("button", { name: "Improve it" }).press("Enter");
  const text = room.field("Its text, in Markdown");
  await expect(text).toHaveValue(/\S/);
  await room.dialog.getByRole("button", { name: "Keep it as a new version" }).press("Enter");
  await expect(room.dialog.getByRole("alert")).toContainText("Nothing is changed");
  await text.fill(`${await text.inputValue()}\n- **Look at the certificate's end first.**\n`);
  await room.fills({ "What is better now": "Looks at the certificate first" });
  await expect(changes).toContainText("Looks at the certificate first");
  await changes.getByRole("link", { name: /Payment failure/ }).click();
  await expect(page.getByRole("heading", { name: /Look at the certificate's end first/ }).first()).toBeVisible();
  await expect(page.getByText("holds now")).toBeVisible();
  await page.goBack();
  // A mark on an entry turns the course, or says where time was lost.
  await page.getByRole("region", { name: "The course" }).getByRole("button", { name: "Mark" }).first().press("Enter");
  await room.fills({ "It was": "Delay", Because: "Nobody had the key" });
  await expect(page.getByRole("region", { name: "The course" })).toContainText("Nobody had the key");
  await page.getByRole("link", { name: "The document" }).click();
  const article = page.getByRole("article");
  await expect(article.getByRole("heading", { level: 1 })).toHaveText("Card payments fail");
  for (const words of ["Nobody owns shared runbooks", "Looks at the certificate first", "Nobody had the key"]) await expect(article).toContainText(words);
});

test("a real incident comes from investigation to a published review: files, and pages", async ({ page }) => {
  await takeIn(page, fewOf(3));
  await open(page, "#/", /open/);
  await page.getByRole("main").getByRole("link", { name: /^Incident with|^Disruption|GitHub/ }).first().click();
  const room = new RoomScreen(page);
  await expect(room.status).toBeVisible();
  const title = (await room.title.textContent()) ?? "";
  await room.begins("Raise a hypothesis");
  await room.fills({ "It might be …": "A change to the limits of the proxy" });
  const causes = await room.part("Causes");
  await causes.getByRole("button", { name: "What was seen" }).first().click();
  await room.fills({ "What was seen": "The errors begin with the change" });
  await causes.getByRole("button", { name: "Decide" }).first().click();
  await room.fills({ Because: "Rolled back, it went away" });
  await room.begins("A workaround is in place");
  await room.fills({ "What was done, so that people can work": "The old limits", When: "2024-12-20 17:30" });
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("v");
  await page.getByRole("button", { name: "Add a finding" }).click();
  await room.fills({ "In a sentence, without blame": "Limits are not tested under load" });
  await page.getByRole("button", { name: "Add an improvement" }).click();
  await room.fills({ "What changes": "A load test before each change", "By what one sees that it worked": "It fails on the limits of that day", Ticket: "OPS-7" });
  await page.getByRole("button", { name: "It was held" }).click();
  await room.fills({ "Who was there, what came of it": "The platform team" });
  await page.getByRole("link", { name: "The document" }).click();
  const article = page.getByRole("article");
  await expect(article.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(article.locator(".state")).toContainText("Reviewed");
  await expect(article.locator("#doc-hypotheses")).toContainText("The errors begin with the change");
  await expect(article.locator("#doc-actions")).toContainText("It fails on the limits of that day");
  // It was real, and its record is whole.
  await expect(article).not.toContainText("no real incident");
  await expect(article).toContainText("nothing is known to be missing, and nothing does not fit");
  // A number leads to the entry that it names.
  await article.locator("#doc-actions").getByRole("button", { name: /^\d+$/ }).first().press("Enter");
  await expect(page.locator("tr:focus")).toContainText("A load test before each change");
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const markdown = await saved("Download as Markdown");
  expect(markdown.name).toMatch(/^review-\d{4}-\d{2}-\d{2}-.+\.md$/);
  expect(markdown.text).toContain("A load test before each change");
  const html = await saved("Download as HTML");
  // One file that runs nothing and fetches nothing, with its chart.
  expect(html.text).toContain("<svg");
  expect(html.text).not.toMatch(/<script|<link|src=|@import|url\(/);
  // On paper: what can be pressed is gone, and the summary has one page to itself.
  await page.setViewportSize({ width: 680, height: 994 });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Download as HTML" })).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  const end = await article.locator("nav").evaluate((nav) => nav.getBoundingClientRect().bottom + scrollY);
  const begin = await article.evaluate((whole) => whole.getBoundingClientRect().top + scrollY);
  expect(end - begin).toBeLessThan(994);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(2);
  expect(pages).toBeLessThan(40);
});

test("lines from a chat become entries at their own times, once, whoever pastes them", async ({ page, profile }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  const chat = "Chat of the night\n02:13 Ada: payments time out\nonly in Europe\n02:31 Bo: <b>it is the gateway</b>";
  // Pasted into the line for what just happened, they are known for what they are.
  await room.said.focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, chat);
  await expect(room.dialog).toContainText("2 entries");
  await expect(room.dialog).toContainText("1 line above the first time: left out.");
  await expect(room.dialog.getByLabel("Their times are of which zone?")).toBeVisible();
  await room.dialog.getByRole("button", { name: "Take them in" }).click();
  await expect(room.dialog).toBeHidden();
  await expect(room.entries("payments time out")).toContainText("02:13");
  await expect(room.entries("payments time out")).toContainText("only in Europe");
  await expect(room.entries("<b>it is the gateway</b>")).toContainText("02:31");
  // The same again adds nothing, here and in a colleague's copy.
  const count = await room.entries().count();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("p");
  await room.fills({ "Paste them here": chat });
  await expect(room.notice).toContainText("2 were here already");
  expect(await room.entries().count()).toBe(count);
  // Taken back in one, and pasted again, they stand again; a line that is there twice is one.
  await room.undo.click();
  await expect(room.timeline.locator("li.gone", { hasText: "payments time out" })).toHaveCount(1);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("p");
  await room.fills({ "Paste them here": `${chat}\n02:31 Bo: <b>it is the gateway</b>` });
  await expect(room.notice).toContainText("Took in 2 lines");
  await expect(room.timeline.locator("li.gone", { hasText: "payments time out" })).toHaveCount(0);
  const file = await exported(page);
  const other = await (await profile()).newPage();
  await other.goto("./");
  await takeIn(other, file);
  await open(other, "#/", /open/);
  await other.getByRole("link", { name: "Card payments fail" }).first().click();
  const theirs = new RoomScreen(other);
  await other.getByRole("heading", { level: 1 }).focus();
  await other.keyboard.press("p");
  // In another zone the same clock is another time: ISO says which.
  await theirs.fills({ "Paste them here": "2026-11-24T02:13:00+01:00 Ada: payments time out\nonly in Europe" });
  await expect(theirs.notice).toContainText("1 was here already");
  await expect(theirs.entries("payments time out")).toHaveCount(1);
});

test("the keys of the room open their forms beside it too", async ({ page }) => {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  const incident = page.url().slice(page.url().indexOf("#"));
  for (const [screen, heading] of [["replay", "Replay"], ["review", "Review"], ["review/document", "Card payments fail"], ["drill", "What the drill came to"], ["assist", "Brief and proposals"]] as const) {
    await open(page, `${incident}/${screen}`, heading);
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("c");
    await expect(room.dialog.getByRole("heading", { name: "How bad is it" }), screen).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(room.dialog).toBeHidden();
  }
});
