// Durable for real: every process of the browser is ended by force the moment after the screen
// shows an action as safe; opened again on the same profile, it is there.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { expect, test, watch } from "./fixture";
import { declare, entry, line, note, safe, take } from "./stored";
import { anything, dialog, goOn, key, send } from "./walks";
import { RoomScreen } from "./screens/room";

// A trace would slow down what is measured, and is lost with the browser anyway.
test.use({ trace: "off" });
test.skip(process.platform !== "linux", "the browser's processes are found by /proc");

/** Every process of the browser that runs on this profile: those that name it, and their children. */
async function processes(profile: string): Promise<number[]> {
  const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, what: string) => readFile(`/proc/${pid}/${what}`, "utf8").catch(() => "");
  const found = new Set<string>();
  const parents = new Map<string, string>();
  for (const pid of all) {
    if ((await read(pid, "cmdline")).includes(profile)) found.add(pid);
    parents.set(pid, (await read(pid, "stat")).replace(/^.*\) \S /s, "").split(" ")[0] ?? "");
  }
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].map(Number).filter((pid) => pid !== process.pid);
}

/** Ends the whole browser by force, `known` of it at once, and waits until nothing of it is left. */
async function kill(profile: string, known: number[]): Promise<void> {
  known.forEach(end);
  await expect
    .poll(async () => {
      const left = await processes(profile);
      left.forEach(end);
      return left;
    })
    .toEqual([]);
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

type Deed = {
  name: string;
  /** Does it, as a person does. */
  act: (page: Page) => Promise<void>;
  /** Where it shows, now and after the browser was opened again. */
  shows: (page: Page) => Promise<void>;
  /** Whether it still shows when everything else was done. */
  stays?: boolean;
};

const wrote = (words: string): Deed => ({
  name: `a note: ${words}`,
  act: (page) => note(page, words),
  shows: (page) => expect(entry(page, words)).toBeVisible(),
  stays: true,
});

/** Fills a form of the room: its button, its first field, and where that shows. */
const form = (button: string, words: string): Deed => ({
  name: button,
  act: async (page) => {
    await anything(page, button).click();
    await send(page, words);
  },
  shows: (page) => expect(entry(page, words).first()).toBeVisible(),
  stays: true,
});

/** A file with somebody's remark in this incident. */
const remarks = (id: string): string => {
  const event = { body: { text: "From a colleague's file" }, kind: "note", noted: "2026-11-24T12:00:00.000Z", seq: 1, tick: 2, writer: "0123456789abcdef" };
  return JSON.stringify({ format: "muster", version: 1, requires: [], logs: [{ scope: id, events: [event], heads: [] }] });
};

/** A deed each time: between them every way in which something is written down. */
const DEEDS: Deed[] = [
  wrote("Pages time out."),
  {
    name: "classified",
    act: async (page) => {
      await key(page, "c");
      for (const group of ["Effect", "Scope", "Urgency"]) {
        await dialog(page).getByRole("radiogroup", { name: group }).getByRole("radio").first().check();
      }
      await dialog(page).getByRole("button", { name: "Classify", exact: true }).click();
      await expect(dialog(page)).toHaveCount(0);
    },
    shows: (page) => expect(page.getByRole("region", { name: "Status" })).toContainText("P1"),
  },
  {
    name: "gave a role",
    act: async (page) => {
      await anything(page, "Give a role").click();
      await dialog(page).getByLabel("Role").selectOption({ label: "Major incident manager" });
      await dialog(page).getByLabel("Who").fill("The night shift");
      await dialog(page).getByLabel("That is me").setChecked(false);
      await dialog(page).getByRole("button", { name: "Give the role" }).click();
      await expect(dialog(page)).toHaveCount(0);
    },
    shows: (page) => expect(page.getByRole("region", { name: "Status" })).toContainText("The night shift"),
  },
  {
    name: "went on to the next stage",
    act: goOn,
    shows: (page) => expect(page.locator(".stages [aria-current]")).toContainText("Escalate"),
  },
  form("Raise a hypothesis", "The pool is too small"),
  wrote("Vendor was called"),
  {
    name: "took a note back",
    act: async (page) => {
      await note(page, "Wrong room.");
      await expect(entry(page, "Wrong room.")).toBeVisible();
      await page.getByRole("button", { name: "Undo", exact: true }).click();
    },
    shows: (page) => expect(entry(page, "Wrong room.")).toContainText("taken back"),
  },
  {
    name: "took a file in",
    act: async (page) => {
      const room = page.url();
      await take(page, "theirs.json", remarks(new URL(room).hash.replace("#/incident/", "")));
      await page.getByRole("link", { name: "Open it" }).click();
    },
    shows: async (page) => {
      await new RoomScreen(page).earlier();
      await expect(entry(page, "From a colleague's file")).toBeVisible();
    },
    stays: true,
  },
  form("Write a decision", "We fail over at ten"),
  form("A service is hit", "Login"),
  {
    name: "corrected the words",
    act: async (page) => {
      await entry(page, "Vendor was called").getByRole("button", { name: "What to do" }).click();
      await page.getByRole("button", { name: "Correct the words" }).click();
      await send(page, "Vendor was called twice.");
    },
    shows: (page) => expect(entry(page, "Vendor was called twice.")).toBeVisible(),
  },
  form("A workaround is in place", "Second pool started"),
  {
    name: "erased for good",
    act: async (page) => {
      await note(page, "The password is hunter2.");
      await entry(page, "hunter2").getByRole("button", { name: "What to do" }).click();
      await page.getByRole("button", { name: "Erase for good" }).click();
      await send(page);
    },
    shows: async (page) => {
      await expect(entry(page, "dropped for good").first()).toBeVisible();
      await expect(page.getByText("hunter2")).toHaveCount(0);
    },
  },
  {
    name: "went back to an earlier stage",
    act: async (page) => {
      const stages = page.getByRole("region", { name: "Guide" }).locator(".all-stages details");
      await stages.first().locator("summary").click();
      await stages.first().getByRole("button", { name: "Go back to this stage" }).click();
      await send(page, "More is hit than we thought");
    },
    shows: (page) => expect(page.locator(".stages [aria-current]")).toContainText("Identify"),
  },
  form("Write a summary", "Nobody in the north can log in"),
  wrote("Customers call."),
  form("A fix is in place", "The pool is larger now"),
  form("Name a bridge", "Room 4"),
  wrote("Half of them are back."),
  form("Close the incident", "All is well"),
  wrote("Late remark."),
];

type Machine = { profile: string; open: () => Promise<Page> };

/** A machine with a browser whose profile lies on the disk: the usual ones of a test live in memory. */
const onDisk = test.extend<{ machine: Machine }>({
  machine: async ({ site, troubles }, use, info) => {
    const profile = await mkdtemp(join(tmpdir(), "muster-killed-"));
    const { launchOptions, locale, timezoneId, viewport } = info.project.use;
    const open = async (): Promise<Page> => {
      const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: site, locale, timezoneId, viewport });
      await watch(context, site, troubles);
      context.setDefaultTimeout(15_000);
      return context.pages()[0] ?? (await context.newPage());
    };
    await use({ profile, open });
    await kill(profile, await processes(profile));
    await rm(profile, { recursive: true, force: true });
  },
});

