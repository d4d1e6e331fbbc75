// The search over a city's index, opened once for a page and shared by all its parts.

/** The client's modules: requested at once, not one after the other. */
const MODULES = [
  "search",
  "correct",
  "rank",
  "features",
  "segment",
  "scheduling",
  "store",
  "suggest",
  "text",
  "lexicon",
  "corrections",
  "readings",
  "vocabulary",
  "compact",
  "decode",
];
const CLIENT = new URL("../../search/client/", import.meta.url);

/** @typedef {ReturnType<typeof import("../../search/client/search.js").openSearch>} Search */

/** @type {Map<string, Promise<Search>>} */
const searches = new Map();

/**
 * The search over the index in the folder at an address.
 * @param {string} address
 * @returns {Promise<Search>}
 */
export function useSearch(address) {
  if (!searches.has(address)) {
    for (const name of MODULES) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = new URL(`${name}.js`, CLIENT).href;
      document.head.append(link);
    }
    const opening = import("../../search/client/search.js").then(({ openSearch }) =>
      openSearch(new URL(address, location.href)),
    );
    opening.catch(() => searches.delete(address)); // the next call tries again
    searches.set(address, opening);
  }
  return searches.get(address);
}
