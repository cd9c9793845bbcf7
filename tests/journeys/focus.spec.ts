// The focus: seen wherever it is, in the order of the page, never trapped, never covered, never lost.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { ACTS, DOT, anything, damage, declare, dialog, escape, fewOf, key, open, openSample, send, tab, takeIn, SIZES } from "./walks";

test.use({ actionTimeout: 10_000 });

/** Where the focus is, and what is wrong with how it shows. */
type Stop = { index: number; name: string; troubles: string[] };

/** Everything that Tab should reach, in the order of the page; kept in the page for `stop`. */
function tabbables(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]")];
    const reachable = all.filter((element) => {
      if (element.tabIndex < 0 || (element as HTMLInputElement).disabled) return false;
      if (!element.matches(".skip") && !element.checkVisibility({ visibilityProperty: true })) return false;
      // A group of radio buttons is one stop.
      if (element.matches("[type=radio]")) {
        const group = [...document.querySelectorAll<HTMLInputElement>(`[name=${(element as HTMLInputElement).name}]`)];
        return element === (group.find((one) => one.checked) ?? group[0]);
      }
      return true;
    });
    (window as any).reachable = reachable;
    return reachable.map((element) => element.id || element.getAttribute("aria-label") || element.textContent!.trim().slice(0, 30));
  });
}

function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const troubles: string[] = [];
    const name = at.id || at.getAttribute("aria-label") || at.textContent!.trim().slice(0, 30);
    const shows = (element: Element | null) => {
      if (!element) return false;
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/rgba\(.*, 0\)/.test(style.outlineColor);
    };
    if (at !== document.body) {
      if (![at, at.closest(".card"), at.closest("label")].some(shows)) troubles.push(`${name}: no outline`);
      const target = at.matches("[type=radio]") ? at.closest("label")! : at;
      const box = target.getBoundingClientRect();
      const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
      const reached = points.filter(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (target.contains(top) || top.contains(target) || at.closest(".card")?.contains(top));
      });
      if (reached.length < 3) troubles.push(`${name}: covered, or outside the screen, at ${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}×${Math.round(box.height)}`);
    }
    return { index: ((window as any).reachable as Element[]).indexOf(at), name, troubles };
  });
}

/** Tabs through the whole page and back. */
async function tabThrough(page: Page): Promise<string[]> {
  const names = await tabbables(page);
  const troubles: string[] = [];
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator(".skip").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  for (let expected = 0; expected < names.length; expected += 1) {
    const here = await stop(page);
    troubles.push(...here.troubles);
    if (here.index !== expected) {
      troubles.push(`stop ${expected} should be “${names[expected]}” and is “${here.name}”`);
      return troubles;
    }
    await page.keyboard.press("Tab");
  }
  // Past the last one the page lets go: there is no trap.
  const beyond = await stop(page);
  if (beyond.index > 0) troubles.push(`after the last stop comes “${beyond.name}”`);
  return troubles;
}

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  "an empty board": (page) => open(page, "#/", "Nothing is open."),
  "a board": async (page) => {
    await openSample(page);
    await declare(page, "Search is slow");
    await takeIn(page, fewOf(3));
    await open(page, "#/", /open/);
  },
  "declaring": async (page) => {
    await open(page, "#/declare", "Declare an incident");
    await page.getByText("When it began, which service").click();
  },
  "a room": (page) => openSample(page),
  "sharing": async (page) => {
    await declare(page, "Search is slow");
    await open(page, "#/share", "Share");
    await page.getByLabel("Import file").setInputFiles(fewOf(2));
    await expect(page.getByRole("heading", { name: "What it brings" })).toBeFocused();
  },
  "the settings": async (page) => {
    await declare(page, "Search is slow");
    await open(page, "#/settings", "Settings");
    await page.getByText("Remove an incident from this device").click();
  },
  "the guide": (page) => open(page, "#/guide", "The six stages"),
};

for (const [name, go] of Object.entries(SCREENS)) {
  test(`Tab goes through all of ${name} in order, is seen at each stop, and comes out`, async ({ page }) => {
    test.setTimeout(120_000);
    await go(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      expect(await tabThrough(page), `${size.width} px`).toEqual([]);
    }
  });
}

test("Shift+Tab goes the same way back", async ({ page }) => {
  await openSample(page);
  const names = await tabbables(page);
  // Minutes pass meanwhile.
  const timeless = (name?: string) => name?.replace(/\d+/g, "0");
  await page.locator("#just-happened").focus();
  for (let expected = names.indexOf("just-happened"); expected >= 0; expected -= 1) {
    const here = await stop(page);
    expect({ ...here, name: timeless(here.name) }).toEqual({ index: expected, name: timeless(names[expected]), troubles: [] });
    await page.keyboard.press("Shift+Tab");
  }
});