onDisk("what was shown as safe survives the browser's end by force", async ({ machine: { profile, open } }) => {
  test.setTimeout(300_000);
  let page = await open();
  const id = await declare(page, "Login fails");
  // Looked up before, so that nothing lies between the screen's word and the end.
  let running = await processes(profile);
  let last: Deed = {
    name: "declared",
    act: async () => {},
    shows: (page) => expect(page.getByRole("heading", { level: 1, name: "Login fails" })).toBeVisible(),
  };
  for (const deed of [...DEEDS, undefined]) {
    await safe(page);
    await kill(profile, running);
    page = await open();
    await page.goto(`./#/incident/${id}`);
    await test.step(`is there again: ${last.name}`, () => last.shows(page));
    if (!deed) break;
    running = await processes(profile);
    await test.step(`does: ${deed.name}`, async () => {
      await deed.act(page);
      await deed.shows(page);
    });
    last = deed;
  }
  for (const deed of DEEDS.filter(({ stays }) => stays)) await deed.shows(page);
});

onDisk("an entry is safe soon after Enter", async ({ machine }) => {
  const page = await machine.open();
  await declare(page, "Login fails");
  const took: number[] = [];
  for (let count = 0; count < 50; count += 1) {
    const text = `Safe soon ${count}.`;
    await line(page).fill(text);
    const measured = page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          let sent = 0;
          addEventListener("keydown", () => (sent = performance.now()), { once: true, capture: true });
          const look = () => {
            const row = [...document.querySelectorAll("ol.log > li")].find((row) => row.textContent?.includes(text));
            if (!row || row.getAttribute("aria-busy") === "true") return;
            watching.disconnect();
            resolve(performance.now() - sent);
          };
          const watching = new MutationObserver(look);
          watching.observe(document.body, { subtree: true, childList: true, attributes: true });
        }),
      text,
    );
    await line(page).press("Enter");
    took.push(await measured);
  }
  took.sort((a, b) => a - b);
  const [median, slowest] = [took[25] ?? NaN, took[49] ?? NaN];
  console.log(`from Enter to safe: ${median.toFixed(1)} ms (median), ${slowest.toFixed(1)} ms (slowest of 50)`);
  // A frame or two where the machine is idle; this one may not be.
  expect(median).toBeLessThan(250);
});
