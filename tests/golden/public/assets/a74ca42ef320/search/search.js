// The whole search, to be used alone: `const search = openSearch(address); await search("住民票")`.

import { rankDocuments, scoreDocuments } from "./rank.js";
import { findPhrases, normalizeQuery, segmentQuery } from "./segment.js";
import { loadIndex } from "./store.js";

/** Longer queries are cut: nobody types them, and nothing may make the page hang. */
const LONGEST_QUERY = 400;

/**
 * A function from query to results, over the index in the folder at `address`. The index is
 * loaded at the first call. A result is what the index tells of a document; `words` are the parts
 * of the query that were found. Documents whose window has ended at `now` (ms) are left out.
 */
export function openSearch(address) {
  let loading;
  return async (text, { now = Date.now() } = {}) => {
    loading ??= loadIndex(address);
    try {
      return searchIndex(await loading, text, now);
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
}

/** The results of a query over a loaded index, best first. */
export function searchIndex(index, text, now) {
  const query = normalizeQuery(text.slice(0, LONGEST_QUERY));
  const matches = segmentQuery(query, index.entries);
  const phrases = findPhrases(query, index.phrases);
  const ranked = rankDocuments(scoreDocuments(matches, phrases, index.postings));
  const found = ranked.map(([number]) => index.documents[number]);
  const named = index.documents.filter((document) => document.id === query);
  const results = [...new Set([...named, ...found])];
  return {
    results: results.filter((document) => !document.until || now < document.until * 1000),
    words: [...new Set(matches.map((match) => query.slice(match.start, match.end)))],
  };
}
