// What the host and the library say of the organisation, and what follows in an incident.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { DeclareScreen, major } from "./screens/declare";
import { RoomScreen } from "./screens/room";
import { file, ShareScreen } from "./screens/share";

const HOST = {
  currency: "EUR",
  services: [
    { name: "Database", owner: "Data team", cost_per_minute: 10 },
    { name: "Checkout", owner: "Shop team", depends_on: ["Database"], tier: 1, cost_per_minute: 100 },
    { name: "Search", depends_on: ["Checkout"] },
  ],
  contacts: [
    { name: "Data team", reach: "+49 30 000000", then: ["Duty manager", "Head of operations"] },
    { name: "Head of operations", reach: "head@example.org", priorities: [1] },
    { name: "Duty manager", priorities: [2] },
  ],
  bridges: [{ label: "Call", url: "https://meet.example/major" }],
  roles: ["Network lead"],
  schemes: ["slack"],
};

async function hosted(page: Page, says: unknown): Promise<void> {
  const body = typeof says === "string" ? says : JSON.stringify(says);
  await page.route("**/muster.json", (route) => route.fulfill({ contentType: "application/json", body }));
}

async function declared(page: Page, answers: readonly [string, string, string] = major as never): Promise<RoomScreen> {
  await new DeclareScreen(page).declares("Card payments fail", ...answers);
  const room = new RoomScreen(page);
  await expect(room.title).toHaveText("Card payments fail");
  return room;
}

test("a service that is hit brings along what depends on it, its owner and what it costs", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  await hosted(page, HOST);
  const room = await declared(page);
  await room.begins("A service is hit");
  await room.field("Service").fill("Database");
  await expect(room.dialog).toContainText("looked after by Data team · 10 EUR a minute · without it do not work: Checkout, Search");
  await room.dialog.getByLabel("Checkout is hit too").check();
  await room.fills({});
  await expect(room.status).toContainText("Checkout");
  const services = await room.part("Services");
  await expect(services).toContainText("Tier 1 · looked after by Shop team");
  await page.clock.fastForward("10:00");
  await expect(services).toContainText(/About (990|1100) EUR until now/);
  // Its owner is called, with number and path filled in.
  await expect.poll(() => room.asked()).toContain("Call Data team");
  await room.guide.locator(".next, .also li").filter({ hasText: "Call Data team" }).getByRole("button", { name: "Call them" }).click();
  await expect(room.field("Who was called")).toHaveValue("Data team");
  await expect(room.dialog.getByRole("link", { name: "Call", exact: true })).toHaveAttribute("href", "tel:+4930000000");
  await expect(room.field("If nobody answers")).toHaveValue("Duty manager, Head of operations");
  await room.fills({});
  await expect.poll(() => room.asked()).not.toContain("Call Data team");
});

test("a priority calls whom it calls, and raising it calls the others", async ({ page }) => {
  await hosted(page, HOST);
  const room = await declared(page, ["Work is hard", "Many", "Getting worse now"] as never);
  await expect(room.status.getByRole("img", { name: /^Priority 2/ })).toBeVisible();
  const calls = async () => (await room.asked()).filter((title) => title.startsWith("Call "));
  expect(await calls()).toEqual(["Call Duty manager"]);
  await room.begins("Classify again");
  await room.dialog.getByRole("radio", { name: "Cannot work" }).check({ force: true });
  await room.dialog.locator("button[type=submit]").click();
  await expect(room.status.getByRole("img", { name: /^Priority 1/ })).toBeVisible();
  expect(await calls()).toEqual(["Call Head of operations"]);
});

