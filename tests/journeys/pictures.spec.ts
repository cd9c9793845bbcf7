// Pictures: pasted, dropped, chosen; made small, kept, given away, missing, healed, erased, refused.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { DeclareScreen } from "./screens/declare";
import { RoomScreen } from "./screens/room";
import { exported, open, takeIn } from "./walks";

const WORDS = "The error rate rises at 02:13";

/** Pastes a picture into the line of the room, or drops it onto the room. Made in the page. */
async function gives(page: Page, how: "paste" | "drop", width = 2400, height = 1200): Promise<void> {
  await page.evaluate(
    async ({ how, width, height }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const drawing = canvas.getContext("2d")!;
      const fade = drawing.createLinearGradient(0, 0, width, height);
      fade.addColorStop(0, "#135");
      fade.addColorStop(1, "#fc8");
      drawing.fillStyle = fade;
      drawing.fillRect(0, 0, width, height);
      const blob = await new Promise<Blob>((made) => canvas.toBlob((blob) => made(blob!), "image/png"));
      const given = new DataTransfer();
      given.items.add(new File([blob], "graph.png", { type: "image/png" }));
      const about = { bubbles: true, cancelable: true };
      if (how === "paste") {
        document.querySelector("#just-happened")!.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, ...about }));
      } else {
        document.querySelector(".room .timeline")!.dispatchEvent(new DragEvent("drop", { dataTransfer: given, ...about }));
      }
    },
    { how, width, height },
  );
}

const thumb = (room: RoomScreen): Locator => room.timeline.getByRole("button", { name: `Picture, larger: ${WORDS}` });
const missing = (room: RoomScreen): Locator => room.timeline.getByText("This picture is not held here; ask for a file from whoever has it.");

/** Whether the browser really drew it. */
const drawn = (image: Locator): Promise<boolean> => image.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 1);

/** The digests of the pictures in the browser's database. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("muster");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("pictures").objectStore("pictures").getAllKeys();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result as string[]);
          };
        };
      }),
  );

/** A room with a picture in it. */
async function withPicture(page: Page): Promise<RoomScreen> {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await gives(page, "paste");
  await expect(room.dialog.getByText("pixels")).toBeVisible();
  await room.fills({ "What it shows": WORDS, Service: "Checkout" });
  await expect(thumb(room)).toBeVisible();
  return room;
}

/** Opens the room of the only incident. */
async function enters(page: Page): Promise<RoomScreen> {
  await open(page, "#/", /open/);
  await page.getByRole("link", { name: "Card payments fail" }).first().click();
  const room = new RoomScreen(page);
  await expect(room.entries(WORDS).first()).toBeVisible();
  return room;
}

type File = Awaited<ReturnType<typeof exported>>;
type Muster = { logs: { events: { kind: string; body?: Record<string, unknown> }[] }[]; pictures?: Record<string, string> };

const read = (file: File): Muster => JSON.parse(file.buffer.toString());
const changed = (file: File, change: (muster: Muster) => void): File => {
  const muster = read(file);
  change(muster);
  return { ...file, buffer: Buffer.from(JSON.stringify(muster)) };
};

test("a picture is pasted, made small, shown, and there after a reload", async ({ page }) => {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await room.said.focus();
  await gives(page, "paste");
  const preview = room.dialog.getByRole("img", { name: "The picture as it will be kept" });
  await expect(preview).toBeVisible();
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1600);
  await expect(room.dialog).toContainText(/1600 × 800 pixels, \d+ kB; the file has [\d.]+ (k|M)B\./);
  await expect(room.dialog).toContainText(/This browser has .+ left for this site\./);
  // Without words it is not taken.
  await room.dialog.getByRole("button", { name: "Add it" }).click();
  await expect(room.dialog.getByRole("alert").first()).toContainText("Say what it shows");
  await room.fills({ "What it shows": WORDS, Service: "Checkout" });
  await expect(room.entries(WORDS)).toContainText("Checkout");
  await expect.poll(() => drawn(thumb(room).getByRole("img", { includeHidden: true }))).toBe(true);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.reload();
  await expect.poll(() => drawn(thumb(room).getByRole("img", { includeHidden: true }))).toBe(true);
  // Large, by the keyboard, and back.
  await thumb(room).focus();
  await page.keyboard.press("Enter");
  await expect(room.dialog.getByRole("img", { name: WORDS })).toBeVisible();
  await expect(room.dialog.locator("figcaption")).toHaveText(WORDS);
  await page.keyboard.press("Escape");
  await expect(room.dialog).toBeHidden();
  await expect(thumb(room)).toBeFocused();
  // Taken back it is not shown; put back it is.
  await room.entries(WORDS).getByRole("button", { name: "What to do with this entry" }).click();
  await room.timeline.getByRole("button", { name: "Take back" }).click();
  await expect(thumb(room)).toBeHidden();
  await room.entries(WORDS).getByRole("button", { name: "Put it back" }).click();
  await expect(thumb(room)).toBeVisible();
});

test("a page that stopped gives it out, and a colleague takes it in", async ({ page, profile }) => {
  await withPicture(page);
  await page.evaluate(() => void dispatchEvent(new CustomEvent("muster-stopped", { detail: "index out of bounds" })));
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download what is stored" }).click()]);
  const theirs = await (await profile()).newPage();
  await theirs.goto("./");
  await takeIn(theirs, { name: download.suggestedFilename(), mimeType: "application/json", buffer: await readFile(await download.path()) });
  const room = await enters(theirs);
  await expect.poll(() => drawn(thumb(room).getByRole("img", { includeHidden: true }))).toBe(true);
  expect(await kept(theirs)).toEqual(await kept(page));
  await page.reload();
  expect((await exported(theirs)).buffer).toEqual((await exported(page)).buffer);
});

