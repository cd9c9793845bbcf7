// The site opens without its host, whole; a newer one comes when the person says so; and where a
// browser keeps nothing, the page says it.
import { readdir } from "node:fs/promises";
import { chromium, type Page } from "@playwright/test";
import { expect, test as plain, watch } from "./fixture";
import { Host } from "./host";
import { entry, note, safe } from "./stored";

/** Only here do workers run: everywhere else a journey is about the files that the host gives. */
const test = plain.extend<{ host: Host; person: Page }>({
  host: async ({}, use) => {
    const host = await Host.up();
    await use(host);
    await host.gone();
  },
  // One person, who comes back to the same browser.
  person: async ({ browser, host, locale, timezoneId, troubles }, use) => {
    const context = await browser.newContext({ baseURL: host.address, locale, timezoneId, serviceWorkers: "allow" });
    await watch(context, host.address, troubles);
    await use(await context.newPage());
    await context.close();
  },
});

const kept = (page: Page) => expect(page.locator("html[data-kept=kept]")).toBeAttached();
const newer = (page: Page) => page.locator(".banner", { hasText: "A newer Muster lies ready." });
/** Which build a page came from: the tests mark them. */
const built = (page: Page) => page.locator("meta[name=description]").getAttribute("content");
const marked = (mark: string) => (html: Buffer) => html.toString().replace("Runs a major incident from a static page.", mark);

async function declare(page: Page, title: string): Promise<void> {
  await page.goto("./#/declare");
  await page.getByRole("textbox", { name: "What is broken?" }).fill(title);
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("opens without its host, with all that it held", async ({ host, person }) => {
  host.instead.set("muster.json", { kind: "application/json", body: JSON.stringify({ services: [{ name: "Card terminal" }] }) });
  await declare(person, "Card payments fail");
  await note(person, "Written before the host went.");
  await safe(person);
  await kept(person);
  await host.stop();

  await person.reload();
  await expect(entry(person, "Written before the host went.")).toBeVisible();
  await note(person, "Written without a host.");
  await safe(person);

  // Another tab, by the address alone; and every screen is there, not only the one that was open.
  const tab = await person.context().newPage();
  await tab.goto("./");
  await tab.getByRole("link", { name: /Card payments fail/ }).first().click();
  await expect(entry(tab, "Written without a host.")).toBeVisible();
  for (const screen of ["measures", "runbooks", "drills", "share", "guide", "settings", "organisation"]) {
    await tab.goto(`./#/${screen}`);
    await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
  }
  // What the host had said of the organisation is known, too.
  await tab.goto("./#/organisation");
  await expect(tab.getByText("Card terminal").first()).toBeVisible();
  await tab.goto("./index.html#/settings");
  await expect(tab.getByRole("region", { name: "Without a network" })).toContainText("opens without network, and without its host");
});

test("a newer one waits until the person says so, and loses nothing", async ({ host, person }) => {
  await declare(person, "Card payments fail");
  await note(person, "Written in the old one.");
  await safe(person);
  await kept(person);
  await host.build("index.html", marked("The new one."));

  await person.reload();
  await expect(newer(person)).toBeVisible();
  expect(await built(person), "nothing changes by itself").toBe("Runs a major incident from a static page.");
  const other = await person.context().newPage();
  await other.goto("./");
  await expect(newer(other)).toBeVisible();
  await other.getByRole("button", { name: "Later" }).click();
  await expect(newer(other)).toHaveCount(0);

  await person.getByRole("button", { name: "Use it now" }).click();
  await expect.poll(() => built(person).catch(() => undefined)).toBe("The new one.");
  await expect(entry(person, "Written in the old one.")).toBeVisible();
  await expect(newer(person)).toHaveCount(0);
  // The other tab goes on as it was, and writes.
  await other.getByRole("link", { name: /Card payments fail/ }).first().click();
  await note(other, "From the tab with the old one.");
  await expect(entry(person, "From the tab with the old one.")).toBeVisible();
  await host.stop();
  await person.reload();
  expect(await built(person)).toBe("The new one.");
});

test("half of a newer one is none: a host between two versions breaks nothing", async ({ host, person }) => {
  await declare(person, "Card payments fail");
  await kept(person);
  const style = (await readdir(host.folder)).find((name) => name.endsWith(".css"))!;
  // The new worker is there already, and one of its files is still being copied.
  await host.build(style, (css) => `${css}/* new */`);
  await host.change(style, (css) => css.subarray(0, 1000));
  await host.build("index.html", marked("The new one."));
  const tried = person.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return new Promise((done) => {
      registration!.onupdatefound = () => {
        const taking = registration!.installing!;
        taking.onstatechange = () => taking.state === "redundant" && done("broke off");
      };
      void registration!.update().catch(() => undefined);
    });
  });
  expect(await tried).toBe("broke off");
  await person.reload();
  expect(await built(person)).toBe("Runs a major incident from a static page.");
  await expect(newer(person)).toHaveCount(0);
  await person.goto("./#/settings");
  await expect(person.getByRole("region", { name: "Without a network" })).toContainText("a file of it is not what was built");
  await host.stop();
  await person.goto("./");
  await person.getByRole("link", { name: /Card payments fail/ }).first().click();
  await expect(person.getByRole("heading", { level: 1, name: "Card payments fail" })).toBeVisible();
});

