// The organisation learns: an incident replayed, and what was agreed kept in sight until it is done.
import { readFile } from "node:fs/promises";

import { expect, test } from "./fixture";
import { DeclareScreen } from "./screens/declare";
import { RoomScreen } from "./screens/room";

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
  expect(await saved("Export as CSV")).toContain('"An alarm on the queue","prevent"');
  const calendar = await saved("Calendar (.ics)");
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(calendar.match(/STATUS:CANCELLED/g)).toHaveLength(1);
  // It is in the incident's own record, and can be taken back there.
  await rows.last().getByRole("link").click();
  await expect(room.title).toHaveText("Search is slow");
  await expect(room.entries("done")).not.toHaveCount(0);
});
