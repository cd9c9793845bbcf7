// What a page holds: in its export, in local storage and in the journal; and the few steps by which
// a person puts something there.
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";

/** An event as it stands in files and stores. */
export type Stored = {
  writer: string;
  seq: number;
  kind: string;
  on?: string;
  body?: { text?: string; title?: string };
  erased?: string;
};

/** Both stores, as the browser has them. */
export type Stores = { local: Record<string, string>; journal: { scope: string; batch: string; text: string }[] };

/** Declares an incident and stands in its room. Returns its id. */
export async function declare(page: Page, title: string): Promise<string> {
  await page.goto("./#/declare");
  await page.getByRole("textbox", { name: "What is broken?" }).fill(title);
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return new URL(page.url()).hash.replace("#/incident/", "");
}

/** The line for whatever just happened. */
export function line(page: Page): Locator {
  return page.getByRole("textbox", { name: "What just happened?" });
}

/** Types what just happened, and Enter. */
export async function note(page: Page, words: string): Promise<void> {
  await line(page).fill(words);
  await line(page).press("Enter");
}

/** The entries of the timeline that say this. */
export function entry(page: Page, words: string): Locator {
  return page.getByRole("region", { name: "Timeline" }).getByRole("listitem").filter({ hasText: words });
}

/** Waits until nothing on the screen is still being saved. */
export async function safe(page: Page): Promise<void> {
  // A disk that is busy with other things takes its time.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 30_000 });
}

/** Exports everything that the page holds. Returns the file's text. */
export async function exported(page: Page): Promise<string> {
  await page.goto("./#/share");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  return readFile(await download.path(), "utf8");
}

/** The events of an export. */
export function events(file: string): Stored[] {
  const { logs } = JSON.parse(file) as { logs: { events: Stored[] }[] };
  return logs.flatMap((log) => log.events);
}

/** What an event says, where it says something. */
export function words(event: Stored): string {
  return event.body?.text ?? "";
}

/** Takes a file in by the picker, until the page says that it has it. */
export async function take(page: Page, name: string, text: string): Promise<void> {
  await page.goto("./#/share");
  await page.getByLabel("Import file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: /taken in\.|Nothing was new\./ })).toBeVisible({ timeout: 120_000 });
}

/** Reads both stores, past the app. */
export async function stores(page: Page): Promise<Stores> {
  return page.evaluate(async () => {
    const local: Record<string, string> = {};
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index) ?? "";
      local[key] = localStorage.getItem(key) ?? "";
    }
    const journal = await new Promise<{ scope: string; batch: string; text: string }[]>((resolve, reject) => {
      const opening = indexedDB.open("muster");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction("records").objectStore("records").getAll();
        reading.onerror = () => reject(reading.error);
        reading.onsuccess = () => {
          opening.result.close();
          resolve(reading.result);
        };
      };
    });
    return { local, journal };
  });
}

/** The events that lie in a stored text. */
export function stored(texts: Iterable<string>): Stored[] {
  const lines = [...texts].flatMap((text) => text.split("\n").slice(1));
  return lines.filter((line) => line.includes('"kind"')).map((line) => JSON.parse(line) as Stored);
}

/** Each event's id, sorted. */
export function ids(all: Stored[]): string[] {
  return all.map((event) => `${event.writer}/${event.seq}`).sort();
}
