// Every screen and every state of one, each reached as a person reaches it. What is looked at
// there is up to the test that walks: these know nothing of colours, sizes or names.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContext, BrowserContextOptions, Locator, Page } from "@playwright/test";
import { expect } from "./fixture";

/** The one pane of the room that a state changes: the rest of it was looked at in others. */
export type Pane = "Now" | "Work" | "Timeline";
/** Where it lies. */
export const PANES: Record<Pane, string> = { Now: ".guide", Work: ".work", Timeline: ".timeline" };

/** What a walk is given: where to begin, and what to do in each state. */
export type Way = {
  page: Page;
  look: (state: string, pane?: Pane) => Promise<void>;
  profile: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  troubles: string[];
};

const shared = process.env.MUSTER_SHARED ?? resolve(import.meta.dirname, "../../../shared");
/** The real status page: 399 incidents, 2,165 updates. */
export const statusPage = resolve(shared, "data/statuspage-incidents-2022-2024.json");

/** A few incidents of the real page, as a file of their own. */
export function fewOf(count: number): { name: string; mimeType: string; buffer: Buffer } {
  const page = JSON.parse(readFileSync(statusPage, "utf8"));
  page.incidents = page.incidents.slice(0, count);
  return { name: "incidents.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(page)) };
}

/** Goes to an address of the page and waits until its heading is there. */
export async function open(page: Page, fragment: string, heading: string | RegExp): Promise<void> {
  if (page.url() === "about:blank") await page.goto(`./${fragment}`);
  else await page.evaluate((to) => void (location.hash = to), fragment);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** The sample incident's room, from an empty board. */
export async function openSample(page: Page): Promise<void> {
  await open(page, "#/", "Nothing is open.");
  await page.getByRole("button", { name: "Walk through a sample" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Card payments fail" })).toBeVisible();
  await expect(page.getByText("Saved on this device")).toBeAttached();
}

/** Declares by the keyboard alone; `answers` are the digits of effect, scope and urgency. */
export async function declare(page: Page, title: string, answers = "111"): Promise<void> {
  await open(page, "#/declare", "Declare an incident");
  await expect(page.getByLabel("What is broken?")).toBeFocused();
  if (title) await page.keyboard.insertText(title);
  for (const digit of answers) {
    await page.keyboard.press("Tab");
    await page.keyboard.press(digit);
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title || "Untitled incident" })).toBeVisible();
}

/** Starts the drill of a scenario; its room is open then. */
export async function startDrill(page: Page, scenario: string): Promise<void> {
  await open(page, "#/drills", "Drills");
  await page.getByRole("button", { name: `Start the drill ${scenario}` }).click();
  await expect(page.getByRole("region", { name: "Drill", exact: true })).toBeVisible();
}

/** Puts the focus where single keys count, from wherever it is. */
export async function leaveFields(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).focus();
}

/** Presses a single key in the room. */
export async function key(page: Page, name: string): Promise<void> {
  await leaveFields(page);
  await page.keyboard.press(name);
}

/** The dialog that is open. */
export const dialog = (page: Page): Locator => page.locator("dialog[open]");

/** Closes the dialog that is open. */
export async function escape(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

/** Closes the dialog that is open although something was typed in it: the second Escape means it. */
export async function dropIt(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(dialog(page).getByText("What you typed is not kept yet.")).toBeVisible();
  await escape(page);
}

/** Fills the first empty line of the open dialog where it needs one, and sends it. */
export async function send(page: Page, words?: string): Promise<void> {
  if (words !== undefined) await dialog(page).locator("input[type=text], textarea").first().fill(words);
  await dialog(page).locator("button[type=submit]").click();
  await expect(dialog(page)).toHaveCount(0);
}

/** One of the buttons under "Anything else". */
export const anything = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Guide" }).locator(".anything").getByRole("button", { name });

/** A part of the work, by its tab. */
export async function tab(page: Page, name: string): Promise<Locator> {
  await page.getByRole("tab", { name }).click();
  const panel = page.getByRole("tabpanel", { name });
  await expect(panel).toBeVisible();
  return panel;
}

/** Follows the first runbook that these words find. */
export async function follow(page: Page, words: string): Promise<void> {
  await key(page, "r");
  await send(page, words);
  await expect(page.locator(".log li", { hasText: "Runbook" }).first()).toBeVisible();
}

/** Goes on to the next stage, whatever is still open. */
export async function goOn(page: Page): Promise<void> {
  const before = await page.locator(".stages [aria-current]").textContent();
  await key(page, ".");
  const now = page.locator(".stages [aria-current]");
  await expect(dialog(page).or(now.filter({ hasNotText: before ?? "" }))).toBeVisible();
  if (await dialog(page).count()) await send(page);
  await expect(now).not.toHaveText(before ?? "");
}

const STAGES = ["Identify", "Escalate", "Communicate", "Work around", "Recover", "Review"];
const TABS = ["Tasks", "Services", "Causes", "People", "Updates", "Decisions", "Recovery", "Times", "Review", "Links"];
/** A picture of one pixel. */
export const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
/** The forms that are always within reach, by their button. */
export const ACTS = [
  "Give the first word", "Words for outsiders", "Write an update", "Add a task", "Follow a runbook", "Give a role", "Say who was called", "Somebody joined", "Name a bridge", "A service is hit",
  "Raise a hypothesis", "A change was made", "Write a decision", "A workaround is in place", "Record a problem", "A fix is in place",
  "Plan a check", "Check recovery", "Watch recovery", "The backlog is drained",
  "Paste lines from a chat or a log", "Add a picture", "State a time", "Write a summary", "Link another incident", "Same outage as another", "Close the incident",
];

/** Opens a form, looks, and closes it again. */
async function lookAtForm({ page, look }: Way, name: string, button: Locator): Promise<void> {
  await button.click();
  await expect(dialog(page).locator(".dialog-body")).toBeVisible();
  await look(name);
  await escape(page);
}

/** Takes a file in, from wherever one is. */
export async function takeIn(page: Page, file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
  await open(page, "#/share", "Share");
  await page.getByLabel("Import file").setInputFiles(file);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("status").getByText("taken in.")).toBeVisible();
}

/** The file that Export gives on the share screen. */
export async function exported(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  await open(page, "#/share", "Share");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), mimeType: "application/json", buffer: readFileSync(await file.path()) };
}

