// The whole life of an incident: six stages, times, natures, closing, joining, taking back.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { BoardScreen } from "./screens/board";
import { DeclareScreen, major, standard } from "./screens/declare";
import { RoomScreen } from "./screens/room";
import { ShareScreen } from "./screens/share";
import { DOT } from "./walks";

const TITLE = "Card payments fail at checkout in Europe";

/** What would ask for the fault or its cause, instead of for service. */
const CAUSE = /cause|might be|hypothes|contribut|mend|what changes|review/i;

async function declared(page: Page, title: string, answers: readonly [string, string, string]): Promise<RoomScreen> {
  await new DeclareScreen(page).declares(title, ...answers);
  const room = new RoomScreen(page);
  await expect(room.title).toHaveText(title);
  return room;
}

/** The id of the incident whose room is open. */
function idOf(page: Page): string {
  return new URL(page.url()).hash.replace("#/incident/", "");
}

test.describe("the six stages", () => {
  const stages = [
    ["Identify", "Identification and classification"],
    ["Escalate", "Escalation and coordination"],
    ["Communicate", "Stakeholder communication"],
    ["Work around", "Investigation and workaround"],
    ["Recover", "Resolution and recovery"],
    ["Review", "Post-incident review"],
  ] as const;

  // What the guide asks for in turn, and what a person answers; null where a click is enough.
  const walk: [title: string, stage: string, answer: Record<string, string | boolean> | null][] = [
    ["Go on: Escalation and coordination", "Identify", null],
    ["Name the major incident manager", "Escalate", { Who: "Lead on call" }],
    ["Call those who can help", "Escalate", { "Who was called": "Payments on call", How: "phone" }],
    ["Say where everybody meets", "Escalate", { "Address, number or room": "Room 4" }],
    ["Go on: Stakeholder communication", "Escalate", null],
    ["Give the executives a first word", "Communicate", { By: "mail" }],
    ["Give customers a first word", "Communicate", { By: "status page" }],
    ["Go on: Investigation and workaround", "Communicate", null],
    ["Name the services that are hit", "Work around", { Service: "Checkout" }],
    ["Find a way for people to work again", "Work around", { "What was done, so that people can work": "The second provider takes over" }],
    ["Go on: Resolution and recovery", "Work around", null],
    ["See that Checkout works again", "Recover", null],
    ["Say when service was back", "Recover", {}],
    ["Check that recovery holds", "Recover", { "What was looked at": "Authorisations, from three countries" }],
    ["Watch for a while whether it holds", "Recover", {}],
    ["Tell customers that service is back", "Recover", {}],
    ["Tell the executives that service is back", "Recover", {}],
    ["See that the backlog is drained", "Recover", {}],
    ["Mend the fault itself", "Recover", {}],
    ["Take the workaround away, or record the problem", "Recover", { "What is still to be mended": "The limit is too low" }],
    ["Tell customers that it is over", "Recover", {}],
    ["Tell the executives that it is over", "Recover", {}],
    ["Go on: Post-incident review", "Recover", null],
    ["Write down what contributed, helped and hindered", "Review", { "In a sentence, without blame": "The limit was set for one region" }],
    ["Agree on what changes", "Review", { "What changes": "An alert on the limit" }],
    ["Hold the review", "Review", { "Who was there, what came of it": "Everybody; two improvements" }],
  ];

  test("are walked by the guide's one next step, and no cause is asked for before service is back", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    for (const [title, stage, answer] of walk) {
      await expect(room.next).toHaveText(title);
      const current = room.status.locator("[aria-current=step]");
      await expect(current).toHaveText(stage);
      await expect(room.guide.getByRole("heading", { name: stages.find(([short]) => short === stage)![1] })).toBeVisible();
      const back = await room.status.getByText("Service back after").isVisible();
      const asked = await room.asked();
      expect(asked.length, `asked for at “${title}”`).toBeGreaterThan(0);
      if (!back) expect(asked.filter((words) => CAUSE.test(words)), `asked for before service is back, at “${title}”`).toEqual([]);
      await room.nextButton.click();
      if (answer) await room.fills(answer);
    }
    // The watch still runs: closing is offered all the same, and is not what comes next.
    await expect(room.next).toHaveText("Keep watching that it holds");
    await room.begins("Close the incident");
    await room.fills({ "How it ended, in a sentence": "A workaround, then a fix" });
    await expect(room.next).toHaveText("It is closed");
    await expect(room.status).toContainText("A workaround, then a fix");
    await expect(room.entries(/^.*Stage /)).toHaveCount(5);
  });

  test("each say what they are for, when they make sense, what is expected and of whom", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    for (const [short, long] of stages) {
      const stage = room.guide.locator(".all-stages details").filter({ hasText: long });
      await stage.locator("summary").click();
      await expect(stage).toContainText("Makes sense when:");
      await expect(stage.getByRole("listitem").first(), short).toBeVisible();
      if (short !== "Identify") {
        await expect(stage.locator(".who").first()).toHaveText(/Major incident manager|Communications lead|Operations lead/);
        await expect(stage.getByRole("button", { name: "Go to this stage" })).toBeVisible();
      }
    }
  });

  test("are left with criteria open for a reason, and can be gone back to", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    await room.title.focus();
    await page.keyboard.press(".");
    // Nothing was open: no question.
    await expect(room.entries("Stage Escalate")).toHaveCount(1);
    await expect(room.dialog).toBeHidden();

    await page.keyboard.press(".");
    await expect(room.dialog).toContainText("Still open; the log will say that it was:");
    for (const open of ["One person leads", "Those who can help are called", "Everybody knows where to meet"]) {
      await expect(room.dialog).toContainText(open);
    }
    await expect(room.field("Because")).toBeFocused();
    await page.keyboard.type("Everybody is in one room already");
    await page.keyboard.press("Enter");
    await expect(room.entries("Stage Communicate")).toContainText("3 criteria were left open. Everybody is in one room already");

    // Further on in one step: what all the stages between expect is said.
    const recover = room.guide.locator(".all-stages details").filter({ hasText: "Resolution and recovery" });
    await recover.locator("summary").click();
    await recover.getByRole("button", { name: "Go to this stage" }).click();
    await expect(room.dialog).toContainText("Customers have had a first word");
    await expect(room.dialog).toContainText("A workaround or a fix is in place");
    await room.fills({ Because: "It came back by itself" });
    await expect(room.status.locator("[aria-current=step]")).toHaveText("Recover");

    const around = room.guide.locator(".all-stages details").filter({ hasText: "Investigation and workaround" });
    await around.locator("summary").click();
    await around.getByRole("button", { name: "Go back to this stage" }).click();
    await expect(room.dialog).toContainText("Stages may be returned to; what was done there stays done.");
    await room.fills({ Because: "Down again" });
    await expect(room.status.locator("[aria-current=step]")).toHaveText("Work around");
    await expect(room.entries("Stage Work around")).toContainText("Down again");
  });

  test("a review entered too soon is asked for service, not for causes", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    const review = room.guide.locator(".all-stages details").filter({ hasText: "Post-incident review" });
    await review.locator("summary").click();
    await review.getByRole("button", { name: "Go to this stage" }).click();
    await room.fills({ Because: "By mistake" });
    await expect(room.status.locator("[aria-current=step]")).toHaveText("Review");
    await expect(room.next).toHaveText("Say when service was back");
    expect((await room.asked()).filter((words) => CAUSE.test(words))).toEqual([]);
    await room.nextButton.click();
    await room.fills({});
    await expect(room.next).toHaveText("Write down what contributed, helped and hindered");
  });

  test("what does not apply is said with a reason, and is not asked for again", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    await room.begins("Go to Escalate");
    const meet = room.guide.locator(".part-now .checks").getByRole("listitem").filter({ hasText: "where to meet" });
    await meet.getByRole("button", { name: /does not apply here/ }).click();
    await room.dialog.getByRole("button", { name: "It does not apply" }).click();
    await expect(room.dialog.getByRole("alert")).toContainText("Say why it does not apply");
    await room.fills({ Because: "All in one room" });
    await expect(meet).toContainText("Does not apply: All in one room");
    await expect.poll(() => room.asked()).not.toContain("Say where everybody meets");
  });
});

