// Keeps the whole site for when there is no network, or no host: all files of one build, or none.
// Answers for the site's own files only. What it keeps is filled in by the build.

const build = "";
const files = [];

const scope = registration.scope;
// Other sites on this origin keep things too, maybe another Muster below another path.
const ours = `muster ${scope} `;
const kept = ours + build;
// What the host says of the organisation: may change at any time, and must be there without a host.
const organisation = "muster.json";
const patience = 3000;

addEventListener("install", (event) => event.waitUntil(take()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
addEventListener("message", (event) => {
  // The person said so; until then the pages that are open go on as they are.
  if (event.data === "renew") skipWaiting();
});
addEventListener("fetch", (event) => {
  const file = asked(event.request);
  if (file === organisation) event.respondWith(newest(event.request));
  else if (file) event.respondWith(held(file, event.request));
});

// A file that is not what was built (the host was between two versions) breaks it off, by its hash.
async function take() {
  try {
    const cache = await caches.open(kept);
    await cache.addAll(files.map(([file, integrity]) => new Request(file, { integrity, cache: cacheMode(file) })));
    const said = await caches.match(organisation, { ignoreSearch: true }).catch(() => undefined);
    if (said) await cache.put(organisation, said);
    else await newest(new Request(organisation)).catch(() => undefined);
  } catch (error) {
    await caches.delete(kept);
    throw error;
  }
}

// A name with a hash in it means one content forever: the browser's own copy will do.
function cacheMode(file) {
  return /-[0-9a-f]{16}\./.test(file) ? "default" : "no-cache";
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(ours) && name !== kept).map((name) => caches.delete(name)));
}

/** The file of ours that a request is for, by the name that it is kept under. */
function asked(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope)) return undefined;
  const path = url.pathname.slice(new URL(scope).pathname.length);
  if (path === organisation) return organisation;
  const file = path === "" || path === "index.html" ? "./" : path;
  return files.some(([name]) => name === file) ? file : undefined;
}

async function held(file, request) {
  const cache = await caches.open(kept);
  return (await cache.match(file)) ?? fetch(request);
}

// The host's word, where it has one in time; what it said last, where it has not.
async function newest(request) {
  const cache = await caches.open(kept);
  try {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), patience));
    const answer = await Promise.race([fetch(request), late]);
    // A network that asks for a login first answers anything with a page of its own.
    if (/html/.test(answer.headers.get("Content-Type") ?? "")) throw new Error("a page");
    if (answer.ok) {
      await cache.put(organisation, answer.clone());
    } else if (answer.status === 404) {
      await cache.delete(organisation);
    } else {
      throw new Error(answer.statusText);
    }
    return answer;
  } catch (error) {
    const last = await cache.match(organisation);
    if (last) return last;
    throw error;
  }
}
