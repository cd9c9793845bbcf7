// Declaring and classifying: what is broken, three answers, a verdict that says why.
import { expect, test } from "./fixture";
import { BoardScreen } from "./screens/board";
import { DeclareScreen, major, second, standard } from "./screens/declare";
import { RoomScreen } from "./screens/room";

const TITLE = "Card payments fail at checkout in Europe";

test("a major incident is declared and classified in at most 12 keystrokes beyond its title", async ({ page }) => {
  await page.addInitScript(() => {
    const pressed: string[] = [];
    Object.assign(globalThis, { pressed });
    addEventListener("keydown", (event) => event.isTrusted && pressed.push(event.key), true);
  });
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is open.");
  await page.keyboard.press("d");
  await expect(declaring.title).toBeFocused();
  await page.keyboard.type(TITLE);
  for (const question of ["Effect", "Scope", "Urgency"] as const) {
    await page.keyboard.press("Tab");
    await expect(declaring.page.getByRole("radiogroup", { name: question }).locator("input:focus")).toHaveCount(1);
    await page.keyboard.press("1");
  }
  await expect(declaring.verdict).toContainText("P1");
  await expect(declaring.verdict).toContainText("Major incident");
  await page.keyboard.press("Enter");

  await expect(room.title).toHaveText(TITLE);
  await expect(room.status.getByRole("img", { name: "Priority 1" })).toBeVisible();
  await expect(room.status).toContainText("Major incident");
  const pressed = await page.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed);
  const beyond = pressed.length - TITLE.length;
  console.log(`keystrokes beyond the title: ${beyond} (${pressed.filter((key) => key.length > 1 || /[d\d]/.test(key)).slice(-8).join(" ")})`);
  expect(pressed.slice(1, 1 + TITLE.length).join("")).toBe(TITLE);
  expect(beyond).toBeLessThanOrEqual(12);
});

test("nothing is required: declared by Enter alone, and the guide asks for the rest", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.open();
  await expect(declaring.verdict).toContainText("Priority pending");
  await page.keyboard.press("Enter");

  await expect(room.title).toHaveText("Untitled incident");
  await expect(room.status).toContainText("Priority pending");
  await expect(room.status.getByRole("img", { name: "Priority pending" })).toBeVisible();

  await expect(room.next).toHaveText("Say what is broken, for whom");
  await room.nextButton.click();
  await room.fills({ "What is broken, for whom?": TITLE });
  await expect(room.title).toHaveText(TITLE);

  await expect(room.next).toHaveText("Answer how bad it is");
  await room.nextButton.click();
  await room.dialog.getByRole("radio", { name: /^Cannot work/ }).check();
  await room.dialog.getByRole("button", { name: "Classify" }).click();
  await expect(room.dialog).toBeHidden();
  // One answer of three: still pending, and what is missing is said.
  await expect(room.status).toContainText("Priority pending");
  await expect(room.next).toHaveText("Answer how bad it is");
  await expect(room.guide).toContainText("Still open: scope, urgency.");

  await room.nextButton.click();
  await expect(room.dialog.getByRole("radio", { name: /^Cannot work/ })).toBeChecked();
  await room.dialog.getByRole("radio", { name: /^Few/ }).check();
  await room.dialog.getByRole("radio", { name: /^It can wait/ }).check();
  await room.dialog.getByRole("button", { name: "Classify" }).click();
  await expect(room.status.getByRole("img", { name: "Priority 4" })).toBeVisible();
  await expect(room.status).toContainText("Standard incident");
});