test.describe("times", () => {
  test("are back-dated and corrected, carry their date where it is not today, and contradictions are flagged", async ({ page }) => {
    await page.clock.setFixedTime("2026-11-24T00:40:00+01:00");
    const room = await declared(page, TITLE, major);
    const times = await room.part("Times");
    const stamp = (name: string) => times.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) });
    // Taking it on needs no question: it is stated at once, and corrected where it was earlier.
    await stamp("Acknowledged").getByRole("button", { name: "State" }).click();
    await expect(stamp("Acknowledged").getByRole("time")).toHaveText("00:40");
    const states = async (name: string, when: string) => {
      await stamp(name).getByRole("button", { name: /State|Correct/ }).click();
      await room.fills({ When: when });
    };
    const shown: [stamp: string, said: string, shown: string][] = [
      ["Impact started", "yesterday 23:50", "23 Nov, 23:50"],
      ["Detected", "00:10", "00:10"],
      ["Acknowledged", "20 min ago", "00:20"],
      ["Mitigated", "2026-11-24 00:30", "00:30"],
      ["Service restored", "23:35Z", "00:35"],
      ["Resolved", "now", "00:40"],
    ];
    for (const [name, said, expected] of shown) {
      if (name !== "Acknowledged") await expect(stamp(name)).toContainText("not stated");
      await states(name, said);
      await expect(stamp(name).getByRole("time")).toHaveText(expected);
    }
    await expect(stamp("Impact started").getByRole("time")).toHaveAttribute("title", "2026-11-23 23:50:00 +01:00 (2026-11-23 22:50:00 UTC)");
    await expect(room.status).toContainText("45 min");
    const flagged = room.guide.getByRole("heading", { name: "Does not add up" });
    await expect(flagged).toHaveCount(0);

    // Corrected: the new time holds, the first one stays in the log.
    await states("Impact started", "2025-12-31 23:00");
    await expect(stamp("Impact started").getByRole("time")).toHaveText("31 Dec 2025, 23:00");
    await states("Impact started", "yesterday 23:45");
    await expect(stamp("Impact started").getByRole("time")).toHaveText("23 Nov, 23:45");
    await expect(room.entries("Impact started")).toHaveCount(3);

    // Restored before it began: said, not refused.
    await states("Service restored", "yesterday 23:00");
    await expect(stamp("Service restored").getByRole("time")).toHaveText("23 Nov, 23:00");
    await expect(flagged).toBeVisible();
    await expect(room.guide).toContainText("“Service restored” lies 45 min before “impact started”.");
    await expect(times).toContainText("cannot be");
    await states("Service restored", "00:36");
    await expect(flagged).toHaveCount(0);

    await states("Resolved", "in 3 h");
    await expect(room.guide).toContainText("“Resolved” lies 3 h 00 in the future.");
    await room.undo.click();
    await expect(flagged).toHaveCount(0);
    await expect(stamp("Resolved").getByRole("time")).toHaveText("00:40");
  });

  test("stand at the start of a line, and an entry's time is corrected", async ({ page }) => {
    await page.clock.setFixedTime("2026-11-24T00:40:00+01:00");
    const room = await declared(page, TITLE, major);
    await room.says("23:55 customers began to call");
    const entry = room.entries("customers began to call");
    await expect(entry.locator(".when")).toHaveText("23 Nov, 23:55");
    await expect(entry).toContainText("written down at 00:40");
    // Before what happened since, although it was written down after.
    await expect(room.entries().last()).toContainText("customers began to call");

    await entry.getByRole("button", { name: "What to do with this entry" }).click();
    await entry.getByRole("button", { name: "Correct the time" }).click();
    await room.fills({ "It happened at": "yesterday 23:30" });
    await expect(entry.locator(".when")).toHaveText("23 Nov, 23:30");
    await expect(entry).toContainText("corrected");
    await entry.getByRole("button", { name: "What it said first" }).click();
    await expect(entry).toContainText("at 23 Nov, 23:55");

    // Midnight passes: what was today has its date now.
    await page.clock.setFixedTime("2026-11-25T00:00:01+01:00");
    await expect(room.entries(/^.*Declared/).locator(".when")).toHaveText("24 Nov, 00:40");
  });
});