/** Opens a page one of whose stored values is no longer whole. */
export async function damage(page: Page): Promise<void> {
  await declare(page, "Card payments fail");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("muster/log/"))!;
    localStorage.setItem(key, localStorage.getItem(key)!.slice(0, -40));
  });
  await page.reload();
  await expect(page.getByRole("button", { name: "Understood" }).first()).toBeVisible();
}

/** All walks, by what they show. */
export const walks: Record<string, (way: Way) => Promise<void>> = {
  "the board": async ({ page, look }) => {
    await open(page, "#/", "Nothing is open.");
    await look("empty");
    await openSample(page);
    await declare(page, "Search is slow for staff", "");
    await takeIn(page, statusPage);
    await open(page, "#/", /open/);
    await look("with the sample and a status page");
    await page.getByLabel("Search", { exact: true }).fill("the gateway's certificate");
    await expect(page.locator("[role=status]", { hasText: "1 incident found" })).toBeAttached();
    await look("something found");
    await page.getByLabel("Search", { exact: true }).fill("zebra crossing");
    await expect(page.getByText("Nothing that was written has these words.")).toBeVisible();
    await look("nothing found");
  },

  "a replay, and improvements": async ({ page, look }) => {
    await open(page, "#/improvements", "Improvements");
    await look("none agreed yet");
    await openSample(page);
    const sample = page.url().slice(page.url().indexOf("#"));
    await open(page, `${sample}/replay`, "Replay");
    await look("the replay at its end");
    await page.getByRole("slider", { name: "Minute" }).press("Home");
    await look("the replay at its beginning");
    await declare(page, "Card payments fail");
    const review = await tab(page, "Review");
    for (const [text, due] of [["Watch the certificate's end", "2026-01-02"], ["A second provider", ""]] as const) {
      await review.getByRole("button", { name: "Add an improvement" }).click();
      await dialog(page).getByLabel("By when").fill(due);
      await send(page, text);
    }
    await open(page, "#/improvements", "Improvements");
    await expect(page.getByText("overdue since")).toBeVisible();
    await look("improvements, one overdue");
  },

  "the big screen": async ({ page, look }) => {
    await open(page, "#/wall", "Nothing is open.");
    await look("empty");
    await openSample(page);
    await declare(page, "Search is slow for staff");
    await takeIn(page, statusPage);
    await open(page, "#/wall", /open/);
    await page.getByText("As a table").click();
    await look("with two incidents open, and a year behind");
  },

  "the review": async ({ page, look }) => {
    await openSample(page);
    const sample = page.url().slice(page.url().indexOf("#"));
    await open(page, `${sample}/review`, "Review");
    await look("nothing found yet");
    for (const [kind, words] of [["went_badly", "It took an hour until somebody failed over by hand"], ["contributing_factor", "Sample lead forgot the certificate"]] as const) {
      await page.getByRole("button", { name: "Add a finding" }).click();
      await dialog(page).getByRole("combobox").selectOption(kind);
      await send(page, words);
    }
    for (const [of, words] of [["It took an hour", "Three people know how"], ["Three people", "Its runbook is in the provider's portal"]] as const) {
      await page.getByRole("button", { name: `Why? ${of}` }).first().click();
      await send(page, words);
    }
    await page.getByRole("button", { name: "Mark" }).first().click();
    await look("marking an entry");
    await send(page, "The key was in another office");
    await page.getByRole("button", { name: "Improve a runbook" }).click();
    await look("improving a runbook");
    await escape(page);
    await page.getByText("Impact in numbers").click();
    await page.getByText("The chart as a table").click();
    await look("with findings, whys, a mark, and a remark on wording");
    await open(page, `${sample}/review/document`, "Card payments fail");
    await look("the document");
  },

  "drills": async ({ page, look }) => {
    await open(page, "#/drills", "Drills");
    await look("none so far");
    await page.getByLabel("Its text, in Markdown").fill("# Nothing");
    await page.getByRole("button", { name: "Start this drill" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Line 1" })).toBeVisible();
    await look("what is wrong with a scenario");
    await startDrill(page, "Card payments on a busy evening");
    await look("the room of a drill");
    await page.getByRole("button", { name: "What is coming" }).click();
    await dialog(page).getByText("I facilitate: show it").click();
    await look("what is coming");
    await dialog(page).getByRole("button", { name: "Send it now" }).click();
    await escape(page);
    await expect(page.locator(".log li", { hasText: "Authorisations that fail: 41 %" })).toBeVisible();
    await look("an inject in the timeline", "Timeline");
    await page.getByRole("button", { name: "End the drill" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "What the drill came to" })).toBeVisible();
    await look("what it came to");
    await startDrill(page, "Card payments on a busy evening");
    await page.getByRole("button", { name: "End the drill" }).click();
    await expect(page.getByRole("region", { name: "Beside earlier drills of this scenario" })).toBeVisible();
    await look("beside an earlier one");
    await open(page, "#/drills", "Drills");
    await look("two so far");
  },

  "the measures": async ({ page, look }) => {
    await open(page, "#/measures", "Measures");
    await look("empty");
    await takeIn(page, statusPage);
    await open(page, "#/measures", "Measures");
    await page.getByText("What each figure means").click();
    await look("by month");
    await open(page, "#/measures?by=service&show=6&last=3650", "Measures");
    await look("time to restore by service");
  },

  "declaring": async ({ page, look }) => {
    await open(page, "#/declare", "Declare an incident");
    await look("empty");
    await page.getByLabel("What is broken?").fill("Card payments fail at checkout in Europe");
    for (const digit of "111") {
      await page.keyboard.press("Tab");
      await page.keyboard.press(digit);
    }
    await expect(page.getByText("Major incident", { exact: true })).toBeVisible();
    await look("priority 1");
    await page.getByRole("radio", { name: "Work is hard" }).check({ force: true });
    await page.getByRole("radio", { name: "Few" }).check({ force: true });
    await page.getByRole("radio", { name: "Within hours" }).check({ force: true });
    await look("a lower priority");
    await page.getByRole("radio", { name: "Cannot work" }).check({ force: true });
    await page.getByRole("radio", { name: "Getting worse now" }).check({ force: true });
    await expect(page.getByText("is a major incident if one of these is so")).toBeVisible();
    await page.getByText("When it began, which service").click();
    await page.getByLabel("Impact began").fill("sometime");
    await look("criteria, more fields and a time that cannot be read");
    if (await page.getByRole("button", { name: "I see it differently" }).isVisible()) {
      await page.getByRole("button", { name: "I see it differently" }).click();
      await page.getByRole("button", { name: "Declare incident" }).click();
      await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
      await look("seen differently, with what is wrong");
    }
    await takeIn(page, fewOf(40));
    await open(page, "#/declare", "Declare an incident");
    await page.getByLabel("What is broken?").fill("Incident with Actions and Codespaces");
    await expect(page.getByRole("region", { name: "Incidents like this one" })).toBeVisible();
    await look("with incidents like it");
  },

  "the sample's room, stage by stage": async ({ page, look }) => {
    await openSample(page);
    for (const [index, stage] of STAGES.entries()) {
      const words = page.locator(".all-stages > details").nth(index);
      await words.locator("summary").click();
      await expect(words).toContainText(stage);
      await expect(words.locator("p").first()).toBeVisible();
      const go = words.getByRole("button", { name: /to this stage/ });
      if (await go.count()) {
        await go.click();
        const arrived = page.locator(".stages [aria-current]").filter({ hasText: stage });
        await expect(dialog(page).or(arrived)).toBeVisible();
        if (await dialog(page).count()) await send(page, "We look at it again");
      }
      await expect(page.locator(".stages [aria-current]")).toContainText(stage);
      // Further down the line that stays covers rows by halves, as far as one scrolled.
      await page.evaluate(() => scrollTo(0, 0));
      await look(stage);
    }
  },

  "a fresh priority 1's room, stage by stage": async ({ page, look }) => {
    await declare(page, "Card payments fail at checkout in Europe");
    await look("Identify");
    await anything(page, "Raise a hypothesis").click();
    await dialog(page).locator("input[type=text]").first().fill("A disk is full");
    await page.keyboard.press("Escape");
    await expect(dialog(page).getByText("What you typed is not kept yet.")).toBeVisible();
    await look("asked about what was typed");
    await escape(page);
    for (const stage of STAGES.slice(1)) {
      await goOn(page);
      await expect(page.locator(".stages [aria-current]")).toContainText(stage);
      await look(stage, stage === STAGES.at(-1) ? undefined : "Now");
    }
  },

  "the parts of the work": async ({ page, look }) => {
    await openSample(page);
    for (const name of TABS) {
      await tab(page, name);
      await look(name, name === TABS[0] ? undefined : "Work");
    }
  },

  "tasks": async (way) => {
    const { page, look } = way;
    await openSample(page);
    await follow(page, "region");
    const panel = await tab(page, "Tasks");
    await panel.getByRole("button", { name: /^Begin “Confirm/ }).click();
    await panel.locator(".task-list summary").first().click();
    await panel.locator(".read-first summary").first().click();
    await panel.getByText("Why?").click();
    await look("list, unfolded");
    const first = panel.locator(".task-list > li").first();
    for (const act of ["Done", "News", "Give to…", "Blocked", "Leave out", "Change"]) {
      await lookAtForm(way, act, first.getByRole("button", { name: new RegExp(`^${act}`) }));
    }
    await first.getByRole("button", { name: /^Blocked/ }).click();
    await send(page, "The status page is down too");
    for (const view of ["Board", "Time axis", "Figures"]) {
      await panel.getByText(view, { exact: true }).click();
      await look(view, "Work");
    }
  },

  "runbooks": async ({ page, look }) => {
    await open(page, "#/runbooks", "Runbooks");
    await look("all");
    await page.setInputFiles("input[type=file]", [
      { name: "note.md", mimeType: "text/markdown", buffer: Buffer.from("# Turn it off\n\n## Steps\n\n- Turn it off\n") },
      { name: "bytes.md", mimeType: "text/markdown", buffer: Buffer.from([0x23, 0xff, 0xfe]) },
    ]);
    await expect(page.getByText("cannot be read")).toBeVisible();
    await look("one taken in, one refused");
    await open(page, "#/runbooks/turn-it-off", "Turn it off");
    await look("one's own");
    await page.getByRole("button", { name: "Edit" }).click();
    await look("being written");
    await open(page, "#/runbooks/ransomware", "Ransomware");
    await look("a built-in one");
    await open(page, "#/runbooks/nothing", "There is no such runbook here");
    await look("none of that name");
  },

  "services and contacts": async ({ page, look }) => {
    await open(page, "#/organisation", "Services and contacts");
    await look("empty");
    const services = page.getByRole("region", { name: "Services", exact: true });
    await services.getByRole("button", { name: "Keep the service" }).click();
    await expect(services.getByRole("alert")).toHaveText("Give it a name.");
    await look("without a name");
    for (const [name, needs] of [["Database", ""], ["Checkout with a rather long name for a service", "Database"]] as const) {
      await services.getByLabel("Service", { exact: true }).fill(name);
      await services.getByLabel("Cannot do without").fill(needs);
      await services.getByRole("button", { name: "Keep the service" }).click();
    }
    const contacts = page.getByRole("region", { name: "Contacts", exact: true });
    await contacts.getByLabel("Person or team").fill("Duty manager");
    await contacts.getByLabel("Called at priority").fill("1, 2");
    await contacts.getByRole("button", { name: "Keep the contact" }).click();
    await expect(contacts.getByText("called at P1, P2")).toBeVisible();
    await look("two services and a contact");
  },

  "a brief, an answer and proposals": async (way) => {
    const { page, look } = way;
    await declare(page, "Card payments fail since the last deployment");
    await key(page, "q");
    await expect(page.getByRole("heading", { level: 1, name: "Brief and proposals" })).toBeVisible();
    const paste = page.getByRole("region", { name: "Answer" }).getByLabel(/^Paste the answer/);
    await expect(page.getByLabel("Exactly this is copied:")).toHaveValue(/How to answer/);
    await look("a brief");
    await paste.fill("{\"muster_answer\": 1,");
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("cannot be read");
    await look("an answer that cannot be read");
    await paste.fill(await page.getByLabel("Exactly this is copied:").inputValue());
    await expect(page.getByRole("button", { name: "Put up for decision" })).toBeEnabled();
    await look("an answer");
    await page.getByRole("button", { name: "Put up for decision" }).click();
    const open = page.getByRole("region", { name: "To decide" });
    await expect(open.getByRole("listitem").first()).toBeVisible();
    await look("to decide");
    await lookAtForm(way, "declining", open.getByRole("button", { name: /^Decline/ }).first());
    await open.getByRole("button", { name: /^Accept/ }).first().click();
    await expect(page.getByRole("heading", { name: "Decided" })).toBeVisible();
    await look("decided");
  },

  "updates, clocks and forms": async (way) => {
    const { page, look } = way;
    await open(page, "#/organisation", "Services and contacts");
    const regulators = page.getByRole("region", { name: "Regulators" });
    for (const regime of [/^DORA:/, /^GDPR:/]) await regulators.getByRole("checkbox", { name: regime }).check();
    await regulators.getByRole("button", { name: "These apply" }).click();
    await expect(page.locator(".notices")).toContainText("Chosen");
    await declare(page, "Card payments fail at checkout in Europe");
    await key(page, "m");
    await expect(page.getByRole("heading", { level: 1, name: /^To: / })).toBeVisible();
    await look("to executives");
    await page.getByRole("link", { name: /^Customers/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "To: Customers" })).toBeVisible();
    await look("held back");
    await page.getByRole("button", { name: "Customers are hit" }).click();
    await expect(page.getByRole("button", { name: "Copy" })).toBeEnabled();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Text").fill("It is the fault of the supplier, maybe. It is back at 99:99.");
    await expect(page.locator(".warn li").first()).toBeVisible();
    await look("edited, with remarks");
    await lookAtForm(way, "it was sent", page.locator(".draft").getByRole("button", { name: "It was sent" }));
    await lookAtForm(way, "a moment", page.getByRole("button", { name: "Became aware" }).first());
    await lookAtForm(way, "a regime's questions", page.getByRole("button", { name: "Answer its questions" }).first());
    await page.getByText("What could still decide it").first().click();
    await page.getByRole("link", { name: "Form" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: /^DORA: initial/ })).toBeVisible();
    await look("a form");
    await lookAtForm(way, "a report was sent", page.getByRole("button", { name: "It was sent" }));
  },

  "the room's turns": async ({ page, look }) => {
    await declare(page, "Card payments fail at checkout in Europe");
    await page.keyboard.press("n");
    await expect(page.getByLabel("What just happened?")).toBeFocused();
    // A time of the last hours, whenever this runs: one further back is not offered.
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
    await page.keyboard.insertText(`${clock.format(Date.now() - 40 * 60_000)} first errors in the log of the gateway`);
    await expect(page.getByText("Happened at")).toBeVisible();
    await look("a time is offered");
    await page.getByLabel("What just happened?").press("Enter");
    const entry = page.locator(".log li", { hasText: "first errors" });
    await expect(entry).toBeVisible();
    await expect(page.locator(".log [aria-busy]")).toHaveCount(0);
    await entry.getByRole("button", { name: "What to do with this entry" }).click();
    await look("an entry's menu");
    await entry.getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("Taken back: first errors")).toBeVisible();
    await look("an entry taken back, with the notice");
    await anything(page, "State a time").click();
    await send(page, "in 3 hours");
    await anything(page, "A service is hit").click();
    await send(page, "Checkout");
    await anything(page, "Write a summary").click();
    await send(page, "Card payments time out. Other ways to pay work.");
    await page.locator(".all-stages summary").nth(2).click();
    await page.locator(".guide .also summary").first().click();
    await look("everything unfolded");
    await anything(page, "Close the incident").click();
    await send(page, "It went away");
    await expect(page.getByRole("region", { name: "Status" }).getByText("Closed")).toBeVisible();
    await look("closed");
  },

  "the room of a standard incident": async ({ page, look }) => {
    await declare(page, "One printer jams", "334");
    await expect(page.getByRole("region", { name: "Status" })).toContainText("Standard incident");
    await look("the light path");
    await declare(page, "", "");
    await look("nothing is known yet");
  },

  "the room's forms": async (way) => {
    const { page, look } = way;
    await openSample(page);
    for (const act of ACTS) await lookAtForm(way, act, anything(page, act));
    await lookAtForm(way, "the title", page.getByRole("button", { name: "Edit the title" }));
    await lookAtForm(way, "classify", page.getByRole("button", { name: "Classify again" }));
    await lookAtForm(way, "downgrade", page.getByRole("button", { name: "Downgrade" }));
    await lookAtForm(way, "hand over", page.getByRole("region", { name: "Status" }).getByRole("button", { name: "Hand over" }));
    await page.getByRole("region", { name: "Status" }).getByRole("button", { name: "Hand over" }).click();
    await page.getByRole("dialog").getByLabel("To", { exact: true }).fill("Deputy on call");
    await page.getByRole("dialog").getByRole("button", { name: "Offer it" }).click();
    await lookAtForm(way, "take over", page.locator("#next-step"));
    await lookAtForm(way, "does not apply", page.getByRole("button", { name: /does not apply here/ }).first());
    await page.locator(".all-stages summary").first().click();
    await lookAtForm(way, "back to a stage", page.getByRole("button", { name: "Go back to this stage" }).first());
    await lookAtForm(way, "on to a stage", page.locator(".guide .forward"));
    const people = await tab(page, "People");
    await lookAtForm(way, "release", people.getByRole("button", { name: "Release" }).first());
    const causes = await tab(page, "Causes");
    await lookAtForm(way, "decide a hypothesis", causes.getByRole("button", { name: "Decide" }).first());
    await lookAtForm(way, "who tests a hypothesis", causes.getByRole("button", { name: "Who tests it" }).first());
    await lookAtForm(way, "what was seen", causes.getByRole("button", { name: "What was seen" }).first());
    await anything(page, "A workaround is in place").click();
    await send(page, "Cards go to the second provider");
    await lookAtForm(way, "a workaround goes", causes.getByRole("button", { name: "Was removed" }));
    await lookAtForm(way, "a workaround stays", causes.getByRole("button", { name: "It stays" }));
    await anything(page, "Record a problem").click();
    await send(page, "Nobody watches the certificate's end");
    await lookAtForm(way, "a problem record is closed", causes.getByRole("button", { name: "It is closed" }));
    const recovery = await tab(page, "Recovery");
    await anything(page, "Plan a check").click();
    await send(page, "Less than 1 % of orders fail");
    await recovery.getByRole("button", { name: "It holds from now on" }).click();
    await lookAtForm(way, "the result of a check", recovery.getByRole("button", { name: "Result" }));
    const review = await tab(page, "Review");
    await lookAtForm(way, "a finding", review.getByRole("button", { name: "Add a finding" }));
    await lookAtForm(way, "the review", review.getByRole("button", { name: "It was held" }));
    await review.getByRole("button", { name: "Add an improvement" }).click();
    await look("an improvement");
    await send(page, "Watch the certificate's end");
    await lookAtForm(way, "where it stands", review.getByRole("button", { name: "Say where it stands" }));
    const entry = page.locator(".log li", { hasText: "3 of 5 test cards" });
    for (const word of ["Correct the words", "Correct the time", "Erase for good"]) {
      await entry.getByRole("button", { name: "What to do with this entry" }).click();
      await lookAtForm(way, word, entry.getByRole("button", { name: word }));
    }
    await anything(page, "A service is hit").click();
    await dialog(page).locator("button[type=submit]").click();
    await expect(dialog(page).getByRole("alert")).toHaveText("Name the service.");
    await look("a form that says what is wrong");
    await escape(page);
    await declare(page, "Orders cannot be paid", "1");
    await lookAtForm(way, "link, with another incident", anything(page, "Link another incident"));
    await lookAtForm(way, "the same outage, with another incident", anything(page, "Same outage as another"));
    await anything(page, "Close the incident").click();
    await send(page, "A doubled report");
    await lookAtForm(way, "open again", page.getByRole("region", { name: "Status" }).getByRole("button", { name: "Reopen" }));
  },

  "what two people set apart": async (way) => {
    const { page, look, profile } = way;
    await declare(page, "Card payments fail");
    const other = await (await profile()).newPage();
    await takeIn(other, await exported(page));
    for (const [who, title] of [[page, "Cards fail in Europe"], [other, "Cards fail everywhere"]] as const) {
      await open(who, "#/", /.*/);
      await who.getByRole("link", { name: "Card payments fail" }).first().click();
      await who.getByRole("button", { name: "Edit the title" }).click();
      await send(who, title);
      await expect(who.getByRole("heading", { level: 1 })).toHaveText(title);
    }
    await takeIn(page, await exported(other));
    await page.getByRole("link", { name: "Open it" }).click();
    await expect(page.getByRole("heading", { name: "Does not add up" })).toBeVisible();
    await look("a conflict");
    await lookAtForm(way, "settling it", page.locator(".flagged").getByRole("button").first());
    await page.getByRole("button", { name: "Same outage as another" }).click();
    await look("nothing to join with");
  },

  "the palette and the keys": async ({ page, look }) => {
    await openSample(page);
    await key(page, "Control+k");
    await expect(page.getByRole("combobox", { name: "Find or do" })).toBeFocused();
    await look("the palette in a room");
    await page.keyboard.insertText("zzzz");
    await expect(dialog(page).getByText("Nothing fits.")).toBeVisible();
    await look("nothing fits");
    await escape(page);
    await key(page, "?");
    await expect(dialog(page).getByRole("heading", { name: "Keys" })).toBeVisible();
    await look("the keys");
    await escape(page);
    await open(page, "#/settings", "Settings");
    await page.getByRole("checkbox", { name: /^Single keys/ }).uncheck();
    await page.getByRole("button", { name: "Find or do" }).click();
    await page.keyboard.insertText("keys");
    await page.keyboard.press("Enter");
    await expect(dialog(page).getByText("switched off")).toBeVisible();
    await look("the keys, switched off");
  },

  "sharing": async ({ page, look }) => {
    await open(page, "#/share", "Share");
    await look("empty");
    const input = page.getByLabel("Import file");
    await input.setInputFiles({ name: "broken.json", mimeType: "application/json", buffer: Buffer.from('{"format":"muster"') });
    await expect(page.getByRole("alert").filter({ hasText: "broken.json" })).toBeVisible();
    await look("a file refused");
    await input.setInputFiles(statusPage);
    await expect(page.getByRole("heading", { name: "What it brings" })).toBeVisible();
    await look("a summary");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByRole("button", { name: "Undo the import" })).toBeVisible();
    await look("taken in");
    await input.setInputFiles(statusPage);
    await expect(page.getByText("Nothing in it is new here.")).toBeVisible();
    await look("a summary without anything new");
  },

  "the settings": async ({ page, look }) => {
    await declare(page, "Card payments fail");
    await open(page, "#/settings", "Settings");
    await look("as they are");
    await page.evaluate(() => {
      Object.assign(document.documentElement.dataset, { kept: "kept", newer: "waits" });
      dispatchEvent(new Event("muster-kept"));
    });
    await expect(page.locator(".banner", { hasText: "A newer Muster lies ready." })).toBeVisible();
    await look("kept, and a newer one ready");
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByLabel("Show the keys").fill("b");
    await page.getByLabel("Show the keys").press("Tab");
    await expect(page.getByRole("alert").filter({ hasText: "already does something" })).toBeVisible();
    await page.getByText("Remove an incident from this device").click();
    await look("a key that is taken");
    await page.getByRole("button", { name: "Remove Card payments fail" }).click();
    await expect(dialog(page)).toBeVisible();
    await look("removing");
  },

  "words, and addresses that name nothing": async ({ page, look }) => {
    await open(page, "#/guide", "The six stages");
    await look("the guide");
    await open(page, "#/nowhere", "Nothing is at this address");
    await look("no such address");
    await open(page, "#/incident/00000000000000000000000001", /./);
    await look("an incident that is not held");
  },

  "trouble": async ({ page, look }) => {
    await damage(page);
    await look("something stored is damaged");
    await page.evaluate(() => void dispatchEvent(new CustomEvent("muster-stopped", { detail: "index out of bounds" })));
    await expect(page.getByRole("button", { name: "Reload" })).toBeFocused();
    await look("it has stopped");
  },
};

