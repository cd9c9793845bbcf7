// Verifies a file of Muster's without Muster: node docs/verify.mjs muster-….json
//
// Written from docs/format.md alone, as a second reading of it. Needs Node 20 and nothing else.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// RFC 8785; no value in a file has a fraction.
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};

const next = (before, { body, erased, ...header }) => {
  const digest = erased === undefined ? sha256(canonical(body)) : Buffer.from(erased, "hex");
  return sha256(before, sha256(canonical(header)), digest);
};

// For each writer its events by number, and for each number the hashes that its chain may have
// there: one, or several where two events carry one id.
const chains = (log) => {
  const writers = new Map();
  for (const event of log.events) {
    if (!writers.has(event.writer)) writers.set(event.writer, { events: new Map(), hashes: [] });
    const { events } = writers.get(event.writer);
    events.set(event.seq, [...(events.get(event.seq) ?? []), event]);
  }
  const start = sha256("muster-chain-1\n", log.scope);
  for (const { events, hashes } of writers.values()) {
    hashes.push([start]);
    while (events.has(hashes.length)) {
      const twins = events.get(hashes.length);
      const paths = hashes.at(-1).flatMap((before) => twins.map((event) => next(before, event)));
      hashes.push(paths.slice(0, 64));
    }
  }
  return writers;
};

const sealOf = (had, writers) => {
  const lines = [];
  for (const [writer, seq] of [...had].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (seq === 0) continue;
    const hashes = writers.get(writer)?.hashes[seq];
    if (hashes?.length !== 1) return undefined; // Not held, or forked: it cannot be told.
    lines.push(`${writer} ${seq} ${hashes[0].toString("hex")}\n`);
  }
  return sha256("muster-seal-1\n", ...lines).toString("hex");
};

const verifyLog = (log) => {
  const findings = [];
  const writers = chains(log);
  const exists = new Map();
  const names = (writer, seq) => exists.set(writer, Math.max(seq, exists.get(writer) ?? 0));
  for (const event of log.events) {
    names(event.writer, event.seq);
    for (const [writer, seq] of Object.entries(event.seen ?? {})) names(writer, seq);
    for (const id of [event.on, ...(event.replaces ?? [])].filter(Boolean)) {
      const [writer, seq] = id.split("/");
      names(writer, Number(seq));
    }
  }
  for (const head of log.heads) {
    names(head.writer, head.seq);
    const hashes = writers.get(head.writer)?.hashes[head.seq];
    if (hashes && !hashes.some((hash) => hash.toString("hex") === head.digest)) {
      findings.push(`altered: the events of ${head.writer} up to ${head.seq} are not what a copy said of them`);
    }
  }
  for (const [writer, seq] of exists) {
    const held = writers.get(writer)?.events ?? new Map();
    const missing = Array.from({ length: Math.min(seq, 1_000_000) }, (_, n) => n + 1).filter((n) => !held.has(n));
    if (missing.length > 0) findings.push(`missing: ${missing.length} events of ${writer}, from ${missing[0]} on`);
  }
  for (const [writer, { events, hashes }] of writers) {
    const claimed = Math.max(0, ...log.heads.filter((head) => head.writer === writer).map((head) => head.seq));
    const covered = Math.min(claimed, hashes.length - 1);
    if (covered < Math.max(...events.keys())) findings.push(`unverified: ${writer} from ${covered + 1} on`);
    const had = new Map();
    let tick = 0;
    for (const [seq, twins] of [...events].sort(([a], [b]) => a - b)) {
      if (twins.length > 1) findings.push(`fork: ${twins.length} events carry the id ${writer}/${seq}`);
      for (const event of twins) {
        if (event.tick <= tick) findings.push(`out of order: ${writer}/${seq} has an earlier tick than the one before`);
        for (const [other, upTo] of Object.entries(event.seen ?? {})) had.set(other, upTo);
        const seal = event.seal && sealOf(new Map([...had, [writer, seq - 1]]), writers);
        if (seal && seal !== event.seal) findings.push(`seal broken: ${writer}/${seq}`);
      }
      tick = Math.max(...twins.map((event) => event.tick));
    }
  }
  return findings;
};

// What is wrong with a file, a line each; empty where nothing is.
export const verify = (text) => {
  const file = JSON.parse(text);
  if (file.format !== "muster" || file.version !== 1) return ["no file of Muster's, or of a later version"];
  return file.logs.flatMap((log) => verifyLog(log).map((finding) => `${log.scope}: ${finding}`));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const findings = verify(readFileSync(process.argv[2], "utf8"));
  console.log(findings.length === 0 ? "Every hash, head and seal fits." : findings.join("\n"));
  process.exitCode = findings.length === 0 ? 0 : 1;
}