test.describe("an incident is", () => {
  async function declares(page: Page, title: string, fields: Record<string, string>): Promise<RoomScreen> {
    const declaring = new DeclareScreen(page);
    await declaring.open();
    await declaring.title.fill(title);
    await declaring.answers(...major);
    await page.getByText("When it began, which service, a few sentences").click();
    for (const [label, value] of Object.entries(fields)) {
      const field = page.getByLabel(label, { exact: true });
      if (label === "Is it real?") await field.selectOption({ label: value });
      else await field.fill(value);
    }
    await declaring.declare.click();
    const room = new RoomScreen(page);
    await expect(room.title).toHaveText(title);
    return room;
  }

  test("retrospective: written down after the fact, with its true times and no nagging", async ({ page }) => {
    const room = await declares(page, TITLE, {
      "Is it real?": "It is over; I write it down",
      "Impact began": "2024-08-15 01:02",
      Detected: "2024-08-15 01:11",
      Service: "Checkout",
    });
    await expect(room.status).toContainText("Retrospective");
    await expect(room.guide.getByRole("heading", { name: "Due", exact: true })).toHaveCount(0);
    const times = await room.part("Times");
    await times.getByRole("listitem").filter({ hasText: "Service restored" }).getByRole("button").click();
    await room.fills({ When: "2024-08-15 01:38" });
    await expect(room.status).toContainText("36 min");
    const board = new BoardScreen(page);
    await board.goes();
    await expect(board.row(TITLE)).toContainText("Retrospective");
    await expect(board.row(TITLE)).toContainText("15 Aug 2024, 01:02");
    await expect(board.row(TITLE)).toContainText("36 min");
    await expect(board.headline).toHaveText("Nothing real is open.");
  });

  test("a test: marked everywhere, and not among what is open", async ({ page }) => {
    const room = await declares(page, TITLE, { "Is it real?": "I am trying Muster out" });
    await expect(room.status.locator(".tag")).toHaveText("Test");
    const board = new BoardScreen(page);
    await board.goes();
    await expect(board.row(TITLE)).toContainText("Test");
    await expect(board.open.getByRole("listitem")).toContainText("Test");
    await expect(board.headline).toHaveText("Nothing real is open.");
  });
});