test("the whole matrix shows its verdict live, and why", async ({ page }) => {
  // Priorities at: getting worse now, within hours, it can wait, not sure.
  const matrix: [effect: string, scope: string, priorities: number[]][] = [
    ["Cannot work", "Most", [1, 2, 3, 1]],
    ["Cannot work", "Many", [1, 2, 3, 1]],
    ["Cannot work", "Few", [2, 3, 4, 2]],
    ["Cannot work", "Not sure", [1, 2, 3, 1]],
    ["Work is hard", "Most", [2, 3, 4, 2]],
    ["Work is hard", "Many", [2, 3, 4, 2]],
    ["Work is hard", "Few", [3, 4, 5, 3]],
    ["Work is hard", "Not sure", [2, 3, 4, 2]],
    ["A nuisance", "Most", [3, 4, 5, 3]],
    ["A nuisance", "Few", [3, 4, 5, 3]],
    ["A nuisance", "Not sure", [3, 4, 5, 3]],
    ["Not sure", "Most", [1, 2, 3, 1]],
    ["Not sure", "Few", [2, 3, 4, 2]],
    ["Not sure", "Not sure", [1, 2, 3, 1]],
  ];
  const urgencies = ["Getting worse now", "Within hours", "It can wait", "Not sure"];
  const why = [
    "Major: every priority 1 is.",
    "Not major yet: priority 2 becomes major when",
    "Not major: priority 3 is handled on the light path.",
    "Not major: priority 4 is handled on the light path.",
    "Not major: priority 5 is handled on the light path.",
  ];
  const declaring = new DeclareScreen(page);
  await declaring.open();
  for (const [effect, scope, priorities] of matrix) {
    await declaring.answers(effect, scope);
    for (const [index, urgency] of urgencies.entries()) {
      await declaring.answer("Urgency", urgency).check();
      const priority = priorities[index]!;
      const unsure = [effect, scope, urgency].map((answer, at) => answer === "Not sure" && ["effect", "scope", "urgency"][at]).filter(Boolean);
      const said = declaring.verdict;
      await expect(said, `${effect} × ${scope} × ${urgency}`).toContainText(`P${priority}`);
      await expect(said).toContainText(priority === 1 ? "Major incident" : "Standard incident");
      await expect(said).toContainText(why[priority - 1]!);
      if (unsure.length > 0) await expect(said).toContainText(`Not sure about ${unsure.join(" and ")}: the graver was taken.`);
      else await expect(said).not.toContainText("Not sure about");
    }
  }
});

test("not sure takes the higher level, and the log says so", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.declares(TITLE, "Not sure", "Not sure", "Not sure");
  await expect(room.status.getByRole("img", { name: "Priority 1" })).toBeVisible();
  await expect(room.entries("P1, major incident")).toContainText("The effect is not sure, so the gravest is taken");
});

test("a person overrules the verdict, with a reason", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.open();
  await declaring.title.fill(TITLE);
  await declaring.answers(...major);
  await page.getByRole("button", { name: "I see it differently …" }).click();
  await page.getByLabel("Priority", { exact: true }).selectOption("P3");
  await page.getByLabel("Handle it as a major incident").uncheck();
  await expect(declaring.verdict).toContainText("P3");
  await expect(declaring.verdict).toContainText("Standard incident");
  await declaring.declare.click();
  await expect(declaring.problem).toHaveText("Say in a few words why you see it differently.");
  await expect(page).toHaveURL(/#\/declare$/);

  await page.getByLabel("Because", { exact: true }).fill("Only the test shop");
  await declaring.declare.click();
  await expect(room.status.getByRole("img", { name: "Priority 3" })).toBeVisible();
  await expect(room.status).toContainText("Standard incident");
  await expect(room.entries("P3, standard incident")).toContainText("Decided by a person: Only the test shop");
  await expect(room.guide).toContainText("Only the test shop");
});

test("an alert's link fills the form in, and never declares by itself", async ({ page }) => {
  const [declaring, room, board] = [new DeclareScreen(page), new RoomScreen(page), new BoardScreen(page)];
  const query = "?title=Card%20payments+fail%20%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&service=checkout&detected=2024-08-14T23:11:00Z&declare=yes";
  await declaring.open(query);
  await expect(declaring.title).toHaveValue("Card payments fail <img src=x onerror=alert(1)>");
  await expect(page.getByLabel("Service", { exact: true })).toHaveValue("checkout");
  await expect(page.getByLabel("Detected", { exact: true })).toHaveValue("2024-08-14T23:11:00Z");
  await expect(declaring.declare).toBeVisible();

  // Looked at, opened again, reloaded: nothing is declared.
  await page.reload();
  await expect(declaring.title).toHaveValue(/^Card payments fail/);
  await board.isEmpty();

  // The same link into the page that is already open, then a person declares.
  await declaring.open(query);
  await declaring.answers(...major);
  await declaring.declare.click();
  await expect(room.title).toHaveText("Card payments fail <img src=x onerror=alert(1)>");
  await expect(room.status).toContainText("checkout down");
  // Summer time in Berlin.
  const times = await room.part("Times");
  await expect(times.getByRole("listitem").filter({ hasText: "Detected" })).toContainText("15 Aug 2024, 01:11");
  await board.goes();
  await expect(board.row("Card payments fail <img src=x onerror=alert(1)>")).toHaveCount(1);
});