test("the first stop leads past the head", async ({ page }) => {
  await openSample(page);
  const address = page.url();
  await page.locator(".skip").focus();
  await expect(page.locator(".skip")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  expect(page.url()).toBe(address);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement!.closest("main") !== null)).toBe(true);
});

/** Nothing is lost: something that is seen has the focus, now and when all has settled. */
async function expectFocus(page: Page, after: string): Promise<void> {
  const where = () =>
    page.evaluate(async () => {
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
      const at = document.activeElement;
      if (!at || at === document.body || at === document.documentElement) return "lost";
      return at.checkVisibility() ? "held" : "hidden";
    });
  await expect.poll(where, { message: `focus after ${after}`, timeout: 3_000 }).toBe("held");
  // It stays so when what was begun has been written to the stores.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  expect(await where(), `focus some time after ${after}`).toBe("held");
}

test.describe("the focus is never lost", () => {
  test("going from screen to screen", async ({ page }) => {
    await openSample(page);
    for (const name of ["Share", "Guide", "Settings", "Board"]) {
      await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name }).press("Enter");
      await expect(page.locator("h1")).toBeFocused();
    }
    await page.getByRole("link", { name: "Card payments fail" }).first().press("Enter");
    await expect(page.locator("h1")).toBeFocused();
    await page.goBack();
    await expect(page.locator("h1")).toBeFocused();
    await page.goForward();
    await expect(page.locator("h1")).toBeFocused();
    await page.keyboard.press("d");
    await expect(page.locator("#what")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.evaluate(() => void (location.hash = "#/nowhere"));
    await expect(page.locator("h1")).toBeFocused();
  });

  test("each form: opened by its button, Escape gives the focus back to it", async ({ page }) => {
    test.setTimeout(120_000);
    await openSample(page);
    for (const act of ACTS) {
      const button = anything(page, act);
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(dialog(page)).toBeVisible();
      await expect.poll(() => page.evaluate(() => document.querySelector("dialog[open]")!.contains(document.activeElement)), { message: act }).toBe(true);
      await page.keyboard.press("Escape");
      await expect(dialog(page)).toHaveCount(0);
      await expect(button, act).toBeFocused();
    }
  });

  test("a form opened by its key gives the focus back to where it was; by × as by Escape", async ({ page }) => {
    await openSample(page);
    for (const name of ["u", "c", "a", "?", "Control+k"]) {
      await page.getByRole("tab", { selected: true }).focus();
      await page.keyboard.press(name);
      await expect(dialog(page)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("tab", { selected: true }), name).toBeFocused();
      await page.keyboard.press(name);
      // An opening form takes the focus a frame later.
      await expect(dialog(page).locator(":focus")).toHaveCount(1);
      await dialog(page).getByRole("button", { name: "Close", exact: true }).press("Enter");
      await expect(dialog(page)).toHaveCount(0);
      await expect(page.getByRole("tab", { selected: true }), name).toBeFocused();
    }
  });

  test("who is quicker than the opening form's first frame keeps the button that they went to", async ({ page }) => {
    await openSample(page);
    await page.evaluate(() => {
      const goesOn = new MutationObserver(() => document.querySelector<HTMLElement>("dialog[open] form [type=submit]")?.focus());
      goesOn.observe(document.body, { subtree: true, attributeFilter: ["open"] });
    });
    await key(page, "u");
    await expect(dialog(page)).toBeVisible();
    await page.evaluate(async () => {
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
    });
    await expect(dialog(page).locator("form [type=submit]")).toBeFocused();
  });

  test("classifying is a digit and Enter: the form opens at its first question", async ({ page }) => {
    await declare(page, "Card payments fail", "");
    await key(page, "c");
    const effect = dialog(page).getByRole("radiogroup", { name: "Effect" }).getByRole("radio");
    await expect(effect.first()).toBeFocused();
    await page.keyboard.press("2");
    await expect(effect.nth(1)).toBeChecked();
    await expect(effect.nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveCount(0);
    // Opened again, it begins at what was answered.
    await key(page, "c");
    await expect(effect.nth(1)).toBeFocused();
    await escape(page);
    // What decides at priority 2 is asked by itself.
    await declare(page, "Search is slow", "221");
    await page.locator("#next-step").press("Enter");
    await expect(dialog(page).getByRole("checkbox").first()).toBeFocused();
  });

  test("Tab stays within an open form, and reaches all of it", async ({ page }) => {
    await openSample(page);
    await key(page, "u");
    await expect(dialog(page).getByLabel("Text")).toBeFocused();
    const seen = new Set<string>();
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const active = document.activeElement!;
        return active.closest("dialog") ? active.getAttribute("aria-label") || (active as HTMLInputElement).labels?.[0]?.textContent || active.textContent! : active.tagName;
      });
      seen.add(at);
    }
    // The browser's own bars lie between the last stop and the first.
    seen.delete("BODY");
    expect([...seen].map((name) => name.replace(/Ctrl Enter|Enter/, "")).sort()).toEqual(["By", "Close", "Copy the text", "It was sent", "Next update by", "Phase", "Sent at", "Text", "To", "Where it can be found"]);
  });

  test("sending each form", async ({ page }) => {
    test.setTimeout(180_000);
    await openSample(page);
    await declare(page, "Card payments fail");
    const words: Record<string, string | undefined> = {
      "Words for outsiders": "card payments that fail", "Write an update": "We are looking into it.", "Say who was called": "Payments on call", "Somebody joined": "Kim", "Name a bridge": "Room 4",
      "A service is hit": "Checkout", "Raise a hypothesis": "A certificate has expired", "A change was made": "Timeouts halved", "Write a decision": "Roll back", "Record a problem": "The limit is too low", "A workaround is in place": "Other cards",
      "Paste lines from a chat or a log": "02:13 first errors", "Add a picture": "The error rate", "A fix is in place": "A new certificate", "Plan a check": "Less than 1 % of orders fail", "Check recovery": "Orders a minute", "State a time": "5 min ago", "Write a summary": "Cards time out.", "Give a role": "Kim", "Add a task": "Drain the queue",
    };
    for (const act of ACTS.filter((act) => act !== "Same outage as another")) {
      await anything(page, act).focus();
      await page.keyboard.press("Enter");
      await expect(dialog(page).locator("button[type=submit]")).toBeVisible();
      if (act === "Add a picture") {
        await dialog(page).getByLabel("Picture").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
        await expect(dialog(page)).toContainText("1 × 1 pixels");
      }
      if (words[act] !== undefined) await dialog(page).locator("input[type=text], textarea").first().fill(words[act]!);
      await dialog(page).locator("button[type=submit]").focus();
      await page.keyboard.press("Enter");
      await expect(dialog(page), act).toHaveCount(0);
      await expectFocus(page, act);
    }
    await page.getByRole("button", { name: "Reopen" }).first().focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeVisible();
    await send(page);
    await expectFocus(page, "opening it again");
  });

  test("doing the next step, again and again", async ({ page }) => {
    test.setTimeout(180_000);
    await declare(page, "Card payments fail");
    for (let step = 0; step < 12; step += 1) {
      const title = await page.locator(".next-title").textContent();
      await page.locator("#next-step").focus();
      await page.keyboard.press("Enter");
      await expect(dialog(page).or(page.locator(".next-title").filter({ hasNotText: title! }))).toBeVisible();
      if (await dialog(page).count()) {
        for (const field of await dialog(page).getByRole("textbox").all()) if (!(await field.inputValue()) && (await field.getAttribute("placeholder")) === null) await field.fill("as agreed");
        await dialog(page).locator("button[type=submit]").focus();
        await page.keyboard.press("Enter");
        await expect(dialog(page), title!).toHaveCount(0);
      }
      await expectFocus(page, title!);
      await expect(page.locator("#next-step"), title!).toBeFocused();
    }
  });

  test("the lists of the guide: each button that writes at once, or makes its own row go", async ({ page }) => {
    await openSample(page);
    await page.getByRole("button", { name: /does not apply here/ }).first().press("Enter");
    await send(page, "There is none");
    await expectFocus(page, "what does not apply");
    await page.locator(".also .button").first().press("Enter");
    if (await dialog(page).count()) await send(page);
    await expectFocus(page, "another step");
    await page.locator(".dues summary").first().press("Enter");
    await page.locator(".dues .button").first().press("Enter");
    await send(page, "We are looking into it.");
    await expectFocus(page, "a due thing");
    await page.getByRole("button", { name: "Downgrade" }).press("Enter");
    await send(page, "It is small");
    await expectFocus(page, "downgrading");
    await page.getByRole("button", { name: "Make it a major incident" }).press("Enter");
    await expectFocus(page, "making it a major incident");
  });

  test("the lists of the work", async ({ page }) => {
    await openSample(page);
    const services = await tab(page, "Services");
    await services.getByRole("button", { name: "Works again" }).first().press("Enter");
    await expectFocus(page, "a service works again");
    await services.getByRole("button", { name: "Works again" }).first().press("Enter");
    await expectFocus(page, "the last service works again");
    const people = await tab(page, "People");
    await people.getByRole("button", { name: "Release" }).first().press("Enter");
    await send(page);
    await expectFocus(page, "releasing a role");
    await anything(page, "A workaround is in place").press("Enter");
    await send(page, "Other cards");
    const causes = await tab(page, "Causes");
    await causes.getByRole("button", { name: "Was removed" }).press("Enter");
    await send(page, "Not needed");
    await expectFocus(page, "a workaround that was removed");
  });

  test("what a row's button has done leaves the focus in that row, or at the next that is left", async ({ page }) => {
    await declare(page, "Card payments fail");
    for (const task of ["Drain the queue", "Tell the shops"]) {
      await anything(page, "Add a task").click();
      await send(page, task);
    }
    const tasks = await tab(page, "Tasks");
    const button = (name: string) => tasks.getByRole("button", { name, exact: true });
    await button("Begin “Drain the queue”").press("Enter");
    await expect(button("Done “Drain the queue”")).toBeFocused();
    await expectFocus(page, "beginning a task");
    await expect(button("Done “Drain the queue”")).toBeFocused();
    await page.keyboard.press("Enter");
    await send(page);
    await expect(button("Begin “Tell the shops”")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(button("Done “Tell the shops”")).toBeFocused();
    await page.keyboard.press("Enter");
    await send(page);
    // None of the list has a button in sight any more: the row itself is left.
    await expect(tasks.getByRole("list", { name: "Tasks" }).locator(":focus")).toHaveCount(1);

    for (const change of ["Timeouts halved", "Caches doubled"]) {
      await anything(page, "A change was made").click();
      await send(page, change);
    }
    const causes = await tab(page, "Causes");
    const suspect = causes.getByRole("button", { name: "It might be this" });
    await suspect.first().press("Enter");
    await expect(suspect).toHaveCount(1);
    await expect(suspect).toBeFocused();
    await suspect.press("Enter");
    await expect(suspect).toHaveCount(0);
    await expect(causes.locator(":focus")).toHaveCount(1);

    await anything(page, "Give a role").click();
    await send(page, "Kim");
    const people = await tab(page, "People");
    const held = people.locator(".items > li").filter({ has: page.getByRole("button", { name: "Release" }) });
    const role = (await held.first().locator("b").first().textContent())!;
    await held.first().getByRole("button", { name: "Release" }).press("Enter");
    await send(page);
    const free = people.locator(".items > li").filter({ has: page.locator("b", { hasText: role }) });
    await expect(free.first().getByRole("button", { name: "Give" })).toBeFocused();
  });

  test("on a phone the page stays where it is when a task is begun", async ({ page }) => {
    await declare(page, "Card payments fail");
    for (const task of ["Drain the queue", "Tell the shops", "Call the bank"]) {
      await anything(page, "Add a task").click();
      await send(page, task);
    }
    await page.setViewportSize({ width: 390, height: 480 });
    await page.getByRole("navigation", { name: "Parts of the room" }).getByRole("button", { name: "Work" }).click();
    await (await tab(page, "Tasks")).getByRole("button", { name: "Begin “Call the bank”" }).click();
    const done = page.getByRole("button", { name: "Done “Call the bank”" });
    await expect(done).toBeFocused();
    await expectFocus(page, "beginning a task");
    await expect(done).toBeInViewport();
  });

  test("undo, by its key and by its button, and putting back from the notice", async ({ page }) => {
    await declare(page, "Card payments fail");
    await page.getByLabel("What just happened?").fill("First errors");
    await page.getByLabel("What just happened?").press("Enter");
    await expectFocus(page, "writing down");
    await expect(page.getByLabel("What just happened?")).toBeFocused();
    await page.locator(".log li").first().getByRole("button", { name: "What to do with this entry" }).focus();
    await page.keyboard.press("z");
    await expect(page.locator(".log .gone")).toHaveCount(1);
    await expectFocus(page, "undo from the row that it takes back");
    await page.locator(".notice").getByRole("button", { name: "Put it back" }).press("Enter");
    await expect(page.locator(".notice")).toContainText("Put back");
    await expectFocus(page, "putting back");
    await page.locator(".notice").getByRole("button", { name: "Dismiss" }).press("Enter");
    await expect(page.locator(".notice")).toHaveCount(0);
    await expectFocus(page, "dismissing a notice");
    await page.getByRole("button", { name: "Undo", exact: true }).press("Enter");
    await expectFocus(page, "undo");
  });

  test("an entry's menu: taken back, put back, corrected, erased", async ({ page }) => {
    await openSample(page);
    const entry = page.locator(".log li", { hasText: "3 of 5 test cards" });
    const menu = entry.getByRole("button", { name: "What to do with this entry" });
    await menu.press("Enter");
    await entry.getByRole("button", { name: "Copy" }).focus();
    await page.keyboard.press("Escape");
    await expect(menu).toBeFocused();
    await menu.press("Enter");
    await entry.getByRole("button", { name: "Take back" }).press("Enter");
    await expectFocus(page, "taking an entry back");
    await entry.getByRole("button", { name: "Put it back" }).press("Enter");
    await expectFocus(page, "putting an entry back");
    await menu.press("Enter");
    await entry.getByRole("button", { name: "Correct the words" }).press("Enter");
    await dialog(page).getByRole("textbox").fill("4 of 5 test cards pass");
    await dialog(page).locator("button[type=submit]").press("Enter");
    const corrected = page.locator(".log li", { hasText: "4 of 5 test cards" });
    await expect(corrected).toBeVisible();
    await expectFocus(page, "correcting an entry");
    await corrected.getByRole("button", { name: "What it said first" }).press("Enter");
    await expect(corrected).toContainText("3 of 5 test cards");
    await expectFocus(page, "reading what it said first");
    await corrected.getByRole("button", { name: "What to do with this entry" }).press("Enter");
    await corrected.getByRole("button", { name: "Erase for good" }).press("Enter");
    await send(page, "A password was in it");
    await expectFocus(page, "erasing an entry");
  });

  test("rows that go: the sample on the board, an incident in the settings", async ({ page }) => {
    await openSample(page);
    await declare(page, "Search is slow");
    await open(page, "#/", /open/);
    await page.getByRole("button", { name: "Remove the sample" }).press("Enter");
    await expect(page.getByRole("button", { name: "Remove the sample" })).toHaveCount(0);
    await expectFocus(page, "removing the sample");
    await open(page, "#/settings", "Settings");
    await page.getByText("Remove an incident from this device").press("Enter");
    await page.getByRole("button", { name: "Remove Search is slow" }).press("Enter");
    await dialog(page).getByRole("button", { name: "Remove" }).press("Enter");
    await expect(dialog(page)).toHaveCount(0);
    await expectFocus(page, "removing an incident");
  });

  test("taking files in: taken, left, undone, refused", async ({ page }) => {
    await open(page, "#/share", "Share");
    const input = page.getByLabel("Import file");
    await input.setInputFiles(fewOf(2));
    await expect(page.getByRole("heading", { name: "What it brings" })).toBeFocused();
    await page.getByRole("button", { name: "Leave it" }).press("Enter");
    await expectFocus(page, "leaving a file");
    await input.setInputFiles(fewOf(2));
    await expect(page.getByRole("heading", { name: "What it brings" })).toBeFocused();
    await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
    await expect(page.getByRole("button", { name: "Undo the import" })).toBeVisible();
    await expectFocus(page, "taking a file in");
    await page.getByRole("button", { name: "Undo the import" }).press("Enter");
    await expect(page.getByRole("button", { name: "Undo the import" })).toHaveCount(0);
    await expectFocus(page, "undoing an import");
  });

  test("a trouble that was understood", async ({ page }) => {
    await damage(page);
    await page.getByRole("button", { name: "Understood" }).first().press("Enter");
    await expect(page.getByRole("button", { name: "Understood" })).toHaveCount(0);
    await expectFocus(page, "understanding a trouble");
  });

  test("what another tab does to the row that has the focus", async ({ page, context }) => {
    await declare(page, "Card payments fail");
    await anything(page, "Raise a hypothesis").click();
    await send(page, "A certificate has expired");
    const causes = await tab(page, "Causes");
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByRole("heading", { level: 1, name: "Card payments fail" })).toBeVisible();
    await page.bringToFront();
    await causes.getByRole("button", { name: "Decide" }).first().focus();
    await anything(other, "Raise a hypothesis").evaluate((button) => (button as HTMLElement).click());
    await dialog(other).getByRole("textbox").first().fill("A disk is full");
    await dialog(other).locator("button[type=submit]").evaluate((button) => (button as HTMLElement).click());
    await expect(causes.getByText("A disk is full")).toBeVisible();
    await expectFocus(page, "what another tab wrote");
    expect(await page.evaluate(() => document.activeElement!.closest("[role=tabpanel]") !== null)).toBe(true);
  });
});
