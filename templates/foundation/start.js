// The one script a page names: once the page is painted it asks for the modules its parts name.
// `data-module` is asked for at once, `data-module-on-focus` when the part is first used;
// `data-with-script` is shown, for without scripts it would be of no use.
// What all modules need stands here as well: it has been loaded already.

/** Values in a text's places; `{minute:02}` has two digits, as in the texts of the build. */
export function fillText(template, values) {
  return template.replace(/\{(\w+)(:02)?\}/gu, (_, name, padded) =>
    String(values[name]).padStart(padded ? 2 : 0, "0"),
  );
}

/** The search page's address for a query: in the fragment, so that it enters no server's log. */
export function makeSearchAddress(form, query) {
  const address = new URL(form.action, location.href);
  address.hash = query ? `q=${encodeURIComponent(query)}` : "";
  return address;
}

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
    location.assign(
      makeSearchAddress(form, form.querySelector("[data-search-input]").value.trim()),
    );
  }
});

// What is asked for before the first paint would share the line with what the paint needs.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));
