// One real incident, replayed by keyboard alone, then worked on by two people who pass files.
import type { BrowserContext, Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { statusPage, type Incident, type Update } from "./real";
import { DeclareScreen } from "./screens/declare";
import { Keys, countPointers } from "./screens/keys";
import { RoomScreen } from "./screens/room";
import { file, ShareScreen } from "./screens/share";

const REAL = "All GitHub services are experiencing significant disruptions";

/** Two years later: Muster did not exist in 2024, and believes no clock that says so. */
function lived(time: string): string {
  return time.replace(/^2024/, "2026");
}

/** The incident and its updates in the order in which they came, as if it had been lived through now. */
function real(): { incident: Incident; updates: Update[] } {
  const incident = statusPage().incidents.find((incident) => incident.name === REAL);
  if (!incident) throw new Error("the incident is not in the data");
  const updates = incident.incident_updates.map((update) => ({ ...update, display_at: lived(update.display_at) }));
  expect(updates.length).toBeGreaterThan(30);
  return { incident: { ...incident, created_at: lived(incident.created_at) }, updates: updates.reverse() };
}

class Replay {
  readonly keys: Keys;
  readonly room: RoomScreen;
  said = 0;
  hit = 0;
  back = 0;

  constructor(readonly page: Page) {
    this.keys = new Keys(page);
    this.room = new RoomScreen(page);
  }

  /** Sends the form that is open, from a line or a list of it. */
  private async send(key = "Enter"): Promise<void> {
    await this.keys.press(key);
    await expect(this.room.dialog).toBeHidden();
  }

  private async opens(field: string): Promise<void> {
    await expect(this.room.field(field)).toBeFocused();
  }

  async declares(title: string): Promise<void> {
    const declaring = new DeclareScreen(this.page);
    await this.keys.press("d");
    await expect(declaring.title).toBeFocused();
    await this.keys.type(title);
    await this.keys.press("Tab", "1", "Tab", "1", "Tab", "1", "Enter");
    await expect(this.room.title).toHaveText(title);
    await expect(this.room.status).toContainText("Major incident");
  }

  async next(step: string, field?: string, words = ""): Promise<void> {
    await expect(this.room.next).toHaveText(step);
    await this.keys.press("g");
    if (!field) return;
    await this.opens(field);
    await this.keys.type(words);
    await this.send();
  }

  /** Time goes on by itself meanwhile, and is never put back: a clock that steps back is not believed. */
  async isAt(time: string): Promise<void> {
    const now = await this.page.evaluate(() => Date.now());
    if (Date.parse(time) > now) await this.page.clock.setSystemTime(time);
  }

  async goesOn(stage: string): Promise<void> {
    await this.keys.press(".");
    await expect(this.room.status.locator("[aria-current=step]")).toHaveText(stage);
  }

  async tells(audience: string, words: string): Promise<void> {
    await this.keys.press("u");
    await this.opens("Text");
    await this.keys.press("Shift+Tab", "Shift+Tab");
    await expect(this.room.field("To")).toBeFocused();
    await this.keys.type(audience);
    await expect(this.room.field("To")).toHaveValue(audience.toLowerCase());
    await this.keys.press("Tab", "Tab");
    await this.keys.retype(words);
    await this.send("Control+Enter");
    this.said += 1;
  }

  async isHit(service: string, level: string): Promise<void> {
    await this.keys.activates(this.room.guide.getByRole("button", { name: "A service is hit", exact: true }));
    await this.opens("Service");
    await this.keys.type(service);
    await this.keys.press("Tab");
    await this.keys.type(level);
    await this.keys.press("Tab");
    await this.send();
    this.hit += 1;
  }

  async worksAgain(service: string): Promise<void> {
    const line = this.room.work.getByRole("tabpanel").getByRole("listitem").filter({ hasText: service });
    await this.keys.activates(line.getByRole("button", { name: "Works again" }).first());
    await expect(this.room.entries(`${service} works again`)).not.toHaveCount(0);
    this.back += 1;
  }

  async criterion(name: string, field: string, words: string, key = "Enter"): Promise<void> {
    await this.keys.activates(this.room.guide.getByRole("button", { name, exact: true }).first());
    await this.opens(field);
    if (words) await this.keys.retype(words);
    await this.send(key);
  }

  /** Begins the watch, for as long as is offered. */
  async watches(): Promise<void> {
    await this.keys.activates(this.room.guide.getByRole("button", { name: "Recovery is watched for a while", exact: true }).first());
    await this.opens("For how long");
    await this.keys.press("Tab");
    await this.send("Enter");
  }

  /** What the page said, as the people in the room would have done it. */
  async replays(update: Update): Promise<void> {
    await this.isAt(update.display_at);
    const degraded = /^(.+) is experiencing degraded (availability|performance)\./.exec(update.body);
    const normal = /^(.+) (?:is|are) operating normally\.$/.exec(update.body);
    if (degraded) {
      const level = degraded[2] === "availability" ? "down" : "slow";
      for (const service of services(degraded[1]!)) await this.isHit(service, level);
    } else if (normal) {
      for (const service of services(normal[1]!)) await this.worksAgain(service);
    } else {
      await this.tells("Customers", update.body);
    }
    if (/All services are now fully operational/.test(update.body)) {
      const again = this.room.work.getByRole("tabpanel").getByRole("button", { name: "Works again" });
      for (let left = await again.count(); left > 0; left -= 1) {
        await this.keys.activates(again.first());
        await expect(again).toHaveCount(left - 1);
        this.back += 1;
      }
    }
  }

  async notes(words: string): Promise<void> {
    await this.keys.press("n");
    await expect(this.room.said).toBeFocused();
    await this.keys.type(words);
    await this.keys.press("Enter");
    await expect(this.room.entries(words)).toHaveCount(1);
    await this.keys.press("Escape");
    await expect(this.room.said).not.toBeFocused();
  }

  async titles(title: string): Promise<void> {
    await this.keys.activates(this.room.status.getByRole("button", { name: "Edit the title" }));
    await this.opens("What is broken, for whom?");
    await this.keys.retype(title);
    await this.send();
    await expect(this.room.title).toHaveText(title);
  }

  async exports(): Promise<{ name: string; bytes: Buffer }> {
    await expect(this.room.timeline.locator("[aria-busy]")).toHaveCount(0);
    return new ShareScreen(this.page).downloads(() => this.keys.press("e"));
  }

  async imports(bytes: Buffer): Promise<void> {
    const share = new ShareScreen(this.page);
    await this.keys.press("s");
    await this.keys.to(share.picker);
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser", { timeout: 20_000 }), this.keys.press("Space")]);
    await chooser.setFiles(file("from-a-colleague.json", bytes) as { name: string; mimeType: string; buffer: Buffer });
    await this.keys.activates(share.import);
    await expect(share.result).toContainText("taken in.");
    await this.keys.activates(share.result.getByRole("link", { name: "Open it" }));
    await expect(this.room.status).toBeVisible();
  }

  /** All that both should see alike, whatever their clocks say: what happened, and in which order. */
  async seen(): Promise<unknown> {
    await this.room.earlier();
    return {
      title: await this.room.title.innerText(),
      priority: await this.room.status.getByRole("img", { name: /^Priority/ }).getAttribute("aria-label"),
      stage: await this.room.status.locator("[aria-current=step]").innerText(),
      elapsed: await this.room.status.locator(".fact").first().innerText(),
      entries: await this.room.timeline.locator(".entry-words").allInnerTexts(),
    };
  }
}

function services(words: string): string[] {
  return words.split(/, | and /).map((name) => name.trim()).filter(Boolean);
}

async function opened(context: BrowserContext, time: string): Promise<[Replay, () => Promise<number>]> {
  const page = await context.newPage();
  const pointers = await countPointers(page);
  // Asked for from the beginning: switching it on takes a moment, in which a chooser would be the browser's own.
  page.on("filechooser", () => undefined);
  await page.clock.install({ time });
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is open.");
  return [new Replay(page), pointers];
}

test("a real incident by keyboard alone, then by two people who pass files, whatever their clocks say", async ({ context, profile }) => {
  test.setTimeout(600_000);
  const { incident, updates } = real();
  const [first, firstPointers] = await opened(context, incident.created_at);
  const { room } = first;

  await first.declares(incident.name);
  await first.next("Go on: Escalation and coordination");
  await first.next("Name the major incident manager", "Who", "Incident commander on call");
  await first.next("Call those who can help", "Who was called", "Database team");
  await first.next("Say where everybody meets", "Address, number or room", "Room 4");
  await first.next("Go on: Stakeholder communication");
  await expect(room.status.locator("[aria-current=step]")).toHaveText("Communicate");
  await first.tells("Executives", "All services are hit. The database team is called.");
  await first.tells("Customers", updates[0]!.body);
  await first.goesOn("Work around");

  const rolledBack = updates.findIndex((update) => update.body.includes("is being rolled back"));
  expect(rolledBack).toBeGreaterThan(5);
  for (const [index, update] of updates.slice(1, -1).entries()) {
    await first.replays(update);
    if (index + 1 === rolledBack) {
      await first.criterion("A workaround or a fix is in place", "What was done, so that people can work", "The change is rolled back");
      await first.goesOn("Recover");
      // The tab that the person chose stays; the services are worked on from there.
      await first.keys.to(room.work.getByRole("tab", { selected: true }));
      await first.keys.press("Home", "ArrowRight");
    }
  }
  const last = updates.at(-1)!;
  await first.isAt(last.display_at);
  await first.criterion("Service is fully back", "When", "2026-08-14 23:38Z");
  await first.criterion("Recovery was checked, and holds", "What was looked at", "Traffic at every service");
  await first.watches();
  await first.criterion("The backlog is drained", "What had waited, and is worked off", "Builds that waited");
  await first.criterion("The fault itself is mended", "When", "");
  await first.tells("Customers", last.body);
  await first.tells("Executives", "Every service is back; the change is rolled back.");
  await first.criterion("No workaround is left without a problem record", "What is still to be mended", "Make the change safe to try again");
  await first.goesOn("Review");
  await first.criterion("What contributed, helped and hindered is written down", "In a sentence, without blame", "Health checks went unanswered after the change");
  await first.criterion("Improvements are agreed", "What changes", "Guardrails in how the database is changed");
  await first.criterion("The review was held", "Who was there, what came of it", "Everybody who was in the room", "Control+Enter");
  await first.keys.press(".");
  await expect(room.field("How it ended, in a sentence")).toBeFocused();
  await first.keys.type("Rolled back; all services recovered");
  await first.keys.press("Enter");
  await expect(room.next).toHaveText("It is closed");

  // Everything that the page said is in the room.
  await room.earlier();
  expect(first.said + first.hit + first.back).toBeGreaterThan(updates.length);
  await expect(room.entries("Update to customers")).toHaveCount(first.said - 2);
  await expect(room.entries(/works again/)).toHaveCount(first.back);
  // Declared a few seconds after 23:11.
  await expect(room.status).toContainText(/Service back after\s*26 min/);

  const exported = await first.exports();
  expect(exported.name).toBe("muster-2026-08-14-all-github-services-are-experiencing-significant.json");

  // A second person, on another machine, whose clock may be wrong.
  for (const [clock, years] of [
    ["clocks agree", 0],
    ["a clock seven years ahead", 7],
    ["a clock nine years behind", -9],
  ] as const) {
    await test.step(clock, async () => {
      const [mine, theirs] = [`All services were down, ${clock}`, `A database change took them down, ${clock}`];
      const before = await first.exports();
      const there = new Date(last.display_at);
      there.setUTCFullYear(there.getUTCFullYear() + years);
      const [second, secondPointers] = await opened(await profile(), there.toISOString());
      await second.imports(before.bytes);
      expect(await second.seen()).toEqual(await first.seen());
      expect((await second.exports()).bytes.equals(before.bytes), "a copy exports what it took").toBe(true);

      // Both go on, apart from each other.
      await first.notes(`a customer still sees errors, ${clock}`);
      await first.titles(mine);
      await second.notes(`the error rate is where it was, ${clock}`);
      await second.titles(theirs);
      await second.notes(`the graphs are kept, ${clock}`);

      // Exchanged both ways.
      const [fromFirst, fromSecond] = [await first.exports(), await second.exports()];
      expect(fromFirst.bytes.equals(fromSecond.bytes)).toBe(false);
      await first.imports(fromSecond.bytes);
      await second.imports(fromFirst.bytes);
      const [firstHolds, secondHolds] = [await first.exports(), await second.exports()];
      expect(firstHolds.bytes.equals(secondHolds.bytes), "both hold the same bytes").toBe(true);
      expect(await second.seen()).toEqual(await first.seen());
      for (const words of [`a customer still sees errors, ${clock}`, `the error rate is where it was, ${clock}`, `the graphs are kept, ${clock}`]) {
        await expect(first.room.entries(words)).toHaveCount(1);
        await expect(second.room.entries(words)).toHaveCount(1);
      }

      // What was set apart is told to both, and settled once.
      for (const replay of [first, second]) {
        const settle = replay.room.guide.getByRole("button", { name: "Choose", exact: true });
        await expect(replay.room.guide).toContainText("Choose one: the title was set apart");
        if (replay === first) {
          await first.keys.activates(settle.first());
          await first.keys.activates(first.room.dialog.getByRole("button", { name: theirs }));
          await expect(first.room.title).toHaveText(theirs);
        }
      }
      await second.imports((await first.exports()).bytes);
      await expect(second.room.title).toHaveText(theirs);
      await expect(second.room.guide).not.toContainText("was set apart");
      expect((await first.exports()).bytes.equals((await second.exports()).bytes), "settled alike").toBe(true);
      expect(await secondPointers(), "uses of a mouse").toBe(0);
    });
  }
  expect(await firstPointers(), "uses of a mouse").toBe(0);
});
