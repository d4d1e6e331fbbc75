// What is offered while typing: words and questions that begin as the text does, by reading too.

import { listTerms, rankDocuments } from "./rank.js";
import { findPhrases, segmentQuery } from "./segment.js";
import { nextTask } from "./slices.js";
import { foldReading, normalizeQuery, readRomaji, toHiragana } from "./text.js";

const WORDS = 4;
const QUESTIONS = 4;
/** A single kana begins too many words to be of help. */
const SHORTEST = 2;
/** So many words that the unfinished one may become are searched. */
const ENDINGS = 12;

/** `{words, questions}` for an unfinished text; a question is `{id, title}`. */
export async function suggestFor(index, text, { now = Date.now() } = {}) {
  const query = normalizeQuery(text);
  const sound = toHiragana(readRomaji(query) || query);
  if (sound.length < SHORTEST && !/[々〇一-鿿]/u.test(query)) {
    return { words: [], questions: [] };
  }
  const words = listWords(query, sound, index.lexicon);
  const { matches } = segmentQuery(query, index.lexicon);
  const phrases = findPhrases(query, matches, index.lexicon);
  const plan = { query, matches: completeLast(query, sound, matches, index.lexicon), phrases };
  await index.loadTerms(listTerms(plan, index));
  await nextTask();
  const numbers = plan.matches.length ? (await rankDocuments(plan, index)).numbers : [];
  const found = numbers
    .map((number) => index.documents[number])
    .filter(({ until }) => !until || now < until * 1000)
    .slice(0, QUESTIONS);
  const questions = await Promise.all(
    found.map(async ({ number, id }) => ({ id, title: await index.loadTitle(number) })),
  );
  return { words, questions };
}

/** Known words that begin as the text does or sound so, the shortest first. */
function listWords(query, sound, { words }) {
  const folded = foldReading(sound);
  return words
    .filter(
      (word) =>
        word.text !== query &&
        (word.text.startsWith(query) ||
          word.sound.startsWith(sound) ||
          word.folded.startsWith(folded)),
    )
    .sort((one, other) => one.text.length - other.text.length)
    .slice(0, WORDS)
    .map(({ text }) => text);
}

/** The matches, where the end of the text is no word yet with the words it may become. */
function completeLast(query, sound, matches, lexicon) {
  const done = matches.at(-1)?.end ?? 0;
  if (done === query.length) {
    return matches;
  }
  const tails = [query.slice(done).trim(), ...(done === 0 ? [sound] : [])].filter(
    (tail) => tail.length >= SHORTEST,
  );
  const terms = new Set();
  for (const map of [lexicon.entries, lexicon.readings]) {
    for (const [spelling, entry] of map) {
      if (terms.size < ENDINGS && tails.some((tail) => spelling.startsWith(tail))) {
        entry.terms.forEach((term) => terms.add(term));
      }
    }
  }
  return terms.size ? [...matches, { start: done, end: query.length, terms: [...terms] }] : matches;
}
