// The stores refused, emptied, full, damaged, removed from: each is told on the screen, and nothing
// is lost that need not be.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { declare, entry, events, exported, ids, line, note, safe, stored, stores, take, words } from "./stored";
import { dialog, dropIt, key, send } from "./walks";

/** The line at the head of the page that tells of a trouble. */
const told = (page: Page, words: string | RegExp) => page.locator(".troubles .trouble").filter({ hasText: words });

/** Every text that either store holds, as one. */
async function everything(page: Page): Promise<string> {
  const { local, journal } = await stores(page);
  return [...Object.values(local), ...journal.map((record) => record.text)].join("\n");
}

/** Goes to a page of the site on which the app does not run: for what happens behind its back. */
async function leave(page: Page): Promise<void> {
  const body = "<!doctype html><title>Backstage</title><link rel=icon href=data:,>";
  await page.route("**/backstage", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("./backstage");
}

/** Such a page in a tab of its own. */
async function backstage(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await leave(other);
  return other;
}

const refusals: [string, string, () => void][] = [
  [
    "throws",
    "not here",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("not here", "SecurityError");
      };
    },
  ],
  [
    "fires an error",
    "",
    () => {
      // A version below the one that is there is refused by the browser itself.
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (name) {
        const request = open.call(this, `${name}-other`, 2);
        request.addEventListener("upgradeneeded", () => request.transaction?.abort());
        return request;
      };
    },
  ],
  [
    "never answers",
    "it does not answer",
    () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    },
  ],
];

for (const [how, why, refuse] of refusals) {
  test(`an IndexedDB that ${how} is told, and local storage carries on`, async ({ page }) => {
    await page.addInitScript(refuse);
    const id = await declare(page, "Login fails");
    await expect(told(page, "does not let Muster use its database")).toContainText(why);
    await note(page, "Written without a journal.");
    await expect(entry(page, "Written without a journal.")).toBeVisible();
    await safe(page);
    await expect(page.getByText("Kept weakly: export soon")).toBeVisible();
    await page.reload();
    await expect(entry(page, "Written without a journal.")).toBeVisible();
    await page.goto("./#/settings");
    await expect(page.getByText("The journal (IndexedDB) cannot be used here")).toBeVisible();
    expect(id).toMatch(/^[0-9a-z]{16}$/);
  });
}

test("a room that was opened before its stores were read keeps what is half typed in it", async ({ page }) => {
  // A disk that is slow to answer: for as long as the test likes.
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    const answers = new Promise((answer) => Object.assign(window, { answer }));
    IDBFactory.prototype.open = function (...asked) {
      const request = open.apply(this, asked);
      let told: ((event: Event) => void) | null = null;
      Object.defineProperty(request, "onsuccess", { get: () => told, set: (tell) => (told = tell) });
      request.addEventListener("success", (event) => void answers.then(() => told?.call(request, event)));
      return request;
    };
  });
  await declare(page, "Login fails");
  await line(page).fill("Half typed");
  await key(page, "Escape");
  await page.locator("h1").focus();
  await key(page, "a");
  await dialog(page).getByLabel("Who").fill("The night shift");
  await page.evaluate(() => (window as unknown as { answer: () => void }).answer());
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await expect(dialog(page).getByLabel("Who")).toHaveValue("The night shift");
  await dropIt(page);
  await expect(line(page)).toHaveValue("Half typed");
});

test("a database of a newer Muster is used as far as it is known", async ({ page }) => {
  await declare(page, "Login fails");
  await note(page, "Written by this one.");
  await safe(page);
  await leave(page);
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open("muster", 1000);
        opening.onupgradeneeded = () => void opening.result.createObjectStore("of a later one");
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          opening.result.close();
          localStorage.clear();
          done();
        };
      }),
  );
  await page.goto("./");
  await page.getByRole("link", { name: /Login fails/ }).first().click();
  await expect(entry(page, "Written by this one.")).toBeVisible();
  await note(page, "And once more.");
  await safe(page);
  await expect(told(page, "does not let Muster use its database")).toHaveCount(0);
  await page.goto("./#/settings");
  await expect(page.getByText("survives the browser's sudden end")).toBeVisible();
});

test("a journal that comes back takes what was written without it", async ({ page, context }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("refuse")) IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    sessionStorage.setItem("refuse", "1");
  });
  await declare(page, "Login fails");
  await safe(page);
  await page.reload();
  await note(page, "Written without a journal.");
  await expect(told(page, "does not let Muster use its database")).toBeVisible();
  await safe(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(entry(other, "Written without a journal.")).toBeVisible();
  await expect
    .poll(async () => stored((await stores(other)).journal.map((record) => record.text)).map(words))
    .toContain("Written without a journal.");
});