test("closed with criteria open for a reason, and reopened", async ({ page }) => {
  const room = await declared(page, TITLE, major);
  await room.begins("Close the incident");
  await expect(room.dialog).toContainText("One person leads");
  await room.fills({ "How it ended, in a sentence": "A false alarm", "It is closed all the same because": "The probe was wrong" });
  await expect(room.status).toContainText("A false alarm");
  await expect(room.entries(/^.*Closed/)).toContainText("The probe was wrong");
  await expect(room.next).toHaveText("It is closed");

  const board = new BoardScreen(page);
  await board.goes();
  await expect(board.row(TITLE)).toContainText("Closed");
  await expect(board.open).toHaveCount(0);

  await board.row(TITLE).getByRole("link").click();
  await room.status.getByRole("button", { name: "Reopen" }).click();
  await room.fills({ Because: "It was true after all" });
  await expect(room.entries("Reopened")).toContainText("It was true after all");
  await expect(room.next).not.toHaveText("It is closed");
  await board.goes();
  await expect(board.open).toContainText(TITLE);
});

test("linked as a duplicate", async ({ page }) => {
  await declared(page, TITLE, major);
  const room = await declared(page, "Checkout is down", major);
  const links = await room.part("Links");
  await links.getByRole("button", { name: "Link another incident" }).click();
  await room.fills({ "This one is": "Duplicate of", Incident: TITLE });
  await expect(links.getByRole("listitem")).toContainText("duplicate of");
  await links.getByRole("link", { name: TITLE }).click();
  await expect(room.title).toHaveText(TITLE);
});

test("two declarations of one outage become one, travel as one, and part again", async ({ page, profile }) => {
  const board = new BoardScreen(page);
  const room = await declared(page, TITLE, major);
  const first = idOf(page);
  await room.says("authorisations time out");
  await declared(page, "Checkout is down", standard);
  const second = idOf(page);
  await room.says("the shop shows an error");
  await room.begins("Same outage as another");
  await room.fills({ "The same outage as": TITLE });

  await expect(room.status).toContainText("2 declarations of one outage");
  // Either address shows what was written in both.
  for (const id of [first, second]) {
    await page.goto(`./#/incident/${id}`);
    await expect(room.entries("authorisations time out")).toHaveCount(1);
    await expect(room.entries("the shop shows an error")).toHaveCount(1);
  }
  await board.goes();
  await expect(board.all.getByRole("row")).toHaveCount(2);

  // A copy holds both.
  await page.goto(`./#/incident/${second}`);
  const share = new ShareScreen(page);
  const { bytes } = await share.downloads(() => room.begins("Export this incident"));
  const elsewhere = await (await profile()).newPage();
  await new ShareScreen(elsewhere).takes({ name: "joined.json", mimeType: "application/json", buffer: bytes });
  await elsewhere.goto(`./#/incident/${first}`);
  await expect(new RoomScreen(elsewhere).entries("the shop shows an error")).toHaveCount(1);
  await expect(new RoomScreen(elsewhere).status).toContainText("2 declarations of one outage");

  await room.undo.click();
  await expect(room.status).not.toContainText("2 declarations of one outage");
  await expect(room.entries("authorisations time out")).toHaveCount(0);
  await board.goes();
  await expect(board.all.getByRole("row")).toHaveCount(3);
});

