// Text → text: the spellings and readings by which words are compared, and how far apart two are.

const PUNCTUATION = /[\s、。?!「」『』()・,.:;…]+/gu;
/** Romaji of one kana or two (きゃ) → hiragana. */
const ROMAJI = buildRomaji();

/**
 * The spelling shared with the index: NFKC, lower case, white space as one space.
 * @param {string} text
 */
export function normalizeQuery(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/**
 * Katakana as hiragana; all else as it is.
 * @param {string} text
 */
export function toHiragana(text) {
  return text.replace(/[ァ-ヶ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/**
 * Without white space and punctuation: what character bigrams are taken of.
 * @param {string} text
 */
export function stripPunctuation(text) {
  return text.replace(PUNCTUATION, "");
}

/**
 * Romaji (Hepburn or Kunrei) → hiragana; empty where the text is not romaji.
 * @param {string} word
 */
export function readRomaji(word) {
  const plain = word
    .normalize("NFD")
    .replace(/[\u0300-\u036f']/gu, "")
    .replace(/([^aeioun])\1/gu, "っ$1")
    .replace(/tch/gu, "っch");
  let reading = "";
  for (let at = 0; at < plain.length; ) {
    const size =
      plain[at] === "っ" ? 0 : [3, 2, 1].find((length) => ROMAJI.has(plain.slice(at, at + length)));
    if (size === undefined) {
      return "";
    }
    reading += size ? ROMAJI.get(plain.slice(at, at + size)) : "っ";
    at += size || 1;
  }
  return reading;
}

/**
 * A reading without what people omit or confuse: long vowels, small kana, kana of the same sound
 * (ぢ じ, づ ず, を お). じゅうみんひょう and じゅみんひょ become the same.
 * @param {string} reading
 */
export function foldReading(reading) {
  return reading
    .replace(/っ/gu, "")
    .replace(/[ぁぃぅぇぉゃゅょゎ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 1))
    .replace(/ぢ/gu, "じ")
    .replace(/づ/gu, "ず")
    .replace(/を/gu, "お")
    .replace(/ー/gu, "")
    .replace(/(?<=[おこそとのほもよろごぞどぼぽうくすつぬふむゆるぐずぶぷ])[うお]/gu, "")
    .replace(/(?<=[えけせてねへめれげぜでべぺ])い/gu, "")
    .replace(/(.)\1/gu, "$1");
}

/**
 * The edit distance of two texts, a transposition counted as one (optimal string alignment);
 * `limit` + 1 for all above `limit`.
 * @param {string} one
 * @param {string} other
 * @param {number} limit
 */
export function measureDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) {
    return limit + 1;
  }
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) {
      return limit + 1;
    }
    before = row;
    row = next;
  }
  return row[other.length];
}

function buildRomaji() {
  const rows = {
    "": "あいうえお",
    k: "かきくけこ",
    s: "さしすせそ",
    t: "たちつてと",
    n: "なにぬねの",
    h: "はひふへほ",
    m: "まみむめも",
    r: "らりるれろ",
    g: "がぎぐげご",
    z: "ざじずぜぞ",
    d: "だぢづでど",
    b: "ばびぶべぼ",
    p: "ぱぴぷぺぽ",
  };
  const map = new Map([
    ["ya", "や"],
    ["yu", "ゆ"],
    ["yo", "よ"],
    ["wa", "わ"],
    ["wo", "を"],
    ["n", "ん"],
    ["-", "ー"],
    ["shi", "し"],
    ["chi", "ち"],
    ["tsu", "つ"],
    ["fu", "ふ"],
    ["ji", "じ"],
    ["dzu", "づ"],
    ["ja", "じゃ"],
    ["ju", "じゅ"],
    ["jo", "じょ"],
    ["je", "じぇ"],
    ["fa", "ふぁ"],
    ["fi", "ふぃ"],
    ["fe", "ふぇ"],
    ["fo", "ふぉ"],
    ["va", "ゔぁ"],
    ["vi", "ゔぃ"],
    ["vu", "ゔ"],
    ["ve", "ゔぇ"],
    ["vo", "ゔぉ"],
    ["thi", "てぃ"],
    ["dhi", "でぃ"],
    ["she", "しぇ"],
    ["che", "ちぇ"],
  ]);
  for (const [first, kana] of Object.entries(rows)) {
    for (const [index, vowel] of [..."aiueo"].entries()) {
      map.set(first + vowel, kana[index]);
    }
  }
  for (const [first, kana] of [
    ["ky", "き"],
    ["sy", "し"],
    ["sh", "し"],
    ["ty", "ち"],
    ["ch", "ち"],
    ["ny", "に"],
    ["hy", "ひ"],
    ["my", "み"],
    ["ry", "り"],
    ["gy", "ぎ"],
    ["zy", "じ"],
    ["jy", "じ"],
    ["by", "び"],
    ["py", "ぴ"],
  ]) {
    for (const [vowel, small] of [
      ["a", "ゃ"],
      ["u", "ゅ"],
      ["o", "ょ"],
    ]) {
      map.set(first + vowel, kana + small);
    }
  }
  map.set("si", "し").set("ti", "ち").set("tu", "つ").set("hu", "ふ").set("zi", "じ");
  return map;
}
