// What every journey is held to, beside what it says itself: no error on the console or in the
// page, no violation of the page's policy, and no request for anything but the site's own files.
import { test as plain, expect, type BrowserContext, type BrowserContextOptions } from "@playwright/test";

/** Writes down whatever a profile does that the site never should. */
export async function watch(profile: BrowserContext, site: string, troubles: string[]): Promise<void> {
  profile.on("console", (said) => {
    if (said.type() === "error") troubles.push(`console: ${said.text()}`);
  });
  profile.on("weberror", (thrown) => troubles.push(`page error: ${thrown.error().stack ?? thrown.error()}`));
  profile.on("request", (asked) => {
    const url = asked.url();
    if (![site, "blob:", "data:"].some((begins) => url.startsWith(begins))) troubles.push(`request: ${url}`);
  });
  await profile.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
}

type Watched = {
  /** The address of the site, with its slash. */
  site: string;
  /** All that went wrong so far, in any profile. Empty it in a test that means to make trouble. */
  troubles: string[];
  /** Opens one more browser profile: another person, or another machine. */
  profile: (options?: BrowserContextOptions) => Promise<BrowserContext>;
};

export const test = plain.extend<Watched>({
  site: async ({ baseURL }, use) => {
    if (!baseURL) throw new Error("playwright.config.ts names no baseURL");
    await use(baseURL);
  },
  troubles: async ({}, use) => {
    const troubles: string[] = [];
    await use(troubles);
    expect(troubles, "what the browser had to complain about").toEqual([]);
  },
  context: async ({ context, site, troubles }, use) => {
    await watch(context, site, troubles);
    await use(context);
  },
  profile: async ({ browser, baseURL, locale, timezoneId, viewport, site, troubles }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL, locale, timezoneId, viewport, serviceWorkers: "block", ...options });
      await watch(context, site, troubles);
      opened.push(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
});

export { expect };
