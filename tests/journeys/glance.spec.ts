// The room at a glance: without scrolling it shows what is wrong, priority, stage, elapsed time, who
// leads, what is next and when the next update is due; on a desk, on a phone, whatever the title.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { declare, dialog, key, open, openSample, send, tab, takeIn, SIZES } from "./walks";

const LONG = "Card payments fail at checkout for customers in Europe who pay with cards of the second network while the warehouse cannot print any labels and support is flooded with calls from angry shops and 12 partners".slice(0, 200);
const RTL = "فشل الدفع بالبطاقة عند الدفع في أوروبا ولا يمكن للعملاء إتمام الطلبات";

/** Parts of what must be seen that are outside the screen, covered, or empty. */
function unseen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const facts = [...document.querySelectorAll(".status .fact")];
    const fact = (pattern: RegExp) => facts.find((one) => pattern.test(one.querySelector("dt")?.textContent ?? ""));
    const stage = [...document.querySelectorAll(".stage-now b, .stages [aria-current]")].find((one) => one.checkVisibility() && getComputedStyle(one).fontSize !== "0px");
    const wanted: Record<string, Element | null | undefined> = {
      title: document.querySelector("h1"),
      priority: document.querySelector(".status .priority"),
      stage,
      elapsed: fact(/Running for|Service back after/)?.querySelector(".num"),
      "who leads": fact(/Led by/)?.querySelector(".name"),
      "what is next": document.querySelector(".next-title"),
      "the next step's button": document.querySelector("#next-step"),
      "when the next update is due": facts.find((one) => !/Running for|Service back after|Led by/.test(one.querySelector("dt")?.textContent ?? ""))?.querySelector(".num"),
      "the line for what happened": document.querySelector("#just-happened"),
    };
    const found: string[] = [];
    if (scrollY !== 0) found.push(`the page is scrolled by ${scrollY}`);
    for (const [name, element] of Object.entries(wanted)) {
      if (!element) {
        found.push(`${name} is not there`);
        continue;
      }
      const box = element.getBoundingClientRect();
      const words = element.textContent?.trim() || (element as HTMLInputElement).placeholder;
      if (!words || box.width < 4 || box.height < 8) found.push(`${name} is empty`);
      if (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) {
        found.push(`${name} lies at ${Math.round(box.left)},${Math.round(box.top)}–${Math.round(box.right)},${Math.round(box.bottom)}`);
      }
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!top || !(element.contains(top) || top.contains(element))) found.push(`${name} is covered by ${top?.className || top?.tagName}`);
    }
    return found;
  });
}

async function expectGlance(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => unseen(page), { message: `${size.width}×${size.height}` }).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]);
}