/** A desk and a phone. */
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Looks at a state in both schemes and sizes; on a phone, at each part of a room. What is dark there
 *  was seen dark on the desk, but for the dock and whatever only a phone has: one part shows it. */
export async function everyView(page: Page, state: string, pane: Pane | undefined, see: (view: string, scheme: "light" | "dark") => Promise<void>): Promise<void> {
  const focus = await page.evaluateHandle(() => document.activeElement as HTMLElement | null);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: "light" });
    await everyPart(page, pane, (part) => see(`${state}${part}, ${size.width} px, light`, "light"));
    await page.emulateMedia({ colorScheme: "dark" });
    await see(`${state}, ${size.width} px, dark`, "dark");
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(SIZES[0]);
  await focus.evaluate((element) => element?.focus());
}

/** On a phone, each part of a room that the dock can show, or the one that holds a pane; elsewhere
 *  what is there. */
export async function everyPart(page: Page, pane: Pane | undefined, see: (part: string) => Promise<void>): Promise<void> {
  const dock = page.getByRole("navigation", { name: "Parts of the room" });
  if (!(await dock.isVisible()) || (await dialog(page).count())) {
    await see("");
    return;
  }
  for (const part of pane ? [pane] : ["Work", "Timeline", "More", "Now"]) {
    await dock.getByRole("button", { name: part }).click();
    await see(` (${part})`);
  }
}
