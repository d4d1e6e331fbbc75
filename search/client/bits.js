// The bytes of postings and neighbours → numbers. The format is told in docs/search-format.md.

const TITLE_FLAG = 16;
const STEP = 200;

/** Term number → `{documents, impacts, titles}`, three arrays of one length; in pieces. */
export function* decodePostings(bytes, { terms, count, scale }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const levelsAt = 8 + view.getUint32(0, true);
  const gaps = makeReader(bytes, levelsAt + view.getUint32(4, true));
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
    const titles = new Uint8Array(length);
    gaps.readAscending(documents, chooseBits(count, length));
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[level];
      level += 1;
      impacts[index] = (byte & 15) * scale;
      titles[index] = byte & TITLE_FLAG;
    }
    postings.push({ documents, impacts, titles });
    if (term % STEP === 0) {
      yield;
    }
  }
  return postings;
}

/** Document number → numbers of the documents most like it; in pieces. */
export function* decodeNeighbours(bytes, count) {
  const reader = makeReader(bytes, 0);
  const neighbours = [];
  for (let document = 0; document < count; document += 1) {
    const row = new Uint32Array(reader.readRice(3));
    reader.readAscending(row, chooseBits(count, row.length));
    neighbours.push(row);
    if (document % STEP === 0) {
      yield;
    }
  }
  return neighbours;
}

function chooseBits(count, found) {
  const gap = Math.floor((count * 89) / (found * 128));
  return gap > 1 ? 31 - Math.clz32(gap) : 0;
}

/** Reads Rice codes, the lowest bit of a byte first. */
function makeReader(bytes, start) {
  let at = start * 8;
  const readBit = () => {
    const bit = (bytes[at >> 3] >> (at & 7)) & 1;
    at += 1;
    return bit;
  };
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
  const readAscending = (row, bits) => {
    let previous = -1;
    for (let index = 0; index < row.length; index += 1) {
      previous += readRice(bits) + 1;
      row[index] = previous;
    }
  };
  return { readRice, readAscending };
}
