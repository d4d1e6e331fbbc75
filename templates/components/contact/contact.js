// Before form or chat: what the citizen writes shows the questions that may answer it already.

import { useSearch } from "./search-box.js";
import { fillText } from "./start.js";

/** So long nothing is asked of the search after a key. */
const PAUSE = 400;
const CANDIDATES = 5;
/** A text shorter than this says too little. */
const SHORTEST = 2;

function connectContact(box) {
  const field = box.querySelector("[data-contact-text]");
  const status = box.querySelector("[data-contact-status]");
  const list = box.querySelector("[data-contact-list]");
  const { index, faq, current, textCount, textNone, textFailed } = box.dataset;
  let turn = 0;
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
      const show = (results) => results.filter(({ id }) => id !== current).slice(0, CANDIDATES);
      const { shown: near } = await search.find(text, { show });
      if (mine === turn) {
        list.replaceChildren(...near.map(({ id, title }) => makeItem(`${faq}${id}/`, title)));
        status.textContent = near.length ? fillText(textCount, { count: near.length }) : textNone;
      }
    } catch {
      status.textContent = textFailed; // the doors to form and chat stand all the same
    }
  };
  const wait = (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) {
      waiting = setTimeout(show, PAUSE);
    }
  };
  field.addEventListener("input", wait);
  field.addEventListener("compositionend", wait);
  // This module comes when the field is first used, maybe after the first letters.
  useSearch(index)
    .then((search) => search.load())
    .catch(() => {});
  if (field.value) {
    wait({});
  }
}

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

document.querySelectorAll("[data-contact]").forEach(connectContact);
