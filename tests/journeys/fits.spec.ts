// Every screen and state holds under what people need of it: 320 pixels, wider spacing, text twice
// as large, forced colours, no motion, fingers.
import { expect, test } from "./fixture";
import * as fits from "./fits";
import { everyPart, walks, SIZES, type Pane } from "./walks";

test.describe.configure({ timeout: 240_000 });
test.use({ actionTimeout: 10_000 });

/** Main controls: what one reaches for under pressure. */
const MAIN = ".button, .dock button, .top nav a, .say input, .choices label, .tabs button, .form input:not([type=checkbox]), .form select, .form textarea, #what, .found li, .finder";
const ALL = "a[href], button, input, select, textarea, summary, [role=tab], [role=option]";

/** Each walk, and when it is taken if not now. */
const taken: [name: string, walk: (typeof walks)[string], time?: string][] = [
  ...Object.entries(walks),
  // A day changes on the axis of the tasks; Berlin is an hour ahead.
  ["tasks, towards midnight", walks["tasks"]!, "2026-11-24T22:40:00Z"],
];

for (const [name, walk, time] of taken) {
  test(`fits: ${name}`, async ({ page, profile, troubles }) => {
    if (time) await page.clock.install({ time });
    // What is wrong, and where: one thing is often wrong in many views.
    const found = new Map<string, string[]>();
    await fits.prepare(page);
    const devtools = await page.context().newCDPSession(page);
    const note = async (view: string, findings: Promise<string[]>) => {
      for (const finding of await findings) found.set(finding, [...(found.get(finding) ?? []), view]);
    };
    const layout = (view: string) => note(view, fits.laidOut(page));
    const size = (width: number, height: number) => page.setViewportSize({ width, height });
    const text = (standard: number) => devtools.send("Page.setFontSizes", { fontSizes: { standard, fixed: Math.round((standard * 13) / 16) } });
    const spaced = (on: boolean) =>
      page.evaluate((on) => {
        const sheet = new CSSStyleSheet();
        // The values of WCAG 1.4.12.
        if (on) sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
        document.adoptedStyleSheets = [sheet];
      }, on);

    const look = async (state: string, pane?: Pane) => {
      await note(`${state}, on a desk`, fits.tooSmall(page, ALL, 24));
      await layout(`${state}, on a desk`);

      await spaced(true);
      await layout(`${state}, spaced, on a desk`);
      await page.setViewportSize(SIZES[1]);
      await everyPart(page, pane, (part) => layout(`${state}${part}, spaced, on a phone`));
      await spaced(false);

      await size(320, 800);
      await everyPart(page, pane, async (part) => {
        await layout(`${state}${part}, 320 px`);
        await note(`${state}${part}, 320 px`, fits.tooSmall(page, ALL, 24));
      });

      // Text twice as large by the browser's own setting, then the whole page by its zoom.
      await size(1440, 900);
      await text(32);
      await everyPart(page, pane, (part) => layout(`${state}${part}, text at 200 %`));
      await text(16);
      // As wide as large text leaves it, and half as high: one part shows that.
      await size(720, 450);
      await everyPart(page, pane ?? "Work", (part) => layout(`${state}${part}, zoom at 200 %`));

      await page.emulateMedia({ forcedColors: "active" });
      await page.setViewportSize(SIZES[0]);
      await note(`${state}, forced colours, on a desk`, fits.withoutEdge(page));
      await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 5 });
      await page.setViewportSize(SIZES[1]);
      await everyPart(page, pane, async (part) => {
        await note(`${state}${part}, forced colours, on a phone`, fits.withoutEdge(page));
        await note(`${state}${part}, by finger`, fits.tooSmall(page, MAIN, 44));
        await note(`${state}${part}, on a phone`, fits.beyondTheSides(page));
      });
      await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: false });
      await page.emulateMedia({ forcedColors: null, reducedMotion: "reduce" });
      await page.setViewportSize(SIZES[0]);
      await note(`${state}, reduced motion`, fits.moving(page));
      await page.emulateMedia({ reducedMotion: null });
    };
    await walk({ page, look, profile, troubles });
    expect([...found].map(([finding, views]) => `${finding} [${views.slice(0, 3).join("; ")}${views.length > 3 ? ` and ${views.length - 3} more` : ""}]`)).toEqual([]);
  });
}
