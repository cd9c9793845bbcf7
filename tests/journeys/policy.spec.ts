// The page's policy, and that it holds: nothing foreign is asked for, nothing inline runs, and no
// key of a neighbour on the same origin is touched.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixture";
import { declare, open, openSample, takeIn, fewOf, walks } from "./walks";

/** All of it. Whoever changes one word of the page's policy changes it here, and says why. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
];

test("the policy is the strict one, and comes before anything that it could govern", async ({ page }) => {
  await page.goto("./");
  const metas = page.locator('meta[http-equiv="Content-Security-Policy" i]');
  await expect(metas).toHaveCount(1);
  const policy = (await metas.getAttribute("content")) ?? "";
  expect(policy.split(";").map((part) => part.trim().replace(/\s+/g, " "))).toEqual(POLICY);
  const governed = await page.evaluate(() => {
    const meta = document.querySelector("meta[http-equiv]")!;
    return [...document.querySelectorAll("script, link, style, img, base")].filter(
      (element) => !(meta.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    ).length;
  });
  expect(governed).toBe(0);
});

test("the page holds nothing inline, and names nothing foreign", async ({ page, site }) => {
  await page.goto("./");
  await openSample(page);
  const html = await (await page.request.get(site)).text();
  expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>/g) ?? []).toEqual([]);
  expect(html.match(/<style|\sstyle=|\son[a-z]+=|<base/gi) ?? []).toEqual([]);
  expect(html.match(/(?:https?:)?\/\/[a-z0-9]/gi) ?? []).toEqual([]);
  const live = await page.evaluate(() => document.querySelectorAll("script:not([src]), style, iframe, object, embed, [onclick]").length);
  expect(live).toBe(0);
});

/**
 * What the browser refused while something was tried. The page tries it by itself, after a while:
 * what a debugger evaluates is let off some of the policy.
 */
async function refused(page: Page, attempt: () => unknown): Promise<string[]> {
  await page.addInitScript(`
    window.seen = [];
    const waiting = setInterval(() => {
      if (!window.go) return;
      clearInterval(waiting);
      document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
      Promise.resolve().then(${attempt.toString()}).catch((error) => seen.push(error.name)).finally(() => setTimeout(() => { window.tried = true }, 200));
    }, 50);
  `);
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate(() => void ((window as any).go = true));
  await page.waitForFunction(() => "tried" in window);
  return page.evaluate(() => (window as any).seen);
}

test.describe("what the policy forbids is refused", () => {
  // Each of these means to be told off: the guard of every other journey is emptied at the end.
  test.afterEach(({ troubles }) => void (troubles.length = 0));

  const attempts: Record<string, { attempt: () => unknown; directive: string }> = {
    "an inline script": {
      attempt: () => {
        const script = document.createElement("script");
        script.append("window.ran = true");
        document.body.append(script);
      },
      directive: "will not be executed",
    },
    "an inline script, by its text": {
      attempt: () => {
        const script = document.createElement("script");
        script.text = "window.ran = true";
        document.body.append(script);
      },
      directive: "require-trusted-types-for",
    },
    "eval": { attempt: () => (0, eval)("window.ran = true"), directive: "EvalError" },
    "a function from text": { attempt: () => new Function("window.ran = true")(), directive: "EvalError" },
    "a timer from text": { attempt: () => setTimeout("window.ran = true" as any, 0), directive: "require-trusted-types-for" },
    "a handler in markup": {
      attempt: () => {
        const button = document.createElement("button");
        button.setAttribute("onclick", "window.ran = true");
        document.body.append(button);
        button.click();
      },
      directive: "require-trusted-types-for",
    },
    "a script from elsewhere": {
      attempt: () =>
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.onload = script.onerror = resolve;
          (script as any).setAttribute("src", "https://example.org/x.js");
          document.body.append(script);
        }),
      directive: "require-trusted-types-for",
    },
    "a style in an attribute": {
      attempt: () => document.body.setAttribute("style", "color: red"),
      directive: "style-src-attr",
    },
    "a style sheet in the page": {
      attempt: () => {
        const style = document.createElement("style");
        style.append("body { color: red }");
        document.head.append(style);
      },
      directive: "style-src-elem",
    },
    "a request to elsewhere": { attempt: () => fetch("https://example.org/"), directive: "connect-src" },
    "a picture from elsewhere": {
      attempt: () => {
        const image = new Image();
        image.src = "https://example.org/x.png";
        document.body.append(image);
      },
      directive: "img-src",
    },
    "a frame": {
      attempt: () => {
        const frame = document.createElement("iframe");
        frame.src = "https://example.org/";
        document.body.append(frame);
      },
      directive: "frame-src",
    },
    "a base": {
      attempt: () => {
        const base = document.createElement("base");
        base.href = "https://example.org/";
        document.head.append(base);
      },
      directive: "base-uri",
    },
    "a form that is sent away": {
      attempt: () => {
        const form = document.createElement("form");
        form.action = "https://example.org/";
        document.body.append(form);
        form.submit();
      },
      directive: "form-action",
    },
  };
  for (const [name, { attempt, directive }] of Object.entries(attempts)) {
    test(name, async ({ page, troubles }) => {
      const seen = await refused(page, attempt);
      expect([...seen, ...troubles].join("\n")).toContain(directive);
      expect(await page.evaluate(() => "ran" in window)).toBe(false);
    });
  }

  test("an inline script in the page as it was served", async ({ page, site, troubles }) => {
    await page.route(site, async (route) => {
      const html = await (await route.fetch()).text();
      const tampered = html.replace("</head>", "<script>window.ran = true</script><script type=module>window.ran = true</script></head>");
      await route.fulfill({ contentType: "text/html", body: tampered.replace("<body>", '<body onload="window.ran = true" style="color: red">') });
    });
    await page.goto("./");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => "ran" in window)).toBe(false);
    for (const directive of ["script-src-elem inline", "script-src-attr inline", "style-src-attr inline"]) expect(troubles.join("\n")).toContain(directive);
  });

  test("markup that carries a script, by Trusted Types", async ({ page }) => {
    await page.goto("./");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const outcome = await page.evaluate(() => {
      const tried = (markup: string) => {
        try {
          document.createElement("template").innerHTML = markup;
          return "taken";
        } catch (error) {
          return (error as Error).name;
        }
      };
      const types = (window as any).trustedTypes;
      let second = "taken";
      try {
        types.createPolicy("another", { createHTML: (text: string) => text });
      } catch (error) {
        second = (error as Error).name;
      }
      let source = "taken";
      try {
        document.createElement("script").src = "start.js";
      } catch (error) {
        source = (error as Error).name;
      }
      return {
        plain: tried("<p class='a'>words</p>"),
        script: tried("<script>1</script>"),
        handler: tried("<img src=x onerror=alert(1)>"),
        slashed: tried("<svg/onload=alert(1)>"),
        address: tried("<a href='javascript:alert(1)'>x</a>"),
        frame: tried("<iframe srcdoc='x'></iframe>"),
        second,
        source,
      };
    });
    expect(outcome).toEqual({
      plain: "taken",
      script: "TypeError",
      handler: "TypeError",
      slashed: "TypeError",
      address: "TypeError",
      frame: "TypeError",
      second: "TypeError",
      source: "TypeError",
    });
  });
});

