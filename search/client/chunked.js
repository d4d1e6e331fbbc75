// The chunked store: postings in Pagefind's chunks, of which a query fetches those it needs. There
// is no graph and no comparison of titles; all else is as in the compact store.

import { measureIdf } from "./rank.js";

const WEIGHT_STEP = 0.25;
const LEVELS = 15;
const TITLE_FLAG = 16;
const SATURATION = 1.4;
const PROBE = "probe";
const RANKING = { termFrequency: 1, pageLength: 0, termSaturation: SATURATION, termSimilarity: 0 };

/** What the ranker needs of a manifest's parts; `get` fetches one of them. */
export async function loadChunked(manifest, _, get, address) {
  const [counts, fragments, totals, pagefind] = await Promise.all([
    get("counts").then(async (response) =>
      readVarints(new Uint8Array(await response.arrayBuffer())),
    ),
    get("fragments").then(async (response) => numberFragments(await response.arrayBuffer())),
    get("totals").then(async (response) => new Uint8Array(await response.arrayBuffer())),
    openPagefind(new URL(manifest.pagefind, address)),
  ]);
  const probe = await pagefind.search(PROBE);
  const scale = probe.results[0].score / (saturate(1) * measureIdf(1, manifest.count));
  const postings = [];
  const shown = new Map();
  const loadTerms = async (terms) => {
    const wanted = [...new Set(terms)].filter((term) => !postings[term]);
    await Promise.all(
      wanted.map(async (term) => {
        const { results } = await pagefind.search(`t${term}x`);
        // Pagefind finds nothing, and says nothing, where a chunk cannot be had.
        if (results.length !== counts[term]) {
          throw new Error(
            `${manifest.pagefind}: term ${term} is in ${results.length} documents, not in ${counts[term]}`,
          );
        }
        results.forEach((result) => shown.set(fragments.get(readFragment(result.id)), result));
        postings[term] = decodeResults(results, { fragments, scale, manifest });
      }),
    );
  };
  const loadFragment = async (number) => (await shown.get(number).data()).meta;
  return {
    isWhole: false,
    counts,
    postings,
    loadTerms,
    titles: [],
    neighbours: undefined,
    titleIdf: Float32Array.from(totals, (total) => total * manifest.total),
    pairCounts: undefined,
    loadTitle: async (number) => (await loadFragment(number)).title,
    describe: async (number) => {
      const { title, excerpt, updated } = await loadFragment(number);
      return { title, excerpt, updated };
    },
  };
}

/** An instance of its own: Pagefind never asks again for a file that it could not get once. */
async function openPagefind(base) {
  const { createInstance } = await import(new URL("pagefind.js", base));
  return createInstance({ basePath: base.pathname, noWorker: true, ranking: RANKING });
}

/** Pagefind's score of a weight, before idf. */
function saturate(weight) {
  return ((SATURATION + 1) * weight) / (weight + SATURATION);
}

/** Scores → impact levels and title flags, documents in ascending order. */
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
    impacts: Float32Array.from(rows, ([, level]) => (level & LEVELS) * manifest.scale),
    titles: Uint8Array.from(rows, ([, level]) => level & TITLE_FLAG),
  };
}

function readFragment(id) {
  return parseInt(id.slice(id.lastIndexOf("_") + 1), 16);
}

/** Fragment name → document number. */
function numberFragments(buffer) {
  const view = new DataView(buffer);
  return new Map(
    Array.from({ length: buffer.byteLength / 4 }, (_, number) => [
      view.getUint32(number * 4, true),
      number,
    ]),
  );
}

function readVarints(bytes) {
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
