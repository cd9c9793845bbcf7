// Starts the app, and stands by when it stops: needs nothing of what has just failed.

performance.mark("muster-start");

const forbidden = /<\s*(script|iframe|object|embed|frame)|[\s"'/]on[a-z]+\s*=|javascript:/i;
if (window.trustedTypes) {
  // The framework makes its templates from strings; none of them may carry a script.
  trustedTypes.createPolicy("default", {
    createHTML: (markup) => {
      if (forbidden.test(markup)) throw new TypeError("markup refused");
      return markup;
    },
  });
}

const element = (id) => document.getElementById(id);

function stopped(why) {
  const box = element("stopped");
  if (!box.hidden) return;
  box.hidden = false;
  element("stopped-why").textContent = why;
  element("stopped-reload").onclick = () => location.reload();
  element("stopped-download").onclick = download;
  element("stopped-reload").focus();
}

// Everything as it lies in both stores, whatever state it is in.
async function download() {
  const held = { local: {}, journal: [] };
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith("muster/")) held.local[key] = localStorage.getItem(key);
    }
  } catch (error) {
    held.local_error = String(error);
  }
  try {
    held.journal = await journal();
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

function journal() {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the database does not answer")), patience);
    const opening = indexedDB.open("muster");
    // There was none: made here it would lack what the app puts into a new one.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => (opening.error?.name === "AbortError" ? resolve([]) : reject(opening.error));
    opening.onsuccess = () => {
      try {
        const reading = opening.result.transaction("records").objectStore("records").getAll();
        reading.onerror = () => reject(reading.error);
        reading.onsuccess = () => resolve(reading.result);
      } catch (error) {
        reject(error);
      }
    };
  });
}

addEventListener("muster-stopped", (event) => stopped(event.detail));

const tag = document.querySelector("script[data-wasm]");
try {
  const { default: start } = await import(new URL(tag.dataset.js, location.href));
  await start({ module_or_path: new URL(tag.dataset.wasm, location.href) });
  element("not-started")?.remove();
} catch (error) {
  element("not-started")?.remove();
  stopped(String(error));
}