test("a whole walk asks for the site's own files alone, and each of them is there", async ({ page, context, profile, troubles, site }) => {
  test.setTimeout(300_000);
  const asked = new Set<string>();
  const failed: string[] = [];
  context.on("request", (request) => asked.add(request.url()));
  context.on("response", (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => failed.push(`${request.failure()?.errorText} ${request.url()}`));
  for (const walk of [walks["sharing"], walks["the settings"], walks["words, and addresses that name nothing"], walks["the room's turns"], walks["the palette and the keys"]]) {
    const fresh = await (await profile()).newPage();
    fresh.on("request", (request) => asked.add(request.url()));
    await walk({ page: fresh, look: async () => {}, profile, troubles });
  }
  await openSample(page);
  await declare(page, "Orders cannot be paid");
  await takeIn(page, fewOf(3));
  for (const [to, heading] of [["#/", /open/], ["#/settings", "Settings"], ["#/guide", "The six stages"], ["#/nowhere", "Nothing is at this address"]] as const) {
    await open(page, to, heading);
  }
  const foreign = [...asked].filter((url) => ![site, `blob:${new URL(site).origin}/`].some((own) => url.startsWith(own)));
  expect(foreign).toEqual([]);
  expect(failed).toEqual([]);
});

test("keys of neighbours on the same origin are neither changed nor read away", async ({ page }) => {
  const neighbours = { theirs: "kept", "muster": "not ours without the slash", "other/muster/log": "kept", "": "empty name" };
  await page.addInitScript((neighbours) => {
    if (localStorage.length === 0) for (const [key, value] of Object.entries(neighbours)) localStorage.setItem(key, value);
    sessionStorage.setItem("theirs", "kept");
    const asked: string[] = ((window as any).asked = []);
    for (const name of ["setItem", "removeItem", "clear"] as const) {
      const plain = Storage.prototype[name] as (...rest: string[]) => void;
      (Storage.prototype as any)[name] = function (this: Storage, ...rest: string[]) {
        asked.push(`${name} ${rest[0] ?? ""}`);
        return plain.apply(this, rest);
      };
    }
  }, neighbours);
  await openSample(page);
  await page.keyboard.press("z");
  await declare(page, "Orders cannot be paid");
  await takeIn(page, fewOf(5));
  await page.getByRole("button", { name: "Undo the import" }).click();
  await open(page, "#/settings", "Settings");
  await page.getByLabel("Your name").fill("Robin");
  await page.getByLabel("Your name").press("Tab");
  await page.getByText("Remove an incident from this device").click();
  await page.getByRole("button", { name: /^Remove Orders/ }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed from this device")).toBeVisible();
  const asked: string[] = await page.evaluate(() => (window as any).asked);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((call) => !/^(setItem|removeItem) muster\//.test(call))).toEqual([]);
  const held = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => !key.startsWith("muster/"))));
  expect(held).toEqual(neighbours);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe('{"theirs":"kept"}');
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map((database) => database.name));
  expect(databases).toEqual(["muster"]);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});