/** A page's incident with as many services as one likes. */
function pageWith(title: string, services: number): { name: string; mimeType: string; buffer: Buffer } {
  const at = new Date(Date.now() - 25 * 60_000).toISOString();
  const components = Array.from({ length: services }, (_, index) => ({ id: `c${index}`, name: `Service number ${index + 1} of the shop`, status: "major_outage" }));
  const update = { id: "u1", incident_id: "i1", status: "investigating", body: "We are looking into it.", created_at: at, updated_at: at, display_at: at, affected_components: components.map(({ name }) => ({ code: name, name, old_status: "operational", new_status: "major_outage" })) };
  const incident = { id: "i1", name: title, status: "investigating", impact: "critical", created_at: at, updated_at: at, started_at: at, resolved_at: null, shortlink: "", components, incident_updates: [update] };
  return { name: "incidents.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ page: { id: "p", name: "Shop", url: "", time_zone: "Etc/UTC", updated_at: at }, incidents: [incident] })) };
}

async function lead(page: Page, name: string): Promise<void> {
  await key(page, "a");
  await dialog(page).getByLabel("Who").fill(name);
  await dialog(page).getByLabel("That is me").uncheck();
  await dialog(page).locator("button[type=submit]").click();
  await expect(dialog(page)).toHaveCount(0);
}

test("the sample", async ({ page }) => {
  await openSample(page);
  await expectGlance(page);
});

test("a fresh priority 1, before and after somebody leads", async ({ page }) => {
  await declare(page, "Card payments fail at checkout in Europe");
  await expectGlance(page);
  await lead(page, "Alexandra Konstantinopolitanskaya-Featherstonehaugh");
  await expectGlance(page);
});

test("a title of 200 characters", async ({ page }) => {
  expect(LONG).toHaveLength(200);
  await declare(page, LONG);
  await expectGlance(page);
  // What the head leaves out is one step away.
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("title", LONG);
});

test("a title of 200 characters without a space", async ({ page }) => {
  await declare(page, "x".repeat(200));
  await expectGlance(page);
});

test("right to left", async ({ page }) => {
  await declare(page, RTL);
  await lead(page, "ליאור בן דוד");
  await expectGlance(page);
  expect(await page.getByRole("heading", { level: 1 }).evaluate((heading) => getComputedStyle(heading).direction)).toBe("rtl");
});

test("40 services", async ({ page }) => {
  await takeIn(page, pageWith(LONG, 40));
  await page.getByRole("link", { name: "Open it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(LONG);
  await expect(page.getByRole("tab", { name: /Services 40/ })).toBeAttached();
  await expectGlance(page);
});

test("overdue, and in every stage", async ({ page }) => {
  await page.clock.install();
  await declare(page, "Card payments fail at checkout in Europe");
  await page.clock.fastForward("02:10:00");
  await expect(page.locator(".fact.late")).toBeVisible();
  await expectGlance(page);
  for (let stage = 2; stage <= 6; stage += 1) {
    await key(page, ".");
    if (await dialog(page).count()) await send(page);
    await expectGlance(page);
  }
});

test("on a phone each part of the room opens at its top", async ({ page }) => {
  await openSample(page);
  await page.setViewportSize(SIZES[1]);
  const dock = page.getByRole("navigation", { name: "Parts of the room" });
  for (const part of ["Work", "Timeline", "More", "Now"]) {
    await page.evaluate(() => scrollTo(0, document.scrollingElement!.scrollHeight));
    await dock.getByRole("button", { name: part }).click();
    await expect.poll(() => page.evaluate(() => scrollY), { message: part }).toBe(0);
  }
});

test("on a phone a notice stands above the line for what just happened", async ({ page }) => {
  await declare(page, "Card payments fail at checkout in Europe");
  await page.setViewportSize(SIZES[1]);
  const line = page.locator("#just-happened");
  const covered = () =>
    page.evaluate(() => {
      const [notice, say] = [document.querySelector(".notice")!, document.querySelector(".say")!].map((one) => one.getBoundingClientRect());
      return notice!.bottom > say!.top;
    });
  await line.fill("the gateway answers again");
  await line.press("Enter");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.locator(".notice")).toContainText("Taken back");
  expect(await covered()).toBe(false);
  await line.click();
  await expect(line).toBeFocused();
  // The time that is offered makes the line higher.
  await line.fill("02:10 they fail");
  await expect(page.locator("#said-at")).toContainText("Happened at");
  expect(await covered()).toBe(false);
});

test("a service of 300 characters fits", async ({ page }) => {
  await open(page, `#/declare?title=Orders+fail&service=S${"v".repeat(299)}`, "Declare an incident");
  await page.getByLabel("What is broken?").press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Orders fail" })).toBeVisible();
  const services = await tab(page, "Services");
  const wide = () => page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth);
  expect(await wide(), "the table closed").toBeLessThanOrEqual(0);
  await services.getByText("As a table").click();
  expect(await wide(), "the table open").toBeLessThanOrEqual(0);
  await page.setViewportSize(SIZES[1]);
  for (const part of ["Work", "Timeline", "More", "Now"]) {
    await page.getByRole("navigation", { name: "Parts of the room" }).getByRole("button", { name: part }).click();
    expect(await wide(), part).toBeLessThanOrEqual(0);
  }
});
