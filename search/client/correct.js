// A segmented query → the query with small typing errors corrected: what no entry covers is replaced
// by the nearest known word. A query without unknown spans is returned as it is, except for compounds
// of the wrong kanji that have the reading of a known word.

import { MIN_CORRECTION_LENGTH } from "./corrections.js";
import { listReadings, readWord } from "./readings.js";
import { foldReading, measureDistance, readRomaji, toHiragana } from "./text.js";

/** @import {Lexicon, TextsByLength} from "./types/index.js" */
/** @import {Match, Replacement, Segmentation, Span} from "./types/query.js" */

const KANJI = /[々〇一-鿿]/u;
/**
 * Kanji that are mistaken for katakana of the same shape.
 * @type {Record<string, string>}
 */
const KATAKANA_LOOKALIKES = {
  二: "ニ",
  一: "ー",
  力: "カ",
  口: "ロ",
  工: "エ",
  夕: "タ",
  卜: "ト",
  八: "ハ",
  三: "ミ",
};
/** A run of one script; each is corrected on its own. */
const SCRIPT_RUN = /[々〇一-鿿]+|[ァ-ヶー]+|[ぁ-ゖー]+|[a-z]+/gu;
const MAX_LENGTH = 14;
/** From this length on two errors are corrected, below it one. */
const TWO_ERRORS_LENGTH = 8;
/** Below this length a substitution is not corrected: スーパー and ペーパー are two words. */
const SUBSTITUTION_LENGTH = 6;
/** A shorter compound of kanji is not corrected: 野良犬 and 野良猫 are two words. */
const COMPOUND_LENGTH = 4;

/**
 * The query with its errors corrected, or the same query.
 * @param {string} query normalized
 * @param {Pick<Segmentation, "matches" | "unknown">} segmentation
 * @param {Lexicon} lexicon
 * @param {string[]} titles normalized titles of the collection: what they contain is correct
 */
export function correctQuery(query, { matches, unknown }, lexicon, titles) {
  const withKatakana = query.replace(
    /(?<=[ァ-ヶー])[二一力口工夕卜八三]/gu,
    (character) => KATAKANA_LOOKALIKES[character],
  );
  if (
    withKatakana !== query &&
    isKatakanaKnown(withKatakana, lexicon) &&
    !isKatakanaKnown(query, lexicon)
  ) {
    return withKatakana;
  }
  const runs = [...query.matchAll(SCRIPT_RUN)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0],
  }));
  const hasKanji = KANJI.test(query);
  let corrected = query;
  // From right to left, so that a replacement does not move the runs that follow.
  for (const run of runs.reverse()) {
    // Beside kanji, unknown hiragana are endings and particles, hardly ever errors.
    if (/^[ぁ-ゖ]/u.test(run.text) && hasKanji) {
      continue;
    }
    const spans = unknown.filter(({ start, end }) => start < run.end && end > run.start);
    const replacement =
      (spans.length ? correctRun(run, spans, matches, lexicon) : undefined) ??
      correctHomophone(run, lexicon, titles);
    if (replacement) {
      corrected =
        corrected.slice(0, replacement.start) + replacement.text + corrected.slice(replacement.end);
    }
  }
  return corrected;
}

/**
 * Whether all katakana words of a text are known.
 * @param {string} text
 * @param {Lexicon} lexicon
 */
function isKatakanaKnown(text, lexicon) {
  return (text.match(/[ァ-ヶー]+/gu) ?? []).every(
    (word) =>
      lexicon.entries.get(toHiragana(word))?.terms.length || lexicon.phrases.has(toHiragana(word)),
  );
}

/**
 * Known words similar to a text, by spelling or reading, best first.
 * @param {string} text
 * @param {Lexicon} lexicon
 */
