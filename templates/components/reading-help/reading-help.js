// Furigana on and off. Readings are fetched when first asked for; each text they belong to is
// replaced by `ruby`, and put back, the very same node, when they are turned off.

const STORED = "shirube-furigana";
/** Where readings would harm: no ruby can stand there, or a change would be announced again. */
const PASSED_OVER =
  "ruby, script, style, select, textarea, svg, [role='status'], [role='alert'], [aria-live], [lang]:not([lang|='ja'])";

const help = document.querySelector("[data-reading-help]");
const readings = new Map();
const loads = new Map();
const replaced = new Map();
const observer = new MutationObserver((records) => {
  records.flatMap((record) => [...record.addedNodes]).forEach(annotate);
});

/** Takes a file of readings in, once; rejects when it cannot be had. */
function load(address) {
  if (!loads.has(address)) {
    const loading = fetch(address).then(async (response) => {
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      for (const runs of await response.json()) {
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

/** Gives furigana to all texts in a node that readings are known of. */
function annotate(root) {
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (
    let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode();
    node;
    node = walker.nextNode()
  ) {
    texts.push(node);
  }
  texts.forEach(replaceText);
  if (root.querySelectorAll) {
    root.querySelectorAll(".results-link").forEach(annotateResult);
  }
}

/** A result's title stands in the page that it leads to, and so do its readings. */
function annotateResult(link) {
  const text = link.firstChild;
  if (text?.nodeType === Node.TEXT_NODE) {
    load(new URL("index.ruby.json", link.href).href).then(
      () => isOn() && replaceText(text),
      () => {},
    );
  }
}

function replaceText(node) {
  const [, before, text, after] = /^([ \n\r\t]*)([^]*?)([ \n\r\t]*)$/u.exec(node.data);
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

/** The base alone is for assistive technology: it reads kanji by itself, and once. */
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
  replaced.forEach((node, whole) => whole.replaceWith(node));
  replaced.clear();
}

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
    status.textContent = help.dataset.textFailed;
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

function remember(wanted) {
  try {
    localStorage.setItem(STORED, wanted ? "on" : "off");
  } catch {
    // This page still has it.
  }
}

help.hidden = false;
help.querySelector("button").addEventListener("click", (event) => {
  const wanted = event.currentTarget.getAttribute("aria-pressed") !== "true";
  remember(wanted);
  turn(wanted);
});
// A page that comes back from the browser's memory may have missed a choice made since.
addEventListener("pageshow", ({ persisted }) => persisted && recall() !== isOn() && turn(recall()));
if (recall()) {
  turn(true);
}