test("classified again: the log shows every step", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.declares(TITLE, ...major);
  for (const [digits, verdict] of [
    ["333", "P5, standard incident"],
    ["231", "P3, standard incident"],
  ] as const) {
    await room.title.focus();
    await page.keyboard.press("c");
    for (const [index, question] of ["Effect", "Scope", "Urgency"].entries()) {
      const group = room.dialog.getByRole("radiogroup", { name: question });
      await group.getByRole("radio", { checked: true }).press(digits[index]!);
      await expect(group.getByRole("radio").nth(Number(digits[index]) - 1)).toBeChecked();
    }
    await room.dialog.getByRole("button", { name: "Classify" }).click();
    await expect(room.entries(verdict)).toHaveCount(1);
  }
  await expect(room.status.getByRole("img", { name: "Priority 3" })).toBeVisible();
  for (const step of ["P1, major incident", "P5, standard incident", "P3, standard incident"]) {
    await expect(room.entries(step)).toHaveCount(1);
  }
  // Each step can be taken back: the one before holds again.
  await room.undo.click();
  await expect(room.status.getByRole("img", { name: "Priority 5" })).toBeVisible();
  await expect(room.entries("P3, standard incident")).toContainText("taken back");
});

test("a standard incident takes the light path, says why, and is escalated in one action", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.declares("The cafeteria menu shows yesterday", ...standard);
  await expect(room.status).toContainText("Standard incident");
  await expect(room.guide).toContainText("The light path: take it on, restore, close.");
  await expect(room.guide).toContainText("Not major: priority 5 is handled on the light path.");
  await expect(room.next).toHaveText("Go on: Escalation and coordination");
  await room.nextButton.click();
  await expect(room.next).toHaveText("Take it on");
  const expected = room.guide.locator(".part-now .checks").getByRole("listitem");
  await expect(expected).toHaveCount(1);

  await room.begins("Make it a major incident");
  await expect(room.dialog).toBeHidden();
  await expect(room.status).toContainText("Major incident");
  await expect(room.entries("Escalated to a major incident")).toHaveCount(1);
  // The full path now.
  await expect(expected).toHaveCount(3);

  await room.begins("Downgrade");
  await room.dialog.getByRole("button", { name: "Make it a standard incident" }).click();
  await expect(room.dialog.getByRole("alert")).toHaveText("Say why; somebody will ask.");
  await room.fills({ Because: "One site only" });
  await expect(room.status).toContainText("Standard incident");
  await expect(room.entries("Downgraded to a standard incident")).toContainText("One site only");
  await expect(expected).toHaveCount(1);

  await room.undo.click();
  await expect(room.status).toContainText("Major incident");
});

test("priority 2: the guide asks afterwards what else makes it major", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.declares(TITLE, ...second);
  await expect(room.status).toContainText("Standard incident");
  await expect(room.next).toHaveText("See whether it is a major incident");
  await expect(room.guide).toContainText("Are three or more teams needed?");
  await room.nextButton.click();
  for (const question of ["three or more teams", "data, security or people's safety", "legal deadline", "press or the public"]) {
    await expect(room.dialog.getByRole("checkbox", { name: new RegExp(question) })).not.toBeChecked();
  }
  // None of them: it stays standard, and is not asked again.
  await room.dialog.getByRole("button", { name: "These are the answers" }).click();
  await expect(room.dialog).toBeHidden();
  await expect(room.status).toContainText("Standard incident");
  await expect(room.next).not.toHaveText("See whether it is a major incident");

  // Somebody learns more.
  await room.begins("Classify again");
  await room.dialog.getByRole("checkbox", { name: /press or the public/ }).check();
  await expect(room.dialog).toContainText("Major: priority 2, and the press or the public has noticed.");
  await room.dialog.getByRole("button", { name: "Classify" }).click();
  await expect(room.status).toContainText("Major incident");
});

test("priority 2: what is ticked while declaring counts at once", async ({ page }) => {
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.open();
  await declaring.title.fill(TITLE);
  await declaring.answers(...second);
  await page.getByRole("checkbox", { name: /data, security/ }).check();
  await expect(declaring.verdict).toContainText("Major: priority 2, and data, security or safety may be harmed.");
  await declaring.declare.click();
  await expect(room.status).toContainText("Major incident");
});

test("priority 2: the guide counts the 60 minutes itself", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:10+01:00" });
  const [declaring, room] = [new DeclareScreen(page), new RoomScreen(page)];
  await declaring.declares(TITLE, ...second);
  const due = room.guide.locator(".dues li").filter({ hasText: "Becomes a major incident" });
  await expect(due).toContainText(/in (1 h 00|59 min)/);

  await page.clock.fastForward("59:20");
  await expect(due).toContainText("due now");
  const asks = room.guide.getByRole("button", { name: "Escalate", exact: true });
  await expect(asks).toHaveCount(0);

  await page.clock.fastForward("03:00");
  await expect(due).toContainText(/\d min late/);
  await expect(room.status).toContainText("Standard incident");
  await asks.click();
  await expect(room.status).toContainText("Major incident");
  await expect(due).toHaveCount(0);
});