test("what the browser dropped is taken in again, and a host that leads elsewhere is no hindrance", async ({ host, person }) => {
  await person.goto("./");
  await kept(person);
  // The browser is short of room.
  await person.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await person.reload();
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  await expect.poll(() => person.evaluate(async () => Boolean(await caches.match("./")))).toBe(true);
  await host.stop();
  await person.reload();
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  await person.goto("./#/settings");
  await expect(person.getByRole("region", { name: "Without a network" })).toContainText("The host could not be asked for a newer one.");
});

test("a host that leads the folder's address elsewhere is kept all the same", async ({ host, person }) => {
  host.instead.set("index.html", { leads: "page.html" });
  host.instead.set("page.html", { file: "index.html" });
  await person.goto("./");
  await kept(person);
  await person.goto("about:blank");
  await person.goto("./");
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  await host.stop();
  await person.reload();
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
});

test("a try to take the same build in again that fails costs nothing", async ({ host, person, troubles }) => {
  await person.goto("./");
  await kept(person);
  const all = await person.evaluate(async () => (await caches.keys()).length);
  // The worker is another, and the rest of its build does not come.
  await host.change("worker.js", (worker) => `${worker}\n// Another.\n`);
  host.instead.set("start.js", { status: 500, body: "no" });
  await person.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration!.update().catch(() => undefined);
  });
  await expect(person.locator("html[data-newer=failed]")).toBeAttached();
  expect(await person.evaluate(async () => (await caches.keys()).length)).toBe(all);
  await host.stop();
  await person.reload();
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  // The host's refusal is an error on the console, and was meant.
  troubles.length = 0;
});

test("one that cannot start gives way to the next", async ({ host, person, troubles }) => {
  const program = (await readdir(host.folder)).find((name) => name.endsWith(".wasm"))!;
  let bytes: Buffer = Buffer.of();
  // A build that is broken in itself, kept whole as it is.
  await host.build(program, (content) => {
    bytes = content;
    return content.subarray(0, 100);
  });
  await person.goto("./");
  await expect(person.locator("#stopped")).toBeVisible();
  await kept(person);
  await host.build(program, () => bytes);
  await person.reload();
  await expect(person.locator("#stopped")).toBeVisible();
  await expect(person.locator("html[data-newer=waits]")).toBeAttached();
  await person.getByRole("button", { name: "Reload" }).click();
  await expect(person.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  troubles.length = 0;
});

test("what the host says of the organisation is new where there is a host, and stays where there is none", async ({ host, person, troubles }) => {
  const says = (service: string) => host.instead.set("muster.json", { kind: "application/json", body: JSON.stringify({ services: [{ name: service }] }) });
  const shows = async (service: string) => {
    await person.goto("./#/organisation");
    await person.reload();
    await expect(person.getByText(service).first()).toBeVisible();
  };
  says("Card terminal");
  await person.goto("./");
  await kept(person);
  await shows("Card terminal");
  says("Cash desk");
  await shows("Cash desk");
  await expect(person.getByText("Card terminal")).toHaveCount(0);
  // A network that wants a login answers everything with its own page; a host may be half dead.
  host.instead.set("muster.json", { kind: "text/html", body: "<h1>Log in</h1>" });
  await shows("Cash desk");
  host.instead.set("muster.json", { status: 503, kind: "text/plain", body: "busy" });
  await shows("Cash desk");
  // What stands before a host that is down may answer that nothing is there.
  host.instead.set("muster.json", { status: 404, kind: "application/json", body: "{}" });
  await shows("Cash desk");
  host.instead.set("muster.json", { kind: "text/plain", body: "OK" });
  await shows("Cash desk");
  // A wrong one is the host's word, and told; the one that was right comes back without it.
  host.instead.set("muster.json", { kind: "application/json", body: '{"services": [' });
  await person.reload();
  await expect(person.getByRole("status").filter({ hasText: "muster.json" })).toBeVisible();
  await host.stop();
  await shows("Cash desk");
  await host.start();
  // The host takes it back.
  host.instead.set("muster.json", { kind: "application/json", body: "{}" });
  await person.reload();
  await expect(person.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(person.getByText("Cash desk")).toHaveCount(0);
  // The browser notes each refusal, and was meant to.
  troubles.length = 0;
});

test("on plain http the page says that it is not kept, and offers the file that is", async ({ host, troubles }) => {
  const { launchOptions } = plain.info().project.use;
  const args = [...(launchOptions?.args ?? []), "--host-resolver-rules=MAP muster.test 127.0.0.1"];
  const browser = await chromium.launch({ ...launchOptions, args });
  const context = await browser.newContext();
  await watch(context, host.addressByName, troubles);
  const page = await context.newPage();
  await page.goto(`${host.addressByName}#/settings`);
  const region = page.getByRole("region", { name: "Without a network" });
  await expect(region).toContainText("browsers keep pages only from https addresses");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    region.getByRole("button", { name: "Save Muster as one file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("muster.html");
  await browser.close();
});