// But for what has left the house: see updates.spec.ts.
test("every action can be undone, and the log keeps it", async ({ page }) => {
  test.setTimeout(360_000);
  await page.clock.setFixedTime("2026-11-24T03:00:00+01:00");
  await declared(page, "Another incident", standard);
  const room = await declared(page, TITLE, major);
  const panel = room.work.getByRole("tabpanel");
  // What there must be before it can be changed.
  await room.begins("A service is hit");
  await room.fills({ Service: "Checkout" });
  await room.begins("Raise a hypothesis");
  await room.fills({ "It might be …": "The change at noon" });
  await room.begins("A workaround is in place");
  await room.fills({ "What was done, so that people can work": "The second provider" });
  await room.begins("A change was made");
  await room.fills({ "What was changed": "A new timeout", When: "3 h ago" });
  await room.begins("Record a problem");
  await room.fills({ "What is still to be mended": "The limit is too low" });
  for (const [check, by] of [["Orders go through", "a person's test"], ["Less than 1 % of orders fail", "a figure that holds for a time"]] as const) {
    await room.begins("Plan a check");
    await room.fills({ "What must be so": check, "Decided by": by });
  }
  await room.part("Review");
  await panel.getByRole("button", { name: "Add an improvement" }).click();
  await room.fills({ "What changes": "An alert on the limit" });
  await room.begins("Give a role");
  await room.fills({ Who: "Operator on call", "That is me": false, Role: "Operations lead" });
  await room.begins("Say who was called");
  await room.fills({ "Who was called": "Database team" });
  await room.begins("Somebody joined");
  await room.fills({ Who: "Database expert", "That is me": false });
  await room.says("a first note");
  await room.says("a note on its own");

  const inPanel = (name: string) => panel.getByRole("button", { name, exact: true }).first().click();
  const inEntry = async (words: string, name: string) => {
    const entry = room.entries(words).first();
    await entry.getByRole("button", { name: "What to do with this entry" }).click();
    await entry.getByRole("button", { name, exact: true }).click();
  };
  const chooses = async () => {
    await room.begins("Add a picture");
    await room.dialog.getByLabel("Picture").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
    await expect(room.dialog).toContainText("1 × 1 pixels");
  };
  type Fields = Record<string, string | boolean>;
  // What is done, where it shows, how it begins, what is filled in (null: nothing is asked).
  const actions: [what: string, part: string, begin: () => Promise<unknown>, fields: Fields | null][] = [
    ["Wrote the title", "Services", () => room.status.getByRole("button", { name: "Edit the title" }).click(), { "What is broken, for whom?": "All payments fail" }],
    ["Wrote the summary", "Services", () => room.begins("Write a summary"), { "What is known, for somebody who joins now": "Forty percent time out" }],
    ["Classified it as P1", "Services", () => room.begins("Classify again"), {}],
    ["Made it a standard incident", "Services", () => room.begins("Downgrade"), { Because: "One site" }],
    ["Stated: impact started", "Times", () => room.begins("State a time"), { When: "10 min ago" }],
    ["Gave a role: scribe", "People", () => room.begins("Give a role"), { Who: "Scribe on call", "That is me": false, Role: "Scribe" }],
    ["Offered a role: operations lead", "People", () => inPanel("Hand over"), { To: "Network expert", "That is me": false }],
    ["Released a role", "People", () => inPanel("Release"), {}],
    ["Said who was called", "People", () => room.begins("Say who was called"), { "Who was called": "Network team" }],
    ["Somebody answered", "People", () => inPanel("Answered"), null],
    ["Said who was called", "People", () => inPanel("Call the next"), { "Who was called": "Duty lead" }],
    ["Somebody joined", "People", () => room.begins("Somebody joined"), { Who: "Network expert", "That is me": false }],
    ["Somebody left", "People", () => inPanel("Left"), null],
    ["Named a bridge", "People", () => room.begins("Name a bridge"), { "Address, number or room": "Room 4" }],
    ["Search is down", "Services", () => room.begins("A service is hit"), { Service: "Search" }],
    ["Checkout works again", "Services", () => inPanel("Works again"), null],
    ["Raised a hypothesis", "Causes", () => room.begins("Raise a hypothesis"), { "It might be …": "A certificate" }],
    ["Raised a hypothesis", "Causes", () => inPanel("It might be this"), null],
    ["Said who tests it", "Causes", () => inPanel("Who tests it"), { Who: "Network expert", "That is me": false }],
    ["Said what was seen", "Causes", () => inPanel("What was seen"), { "What was seen": "The errors begin with it", "It speaks": "Against it" }],
    ["Recorded a change", "Causes", () => room.begins("A change was made"), { "What was changed": "Timeouts halved", When: "2 h ago" }],
    ["Confirmed a cause", "Causes", () => inPanel("Decide"), { Because: "It fits" }],
    ["Ruled a cause out", "Causes", () => inPanel("Decide"), { "Does it hold?": "It is ruled out" }],
    ["Wrote a decision", "Decisions", () => room.begins("Write a decision"), { Decided: "Roll back" }],
    ["A workaround is in place", "Causes", () => room.begins("A workaround is in place"), { "What was done, so that people can work": "By phone" }],
    ["Removed the workaround", "Causes", () => inPanel("Was removed"), { Because: "Too slow" }],
    ["Recorded a problem", "Causes", () => inPanel("It stays"), { "What is still to be mended": "The first provider" }],
    ["Closed a problem record", "Causes", () => inPanel("It is closed"), { Because: "Mended" }],
    ["A fix is in place", "Causes", () => room.begins("A fix is in place"), { "What was done about the fault itself": "Rolled back" }],
    ["Checked recovery", "Recovery", () => room.begins("Check recovery"), { "What was looked at": "Orders per minute" }],
    ["Planned a check", "Recovery", () => room.begins("Plan a check"), { "What must be so": "Customers say so", "Decided by": "a customer's word" }],
    ["A check holds from now on", "Recovery", () => inPanel("It holds from now on"), null],
    ["Checked recovery", "Recovery", () => inPanel("Result"), { Result: "It does not hold" }],
    ["Began to watch recovery", "Recovery", () => room.begins("Watch recovery"), { "For how long": "1 h 00" }],
    ["The backlog is drained", "Recovery", () => room.begins("The backlog is drained"), { "What had waited, and is worked off": "Forty orders" }],
    ["Stood everybody down", "Recovery", () => inPanel("Stand everybody down"), null],
    ["Went to “Escalate”", "Services", () => room.begins("Go to Escalate"), null],
    ["The review was held", "Review", () => inPanel("It was held"), { "Who was there, what came of it": "All" }],
    ["Added a finding", "Review", () => inPanel("Add a finding"), { "In a sentence, without blame": "The limit" }],
    ["Added an improvement", "Review", () => inPanel("Add an improvement"), { "What changes": "A second limit", "By when": "2026-12-01" }],
    ["Took in pasted lines", "Services", () => room.begins("Paste lines from a chat or a log"), { "Paste them here": "01:58 the pool is empty\n01:59 the gateway restarts" }],
    ["Added a picture", "Services", chooses, { "What it shows": "The error rate" }],
    ["Said where an improvement stands", "Review", () => inPanel("Say where it stands"), { "It is": "done" }],
    ["Linked another incident", "Links", () => room.begins("Link another incident"), {}],
    ["Joined two declarations", "Links", () => room.begins("Same outage as another"), {}],
    ["Closed the incident", "Services", () => room.begins("Close the incident"), {}],
    ["Wrote down what happened", "Services", () => room.says("a second note"), null],
    ["Corrected the words", "Services", () => inEntry("a first note", "Correct the words"), { "What it should say": "a better note" }],
    ["Corrected the time", "Services", () => inEntry("a first note", "Correct the time"), { "It happened at": "02:00" }],
    ["Said which service it is about", "Services", () => inEntry("a note on its own", "About a service"), { Service: "Checkout" }],
    // Last: the line of the mark has the words of its entry.
    ["Marked an entry", "Services", () => inEntry("a first note", "Mark"), { "It was": "Delay", Because: "Nobody had the key" }],
  ];
  const seen = async () => ({
    status: await room.status.innerText(),
    guide: await room.guide.innerText(),
    work: await panel.innerText(),
    // All that stands; what was taken back is told by its own check.
    stands: await room.timeline.locator("ol > li:not(.gone)").allInnerTexts(),
  });
  // The word at the edge goes by itself; the clock stands still here, so it stays.
  for (const [what, part, begin, fields] of actions) {
    await test.step(what, async () => {
      await room.part(part);
      await room.earlier();
      await expect(room.timeline.locator("[aria-busy]")).toHaveCount(0);
      const before = await seen();
      const gone = await room.timeline.locator("ol > li.gone").count();
      await begin();
      if (fields) await room.fills(fields);
      await expect(room.undo).toHaveAttribute("title", `Takes back: ${what}`);
      expect(await seen(), `${what} is seen`).not.toEqual(before);
      await room.undo.click();
      await expect(room.notice).toContainText(`Taken back: ${what}`);
      const again = async () => {
        // A long log shows its latest rows; what was taken back is one more.
        await room.earlier();
        return seen();
      };
      await expect.poll(again, { message: `after “${what}” was taken back` }).toEqual(before);
      // The closing's row may have pushed the first one out.
      await room.earlier();
      if (!what.startsWith("Corrected")) {
        expect(await room.timeline.locator("ol > li.gone").count(), "it stays on record").toBeGreaterThan(gone);
      }
    });
  }

  // What was taken back can be put back.
  await room.says("a third note");
  await room.undo.click();
  await expect(room.entries("a third note")).toContainText("taken back");
  await room.notice.getByRole("button", { name: "Put it back" }).click();
  await expect(room.entries("a third note")).not.toContainText("taken back");
});