test("an entry does not wait for ever for a journal that does not answer", async ({ page }) => {
  test.setTimeout(90_000);
  await declare(page, "Login fails");
  await safe(page);
  const behind = await backstage(page);
  // A transaction that never ends keeps all others waiting.
  await behind.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("muster");
        opening.onsuccess = () => {
          const records = opening.result.transaction("records", "readwrite").objectStore("records");
          const spin = () => {
            if (!(window as { release?: boolean }).release) records.count().onsuccess = spin;
          };
          spin();
          resolve();
        };
      }),
  );
  await note(page, "Written meanwhile.");
  await expect(entry(page, "Written meanwhile.")).toHaveAttribute("aria-busy", "true");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(entry(page, "Written meanwhile.")).toContainText("taken back");
  await expect(entry(page, "Written meanwhile."), "nor is its taking back safe yet").toHaveAttribute("aria-busy", "true");
  await expect(told(page, "The journal did not take the last entries (it does not answer)")).toBeVisible({ timeout: 30_000 });
  await safe(page);
  await expect(page.getByText("Kept weakly: export soon")).toBeVisible();
  await behind.evaluate(() => void ((window as { release?: boolean }).release = true));
  await expect(page.getByText("Saved on this device")).toBeVisible();
  const inJournal = stored((await stores(page)).journal.map((record) => record.text));
  expect(inJournal.map(words)).toContain("Written meanwhile.");
  expect(inJournal.map((event) => event.kind)).toContain("retracted");
});

test("a journal emptied between two visits is told, and local storage fills it again", async ({ page }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Seen by two.");
  await safe(page);
  await leave(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase("muster");
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      }),
  );
  await page.goto(`./#/incident/${id}`);
  await expect(told(page, "emptied Muster's journal")).toBeVisible();
  await expect(entry(page, "Seen by two.")).toBeVisible();
  await expect
    .poll(async () => stored((await stores(page)).journal.map((record) => record.text)).map(words))
    .toContain("Seen by two.");
  await page.reload();
  await expect(entry(page, "Seen by two.")).toBeVisible();
  await expect(told(page, "emptied")).toHaveCount(0);
});

test("local storage emptied between two visits is told, and the journal has everything", async ({ page }) => {
  const id = await declare(page, "Login fails");
  await page.goto("./#/settings");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByLabel("Your name").blur();
  await page.goto(`./#/incident/${id}`);
  await note(page, "Seen by two.");
  await safe(page);
  await leave(page);
  await page.evaluate(() => localStorage.clear());
  await page.goto(`./#/incident/${id}`);
  await expect(told(page, "Local storage lost what it held")).toBeVisible();
  await expect(entry(page, "Seen by two.")).toBeVisible();
  await page.goto("./#/settings");
  await expect(page.getByLabel("Your name"), "settings come back too").toHaveValue("Ada");
});

test("local storage emptied while the page is open is told, and nothing is missing", async ({ page }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Before.");
  await safe(page);
  const behind = await backstage(page);
  await behind.evaluate(() => localStorage.clear());
  await expect(told(page, "Local storage lost what it held")).toBeVisible();
  await note(page, "After.");
  await safe(page);
  const { local } = await stores(page);
  expect(stored(Object.values(local)).map(words)).toEqual(expect.arrayContaining(["Before.", "After."]));
  await leave(page);
  await page.goto(`./#/incident/${id}`);
  await expect(entry(page, "Before.")).toBeVisible();
  await expect(entry(page, "After.")).toBeVisible();
});

test("the journal deleted under the page is told, and the page keeps everything once more", async ({ page }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Before.");
  await safe(page);
  const behind = await backstage(page);
  await behind.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        localStorage.clear();
        const deleting = indexedDB.deleteDatabase("muster");
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      }),
  );
  await expect(told(page, "emptied Muster's journal")).toBeVisible();
  await note(page, "After.");
  await safe(page);
  const { journal } = await stores(page);
  const kept = stored(journal.map((record) => record.text)).map(words);
  expect(kept).toEqual(expect.arrayContaining(["Before.", "After."]));
  await leave(page);
  await page.goto(`./#/incident/${id}`);
  await expect(entry(page, "Before.")).toBeVisible();
  await expect(entry(page, "After.")).toBeVisible();
});

