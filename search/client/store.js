// Address of an index → the index: what both stores share, and the store that the manifest names.

import { buildLexicon } from "./lexicon.js";
import { runTimeSliced } from "./scheduling.js";

/** @import {DocumentColumns, FetchFile, FetchPart, Index, Manifest, Store, StoreSource} from "./types/index.js" */
/** @import {Result} from "./types/query.js" */

const FORMAT = 2;
/** @type {Record<Manifest["store"], (source: StoreSource) => Promise<Store>>} */
const STORES = {
  compact: async (source) => (await import("./compact.js")).loadCompact(source),
  pagefind: async (source) => (await import("./chunked.js")).loadChunked(source),
};

/**
 * Loads an index. A part that cannot be fetched may have been replaced by a newer release while the
 * page was open: then the manifest and all parts are fetched once more.
 * @param {string | URL} address of its folder, ending in a slash
 * @param {FetchFile} [fetchFile]
 * @returns {Promise<Index>}
 */
export async function loadIndex(address, fetchFile = fetch) {
  const manifest = await fetchManifest(address, "no-cache", fetchFile);
  try {
    return await loadParts(address, manifest, fetchFile);
  } catch {
    return loadParts(address, await fetchManifest(address, "reload", fetchFile), fetchFile);
  }
}

/**
 * @param {string | URL} address
 * @param {RequestCache} cache
 * @param {FetchFile} fetchFile
 * @returns {Promise<Manifest>}
 */
async function fetchManifest(address, cache, fetchFile) {
  const response = await fetchOk(new URL("index.json", address), { cache }, fetchFile);
  /** @type {Manifest} */
  const manifest = await response.json();
  if (manifest.format !== FORMAT) {
    throw new Error(`search index format ${manifest.format} is not ${FORMAT}`);
  }
  return manifest;
}

/**
 * @param {string | URL} address
 * @param {Manifest} manifest
 * @param {FetchFile} fetchFile
 * @returns {Promise<Index>}
 */
async function loadParts(address, manifest, fetchFile) {
  /** @type {FetchPart} */
  const fetchPart = (name) => fetchOk(new URL(manifest.parts[name], address), {}, fetchFile);
  const lexiconText = fetchPart("lexicon").then((response) => response.text());
  lexiconText.catch(() => {}); // no unhandled rejection: the error is thrown where it is awaited
  /** @type {Promise<DocumentColumns>} */
  const columns = fetchPart("documents").then((response) => response.json());
  const store = await STORES[manifest.store]({ manifest, columns, fetchPart, address });
  const { count, costs, thesaurus, kanji, graph, rerank } = manifest;
  return {
    ...store,
    count,
    lexicon: await runTimeSliced(buildLexicon(await lexiconText, store.counts, costs)),
    weights: { thesaurus, kanji, graph, rerank },
    documents: listDocuments(await columns),
  };
}

/**
 * Fetches a file; a status other than 2xx is an error.
 * @param {URL} url
 * @param {RequestInit} options
 * @param {FetchFile} fetchFile
 */
async function fetchOk(url, options, fetchFile) {
  const response = await fetchFile(url, options);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response;
}

/**
 * @param {DocumentColumns} columns
 * @returns {Result[]}
 */
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