test("the declaration itself can be undone and put back", async ({ page }) => {
  const room = await declared(page, TITLE, major);
  await room.undo.click();
  await expect(room.status).toContainText("The declaration was taken back.");
  const board = new BoardScreen(page);
  await board.goes();
  await expect(board.open).toHaveCount(0);
  await page.goBack();
  await room.status.getByRole("button", { name: "Put it back" }).click();
  await expect(room.status).not.toContainText("The declaration was taken back.");
  await expect(room.title).toHaveText(TITLE);
});

test("a sample incident is offered on an empty board, clearly marked, removed in one action", async ({ page }) => {
  const [board, room] = [new BoardScreen(page), new RoomScreen(page)];
  await board.isEmpty();
  await board.begin.getByRole("button", { name: "Walk through a sample" }).click();
  await expect(room.status.locator(".tag")).toHaveText("Sample");
  await expect(room.status.getByRole("img", { name: "Priority 1" })).toBeVisible();
  await expect(room.next).not.toBeEmpty();
  expect((await room.asked()).filter((words) => CAUSE.test(words))).toEqual([]);

  await board.goes();
  await expect(board.headline).toHaveText("Nothing real is open.");
  const card = board.open.getByRole("listitem");
  await expect(card).toContainText("Sample");
  await expect(board.all.getByRole("row").nth(1)).toContainText("Sample");

  // The words on the stages lead to the same sample, not to a second one.
  await page.goto("./#/guide");
  await expect(page.getByRole("list").filter({ hasText: "Makes sense when" }).getByRole("listitem")).toHaveCount(6);
  await expect(page.getByRole("term").filter({ hasText: /^Workaround$/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Walk through a sample" }).click();
  await expect(room.status.locator(".tag")).toHaveText("Sample");
  await board.goes();
  await expect(card).toHaveCount(1);

  await card.getByRole("button", { name: "Remove the sample" }).click();
  await expect(board.begin).toBeVisible();
  await page.reload();
  await board.isEmpty();
});

test("a form that is asked for while another still closes stays open", async ({ page }) => {
  const room = await declared(page, TITLE, major);
  await room.begins("A service is hit");
  await room.field("Service").fill("Checkout");
  await page.evaluate(async () => {
    const dialog = document.querySelector("dialog[open]")!;
    dialog.querySelector("form")!.requestSubmit();
    // The browser tells of the closing in a later task; a fast hand is there before.
    for (let turn = 0; turn < 1000 && dialog.matches("[open]"); turn += 1) await Promise.resolve();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "u", bubbles: true, cancelable: true }));
  });
  await expect(room.entries("Checkout down")).toHaveCount(1);
  await expect(room.dialog).toContainText("Muster sends nothing itself");
  await expect(room.field("Text")).toBeFocused();
});

