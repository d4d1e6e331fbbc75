// The part `lexicon` of the index → the tables by which a query is segmented, corrected and completed.

import { foldReading, normalizeQuery, toHiragana } from "./text.js";

/** @import {Alternatives, Corrections, Costs, Entry, Lexicon, SpellingEntry, Thesaurus, Word} from "./types.js" */

/** Items processed between two yields. */
const BATCH = 100;
const CORRECTION_BATCH = 400;
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
/** Limits for reading a compound: the length of a part, and the number of readings considered. */
const MAX_PART_LENGTH = 12;
const MAX_READINGS = 8;
/** Shorter words are similar to too many others to be corrections. */
export const MIN_CORRECTION_LENGTH = 3;
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
      addToList(kanji, character, number);
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

/**
 * Lines of synonym groups → thesaurus; time-sliced.
 * @param {string[]} lines
 * @param {Map<string, SpellingEntry>} entries
 * @returns {Generator<void, Thesaurus>}
 */
function* decodeThesaurus(lines, entries) {
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
function* decodeWords(lines, entries) {
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

/**
 * What corrections are looked up in; time-sliced.
 * @param {string[]} knownReadings
 * @param {Map<string, SpellingEntry>} entries
 * @param {Word[]} words
 * @returns {Generator<void, Corrections>}
 */
function* buildCorrections(knownReadings, entries, words) {
  const readings = new Set(
    knownReadings.filter((reading) => reading.length >= MIN_CORRECTION_LENGTH),
  );
  /** @type {Set<string>} */
  const latin = new Set();
  let count = 0;
  for (const [spelling, { terms }] of entries) {
    count += 1;
    if (count % CORRECTION_BATCH === 0) {
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
    if (folded.size % CORRECTION_BATCH === 0) {
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
    addToList(groups, text.length, text);
  }
  return groups;
}

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

/**
 * @template K, V
 * @param {Map<K, V[]>} map
 * @param {K} key
 * @param {V} value
 */
function addToList(map, key, value) {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}
