// The index as loaded: what both stores share, and the store that the manifest names.

import { buildVocabulary } from "./forgive.js";
import { decodeLexicon } from "./lexicon.js";
import { runInSlices } from "./slices.js";

const FORMAT = 2;
const STORES = {
  compact: async (...parts) => (await import("./compact.js")).loadCompact(...parts),
  pagefind: async (...parts) => (await import("./chunked.js")).loadChunked(...parts),
};

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
  const manifest = await (
    await fetchPart(new URL("index.json", address), { cache }, fetchFile)
  ).json();
  if (manifest.format !== FORMAT) {
    throw new Error(`search index format ${manifest.format} is not ${FORMAT}`);
  }
  return manifest;
}

async function loadParts(address, manifest, fetchFile) {
  const get = (name) => fetchPart(new URL(manifest.parts[name], address), {}, fetchFile);
  const getText = get("lexicon").then((response) => response.text());
  getText.catch(() => {}); // told below, where it is waited for
  const getDocuments = get("documents").then((response) => response.json());
  const store = await STORES[manifest.store](manifest, getDocuments, get, address);
  const { count, costs, thesaurus, kanji, graph, rerank } = manifest;
  const lexicon = await runInSlices(decodeLexicon(await getText, store.counts, costs));
  lexicon.vocabulary = await runInSlices(buildVocabulary(lexicon));
  return {
    ...store,
    count,
    lexicon,
    weights: { thesaurus, kanji, graph, rerank },
    documents: listDocuments(await getDocuments),
  };
}

async function fetchPart(url, options, fetchFile) {
  const response = await fetchFile(url, options);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response;
}

function listDocuments({ ids, until, facets }) {
  return ids.map((id, number) => ({
    number,
    id,
    until: until[number] ?? 0,
    facets: Object.fromEntries(
      Object.entries(facets).map(([name, { names, members }]) => [
        name,
        members[number].map((member) => names[member]),
      ]),
    ),
  }));
}
