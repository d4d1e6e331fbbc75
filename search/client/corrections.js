// Known spellings and readings → what a misspelt word is looked up in.

import { foldReading } from "./text.js";

/** @import {Corrections, SpellingEntry, Word} from "./types/index.js" */

const BATCH = 400;

/** Shorter words are similar to too many others to be corrections. */
export const MIN_CORRECTION_LENGTH = 3;

/**
 * What corrections are looked up in; time-sliced.
 * @param {string[]} knownReadings
 * @param {Map<string, SpellingEntry>} entries
 * @param {Word[]} words
 * @returns {Generator<void, Corrections>}
 */
export function* buildCorrections(knownReadings, entries, words) {
  const readings = new Set(
    knownReadings.filter((reading) => reading.length >= MIN_CORRECTION_LENGTH),
  );
  /** @type {Set<string>} */
  const latin = new Set();
  let count = 0;
  for (const [spelling, { terms }] of entries) {
    count += 1;
    if (count % BATCH === 0) {
      yield;
    }
    if (spelling.length < MIN_CORRECTION_LENGTH || !terms.length) {
      continue;
    }
    if (/^[ぁ-ゖー]+$/u.test(spelling)) {
      readings.add(spelling);
    } else if (/^[a-z]{4,}$/u.test(spelling)) {
      latin.add(spelling);
    }
  }
  for (const { reading } of words) {
    if (/^[ぁ-ゖー]{3,}$/u.test(reading)) {
      readings.add(reading);
    }
  }
  /** @type {Map<string, string>} */
  const folded = new Map();
  for (const reading of readings) {
    folded.set(foldReading(reading), reading);
    if (folded.size % BATCH === 0) {
      yield;
    }
  }
  return {
    folded,
    wordByReading: new Map(words.map(({ text, reading }) => [reading, text])),
    compounds: groupByLength(
      words.map(({ text }) => text).filter((text) => /^[々〇一-鿿]{4,}$/u.test(text)),
    ),
    readings: groupByLength(readings),
    latin: groupByLength(latin),
  };
}

/** @param {Iterable<string>} texts */
function groupByLength(texts) {
  /** @type {Map<number, string[]>} */
  const groups = new Map();
  for (const text of texts) {
    const group = groups.get(text.length);
    if (group) {
      group.push(text);
    } else {
      groups.set(text.length, [text]);
    }
  }
  return groups;
}
