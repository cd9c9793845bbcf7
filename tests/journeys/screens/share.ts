// Export and import.
import { readFile } from "node:fs/promises";

import { expect, type Download, type Locator, type Page } from "@playwright/test";

export type Upload = string | { name: string; mimeType: string; buffer: Buffer };

export class ShareScreen {
  readonly export: Locator;
  readonly picker: Locator;
  readonly paste: Locator;
  readonly take: Locator;
  readonly import: Locator;
  /** What the files would bring, one sheet a file. */
  readonly offers: Locator;
  /** Files that were refused, and why. */
  readonly refused: Locator;
  readonly progress: Locator;
  /** What came of the last import. */
  readonly result: Locator;

  constructor(readonly page: Page) {
    this.take = page.getByRole("region", { name: "Take", exact: true });
    this.export = page.getByRole("button", { name: "Export", exact: true });
    this.picker = page.getByLabel("Import file", { exact: true });
    this.paste = page.getByLabel("Or paste a file's text here");
    this.import = page.getByRole("button", { name: "Import", exact: true });
    this.offers = this.take.locator(".offer");
    this.refused = this.take.getByRole("alert");
    this.progress = this.take.getByRole("progressbar");
    this.result = this.take.getByRole("status");
  }

  async goes(): Promise<void> {
    await this.page.goto("./#/share");
    await expect(this.picker).toBeVisible();
  }

  /** Chooses files and takes what they bring. */
  async takes(...files: Upload[]): Promise<void> {
    await this.goes();
    await this.picker.setInputFiles(files as string[]);
    await this.import.click();
    await expect(this.result).toContainText(/taken in\.|Nothing was new\./, { timeout: 30_000 });
  }

  /** The bytes of everything that is held. */
  async everything(): Promise<Buffer> {
    await this.goes();
    return (await this.downloads(() => this.export.click())).bytes;
  }

  /** The file that an action offers. */
  async downloads(act: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer; download: Download }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), act()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()), download };
  }

  /** A number of the summary, by its term. */
  brings(term: string): Locator {
    const row = this.offers.locator("dl > div").filter({ has: this.page.locator("dt", { hasText: new RegExp(`^${term}$`) }) });
    return row.getByRole("definition");
  }
}

/** A text as a file to choose. */
export function file(name: string, content: string | Buffer): Upload {
  return { name, mimeType: "application/json", buffer: Buffer.from(content as string) };
}
