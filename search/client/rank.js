// Plan (words of a query) → documents, best first. Features and weights: docs/search-format.md.

import { measureFeatures, measureIdf } from "./features.js";
import { yieldToMain } from "./scheduling.js";

/** @import {Alternatives, FeatureName, Index} from "./types/index.js" */
/** @import {Clause, FirstRanking, Match, Plan, Ranking} from "./types/query.js" */

/** How many documents of the first ranking are reranked. */
const CANDIDATES = 100;

/** A document whose score is less than this part of the best score is not a result. */
const MIN_SCORE_RATIO = 0.15;

/**
 * The terms whose postings are needed to rank for a plan.
 * @param {Plan} plan
 * @param {Index} index
 */
export function listTerms({ query, matches, phrases }, index) {
  const terms = [
    ...matches.flatMap((match) => match.terms),
    ...phrases.flatMap(({ alternatives }) => alternatives.flat()),
  ];
  return usesKanji(matches, index)
    ? [...terms, ...listKanji(query).flatMap((kanji) => index.lexicon.kanji.get(kanji) ?? [])]
    : terms;
}

/**
 * Whether terms that share a kanji with the query count. They are many: where their postings have
 * to be fetched, only if the query has no match.
 * @param {Match[]} matches
 * @param {Index} index
 */
function usesKanji(matches, { hasAllPostings }) {
  return hasAllPostings || !matches.length;
}

/**
 * The kanji of a query, each once.
 * @param {string} query
 */
function listKanji(query) {
  return [...new Set(query.match(/[々〇一-鿿]/gu))];
}

/**
 * @param {Plan} plan
 * @param {Index} index with the postings of `listTerms` loaded
 * @returns {Promise<Ranking>}
 */
export async function rankDocuments(plan, index) {
  const first = scoreDocuments(plan, index);
  await yieldToMain();
  return rerankDocuments(plan, first, index);
}

/**
 * The first ranking, by words, thesaurus, kanji and neighbours.
 * @param {Plan} plan
 * @param {Index} index
 * @returns {FirstRanking}
 */
function scoreDocuments(plan, index) {
  const clauses = makeClauses(plan, index);
  const termScores = new Float32Array(index.count);
  for (const { impacts, weight } of clauses) {
    addScaled(termScores, impacts, weight);
  }
  for (const { alternatives } of plan.phrases) {
    const { impacts, weight } = weighAlternatives(alternatives, index);
    addScaled(termScores, impacts, weight * index.weights.thesaurus);
  }
  const kanjiScores = usesKanji(plan.matches, index)
    ? scoreKanji(plan.query, index)
    : new Float32Array(index.count);
  const ownScores = Float32Array.from(termScores);
  addScaled(ownScores, kanjiScores, index.weights.kanji);
  const scores = addNeighbours(ownScores, index);
  return { clauses, termScores, kanjiScores, scores, ranked: sortByScore(scores, ownScores) };
}

/**
 * The best of the first ranking, reordered by the learned weights of their features.
 * @param {Plan} plan
 * @param {FirstRanking} first
 * @param {Index} index
 * @returns {Ranking}
 */
function rerankDocuments(plan, first, index) {
  const best = first.ranked.slice(0, CANDIDATES);
  const features = measureFeatures(best, plan, first, index);
  const weights = /** @type {[FeatureName, number][]} */ (Object.entries(index.weights.rerank));
  const reranked = best.map((number, place) => ({
    number,
    place,
    score: weights.reduce((sum, [name, weight]) => sum + weight * features[place][name], 0),
  }));
  reranked.sort((one, other) => other.score - one.score || one.place - other.place);
  return {
    numbers: [...reranked.map(({ number }) => number), ...first.ranked.slice(CANDIDATES)],
    candidates: best.map((number, place) => ({ number, features: features[place] })),
  };
}

/**
 * A clause for each searched word; matches with the same terms share one.
 * @param {Plan} plan
 * @param {Index} index
 * @returns {Clause[]}
 */