test("the host's places, roles and kinds of addresses are there", async ({ page }) => {
  await hosted(page, HOST);
  await page.goto("./#/runbooks");
  const text = "# Tools\n\n## Steps\n\n- Look\n  - Link: [Console](https://db.example/{service}?q={title})\n  - Link: [Channel](slack://open)\n  - Link: [Never](foo://x)\n";
  await page.getByLabel("Import runbooks").setInputFiles({ name: "tools.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await expect(page.getByRole("status").filter({ hasText: "tools.md" })).toContainText("kept");
  const room = await declared(page);
  await room.begins("Name a bridge");
  await expect(room.field("Address, number or room")).toHaveValue("https://meet.example/major");
  await room.fills({});
  await expect(room.status.getByRole("link", { name: "Call" })).toHaveAttribute("href", "https://meet.example/major");
  await room.begins("Give a role");
  await room.fills({ Role: "Network lead", Who: "Kim", "That is me": false });
  await expect(room.entries("Network lead")).toHaveCount(1);
  await room.begins("A service is hit");
  await room.fills({ Service: "Checkout" });
  await room.begins("Follow a runbook");
  await room.fills({ "Which one": "Tools" });
  const panel = await room.part("Tasks");
  await panel.locator(".task > summary").click();
  await expect(panel.getByRole("link", { name: "Console" })).toHaveAttribute("href", "https://db.example/Checkout?q=Card%20payments%20fail");
  await expect(panel.getByRole("link", { name: "Channel" })).toHaveAttribute("href", "slack://open");
  await expect(panel.getByRole("link", { name: "Never" })).toHaveCount(0);
  await page.context().route("https://db.example/**", (route) => route.abort());
  await panel.getByRole("link", { name: "Console" }).evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
  await panel.getByRole("link", { name: "Console" }).click();
  await expect(room.entries("Opened Console")).toHaveCount(1);
});

test("what is written here stands in the host's stead, and can be taken back", async ({ page }) => {
  await hosted(page, HOST);
  await page.goto("./#/organisation");
  const services = page.getByRole("region", { name: "Services", exact: true });
  await expect(services.getByRole("listitem")).toHaveCount(3);
  await services.getByRole("button", { name: "Change Checkout" }).click();
  await expect(services.getByLabel("Tier")).toHaveValue("1");
  await services.getByLabel("Tier").fill("x");
  await services.getByRole("button", { name: "Keep the service" }).click();
  await expect(services.getByRole("alert")).toHaveText("Tier: “x” is not a whole number that fits.");
  await services.getByLabel("Tier").fill("2");
  await services.getByRole("button", { name: "Keep the service" }).click();
  await expect(services).toContainText("Tier 2");
  await services.getByRole("button", { name: "Remove Search" }).click();
  await expect(services.getByRole("listitem")).toHaveCount(2);
  await page.reload();
  await expect(services.getByRole("listitem")).toHaveCount(2);
  await expect(services).toContainText("Tier 2");
  await services.getByRole("button", { name: "Remove Database" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(services).toContainText("Database");
});

test("a service that is named on declaring suggests the answers and the runbook", async ({ page }) => {
  await hosted(page, HOST);
  await page.goto("./#/declare?title=TLS%20certificate%20expired&service=checkout");
  const about = page.locator(".about-service");
  await expect(about).toContainText("Tier 1 · looked after by Shop team");
  await expect(about).toContainText("With Checkout down: “Cannot work” and “Most”, for it is of tier 1 (Muster's own default).");
  await expect(about).toContainText("Runbook that fits:");
  await expect(page.getByRole("radio", { name: "Most" })).not.toBeChecked();
  await about.getByRole("button", { name: "Answer so" }).click();
  await expect(page.getByRole("radio", { name: "Cannot work" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Most" })).toBeChecked();
  await page.getByLabel("Service", { exact: true }).fill("Search");
  await expect(about).not.toContainText("With ");
});

test("services are seen over time, as a picture and as a table", async ({ page }) => {
  await page.clock.install({ time: "2026-11-24T03:00:00+01:00" });
  const room = await declared(page);
  const hit = async (service: string, level: string) => {
    await room.begins("A service is hit");
    await room.fills({ Service: service, "It is": level });
    await page.clock.fastForward("10:00");
  };
  await hit("Checkout", "slow or failing at times");
  await hit("Search", "partly down");
  await hit("Checkout", "down");
  const services = await room.part("Services");
  await services.getByRole("listitem").filter({ hasText: "Checkout" }).getByRole("button", { name: /^Works again/ }).click();
  await page.clock.fastForward("05:00");
  await expect(services.getByRole("img", { name: "2 services on a time axis." })).toBeVisible();
  await services.getByText("As a table").click();
  const cells = async () => (await services.getByRole("table", { name: "Services over time" }).getByRole("row").allInnerTexts()).map((row) => row.split(/\s*\t\s*|\n+/).join(" | "));
  await expect.poll(cells).toEqual([
    "Service | It was | From | To | For",
    "Checkout | slow or failing at times | 03:00 | 03:20 | 20 min",
    "Checkout | down | 03:20 | 03:30 | 10 min",
    expect.stringMatching(/^Search \| partly down \| 03:10 \| still so \| 2[45] min$/),
  ]);
});

const RULES = {
  rules: [
    { text: "The backups are looked at when service comes back.", when: "stage escalation", then: "Add task: Check the backups" },
    { text: "Money wants a sponsor.", when: "priority 1", then: "Propose role: executive sponsor" },
  ],
};

test("the host's rules act in every incident, and what they propose can be declined", async ({ page, profile }) => {
  await hosted(page, RULES);
  const room = await declared(page);
  await expect(room.guide).toContainText("Name the executive sponsor");
  const proposal = room.guide.locator(".next, .also li").filter({ hasText: "Name the executive sponsor" });
  const summary = proposal.locator("summary");
  if (await summary.count()) await summary.click();
  await expect(proposal).toContainText("“Money wants a sponsor” (a rule of muster.json)");
  await proposal.getByRole("button", { name: "Decline" }).click();
  await expect(room.dialog).toContainText("Name the executive sponsor");
  await room.fills({ Because: "The board is on the call" });
  await expect(room.guide).not.toContainText("Name the executive sponsor");
  await room.title.focus();
  await page.keyboard.press(".");
  await expect(room.dialog.or(room.entries("Task by a rule"))).toBeVisible();
  if (await room.dialog.isVisible()) await room.fills({});
  const entry = room.entries("Task by a rule Check the backups");
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("because of: Stage Escalate");

  // Somebody whose host has no such rule reads which one it was.
  const share = new ShareScreen(page);
  await room.title.focus();
  const { bytes } = await share.downloads(() => page.keyboard.press("e"));
  const other = await (await profile()).newPage();
  await new ShareScreen(other).takes(file("incident.json", bytes));
  await other.getByRole("link", { name: "Open it" }).click();
  await expect(new RoomScreen(other).entries("Task by a rule Check the backups")).toContainText("The rule “the backups are looked at when service comes back” of muster.json");
});

test("a muster.json that is imported holds in the host's stead until it is taken out", async ({ page }) => {
  await hosted(page, HOST);
  await page.goto("./#/settings");
  const organisation = page.getByRole("region", { name: "Organisation" });
  const imports = (name: string, text: string) => organisation.getByLabel("Import muster.json").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await imports("wrong.json", "{");
  await expect(organisation.getByRole("alert")).toContainText("line 1");
  await imports("rules.json", JSON.stringify({ rules: [{ text: "x", when: "moon", then: "Add task: y" }] }));
  await expect(organisation.getByRole("alert")).toContainText("“moon” is no “when”");
  await imports("muster.json", JSON.stringify({ services: [{ name: "Only this" }] }));
  await expect(organisation).toContainText("An imported file holds");
  await page.reload();
  await page.goto("./#/organisation");
  const services = page.getByRole("region", { name: "Services", exact: true }).getByRole("listitem");
  await expect(services).toHaveText([/^Only this/]);
  await page.goto("./#/settings");
  await organisation.getByRole("button", { name: "Without it" }).click();
  await page.goto("./#/organisation");
  await expect(services).toHaveCount(3);
});

test("one incident takes the library along where that is asked for", async ({ page, profile }) => {
  await page.goto("./#/organisation");
  const services = page.getByRole("region", { name: "Services", exact: true });
  await services.getByLabel("Service", { exact: true }).fill("Database");
  await services.getByRole("button", { name: "Keep the service" }).click();
  await expect(services.getByRole("listitem")).toHaveCount(1);
  await declared(page);
  await page.goto("./#/share");
  const share = new ShareScreen(page);
  for (const [asked, count] of [[false, 0], [true, 1]] as const) {
    await page.getByLabel("With my runbooks, services and contacts").setChecked(asked);
    const { bytes } = await share.downloads(() => page.getByRole("button", { name: /^Give / }).click());
    const other = await (await profile()).newPage();
    await new ShareScreen(other).takes(file("incident.json", bytes));
    await other.goto("./#/organisation");
    await expect(other.getByRole("region", { name: "Services", exact: true }).getByRole("listitem")).toHaveCount(count);
  }
});

for (const [what, says, why] of [
  ["is no JSON", "{", "line 1"],
  ["has the wrong form", { services: [{ owner: "x" }] }, "missing field `name`"],
  ["allows what is not safe", { schemes: ["javascript"] }, "not safe to open"],
  ["has a rule that cannot be read", { rules: [{ text: "x", when: "stage recovery", then: "Explode: y" }] }, "“Explode: y” is no “then”"],
] as const) {
  test(`a muster.json that ${what} is told, and the page goes on`, async ({ page }) => {
    await hosted(page, says);
    await page.goto("./");
    await expect(page.locator(".notices")).toContainText(why);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is open.");
  });
}
