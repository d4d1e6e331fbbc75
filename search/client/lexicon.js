// The lexicon's text → what a query is cut with.

import { foldReading, normalizeQuery, toHiragana } from "./text.js";

const STEP = 100;
/** Endings a verb takes, by the last kana of its dictionary form. */
const INFLECTIONS = {
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
const ADJECTIVE = ["く", "かっ", "けれ"];
/** No part of a compound is longer, and none is read in more ways that matter. */
const LONGEST_PART = 12;
const MOST_READINGS = 8;
const KANJI = /[々〇一-鿿]/u;

/**
 * `entries`: spelling → `{terms, cost, readings}`, no terms for a word that is stepped over;
 * `readings`: hiragana → the same for words written with kanji; `phrases`: thesaurus word →
 * alternatives; `phraseReadings` and `sequences`: the same by reading and by terms; `words`: what is offered while typing, `{text, sound, folded}`; `kanji`: letter → terms.
 * Costs are −ln of how often a word occurs. In pieces.
 */
export function* decodeLexicon(text, counts, costs) {
  const [terms, functions, groups, words] = text
    .split("\n\n")
    .map((part) => (part ? part.split("\n") : []));
  const stepped = decodeFunctions(functions);
  const total =
    counts.reduce((sum, count) => sum + count, 0) +
    stepped.reduce((sum, [, count]) => sum + count, 0);
  const lexicon = {
    entries: new Map(),
    readings: new Map(),
    kanji: new Map(),
    names: [],
    phrases: new Map(),
    phraseReadings: new Map(),
    sequences: new Map(),
    words: [],
    costs,
  };
  const derived = [];
  for (const [number, line] of terms.entries()) {
    addTerm(lexicon, derived, line, number);
    if (number % STEP === 0) {
      yield;
    }
  }
  for (const [spelling, number] of derived) {
    if (!lexicon.entries.has(spelling)) {
      lexicon.entries.set(spelling, { terms: [number], readings: [] });
    }
  }
  yield;
  for (const map of [lexicon.entries, lexicon.readings]) {
    for (const entry of map.values()) {
      entry.cost = Math.log(total / entry.terms.reduce((sum, number) => sum + counts[number], 0));
    }
    yield;
  }
  for (const [word, count] of stepped) {
    lexicon.entries.set(word, { terms: [], cost: Math.log(total / count), readings: [word] });
  }
  for (const [index, line] of groups.entries()) {
    addGroup(lexicon, line);
    if (index % STEP === 0) {
      yield;
    }
  }
  yield;
  const members = groups.flatMap((line) => line.split("\t").slice(1));
  const lines = new Map([...words, ...members].map((line) => [line.split("=")[0], line]));
  for (const line of lines.values()) {
    lexicon.words.push(makeWord(lexicon, line));
    if (lexicon.words.length % STEP === 0) {
      yield;
    }
  }
  return lexicon;
}

function addTerm(lexicon, derived, line, number) {
  const [term, ...spellings] = line.split(";");
  lexicon.names.push(term);
  for (const letter of new Set(term.match(/[々〇一-鿿]/gu))) {
    addTo(lexicon.kanji, letter, number);
  }
  addEntry(lexicon, term, "", number);
  for (const item of spellings) {
    const [head, list] = item.split(":");
    const [stem, sound] = head.split("=");
    const endings = list === undefined ? [""] : list.split(",");
    const spoken = sound ?? (KANJI.test(stem) ? "" : toHiragana(stem));
    for (const ending of endings) {
      addEntry(lexicon, stem + ending, spoken && spoken + ending, number);
      if (sound) {
        addReading(lexicon, sound + ending, number);
      }
      for (const inflected of inflect(stem, ending)) {
        derived.push([inflected, number]);
      }
    }
    for (const variant of shorten(stem, endings)) {
      derived.push([variant, number]);
    }
  }
}

/** Other endings of a verb or adjective whose dictionary form this is. */
function inflect(stem, ending) {
  if (!ending || !KANJI.test(stem)) {
    return [];
  }
  const base = stem + ending.slice(0, -1);
  const last = ending.at(-1);
  const forms = [...(INFLECTIONS[last] ?? (last === "い" ? ADJECTIVE : []))].map(
    (form) => base + form,
  );
  return last === "る" && ending.length > 1 ? [...forms, base] : forms;
}

/** A word of two kanji or more with fewer kana, as people write it: 引越し and 引越. */
function shorten(stem, endings) {
  if ((stem.match(/[々〇一-鿿]/gu) ?? []).length < 2) {
    return [];
  }
  const inner = stem.replace(/(?<=[々〇一-鿿])[ぁ-ん]+(?=[々〇一-鿿])/gu, "");
  return [...endings.map((ending) => inner + ending), inner].filter(
    (spelling) => spelling !== stem,
  );
}

/** A word of a line, how it is read, and its reading without what people leave out. */
function makeWord(lexicon, line) {
  const [text, told] = line.split("=");
  const sound = told ?? toHiragana(readWord(lexicon, text) || text);
  return { text, sound, folded: foldReading(sound) };
}

/** A compound with fewer kana: 問い合わせ, 問合わせ, 問合せ. */
function shortenWord(word) {
  if ((word.match(/[々〇一-鿿]/gu) ?? []).length < 2 || !/[ぁ-ん]/u.test(word)) {
    return [];
  }
  const inner = word.replace(/(?<=[々〇一-鿿])[ぁ-ん](?=[々〇一-鿿])/gu, "");
  return [inner, inner.replace(/(?<=[々〇一-鿿])[ぁ-ん](?=[ぁ-ん]$)/u, "")];
}

function addEntry(lexicon, spelling, reading, number) {
  const entry = lexicon.entries.get(spelling);
  if (!entry) {
    lexicon.entries.set(spelling, { terms: [number], readings: reading ? [reading] : [] });
  } else {
    if (reading && !entry.readings.includes(reading)) {
      entry.readings.push(reading);
    }
    if (!entry.terms.includes(number)) {
      entry.terms.push(number);
    }
  }
}

function addReading(lexicon, reading, number) {
  const entry = lexicon.readings.get(reading);
  if (!entry) {
    lexicon.readings.set(reading, { terms: [number] });
  } else if (!entry.terms.includes(number)) {
    entry.terms.push(number);
  }
}

/** Lines of a power of two and the words that occurred about so often. */
function decodeFunctions(lines) {
  return lines.flatMap((line) => {
    const [power, ...words] = line.split(" ");
    return words.map((word) => [word, 1.5 * 2 ** Number(power)]);
  });
}

function addGroup(lexicon, line) {
  const [numbers, ...members] = line.split("\t");
  const alternatives = numbers
    .split(",")
    .map((item) => item.split("+").map((name) => parseInt(name, 36)));
  for (const terms of alternatives) {
    lexicon.sequences.set(terms.join("+"), alternatives);
  }
  for (const member of members) {
    const { text: word, sound } = makeWord(lexicon, member);
    for (const spelling of [...shortenWord(word), word]) {
      lexicon.phrases.set(toHiragana(normalizeQuery(spelling)), alternatives);
    }
    if (sound !== word) {
      lexicon.phraseReadings.set(sound, alternatives);
    }
  }
}

/** How a word is read, put together from the longest spellings; empty where a part is unknown. */
export function readWord(lexicon, word) {
  return listReadings(lexicon, word)[0] ?? "";
}

/** Every way to read a word (some at most): 表 is ひょう and おもて. */
export function listReadings(lexicon, word) {
  let readings = [""];
  for (let at = 0; at < word.length; ) {
    let end = Math.min(word.length, at + LONGEST_PART);
    while (end > at && !lexicon.entries.get(word.slice(at, end))?.readings.length) {
      end -= 1;
    }
    const letter = toHiragana(word[at]);
    if (end === at && KANJI.test(letter)) {
      return [];
    }
    const parts = end > at ? lexicon.entries.get(word.slice(at, end)).readings : [letter];
    readings = readings
      .flatMap((before) => parts.map((part) => before + part))
      .slice(0, MOST_READINGS);
    at = Math.max(end, at + 1);
  }
  return readings;
}

function addTo(map, key, number) {
  const list = map.get(key);
  if (list) {
    list.push(number);
  } else {
    map.set(key, [number]);
  }
}
