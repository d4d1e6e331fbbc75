// The search box: keeps what was typed in the fragment, so that it never enters a server's log,
// and offers words and questions while typing (an ARIA combobox with a list).

import { fillText, makeSearchAddress } from "./start.js";

/** So long nothing is asked of the search after a key: one word is rarely typed alone. */
const PAUSE = 80;

/** The client's modules for a city's index: asked for at once, not one after the other. */
const MODULES = [
  "search",
  "correct",
  "rank",
  "segment",
  "scheduling",
  "store",
  "suggest",
  "text",
  "lexicon",
  "compact",
  "decode",
];

let searches;

/** The search over an index, opened once for the page. */
export function useSearch(address) {
  searches ??= new Map();
  if (!searches.has(address)) {
    for (const name of MODULES) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = new URL(`./search/${name}.js`, import.meta.url).href;
      document.head.append(link);
    }
    const opening = import("./search/search.js").then(({ openSearch }) =>
      openSearch(new URL(address, location.href)),
    );
    opening.catch(() => searches.delete(address)); // asked for again at the next call
    searches.set(address, opening);
  }
  return searches.get(address);
}

function goToSearch(form, query) {
  const address = makeSearchAddress(form, query);
  if (address.pathname === location.pathname && address.hash !== location.hash) {
    // The search page itself: told at once, not when the browser has gone through a navigation.
    history.pushState(null, "", address);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.assign(address);
  }
}

function connectBox(form) {
  const input = form.querySelector("[data-search-input]");
  const list = form.querySelector("[data-suggestions]");
  const status = form.querySelector("[data-suggestions-status]");
  let options = [];
  let active = -1;
  let turn = 0;
  let waiting;

  // HTML gives this role to inputs of type "text" alone. The type is not changed here: that would
  // end what an input method is composing.
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.textWords);

  const close = () => {
    turn += 1;
    clearTimeout(waiting);
    list.hidden = true;
    options = [];
    mark(-1);
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  };
  const mark = (place) => {
    options[active]?.element.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    option?.element.setAttribute("aria-selected", "true");
    option?.element.scrollIntoView({ block: "nearest" });
    if (option) {
      input.setAttribute("aria-activedescendant", option.element.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const choose = ({ word, question }) => {
    close();
    if (question) {
      location.assign(new URL(`${form.dataset.faq}${question.id}/`, location.href));
    } else {
      input.value = word;
      goToSearch(form, word);
    }
  };
  const makeGroup = (label, items, tell) => {
    const group = document.createElement("div");
    group.className = "suggestions-group";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    const head = document.createElement("div");
    head.className = "suggestions-label";
    head.setAttribute("aria-hidden", "true");
    head.textContent = label;
    group.append(head);
    for (const item of items) {
      const element = document.createElement("div");
      element.className = "suggestions-option";
      element.id = `${list.id}-${options.length}`;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      element.textContent = tell(item);
      const option = {
        element,
        ...(typeof item === "string" ? { word: item } : { question: item }),
      };
      element.addEventListener("click", () => choose(option));
      options.push(option);
      group.append(element);
    }
    return group;
  };
  const show = ({ words, questions }) => {
    options = [];
    mark(-1);
    const groups = [];
    if (words.length) {
      groups.push(makeGroup(form.dataset.textWords, words, (word) => word));
    }
    if (questions.length) {
      groups.push(makeGroup(form.dataset.textQuestions, questions, ({ title }) => title));
    }
    list.replaceChildren(...groups);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length
      ? fillText(form.dataset.textCount, { count: options.length })
      : "";
  };
  const offer = () => {
    clearTimeout(waiting);
    turn += 1;
    const mine = turn;
    const text = input.value.trim();
    if (!text) {
      close();
      return;
    }
    waiting = setTimeout(async () => {
      try {
        const search = await useSearch(form.dataset.index);
        const found = await search.suggest(text);
        if (mine === turn && document.activeElement === input) {
          show(found);
        }
      } catch {
        close(); // without the index the box still leads to the search page
      }
    }, PAUSE);
  };

  const prepare = () => {
    useSearch(form.dataset.index)
      .then((search) => search.load())
      .catch(() => {});
  };
  input.addEventListener("focus", prepare);
  input.addEventListener("input", (event) => {
    if (!event.isComposing) {
      offer();
    }
  });
  input.addEventListener("compositionend", offer);
  input.addEventListener("keydown", (event) => {
    // 229: what some browsers tell of a key that the input method takes.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1; // one place is the text itself
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      choose(options[active]);
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    goToSearch(form, input.value.trim());
  });
  // This module comes after the page is seen: somebody may be typing already.
  if (document.activeElement === input) {
    prepare();
    offer();
  }
}

document.querySelectorAll("[data-search-form]").forEach(connectBox);
