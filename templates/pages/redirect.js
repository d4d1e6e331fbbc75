// At an address of the old site that has several pages behind its query: goes on to the page's new
// address. The page itself leads to the search, for those without scripts.

/**
 * The target of the query that is asked for: the same one, else one whose parameters are all in it.
 * @param {Record<string, string>} targets query → address
 * @param {string} search the part of an address from its question mark on
 */
export function findTarget(targets, search) {
  const query = search.replace(/^\?/u, "");
  if (Object.hasOwn(targets, query)) {
    return targets[query];
  }
  const asked = new URLSearchParams(query);
  const known = Object.keys(targets).find((key) =>
    [...new URLSearchParams(key)].every(([name, value]) => asked.getAll(name).includes(value)),
  );
  return known === undefined ? "" : targets[known];
}

const table = /** @type {HTMLElement} */ (document.querySelector("[data-module='pages/redirect']"));
if (table) {
  const target = findTarget(JSON.parse(table.textContent), location.search);
  if (target) {
    location.replace(target.startsWith("/") ? table.dataset.base + target.slice(1) : target);
  }
}
