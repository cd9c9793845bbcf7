// What an action costs does not grow with the incident: counted, since counts do not depend on the
// machine. Times stand in bench/.
import { expect, test } from "./fixture";
import { acts, count, holds } from "./measured";

/** Fewer than a segment holds, so that each entry is one write to each store. */
const TIMES = 12;

test("an entry costs the same writes at 10 and at 10,000 events", async ({ page }) => {
  test.setTimeout(180_000);
  await count(page);
  const costs = [];
  for (const size of [10, 10_000]) {
    await page.goto(await holds(page, size));
    costs.push(await acts(page, TIMES));
  }
  const [small, large] = costs;
  expect(large.writes, "writes").toBe(small.writes);
  expect(small.writes, "one in each store for each entry").toBe(2 * TIMES);
  // Ticks and what was seen have more digits in the longer one.
  expect(large.units / small.units, `${small.units} and ${large.units} characters`).toBeLessThan(1.1);
});
