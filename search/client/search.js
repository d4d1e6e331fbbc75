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
 * `load`, `find` or `suggest` is called.
 *
 * Every call is answered from one index. Where a file of it cannot be had any more, because a new
 * release took its place while the page was open, the newest index is loaded and the whole call is
 * answered from that one: numbers of two releases never meet. If that fails too the call fails,
 * and the next call tries again.
 */
export function openSearch(address, { fetchFile } = {}) {
  let opened; // a promise of the index
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
  const ask = async (answer) => {
    const first = open();
    const index = await first;
    try {
      return await answer(index);
    } catch {
      return answer(await open(first));
    }
  };
  return {
    load: () => ask(() => {}),
    find: (text, options) => ask((index) => findDocuments(index, text, options)),
    suggest: (text, options) =>
      ask((index) => suggestFor(index, text.slice(0, LONGEST_QUERY), options)),
  };
}

/**
 * What is found for a text:
 * - `results`: documents, best first; none whose window has ended at `now` (ms)
 * - `shown`: those of them that `show` chooses, with `title`, `excerpt` and `updated`, which may
 *   have to be loaded
 * - `named`: the document whose number was typed, if any
 * - `query`: what was searched; `corrected` whether that is not what was typed, because an error
 *   in it was corrected; `exact` corrects nothing
 * - `words`: the parts of it that were found
 * - `near`: where nothing is found, known words that are like it
 * - `ranking`, with `explain`: the candidates in their first order, and the rerank's features
 */
export async function findDocuments(
  index,
  text,
  { now = Date.now(), exact = false, explain = false, show = () => [] } = {},
) {
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
  const explained = candidates.map(({ number, features }) => ({
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
        ...(await index.describe(result.number)),
      })),
    ),
    corrected: query !== typed,
    words: [...new Set([...matches, ...phrases].map(({ start, end }) => query.slice(start, end)))],
    near: results.length || !typed ? [] : findNearWords(typed, index.lexicon),
    ...(explain ? { ranking: explained } : {}),
  };
}
