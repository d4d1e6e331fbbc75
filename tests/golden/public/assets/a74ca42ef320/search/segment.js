// Query → the parts of it that the index knows. No dictionary: the longest entry that fits wins.

const LONGEST_ENTRY = 24;

/** The spelling shared with the index: NFKC, lower case, blanks as one space. */
export function normalizeQuery(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** Katakana as hiragana; all else as it is. */
export function toHiragana(text) {
  return text.replace(/[ァ-ヶ]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/**
 * The matches of a normalized query, left to right: `{start, end, terms}`, where `terms` are the
 * numbers of the terms that the spelling may stand for.
 */
export function segmentQuery(query, entries) {
  const matches = [];
  let start = 0;
  while (start < query.length) {
    const match = matchLongest(query, start, entries);
    if (match) {
      matches.push(match);
      start = match.end;
    } else {
      start += stepOver(query, start);
    }
  }
  return matches;
}

/** The thesaurus words in a normalized query, left to right, the longest at each place. */
export function findPhrases(query, phrases) {
  const matches = [];
  let start = 0;
  while (start < query.length) {
    const match = matchLongest(query, start, phrases);
    if (match) {
      matches.push({ start, end: match.end, alternatives: match.terms });
    }
    start = match ? match.end : start + 1;
  }
  return matches;
}

function matchLongest(query, start, entries) {
  const limit = Math.min(query.length, start + LONGEST_ENTRY);
  const ownWord = /^[a-z0-9]+/u.exec(query.slice(start, limit));
  const shortest = ownWord ? start + ownWord[0].length : start + 1;
  for (let end = limit; end >= shortest; end -= 1) {
    const slice = query.slice(start, end);
    const terms = entries.get(slice) ?? entries.get(toHiragana(slice));
    if (terms) {
      return { start, end, terms };
    }
  }
  return undefined;
}

/** A Latin word that is not known is passed over whole: no entry begins in the middle of one. */
function stepOver(query, start) {
  const word = /^[a-z0-9]+/u.exec(query.slice(start, start + LONGEST_ENTRY));
  return word ? word[0].length : 1;
}
