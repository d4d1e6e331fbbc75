// Bytes of the parts `postings` and `neighbours` → numbers (docs/search-format.md).

/** @import {Manifest, Posting} from "./types/index.js" */

const LEVEL_BITS = 15;
const TITLE_FLAG = 16;
/** Items decoded between two yields. */
const BATCH = 200;

/**
 * Term → posting; time-sliced.
 * @param {Uint8Array} bytes
 * @param {Pick<Manifest, "terms" | "count" | "scale">} manifest
 * @returns {Generator<void, Posting[]>}
 */
export function* decodePostings(bytes, { terms, count, scale }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const levelsAt = 8 + view.getUint32(0, true);
  const gaps = makeReader(bytes, levelsAt + view.getUint32(4, true));
  /** @type {Posting[]} */
  const postings = [];
  let at = 8;
  let level = levelsAt;
  for (let term = 0; term < terms; term += 1) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        break;
      }
    }
    const documents = new Uint32Array(length);
    const impacts = new Float32Array(length);
    const titleFlags = new Uint8Array(length);
    gaps.readAscending(documents, chooseBits(count, length));
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[level];
      level += 1;
      impacts[index] = (byte & LEVEL_BITS) * scale;
      titleFlags[index] = byte & TITLE_FLAG;
    }
    postings.push({ documents, impacts, titleFlags });
    if (term % BATCH === 0) {
      yield;
    }
  }
  return postings;
}

/**
 * Document → the documents most similar to it; time-sliced.
 * @param {Uint8Array} bytes
 * @param {number} count documents
 * @returns {Generator<void, Uint32Array[]>}
 */
export function* decodeNeighbours(bytes, count) {
  const reader = makeReader(bytes, 0);
  /** @type {Uint32Array[]} */
  const neighbours = [];
  for (let document = 0; document < count; document += 1) {
    const row = new Uint32Array(reader.readRice(3));
    reader.readAscending(row, chooseBits(count, row.length));
    neighbours.push(row);
    if (document % BATCH === 0) {
      yield;
    }
  }
  return neighbours;
}

/**
 * The Rice parameter for `found` ascending numbers below `count`; `choose_bits` of search/encode.py
 * must give the same.
 * @param {number} count
 * @param {number} found
 */
function chooseBits(count, found) {
  const gap = Math.floor((count * 89) / (found * 128));
  return gap > 1 ? 31 - Math.clz32(gap) : 0;
}

/**
 * A reader of Rice codes, the lowest bit of a byte first.
 * @param {Uint8Array} bytes
 * @param {number} start byte offset
 */
function makeReader(bytes, start) {
  let at = start * 8;
  const readBit = () => {
    const bit = (bytes[at >> 3] >> (at & 7)) & 1;
    at += 1;
    return bit;
  };
  /** @param {number} bits */
  const readRice = (bits) => {
    let high = 0;
    while (readBit()) {
      high += 1;
    }
    let low = 0;
    for (let index = 0; index < bits; index += 1) {
      low |= readBit() << index;
    }
    return (high << bits) | low;
  };
  /**
   * Fills a row with ascending numbers, decoded from the gaps between them.
   * @param {Uint32Array} row
   * @param {number} bits
   */
  const readAscending = (row, bits) => {
    let previous = -1;
    for (let index = 0; index < row.length; index += 1) {
      previous += readRice(bits) + 1;
      row[index] = previous;
    }
  };
  return { readRice, readAscending };
}
