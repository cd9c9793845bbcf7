// The board: every incident at a glance.
import { expect, type Locator, type Page } from "@playwright/test";

export class BoardScreen {
  readonly headline: Locator;
  readonly open: Locator;
  readonly all: Locator;
  readonly begin: Locator;

  constructor(readonly page: Page) {
    this.headline = page.getByRole("heading", { level: 1 });
    this.open = page.getByRole("region", { name: "Open now", exact: true });
    this.all = page.getByRole("region", { name: "All incidents", exact: true });
    this.begin = page.getByRole("region", { name: "Begin", exact: true });
  }

  async goes(): Promise<void> {
    await this.page.goto("./#/");
    await expect(this.headline).not.toHaveText("Reading what this browser holds");
  }

  /** Waits until nothing is held, and the board says so. */
  async isEmpty(): Promise<void> {
    await this.goes();
    await expect(this.begin).toBeVisible();
    await expect(this.all).toHaveCount(0);
  }

  row(title: string): Locator {
    return this.all.getByRole("row").filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }
}
