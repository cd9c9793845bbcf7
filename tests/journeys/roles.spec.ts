// Who has which role: given, handed over aloud, set apart and settled; who is missing, who has too many.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { DeclareScreen, major } from "./screens/declare";
import { Keys, countPointers } from "./screens/keys";
import { RoomScreen } from "./screens/room";
import { file, ShareScreen } from "./screens/share";

const TITLE = "Card payments fail at checkout in Europe";

async function declared(page: Page): Promise<RoomScreen> {
  await new DeclareScreen(page).declares(TITLE, ...major);
  const room = new RoomScreen(page);
  await expect(room.title).toHaveText(TITLE);
  return room;
}

async function gives(room: RoomScreen, role: string, who: string, more: Record<string, string> = {}): Promise<void> {
  await room.begins("Give a role");
  await room.fills({ Role: role, ...more, Who: who, "That is me": false });
}

async function leads(room: RoomScreen): Promise<string> {
  return room.status.locator(".leads .name").innerText();
}

test("command is handed over by keyboard: offered with a brief, confirmed aloud, undone", async ({ page }) => {
  const pointers = await countPointers(page);
  const [keys, room] = [new Keys(page), await declared(page)];
  await gives(room, "Major incident manager", "Lead of the night");
  await room.begins("Name a bridge");
  await room.fills({ "Address, number or room": "Room 4" });
  await room.begins("Raise a hypothesis");
  await room.fills({ "It might be …": "The change at noon." });
  const before = await pointers();

  await keys.press("a");
  await expect(room.dialog.getByRole("heading")).toHaveText("Major incident manager: hand over");
  await expect(room.field("To")).toBeFocused();
  const brief = room.field("What they need to know");
  for (const part of ["Major incident (P1): Card payments fail", "Stage: Identify.", "Being tested: The change at noon.", "Roles: major incident manager Lead of the night.", "Where we meet: Call Room 4.", "Due: "]) {
    await expect(brief, part).toHaveValue(new RegExp(part.replace(/[.()]/g, "\\$&")));
  }
  await keys.type("Lead of the day");
  await keys.press("Enter");
  await expect(room.dialog).toBeHidden();

  // Nothing has changed until the other has said so.
  expect(await leads(room)).toBe("Lead of the night");
  await expect(room.next).toHaveText("Lead of the day: confirm that you are major incident manager");
  await expect(room.entries("Hand-over offered major incident manager, to Lead of the day")).toContainText("Being tested: The change at noon.");
  await keys.press("g");
  await expect(room.dialog.locator(".brief")).toContainText("Where we meet: Call Room 4.");
  await expect(room.dialog.getByRole("button", { name: "I have command" })).toBeFocused();
  await keys.press("Enter");
  await expect(room.dialog).toBeHidden();
  await expect.poll(() => leads(room)).toBe("Lead of the day");
  await expect(room.entries("“I have command.”")).toContainText("Lead of the day");
  await expect(room.next).not.toContainText("confirm that you are");
  expect((await pointers()) - before, "uses of a mouse").toBe(0);

  await room.undo.click();
  await expect.poll(() => leads(room)).toBe("Lead of the night");
  await expect(room.next).toContainText("confirm that you are");
  // The role goes to somebody else: the offer is over.
  await gives(room, "Major incident manager", "Third lead");
  await expect(room.next).not.toContainText("confirm that you are");
  await expect((await room.part("People")).getByRole("button", { name: "Confirm" })).toHaveCount(0);
});

test("roles of one's own, several experts, and what each role does", async ({ page }) => {
  const room = await declared(page);
  await room.begins("Give a role");
  await room.fills({ Role: "Another role…", "What the role is called": "Network lead", Who: "Kim", "That is me": false });
  for (const [system, who] of [["Database", "Robin"], ["Checkout", "Sascha"]] as const) {
    await gives(room, "Subject-matter expert", who, { "For which system": system });
  }
  const people = await room.part("People");
  for (const [role, who] of [["Network lead", "Kim"], ["Expert for Database", "Robin"], ["Expert for Checkout", "Sascha"]] as const) {
    await expect(people.getByRole("listitem").filter({ hasText: role }).first()).toContainText(who);
  }
  await room.begins("Give a role");
  await room.dialog.getByLabel("Role").selectOption({ label: "Another role…" });
  await room.dialog.getByLabel("Who").fill("Kim");
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.dialog).toContainText("Say what the role is called.");
  // Something is typed, so it takes a second one.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(room.dialog).toBeHidden();

  const manager = people.getByRole("listitem").filter({ hasText: "Major incident manager" }).first();
  await expect(manager.getByText("Say aloud: I have command.")).toBeHidden();
  await manager.locator("summary").click();
  await expect(manager.getByText("Say aloud: I have command.")).toBeVisible();
});