test("the site's data cleared under the page: the page keeps everything once more", async ({ page, site }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Before.");
  await safe(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(site).origin, storageTypes: "indexeddb,local_storage" });
  await note(page, "After.");
  await safe(page);
  await leave(page);
  await page.goto(`./#/incident/${id}`);
  await expect(entry(page, "Before.")).toBeVisible();
  await expect(entry(page, "After.")).toBeVisible();
});

/** Fills local storage with somebody else's keys. */
const fill = () => {
  let text = "x".repeat(1 << 20);
  for (let count = 0; text; count += 1) {
    try {
      localStorage.setItem(`neighbour/${count}`, text);
    } catch {
      text = text.slice(0, text.length >> 1);
    }
  }
};

test("a full local storage is told, the journal carries on, and neighbours keep what is theirs", async ({ page, context }) => {
  const id = await declare(page, "Login fails");
  await safe(page);
  const behind = await backstage(page);
  await behind.evaluate(fill);
  const neighbours = async () =>
    Object.entries((await stores(page)).local)
      .filter(([key]) => key.startsWith("neighbour/"))
      .map(([key, text]) => `${key} ${text.length}`)
      .sort();
  const filled = await behind.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("neighbour/")).length);
  // What one page writes, another sees a moment later.
  await expect.poll(async () => (await neighbours()).length).toBe(filled);
  const before = await neighbours();
  for (let count = 0; count < 30; count += 1) await note(page, `In a full house ${count}.`);
  await expect(told(page, "Local storage is full")).toBeVisible();
  await safe(page);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  const other = await context.newPage();
  await other.goto(`./#/incident/${id}`);
  await expect(entry(other, "In a full house")).toHaveCount(30);
  await note(other, "From the other tab.");
  await expect(entry(page, "From the other tab.")).toBeVisible();
  await page.reload();
  await expect(entry(page, "In a full house")).toHaveCount(30);
  expect(await neighbours()).toEqual(before);
});

test("a denied local storage is told, and the journal carries on", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied here", "SecurityError");
      },
    });
  });
  await declare(page, "Login fails");
  await expect(told(page, "does not let Muster use local storage")).toContainText("denied here");
  await note(page, "Written all the same.");
  await safe(page);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.reload();
  await expect(entry(page, "Written all the same.")).toBeVisible();
  await page.goto("./#/settings");
  await expect(page.getByText("Local storage cannot be used here.")).toBeVisible();
});

test("with neither store an entry is called unsaved, and can be exported", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => null });
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  await declare(page, "Login fails");
  await note(page, "Nowhere but here.");
  await safe(page);
  await expect(page.getByText("Not saved: export now")).toBeVisible();
  expect(events(await exported(page)).map(words)).toContain("Nowhere but here.");
});

test("a damaged segment is told and put aside for download; what is whole opens", async ({ page }) => {
  const id = await declare(page, "Login fails");
  for (const text of ["First line.", "Second line.", "Third line."]) await note(page, text);
  await safe(page);
  await leave(page);
  const cut = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("muster/log/")) ?? "";
    const text = localStorage.getItem(key) ?? "";
    localStorage.setItem(key, text.slice(0, text.length - 30));
    localStorage.setItem("neighbour", "theirs");
    return text.slice(0, text.length - 30);
  });
  await page.goto(`./#/incident/${id}`);
  const trouble = told(page, "A stored part is damaged");
  await expect(trouble).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    trouble.getByRole("button", { name: "Download the damaged part" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toBe(cut);
  for (const text of ["First line.", "Second line.", "Third line."]) await expect(entry(page, text)).toBeVisible();
  await page.reload();
  await expect(entry(page, "Third line.")).toBeVisible();
  await expect(trouble, "told once").toHaveCount(0);
  await page.goto("./#/settings");
  await expect(page.getByText("Damaged parts, put aside")).toBeVisible();
  await page.getByRole("button", { name: "Drop it" }).click();
  await expect(page.getByText("Damaged parts, put aside")).toHaveCount(0);
  const { local } = await stores(page);
  expect(Object.keys(local).filter((key) => key.startsWith("muster/aside"))).toEqual([]);
  expect(local["neighbour"]).toBe("theirs");
});