export function findSimilarWords(text, lexicon, limit = 5) {
  const reading = toHiragana(readRomaji(text) || readWord(text, lexicon.entries) || text);
  const maxDistance = Math.max(1, Math.floor(reading.length / 3));
  return lexicon.words
    .map((word) => ({
      text: word.text,
      distance: Math.min(
        measureDistance(reading, word.reading, maxDistance),
        measureDistance(text, word.text, maxDistance),
      ),
    }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, limit)
    .map((word) => word.text);
}

/**
 * The correction of a run that has unknown spans.
 * @param {Replacement} run
 * @param {Span[]} unknown
 * @param {Match[]} matches
 * @param {Lexicon} lexicon
 * @returns {Replacement | undefined}
 */
function correctRun(run, unknown, matches, lexicon) {
  if (/^[a-z]/u.test(run.text)) {
    const reading = readRomaji(run.text);
    const text =
      (reading && composeReading(reading, lexicon)) ||
      findNearest(run.text, lexicon.corrections.latin);
    return text ? { ...run, text } : undefined;
  }
  if (KANJI.test(run.text)) {
    const text =
      run.text.length >= COMPOUND_LENGTH
        ? findNearest(run.text, lexicon.corrections.compounds)
        : "";
    return text ? { ...run, text } : undefined;
  }
  // A run of katakana is one word; one of hiragana may be several.
  const isKatakana = /^[ァ-ヶ]/u.test(run.text);
  for (const window of isKatakana ? [run] : listWindows(run, unknown, matches)) {
    const text =
      window.text.length >= MIN_CORRECTION_LENGTH ? correctKana(window.text, lexicon) : "";
    if (text) {
      return { ...window, text };
    }
  }
  return undefined;
}

/**
 * The parts of a run that contain all its unknown spans, and begin and end where these, a match or
 * the run does; the longest first.
 * @param {Replacement} run
 * @param {Span[]} unknown
 * @param {Match[]} matches
 * @returns {Replacement[]}
 */
function listWindows(run, unknown, matches) {
  const within = matches.filter(({ start, end }) => start >= run.start && end <= run.end);
  const firstUnknown = Math.max(unknown[0].start, run.start);
  const lastUnknown = Math.min(unknown.at(-1).end, run.end);
  const bounds = [...within.map(({ start }) => start), ...within.map(({ end }) => end)];
  const starts = [run.start, firstUnknown, ...bounds].filter((place) => place <= firstUnknown);
  const ends = [run.end, lastUnknown, ...bounds].filter((place) => place >= lastUnknown);
  /** @type {Map<string, Replacement>} */
  const windows = new Map();
  for (const start of starts) {
    for (const end of ends) {
      if (end - start >= MIN_CORRECTION_LENGTH && end - start <= MAX_LENGTH) {
        windows.set(`${start},${end}`, {
          start,
          end,
          text: run.text.slice(start - run.start, end - run.start),
        });
      }
    }
  }
  return [...windows.values()].sort(
    (one, other) => other.end - other.start - (one.end - one.start),
  );
}

/**
 * The known word that has the length and the reading of an unknown compound of kanji: 住民票 for
 * 住民表.
 * @param {Replacement} run
 * @param {Lexicon} lexicon
 * @param {string[]} titles
 * @returns {Replacement | undefined}
 */
function correctHomophone({ start, end, text }, lexicon, titles) {
  if (
    text.length < MIN_CORRECTION_LENGTH ||
    !KANJI.test(text) ||
    lexicon.phrases.has(toHiragana(text)) ||
    lexicon.entries.has(text)
  ) {
    return undefined;
  }
  const { wordByReading } = lexicon.corrections;
  const word = listReadings(text, lexicon.entries)
    .map((reading) => wordByReading.get(reading))
    .find(Boolean);
  return word &&
    word.length === text.length &&
    word !== text &&
    !titles.some((title) => title.includes(text))
    ? { start, end, text: word }
    : undefined;
}

/**
 * The known word or reading that is nearest to a text in kana; empty where none is near.
 * @param {string} text
 * @param {Lexicon} lexicon
 */
function correctKana(text, lexicon) {
  const reading = toHiragana(text);
  const { readings, wordByReading } = lexicon.corrections;
  const nearest = composeReading(reading, lexicon) || findNearest(reading, readings);
  return wordByReading.get(nearest) ?? nearest;
}

/**
 * The fewest known words whose folded readings compose a reading; empty where none do. A single word
 * is spelled as it is known, several are in hiragana.
 * @param {string} reading
 * @param {Lexicon} lexicon
 */
function composeReading(reading, lexicon) {
  const { folded, wordByReading } = lexicon.corrections;
  const text = foldReading(reading);
  /**
   * Place in the text → the fewest readings that compose what is before it.
   * @type {string[][]}
   */
  const compositions = [[]];
  for (let end = 1; end <= text.length; end += 1) {
    for (
      let start = Math.max(0, end - MAX_LENGTH);
      start <= end - MIN_CORRECTION_LENGTH;
      start += 1
    ) {
      const known = folded.get(text.slice(start, end));
      const before = compositions[start];
      if (known && before && (!compositions[end] || before.length + 1 < compositions[end].length)) {
        compositions[end] = [...before, known];
      }
    }
  }
  const parts = compositions[text.length] ?? [];
  return parts.length === 1 ? (wordByReading.get(parts[0]) ?? parts[0]) : parts.join("");
}

/**
 * The nearest of the known texts; empty where none is near.
 * @param {string} text
 * @param {TextsByLength} known
 */
function findNearest(text, known) {
  const limit = text.length >= TWO_ERRORS_LENGTH ? 2 : 1;
  let nearest = "";
  let least = limit + 1;
  for (let length = text.length - limit; length <= text.length + limit; length += 1) {
    for (const other of known.get(length) ?? []) {
      // Errors hardly ever change both the first and the last character.
      if (other[0] === text[0] || other.at(-1) === text.at(-1)) {
        const distance = measureDistance(text, other, Math.min(limit, least - 1));
        if (
          distance < least &&
          (text.length >= SUBSTITUTION_LENGTH || KANJI.test(text) || !isSubstitution(text, other))
        ) {
          least = distance;
          nearest = other;
        }
      }
    }
  }
  return nearest;
}

/**
 * Of two texts one error apart: whether a character is substituted, not inserted, deleted or moved.
 * @param {string} one
 * @param {string} other
 */
function isSubstitution(one, other) {
  return one.length === other.length && [...one].sort().join("") !== [...other].sort().join("");
}
