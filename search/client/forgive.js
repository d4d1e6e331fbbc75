// Small typing errors: what no word covers is replaced by the nearest word there is. A query that
// is covered stays as it is, but for compounds of the wrong kanji that sound like a known word.

import { listReadings, readWord } from "./lexicon.js";
import { foldReading, measureDistance, readRomaji, toHiragana } from "./text.js";

const KANJI = /[々〇一-鿿]/u;
/** Kanji that are taken for katakana of the same look. */
const LOOKALIKES = {
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
const RUN = /[々〇一-鿿]+|[ァ-ヶー]+|[ぁ-ゖー]+|[a-z]+/gu;
const STEP = 400;
/** Shorter pieces are like too many words. */
const SHORTEST = 3;
const LONGEST = 14;
/** From this length on two errors are forgiven; only from the other on a wrong letter is one: */
const LONG = 8;
/** スーパー and ペーパー are two words. */
const LETTER_LENGTH = 6;
/** In a compound of kanji so long one may be wrong; 野良犬 and 野良猫 are two words. */
const COMPOUND_LENGTH = 4;

/** The query with its errors mended, or the same query. `titles` are those of the collection. */
export function forgiveQuery(query, { matches, unknown }, lexicon, titles) {
  const alike = query.replace(
    /(?<=[ァ-ヶー])[二一力口工夕卜八三]/gu,
    (letter) => LOOKALIKES[letter],
  );
  if (
    alike !== query &&
    isKnown(/[ァ-ヶー]+/gu, alike, lexicon) &&
    !isKnown(/[ァ-ヶー]+/gu, query, lexicon)
  ) {
    return alike;
  }
  const runs = [...query.matchAll(RUN)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0],
  }));
  const isKana = !KANJI.test(query);
  let mended = query;
  for (const run of runs.reverse()) {
    // Between kanji, hiragana that no word covers are endings and particles, hardly ever errors.
    if (/^[ぁ-ゖ]/u.test(run.text) && !isKana) {
      continue;
    }
    const holes = unknown.filter(({ start, end }) => start < run.end && end > run.start);
    const change =
      (holes.length && mendRun(run, holes, matches, lexicon)) || mendSound(run, lexicon, titles);
    if (change) {
      mended = mended.slice(0, change.start) + change.text + mended.slice(change.end);
    }
  }
  return mended;
}

/** Whether every piece that the pattern finds is a known spelling. */
function isKnown(pattern, text, lexicon) {
  return (text.match(pattern) ?? []).every(
    (piece) =>
      lexicon.entries.get(toHiragana(piece))?.terms.length ||
      lexicon.phrases.has(toHiragana(piece)),
  );
}

/** Known words most like a text, best first. */
export function findNearWords(text, lexicon, limit = 5) {
  const sound = toHiragana(readRomaji(text) || readWord(lexicon, text) || text);
  const allowed = Math.max(1, Math.floor(sound.length / 3));
  return lexicon.words
    .map((word) => ({
      word: word.text,
      distance: Math.min(
        measureDistance(sound, word.sound, allowed),
        measureDistance(text, word.text, allowed),
      ),
    }))
    .filter(({ distance }) => distance <= allowed)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, limit)
    .map(({ word }) => word);
}

function mendRun(run, holes, matches, lexicon) {
  if (/^[a-z]/u.test(run.text)) {
    const reading = readRomaji(run.text);
    const text =
      (reading && spellFolded(reading, lexicon)) || findNear(run.text, lexicon.vocabulary.latin);
    return text ? { ...run, text } : undefined;
  }
  if (KANJI.test(run.text)) {
    const text =
      run.text.length >= COMPOUND_LENGTH ? findNear(run.text, lexicon.vocabulary.compounds) : "";
    return text ? { ...run, text } : undefined;
  }
  const isSplit = !/^[ァ-ヶ]/u.test(run.text);
  for (const window of isSplit ? listWindows(run, holes, matches) : [run]) {
    const text = window.text.length >= SHORTEST ? findSound(window.text, lexicon) : "";
    if (text) {
      return { ...window, text };
    }
  }
  return undefined;
}

