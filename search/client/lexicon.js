// The part `lexicon` of the index → the tables by which a query is segmented, corrected and completed.

import { buildCorrections } from "./corrections.js";
import { toHiragana } from "./text.js";
import { decodeThesaurus, decodeWords } from "./vocabulary.js";

/** @import {Costs, Entry, Lexicon, SpellingEntry} from "./types/index.js" */

/** Items processed between two yields. */
const BATCH = 100;

/**
 * Kana that may follow the stem of a verb, by the last kana of its dictionary form.
 * @type {Record<string, string>}
 */
const VERB_ENDINGS = {
  う: "わいうえおっ",
  く: "かきくけこい",
  ぐ: "がぎぐげごい",
  す: "さしすせそ",
  つ: "たちつてとっ",
  ぬ: "なにぬねのん",
  ぶ: "ばびぶべぼん",
  む: "まみむめもん",
  る: "らりるれろっ",
};

const ADJECTIVE_ENDINGS = ["く", "かっ", "けれ"];

const KANJI = /[々〇一-鿿]/u;

/**
 * The lexicon, complete; time-sliced.
 * @param {string} text
 * @param {number[]} counts term → number of documents that contain it
 * @param {Costs} costs
 * @returns {Generator<void, Lexicon>}
 */
export function* buildLexicon(text, counts, costs) {
  const [termLines, functionLines, groupLines, wordLines] = text
    .split("\n\n")
    .map((part) => (part ? part.split("\n") : []));
  const functionWords = decodeFunctionWords(functionLines);
  const total =
    counts.reduce((sum, count) => sum + count, 0) +
    functionWords.reduce((sum, [, count]) => sum + count, 0);
  /** @param {number[]} terms */
  const costOf = (terms) =>
    Math.log(total / terms.reduce((sum, number) => sum + counts[number], 0));
  const { termTexts, entries, readings, kanji } = yield* decodeTerms(termLines, costOf);
  for (const [word, count] of functionWords) {
    entries.set(word, { terms: [], cost: Math.log(total / count), readings: [word] });
  }
  yield;
  const thesaurus = yield* decodeThesaurus(groupLines, entries);
  yield;
  const members = groupLines.flatMap((line) => line.split("\t").slice(1));
  const words = yield* decodeWords([...wordLines, ...members], entries);
  const { phrases, phraseReadings, sequences } = thesaurus;
  const known = [...phraseReadings.keys(), ...readings.keys()];
  const corrections = yield* buildCorrections(known, entries, words);
  return {
    termTexts,
    entries,
    readings,
    kanji,
    phrases,
    phraseReadings,
    sequences,
    words,
    corrections,
    costs,
  };
}

/**
 * Lines of a power of two and the words that occurred about that often → [word, count] pairs.
 * @param {string[]} lines
 */
function decodeFunctionWords(lines) {
  return lines.flatMap((line) => {
    const [power, ...words] = line.split(" ");
    return words.map((word) => /** @type {const} */ ([word, 1.5 * 2 ** Number(power)]));
  });
}

/**
 * Lines of terms with their spellings → the tables of a lexicon that contain terms; time-sliced.
 * @param {string[]} lines
 * @param {(terms: number[]) => number} costOf cost of an entry that has these terms
 * @returns {Generator<void, Pick<Lexicon, "termTexts" | "entries" | "readings" | "kanji">>}
 */
function* decodeTerms(lines, costOf) {
  /** @type {string[]} */
  const termTexts = [];
  /** @type {Map<string, SpellingEntry>} */
  const entries = new Map();
  /** @type {Map<string, Entry>} */
  const readings = new Map();
  /** @type {Map<string, number[]>} */
  const kanji = new Map();
  /**
   * Inflections and variants: entries where no term has the spelling itself.
   * @type {[spelling: string, term: number][]}
   */
  const derived = [];
  for (const [number, line] of lines.entries()) {
    const [term, ...forms] = line.split(";");
    termTexts.push(term);
    for (const character of new Set(term.match(/[々〇一-鿿]/gu))) {
      const numbers = kanji.get(character);
      if (numbers) {
        numbers.push(number);
      } else {
        kanji.set(character, [number]);
      }
    }
    addSpelling(entries, term, "", number, costOf);
    for (const form of forms) {
      const [head, list] = form.split(":");
      const [stem, givenReading] = head.split("=");
      const endings = list === undefined ? [""] : list.split(",");
      const stemReading = givenReading ?? (KANJI.test(stem) ? "" : toHiragana(stem));
      for (const ending of endings) {
        addSpelling(entries, stem + ending, stemReading && stemReading + ending, number, costOf);
        if (givenReading) {
          addReading(readings, givenReading + ending, number, costOf);
        }
        for (const inflected of inflect(stem, ending)) {
          derived.push([inflected, number]);
        }
      }
      for (const variant of omitKana(stem, endings)) {
        derived.push([variant, number]);
      }
    }
    if (number % BATCH === 0) {
      yield;
    }
  }
  for (const [spelling, number] of derived) {
    if (!entries.has(spelling)) {
      const terms = [number];
      entries.set(spelling, { terms, cost: costOf(terms), readings: [] });
    }
  }
  yield;
  return { termTexts, entries, readings, kanji };
}

/**
 * @param {Map<string, SpellingEntry>} entries
 * @param {string} spelling
 * @param {string} reading empty: unknown
 * @param {number} term
 * @param {(terms: number[]) => number} costOf
 */
function addSpelling(entries, spelling, reading, term, costOf) {
  const entry = entries.get(spelling);
  if (!entry) {
    const terms = [term];
    entries.set(spelling, { terms, cost: costOf(terms), readings: reading ? [reading] : [] });
    return;
  }
  if (reading && !entry.readings.includes(reading)) {
    entry.readings.push(reading);
  }
  addTerm(entry, term, costOf);
}

/**
 * @param {Map<string, Entry>} readings
 * @param {string} reading
 * @param {number} term
 * @param {(terms: number[]) => number} costOf
 */
function addReading(readings, reading, term, costOf) {
  const entry = readings.get(reading);
  if (!entry) {
    const terms = [term];
    readings.set(reading, { terms, cost: costOf(terms) });
  } else {
    addTerm(entry, term, costOf);
  }
}

/**
 * @param {Entry} entry
 * @param {number} term
 * @param {(terms: number[]) => number} costOf
 */
function addTerm(entry, term, costOf) {
  if (!entry.terms.includes(term)) {
    entry.terms.push(term);
    entry.cost = costOf(entry.terms);
  }
}

/**
 * Other forms of a verb or adjective whose dictionary form is stem + ending.
 * @param {string} stem
 * @param {string} ending
 */
function inflect(stem, ending) {
  if (!ending || !KANJI.test(stem)) {
    return [];
  }
  const base = stem + ending.slice(0, -1);
  const last = ending.at(-1);
  const forms = [...(VERB_ENDINGS[last] ?? (last === "い" ? ADJECTIVE_ENDINGS : []))].map(
    (form) => base + form,
  );
  return last === "る" && ending.length > 1 ? [...forms, base] : forms;
}

/**
 * A word of two kanji or more with fewer kana, as people write it: 引越し and 引越.
 * @param {string} stem
 * @param {string[]} endings
 */
function omitKana(stem, endings) {
  if ((stem.match(/[々〇一-鿿]/gu) ?? []).length < 2) {
    return [];
  }
  const inner = stem.replace(/(?<=[々〇一-鿿])[ぁ-ん]+(?=[々〇一-鿿])/gu, "");
  return [...endings.map((ending) => inner + ending), inner].filter(
    (spelling) => spelling !== stem,
  );
}
