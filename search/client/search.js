// The whole search, to be used alone:
// `const search = openSearch(address); const found = await search.find("住民票");`

import { rankDocuments } from "./rank.js";
import { findPhrases, segmentQuery } from "./segment.js";
import { loadIndex } from "./store.js";
import { normalizeQuery } from "./text.js";

/** Longer queries are cut: nobody types them, and nothing may make the page hang. */
const LONGEST_QUERY = 200;

/**
 * The search over the index in the folder at `address` (ends in a slash). Nothing is loaded before
 * `load`, `find` or `suggest` is called; what failed to load is tried again at the next call.
 */
export function openSearch(address, { fetchFile } = {}) {
  let loading;
  const load = () => {
    loading ??= loadIndex(address, fetchFile).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    load: async () => void (await load()),
    find: async (text, { now = Date.now() } = {}) => findDocuments(await load(), text, now),
    describe: async (results) => describeResults(await load(), results),
  };
}

/**
 * `{results, words}`: what is found, best first, and the parts of the query that were found.
 * Documents whose window has ended at `now` (ms) are left out.
 */
export function findDocuments(index, text, now) {
  const query = normalizeQuery(text.slice(0, LONGEST_QUERY * 2)).slice(0, LONGEST_QUERY);
  const { matches } = segmentQuery(query, index.lexicon);
  const phrases = findPhrases(query, matches, index.lexicon);
  const { numbers } = rankDocuments({ query, matches, phrases }, index);
  const found = numbers.map((number) => index.documents[number]);
  const named = index.documents.filter((document) => document.id === query);
  const results = [...new Set([...named, ...found])];
  return {
    results: results.filter((document) => !document.until || now < document.until * 1000),
    words: [...new Set([...matches, ...phrases].map(({ start, end }) => query.slice(start, end)))],
  };
}

/** The results with `excerpt` and `updated`, which are loaded for those shown only. */
async function describeResults(index, results) {
  return Promise.all(
    results.map(async (result) => {
      const [excerpt, updated] = await index.loadExcerpt(result.number);
      return { ...result, excerpt, updated };
    }),
  );
}
