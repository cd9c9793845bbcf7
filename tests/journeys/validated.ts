// A status page's folder, judged by programs that others wrote: its HTML by html-validate, its feed by
// a feed reader, its JSON by a client of Statuspage's API that asks a server for it.
import { createServer, type Server } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { dirname, join, normalize, relative, sep } from "node:path";

import { parseAtomFeed } from "feedsmith";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { Statuspage } from "statuspage.io";

/** All that the programs found wrong with a folder; nothing is as it should be. */
export async function complaints(folder: string): Promise<string[]> {
  const found = await Promise.all([html(folder), links(folder), feed(folder), client(folder)]);
  return found.flat();
}

async function paths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/")).sort();
}

async function pages(folder: string): Promise<[path: string, text: string][]> {
  const found = (await paths(folder)).filter((path) => path.endsWith(".html"));
  return Promise.all(found.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as [string, string]));
}

/** Against the standard and against what it says of accessibility. */
export async function html(folder: string): Promise<string[]> {
  const loader = new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
    // A hash beside a file of the page's own would only say what its server says anyway.
    rules: { "require-sri": ["error", { target: "crossorigin" }] },
  });
  const validator = new HtmlValidate(loader);
  const all = await pages(folder);
  const told = all.length > 0 ? [] : ["html: there is no page"];
  for (const [path, text] of all) {
    const report = await validator.validateString(text, path);
    const messages = report.results.flatMap((result) => result.messages);
    told.push(...messages.map((said) => `html: ${path}:${said.line}: ${said.message} (${said.ruleId})`));
  }
  return told;
}

/** Whatever a page asks for or leads to is in the folder, and no page runs anything. */
export async function links(folder: string): Promise<string[]> {
  const there = new Set(await paths(folder));
  const told: string[] = [];
  for (const [path, text] of await pages(folder)) {
    for (const mark of text.match(/<[a-z][^>]*>/g) ?? []) {
      if (/^<(script|style|iframe|object|embed|base|form)\b|\s(on\w+|style)=/.test(mark)) told.push(`links: ${path}: ${mark}`);
      const [, address] = /\s(?:href|src)="([^"]*)"/.exec(mark) ?? [];
      if (address === undefined || address === "data:," || mark.includes('rel="canonical"')) continue;
      const to = normalize(join(dirname(path), address)).split(sep).join("/");
      if (!there.has(to)) told.push(`links: ${path}: ${address} leads nowhere`);
    }
  }
  return told;
}

/** A feed reader finds what RFC 4287 asks for, and the incidents that the JSON has. */
export async function feed(folder: string): Promise<string[]> {
  const told: string[] = [];
  const must = (holds: unknown, what: string) => holds || told.push(`feed: ${what}`);
  const read = parseAtomFeed(await readFile(join(folder, "feed.atom"), "utf8"));
  must(/^urn:uuid:[0-9a-f-]{36}$/.test(read.id ?? ""), `its id is ${read.id}`);
  must(read.title, "it has no title");
  must(read.authors?.[0]?.name, "it has no author");
  must(!Number.isNaN(Date.parse(String(read.updated))), `it is of ${read.updated}`);
  const { incidents } = JSON.parse(await readFile(join(folder, "incidents.json"), "utf8")) as { incidents: unknown[] };
  const entries = read.entries ?? [];
  must(entries.length === Math.min(incidents.length, 50), `${entries.length} entries, and ${incidents.length} incidents`);
  must(new Set(entries.map((entry) => entry.id)).size === entries.length, "two entries have one id");
  for (const entry of entries) {
    must(entry.title && entry.content && entry.links?.[0]?.href, `${entry.id} lacks its title, content or link`);
    must(!Number.isNaN(Date.parse(String(entry.updated))), `${entry.id} is of ${entry.updated}`);
  }
  return told;
}

/** A client of Statuspage's API gets an answer to each of its questions, and the same one twice. */
export async function client(folder: string): Promise<string[]> {
  const [server, address] = await served(folder);
  try {
    const { api } = pointed(address);
    const [summary, status, components] = await Promise.all([api.getSummary(), api.getStatus(), api.getComponents()]);
    const [all, unresolved] = await Promise.all([api.incidents.getAll(), api.incidents.getUnresolved()]);
    const planned = await Promise.all([
      api.scheduledMaintenances.getAll(),
      api.scheduledMaintenances.getActive(),
      api.scheduledMaintenances.getUpcoming(),
    ]);
    const told: string[] = [];
    const must = (holds: boolean, what: string) => holds || told.push(`client: ${what}`);
    const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
    for (const answer of [status, components, all, unresolved, ...planned]) must(same(answer.page, summary.page), "the answers are of two pages");
    must(same(status.status, summary.status), "the status is not the summary's");
    must(["none", "minor", "major", "critical"].includes(status.status.indicator), `the indicator is ${status.status.indicator}`);
    must(same(components.components, summary.components), "the components are not the summary's");
    must(same(unresolved.incidents, summary.incidents), "what is unresolved is not the summary's");
    const over = ["resolved", "postmortem"];
    must(same(unresolved.incidents, all.incidents.filter((incident) => !over.includes(incident.status))), "what is unresolved is not what is open");
    for (const answer of planned) must(answer.scheduled_maintenances.length === 0, "something is planned");
    for (const incident of all.incidents) {
      const said = incident.incident_updates;
      must(incident.page_id === summary.page.id && said.every((update) => update.incident_id === incident.id), `${incident.id} belongs elsewhere`);
      const times = said.map((update) => Date.parse(update.created_at));
      must(times.every((time, index) => time <= (times[index - 1] ?? time)), `${incident.id} has not its newest update first`);
    }
    return told;
  } catch (error) {
    return [`client: ${error}`];
  } finally {
    server.close();
  }
}

function pointed(address: string): Statuspage {
  const statuspage = new Statuspage("any");
  statuspage.setApiUrl(address);
  return statuspage;
}

async function served(folder: string): Promise<[Server, string]> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    readFile(join(folder, path)).then(
      (bytes) => response.writeHead(200, { "content-type": "application/json" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}
