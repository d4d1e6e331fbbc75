// Query → the words of it that the index knows. No dictionary: the cheapest way to cut it wins.

import { toHiragana } from "./text.js";

/** No entry is longer. */
const LONGEST = 24;
/** In a query written with kanji, kana are rarely words that have kanji: ばあい is no 場合い. */
const READING_LENGTH = { kana: 2, kanji: 3 };
/** No thesaurus word has more terms after its first. */
const LONGEST_SEQUENCE = 4;
const KANJI = /[々〇一-鿿]/u;

/**
 * `{matches, unknown}` of a normalized query, left to right: a match is `{start, end, terms}` with
 * the numbers of the terms the spelling may stand for; `unknown` are places no word covers.
 * `lexicon.costs` tells what an unknown letter costs (an ordinary word costs 4 to 12) and how much
 * dearer a reading is than a spelling.
 */
export function segmentQuery(query, lexicon) {
  const steps = findCheapest(query, lexicon);
  const matches = [];
  const unknown = [];
  for (let end = query.length; end > 0; end = steps[end].start) {
    const { start, entry } = steps[end];
    if (entry?.terms.length) {
      matches.unshift({ start, end, terms: entry.terms });
    } else if (!entry && /[\p{L}\p{N}]/u.test(query.slice(start, end))) {
      unknown.unshift({ start, end });
    }
  }
  return { matches: matches.filter((match) => !isPartOfUnknown(match, query, unknown)), unknown };
}

/** For each place of the query the last step of the cheapest way there. */
function findCheapest(query, lexicon) {
  const hiragana = toHiragana(query);
  const hasKanji = KANJI.test(query);
  const shortest = hasKanji ? READING_LENGTH.kanji : READING_LENGTH.kana;
  const extra = hasKanji ? lexicon.costs.reading : 0;
  const costs = new Float64Array(query.length + 1).fill(Infinity);
  const steps = new Array(query.length + 1);
  costs[0] = 0;
  for (let start = 0; start < query.length; start += 1) {
    if (costs[start] === Infinity) {
      continue;
    }
    const first = start + measureUnit(query, start);
    const take = (end, cost, entry) => {
      if (costs[start] + cost < costs[end]) {
        costs[end] = costs[start] + cost;
        steps[end] = { start, entry };
      }
    };
    take(first, lexicon.costs.unknown, undefined);
    for (let end = first; end <= query.length && end - start <= LONGEST; end += 1) {
      const sound = hiragana.slice(start, end);
      const entry = findEntry(query.slice(start, end), sound, lexicon);
      const reading = end - start >= shortest ? lexicon.readings.get(sound) : undefined;
      if (entry) {
        take(end, entry.cost, entry);
      }
      if (reading) {
        take(end, reading.cost + (entry ? 0 : extra), reading);
      }
    }
  }
  return steps;
}

/** The entry of a spelling; katakana may be written in hiragana, but for particles and endings. */
function findEntry(spelling, sound, lexicon) {
  const entry = lexicon.entries.get(spelling);
  const spoken = entry || sound === spelling ? undefined : lexicon.entries.get(sound);
  return entry ?? (spoken?.terms.length ? spoken : undefined);
}

/** A Latin word or a number is one unit: no word begins in the middle of it. */
function measureUnit(query, start) {
  const unit = /^(?:[a-z]+|[0-9]+)/u.exec(query.slice(start, start + LONGEST));
  return unit ? unit[0].length : query.codePointAt(start) > 0xffff ? 2 : 1;
}

/** One kanji beside an unknown one is a piece of a word the index does not have. */
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
 * The thesaurus words in a normalized query, left to right, the longest at each place: `{start,
 * end, alternatives}`. None begins or ends within a match.
 */
export function findPhrases(query, matches, lexicon) {
  const inside = new Set();
  for (const match of matches) {
    for (let at = match.start + 1; at < match.end; at += 1) {
      inside.add(at);
    }
  }
  const isKana = !KANJI.test(query);
  const hiragana = toHiragana(query);
  const phrases = [];
  for (let start = 0; start < query.length; ) {
    let next = start + 1;
    for (
      let end = Math.min(query.length, start + LONGEST);
      end > start && !inside.has(start);
      end -= 1
    ) {
      const sound = hiragana.slice(start, end);
      const alternatives =
        lexicon.phrases.get(sound) ?? (isKana ? lexicon.phraseReadings.get(sound) : undefined);
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

/** Thesaurus words in another spelling: matches side by side whose terms are those of one. */
function findSequences(matches, phrases, { sequences }) {
  const free = matches.filter(
    ({ start, end }) => !phrases.some((phrase) => start < phrase.end && end > phrase.start),
  );
  const found = [];
  for (let first = 0; first < free.length; ) {
    let last = first;
    while (
      last + 1 < free.length &&
      last - first < LONGEST_SEQUENCE &&
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
