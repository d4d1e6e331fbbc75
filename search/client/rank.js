// Words of a query → documents, best first. Features and weights: docs/search-format.md.

import { nextTask } from "./slices.js";
import { stripMarks } from "./text.js";

/** How many of the first ranking are looked at again. */
const CANDIDATES = 100;
/** A document whose score is a smaller part of the best one is not shown. */
const LEAST_SHARE = 0.15;
const BM25 = 0.5;

/** How telling a word is that `found` of `count` documents hold. */
export function measureIdf(found, count) {
  return Math.log(1 + (count - found + BM25) / (found + BM25));
}

/** The terms whose postings a plan needs. */
export function listTerms({ query, matches, phrases }, index) {
  const typed = [
    ...matches.flatMap(({ terms }) => terms),
    ...phrases.flatMap(({ alternatives }) => alternatives.flat()),
  ];
  return usesKanji(matches, index)
    ? [...typed, ...listKanji(query).flatMap((letter) => index.lexicon.kanji.get(letter) ?? [])]
    : typed;
}

/** Terms that share a kanji are many: where postings come in chunks, only the last resort. */
function usesKanji(matches, { isWhole }) {
  return isWhole || !matches.length;
}

function listKanji(query) {
  return [...new Set(query.match(/[々〇一-鿿]/gu))];
}

/**
 * `{numbers, candidates}`: documents best first, and what the rerank saw of them. `plan` is
 * `{query, matches, phrases}`, `index` what a store loaded, the postings of `listTerms` among it.
 */
export async function rankDocuments(plan, index) {
  const first = scoreDocuments(plan, index);
  await nextTask();
  return rerankDocuments(plan, first, index);
}

/** The first ranking: words, thesaurus, kanji, neighbours. */
function scoreDocuments(plan, index) {
  const clauses = makeClauses(plan, index);
  const typed = new Float32Array(index.count);
  clauses.forEach((clause) => addScaled(typed, clause.impacts, clause.weight));
  plan.phrases.forEach((phrase) => {
    const { impacts, weight } = weighAnyOf(phrase.alternatives, index);
    addScaled(typed, impacts, weight * index.weights.thesaurus);
  });
  const kanji = usesKanji(plan.matches, index)
    ? scoreKanji(plan.query, index)
    : new Float32Array(index.count);
  const base = Float32Array.from(typed);
  addScaled(base, kanji, index.weights.kanji);
  const scores = addNeighbours(base, index);
  return { clauses, typed, kanji, scores, found: sortByScore(scores, base) };
}

/** The best of the first ranking, ordered anew by what was learned. */
function rerankDocuments(plan, { found, ...first }, index) {
  const best = found.slice(0, CANDIDATES);
  const features = measureFeatures(best, { plan, ...first }, index);
  const weights = Object.entries(index.weights.rerank);
  const ranked = best.map((number, place) => ({
    number,
    place,
    score: weights.reduce((sum, [name, weight]) => sum + weight * features[place][name], 0),
  }));
  ranked.sort((one, other) => other.score - one.score || one.place - other.place);
  return {
    numbers: [...ranked.map(({ number }) => number), ...found.slice(CANDIDATES)],
    candidates: best.map((number, place) => ({ number, features: features[place] })),
  };
}

/** Each spelling that was typed, once: what it is worth in each document, and its title flags. */
function makeClauses({ matches, phrases }, index) {
  const clauses = new Map();
  for (const { start, end, terms } of matches) {
    const key = terms.join();
    if (!clauses.has(key)) {
      const alternatives = terms.map((term) => [term]);
      const others = phrases.filter((phrase) => start >= phrase.start && end <= phrase.end);
      const all = [...alternatives, ...others.flatMap((phrase) => phrase.alternatives)];
      clauses.set(key, { ...weighAnyOf(alternatives, index), ...markDocuments(all, index) });
    }
  }
  return [...clauses.values()];
}

/** The best alternative in each document, times the idf of all together; terms together count least. */
function weighAnyOf(alternatives, index) {
  const impacts = new Float32Array(index.count);
  for (const [first, ...rest] of alternatives) {
    const posting = index.postings[first];
    const others = rest.map((term) => spreadImpacts(term, index));
    posting.documents.forEach((number, place) => {
      const least = others.reduce(
        (value, row) => Math.min(value, row[number]),
        posting.impacts[place],
      );
      impacts[number] = Math.max(impacts[number], least);
    });
  }
  let found = 0;
  for (let number = 0; number < impacts.length; number += 1) {
    found += impacts[number] > 0 ? 1 : 0;
  }
  return { impacts, weight: measureIdf(found, index.count) };
}

