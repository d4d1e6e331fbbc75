// Unfinished text → the words and questions that begin with it, by reading too, to be suggested.

import { listTerms, rankDocuments } from "./rank.js";
import { yieldToMain } from "./scheduling.js";
import { findPhrases, segmentQuery } from "./segment.js";
import { foldReading, normalizeQuery, readRomaji, toHiragana } from "./text.js";

/** @import {Index, Lexicon} from "./types/index.js" */
/** @import {Match, Suggestions} from "./types/query.js" */

const MAX_WORDS = 4;
const MAX_QUESTIONS = 4;
/** Too many words begin with a single kana. */
const MIN_LENGTH = 2;
/** No more entries complete the last word once this many terms are searched for it. */
const MAX_COMPLETIONS = 12;

/**
 * @param {Index} index
 * @param {string} text
 * @param {{now?: number}} options `now` in ms since 1970
 * @returns {Promise<Suggestions>}
 */
export async function suggestFor(index, text, { now = Date.now() } = {}) {
  const query = normalizeQuery(text);
  const reading = toHiragana(readRomaji(query) || query);
  if (reading.length < MIN_LENGTH && !/[々〇一-鿿]/u.test(query)) {
    return { words: [], questions: [] };
  }
  const words = listWords(query, reading, index.lexicon);
  const { matches } = segmentQuery(query, index.lexicon);
  const phrases = findPhrases(query, matches, index.lexicon);
  const completed = completeLastWord(query, reading, matches, index.lexicon);
  const plan = { query, matches: completed, phrases };
  await index.loadTerms(listTerms(plan, index));
  await yieldToMain();
  const numbers = plan.matches.length ? (await rankDocuments(plan, index)).numbers : [];
  const found = numbers
    .map((number) => index.documents[number])
    .filter(({ until }) => !until || now < until * 1000)
    .slice(0, MAX_QUESTIONS);
  const questions = await Promise.all(
    found.map(async ({ number, id }) => ({ id, title: await index.loadTitle(number) })),
  );
  return { words, questions };
}

/**
 * Known words that begin with the text, or whose readings begin with its reading, the shortest first.
 * @param {string} query
 * @param {string} reading
 * @param {Lexicon} lexicon
 */
function listWords(query, reading, { words }) {
  const folded = foldReading(reading);
  return words
    .filter(
      (word) =>
        word.text !== query &&
        (word.text.startsWith(query) ||
          word.reading.startsWith(reading) ||
          word.folded.startsWith(folded)),
    )
    .sort((one, other) => one.text.length - other.text.length)
    .slice(0, MAX_WORDS)
    .map(({ text }) => text);
}

/**
 * The matches; if the text after the last one is an unfinished word, also a match of the terms of
 * the words that begin with it.
 * @param {string} query
 * @param {string} reading
 * @param {Match[]} matches
 * @param {Lexicon} lexicon
 */
function completeLastWord(query, reading, matches, lexicon) {
  const start = matches.at(-1)?.end ?? 0;
  if (start === query.length) {
    return matches;
  }
  const prefixes = [query.slice(start).trim(), ...(start === 0 ? [reading] : [])].filter(
    (prefix) => prefix.length >= MIN_LENGTH,
  );
  /** @type {Set<number>} */
  const terms = new Set();
  for (const map of [lexicon.entries, lexicon.readings]) {
    for (const [spelling, entry] of map) {
      if (terms.size < MAX_COMPLETIONS && prefixes.some((prefix) => spelling.startsWith(prefix))) {
        for (const term of entry.terms) {
          terms.add(term);
        }
      }
    }
  }
  return terms.size ? [...matches, { start, end: query.length, terms: [...terms] }] : matches;
}
