// The index as it is read; its files are described in docs/search-format.md.
// Only the type checker reads this file: no module imports it at run time.

/** @import {Result} from "./query.js" */

/**
 * The name of a feature that the rerank weighs.
 * @typedef {"score" | "neighbour" | "bigrams" | "title" | "kanji" | "first" | "words" | "length"} FeatureName
 */

/**
 * Feature → its value for one document, or its weight.
 * @typedef {Record<FeatureName, number>} Features
 */

/**
 * Costs of the segmentation, −ln of a frequency: `unknown` of a character (or Latin word or number)
 * that no entry covers, `reading` added where a reading matches in a query that has kanji.
 * @typedef {object} Costs
 * @property {number} unknown
 * @property {number} reading
 */

/**
 * `index.json`: which files make up the index, and the parameters of the ranking.
 * @typedef {object} Manifest
 * @property {number} format
 * @property {"compact" | "pagefind"} store
 * @property {number} count documents
 * @property {number} terms
 * @property {Record<string, string>} parts name of a part → file name
 * @property {number} scale impact of one level
 * @property {number} [excerpts] documents per file of excerpts (compact)
 * @property {number} [total] one step of `titleIdf` (pagefind)
 * @property {string} [pagefind] folder of Pagefind's files, ending in a slash (pagefind)
 * @property {number} thesaurus
 * @property {number} kanji
 * @property {number} graph
 * @property {Costs} costs
 * @property {Features} rerank
 */

/**
 * The part `documents` of the index: columns, by document number.
 * @typedef {object} DocumentColumns
 * @property {string[]} ids
 * @property {string[]} [titles] (compact)
 * @property {Record<number, number>} until s since 1970; only documents that end have one
 * @property {Record<string, {names: string[], members: number[][]}>} facets
 */

/**
 * The global `fetch`, or a replacement.
 * @typedef {(url: URL, options: RequestInit) => Promise<Response>} FetchFile
 */

/**
 * Fetches a part of the index by its name in the manifest.
 * @typedef {(name: string) => Promise<Response>} FetchPart
 */

/**
 * What a store is loaded from.
 * @typedef {object} StoreSource
 * @property {Manifest} manifest
 * @property {Promise<DocumentColumns>} columns
 * @property {FetchPart} fetchPart
 * @property {string | URL} address folder of the index, ending in a slash
 */

/**
 * The documents that contain a term, ascending, and for each its impact (0 to 1) and whether its
 * title contains the term (not 0).
 * @typedef {object} Posting
 * @property {Uint32Array} documents
 * @property {Float32Array} impacts
 * @property {Uint8Array} titleFlags
 */

/**
 * What is displayed of a document.
 * @typedef {object} Summary
 * @property {string} title
 * @property {string} excerpt
 * @property {string} updated date
 */

/**
 * What a store, compact or chunked, supplies of an index.
 * @typedef {object} Store
 * @property {boolean} hasAllPostings whether `postings` is complete without `loadTerms`
 * @property {number[]} counts term → number of documents that contain it
 * @property {Posting[]} postings by term
 * @property {string[]} titles normalized, by document; empty in the chunked store
 * @property {Uint32Array[]} [neighbours] document → the documents most similar to it (compact)
 * @property {Float32Array} titleIdf document → sum of the idf of all terms of its title
 * @property {Map<string, number>} [bigramCounts] bigram → titles that contain it (compact)
 * @property {(terms: number[]) => Promise<unknown>} loadTerms makes the postings of terms available
 * @property {(number: number) => Promise<string>} loadTitle
 * @property {(number: number) => Promise<Summary>} loadSummary
 */

/**
 * A loaded index.
 * @typedef {Store & {count: number, lexicon: Lexicon, weights: Weights, documents: Result[]}} Index
 */

/**
 * Weights of the ranking.
 * @typedef {object} Weights
 * @property {number} thesaurus
 * @property {number} kanji
 * @property {number} graph
 * @property {Features} rerank
 */

/**
 * What a spelling or a reading matches: the terms it is a form of (none: a function word), and its
 * cost, −ln of how often it occurs.
 * @typedef {object} Entry
 * @property {number[]} terms
 * @property {number} cost
 */

/**
 * The entry of a spelling, with its readings in hiragana (none: unknown).
 * @typedef {Entry & {readings: string[]}} SpellingEntry
 */

/**
 * Thesaurus alternatives: a document matches where it contains all terms of one of them.
 * @typedef {number[][]} Alternatives
 */

/**
 * The words of the thesaurus. The keys of `phrases` are spellings (katakana as hiragana), those of
 * `phraseReadings` readings, those of `sequences` term numbers joined by `+`.
 * @typedef {object} Thesaurus
 * @property {Map<string, Alternatives>} phrases
 * @property {Map<string, Alternatives>} phraseReadings
 * @property {Map<string, Alternatives>} sequences
 */

/**
 * A word that may be suggested; `folded` is its reading after `foldReading`.
 * @typedef {object} Word
 * @property {string} text
 * @property {string} reading
 * @property {string} folded
 */

/**
 * Length in characters → the texts of that length.
 * @typedef {Map<number, string[]>} TextsByLength
 */

/**
 * The known words and readings that a correction may put into a query.
 * @typedef {object} Corrections
 * @property {Map<string, string>} folded reading after `foldReading` → reading
 * @property {Map<string, string>} wordByReading
 * @property {TextsByLength} compounds words of four kanji or more
 * @property {TextsByLength} readings
 * @property {TextsByLength} latin
 */

/**
 * The words of the index, by which a query is segmented, corrected and completed.
 * @typedef {object} LexiconTables
 * @property {string[]} termTexts by term
 * @property {Map<string, SpellingEntry>} entries by spelling
 * @property {Map<string, Entry>} readings by reading, of words written with kanji
 * @property {Map<string, number[]>} kanji kanji → the terms that contain it
 * @property {Word[]} words
 * @property {Corrections} corrections
 * @property {Costs} costs
 *
 * @typedef {LexiconTables & Thesaurus} Lexicon
 */

/**
 * The parts of Pagefind's API that are used.
 * @typedef {object} PagefindResult
 * @property {string} id language and fragment name (hexadecimal), joined by `_`
 * @property {number} score
 * @property {() => Promise<{meta: Summary}>} data
 *
 * @typedef {object} Pagefind
 * @property {(query: string) => Promise<{results: PagefindResult[]}>} search
 *
 * @typedef {object} PagefindModule
 * @property {(options: object) => Pagefind} createInstance
 */

export {};
