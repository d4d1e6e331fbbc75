// The search page: reads the query from the fragment, shows the results, tells their number.

import { openSearch } from "./search/search.js";

const PAGE_SIZE = 20;

const region = document.querySelector("[data-search-results]");
const status = region.querySelector("[data-search-status]");
const list = region.querySelector("[data-search-list]");
const more = region.querySelector("[data-search-more]");
const input = document.querySelector("[data-search-input]");
const text = region.dataset;
const search = openSearch(new URL(text.index, location.href));
const siteTitle = document.title;

let latest = 0;

async function showQuery() {
  const query = readQuery();
  input.value = query;
  latest += 1;
  const turn = latest;
  if (!query) {
    showNothing();
    return;
  }
  document.title = `${fill(text.textTitle, { query })} | ${siteTitle}`;
  status.textContent = text.textLoading;
  try {
    const found = await search(query);
    if (turn === latest) {
      showResults(query, found);
    }
  } catch {
    status.textContent = text.textFailed;
  }
}

function readQuery() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  return (fragment.get("q") ?? "").trim();
}

function showNothing() {
  document.title = siteTitle;
  status.textContent = "";
  list.replaceChildren();
  more.hidden = true;
}

function showResults(query, { results, words }) {
  const shortQuery = query.length > 40 ? `${query.slice(0, 40)}…` : query;
  status.textContent = results.length
    ? fill(text.textStatus, { query: shortQuery, count: results.length })
    : `${fill(text.textNone, { query: shortQuery })} ${text.textHelp}`;
  list.replaceChildren();
  const showMore = () => {
    const shown = list.childElementCount;
    const items = results.slice(shown, shown + PAGE_SIZE).map((result) => makeItem(result, words));
    list.append(...items);
    more.hidden = list.childElementCount >= results.length;
    return items[0];
  };
  more.onclick = () => showMore()?.querySelector("a").focus();
  showMore();
}

function makeItem(result, words) {
  const item = document.createElement("li");
  item.className = "results-item";
  const link = document.createElement("a");
  link.className = "results-link";
  link.href = `${text.base}faq/${result.id}/`;
  link.textContent = result.title;
  const excerpt = document.createElement("p");
  excerpt.className = "results-excerpt";
  excerpt.append(...markWords(result.excerpt, words));
  const facts = document.createElement("p");
  facts.className = "results-facts";
  facts.textContent = [result.category, result.department, tellUpdated(result.updated)]
    .filter(Boolean)
    .join(" ／ ");
  item.append(link, excerpt, facts);
  return item;
}

function tellUpdated(updated) {
  const [year, month, day] = updated.split("-").map(Number);
  return updated && fill(text.textUpdated, { year, month, day });
}

/** The text in pieces, the words that were asked for within `mark`. */
function markWords(excerpt, words) {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  if (!escaped.length) {
    return [excerpt];
  }
  const pattern = new RegExp(`(${escaped.join("|")})`, "iu");
  return excerpt.split(pattern).map((piece, index) => {
    if (index % 2 === 0) {
      return piece;
    }
    const mark = document.createElement("mark");
    mark.textContent = piece;
    return mark;
  });
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/gu, (_, name) => String(values[name]));
}

addEventListener("hashchange", showQuery);
showQuery();
