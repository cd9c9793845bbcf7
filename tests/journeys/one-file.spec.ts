// Muster in one file, opened from disk: the whole of it, with nothing asked for.
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test as plain, watch } from "./fixture";
import { DIST } from "./host";
import { entry, events, exported, ids, note, safe, take } from "./stored";

type Disk = {
  /** A folder with the one file in it and nothing else. */
  folder: string;
  /** Its address, opened by double click. */
  file: string;
};

const test = plain.extend<Disk>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "muster-disk-"));
    await copyFile(join(DIST, "muster.html"), join(folder, "muster.html"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  file: async ({ folder }, use) => use(pathToFileURL(join(folder, "muster.html")).href),
  // What it asks for besides itself is a trouble.
  context: async ({ browser, locale, timezoneId, viewport, file, troubles }, use) => {
    const context = await browser.newContext({ locale, timezoneId, viewport });
    await watch(context, file, troubles);
    await use(context);
    await context.close();
  },
});

async function declare(page: Page, file: string, title: string): Promise<void> {
  await page.goto(`${file}#/declare`);
  await page.getByRole("textbox", { name: "What is broken?" }).fill(title);
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("an incident runs in it, is there again, and goes to those who have the site", async ({ page, file, profile }) => {
  await declare(page, file, "Card payments fail");
  await note(page, "Written from a stick.");
  await safe(page);
  await page.reload();
  await expect(entry(page, "Written from a stick.")).toBeVisible();

  // A second window on the same file hears of it at once.
  const beside = await page.context().newPage();
  await beside.goto(page.url());
  await note(page, "For both windows.");
  await expect(entry(beside, "For both windows.")).toBeVisible();

  await page.goto(`${file}#/share`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  const colleague = await (await profile()).newPage();
  await colleague.goto("./");
  await take(colleague, "from-a-stick.json", text);
  expect(ids(events(await exported(colleague)))).toEqual(ids(events(text)));
});

test("its policy lets nothing run or be asked for but what lies in it", async ({ page, file, troubles }) => {
  await page.goto(file);
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  const policy = (await page.locator("meta[http-equiv]").getAttribute("content")) ?? "";
  const hash = "'sha256-[A-Za-z0-9+/]{43}='";
  expect(policy).toMatch(
    new RegExp(
      `^default-src 'none'; script-src ${hash} 'wasm-unsafe-eval'; style-src ${hash}; img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default$`,
    ),
  );
  expect(troubles).toEqual([]);
  const refused = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    const style = document.createElement("style");
    style.append("body { color: red }");
    document.head.append(style);
    await fetch("https://example.org/").catch(() => seen.push("not asked"));
    const image = new Image();
    image.src = "https://example.org/x.png";
    document.body.append(image);
    await new Promise((done) => setTimeout(done, 300));
    return seen;
  });
  expect(refused).toEqual(expect.arrayContaining(["style-src-elem", "not asked", "img-src"]));
  // They were meant.
  troubles.length = 0;
});

test("a copy that was saved on the site knows the organisation", async ({ page, profile, folder, troubles }) => {
  const site = await (await profile()).newPage();
  const says = { services: [{ name: "Card terminal </script><b>" }] };
  await site.route("**/muster.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(says) }));
  await site.goto("./#/share");
  const [download] = await Promise.all([
    site.waitForEvent("download"),
    site.getByRole("button", { name: "Save Muster as one file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("muster.html");
  const saved = join(folder, "saved.html");
  await download.saveAs(saved);
  await expect(site.getByRole("status").filter({ hasText: "Saved muster.html" })).toBeVisible();
  await page.goto(`${pathToFileURL(saved).href}#/organisation`);
  await expect(page.getByText("Card terminal </script><b>").first()).toBeVisible();
  await page.goto(`${pathToFileURL(saved).href}#/settings`);
  await expect(page.getByRole("region", { name: "Without a network" })).toContainText("needs neither network nor host");
  await expect(page.getByRole("button", { name: "Save Muster as one file" })).toHaveCount(0);
  // The watch over this page was told of another file.
  expect(troubles.filter((trouble) => !trouble.startsWith("request: file:"))).toEqual([]);
  troubles.length = 0;
});

test("where the host does not give it, or something else answers, that is said", async ({ profile, troubles }) => {
  const site = await (await profile()).newPage();
  const asks = async (answer: { status?: number; body?: string }, words: RegExp) => {
    await site.unrouteAll();
    await site.route("**/muster.html", (route) => route.fulfill({ contentType: "text/html", ...answer }));
    await site.goto("./#/share");
    await site.getByRole("button", { name: "Save Muster as one file" }).click();
    await expect(site.getByRole("status").filter({ hasText: words })).toBeVisible();
  };
  await asks({ status: 404 }, /does not give muster.html now/);
  await asks({ body: "<h1>Log in to the network</h1>" }, /not Muster in one file/);
  await asks({ body: (await readFile(join(DIST, "muster.html"), "utf8")).slice(0, -100) }, /or not all of it/);
  await site.unrouteAll();
  for (const [answer, words] of [
    [{ status: 503 }, /without a muster.json: the host gave none/],
    [{ contentType: "application/json", body: "{" }, /without the muster.json: it is not JSON/],
  ] as const) {
    await site.route("**/muster.json", (route) => route.fulfill(answer));
    await Promise.all([site.waitForEvent("download"), site.getByRole("button", { name: "Save Muster as one file" }).click()]);
    await expect(site.getByRole("status").filter({ hasText: words })).toBeVisible();
    await site.unrouteAll();
  }
  // The refusal is an error on the console, and was meant.
  troubles.length = 0;
});

test("a browser that is too old for it says so and gives out what is stored", async ({ page, file, troubles }) => {
  await declare(page, file, "Card payments fail");
  await safe(page);
  await page.addInitScript("delete window.DecompressionStream");
  await page.reload();
  const box = page.locator("#stopped");
  await expect(box).toBeVisible();
  await expect(box).toContainText("DecompressionStream");
  const [download] = await Promise.all([page.waitForEvent("download"), box.getByRole("button", { name: "Download what is stored" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toContain("Card payments fail");
  expect(troubles).toEqual([]);
});

test("the folder of the site, opened from disk, points to it", async ({ page, folder, troubles }) => {
  for (const name of ["index.html", "start.js"]) await copyFile(join(DIST, name), join(folder, name));
  await page.goto(pathToFileURL(join(folder, "index.html")).href);
  await page.getByRole("link", { name: "muster.html" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  // The browser's complaint of what it does not load from disk is why the line is there.
  troubles.length = 0;
});
