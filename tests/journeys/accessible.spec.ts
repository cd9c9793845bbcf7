// axe finds nothing on any screen, in any state: light and dark, on a desk and on a phone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import { expect, test } from "./fixture";
import { everyView, PANES, walks, type Pane } from "./walks";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};
/** The rules about colour: all that another scheme can change. */
const colours: RunOptions = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] }, resultTypes: ["violations"] };

test.describe.configure({ timeout: 240_000 });
test.use({ actionTimeout: 10_000 });

for (const [name, walk] of Object.entries(walks)) {
  test(`axe finds nothing: ${name}`, async ({ page, profile, troubles }) => {
    await page.addInitScript(axe);
    const found: string[] = [];
    const look = async (state: string, pane?: Pane) => {
      await everyView(page, state, pane, async (view, scheme) => {
        // A notice that is still coming up is paler than it will be.
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
        const { violations } = (await page.evaluate(
          // What a dialog covers is inert, and was looked at before it opened.
          ({ options, within }) => (window as any).axe.run(document.querySelector("dialog[open]") ?? document.querySelector(within) ?? document, options),
          { options: scheme === "dark" ? colours : options, within: pane ? PANES[pane] : "never" } as any,
        )) as AxeResults;
        for (const { id, help, nodes } of violations) {
          for (const node of nodes) {
            found.push(`${view}: ${id} (${help}) ${node.target.join(" ")} ${node.failureSummary?.split("\n").slice(1).join(" ").trim()}`);
          }
        }
      });
    };
    await walk({ page, look, profile, troubles });
    expect(found).toEqual([]);
  });
}
