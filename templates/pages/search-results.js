// What the search page shows, as elements made of the values that the search gives.

import { fillText } from "../foundation/texts.js";

/** @typedef {Awaited<ReturnType<typeof import("../foundation/search.js").useSearch>>} Search */
/** @typedef {Awaited<ReturnType<Search["find"]>>["shown"][number]} ShownResult */

/**
 * One result as an item of the list.
 * @param {ShownResult} result
 * @param {string[]} words what was asked for
 * @param {{faq: string, texts: Record<string, string>}} page the address of the FAQs, the texts
 */
export function makeItem(result, words, { faq, texts }) {
  const excerpt = document.createElement("p");
  excerpt.className = "results-excerpt";
  excerpt.append(...markWords(result.excerpt, words));
  const facts = document.createElement("p");
  facts.className = "results-facts";
  facts.textContent = [
    result.facets.topic?.[0],
    result.facets.department?.[0],
    describeUpdate(result.updated, texts.updated),
  ]
    .filter(Boolean)
    .join(" ／ ");
  const item = document.createElement("li");
  item.className = "results-item";
  item.append(makeLink("results-link", `${faq}${result.id}/`, result.title), excerpt, facts);
  return item;
}

/**
 * @param {string} updated
 * @param {string} text
 */
function describeUpdate(updated, text) {
  const [year, month, day] = updated.split("-").map(Number);
  return updated && fillText(text, { year, month, day });
}

/**
 * The text in pieces, the words that were asked for within `mark`.
 * @param {string} excerpt
 * @param {string[]} words
 */
function markWords(excerpt, words) {
  const escaped = words
    .filter((word) => word.length > 1)
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  if (!escaped.length) {
    return [excerpt];
  }
  const pattern = new RegExp(`(${escaped.join("|")})`, "iu");
  return excerpt.split(pattern).map((piece, index) => (index % 2 ? wrap("mark", piece) : piece));
}

/**
 * @param {string} className
 * @param {string} address
 * @param {string} label
 */
export function makeLink(className, address, label) {
  const link = wrap("a", label);
  link.className = className;
  link.href = address;
  return link;
}

/**
 * @param {string} value
 * @param {string} label
 */
export function makeOption(value, label) {
  const option = wrap("option", label);
  option.value = value;
  return option;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string | Node} content
 */
export function wrap(name, content) {
  const element = document.createElement(name);
  element.append(content);
  return element;
}

/** @param {string} query */
export function shorten(query) {
  return query.length > 40 ? `${query.slice(0, 40)}…` : query;
}
