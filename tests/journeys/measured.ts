// Measuring in the page itself: from a key to the painted frame, and what an action writes.
import { expect, type Page } from "@playwright/test";

import { file, id } from "./made";
import { line, safe } from "./stored";
import { ShareScreen, file as upload } from "./screens/share";

/** An incident of that many events in this browser; returns its address. */
export async function holds(page: Page, count: number): Promise<string> {
  const incident = id("bench", count);
  await new ShareScreen(page).takes(upload(`${count}.json`, file(incident, count)));
  return `./#/incident/${incident}`;
}

/** Opens a room afresh; milliseconds from the start script to the painted room, both stores read. */
export async function starts(page: Page, address: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(address);
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  const mark = (name: string) => page.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, name);
  const [begun, painted] = [await mark("muster-start"), await mark("muster-open")];
  return Number(await painted.jsonValue()) - Number(await begun.jsonValue());
}

type Counted = Window & { written: { writes: number; units: number }; frames: number[] };

/** Counts what goes into both stores from now on, and how long Enter takes to be painted. */
export async function count(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const here = window as unknown as Counted;
    here.written = { writes: 0, units: 0 };
    here.frames = [];
    const note = (units: number) => {
      here.written.writes += 1;
      here.written.units += units;
    };
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key: string, text: string) {
      note(key.length + text.length);
      return setItem.call(this, key, text);
    };
    const { add, put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...given) {
      note(JSON.stringify(given[0]).length);
      return add.apply(this, given);
    };
    IDBObjectStore.prototype.put = function (...given) {
      note(JSON.stringify(given[0]).length);
      return put.apply(this, given);
    };
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter") return;
        const from = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port2.onmessage = () => here.frames.push(performance.now() - from);
          port1.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

/** What one more entry costs, over several: writes and characters stored, milliseconds to its frame. */
export async function acts(page: Page, times: number): Promise<{ writes: number; units: number; frames: number[] }> {
  const rows = page.getByRole("region", { name: "Timeline" }).getByRole("listitem");
  await note(page, "The first entry introduces its writer");
  await page.evaluate(() => {
    const here = window as unknown as Counted;
    here.written = { writes: 0, units: 0 };
    here.frames = [];
  });
  for (let turn = 0; turn < times; turn += 1) {
    const words = `Turn ${String(turn).padStart(4, "0")}`;
    await note(page, words);
    await expect(rows.first()).toContainText(words);
  }
  return page.evaluate(() => ({ ...(window as unknown as Counted).written, frames: (window as unknown as Counted).frames }));
}

async function note(page: Page, words: string): Promise<void> {
  await line(page).fill(words);
  await line(page).press("Enter");
  await safe(page);
}

/** The middle one. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