test.describe("what was typed is not thrown away", () => {
  const asked = (room: RoomScreen) => room.dialog.getByText("What you typed is not kept yet.");

  test("in a form: by Escape, by ×, by a click beside it or by a link it asks first", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    await room.begins("Raise a hypothesis");
    const field = room.field("It might be …");
    await field.fill("A disk is full");
    await page.keyboard.press("Escape");
    await expect(asked(room)).toBeVisible();
    const keep = room.dialog.getByRole("button", { name: "Keep writing" });
    await expect(keep).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("A disk is full");
    await expect(asked(room)).toHaveCount(0);
    await room.dialog.getByRole("button", { name: "Close", exact: true }).click();
    await expect(asked(room)).toBeVisible();
    // Whoever writes on has answered.
    await field.fill("A disk is full, perhaps");
    await expect(asked(room)).toHaveCount(0);
    await page.mouse.click(4, 4);
    await expect(asked(room)).toBeVisible();
    await page.mouse.click(4, 4);
    await expect(field).toHaveValue("A disk is full, perhaps");
    await keep.click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(room.dialog).toBeHidden();
    // Nothing is typed in the next one, and what is filled in for a person is not typed.
    await room.begins("Raise a hypothesis");
    await expect(field).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(room.dialog).toBeHidden();
    await room.begins("Write an update");
    await expect(room.field("Text")).not.toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(room.dialog).toBeHidden();

    // What is sent is kept, and asks nothing.
    await room.begins("Raise a hypothesis");
    await room.fills({ "It might be …": "A disk is full" });
    await expect(room.entries("A disk is full")).toHaveCount(1);

    await room.begins("Write an update");
    await room.field("To").selectOption({ label: "Customers" });
    const address = page.url();
    await room.dialog.getByRole("link", { name: "Confirm it beside the draft" }).click();
    await expect(asked(room)).toBeVisible();
    expect(page.url()).toBe(address);
    await room.dialog.getByRole("button", { name: "Drop it" }).click();
    // That is where they were going.
    await expect(page.getByRole("heading", { level: 1, name: "To: Customers" })).toBeVisible();
    await expect(room.dialog).toBeHidden();
  });

  test("in the line: it is there again for whoever looks elsewhere, until it is sent", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    const address = page.url();
    const leave = async () => {
      await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Board" }).click();
      await expect(room.said).toHaveCount(0);
    };
    const comeBack = async () => {
      await page.getByRole("link", { name: TITLE }).first().click();
      await expect(room.title).toHaveText(TITLE);
    };
    await room.said.fill("Error rate falls to");
    await leave();
    await comeBack();
    expect(page.url()).toBe(address);
    await expect(room.said).toHaveValue("Error rate falls to");
    // It is this incident's, and no other's.
    const other = await declared(page, "Search is slow", standard);
    await expect(other.said).toHaveValue("");
    await leave();
    await comeBack();
    await room.says("Error rate falls to 2 %");
    await leave();
    await comeBack();
    await expect(room.said).toHaveValue("");
  });

  test("at the desk: each audience's text is there again, until it is sent", async ({ page }) => {
    const room = await declared(page, TITLE, major);
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("m");
    const draft = page.getByRole("region", { name: "Draft" });
    const to = async (title: string) => {
      await page.getByRole("navigation", { name: "Audiences" }).getByRole("link", { name: new RegExp(`^${title}`) }).click();
      await expect(page.getByRole("heading", { level: 1, name: `To: ${title}` })).toBeVisible();
    };
    await to("Executives");
    await draft.getByRole("button", { name: "Edit" }).click();
    await draft.getByLabel("Text").fill("Cards fail. We are on it.");
    await to("Customers");
    await expect(draft.getByLabel("Text")).toHaveCount(0);
    await to("Executives");
    await expect(draft.getByLabel("Text")).toHaveValue("Cards fail. We are on it.");
    await draft.getByRole("button", { name: "It was sent" }).click();
    await room.fills({});
    await to("Customers");
    await to("Executives");
    await expect(draft.getByRole("button", { name: "Edit" })).toBeVisible();
  });
});

