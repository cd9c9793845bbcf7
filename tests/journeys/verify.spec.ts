// The file's second reader, `docs/verify.mjs`, written from `docs/format.md` alone: it agrees with
// the documentation's example and with what the running app exports, and sees what was changed.
import { readFileSync } from "node:fs";

// @ts-expect-error: plain JavaScript, to be run without anything else.
import { verify } from "../../docs/verify.mjs";
import { expect, test } from "./fixture";
import { exported, note, safe } from "./stored";

const documented = () => {
  const text = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");
  return text.split("\n```json\n")[1].split("\n```\n")[0];
};

const without = (file: string, part: string) => {
  const lines = file.split("\n").filter((line) => !line.includes(part));
  expect(lines.length, part).toBe(file.split("\n").length - 1);
  return lines.join("\n");
};

const FIRST = "f1rstpage0000001";
const SECOND = "sec0ndpage000001";

test("the documentation's example verifies, and every change to it is seen", () => {
  const file = documented();
  expect(verify(file)).toEqual([]);
  const changes: [string, string, RegExp][] = [
    ["a word", file.replace("42 %", "41 %"), new RegExp(`altered: .*${FIRST} up to 11`)],
    ["a clock", file.replace('"noted":"2026-11-24T12:05', '"noted":"2026-11-24T12:01'), new RegExp(`altered: .*${SECOND} up to 3`)],
    ["an unknown field", file.replace('{"level":2}', '{"level":3}'), /altered: .*newerpage0000001 up to 1/],
    ["what was erased", file.replace('"erased":"4127', '"erased":"4128'), new RegExp(`altered: .*${FIRST} up to 11`)],
    ["what a seal covers", file.replace('"title":"Cards fail"', '"title":"Cards work"'), new RegExp(`seal broken: ${SECOND}/3`)],
    ["the incident", file.replace('"scope":"f1reat', '"scope":"0ther1'), new RegExp(`altered: .*${FIRST}`)],
    ["a missing event", without(file, '"tick":7,'), new RegExp(`missing: 1 events of ${SECOND}, from 2 on`)],
    ["a missing head", without(file, '"seq":11,"writer"'), new RegExp(`unverified: ${FIRST} from 1 on`)],
  ];
  for (const [what, changed, finding] of changes) {
    expect(changed, what).not.toBe(file);
    expect(verify(changed).join("\n"), what).toMatch(finding);
  }
});

test("what the app exports verifies without the app", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Walk through a sample" }).click();
  await note(page, "Łódź and 東京 say: “\u0007 odd \\ characters” 👩‍🚒");
  await safe(page);
  const file = await exported(page);
  expect(JSON.parse(file).logs[0].events.length).toBeGreaterThan(20);
  expect(verify(file)).toEqual([]);
  expect(verify(file.replace("東京", "京都")).join("\n")).toContain("altered");
});
