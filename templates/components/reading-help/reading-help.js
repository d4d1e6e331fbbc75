// Furigana on and off. Readings are fetched when first asked for; each text they belong to is
// replaced by `ruby`, and put back, the very same node, when they are turned off.

import { readTexts } from "../../foundation/texts.js";

const STORED = "shirube-furigana";
/** Where readings would harm: no ruby is allowed there, or a change would be announced again. */
const PASSED_OVER =
  "ruby, script, style, select, textarea, svg, [role='status'], [role='alert'], [aria-live], [lang]:not([lang|='ja'])";

const help = /** @type {HTMLElement} */ (document.querySelector("[data-reading-help]"));
/** Text → its runs: plain text, then base and reading, in turn. */
/** @type {Map<string, string[]>} */
const readings = new Map();
/** @type {Map<string, Promise<void>>} */
const loads = new Map();
/** @type {Map<Element, Text>} */
const replaced = new Map();
const observer = new MutationObserver((records) => {
  records.flatMap((record) => [...record.addedNodes]).forEach(annotate);
});

/**
 * Loads a file of readings, once; rejects when it cannot be had.
 * @param {string} address
 */
function load(address) {
  if (!loads.has(address)) {
    const loading = fetch(address).then(async (response) => {
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      for (const runs of /** @type {string[][]} */ (await response.json())) {
        const text = runs.filter((_, index) => index % 3 < 2).join("");
        if (!readings.has(text)) {
          readings.set(text, runs);
        }
      }
    });
    loading.catch(() => loads.delete(address));
    loads.set(address, loading);
  }
  return loads.get(address);
}

/**
 * Gives furigana to all texts in a node that readings are known of.
 * @param {Node} root
 */
function annotate(root) {
  /** @type {Text[]} */
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (
    let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode();
    node;
    node = walker.nextNode()
  ) {
    texts.push(/** @type {Text} */ (node));
  }
  texts.forEach(replaceText);
  if (root instanceof Element) {
    for (const link of root.querySelectorAll(".results-link")) {
      annotateResult(/** @type {HTMLAnchorElement} */ (link));
    }
  }
}

/**
 * A result's title is that of the page it leads to: its readings are beside that page.
 * @param {HTMLAnchorElement} link
 */
function annotateResult(link) {
  const text = link.firstChild;
  if (text?.nodeType === Node.TEXT_NODE) {
    load(new URL("index.ruby.json", link.href).href).then(
      () => isOn() && replaceText(/** @type {Text} */ (text)),
      () => {},
    );
  }
}

/** @param {Text} node */
function replaceText(node) {
  const [, before, text, after] = /^([ \n\r\t]*)([\s\S]*?)([ \n\r\t]*)$/u.exec(node.data);
  const runs = readings.get(text);
  if (!runs || !node.parentElement || node.parentElement.closest(PASSED_OVER)) {
    return;
  }
  // One element for one text: in a flex container several would become several items.
  const whole = document.createElement("span");
  whole.append(before);
  for (let index = 0; index < runs.length; index += 3) {
    whole.append(runs[index]);
    if (index + 2 < runs.length) {
      whole.append(makeRuby(runs[index + 1], runs[index + 2]));
    }
  }
  whole.append(after);
  whole.normalize();
  replaced.set(whole, node);
  node.replaceWith(whole);
}

/**
 * The base alone is for assistive technology: it reads kanji by itself, and once.
 * @param {string} base
 * @param {string} reading
 */
function makeRuby(base, reading) {
  const ruby = document.createElement("ruby");
  const [open, text, close] = ["rp", "rt", "rp"].map((name) => document.createElement(name));
  open.append("（");
  text.append(reading);
  text.setAttribute("aria-hidden", "true");
  ruby.setAttribute("role", "none");
  close.append("）");
  ruby.append(base, open, text, close);
  return ruby;
}

function isOn() {
  return document.documentElement.hasAttribute("data-furigana");
}

function turnOff() {
  observer.disconnect();
  document.documentElement.removeAttribute("data-furigana");
  for (const [whole, node] of replaced) {
    whole.replaceWith(node);
  }
  replaced.clear();
}

/** @param {boolean} wanted */
async function turn(wanted) {
  const button = help.querySelector("button");
  const status = help.querySelector("[role='status']");
  button.setAttribute("aria-pressed", String(wanted));
  status.textContent = "";
  turnOff();
  if (!wanted) {
    return;
  }
  try {
    await Promise.all([load(help.dataset.shared), load(document.body.dataset.readings)]);
    if (button.getAttribute("aria-pressed") === "true" && !isOn()) {
      document.documentElement.setAttribute("data-furigana", "");
      annotate(document.body);
      observer.observe(document.body, { childList: true, subtree: true });
    }
  } catch {
    button.setAttribute("aria-pressed", "false");
    status.textContent = readTexts(help).failed;
  }
}

/** The choice for the pages to come; some browsers within apps keep nothing and throw. */
function recall() {
  try {
    return localStorage.getItem(STORED) === "on";
  } catch {
    return false;
  }
}

/** @param {boolean} wanted */
function remember(wanted) {
  try {
    localStorage.setItem(STORED, wanted ? "on" : "off");
  } catch {
    // This page still has it.
  }
}

help.hidden = false;
help.querySelector("button").addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const wanted = button.getAttribute("aria-pressed") !== "true";
  remember(wanted);
  turn(wanted);
});
// A page that comes back from the browser's memory may have missed a choice made since.
addEventListener("pageshow", ({ persisted }) => persisted && recall() !== isOn() && turn(recall()));
if (recall()) {
  turn(true);
}
