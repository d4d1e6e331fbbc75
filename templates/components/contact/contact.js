// Before form or chat: what the citizen writes shows the questions that may answer it already.

import { useSearch } from "../../foundation/search.js";
import { fillText, readTexts } from "../../foundation/texts.js";

/** Debounce of a key, in ms. */
const DEBOUNCE = 400;
const CANDIDATES = 5;
/** A text shorter than this says too little. */
const SHORTEST = 2;

/** @param {HTMLElement} box */
function connectContact(box) {
  const field = /** @type {HTMLTextAreaElement} */ (box.querySelector("[data-contact-text]"));
  const status = box.querySelector("[data-contact-status]");
  const list = box.querySelector("[data-contact-list]");
  const { index, faq, current } = box.dataset;
  const texts = readTexts(box);
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;

  const show = async () => {
    turn += 1;
    const mine = turn;
    const text = field.value.trim();
    if (text.length < SHORTEST) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const search = await useSearch(index);
      const { shown: near } = await search.find(text, {
        show: (results) => results.filter(({ id }) => id !== current).slice(0, CANDIDATES),
      });
      if (mine === turn) {
        list.replaceChildren(...near.map(({ id, title }) => makeItem(`${faq}${id}/`, title)));
        status.textContent = near.length
          ? fillText(texts.count, { count: near.length })
          : texts.none;
      }
    } catch {
      status.textContent = texts.failed; // the links to form and chat are there without it
    }
  };
  /** @param {Event} [event] */
  const wait = (event) => {
    clearTimeout(waiting);
    if (!(/** @type {InputEvent} */ (event)?.isComposing)) {
      waiting = setTimeout(show, DEBOUNCE);
    }
  };
  field.addEventListener("input", wait);
  field.addEventListener("compositionend", wait);
  // This module is loaded when the field is first used, maybe after the first letters.
  useSearch(index)
    .then((search) => search.load())
    .catch(() => {});
  if (field.value) {
    wait();
  }
}

/**
 * @param {string} address
 * @param {string} title
 */
function makeItem(address, title) {
  const link = document.createElement("a");
  link.className = "faq-list-link";
  link.href = address;
  link.textContent = title;
  const item = document.createElement("li");
  item.className = "faq-list-item";
  item.append(link);
  return item;
}

for (const box of document.querySelectorAll("[data-contact]")) {
  connectContact(/** @type {HTMLElement} */ (box));
}
