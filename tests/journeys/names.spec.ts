// The names, roles and addresses that are kept, because tests and assistive technology rely on
// them; and the main screens as assistive technology sees them.
import { expect, test } from "./fixture";
import { declare, dialog, exported, fewOf, key, open, openSample, send } from "./walks";

test("addresses name screens: #/, #/declare, #/share, #/incident/<id>", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  await page.goto("./#/");
  await expect(page.getByRole("heading", { level: 1, name: "Nothing is open." })).toBeVisible();
  await page.goto("./#/declare");
  await expect(page.getByRole("heading", { level: 1, name: "Declare an incident" })).toBeAttached();
  await page.goto("./#/share");
  await expect(page.getByRole("heading", { level: 1, name: "Share" })).toBeVisible();
  await declare(page, "Card payments fail");
  expect(new URL(page.url()).hash).toMatch(/^#\/incident\/[0-9a-z]{10,}$/);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Card payments fail" })).toBeVisible();
});

test("declaring: the line, three groups of radio buttons, and the button", async ({ page }) => {
  await open(page, "#/declare", "Declare an incident");
  const exact = true;
  await expect(page.getByRole("textbox", { name: "What is broken?", exact })).toHaveCount(1);
  for (const name of ["Effect", "Scope", "Urgency"]) {
    const group = page.getByRole("radiogroup", { name, exact });
    await expect(group).toHaveCount(1);
    await expect(group.getByRole("radio")).not.toHaveCount(0);
  }
  await expect(page.getByRole("main").getByRole("button", { name: "Declare incident", exact })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Undo", exact })).toHaveCount(1);
  await page.getByRole("textbox", { name: "What is broken?", exact }).fill("Card payments fail");
  await page.getByRole("main").getByRole("button", { name: "Declare incident", exact }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Card payments fail", exact })).toBeVisible();
});

test("the room: regions, its heading, the line, and an entry that is not safe yet", async ({ page }) => {
  // Held back, so that "saving" can be seen: the journal answers when it is told to.
  await page.addInitScript(() => {
    const held: (() => void)[] = [];
    (window as any).release = () => held.splice(0).forEach((go) => go());
    (window as any).holding = false;
    const descriptor = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete")!;
    Object.defineProperty(IDBTransaction.prototype, "oncomplete", {
      ...descriptor,
      set(handler) {
        const later = handler && ((event: Event) => ((window as any).holding ? held.push(() => handler.call(this, event)) : handler.call(this, event)));
        descriptor.set!.call(this, later);
      },
    });
  });
  await declare(page, "Card payments fail");
  const exact = true;
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  for (const name of ["Status", "Guide", "Timeline"]) await expect(page.getByRole("region", { name, exact })).toHaveCount(1);
  const line = page.getByRole("textbox", { name: "What just happened?", exact });
  await expect(line).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Timeline", exact }).locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => void ((window as any).holding = true));
  await line.fill("First errors in the gateway's log");
  await line.press("Enter");
  const entry = page.getByRole("region", { name: "Timeline", exact }).getByRole("listitem").filter({ hasText: "First errors" });
  await expect(entry).toHaveAttribute("aria-busy", "true");
  await expect(entry).toContainText("saving");
  await page.evaluate(() => (window as any).release());
  await expect(entry).not.toHaveAttribute("aria-busy");
  await page.getByRole("button", { name: "Undo", exact }).click();
  await expect(page.getByText("Taken back: Wrote down what happened")).toBeVisible();
});

test("sharing: the file input sums a file up, Import takes it, Export gives everything", async ({ page }) => {
  await declare(page, "Card payments fail");
  await declare(page, "Search is slow");
  const file = await exported(page);
  const { logs } = JSON.parse(file.buffer.toString());
  expect(JSON.stringify(logs)).toContain("Card payments fail");
  expect(JSON.stringify(logs)).toContain("Search is slow");
  const exact = true;
  const input = page.locator("input[type=file]");
  await expect(input).toHaveAccessibleName("Import file");
  await expect(page.getByRole("button", { name: "Import", exact })).toHaveCount(0);
  await input.setInputFiles(fewOf(2));
  await expect(page.getByRole("heading", { name: "What it brings" })).toBeFocused();
  await expect(page.getByRole("definition").filter({ hasText: "2 incidents" })).toBeVisible();
  await page.getByRole("button", { name: "Import", exact }).click();
  await expect(page.getByRole("status").getByText("taken in.")).toBeVisible();
});

test.describe("as assistive technology sees it", () => {
  test("the frame, and an empty board", async ({ page }) => {
    await open(page, "#/", "Nothing is open.");
    await expect(page.locator("body")).toMatchAriaSnapshot(`
      - link "To the content"
      - banner:
        - link "Muster"
        - navigation "Screens":
          - link "Board"
          - link "Runbooks"
          - link "Share"
          - link "Guide"
          - link "Settings"
        - button /Find or do/
        - button "Undo" [disabled]
        - link /Declare incident/
      - main:
        - heading "Nothing is open." [level=1]
        - region "Begin":
          - paragraph: /Muster guides you through an incident/
          - paragraph:
            - link "Declare incident"
            - button "Walk through a sample"
            - link "Import a file"
            - link "The six stages, in words"
    `);
  });

  test("a board with incidents", async ({ page }) => {
    await openSample(page);
    await open(page, "#/", "Nothing real is open.");
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - heading "Nothing real is open." [level=1]
        - region "Open now":
          - heading "Open now" [level=2]
          - list:
            - listitem:
              - img "Priority 1": P1
              - heading /Card payments fail at checkout in Europe/ [level=3]:
                - link "Card payments fail at checkout in Europe"
              - paragraph: /led by Sample lead/
              - button "Remove the sample"
        - region "All incidents":
          - heading /All incidents/ [level=2]
          - searchbox "Search"
          - table:
            - rowgroup:
              - row:
                - columnheader "Incident"
                - columnheader "Priority"
                - columnheader "Began"
                - columnheader "Services"
                - columnheader "Restored after"
                - columnheader "State"
            - rowgroup:
              - row:
                - cell /Card payments fail at checkout in Europe/
                - cell "Priority 1"
    `);
  });

  test("declaring", async ({ page }) => {
    await open(page, "#/declare", "Declare an incident");
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - heading "Declare an incident" [level=1]
        - textbox "What is broken?"
        - radiogroup "Effect":
          - radio /^Cannot work/
          - radio /^Work is hard/
          - radio /^A nuisance/
          - radio /^Not sure/
        - radiogroup "Scope":
          - radio /^Most/
          - radio /^Many/
          - radio /^Few/
          - radio /^Not sure/
        - radiogroup "Urgency":
          - radio /^Getting worse now/
          - radio /^Within hours/
          - radio /^It can wait/
          - radio /^Not sure/
        - group: When it began, which service, a few sentences
        - complementary:
          - paragraph: P? Priority pending
          - button "Declare incident"
          - button "I see it differently …"
    `);
  });

  test("the room", async ({ page }) => {
    await openSample(page);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - region "Status":
          - img "Priority 1": P1
          - heading "Card payments fail at checkout in Europe" [level=1]
          - button "Edit the title"
          - term: Running for
          - term: Led by
          - definition: /Sample lead/
          - list "Stages":
            - listitem: Identify , done
            - listitem: Escalate , done
            - listitem: Communicate , done
            - listitem: Work around
            - listitem: Recover
            - listitem: Review
        - region "Guide":
          - heading "Next" [level=2]
          - button
          - heading "Investigation and workaround" [level=2]
          - heading "All six stages" [level=2]
          - heading "Anything else" [level=2]
        - region "Work":
          - tablist "Parts of the work":
            - tab "Tasks"
            - tab /Services/
            - tab /Causes/ [selected]
            - tab /People/
            - tab /Updates/
            - tab /Decisions/
            - tab "Recovery"
            - tab "Times"
            - tab "Review"
            - tab "Links"
          - tabpanel /Causes/
        - region "Timeline":
          - heading /Timeline/ [level=2]
          - combobox "Show"
          - textbox "What just happened?"
          - list:
            - listitem:
              - time
              - button "What to do with this entry"
    `);
    // Said by what it is, not by how it looks.
    await expect(page.locator(".stages [aria-current=step]")).toHaveText("Work around");
  });

  test("a form of the room, and the palette", async ({ page }) => {
    await openSample(page);
    await key(page, "u");
    await expect(dialog(page)).toMatchAriaSnapshot(`
      - dialog "Write an update":
        - heading "Write an update" [level=2]
        - button "Close": ×
        - combobox "To":
          - option "Executives"
          - option "Customers" [selected]
        - combobox "Phase":
          - option "Investigating" [selected]
        - textbox "Text": /We are looking into/
        - combobox "By": status page
        - textbox "Next update by"
        - button "It was sent"
        - button "Copy the text"
    `);
    await send(page);
    await key(page, "Control+k");
    await expect(dialog(page)).toMatchAriaSnapshot(`
      - dialog "Find or do":
        - heading "Find or do" [level=2]
        - button "Close": ×
        - combobox "Find or do" [expanded]
        - listbox "Found":
          - option [selected]
          - option
        - status
    `);
  });

  test("sharing, with a file summed up", async ({ page }) => {
    await open(page, "#/share", "Share");
    await page.getByLabel("Import file").setInputFiles(fewOf(2));
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - heading "Share" [level=1]
        - region "Give":
          - heading "Give a copy" [level=2]
          - paragraph:
            - button "Export"
        - region "Take":
          - heading "Take files in" [level=2]
          - button "Import file"
          - heading "What it brings" [level=2]
          - paragraph: incidents.json
          - term: Incidents
          - definition: 2 incidents
          - term: New
          - term: Already here
          - list:
            - listitem
            - listitem
          - paragraph:
            - button "Import"
            - button "Leave it"
    `);
  });

  test("the settings", async ({ page }) => {
    await open(page, "#/settings", "Settings");
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - heading "Settings" [level=1]
        - region "You":
          - textbox "Your name"
        - region "Times":
          - checkbox "Show UTC beside local time"
        - region "Keys":
          - checkbox "Single keys do something while no field has the focus" [checked]
          - list:
            - listitem:
              - textbox "Find or do anything": k
            - listitem:
              - textbox "Show the keys": "?"
          - button "The usual keys again"
        - region "Storage":
          - paragraph:
            - link "Export everything"
    `);
  });
});
