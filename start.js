const forbidden = /<\s*(script|iframe|object|embed|frame)|\son[a-z]+\s*=|javascript:/i;
if (window.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createHTML: (markup) => { if (forbidden.test(markup)) throw new TypeError("markup refused"); return markup; },
  });
}
const tag = document.querySelector("script[data-wasm]");
const { default: start } = await import(new URL(tag.dataset.js, location.href));
await start({ module_or_path: new URL(tag.dataset.wasm, location.href) });
document.getElementById("not-started")?.remove();