test("a foreign value under our prefix harms nothing, nor is a foreign key touched", async ({ page }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Mine.");
  await safe(page);
  await leave(page);
  const foreign = {
    "muster/log/0123456789abcdef/x/0": '{"theme":"dark"}',
    "muster/log/": "[]",
    "muster/settings": "not json",
    "muster/exports": "[1,2]",
    "muster/else": "\u0000\ud800",
    "musterade": "theirs",
    "": "empty key",
  };
  await page.evaluate((foreign) => Object.entries(foreign).forEach(([key, text]) => localStorage.setItem(key, text)), foreign);
  await page.goto(`./#/incident/${id}`);
  await expect(entry(page, "Mine.")).toBeVisible();
  await expect(told(page, "A stored part is damaged")).toBeVisible();
  await note(page, "Mine again.");
  await safe(page);
  await page.reload();
  await expect(entry(page, "Mine again.")).toBeVisible();
  const { local } = await stores(page);
  for (const key of ["muster/log/", "muster/else", "musterade", ""] as const) expect(local[key], key).toBe(foreign[key]);
});

/** A file of one incident with this many events. */
function large(count: number): string {
  const writer = "abcdefghjkmnpqrs";
  const event = (seq: number, kind: string, body: object) =>
    JSON.stringify({ body, kind, noted: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(), seq, tick: seq, writer });
  const all = [event(1, "declared", { nature: "real" }), event(2, "described", { title: "A very long incident" })];
  while (all.length < count) all.push(event(all.length + 1, "note", { text: `Line ${all.length + 1} of many, with some more words to it.` }));
  return `{"format":"muster","version":1,"requires":[],"logs":[{"scope":"0123456789abcdef","events":[\n${all.join(",\n")}\n],"heads":[]}]}`;
}

test("50,000 events come in, and are all there after a reload", async ({ page }) => {
  test.setTimeout(240_000);
  await take(page, "large.json", large(50_000));
  const taken = page.getByRole("status").filter({ hasText: "taken in." });
  await expect(taken).toContainText(/50.?000/, { timeout: 120_000 });
  await safe(page);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.goto("./#/incident/0123456789abcdef");
  await note(page, "And one more.");
  await safe(page);
  await page.reload();
  await expect(entry(page, "And one more.")).toBeVisible({ timeout: 60_000 });
  await expect(page.locator(".troubles .trouble")).toHaveCount(0);
  const held = events(await exported(page));
  expect(held.filter((event) => event.writer === "abcdefghjkmnpqrs")).toHaveLength(50_000);
  expect(new Set(ids(held)).size).toBe(held.length);
  const { local } = await stores(page);
  const units = Object.entries(local).reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  expect(units, "local storage holds what is live alone").toBeLessThan(100_000);
});

test("the settings say what the stores are, also where they are the first thing that is opened", async ({ page }) => {
  await page.goto("./#/settings");
  const region = page.getByRole("region", { name: "Storage" });
  await expect(region).toContainText("survives the browser's sudden end");
  await expect(region).toContainText(/Local storage: \d+ kB of about/);
});

test("when the app has stopped, the page itself gives out what is stored", async ({ page, troubles }) => {
  await declare(page, "Login fails");
  await note(page, "Written before it stopped.");
  await safe(page);
  // The program itself cannot be had any more.
  await page.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  const box = page.locator("#stopped");
  await expect(box).toBeVisible();
  await expect(box.getByRole("heading")).toHaveText("Muster has stopped");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    box.getByRole("button", { name: "Download what is stored" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("muster-stored.json");
  const { local, journal } = JSON.parse(await readFile(await download.path(), "utf8"));
  for (const texts of [Object.values<string>(local), journal.map((record: { text: string }) => record.text)]) {
    expect(stored(texts).map(words)).toContain("Written before it stopped.");
  }
  await page.unroute("**/*.wasm");
  await box.getByRole("button", { name: "Reload" }).click();
  await expect(entry(page, "Written before it stopped.")).toBeVisible();
  // The file that was withheld is an error on the console, and was meant.
  troubles.length = 0;
});

test("a page that stops on its first visit leaves nothing that is in the app's way", async ({ page, troubles }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download what is stored" }).click(),
  ]);
  expect(JSON.parse(await readFile(await download.path(), "utf8"))).toEqual({ local: {}, journal: [], pictures: {} });
  await page.unroute("**/*.wasm");
  await page.reload();
  await declare(page, "Login fails");
  await safe(page);
  await expect(page.locator(".troubles .trouble")).toHaveCount(0);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  troubles.length = 0;
});

