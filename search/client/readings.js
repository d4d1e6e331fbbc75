// The readings of a word, from those of the entries it is composed of.

import { toHiragana } from "./text.js";

/** @import {SpellingEntry} from "./types/index.js" */

/** Limits for reading a compound: the length of a part, and the number of readings considered. */
const MAX_PART_LENGTH = 12;

const MAX_READINGS = 8;

const KANJI = /[々〇一-鿿]/u;

/**
 * The first reading of a word; empty where a part of it has none.
 * @param {string} word
 * @param {Map<string, SpellingEntry>} entries
 */
export function readWord(word, entries) {
  return listReadings(word, entries)[0] ?? "";
}

/**
 * The readings of a word (`MAX_READINGS` at most), composed of those of the longest entries:
 * 表 is ひょう and おもて.
 * @param {string} word
 * @param {Map<string, SpellingEntry>} entries
 */
export function listReadings(word, entries) {
  let readings = [""];
  for (let at = 0; at < word.length; ) {
    let end = Math.min(word.length, at + MAX_PART_LENGTH);
    while (end > at && !entries.get(word.slice(at, end))?.readings.length) {
      end -= 1;
    }
    const character = toHiragana(word[at]);
    if (end === at && KANJI.test(character)) {
      return [];
    }
    const parts = end > at ? entries.get(word.slice(at, end)).readings : [character];
    readings = readings
      .flatMap((before) => parts.map((part) => before + part))
      .slice(0, MAX_READINGS);
    at = Math.max(end, at + 1);
  }
  return readings;
}