test("any entry can be about a service, and stands among what concerns it", async ({ page }) => {
  const room = await declared(page, TITLE, major);
  await room.begins("A service is hit");
  await room.fills({ Service: "Checkout" });
  await room.says("timeouts rise");
  await room.says("lunch is late");
  // The first row that was written, below the one that says what it is about.
  const entry = room.entries("timeouts rise").last();
  const about = async () => {
    await entry.getByRole("button", { name: "What to do with this entry" }).press("Enter");
    await entry.getByRole("button", { name: "About a service" }).press("Enter");
    await expect(room.field("Service")).toBeFocused();
  };
  await about();
  await page.keyboard.press("Enter");
  await expect(room.dialog.getByRole("alert")).toHaveText("Name the service.");
  await page.keyboard.type("Checkout");
  await page.keyboard.press("Enter");
  await expect(room.entries("About Checkout")).toHaveCount(2);
  await expect(entry).toContainText("About Checkout");
  const shown = room.timeline.getByLabel("Show");
  await shown.selectOption("service Checkout");
  await expect(room.entries("timeouts rise")).toHaveCount(2);
  await expect(room.entries("lunch is late")).toHaveCount(0);
  await about();
  await room.dialog.getByRole("button", { name: "Not about Checkout" }).press("Enter");
  // What was taken back stays on record; the entry is elsewhere again.
  await expect(room.entries("timeouts rise")).toHaveCount(1);
  await expect(room.entries("timeouts rise")).toContainText("taken back");
  await room.undo.click();
  await expect(room.entries("timeouts rise")).toHaveCount(2);
  // A service that is not hit can be looked at alone as well.
  await about();
  await page.keyboard.type("Ledger");
  await page.keyboard.press("Enter");
  await shown.selectOption("service Ledger");
  await expect(room.entries("About Ledger")).toHaveCount(1);
  await expect(room.entries("About Checkout, Ledger")).toHaveCount(1);
  await expect(room.entries("Checkout down")).toHaveCount(0);
});

test("an update that is sent before midnight promises the next after it, as the form proposes", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T22:40:00Z" });
  const room = await declared(page, TITLE, major);
  await room.title.focus();
  await page.keyboard.press("u");
  await expect(room.field("Next update by")).toHaveValue(/^25 Nov, 00:/);
  await room.fills({ Text: "We are on it" });
  // By its promise the guide knows when the next is due.
  await expect(room.guide.locator(".dues")).toContainText(/Customers: updatein (29|30) minThe last update said that the next one comes by then/);
});
