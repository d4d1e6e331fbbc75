// Normalized query → the words of the index and of the thesaurus that it consists of. There is no
// dictionary: the least-cost path through the entries of the lexicon wins (Viterbi).

import { toHiragana } from "./text.js";

/** @import {Entry, Lexicon} from "./types/index.js" */
/** @import {Match, Phrase, Segmentation, Span} from "./types/query.js" */

const MAX_ENTRY_LENGTH = 24;
/**
 * Shorter readings are not looked up. In a query written with kanji, kana are rarely words that have
 * kanji: ばあい is no 場合い.
 */
const MIN_READING_LENGTH = { kana: 2, kanji: 3 };
/** No thesaurus word has more terms after its first. */
const MAX_SEQUENCE_LENGTH = 4;
const KANJI = /[々〇一-鿿]/u;

/**
 * `lexicon.costs` gives the cost of an unknown character (an ordinary word costs 4 to 12) and what a
 * reading costs more than a spelling.
 * @param {string} query normalized
 * @param {Lexicon} lexicon
 * @returns {Segmentation}
 */
export function segmentQuery(query, lexicon) {
  const edges = findLeastCostPath(query, lexicon);
  /** @type {Match[]} */
  const found = [];
  /** @type {Span[]} */
  const unknown = [];
  for (let end = query.length; end > 0; end = edges[end].start) {
    const { start, entry } = edges[end];
    if (entry?.terms.length) {
      found.unshift({ start, end, terms: entry.terms });
    } else if (!entry && /[\p{L}\p{N}]/u.test(query.slice(start, end))) {
      unknown.unshift({ start, end });
    }
  }
  /** @type {Match[]} */
  const matches = [];
  /** @type {Match[]} */
  const fragments = [];
  for (const match of found) {
    (isPartOfUnknown(match, query, unknown) ? fragments : matches).push(match);
  }
  return { matches, fragments, unknown };
}

/**
 * Place in the query → the last edge of the least-cost path to it. An edge without an entry is an
 * unknown unit.
 * @param {string} query
 * @param {Lexicon} lexicon
 * @returns {{start: number, entry?: Entry}[]}
 */
function findLeastCostPath(query, lexicon) {
  const hiragana = toHiragana(query);
  const hasKanji = KANJI.test(query);
  const minLength = hasKanji ? MIN_READING_LENGTH.kanji : MIN_READING_LENGTH.kana;
  const readingCost = hasKanji ? lexicon.costs.reading : 0;
  const costs = new Float64Array(query.length + 1).fill(Infinity);
  /** @type {{start: number, entry?: Entry}[]} */
  const edges = new Array(query.length + 1);
  costs[0] = 0;
  for (let start = 0; start < query.length; start += 1) {
    if (costs[start] === Infinity) {
      continue;
    }
    const first = start + measureUnit(query, start);
    /**
     * Takes the edge from `start` to `end` if that path is the cheapest so far.
     * @param {number} end
     * @param {number} cost
     * @param {Entry} [entry]
     */
    const relax = (end, cost, entry) => {
      if (costs[start] + cost < costs[end]) {
        costs[end] = costs[start] + cost;
        edges[end] = { start, entry };
      }
    };
    relax(first, lexicon.costs.unknown, undefined);
    for (let end = first; end <= query.length && end - start <= MAX_ENTRY_LENGTH; end += 1) {
      const kana = hiragana.slice(start, end);
      const entry = findEntry(query.slice(start, end), kana, lexicon);
      const reading = end - start >= minLength ? lexicon.readings.get(kana) : undefined;
      if (entry) {
        relax(end, entry.cost, entry);
      }
      if (reading) {
        relax(end, reading.cost + (entry ? 0 : readingCost), reading);
      }
    }
  }
  return edges;
}

/**
 * The entry of a spelling; what is in katakana may be known in hiragana, but not as a function word.
 * @param {string} spelling
 * @param {string} hiragana the same in hiragana
 * @param {Lexicon} lexicon
 * @returns {Entry | undefined}
 */
function findEntry(spelling, hiragana, lexicon) {
  const entry = lexicon.entries.get(spelling);
  const inHiragana = entry || hiragana === spelling ? undefined : lexicon.entries.get(hiragana);
  return entry ?? (inHiragana?.terms.length ? inHiragana : undefined);
}