test("it goes along with the file: missing without it, healed by a later one, gone once erased", async ({ page, profile }) => {
  await withPicture(page);
  const [digest] = await kept(page);
  const file = await exported(page);
  const bytes = Buffer.from(read(file).pictures![digest!]!, "base64");
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(digest);
  expect(bytes.length).toBeLessThanOrEqual(300_000);

  const theirs = await (await profile()).newPage();
  await theirs.goto("./");
  await takeIn(theirs, changed(file, (muster) => delete muster.pictures));
  let room = await enters(theirs);
  await expect(missing(room)).toBeVisible();
  await open(theirs, "#/share", "Share");
  await theirs.getByLabel("Import file").setInputFiles(file);
  await expect(theirs.locator(".offer")).toContainText("Pictures");
  await theirs.getByRole("button", { name: "Import", exact: true }).click();
  await expect(theirs.getByRole("status").getByText("Nothing was new.")).toBeVisible();
  room = await enters(theirs);
  await expect.poll(() => drawn(thumb(room).getByRole("img", { includeHidden: true }))).toBe(true);
  await expect(missing(room)).toBeHidden();

  // They erase it: at once in their browser, and in ours when we meet their file.
  await room.entries(WORDS).getByRole("button", { name: "What to do with this entry" }).click();
  await room.timeline.getByRole("button", { name: "Erase for good" }).click();
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.entries("These words were dropped for good.")).toBeVisible();
  await expect.poll(() => kept(theirs)).toEqual([]);
  const without = await exported(theirs);
  expect(without.buffer.toString()).not.toContain(digest);
  expect(read(without).pictures).toBeUndefined();
  await takeIn(page, without);
  await expect.poll(() => kept(page)).toEqual([]);
  // The old file does not bring it back.
  await open(theirs, "#/share", "Share");
  await theirs.getByLabel("Import file").setInputFiles(file);
  await theirs.getByRole("button", { name: "Import", exact: true }).click();
  await expect(theirs.getByRole("status").getByText(/Nothing was new\.|taken in\./)).toBeVisible();
  expect(await kept(theirs)).toEqual([]);
});

test("dropped onto the room it is looked at there, and other tabs show it; another file goes where files are taken in", async ({ page, context }) => {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await gives(page, "drop", 300, 200);
  await expect(room.dialog).toContainText("300 × 200 pixels");
  await room.fills({ "What it shows": WORDS });
  await expect.poll(() => drawn(thumb(new RoomScreen(other)).getByRole("img", { includeHidden: true }))).toBe(true);
  // Removed from this device, its bytes go too.
  await open(page, "#/settings", "Settings");
  await page.getByText("Remove an incident from this device").click();
  await page.getByRole("button", { name: "Remove Card payments fail" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => kept(page)).toEqual([]);
});

test("what is no picture is refused, chosen or in a file, and nothing else is harmed", async ({ page, profile }) => {
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await room.begins("Add a picture");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
  for (const [name, mimeType, text] of [["a.svg", "image/svg+xml", svg], ["a.png", "image/png", "no picture"]] as const) {
    await room.dialog.getByLabel("Picture").setInputFiles({ name, mimeType, buffer: Buffer.from(text) });
    await expect(room.dialog).toContainText("The browser cannot read this as a picture.");
  }
  // A file was chosen, so it takes a second one.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(room.dialog).toBeHidden();
  await gives(page, "paste", 300, 200);
  await expect(room.dialog).toContainText("300 × 200 pixels");
  await room.fills({ "What it shows": WORDS });
  await expect(thumb(room)).toBeVisible();
  const file = await exported(page);
  const large = Buffer.alloc(1_200_000, 7).toString("base64");
  const bad: [string, (pictures: Record<string, string>, name: string) => void][] = [
    ["not those that were added", (pictures, name) => (pictures[name] = Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64"))],
    ["up to 1000 kB", (pictures, name) => (pictures[name] = large)],
    ["no base 64", (pictures, name) => (pictures[name] = svg)],
    ["no event of the file speaks of it", (pictures) => (pictures["0".repeat(64)] = large)],
  ];
  for (const [why, change] of bad) {
    const theirs = await (await profile()).newPage();
    await theirs.goto("./");
    await open(theirs, "#/share", "Share");
    await theirs.getByLabel("Import file").setInputFiles(changed(file, (muster) => change(muster.pictures!, Object.keys(muster.pictures!)[0]!)));
    await theirs.locator(".problems summary").click();
    await expect(theirs.locator(".problems")).toContainText(why);
    await theirs.getByRole("button", { name: "Import", exact: true }).click();
    await expect(theirs.getByRole("status").getByText("taken in.")).toBeVisible();
    const held = await enters(theirs);
    await expect(why.startsWith("no event") ? thumb(held) : missing(held)).toBeVisible();
  }
});

test("without a database it is refused in words", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  await new DeclareScreen(page).declares("Card payments fail");
  const room = new RoomScreen(page);
  await gives(page, "paste", 300, 200);
  await expect(room.dialog).toContainText("300 × 200 pixels");
  await room.dialog.getByLabel("What it shows", { exact: true }).fill(WORDS);
  await room.dialog.getByRole("button", { name: "Add it" }).click();
  await expect(room.dialog.getByRole("alert").filter({ hasText: "not kept" })).toContainText("pictures are kept in no other place");
  await expect(room.dialog).toBeVisible();
  // Its words are typed, so it takes a second one.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(room.dialog).toBeHidden();
  await expect(room.entries(WORDS)).toHaveCount(0);
});
