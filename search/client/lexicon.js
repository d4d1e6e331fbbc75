// The lexicon's text → what a query is cut with.

import { normalizeQuery, toHiragana } from "./text.js";

const STEP = 100;
/** Endings a verb takes, by the last kana of its dictionary form. */
const INFLECTIONS = {
  う: "わいうえおっ", く: "かきくけこい", ぐ: "がぎぐげごい", す: "さしすせそ", つ: "たちつてとっ",
  ぬ: "なにぬねのん", ぶ: "ばびぶべぼん", む: "まみむめもん", る: "らりるれろっ",
};
const ADJECTIVE = ["く", "かっ", "けれ"];
const KANJI = /[々〇一-鿿]/u;

/**
 * `entries`: spelling → `{terms, cost, reading}`, no terms for a word that is stepped over;
 * `readings`: hiragana → the same for words written with kanji; `phrases`: thesaurus word →
 * alternatives; `phraseReadings`; `words`: what is offered while typing; `kanji`: letter → terms.
 * Costs are −ln of how often a word occurs. In pieces.
 */
export function* decodeLexicon(text, counts) {
  const [terms, functions, groups, words] = text.split("\n\n").map((part) => (part ? part.split("\n") : []));
  const stepped = decodeFunctions(functions);
  const total = counts.reduce((sum, count) => sum + count, 0) + stepped.reduce((sum, [, count]) => sum + count, 0);
  const lexicon = {
    entries: new Map(), readings: new Map(), kanji: new Map(), names: [],
    phrases: new Map(), phraseReadings: new Map(), words: [],
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
      lexicon.entries.set(spelling, { terms: [number], reading: "" });
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
    lexicon.entries.set(word, { terms: [], cost: Math.log(total / count), reading: word });
  }
  for (const [index, line] of groups.entries()) {
    addGroup(lexicon, line);
    if (index % STEP === 0) {
      yield;
    }
  }
  lexicon.words = [...words, ...lexicon.phrases.keys()].map((line) => line.split("=")[0]);
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
  const forms = [...(INFLECTIONS[last] ?? (last === "い" ? ADJECTIVE : []))].map((form) => base + form);
  return last === "る" && ending.length > 1 ? [...forms, base] : forms;
}

/** A word of two kanji or more with fewer kana, as people write it: 引越し and 引越. */
function shorten(stem, endings) {
  if ((stem.match(/[々〇一-鿿]/gu) ?? []).length < 2) {
    return [];
  }
  const inner = stem.replace(/(?<=[々〇一-鿿])[ぁ-ん]+(?=[々〇一-鿿])/gu, "");
  return [...endings.map((ending) => inner + ending), inner].filter((spelling) => spelling !== stem);
}

function addEntry(lexicon, spelling, reading, number) {
  const entry = lexicon.entries.get(spelling);
  if (!entry) {
    lexicon.entries.set(spelling, { terms: [number], reading });
  } else {
    entry.reading ||= reading;
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
  const alternatives = numbers.split(",").map((item) => item.split("+").map((name) => parseInt(name, 36)));
  for (const member of members) {
    const [word, told] = member.split("=");
    lexicon.phrases.set(normalizeQuery(word), alternatives);
    const reading = told ?? readWord(lexicon, word);
    if (reading && reading !== word) {
      lexicon.phraseReadings.set(reading, alternatives);
    }
  }
}

/** How a word is read, put together from the longest spellings; empty where a part is unknown. */
export function readWord(lexicon, word) {
  let reading = "";
  for (let at = 0; at < word.length; ) {
    let size = 0;
    for (let end = Math.min(word.length, at + 12); end > at && !size; end -= 1) {
      const entry = lexicon.entries.get(word.slice(at, end));
      if (entry?.reading) {
        reading += entry.reading;
        size = end - at;
      }
    }
    if (!size) {
      const letter = toHiragana(word[at]);
      if (KANJI.test(letter)) {
        return "";
      }
      reading += letter;
      size = 1;
    }
    at += size;
  }
  return reading;
}

function addTo(map, key, number) {
  const list = map.get(key);
  if (list) {
    list.push(number);
  } else {
    map.set(key, [number]);
  }
}