/**
 * The length of the unit at a place: a Latin word or a number, within which no word begins, or a
 * character.
 * @param {string} query
 * @param {number} start
 */
function measureUnit(query, start) {
  const unit = /^(?:[a-z]+|[0-9]+)/u.exec(query.slice(start, start + MAX_ENTRY_LENGTH));
  return unit ? unit[0].length : query.codePointAt(start) > 0xffff ? 2 : 1;
}

/**
 * Whether a match is a part of a word that the index does not have: one kanji beside an unknown one.
 * @param {Match} match
 * @param {string} query
 * @param {Span[]} unknown
 */
function isPartOfUnknown(match, query, unknown) {
  return (
    match.end - match.start === 1 &&
    KANJI.test(query[match.start]) &&
    unknown.some(
      ({ start, end }) =>
        (end === match.start && KANJI.test(query[start])) ||
        (start === match.end && KANJI.test(query[start])),
    )
  );
}

/**
 * The parts of a query that neither a match nor a phrase covers, each once, left to right; adjacent
 * unknown characters are one part. Function words are not listed.
 * @param {string} query
 * @param {Segmentation} segmentation
 * @param {Phrase[]} phrases
 */
export function listIgnored(query, { unknown, fragments }, phrases) {
  const spans = [...unknown, ...fragments]
    .filter(({ start, end }) => !phrases.some((phrase) => start < phrase.end && end > phrase.start))
    .sort((one, other) => one.start - other.start);
  /** @type {Span[]} */
  const merged = [];
  for (const { start, end } of spans) {
    if (merged.at(-1)?.end === start) {
      merged.at(-1).end = end;
    } else {
      merged.push({ start, end });
    }
  }
  return [...new Set(merged.map(({ start, end }) => query.slice(start, end)))];
}

/**
 * The thesaurus words in a query, left to right, the longest at each place. None begins or ends
 * within a match.
 * @param {string} query normalized
 * @param {Match[]} matches
 * @param {Lexicon} lexicon
 */
export function findPhrases(query, matches, lexicon) {
  /** @type {Set<number>} */
  const inside = new Set();
  for (const match of matches) {
    for (let at = match.start + 1; at < match.end; at += 1) {
      inside.add(at);
    }
  }
  const hasKanji = KANJI.test(query);
  const hiragana = toHiragana(query);
  /** @type {Phrase[]} */
  const phrases = [];
  for (let start = 0; start < query.length; ) {
    let next = start + 1;
    for (
      let end = Math.min(query.length, start + MAX_ENTRY_LENGTH);
      end > start && !inside.has(start);
      end -= 1
    ) {
      const kana = hiragana.slice(start, end);
      const alternatives =
        lexicon.phrases.get(kana) ?? (hasKanji ? undefined : lexicon.phraseReadings.get(kana));
      if (alternatives && !inside.has(end)) {
        phrases.push({ start, end, alternatives });
        next = end;
        break;
      }
    }
    start = next;
  }
  return [...phrases, ...findSequences(matches, phrases, lexicon)].sort(
    (one, other) => one.start - other.start,
  );
}

/**
 * Thesaurus words in another spelling: adjacent matches, outside of phrases, whose terms are those of
 * one.
 * @param {Match[]} matches
 * @param {Phrase[]} phrases
 * @param {Lexicon} lexicon
 */
function findSequences(matches, phrases, { sequences }) {
  const free = matches.filter(
    ({ start, end }) => !phrases.some((phrase) => start < phrase.end && end > phrase.start),
  );
  /** @type {Phrase[]} */
  const found = [];
  for (let first = 0; first < free.length; ) {
    let last = first;
    while (
      last + 1 < free.length &&
      last - first < MAX_SEQUENCE_LENGTH &&
      free[last + 1].start === free[last].end
    ) {
      last += 1;
    }
    const key = () =>
      free
        .slice(first, last + 1)
        .map(({ terms }) => terms[0])
        .join("+");
    while (last > first && !sequences.has(key())) {
      last -= 1;
    }
    const alternatives = sequences.get(key());
    if (alternatives) {
      found.push({ start: free[first].start, end: free[last].end, alternatives });
    }
    first = last + 1;
  }
  return found;
}
