// The whole search, to be used alone:
// `const search = openSearch(address); const found = await search.find("住民票");`

import { findNearWords, forgiveQuery } from "./forgive.js";
import { listTerms, rankDocuments } from "./rank.js";
import { findPhrases, segmentQuery } from "./segment.js";
import { nextTask } from "./slices.js";
import { loadIndex } from "./store.js";
import { suggestFor } from "./suggest.js";
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
    find: async (text, options) => findDocuments(await load(), text, options),
    suggest: async (text, options) => suggestFor(await load(), text.slice(0, LONGEST_QUERY), options),
    describe: async (results) => describeResults(await load(), results),
  };
}

/**
 * What is found for a text:
 * - `results`: documents, best first; none whose window has ended at `now` (ms)
 * - `named`: the document whose number was typed, if any
 * - `query`: what was searched, which is not what was typed where an error was mended; `exact`
 *   mends nothing
 * - `words`: the parts of it that were found
 * - `near`: where nothing is found, known words that are like it
 * - `ranking`, with `explain`: the candidates in their first order, and the rerank's features
 */
export async function findDocuments(index, text, { now = Date.now(), exact = false, explain = false } = {}) {
  const typed = normalizeQuery(text.slice(0, LONGEST_QUERY * 2)).slice(0, LONGEST_QUERY);
  const first = segmentQuery(typed, index.lexicon);
  const query = exact ? typed : forgiveQuery(typed, first, index.lexicon, index.titles);
  const { matches } = query === typed ? first : segmentQuery(query, index.lexicon);
  const phrases = findPhrases(query, matches, index.lexicon);
  const plan = { query, matches, phrases };
  await index.loadTerms(listTerms(plan, index));
  await nextTask();
  const { numbers, candidates } = await rankDocuments(plan, index);
  const isOpen = ({ until }) => !until || now < until * 1000;
  const results = numbers.map((number) => index.documents[number]).filter(isOpen);
  const named = index.documents.find((document) => document.id === typed && isOpen(document));
  const explained = candidates.map(({ number, features }) => ({ id: index.documents[number].id, features }));
  return {
    results, named, query,
    words: [...new Set([...matches, ...phrases].map(({ start, end }) => query.slice(start, end)))],
    near: results.length || !typed ? [] : findNearWords(typed, index.lexicon),
    ...(explain ? { ranking: explained } : {}),
  };
}

/** The results with `title`, `excerpt` and `updated`, which may have to be loaded. */
async function describeResults(index, results) {
  return Promise.all(results.map(async (result) => ({ ...result, ...(await index.describe(result.number)) })));
}
