// What can be wrong with how a page lies on the screen, found by measuring it. Each function runs in
// the page and tells what it found, in words; nothing found is nothing wrong.
import type { Page } from "@playwright/test";

/** Puts `element` into words, so that a finding can be found again. Runs in the page. */
const tools = () => {
  const named = (element: Element) => {
    const parent = element.parentElement;
    const brief = (one: Element) => one.tagName.toLowerCase() + (one.id ? `#${one.id}` : "") + [...one.classList].map((name) => `.${name}`).join("");
    return `${parent ? `${brief(parent)} > ` : ""}${brief(element)} “${(element.textContent ?? "").trim().slice(0, 40)}”`;
  };
  const seen = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    if (element.closest(".sr, .skip:not(:focus)")) return false;
    const open = document.querySelector("dialog[open]");
    return !open || open.contains(element);
  };
  /** What is stuck to the screen lies over what scrolls beneath it; these are compared among themselves. */
  const layer = (element: Element): Element => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return at;
    }
    return document.body;
  };
  /** All that is seen: what an open dialog covers is not. */
  const root = (): Element => document.querySelector("dialog[open]") ?? document.body;
  return { named, seen, layer, root };
};

declare const fitsTools: ReturnType<typeof tools>;

/** Gives a page the tools that the measuring needs, before it loads. */
export async function prepare(page: Page): Promise<void> {
  await page.addInitScript(`window.fitsTools = (${tools.toString()})()`);
}

/** What reaches beyond the screen's sides, or must be scrolled sideways to be read. */
export const beyondTheSides = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named, seen, root } = fitsTools;
    const found: string[] = [];
    const page = document.scrollingElement!;
    if (page.scrollWidth > innerWidth) found.push(`the page is ${page.scrollWidth} px wide on ${innerWidth} px`);
    for (const element of root().querySelectorAll("*")) {
      if (!seen(element) || element.matches("input, textarea, option")) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`${named(element)} lies from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      const { overflowX } = getComputedStyle(element);
      if (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${named(element)} scrolls sideways`);
    }
    return found;
  });

/** Words that are cut off by the box that they stand in. A title of many words may be: it says all when asked. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named, seen, root } = fitsTools;
    const found: string[] = [];
    for (const element of root().querySelectorAll("*")) {
      if (!seen(element) || element.matches("input, textarea, select, option, progress, h1[title], #stopped pre, pre *")) continue;
      const style = getComputedStyle(element);
      const hides = (overflow: string) => /hidden|clip/.test(overflow);
      if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${named(element)} is cut off sideways`);
      if (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && style.fontSize !== "0px") found.push(`${named(element)} is cut off below`);
    }
    // A button whose words need more room than it has.
    for (const control of root().querySelectorAll("button, a.button, select, .tag, .priority")) {
      if (!seen(control)) continue;
      const box = control.getBoundingClientRect();
      if (control.scrollWidth > control.clientWidth + 1 && control.clientWidth > 0) found.push(`${named(control)} is ${control.scrollWidth} px wide in ${Math.round(box.width)}`);
      if (control.scrollHeight > control.clientHeight + 1 && control.clientHeight > 0) found.push(`${named(control)} is ${control.scrollHeight} px high in ${Math.round(box.height)}`);
    }
    return found;
  });

/** Words and controls that lie over one another. */
export const overlapping = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named, seen, layer, root } = fitsTools;
    type Box = { element: Element; layer: Element; left: number; top: number; right: number; bottom: number };
    const boxes: Box[] = [];
    const put = (element: Element, { left, top, right, bottom }: DOMRect) => {
      if (right - left > 2 && bottom - top > 2) boxes.push({ element, layer: layer(element), left, top, right, bottom });
    };
    const walker = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (!node.textContent?.trim() || !seen(element) || getComputedStyle(element).fontSize === "0px") continue;
      if (element.closest("option, script, style, .finder, pre")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      // What a clamped title leaves out is not there to be overlapped.
      const title = element.closest("h1[title], .name")?.getBoundingClientRect();
      for (const box of range.getClientRects()) if (!title || box.bottom <= title.bottom + 1) put(element, box);
    }
    for (const control of root().querySelectorAll("input:not([type=radio]), select, textarea")) if (seen(control)) put(control, control.getBoundingClientRect());
    const found = new Set<string>();
    boxes.sort((one, other) => one.top - other.top);
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (other.top >= one.bottom) break;
        if (one.layer !== other.layer || one.element === other.element) continue;
        if (one.element.contains(other.element) || other.element.contains(one.element)) {
          if (one.element.matches("input, select, textarea") || other.element.matches("input, select, textarea")) continue;
        }
        // The key printed inside its field.
        if (one.element.matches("kbd.key") || other.element.matches("kbd.key")) continue;
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        const low = Math.min(one.bottom - one.top, other.bottom - other.top);
        // Lines that stand close touch by a few pixels of empty ascent; words that cover each other share more.
        if (wide > 2 && high > Math.max(3, low * 0.35)) found.add(`${named(one.element)} and ${named(other.element)}`);
      }
    });
    return [...found];
  });

