// The whole search, usable on its own:
// `const search = openSearch(address); const found = await search.find("住民票");`

import { correctQuery, findSimilarWords } from "./correct.js";
import { listTerms, rankDocuments } from "./rank.js";
import { yieldToMain } from "./scheduling.js";
import { findPhrases, listIgnored, segmentQuery } from "./segment.js";
import { loadIndex } from "./store.js";
import { suggestFor } from "./suggest.js";
import { normalizeQuery } from "./text.js";

/** @import {FetchFile, Index} from "./types/index.js" */
/** @import {FindOptions, Found, Result, Search} from "./types/query.js" */

/** Longer queries are truncated: nobody types them, and none may block the page. */
const MAX_QUERY_LENGTH = 200;

/**
 * The search over the index in the folder at `address` (ends in a slash). Nothing is loaded before
 * `load`, `find` or `suggest` is called.
 *
 * Every call is answered from one index. Where a file of it cannot be fetched any more, because a
 * new release replaced it while the page was open, the newest index is loaded and the whole call is
 * answered from that one: numbers of two releases are never mixed. If that fails too the call fails,
 * and the next call tries again.
 * @param {string | URL} address
 * @param {{fetchFile?: FetchFile}} options
 * @returns {Search}
 */
export function openSearch(address, { fetchFile } = {}) {
  /** @type {Promise<Index> | undefined} */
  let opened;
  /** @param {Promise<Index>} [stale] the index to replace, if it is still the current one */
  const open = (stale) => {
    if (opened === stale) {
      const opening = loadIndex(address, fetchFile);
      opened = opening;
      // An index some of whose files are gone is still better than none: it suggests.
      opening.catch(() => {
        opened = opened === opening ? stale : opened;
      });
    }
    return opened;
  };
  /**
   * @template T
   * @param {(index: Index) => T | Promise<T>} answer
   * @returns {Promise<T>}
   */
  const withIndex = async (answer) => {
    const first = open();
    const index = await first;
    try {
      return await answer(index);
    } catch {
      return answer(await open(first));
    }
  };
  return {
    load: () => withIndex(() => {}),
    find: (text, options) => withIndex((index) => findDocuments(index, text, options)),
    suggest: (text, options) =>
      withIndex((index) => suggestFor(index, text.slice(0, MAX_QUERY_LENGTH), options)),
  };
}

/**
 * What is found for a text:
 * - `results`: documents, best first; none that has ended at `now` (ms since 1970)
 * - `shown`: those of them that `show` chooses, with `title`, `excerpt` and `updated`, which may
 *   have to be fetched
 * - `named`: the document whose id was typed, if any
 * - `query`: what was searched; `corrected`: whether that is not what was typed, because an error
 *   in it was corrected; `exact` corrects nothing
 * - `words`: the parts of `query` that are words of the index or the thesaurus
 * - `ignored`: the parts of `query` that no such word covers, each once, in order; function words
 *   (particles, endings, phrases of asking) are in neither list
 * - `near`: where nothing is found, known words that are similar to what was typed
 * - `ranking`, with `explain`: the candidates of the rerank in their first order, and their features
 * @param {Index} index
 * @param {string} text
 * @param {FindOptions} options
 * @returns {Promise<Found>}
 */
export async function findDocuments(
  index,
  text,
  { now = Date.now(), exact = false, explain = false, show = () => [] } = {},
) {
  const typed = normalizeQuery(text.slice(0, MAX_QUERY_LENGTH * 2)).slice(0, MAX_QUERY_LENGTH);
  const asTyped = segmentQuery(typed, index.lexicon);
  const query = exact ? typed : correctQuery(typed, asTyped, index.lexicon, index.titles);
  const segmentation = query === typed ? asTyped : segmentQuery(query, index.lexicon);
  const { matches } = segmentation;
  const phrases = findPhrases(query, matches, index.lexicon);
  const plan = { query, matches, phrases };
  await index.loadTerms(listTerms(plan, index));
  await yieldToMain();
  const { numbers, candidates } = await rankDocuments(plan, index);
  /** @param {Result} document */
  const isOpen = ({ until }) => !until || now < until * 1000;
  const results = numbers.map((number) => index.documents[number]).filter(isOpen);
  const named = index.documents.find((document) => document.id === typed && isOpen(document));
  const ranking = candidates.map(({ number, features }) => ({
    id: index.documents[number].id,
    features,
  }));
  return {
    results,
    named,
    query,
    shown: await Promise.all(
      show(results).map(async (result) => ({
        ...result,
        ...(await index.loadSummary(result.number)),
      })),
    ),
    corrected: query !== typed,
    words: [...new Set([...matches, ...phrases].map(({ start, end }) => query.slice(start, end)))],
    ignored: listIgnored(query, segmentation, phrases),
    near: results.length || !typed ? [] : findSimilarWords(typed, index.lexicon),
    ...(explain ? { ranking } : {}),
  };
}
