// The search page: the fragment holds the query and what it is narrowed to (#q=…&topic=…).

import { useSearch } from "../foundation/search.js";
import { fillText, readTexts } from "../foundation/texts.js";
import { makeItem, makeLink, makeOption, shorten, wrap } from "./search-results.js";

const PAGE_SIZE = 10;
const FACETS = ["topic", "life", "department"];

/** @typedef {{query: string, exact: boolean, chosen: Record<string, string>}} Wish */
/** @typedef {Awaited<ReturnType<Awaited<ReturnType<typeof useSearch>>["find"]>>} Found */
/** @typedef {Found["results"][number]} Result */

/**
 * @param {string} name
 * @returns {any}
 */
const find = (name) => document.querySelector(`[data-search-${name}]`);
/** @type {HTMLElement} */
const region = find("results");
/** @type {HTMLElement[]} */
const [status, corrected, list, none, near, nearList] = [
  "status",
  "corrected",
  "list",
  "none",
  "near",
  "near-list",
].map(find);
/** @type {HTMLDetailsElement} */
const facets = find("facets");
/** @type {HTMLButtonElement} */
const more = find("more");
/** @type {HTMLFormElement} */
const form = find("form");
/** @type {HTMLInputElement} */
const input = find("input");
/** @type {Record<string, string>} */
const texts = readTexts(region);
const siteTitle = document.title;

let latest = 0;

async function showQuery() {
  const wish = readFragment();
  if (wish.query || latest) {
    // This script comes after the page: somebody may be typing already
    input.value = wish.query;
    input.defaultValue = wish.query; // WebKit goes back to it where a page comes back from its cache
  }
  latest += 1;
  const turn = latest;
  if (!wish.query) {
    clearResults();
    return;
  }
  document.title = `${fillText(texts.title, { query: shorten(wish.query) })} | ${siteTitle}`;
  if (!list.childElementCount) {
    status.textContent = texts.loading;
  }
  try {
    const found = await findResults(wish);
    if (turn !== latest) {
      return;
    }
    if (found.named && !wish.exact) {
      location.replace(`${region.dataset.faq}${found.named.id}/`);
      return;
    }
    showResults(wish, found, () => turn === latest);
  } catch {
    if (turn === latest) {
      clearResults();
      status.textContent = texts.failed;
    }
  }
}

/** @returns {Wish} */
function readFragment() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const chosen = Object.fromEntries(FACETS.map((name) => [name, fragment.get(name) ?? ""]));
  return { query: (fragment.get("q") ?? "").trim(), exact: fragment.has("exact"), chosen };
}

/** @param {Partial<Wish>} wish */
function makeFragment({ query, exact, chosen }) {
  const fragment = new URLSearchParams({ q: query });
  for (const [name, value] of Object.entries(chosen)) {
    if (value) {
      fragment.set(name, value);
    }
  }
  if (exact) {
    fragment.set("exact", "1");
  }
  return `#${fragment}`;
}

function clearResults() {
  document.title = siteTitle;
  status.textContent = "";
  list.replaceChildren();
  for (const part of [corrected, facets, more, none]) {
    part.hidden = true;
  }
}

/**
 * What is found for a wish; `shown` are the next ones of what is chosen and not yet listed.
 * @param {Wish} wish
 * @param {Set<string>} listed
 */
async function findResults({ query, exact, chosen }, listed = new Set()) {
  const search = await useSearch(form.dataset.index);
  /** @param {Result[]} results */
  const show = (results) =>
    results
      .filter((result) => isChosen(result, chosen) && !listed.has(result.id))
      .slice(0, PAGE_SIZE);
  return search.find(query, { exact, show });
}

/**
 * @param {Wish} wish
 * @param {Found} found
 * @param {() => boolean} isCurrent
 */
function showResults(wish, found, isCurrent) {
  const count = found.results.filter((result) => isChosen(result, wish.chosen)).length;
  status.textContent = fillText(count ? texts.status : texts.none, {
    query: shorten(wish.query),
    count,
  });
  showCorrected(wish, found);
  showFacets(wish, found.results);
  list.replaceChildren();
  /** @type {Set<string>} */
  const listed = new Set();
  /** @param {Found} found */
  const append = ({ results, shown, words }) => {
    const fresh = shown.filter(({ id }) => !listed.has(id)); // a button may be pressed twice
    const items = fresh.map((result) =>
      makeItem(result, words, { faq: region.dataset.faq, texts }),
    );
    list.append(...items);
    for (const { id } of fresh) {
      listed.add(id);
    }
    more.hidden = !results.some(
      (result) => isChosen(result, wish.chosen) && !listed.has(result.id),
    );
    return items;
  };
  append(found);
  more.onclick = async () => {
    try {
      const next = await findResults(wish, listed);
      if (isCurrent()) {
        const items = append(next);
        (items[0] ?? list.lastElementChild)?.querySelector("a").focus();
      }
    } catch {
      if (isCurrent()) {
        status.textContent = texts.failed;
        status.scrollIntoView({ block: "nearest" });
      }
    }
  };
  none.hidden = count > 0;
  near.hidden = !found.near.length;
  nearList.replaceChildren(
    ...found.near.map((word) =>
      wrap("li", makeLink("hot-words-link", makeFragment({ query: word, chosen: {} }), word)),
    ),
  );
}

/**
 * @param {Result} result
 * @param {Wish["chosen"]} chosen
 */
function isChosen(result, chosen) {
  return FACETS.every(
    (name) => !chosen[name] || (result.facets[name] ?? []).includes(chosen[name]),
  );
}

/**
 * What was searched instead of what was typed, and the way back to the latter.
 * @param {Wish} wish
 * @param {Found} found
 */
function showCorrected(wish, found) {
  corrected.hidden = !found.corrected;
  const asTyped = makeLink(
    "",
    makeFragment({ ...wish, exact: true }),
    fillText(texts.asTyped, { query: shorten(wish.query) }),
  );
  corrected.replaceChildren(
    fillText(texts.corrected, { query: shorten(found.query) }),
    " ",
    asTyped,
  );
}

/**
 * For each facet a choice of what occurs among the results, the most frequent first.
 * @param {Wish} wish
 * @param {Result[]} results
 */
function showFacets(wish, results) {
  for (const select of facets.querySelectorAll("select")) {
    const name = select.dataset.facet;
    const others = { ...wish.chosen, [name]: "" };
    const counts = new Map();
    for (const result of results.filter((item) => isChosen(item, others))) {
      for (const value of result.facets[name] ?? []) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const options = [...counts].sort((one, other) => other[1] - one[1]);
    select.parentElement.hidden = options.length < 2 && !wish.chosen[name];
    select.replaceChildren(
      makeOption("", texts.all),
      ...options.map(([value, count]) =>
        makeOption(value, fillText(texts.facetCount, { name: value, count })),
      ),
    );
    select.value = wish.chosen[name];
    select.onchange = () => {
      location.hash = makeFragment({ ...wish, chosen: { ...wish.chosen, [name]: select.value } });
    };
  }
  facets.hidden = results.length < 2 || !facets.querySelector("label:not([hidden])");
}

// There is room for the choices beside a desk; on a phone they wait until asked for.
facets.open = matchMedia("(min-width: 48rem)").matches;
addEventListener("hashchange", showQuery);
showQuery();
