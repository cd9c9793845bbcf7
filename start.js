// Starts the app, and stands by when it stops: needs nothing of what has just failed.

performance.mark("muster-start");

// The one script besides this that the page may start: it keeps the site for when there is no network.
const worker = "worker.js";
const forbidden = /<\s*(script|iframe|object|embed|frame)|[\s"'/]on[a-z]+\s*=|javascript:/i;
if (window.trustedTypes) {
  // The framework makes its templates from strings; none of them may carry a script.
  trustedTypes.createPolicy("default", {
    createHTML: (markup) => {
      if (forbidden.test(markup)) throw new TypeError("markup refused");
      return markup;
    },
    createScriptURL: (url) => (url === worker ? url : null),
  });
}

const element = (id) => document.getElementById(id);

function stopped(why) {
  const box = element("stopped");
  if (!box.hidden) return;
  box.hidden = false;
  element("stopped-why").textContent = why;
  element("stopped-reload").onclick = renew;
  element("stopped-download").onclick = download;
  element("stopped-reload").focus();
}

// Everything as it lies in both stores, whatever state it is in.
async function download() {
  const held = { local: {}, journal: [], pictures: {} };
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith("muster/")) held.local[key] = localStorage.getItem(key);
    }
  } catch (error) {
    held.local_error = String(error);
  }
  try {
    const database = await inTime(opened());
    if (database) {
      held.journal = await inTime(records(database));
      // Whatever is wrong with a picture must not cost the words.
      await inTime(addPictures(database, held)).catch((error) => (held.pictures_error = String(error)));
      database.close();
    }
  } catch (error) {
    held.journal_error = String(error);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(held)], { type: "application/json" }));
  link.download = "muster-stored.json";
  link.click();
}

// A browser that does not answer must not keep the rest from being saved.
const patience = 4000;

function inTime(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("the database does not answer")), patience));
  return Promise.race([promise, late]);
}

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  const opening = indexedDB.open("muster");
  // There was none: made here it would lack what the app puts into a new one.
  opening.onupgradeneeded = () => opening.transaction.abort();
  return settled(opening).catch((error) => {
    if (error?.name === "AbortError") return undefined;
    throw error;
  });
}

const store = (database, name) => database.transaction(name).objectStore(name);
const records = (database) => settled(store(database, "records").getAll());

// As much as a file takes; the rest is named.
const mostOfPictures = 60_000_000;

async function addPictures(database, held) {
  // A database that an earlier version made may have none.
  if (!database.objectStoreNames.contains("pictures")) return;
  let room = mostOfPictures;
  for (const digest of await settled(store(database, "pictures").getAllKeys())) {
    const { bytes } = await settled(store(database, "pictures").get(digest));
    room -= bytes.length;
    if (room < 0) throw new Error("more pictures than one file takes");
    held.pictures[digest] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }
}

addEventListener("muster-stopped", (event) => stopped(event.detail));

// A newer Muster may have come meanwhile, complete: it takes over, then the page is opened again.
async function renew() {
  setTimeout(() => location.reload(), patience);
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  waiting.onstatechange = () => waiting.state === "activated" && location.reload();
  waiting.postMessage("renew");
}

addEventListener("muster-renew", renew);

// What the app shows of it: "kept", "withheld" (plain http) or "failed"; and of a newer one that it
// "waits", that taking it in "failed", or that the host was "unasked".
function tell(words) {
  Object.assign(document.documentElement.dataset, words);
  dispatchEvent(new Event("muster-kept"));
}

async function keep() {
  if (!("serviceWorker" in navigator)) return tell({ kept: isSecureContext ? "failed" : "withheld" });
  try {
    const registration = await navigator.serviceWorker.register(worker, { scope: "./", updateViaCache: "none" });
    const look = async () => {
      if (!registration.active) return;
      // A worker without its files keeps nothing.
      tell({ kept: (await caches.match(registration.scope)) ? "kept" : "failed" });
      if (registration.waiting) tell({ newer: "waits" });
    };
    const follow = (taking) => {
      if (!taking) return;
      taking.onstatechange = () => {
        if (taking.state !== "redundant") return look();
        tell(registration.active ? { newer: "failed" } : { kept: "failed" });
      };
    };
    registration.onupdatefound = () => follow(registration.installing);
    follow(registration.installing);
    await look();
    registration.update().catch(() => tell({ newer: "unasked" }));
  } catch {
    tell({ kept: "failed" });
  }
}

// In one file (muster.html) the program lies in the page, and its glue stands before this script.
async function unpacked(held) {
  const bytes = Uint8Array.from(atob(held.textContent), (letter) => letter.charCodeAt(0));
  held.remove();
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(opened, { headers: { "Content-Type": "application/wasm" } });
}

const tag = document.querySelector("script[data-wasm]");
const inside = element("program");
try {
  if (inside) {
    await __wbg_init({ module_or_path: unpacked(inside) });
  } else {
    const { default: start } = await import(new URL(tag.dataset.js, location.href));
    await start({ module_or_path: new URL(tag.dataset.wasm, location.href) });
  }
  element("not-started")?.remove();
} catch (error) {
  element("not-started")?.remove();
  stopped(String(error));
}
if (inside) tell({ kept: "one-file" });
else keep();
