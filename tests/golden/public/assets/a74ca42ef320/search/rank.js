// Matches of a query → documents, best first.

/** What another word of a thesaurus group is worth against the word that was typed. */
const PHRASE_WEIGHT = 0.9;

/**
 * Document number → score. `matches` come from `segmentQuery`, `phrases` from `findPhrases`; each
 * term counts once however often it was typed.
 */
export function scoreDocuments(matches, phrases, postings) {
  const scores = new Map();
  const seen = new Set();
  for (const match of matches) {
    const key = match.terms.join();
    if (!seen.has(key)) {
      seen.add(key);
      addTo(scores, scoreAnyOf(match.terms, postings));
    }
  }
  for (const phrase of phrases) {
    const typed = scoreSpan(matches, phrase, postings);
    for (const [document, score] of scoreBest(phrase.alternatives, postings)) {
      const gain = score * PHRASE_WEIGHT - (typed.get(document) ?? 0);
      if (gain > 0) {
        scores.set(document, (scores.get(document) ?? 0) + gain);
      }
    }
  }
  return scores;
}

/** Documents by falling score; those of equal score in the order of their numbers. */
export function rankDocuments(scores) {
  return [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
}

/** A spelling that may stand for several terms is worth its best one in each document. */
function scoreAnyOf(terms, postings) {
  const scores = new Map();
  for (const term of terms) {
    const { documents, impacts } = postings[term];
    documents.forEach((document, index) => {
      scores.set(document, Math.max(scores.get(document) ?? 0, impacts[index]));
    });
  }
  return scores;
}

/** What the words within a phrase's span already gave each document. */
function scoreSpan(matches, phrase, postings) {
  const scores = new Map();
  for (const match of matches) {
    if (match.start >= phrase.start && match.end <= phrase.end) {
      addTo(scores, scoreAnyOf(match.terms, postings));
    }
  }
  return scores;
}

/** The best alternative in each document; one of several terms needs them all. */
function scoreBest(alternatives, postings) {
  const best = new Map();
  for (const terms of alternatives) {
    const parts = terms.map((term) => scoreAnyOf([term], postings));
    const [first, ...rest] = parts;
    for (const document of first.keys()) {
      if (rest.every((part) => part.has(document))) {
        const sum = parts.reduce((total, part) => total + part.get(document), 0);
        best.set(document, Math.max(best.get(document) ?? 0, sum));
      }
    }
  }
  return best;
}

function addTo(scores, more) {
  for (const [document, score] of more) {
    scores.set(document, (scores.get(document) ?? 0) + score);
  }
}
