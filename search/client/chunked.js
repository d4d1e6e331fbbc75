// The chunked store: postings in Pagefind's chunks, of which a query fetches those it needs. It has
// no neighbours and no titles to compare with the query; all else is as in the compact store.

import { measureIdf } from "./features.js";

/** @import {Manifest, Pagefind, PagefindModule, PagefindResult, Posting, Store, StoreSource} from "./types/index.js" */

/** A document's weight of a term in Pagefind, per level. */
const WEIGHT_STEP = 0.25;
const LEVEL_BITS = 15;
const TITLE_FLAG = 16;
const SATURATION = 1.4;
/** A word that one document has, with weight 1: its score shows the scale of Pagefind's scores. */
const PROBE = "probe";
const RANKING = { termFrequency: 1, pageLength: 0, termSaturation: SATURATION, termSimilarity: 0 };

/**
 * @param {StoreSource} source
 * @returns {Promise<Store>}
 */
export async function loadChunked({ manifest, fetchPart, address }) {
  /** @param {string} name */
  const fetchBuffer = async (name) => (await fetchPart(name)).arrayBuffer();
  const [counts, fragments, totals, pagefind] = await Promise.all([
    fetchBuffer("counts").then((buffer) => readVarints(new Uint8Array(buffer))),
    fetchBuffer("fragments").then(numberFragments),
    fetchBuffer("totals").then((buffer) => new Uint8Array(buffer)),
    openPagefind(new URL(manifest.pagefind, address)),
  ]);
  const probe = await pagefind.search(PROBE);
  const scale = probe.results[0].score / (saturate(1) * measureIdf(1, manifest.count));
  /** @type {Posting[]} */
  const postings = [];
  /** @type {Map<number, PagefindResult>} */
  const resultByDocument = new Map();
  /** @param {number[]} terms */
  const loadTerms = async (terms) => {
    const missing = [...new Set(terms)].filter((term) => !postings[term]);
    await Promise.all(
      missing.map(async (term) => {
        const { results } = await pagefind.search(`t${term}x`);
        // Where a chunk cannot be fetched, Pagefind returns no results and no error.
        if (results.length !== counts[term]) {
          throw new Error(
            `${manifest.pagefind}: term ${term} is in ${results.length} documents, not in ${counts[term]}`,
          );
        }
        for (const result of results) {
          resultByDocument.set(fragments.get(readFragment(result.id)), result);
        }
        postings[term] = decodeResults(results, { fragments, scale, manifest });
      }),
    );
  };
  /** @param {number} number */
  const loadFragment = async (number) => (await resultByDocument.get(number).data()).meta;
  return {
    hasAllPostings: false,
    counts,
    postings,
    loadTerms,
    titles: [],
    neighbours: undefined,
    titleIdf: Float32Array.from(totals, (total) => total * manifest.total),
    bigramCounts: undefined,
    loadTitle: async (number) => (await loadFragment(number)).title,
    loadSummary: async (number) => {
      const { title, excerpt, updated } = await loadFragment(number);
      return { title, excerpt, updated };
    },
  };
}

/**
 * An instance of its own: Pagefind never fetches a file again that it could not fetch once.
 * @param {URL} base
 * @returns {Promise<Pagefind>}
 */
async function openPagefind(base) {
  /** @type {PagefindModule} */
  const { createInstance } = await import(new URL("pagefind.js", base).href);
  return createInstance({ basePath: base.pathname, noWorker: true, ranking: RANKING });
}

/**
 * Pagefind's score of a weight, before idf.
 * @param {number} weight
 */
function saturate(weight) {
  return ((SATURATION + 1) * weight) / (weight + SATURATION);
}

/**
 * Pagefind's results for a term → its posting: scores are turned back into levels and title flags.
 * @param {PagefindResult[]} results
 * @param {{fragments: Map<number, number>, scale: number, manifest: Manifest}} context
 * @returns {Posting}
 */
function decodeResults(results, { fragments, scale, manifest }) {
  const idf = measureIdf(results.length, manifest.count) * scale;
  const rows = results
    .map(({ id, score }) => {
      const share = score / idf;
      const weight = (share * SATURATION) / (SATURATION + 1 - share);
      return [fragments.get(readFragment(id)), Math.round(weight / WEIGHT_STEP)];
    })
    .sort((one, other) => one[0] - other[0]);
  return {
    documents: Uint32Array.from(rows, ([number]) => number),
    impacts: Float32Array.from(rows, ([, level]) => (level & LEVEL_BITS) * manifest.scale),
    titleFlags: Uint8Array.from(rows, ([, level]) => level & TITLE_FLAG),
  };
}

/**
 * Result id → fragment name.
 * @param {string} id
 */
function readFragment(id) {
  return parseInt(id.slice(id.lastIndexOf("_") + 1), 16);
}

/**
 * Fragment name → document number.
 * @param {ArrayBuffer} buffer
 * @returns {Map<number, number>}
 */
function numberFragments(buffer) {
  const view = new DataView(buffer);
  return new Map(
    Array.from({ length: buffer.byteLength / 4 }, (_, number) => [
      view.getUint32(number * 4, true),
      number,
    ]),
  );
}

/** @param {Uint8Array} bytes */
function readVarints(bytes) {
  /** @type {number[]} */
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const byte of bytes) {
    number |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}
