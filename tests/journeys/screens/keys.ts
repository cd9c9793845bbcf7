// A person at the keys: no mouse, and Tab leads wherever no single key does.
import { expect, type Locator, type Page } from "@playwright/test";

export class Keys {
  constructor(readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Replaces what the field that has the focus holds. */
  async retype(text: string): Promise<void> {
    await this.press("Control+A");
    await this.type(text);
  }

  /** Goes to an element by Tab, wherever the focus is. */
  async to(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    // Most of the way without asking each time; the last steps one by one.
    for (let tabs = (await target.evaluate(distance)) - 3; tabs > 0; tabs -= 1) await this.press("Tab");
    for (let tabs = 0; tabs < 250; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press("Tab");
    }
    throw new Error(`Tab does not lead to ${target}`);
  }

  async activates(target: Locator): Promise<void> {
    await this.to(target);
    await this.press("Enter");
  }
}

/** How many times Tab must be pressed, about; never too many. */
function distance(target: Element): number {
  const within = document.querySelector("dialog[open]") ?? document;
  const all = [...within.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]")];
  const places = all.filter((element) => element.tabIndex >= 0 && element.checkVisibility());
  const [from, to] = [places.indexOf(document.activeElement as HTMLElement), places.indexOf(target as HTMLElement)];
  return from < to ? to - from : 0;
}

/** Counts what a mouse or a finger would do, so that a test can hold itself to the keys. */
export async function countPointers(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { pointers: 0 });
    const counted = globalThis as unknown as { pointers: number };
    for (const kind of ["pointerdown", "mousedown", "wheel"]) {
      addEventListener(kind, (event) => event.isTrusted && (counted.pointers += 1), true);
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { pointers: number }).pointers);
}
