// The room of one incident: its regions, its dialog, its entries.
import { expect, type Locator, type Page } from "@playwright/test";

export class RoomScreen {
  readonly title: Locator;
  readonly status: Locator;
  readonly guide: Locator;
  readonly work: Locator;
  readonly timeline: Locator;
  /** The line for whatever just happened. */
  readonly said: Locator;
  /** What the guide says to do next. */
  readonly next: Locator;
  readonly nextButton: Locator;
  /** The form that is open. */
  readonly dialog: Locator;
  readonly undo: Locator;
  /** The word at the edge of the screen. */
  readonly notice: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("heading", { level: 1 });
    this.status = page.getByRole("region", { name: "Status", exact: true });
    this.guide = page.getByRole("region", { name: "Guide", exact: true });
    this.work = page.getByRole("region", { name: "Work", exact: true });
    this.timeline = page.getByRole("region", { name: "Timeline", exact: true });
    this.said = page.getByRole("textbox", { name: "What just happened?", exact: true });
    this.next = this.guide.locator(".next-title");
    this.nextButton = this.guide.locator("#next-step");
    this.dialog = page.getByRole("dialog");
    this.undo = page.getByRole("button", { name: "Undo", exact: true });
    this.notice = page.locator(".notices");
  }

  /** Entries of the timeline that hold these words. */
  entries(words?: string | RegExp): Locator {
    const all = this.timeline.getByRole("listitem");
    return words === undefined ? all : all.filter({ hasText: words });
  }

  /** Shows more of the timeline, where there is more. */
  async earlier(): Promise<void> {
    const more = this.timeline.getByRole("button", { name: "Earlier…" });
    if (await more.isVisible()) await more.press("Enter");
  }

  async says(words: string): Promise<void> {
    await this.said.fill(words);
    await this.said.press("Enter");
    await expect(this.said).toHaveValue("");
  }

  /** Opens a part of the work and gives its panel. */
  async part(name: string): Promise<Locator> {
    await this.work.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
    return this.work.getByRole("tabpanel");
  }

  /** Begins something from the guide's lists. */
  async begins(name: string): Promise<void> {
    await this.guide.getByRole("button", { name, exact: true }).first().click();
  }

  /** A field of the form by its label; a text area's label ends with the keys that send it. */
  field(label: string): Locator {
    const named = (text: string) => this.dialog.getByLabel(text, { exact: true });
    return named(label).or(named(`${label}Ctrl Enter`));
  }

  /** Fills the form that is open, by its labels, and sends it. */
  async fills(fields: Record<string, string | boolean>): Promise<void> {
    await expect(this.dialog).toBeVisible();
    for (const [label, value] of Object.entries(fields)) {
      const field = this.field(label);
      if (typeof value === "boolean") await field.setChecked(value);
      else if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption({ label: value });
      else await field.fill(value);
    }
    await this.dialog.locator("button[type=submit]").click();
    await expect(this.dialog).toBeHidden();
  }

  /** Everything that the guide asks for now: the next step, the others, what is due. */
  async asked(): Promise<string[]> {
    const titles = this.guide.locator(".next-title, .also summary, .dues summary > span:first-child");
    return (await titles.allInnerTexts()).map((title) => title.trim());
  }
}
