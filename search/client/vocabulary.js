// The words and the groups of synonyms of an index → what is suggested, and the thesaurus.

import { readWord } from "./readings.js";
import { foldReading, normalizeQuery, toHiragana } from "./text.js";

/** @import {Alternatives, SpellingEntry, Thesaurus, Word} from "./types/index.js" */

/** Items processed between two yields. */
const BATCH = 100;

/**
 * Lines of synonym groups → thesaurus; time-sliced.
 * @param {string[]} lines
 * @param {Map<string, SpellingEntry>} entries
 * @returns {Generator<void, Thesaurus>}
 */
export function* decodeThesaurus(lines, entries) {
  /** @type {Map<string, Alternatives>} */
  const phrases = new Map();
  /** @type {Map<string, Alternatives>} */
  const phraseReadings = new Map();
  /** @type {Map<string, Alternatives>} */
  const sequences = new Map();
  for (const [index, line] of lines.entries()) {
    const [numbers, ...members] = line.split("\t");
    const alternatives = numbers
      .split(",")
      .map((item) => item.split("+").map((number) => parseInt(number, 36)));
    for (const terms of alternatives) {
      sequences.set(terms.join("+"), alternatives);
    }
    for (const member of members) {
      const { text, reading } = decodeWord(member, entries);
      for (const spelling of [...omitPhraseKana(text), text]) {
        phrases.set(toHiragana(normalizeQuery(spelling)), alternatives);
      }
      if (reading !== text) {
        phraseReadings.set(reading, alternatives);
      }
    }
    if (index % BATCH === 0) {
      yield;
    }
  }
  return { phrases, phraseReadings, sequences };
}

/**
 * A compound with fewer kana: 問い合わせ, 問合わせ, 問合せ.
 * @param {string} text
 */
function omitPhraseKana(text) {
  if ((text.match(/[々〇一-鿿]/gu) ?? []).length < 2 || !/[ぁ-ん]/u.test(text)) {
    return [];
  }
  const inner = text.replace(/(?<=[々〇一-鿿])[ぁ-ん](?=[々〇一-鿿])/gu, "");
  return [inner, inner.replace(/(?<=[々〇一-鿿])[ぁ-ん](?=[ぁ-ん]$)/u, "")];
}

/**
 * Lines of words → the words that may be suggested, each once; time-sliced.
 * @param {string[]} lines
 * @param {Map<string, SpellingEntry>} entries
 * @returns {Generator<void, Word[]>}
 */
export function* decodeWords(lines, entries) {
  const lineByText = new Map(
    lines.map((line) => /** @type {const} */ ([line.split("=")[0], line])),
  );
  /** @type {Word[]} */
  const words = [];
  for (const line of lineByText.values()) {
    words.push(decodeWord(line, entries));
    if (words.length % BATCH === 0) {
      yield;
    }
  }
  return words;
}

/**
 * A line of a word, and of its reading where the entries do not give it.
 * @param {string} line
 * @param {Map<string, SpellingEntry>} entries
 * @returns {Word}
 */
function decodeWord(line, entries) {
  const [text, givenReading] = line.split("=");
  const reading = givenReading ?? toHiragana(readWord(text, entries) || text);
  return { text, reading, folded: foldReading(reading) };
}
