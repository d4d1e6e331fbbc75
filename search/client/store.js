// The compact store: the whole index in a few files, loaded once.

import { decodeNeighbours, decodePostings } from "./bits.js";
import { decodeLexicon } from "./lexicon.js";
import { measureIdf } from "./rank.js";
import { runInSlices } from "./slices.js";
import { normalizeQuery, stripMarks } from "./text.js";

const FORMAT = 2;
const STEP = 100;

/**
 * Loads an index from the address of its folder (ends in a slash). A part that is gone was
 * replaced by a newer release while the page was open: its list is then read anew, once.
 */
export async function loadIndex(address, fetchFile = fetch) {
  const manifest = await fetchManifest(address, "no-cache", fetchFile);
  try {
    return await loadParts(address, manifest, fetchFile);
  } catch {
    return loadParts(address, await fetchManifest(address, "reload", fetchFile), fetchFile);
  }
}

async function fetchManifest(address, cache, fetchFile) {
  const manifest = await (await fetchPart(new URL("index.json", address), { cache }, fetchFile)).json();
  if (manifest.format !== FORMAT) {
    throw new Error(`search index format ${manifest.format} is not ${FORMAT}`);
  }
  return manifest;
}

async function loadParts(address, manifest, fetchFile) {
  const get = (name) => fetchPart(new URL(manifest.parts[name], address), {}, fetchFile);
  const [text, postingBytes, neighbourBytes, documents] = await Promise.all([
    get("lexicon").then((response) => response.text()),
    get("postings").then((response) => response.arrayBuffer()),
    get("neighbours").then((response) => response.arrayBuffer()),
    get("documents").then((response) => response.json()),
  ]);
  const { count, thesaurus, kanji, graph, rerank, costs } = manifest;
  const postings = await runInSlices(decodePostings(new Uint8Array(postingBytes), manifest));
  const lexicon = await runInSlices(decodeLexicon(text, postings.map((posting) => posting.documents.length), costs));
  const neighbours = await runInSlices(decodeNeighbours(new Uint8Array(neighbourBytes), count));
  const titles = await runInSlices(mapInSlices(documents.titles, normalizeQuery));
  const excerpts = new Map();
  const loadExcerpts = (file) => {
    if (!excerpts.has(file)) {
      const loading = get(`excerpts-${file}`).then((response) => response.json());
      loading.catch(() => excerpts.delete(file));
      excerpts.set(file, loading);
    }
    return excerpts.get(file);
  };
  return {
    count, lexicon, postings, neighbours, titles,
    titleIdf: await runInSlices(sumTitleIdf(postings, count)),
    pairCounts: await runInSlices(countPairs(titles)),
    weights: { thesaurus, kanji, graph, rerank },
    documents: listDocuments(documents),
    facets: documents.facets,
    loadExcerpt: async (number) => (await loadExcerpts(Math.floor(number / manifest.excerpts)))[number % manifest.excerpts],
  };
}

async function fetchPart(url, options, fetchFile) {
  const response = await fetchFile(url, options);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response;
}

function listDocuments({ ids, titles, until, facets }) {
  return ids.map((id, number) => ({
    number, id, title: titles[number], until: until[number] ?? 0,
    facets: Object.fromEntries(
      Object.entries(facets).map(([name, { names, members }]) => [name, members[number].map((member) => names[member])]),
    ),
  }));
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
