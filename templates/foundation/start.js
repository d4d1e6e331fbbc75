// The one script that a page names. Once the page is painted it imports the modules of its parts,
// by their paths below `templates/`: those of `data-module` at once, those of
// `data-module-on-focus` when the part is first used. It shows the parts with `data-with-script`,
// which are of no use without scripts.

/**
 * The search page's address for a query: in the fragment, so that it enters no server's log.
 * @param {HTMLFormElement} form
 * @param {string} query
 */
export function makeSearchAddress(form, query) {
  const address = new URL(form.action, location.href);
  address.hash = query ? `q=${encodeURIComponent(query)}` : "";
  return address;
}

/** @param {string} path */
function importModule(path) {
  return import(`../${path}.js`);
}

/** @param {string} selector */
export function findAll(selector) {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
}

async function start() {
  for (const part of findAll("[data-with-script]")) {
    part.hidden = false;
  }
  for (const part of findAll("[data-module-on-focus]")) {
    const load = () => importModule(part.dataset.moduleOnFocus);
    part.addEventListener("focusin", load, { once: true });
  }
  const modules = new Set(findAll("[data-module]").map((part) => part.dataset.module));
  await Promise.allSettled([...modules].map(importModule));
  document.documentElement.dataset.started = "";
}

// Somebody may send the search before its module is here: the words must not get lost.
document.addEventListener("submit", (event) => {
  const sent = /** @type {HTMLElement} */ (event.target);
  const form = /** @type {HTMLFormElement} */ (sent.closest("[data-search-form]"));
  if (form && !event.defaultPrevented) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (form.querySelector("[data-search-input]"));
    location.assign(makeSearchAddress(form, input.value.trim()));
  }
});

// What is requested before the first paint would share the line with what the paint needs.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));
