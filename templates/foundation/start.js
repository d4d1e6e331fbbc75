// The one script a page names: once the page is painted it asks for the modules its parts name.
// `data-module` is asked for at once, `data-module-on-focus` when the part is first used;
// `data-with-script` is shown, for without scripts it would be of no use.

function importFor(name) {
  return import(`./${name}.js`);
}

async function start() {
  for (const part of document.querySelectorAll("[data-with-script]")) {
    part.hidden = false;
  }
  for (const part of document.querySelectorAll("[data-module-on-focus]")) {
    part.addEventListener("focusin", () => importFor(part.dataset.moduleOnFocus), { once: true });
  }
  const parts = [...document.querySelectorAll("[data-module]")];
  await Promise.allSettled([...new Set(parts.map((part) => part.dataset.module))].map(importFor));
  document.documentElement.dataset.started = "";
}

// Somebody may send the search before its module is here: the words must not get lost.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-search-form]");
  if (form && !event.defaultPrevented) {
    event.preventDefault();
    const query = form.querySelector("[data-search-input]").value.trim();
    location.assign(`${form.action}${query ? `#q=${encodeURIComponent(query)}` : ""}`);
  }
});

// What is asked for before the first paint would share the line with what the paint needs.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));
