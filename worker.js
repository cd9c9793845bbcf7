// Keeps the whole site for when there is no network, or no host: all files of one build, or none.
// Answers for the site's own files only. What it keeps is filled in by the build.

const build = "";
const files = [];

const scope = registration.scope;
// Other sites on this origin keep things too, maybe another Muster below another path.
const ours = `muster ${scope} build `;
const kept = ours + build;
// What the host says of the organisation is of no build: it may change at any time, and what it said
// last must be there without a host.
const organisation = "muster.json";
const said = `muster ${scope} organisation`;
const patience = 3000;
// A name with a hash in it means one content for ever.
const hashed = /-[0-9a-f]{16}\.[a-z]+$/;

addEventListener("install", (event) => event.waitUntil(take()));
addEventListener("activate", (event) => event.waitUntil(dropOld()));
addEventListener("message", (event) => {
  // The person said so; until then the pages that are open go on as they are.
  if (event.data === "renew") skipWaiting();
});
addEventListener("fetch", (event) => {
  const file = asked(event.request);
  if (file === organisation) event.respondWith(newest(event));
  else if (file) event.respondWith(held(file, event));
});

/** Takes the whole build in. One file that is not what was built breaks it off, by its hash. */
async function take() {
  // The set that the page lives on is not thrown away for a failed try to take it again.
  const before = await caches.has(kept);
  const cache = await caches.open(kept);
  const all = (mode) => cache.addAll(files.map(([file, integrity]) => new Request(file, { integrity, cache: mode(file) })));
  try {
    // The browser's own copy of a hashed name will do; where it is a wrong one, the host is asked.
    await all((file) => (hashed.test(file) ? "default" : "no-cache")).catch(() => all(() => "reload"));
  } catch (error) {
    if (!before) await caches.delete(kept);
    throw error;
  }
  await word(new Request(organisation)).catch(() => undefined);
}

/** Drops what no page can need: the set before stays for a page that is just being opened by it. */
async function dropOld() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(ours) && name !== kept);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** The file of ours that a request is for, by the name that it is kept under. */
function asked(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope)) return undefined;
  const path = url.pathname.slice(new URL(scope).pathname.length);
  if (path === organisation) return organisation;
  const file = path === "" || path === "index.html" ? "./" : path;
  return hashed.test(file) || files.some(([name]) => name === file) ? file : undefined;
}

async function held(file, event) {
  const found = await look(file).catch(() => undefined);
  if (!found) {
    // The browser has dropped it: it is taken in again.
    if (files.some(([name]) => name === file)) event.waitUntil(take().catch(() => undefined));
    return fetch(event.request);
  }
  // A browser refuses to open a page by an answer that was led elsewhere.
  return found.redirected ? new Response(found.body, { status: found.status, headers: found.headers }) : found;
}

async function look(file) {
  const found = await (await caches.open(kept)).match(file);
  if (found || !hashed.test(file)) return found;
  const names = await caches.keys();
  const sets = names.filter((name) => name.startsWith(ours)).map((name) => caches.open(name));
  const all = await Promise.all((await Promise.all(sets)).map((set) => set.match(file)));
  return all.find(Boolean);
}

/** What the host says of the organisation, in time; else what it said last, where it did. */
async function newest(event) {
  const answering = word(event.request);
  // What comes too late for this page is there for the next.
  event.waitUntil(answering.catch(() => undefined));
  const last = await lastWord();
  if (!last) return answering;
  const late = new Promise((resolve) => setTimeout(resolve, patience, last));
  const answer = await Promise.race([answering, late]).catch(() => last);
  // A network that asks for a login first, or a host half away, answers with anything.
  return answer.ok && isJson(answer) ? answer : last;
}

async function lastWord() {
  const open = caches.open(said);
  return open.then((cache) => cache.match(organisation)).catch(() => undefined);
}

async function word(request) {
  const answer = await fetch(request);
  if (!answer.ok || !isJson(answer)) return answer;
  const text = await answer.clone().text();
  try {
    JSON.parse(text);
    await (await caches.open(said)).put(organisation, answer.clone());
  } catch {
    // It is not JSON, which the app tells, or there is no room to keep it, and this page has it anyway.
  }
  return answer;
}

function isJson(answer) {
  return /json/.test(answer.headers.get("Content-Type") ?? "");
}
