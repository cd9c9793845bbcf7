// Figures over a status page's incidents, worked out anew from their definitions, to compare Muster's
// with. Reads the raw JSON named by the first argument and prints JSON. Shares no code with Muster
// and does it another way: a day's minutes are ticked off one by one, ranks are counted.

import { readFileSync } from "node:fs";

const MINUTE = 60_000;
const { incidents } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const end = Date.parse(process.argv[3]);

/** What Muster says that a page's impact weighs, in quarters of a service. */
const QUARTERS = { critical: 4, major: 2, minor: 1, none: 1, maintenance: 1 };

const at = (text) => Date.parse(text);

/** From when the page first names a component until the incident is resolved, as minutes. */
function outages(incident) {
  const named = new Map();
  for (const update of incident.incident_updates) {
    const said = at(update.display_at ?? update.created_at);
    for (const { name } of update.affected_components ?? []) {
      named.set(name, Math.min(said, named.get(name) ?? Infinity));
    }
  }
  return [...named].map(([service, from]) => {
    const to = at(incident.resolved_at);
    if (from % MINUTE || to % MINUTE) throw new Error("the page counts whole minutes");
    return { service, from: from / MINUTE, to: to / MINUTE, quarters: QUARTERS[incident.impact] };
  });
}

/** Each minute in which something was lost, with the most that was. */
function tick(list) {
  const worst = new Map();
  for (const { from, to, quarters } of list) {
    for (let minute = from; minute < to && minute * MINUTE < end; minute++) {
      if ((worst.get(minute) ?? 0) < quarters) worst.set(minute, quarters);
    }
  }
  return worst;
}

function down(list, within = () => true) {
  let [union, quarters] = [0, 0];
  for (const [minute, lost] of tick(list)) {
    if (!within(minute)) continue;
    union += 1;
    quarters += lost;
  }
  return { union, weighted: quarters / 4 };
}

/** The value that exactly as many lie below as above, or half-way between two such. */
function median(values) {
  const rank = (value) => [values.filter((v) => v < value).length, values.filter((v) => v <= value).length];
  const half = values.length / 2;
  const middle = values.filter((value) => rank(value)[0] <= half && rank(value)[1] >= half);
  return (Math.min(...middle) + Math.max(...middle)) / 2;
}

/** The least value that at least nine tenths are no larger than. */
function p90(values) {
  const enough = values.filter((value) => 10 * values.filter((v) => v <= value).length >= 9 * values.length);
  return Math.min(...enough);
}

function times(list, until) {
  const known = list.filter((one) => one[until]);
  const minutes = known.map((one) => (at(one[until]) - at(one.started_at)) / MINUTE);
  if (minutes.length === 0) return { n: 0, of: list.length };
  const mean = (minutes.reduce((sum, one) => sum + one, 0) / minutes.length).toFixed(2);
  return { n: minutes.length, of: list.length, median: median(minutes), p90: p90(minutes), mean };
}

function figures(list, outagesOfRow, within) {
  return {
    incidents: list.length,
    major: list.filter((one) => one.impact === "critical").length,
    mitigate: times(list, "monitoring_at"),
    restore: times(list, "resolved_at"),
    resolve: times(list, "resolved_at"),
    ...down(outagesOfRow, within),
  };
}

function by(key) {
  const groups = {};
  for (const incident of incidents) (groups[key(incident)] ??= []).push(incident);
  return groups;
}

const everything = incidents.flatMap(outages);
const months = {};
const inMonth = by((one) => new Date(at(one.started_at)).toISOString().slice(0, 7));
const monthOf = (minute) => new Date(minute * MINUTE).toISOString().slice(0, 7);
const first = Object.keys(inMonth).sort()[0];
for (let date = new Date(`${first}-01T00:00:00Z`); date < end; date.setUTCMonth(date.getUTCMonth() + 1)) {
  const month = date.toISOString().slice(0, 7);
  months[month] = figures(inMonth[month] ?? [], everything, (minute) => monthOf(minute) === month);
}

const impacts = {};
for (const [impact, list] of Object.entries(by((one) => one.impact))) {
  impacts[impact] = figures(list, list.flatMap(outages));
}

const services = {};
for (const name of new Set(everything.map((one) => one.service))) {
  const hit = incidents.filter((one) => outages(one).some(({ service }) => service === name));
  services[name] = figures(hit, everything.filter(({ service }) => service === name));
}

const all = figures(incidents, everything);
const unnamed = incidents.filter((one) => outages(one).length === 0).length;
console.log(JSON.stringify({ all, months, impacts, services, unnamed }));
