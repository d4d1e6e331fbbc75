// The engines that load their whole index. They fetch nothing while searching, so they run in Node,
// which has the V8 and the ICU word segmenter of Chromium.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import lunr from "lunr";
import addJapanese from "lunr-languages/lunr.ja.js";
import addStemmers from "lunr-languages/lunr.stemmer.support.js";
import addSegmenter from "lunr-languages/tinyseg.js";
import MiniSearch from "minisearch";
import { timeQueries } from "./timing.mjs";

const TOP = 10;
const SHORT_KANA = /^\p{Script=Hiragana}{1,2}$/u;
// MiniSearch ships no minified file; a site's bundler would make it smaller.
const MINISEARCH_FILES = ["minisearch/dist/es/index.js"];
const LUNR_FILES = [
  "lunr/lunr.min.js",
  "lunr-languages/min/lunr.stemmer.support.min.js",
  "lunr-languages/tinyseg.js",
  "lunr-languages/min/lunr.ja.min.js",
];
const segmenter = new Intl.Segmenter("ja", { granularity: "word" });

// Short runs of hiragana are particles and endings, which every document contains.
export function segmentWords(text) {
  const words = [...segmenter.segment(text)].filter((part) => part.isWordLike);
  return words.map((part) => part.segment).filter((word) => !SHORT_KANA.test(word));
}

export function rankMiniSearch(documents, queries, options = {}) {
  const build = () => {
    const fields = { fields: ["question", "answer"], storeFields: ["question", "excerpt"] };
    const index = new MiniSearch({ ...fields, ...options });
    index.addAll(documents);
    return index;
  };
  const find = (index, query) => index.search(query).map(({ id }) => id);
  return rank(queries, build, find, MINISEARCH_FILES);
}

export function rankLunr(documents, queries) {
  [addStemmers, addSegmenter, addJapanese].forEach((add) => add(lunr));
  const builder = new lunr.Builder();
  const build = () => {
    builder.use(lunr.ja);
    builder.field("question", { boost: 2 });
    builder.field("answer");
    documents.forEach((document) => builder.add(document));
    // lunr stores no texts, so a page has to load them as well.
    const stored = documents.map(({ id, question, excerpt }) => [id, question, excerpt]);
    return { index: builder.build(), stored };
  };
  // index.search() splits a query only at spaces and parses its punctuation as operators. Terms
  // added one by one are optional (OR); they are processed as the documents were.
  const find = ({ index }, query) => {
    const terms = builder.pipeline.run(lunr.ja.tokenizer(query)).map(String).filter(Boolean);
    const add = (clauses) => terms.forEach((term) => clauses.term(term, { usePipeline: false }));
    return index.query(add).map(({ ref }) => ref);
  };
  return rank(queries, build, find, LUNR_FILES);
}

async function rank(queries, build, find, files) {
  const start = performance.now();
  const index = build();
  const seconds = (performance.now() - start) / 1000;
  const timed = await timeQueries(queries, (query) => find(index, query).slice(0, TOP));
  const read = (path) => readFileSync(new URL(`node_modules/${path}`, import.meta.url));
  const library = files.reduce((sum, path) => sum + gzipSync(read(path)).length, 0);
  const bytes = { index: gzipSync(JSON.stringify(index)).length, library };
  return { ...timed, bytes, build_seconds: seconds };
}
