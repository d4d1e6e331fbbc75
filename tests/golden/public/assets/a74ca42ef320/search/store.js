// The index as loaded: terms, where they occur and how much that weighs, and what is shown.

const FORMAT = 1;
const SHARED_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

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
  const [lexicon, postings, documents] = await Promise.all([
    get("lexicon").then((response) => response.json()),
    get("postings").then((response) => response.arrayBuffer()),
    get("documents").then((response) => response.json()),
  ]);
  const entries = decodeEntries(lexicon);
  const count = lexicon.terms;
  return {
    entries,
    phrases: new Map(Object.entries(lexicon.phrases)),
    postings: decodePostings(new Uint8Array(postings), count, manifest.scale),
    documents: documents.map(([id, title, excerpt, category, department, updated, until]) => ({
      id, title, excerpt, category, department, updated, until,
    })),
  };
}

async function fetchPart(url, options, fetchFile) {
  const response = await fetchFile(url, options);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response;
}

function decodeEntries({ spellings, numbers }) {
  const entries = new Map();
  let previous = "";
  const rows = spellings === "" ? [] : spellings.split("\n");
  rows.forEach((row, index) => {
    const spelling = previous.slice(0, SHARED_DIGITS.indexOf(row[0])) + row.slice(1);
    const found = numbers[index];
    entries.set(spelling, Array.isArray(found) ? found : [found]);
    previous = spelling;
  });
  return entries;
}

/** Term number → `{documents, impacts}`, two arrays of one length. */
function decodePostings(bytes, count, scale) {
  const postings = new Array(count);
  let at = 0;
  const readVarint = () => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return number;
      }
    }
  };
  for (let term = 0; term < count; term += 1) {
    const length = readVarint();
    const documents = new Uint32Array(length);
    const impacts = new Float32Array(length);
    let previous = -1;
    for (let index = 0; index < length; index += 1) {
      previous += readVarint() + 1;
      documents[index] = previous;
    }
    for (let index = 0; index < length; index += 2) {
      impacts[index] = (bytes[at] & 0x0f) * scale;
      if (index + 1 < length) {
        impacts[index + 1] = (bytes[at] >> 4) * scale;
      }
      at += 1;
    }
    postings[term] = { documents, impacts };
  }
  return postings;
}
