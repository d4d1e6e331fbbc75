// The compact store: every posting in one file, loaded once; good for a city's FAQ.

import { decodeNeighbours, decodePostings } from "./bits.js";
import { measureIdf } from "./rank.js";
import { runInSlices } from "./slices.js";
import { normalizeQuery, stripMarks } from "./text.js";

const STEP = 100;

/** What the ranker needs of a manifest's parts; `get` fetches one of them. */
export async function loadCompact(manifest, getDocuments, get) {
  const getBytes = (name) => get(name).then((response) => response.arrayBuffer());
  const [postingBytes, neighbourBytes, documents] = await Promise.all([
    getBytes("postings"),
    getBytes("neighbours"),
    getDocuments,
  ]);
  const postings = await runInSlices(decodePostings(new Uint8Array(postingBytes), manifest));
  const titles = await runInSlices(mapInSlices(documents.titles, normalizeQuery));
  const files = new Map();
  const loadExcerpts = (file) => {
    if (!files.has(file)) {
      const loading = get(`excerpts-${file}`).then((response) => response.json());
      loading.catch(() => files.delete(file));
      files.set(file, loading);
    }
    return files.get(file);
  };
  return {
    isWhole: true,
    counts: postings.map((posting) => posting.documents.length),
    postings,
    titles,
    neighbours: await runInSlices(decodeNeighbours(new Uint8Array(neighbourBytes), manifest.count)),
    titleIdf: await runInSlices(sumTitleIdf(postings, manifest.count)),
    pairCounts: await runInSlices(countPairs(titles)),
    loadTerms: () => Promise.resolve(),
    loadTitle: (number) => Promise.resolve(documents.titles[number]),
    describe: async (number) => {
      const rows = await loadExcerpts(Math.floor(number / manifest.excerpts));
      const [excerpt, updated] = rows[number % manifest.excerpts];
      return { title: documents.titles[number], excerpt, updated };
    },
  };
}

/** For each document the idf of all terms of its title. */
function* sumTitleIdf(postings, count) {
  const sums = new Float32Array(count);
  for (const [term, { documents, titles }] of postings.entries()) {
    const idf = measureIdf(documents.length, count);
    documents.forEach((number, place) => {
      sums[number] += titles[place] ? idf : 0;
    });
    if (term % STEP === 0) {
      yield;
    }
  }
  return sums;
}

/** Pair of neighbouring letters → number of titles that hold it. */
function* countPairs(titles) {
  const counts = new Map();
  for (const [number, title] of titles.entries()) {
    const text = stripMarks(title);
    const pairs = new Set();
    for (let at = 0; at + 1 < text.length; at += 1) {
      pairs.add(text.slice(at, at + 2));
    }
    for (const pair of pairs) {
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    if (number % STEP === 0) {
      yield;
    }
  }
  return counts;
}

function* mapInSlices(items, change) {
  const changed = [];
  for (const [index, item] of items.entries()) {
    changed.push(change(item));
    if (index % STEP === 0) {
      yield;
    }
  }
  return changed;
}