function makeClauses({ matches, phrases }, index) {
  /** @type {Map<string, Clause>} */
  const clauses = new Map();
  for (const { start, end, terms } of matches) {
    const key = terms.join();
    if (!clauses.has(key)) {
      const own = terms.map((term) => [term]);
      const around = phrases.filter((phrase) => start >= phrase.start && end <= phrase.end);
      const all = [...own, ...around.flatMap(({ alternatives }) => alternatives)];
      clauses.set(key, { ...weighAlternatives(own, index), ...flagDocuments(all, index) });
    }
  }
  return [...clauses.values()];
}

/**
 * By document, the impact of the best alternative (of several terms: the least of their impacts);
 * the weight is the idf of the documents that contain any alternative.
 * @param {Alternatives} alternatives
 * @param {Index} index
 */
function weighAlternatives(alternatives, index) {
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

/**
 * Which documents contain all terms of an alternative, and which in their titles.
 * @param {Alternatives} alternatives
 * @param {Index} index
 */
function flagDocuments(alternatives, index) {
  const anywhere = new Uint8Array(index.count);
  const inTitle = new Uint8Array(index.count);
  for (const terms of alternatives) {
    const counts = new Uint8Array(index.count);
    const titleCounts = new Uint8Array(index.count);
    for (const term of terms) {
      const posting = index.postings[term];
      posting.documents.forEach((number, place) => {
        counts[number] += 1;
        titleCounts[number] += posting.titleFlags[place] ? 1 : 0;
      });
    }
    for (let number = 0; number < index.count; number += 1) {
      anywhere[number] |= counts[number] === terms.length ? 1 : 0;
      inTitle[number] |= titleCounts[number] === terms.length ? 1 : 0;
    }
  }
  return { anywhere, inTitle };
}

/**
 * By document, the score of terms that share a kanji with the query: a word that the index does not
 * have may be similar to one that it has.
 * @param {string} query
 * @param {Index} index
 */
function scoreKanji(query, index) {
  const scores = new Float32Array(index.count);
  for (const kanji of listKanji(query)) {
    const terms = index.lexicon.kanji.get(kanji);
    if (terms) {
      const { impacts, weight } = weighAlternatives(
        terms.map((term) => [term]),
        index,
      );
      addScaled(scores, impacts, weight);
    }
  }
  return scores;
}

/**
 * Scores plus a part of the mean score of each document's neighbours.
 * @param {Float32Array} scores
 * @param {Index} index
 */
function addNeighbours(scores, { neighbours, weights }) {
  if (!neighbours) {
    return scores;
  }
  return scores.map((score, number) => score + weights.graph * meanOf(neighbours[number], scores));
}

/**
 * The documents that match, best first, but for those far below the best.
 * @param {Float32Array} scores
 * @param {Float32Array} ownScores the same without neighbours: above 0 where a document matches
 */
function sortByScore(scores, ownScores) {
  const least = MIN_SCORE_RATIO * scores.reduce((most, score) => Math.max(most, score), 0);
  /** @type {number[]} */
  const found = [];
  scores.forEach((score, number) => {
    if (ownScores[number] > 0 && score >= least) {
      found.push(number);
    }
  });
  return found.sort((one, other) => scores[other] - scores[one] || one - other);
}

/**
 * Document → impact of a term.
 * @param {number} term
 * @param {Index} index
 */
function spreadImpacts(term, index) {
  const row = new Float32Array(index.count);
  const { documents, impacts } = index.postings[term];
  documents.forEach((number, place) => {
    row[number] = impacts[place];
  });
  return row;
}

/**
 * @param {Float32Array} sums changed in place
 * @param {Float32Array} row
 * @param {number} weight
 */
function addScaled(sums, row, weight) {
  for (let number = 0; number < sums.length; number += 1) {
    sums[number] += row[number] * weight;
  }
}

/**
 * @param {Uint32Array} numbers
 * @param {Float32Array} values by number
 */
function meanOf(numbers, values) {
  let sum = 0;
  for (const number of numbers) {
    sum += values[number];
  }
  return numbers.length ? sum / numbers.length : 0;
}