/** Pieces of a run that hold its first hole and begin and end where words do, the longest first. */
function listWindows(run, holes, matches) {
  const within = matches.filter(({ start, end }) => start >= run.start && end <= run.end);
  const hole = {
    start: Math.max(holes[0].start, run.start),
    end: Math.min(holes.at(-1).end, run.end),
  };
  const starts = [
    run.start,
    hole.start,
    ...within.map(({ start }) => start),
    ...within.map(({ end }) => end),
  ];
  const ends = [
    run.end,
    hole.end,
    ...within.map(({ start }) => start),
    ...within.map(({ end }) => end),
  ];
  const windows = new Map();
  for (const start of starts.filter((place) => place <= hole.start)) {
    for (const end of ends.filter((place) => place >= hole.end)) {
      if (end - start >= SHORTEST && end - start <= LONGEST) {
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

/** A compound of kanji that sounds like a known word and is itself unknown: 住民表. */
function mendSound(run, lexicon, titles) {
  const { start, end, text } = run;
  if (
    text.length < SHORTEST ||
    !KANJI.test(text) ||
    lexicon.phrases.has(toHiragana(text)) ||
    lexicon.entries.has(text)
  ) {
    return undefined;
  }
  const { bySound } = lexicon.vocabulary;
  const word = listReadings(lexicon, text)
    .map((reading) => bySound.get(reading))
    .find(Boolean);
  return word &&
    word.length === text.length &&
    word !== text &&
    !titles.some((title) => title.includes(text))
    ? { start, end, text: word }
    : undefined;
}

/** Kana → the reading that is most like it. */
function findSound(text, lexicon) {
  const sound = toHiragana(text);
  const { sounds, bySound } = lexicon.vocabulary;
  const near = spellFolded(sound, lexicon) || findNear(sound, sounds);
  return bySound.get(near) ?? near;
}

/** A reading put together from long enough known ones, long vowels and small letters aside. */
function spellFolded(reading, lexicon) {
  const { folded, bySound } = lexicon.vocabulary;
  const text = foldReading(reading);
  const steps = [{ parts: [], size: 0 }];
  for (let end = 1; end <= text.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST); start <= end - SHORTEST; start += 1) {
      const known = folded.get(text.slice(start, end));
      if (known && steps[start] && (!steps[end] || steps[start].size + 1 < steps[end].size)) {
        steps[end] = { parts: [...steps[start].parts, known], size: steps[start].size + 1 };
      }
    }
  }
  const { parts } = steps[text.length] ?? { parts: [] };
  return parts.map((part) => (parts.length > 1 ? part : (bySound.get(part) ?? part))).join("");
}

/** The nearest of the known texts (by length), or nothing. */
function findNear(text, known) {
  const limit = text.length >= LONG ? 2 : 1;
  let best = "";
  let least = limit + 1;
  for (let length = text.length - limit; length <= text.length + limit; length += 1) {
    for (const other of known.get(length) ?? []) {
      if (other[0] === text[0] || other.at(-1) === text.at(-1)) {
        const distance = measureDistance(text, other, Math.min(limit, least - 1));
        if (
          distance < least &&
          (text.length >= LETTER_LENGTH || KANJI.test(text) || !hasWrongLetter(text, other))
        ) {
          least = distance;
          best = other;
        }
      }
    }
  }
  return best;
}

/** Of two texts one error apart: whether a letter is another one, not too many, missing or moved. */
function hasWrongLetter(one, other) {
  return one.length === other.length && [...one].sort().join("") !== [...other].sort().join("");
}

/** What corrections are looked up in, for `lexicon.vocabulary`; in pieces. */
export function* buildVocabulary(lexicon) {
  const sounds = new Set(
    [...lexicon.phraseReadings.keys(), ...lexicon.readings.keys()].filter(
      (sound) => sound.length >= SHORTEST,
    ),
  );
  const latin = new Set();
  let count = 0;
  for (const [spelling, { terms }] of lexicon.entries) {
    count += 1;
    if (count % STEP === 0) {
      yield;
    }
    if (spelling.length < SHORTEST || !terms.length) {
      continue;
    }
    if (/^[ぁ-ゖー]+$/u.test(spelling)) {
      sounds.add(spelling);
    } else if (/^[a-z]{4,}$/u.test(spelling)) {
      latin.add(spelling);
    }
  }
  const folded = new Map();
  for (const { sound } of lexicon.words) {
    if (/^[ぁ-ゖー]{3,}$/u.test(sound)) {
      sounds.add(sound);
    }
  }
  for (const sound of sounds) {
    folded.set(foldReading(sound), sound);
    if (folded.size % STEP === 0) {
      yield;
    }
  }
  return {
    folded,
    bySound: new Map(lexicon.words.map(({ text, sound }) => [sound, text])),
    compounds: groupByLength(
      lexicon.words.map(({ text }) => text).filter((text) => /^[々〇一-鿿]{4,}$/u.test(text)),
    ),
    sounds: groupByLength(sounds),
    latin: groupByLength(latin),
  };
}

function groupByLength(texts) {
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
