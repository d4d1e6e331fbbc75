// The compact store: every posting in one file, loaded once; suits the FAQ of one city.

import { decodeNeighbours, decodePostings } from "./decode.js";
import { measureIdf } from "./features.js";
import { runTimeSliced } from "./scheduling.js";
import { normalizeQuery, stripPunctuation } from "./text.js";

/** @import {Posting, Store, StoreSource} from "./types/index.js" */

/** Items processed between two yields. */
const BATCH = 100;

/**
 * @param {StoreSource} source
 * @returns {Promise<Store>}
 */
export async function loadCompact({ manifest, columns, fetchPart }) {
  /** @param {string} name */
  const fetchBytes = async (name) => new Uint8Array(await (await fetchPart(name)).arrayBuffer());
  const [postingBytes, neighbourBytes, documents] = await Promise.all([
    fetchBytes("postings"),
    fetchBytes("neighbours"),
    columns,
  ]);
  const postings = await runTimeSliced(decodePostings(postingBytes, manifest));
  const titles = await runTimeSliced(normalizeTitles(documents.titles));
  /** @type {Map<number, Promise<[excerpt: string, updated: string][]>>} */
  const excerptFiles = new Map();
  /** @param {number} file */
  const loadExcerpts = (file) => {
    if (!excerptFiles.has(file)) {
      const loading = fetchPart(`excerpts-${file}`).then((response) => response.json());
      loading.catch(() => excerptFiles.delete(file)); // the next call fetches it again
      excerptFiles.set(file, loading);
    }
    return excerptFiles.get(file);
  };
  return {
    hasAllPostings: true,
    counts: postings.map((posting) => posting.documents.length),
    postings,
    titles,
    neighbours: await runTimeSliced(decodeNeighbours(neighbourBytes, manifest.count)),
    titleIdf: await runTimeSliced(sumTitleIdf(postings, manifest.count)),
    bigramCounts: await runTimeSliced(countBigrams(titles)),
    loadTerms: () => Promise.resolve(),
    loadTitle: (number) => Promise.resolve(documents.titles[number]),
    loadSummary: async (number) => {
      const rows = await loadExcerpts(Math.floor(number / manifest.excerpts));
      const [excerpt, updated] = rows[number % manifest.excerpts];
      return { title: documents.titles[number], excerpt, updated };
    },
  };
}

/**
 * Document → sum of the idf of all terms of its title; time-sliced.
 * @param {Posting[]} postings
 * @param {number} count documents
 * @returns {Generator<void, Float32Array>}
 */
function* sumTitleIdf(postings, count) {
  const sums = new Float32Array(count);
  for (const [term, { documents, titleFlags }] of postings.entries()) {
    const idf = measureIdf(documents.length, count);
    documents.forEach((number, place) => {
      sums[number] += titleFlags[place] ? idf : 0;
    });
    if (term % BATCH === 0) {
      yield;
    }
  }
  return sums;
}

/**
 * Character bigram → number of titles that contain it; time-sliced.
 * @param {string[]} titles
 * @returns {Generator<void, Map<string, number>>}
 */
function* countBigrams(titles) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [number, title] of titles.entries()) {
    const text = stripPunctuation(title);
    /** @type {Set<string>} */
    const bigrams = new Set();
    for (let at = 0; at + 1 < text.length; at += 1) {
      bigrams.add(text.slice(at, at + 2));
    }
    for (const bigram of bigrams) {
      counts.set(bigram, (counts.get(bigram) ?? 0) + 1);
    }
    if (number % BATCH === 0) {
      yield;
    }
  }
  return counts;
}

/**
 * @param {string[]} titles
 * @returns {Generator<void, string[]>}
 */
function* normalizeTitles(titles) {
  /** @type {string[]} */
  const normalized = [];
  for (const [number, title] of titles.entries()) {
    normalized.push(normalizeQuery(title));
    if (number % BATCH === 0) {
      yield;
    }
  }
  return normalized;
}
