// A plan and its first ranking → the features of documents that the rerank weighs.
// They are described in docs/search-format.md.

import { stripPunctuation } from "./text.js";

/** @import {Features, Index} from "./types/index.js" */
/** @import {BigramVector, FirstScores, Plan} from "./types/query.js" */

const IDF_SMOOTHING = 0.5;

/**
 * Inverse document frequency (as in BM25) of what `found` of `count` documents contain;
 * `measure_idf` of search/weigh.py must give the same.
 * @param {number} found
 * @param {number} count
 */
export function measureIdf(found, count) {
  return Math.log(1 + (count - found + IDF_SMOOTHING) / (found + IDF_SMOOTHING));
}

/**
 * The features of each candidate.
 * @param {number[]} numbers
 * @param {Plan} plan
 * @param {FirstScores} first
 * @param {Index} index
 * @returns {Features[]}
 */
export function measureFeatures(
  numbers,
  plan,
  { clauses, termScores, kanjiScores, scores },
  index,
) {
  const bigrams = index.bigramCounts
    ? weighBigrams(stripPunctuation(plan.query), index)
    : undefined;
  const searched = new Set([
    ...plan.matches.flatMap(({ terms }) => terms),
    ...plan.phrases.flatMap(({ alternatives }) => alternatives.flat()),
  ]);
  const titles = sumTitleIdf(searched, index);
  const total = clauses.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const rows = numbers.map((number) => ({
    score: scores[number],
    neighbour:
      index.neighbours?.[number].reduce((best, other) => Math.max(best, termScores[other]), 0) ?? 0,
    bigrams: bigrams
      ? compareBigrams(bigrams, weighBigrams(stripPunctuation(index.titles[number]), index))
      : 0,
    title: titles[number] / (index.titleIdf[number] || 1),
    kanji: kanjiScores[number],
    first:
      clauses.reduce(
        (sum, { inTitle, weight }, place) => sum + (inTitle[number] * weight) / (1 + place),
        0,
      ) / total,
    words:
      clauses.reduce((sum, { anywhere, weight }) => sum + anywhere[number] * weight, 0) / total,
    length: Math.log(index.titles[number]?.length || 1) / 4,
  }));
  for (const name of /** @type {const} */ (["score", "neighbour", "kanji"])) {
    const best = rows.reduce((most, row) => Math.max(most, row[name]), 1e-9);
    for (const row of rows) {
      row[name] /= best;
    }
  }
  return rows;
}

/**
 * Document → sum of the idf of those terms that its title contains.
 * @param {Set<number>} terms
 * @param {Index} index
 */
function sumTitleIdf(terms, index) {
  const sums = new Float32Array(index.count);
  for (const term of terms) {
    const { documents, titleFlags } = index.postings[term];
    const idf = measureIdf(documents.length, index.count);
    documents.forEach((number, place) => {
      sums[number] += titleFlags[place] ? idf : 0;
    });
  }
  return sums;
}

/**
 * @param {string} text
 * @param {Index} index
 * @returns {BigramVector}
 */
function weighBigrams(text, index) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const bigram = text.slice(at, at + 2);
    const idf = measureIdf(index.bigramCounts.get(bigram) ?? 0, index.count);
    weights.set(bigram, (weights.get(bigram) ?? 0) + idf);
  }
  const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return { weights, length };
}

/**
 * The cosine of two vectors.
 * @param {BigramVector} query
 * @param {BigramVector} title
 */
function compareBigrams(query, title) {
  let product = 0;
  for (const [bigram, weight] of title.weights) {
    product += weight * (query.weights.get(bigram) ?? 0);
  }
  return product / (title.length * query.length || 1);
}