/** Which documents hold an alternative whole, and which in their titles. */
function markDocuments(alternatives, index) {
  const anywhere = new Uint8Array(index.count);
  const inTitle = new Uint8Array(index.count);
  for (const terms of alternatives) {
    const here = new Uint8Array(index.count);
    const titles = new Uint8Array(index.count);
    for (const term of terms) {
      const posting = index.postings[term];
      posting.documents.forEach((number, place) => {
        here[number] += 1;
        titles[number] += posting.titles[place] ? 1 : 0;
      });
    }
    for (let number = 0; number < index.count; number += 1) {
      anywhere[number] |= here[number] === terms.length ? 1 : 0;
      inTitle[number] |= titles[number] === terms.length ? 1 : 0;
    }
  }
  return { anywhere, inTitle };
}

/** Words the index does not have may share a kanji with words it has. */
function scoreKanji(query, index) {
  const scores = new Float32Array(index.count);
  for (const letter of listKanji(query)) {
    const terms = index.lexicon.kanji.get(letter);
    if (terms) {
      const { impacts, weight } = weighAnyOf(
        terms.map((term) => [term]),
        index,
      );
      addScaled(scores, impacts, weight);
    }
  }
  return scores;
}

/** What is near to good documents is good. */
function addNeighbours(base, { neighbours, weights }) {
  if (!neighbours) {
    return base;
  }
  return base.map((score, number) => score + weights.graph * meanOf(neighbours[number], base));
}

function measureFeatures(numbers, { plan, clauses, typed, kanji, scores }, index) {
  const pairs = index.pairCounts ? weighPairs(stripMarks(plan.query), index) : undefined;
  const wanted = new Set([
    ...plan.matches.flatMap(({ terms }) => terms),
    ...plan.phrases.flatMap(({ alternatives }) => alternatives.flat()),
  ]);
  const titles = sumTitleIdf(wanted, index);
  const total = clauses.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const rows = numbers.map((number) => ({
    score: scores[number],
    neighbour:
      index.neighbours?.[number].reduce((best, other) => Math.max(best, typed[other]), 0) ?? 0,
    bigrams: pairs ? comparePairs(pairs, stripMarks(index.titles[number]), index) : 0,
    title: titles[number] / (index.titleIdf[number] || 1),
    kanji: kanji[number],
    first:
      clauses.reduce(
        (sum, { inTitle, weight }, place) => sum + (inTitle[number] * weight) / (1 + place),
        0,
      ) / total,
    words:
      clauses.reduce((sum, { anywhere, weight }) => sum + anywhere[number] * weight, 0) / total,
    length: Math.log(index.titles[number]?.length || 1) / 4,
  }));
  for (const name of ["score", "neighbour", "kanji"]) {
    const best = rows.reduce((most, row) => Math.max(most, row[name]), 1e-9);
    rows.forEach((row) => {
      row[name] /= best;
    });
  }
  return rows;
}

/** For each document how much idf of the wanted terms its title holds. */
function sumTitleIdf(wanted, index) {
  const sums = new Float32Array(index.count);
  for (const term of wanted) {
    const { documents, titles } = index.postings[term];
    const idf = measureIdf(documents.length, index.count);
    documents.forEach((number, place) => {
      sums[number] += titles[place] ? idf : 0;
    });
  }
  return sums;
}

/** Pairs of neighbouring letters → count × idf among the titles, and the length of that vector. */
function weighPairs(text, index) {
  const weights = new Map();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    const idf = measureIdf(index.pairCounts.get(pair) ?? 0, index.count);
    weights.set(pair, (weights.get(pair) ?? 0) + idf);
  }
  const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return { weights, length };
}

function comparePairs(query, title, index) {
  const { weights, length } = weighPairs(title, index);
  let product = 0;
  for (const [pair, weight] of weights) {
    product += weight * (query.weights.get(pair) ?? 0);
  }
  return product / (length * query.length || 1);
}

/** Documents that hold what was asked for, but for those far behind the best. */
function sortByScore(scores, asked) {
  const least = LEAST_SHARE * scores.reduce((most, score) => Math.max(most, score), 0);
  const found = [];
  scores.forEach((score, number) => {
    if (asked[number] > 0 && score >= least) {
      found.push(number);
    }
  });
  return found.sort((one, other) => scores[other] - scores[one] || one - other);
}

function spreadImpacts(term, index) {
  const row = new Float32Array(index.count);
  const { documents, impacts } = index.postings[term];
  documents.forEach((number, place) => {
    row[number] = impacts[place];
  });
  return row;
}

function addScaled(sums, row, weight) {
  for (let number = 0; number < sums.length; number += 1) {
    sums[number] += row[number] * weight;
  }
}

function meanOf(numbers, values) {
  let sum = 0;
  for (const number of numbers) {
    sum += values[number];
  }
  return numbers.length ? sum / numbers.length : 0;
}