/** What is stuck to the screen and can never be scrolled away from, though it hides something. */
export const coveredForGood = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named, seen, layer } = fitsTools;
    if (document.querySelector("dialog[open]")) return [];
    const before = scrollY;
    const found: string[] = [];
    scrollTo({ top: document.scrollingElement!.scrollHeight, behavior: "instant" });
    const stuck = [...document.querySelectorAll("body *")].filter((element) => seen(element) && getComputedStyle(element).position === "fixed" && !element.matches(".notices, #stopped"));
    const flow = [...document.querySelectorAll("#main button, #main a, #main input, #main select, #main textarea, #main p, #main summary")].filter((element) => seen(element) && layer(element) === document.body);
    for (const over of stuck) {
      const lid = over.getBoundingClientRect();
      for (const element of flow) {
        const box = element.getBoundingClientRect();
        if (box.height > 0 && box.bottom > lid.top + 1 && box.top < lid.bottom && box.right > lid.left && box.left < lid.right) {
          found.push(`${named(element)} stays under ${named(over)}`);
        }
      }
    }
    scrollTo({ top: before, behavior: "instant" });
    return found;
  });

/** All that can be wrong with how things lie. */
export const laidOut = async (page: Page): Promise<string[]> =>
  (await Promise.all([beyondTheSides(page), cutOff(page), overlapping(page), coveredForGood(page)])).flat();

/** Controls that are smaller than `least`, unless they stand inside a sentence. */
export const tooSmall = (page: Page, selector: string, least: number): Promise<string[]> =>
  page.evaluate(
    ({ selector, least }) => {
      const { named, seen, root } = fitsTools;
      const found: string[] = [];
      for (const control of root().querySelectorAll(selector)) {
        const target = control.matches("[type=radio], [type=checkbox]") ? control.closest("label")! : control;
        if (!seen(target)) continue;
        const link = target.matches("a, .link") ? target : null;
        const sentence = link?.closest("p, dd, li > span, .sentence");
        const within = sentence && (sentence.textContent ?? "").trim().length > (link!.textContent ?? "").trim().length;
        if (within && getComputedStyle(link!).display.startsWith("inline")) continue;
        // A link that makes its whole card the target.
        const box = (target.closest(".card h3") ? target.closest(".card")! : target).getBoundingClientRect();
        if (box.width + 0.5 < least || box.height + 0.5 < least) found.push(`${named(target)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
      }
      return found;
    },
    { selector, least },
  );

/** With forced colours: controls without an edge, and states that only a colour told. */
export const withoutEdge = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named, seen } = fitsTools;
    const found: string[] = [];
    const clear = (color: string) => /rgba\(.*, 0\)|transparent/.test(color);
    const edged = (element: Element) => {
      const style = getComputedStyle(element);
      const border = (["Top", "Right", "Bottom", "Left"] as const).some(
        (side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1 && !clear(style[`border${side}Color`]),
      );
      const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && !clear(style.outlineColor);
      return border || outline;
    };
    const underlined = (element: Element) => getComputedStyle(element).textDecorationLine.includes("underline");
    for (const control of document.querySelectorAll("button:not([role=tab], .dock *), a.button, input:not([type=radio]):not([type=checkbox]), select, textarea, .priority")) {
      if (seen(control) && !edged(control) && !underlined(control)) found.push(`${named(control)} has no edge`);
    }
    for (const state of document.querySelectorAll("[aria-selected=true], [aria-current]:not(.stages li), label:has(input[type=radio]:checked), .stages li[aria-current]")) {
      if (seen(state) && !edged(state)) found.push(`${named(state)} does not show that it is the one`);
    }
    return found;
  });

/** What moves, or would on the next change. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { named } = fitsTools;
    const found = document.getAnimations().map((animation) => `${(animation.effect as KeyframeEffect)?.target ? named((animation.effect as KeyframeEffect).target!) : "something"} moves`);
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const lasts = (durations: string) => durations.split(",").some((one) => parseFloat(one) > 0);
      if (style.animationName !== "none" && lasts(style.animationDuration)) found.push(`${named(element)} has an animation`);
      if (lasts(style.transitionDuration)) found.push(`${named(element)} has a transition`);
      if (style.scrollBehavior === "smooth") found.push(`${named(element)} scrolls smoothly`);
    }
    return found;
  });
