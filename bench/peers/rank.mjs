// Usage: node rank.mjs DIR, and CHROMIUM=/path where `chromium` is not in the PATH; see README.md.
import { readFileSync } from "node:fs";
import { rankLunr, rankMiniSearch, segmentWords } from "./memory.mjs";
import { rankPagefind } from "./pagefind.mjs";

const EXCERPT_LENGTH = 90;

// Documents are split into fields as in search.lab.evaluate: every engine indexes the same text.
function readDocument([id, text]) {
  const [, question, answer] = /^(?:Question:)?([^]*?)(?:\nAnswer:([^]*))?$/.exec(text);
  const [title, line] = [question, answer ?? ""].map((part) => part.trim().replace(/\s+/g, " "));
  const excerpt = [...line].slice(0, EXCERPT_LENGTH).join("");
  return { id, question: title, answer: (answer ?? "").trim(), excerpt };
}

const folder = process.argv[2];
if (!folder) throw new Error("Usage: node rank.mjs DIR");
const read = (name) => Object.entries(JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")));
const documents = read("corpus").map(readDocument);
const queries = read("queries");
const segmented = {
  tokenize: segmentWords,
  processTerm: (term) => term.normalize("NFKC").toLowerCase(),
  searchOptions: { boost: { question: 2 }, combineWith: "OR", fuzzy: false, prefix: false },
};
const report = {
  pagefind: await rankPagefind(documents, queries),
  minisearch: await rankMiniSearch(documents, queries),
  "minisearch-segmenter": await rankMiniSearch(documents, queries, segmented),
  "lunr-ja": await rankLunr(documents, queries),
};
console.log(JSON.stringify(report));