test("a panic shows the box, and everything is there after a reload", async ({ page }) => {
  await declare(page, "Login fails");
  await note(page, "Written before it stopped.");
  await safe(page);
  await page.evaluate(() => dispatchEvent(new CustomEvent("muster-stopped", { detail: "panicked at <b>here</b>" })));
  await expect(page.locator("#stopped-why")).toHaveText("panicked at <b>here</b>");
  await expect(page.getByRole("button", { name: "Reload" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(entry(page, "Written before it stopped.")).toBeVisible();
});

test("a tab that crashes has lost nothing that was safe", async ({ page, context }) => {
  await declare(page, "Login fails");
  const room = page.url();
  const other = await context.newPage();
  await other.goto(room);
  for (let count = 0; count < 10; count += 1) await note(page, `Before the crash ${count}.`);
  await safe(page);
  await Promise.all([page.waitForEvent("crash"), page.goto("chrome://crash").catch(() => {})]);
  await expect(entry(other, "Before the crash")).toHaveCount(10);
  await note(other, "After the crash.");
  const again = await context.newPage();
  await again.goto(room);
  await expect(entry(again, "Before the crash")).toHaveCount(10);
  await expect(entry(again, "After the crash.")).toBeVisible();
});

test("what is removed from this device goes from every tab and both stores, and stays away", async ({ page, context }) => {
  const id = await declare(page, "Login fails");
  await note(page, "Between us.");
  const kept = await declare(page, "Checkout is slow");
  const other = await context.newPage();
  await other.goto(`./#/incident/${id}`);
  await note(other, "From the other tab.");
  await safe(other);
  const file = await exported(page);
  await page.goto("./#/settings");
  await page.getByText("Remove an incident from this device").click();
  await page.getByRole("button", { name: "Remove Login fails" }).click();
  await dialog(page).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("This browser does not hold that incident");
  await expect.poll(() => everything(page)).not.toContain("Between us.");
  expect(await everything(page)).not.toContain("From the other tab.");
  for (const tab of [page, other]) {
    await tab.goto("./#/");
    await tab.reload();
    await expect(tab.getByRole("link", { name: "Checkout is slow" }).first()).toBeVisible();
    await expect(tab.getByRole("link", { name: "Login fails" })).toHaveCount(0);
    expect(await exported(tab)).not.toContain("Between us.");
  }
  // Taken in again on purpose, it is there in both, and after a reload.
  await take(page, "again.json", file);
  await safe(page);
  await other.goto(`./#/incident/${id}`);
  await expect(entry(other, "Between us.")).toBeVisible();
  await page.goto(`./#/incident/${id}`);
  await page.reload();
  await expect(entry(page, "From the other tab.")).toBeVisible();
  expect(kept).not.toBe(id);
});

test("an import that is undone leaves both stores and the other tab", async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto("./#/");
  await take(page, "theirs.json", large(20));
  await expect(page.getByRole("status").filter({ hasText: "taken in." })).toBeVisible();
  await safe(page);
  await expect(other.getByRole("link", { name: "A very long incident" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(other.getByRole("link", { name: "A very long incident" })).toHaveCount(0);
  await expect.poll(() => everything(page)).not.toContain("of many");
  for (const tab of [page, other]) {
    await tab.reload();
    expect(events(await exported(tab))).toEqual([]);
  }
});

test("erased words leave every store, both tabs' exports, and do not come back", async ({ page, context }) => {
  const secret = "hunter2 is the password";
  const id = await declare(page, "Login fails");
  const other = await context.newPage();
  await other.goto(`./#/incident/${id}`);
  await note(page, `${secret}.`);
  await expect(entry(other, secret)).toBeVisible();
  const before = await exported(other);
  expect(before).toContain(secret);
  await other.goto(`./#/incident/${id}`);
  await note(other, "Something else.");
  await entry(other, secret).getByRole("button", { name: "What to do" }).click();
  await other.getByRole("button", { name: "Erase for good" }).click();
  await send(other);
  await expect(page.getByText(secret)).toHaveCount(0);
  await note(page, "Written since.");
  await safe(page);
  await safe(other);
  await expect.poll(() => everything(page)).not.toContain("hunter2");
  for (const tab of [page, other]) expect(await exported(tab)).not.toContain("hunter2");
  // A copy from before the erasure brings nothing back.
  await take(page, "before.json", before);
  await safe(page);
  await page.goto(`./#/incident/${id}`);
  await page.reload();
  await expect(line(page)).toBeVisible();
  expect(await everything(page)).not.toContain("hunter2");
  expect(await exported(page)).not.toContain("hunter2");
});