test("who is missing, who has too many roles and whom too many report to is said", async ({ page }) => {
  const room = await declared(page);
  const joins = async (who: string) => {
    await room.begins("Somebody joined");
    await room.fills({ Who: who, "That is me": false });
  };
  await gives(room, "Major incident manager", "Lead on call");
  await expect.poll(() => room.asked()).toContain("Name the communications lead");
  await gives(room, "Communications lead", "Lead on call");
  await expect.poll(() => room.asked()).not.toContain("Name the communications lead");
  await gives(room, "Scribe", "Lead on call");
  await expect.poll(() => room.asked()).toContain("Take a role off Lead on call");
  for (let n = 1; n <= 8; n += 1) await joins(`Engineer ${n}`);
  await expect.poll(() => room.asked()).toContain("Name the operations lead");
  await gives(room, "Operations lead", "Engineer 1");
  await expect.poll(() => room.asked()).not.toContain("Name the operations lead");
  await joins("Engineer 9");
  await expect.poll(() => room.asked()).toContain("Split those who report to Engineer 1 into teams");
});

test("a role that two people gave apart is told to both and settled once", async ({ page, profile }) => {
  const first = await declared(page);
  await gives(first, "Major incident manager", "Lead on call");
  const [mine, other] = [new ShareScreen(page), await (await profile()).newPage()];
  const theirs = new ShareScreen(other);
  const copy = async (from: RoomScreen, share: ShareScreen) => (await share.downloads(() => from.begins("Export this incident"))).bytes;
  const address = new URL(page.url()).hash;
  const second = new RoomScreen(other);
  const exchange = async (from: RoomScreen, share: ShareScreen, to: ShareScreen) => {
    const bytes = await copy(from, share);
    await to.takes(file("copy.json", bytes));
    await to.page.goto(`./${address}`);
  };
  await exchange(first, mine, theirs);
  await gives(first, "Major incident manager", "Lead of the east");
  await gives(second, "Major incident manager", "Lead of the west");
  await exchange(first, mine, theirs);
  await exchange(second, theirs, mine);
  for (const room of [first, second]) {
    await expect.poll(() => room.asked()).toContain("Choose one: major incident manager was set apart");
  }
  expect(await leads(first)).toBe(await leads(second));
  await first.guide.getByRole("button", { name: "Choose", exact: true }).first().click();
  await first.dialog.getByRole("button", { name: "Lead of the east" }).click();
  await exchange(first, mine, theirs);
  for (const room of [first, second]) {
    expect(await leads(room)).toBe("Lead of the east");
    await expect.poll(() => room.asked()).not.toContain("Choose one: major incident manager was set apart");
  }
  // An older copy, taken in again, reverts nothing.
  await exchange(second, theirs, mine);
  expect(await leads(first)).toBe("Lead of the east");
});

test("whoever does not answer in time is followed by the next on the path", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const room = await declared(page);
  await gives(room, "Major incident manager", "Lead on call");
  await room.begins("Name a bridge");
  await room.fills({ "Address, number or room": "https://meet.example/major" });
  await room.begins("Say who was called");
  await room.dialog.getByLabel("Number or address").fill("+49 30 1234567");
  // The call is one click, and the text says what it is about and where to come.
  const text = room.dialog.getByRole("link", { name: "Send a text" });
  await expect(room.dialog.getByRole("link", { name: "Call" })).toHaveAttribute("href", "tel:+49301234567");
  const sms = new URL((await text.getAttribute("href"))!);
  expect(sms.protocol + sms.pathname).toBe("sms:+49301234567");
  expect(sms.searchParams.get("body")).toBe(`Major incident (P1): ${TITLE}. We meet here: https://meet.example/major`);
  await room.fills({ "Who was called": "Database on call", "If nobody answers": "Duty lead, Head of operations" });

  const people = await room.part("People");
  const line = (who: string) => people.getByRole("listitem").filter({ has: page.getByText(who, { exact: true }) });
  await expect(line("Database on call")).toContainText("no answer yet");
  await expect(line("Database on call")).toContainText("then Duty lead, Head of operations");
  await expect.poll(() => room.asked()).toContain("Database on call: answer");
  await page.clock.fastForward("05:30");
  await expect(room.next).toHaveText("Database on call does not answer: call the next");
  await expect(room.guide.locator(".next")).toContainText("Next on the path: Duty lead.");
  await page.keyboard.press("g");
  await expect(room.field("Who was called")).toHaveValue("Duty lead");
  await expect(room.field("If nobody answers")).toHaveValue("Head of operations");
  await page.keyboard.press("Enter");
  await expect(room.dialog).toBeHidden();
  await expect(room.next).not.toContainText("does not answer");
  await line("Duty lead").getByRole("button", { name: "Answered" }).click();
  await expect(line("Duty lead")).toContainText("answered");
  await expect(room.entries("Answered Duty lead")).toHaveCount(1);
  await page.clock.fastForward("30:00");
  expect((await room.asked()).filter((title) => title.includes("answer"))).toEqual([]);
});
