// A query on its way: segmented, planned, ranked, answered.
// Only the type checker reads this file: no module imports it at run time.

/** @import {Alternatives, Features, Summary} from "./index.js" */

/**
 * A part of a query, in UTF-16 units; `end` is exclusive.
 * @typedef {object} Span
 * @property {number} start
 * @property {number} end
 */

/**
 * A word of the index found in a query: the terms that its spelling or reading is a form of.
 * @typedef {Span & {terms: number[]}} Match
 */

/**
 * A thesaurus word found in a query.
 * @typedef {Span & {alternatives: Alternatives}} Phrase
 */

/**
 * A segmented query, each list left to right. `unknown`: characters, Latin words and numbers that no
 * entry covers; `fragments`: matches that are rejected because they are only a part of an unknown
 * word. What is in no list are function words, spaces and punctuation.
 * @typedef {object} Segmentation
 * @property {Match[]} matches
 * @property {Match[]} fragments
 * @property {Span[]} unknown
 */

/**
 * A part of a query and the text that replaces it.
 * @typedef {Span & {text: string}} Replacement
 */

/**
 * What is searched: a normalized query, its matches and phrases.
 * @typedef {object} Plan
 * @property {string} query
 * @property {Match[]} matches
 * @property {Phrase[]} phrases
 */

/**
 * One searched word, by document: `impacts`; `anywhere` and `inTitle`: 1 where the document or its
 * title contains it or a thesaurus alternative, else 0. `weight` is its idf.
 * @typedef {object} Clause
 * @property {Float32Array} impacts
 * @property {number} weight
 * @property {Uint8Array} anywhere
 * @property {Uint8Array} inTitle
 */

/**
 * The scores of the first ranking, by document. `termScores` are without kanji and neighbours.
 * @typedef {object} FirstScores
 * @property {Clause[]} clauses
 * @property {Float32Array} termScores
 * @property {Float32Array} kanjiScores
 * @property {Float32Array} scores
 */

/**
 * The first ranking: its scores, and the documents that match, best first.
 * @typedef {FirstScores & {ranked: number[]}} FirstRanking
 */

/**
 * A document that the rerank considers, and its features.
 * @typedef {object} Candidate
 * @property {number} number
 * @property {Features} features
 */

/**
 * Documents, best first, and the candidates of the rerank in the order of the first ranking.
 * @typedef {object} Ranking
 * @property {number[]} numbers
 * @property {Candidate[]} candidates
 */

/**
 * A text's character bigrams → tf × idf, and the Euclidean length of that vector.
 * @typedef {object} BigramVector
 * @property {Map<string, number>} weights
 * @property {number} length
 */

/**
 * A document. `until` is when it ends, in s since 1970 (0: never); `facets`: facet → values.
 * @typedef {object} Result
 * @property {number} number
 * @property {string} id
 * @property {number} until
 * @property {Record<string, string[]>} facets
 */

/**
 * Options of `find`: `now` in ms since 1970; `exact` corrects nothing; `explain` adds `ranking`;
 * `show` chooses the results whose summaries are loaded.
 * @typedef {object} FindOptions
 * @property {number} [now]
 * @property {boolean} [exact]
 * @property {boolean} [explain]
 * @property {(results: Result[]) => Result[]} [show]
 */

/**
 * What `find` returns.
 * @typedef {object} Found
 * @property {Result[]} results best first; none that has ended at `now`
 * @property {(Result & Summary)[]} shown the results that `show` chose, with their summaries
 * @property {Result} [named] the document whose id was typed
 * @property {string} query what was searched
 * @property {boolean} corrected whether an error was corrected: `query` is not what was typed
 * @property {string[]} words the parts of `query` that are words of the index or the thesaurus
 * @property {string[]} ignored the parts of `query` that no such word covers, each once, in order
 *   (function words are in neither list)
 * @property {string[]} near where nothing is found, known words that are similar to the query
 * @property {{id: string, features: Features}[]} [ranking] with `explain`, the candidates of the
 *   rerank in the order of the first ranking
 */

/**
 * What `suggest` returns.
 * @typedef {object} Suggestions
 * @property {string[]} words
 * @property {{id: string, title: string}[]} questions
 */

/**
 * What `openSearch` returns.
 * @typedef {object} Search
 * @property {() => Promise<void>} load
 * @property {(text: string, options?: FindOptions) => Promise<Found>} find
 * @property {(text: string, options?: {now?: number}) => Promise<Suggestions>} suggest
 */

export {};
