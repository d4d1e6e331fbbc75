// The bar of a preview, in the pages of `serve` only: what the site is, and what is wrong with the
// content. All texts come with the news from the server. A page that is out of date loads again.

/** @typedef {{ title: string, lines: string[] }} Notes */
/** @typedef {{ edition: string, lead: string, status: string, errors: Notes, warnings: Notes,
 *    texts: { label: string, close: string, gone: string } }} News */

const CLOSED = "shirube-preview-closed";
const RETRY_MILLISECONDS = 1000;
const edition = new URL(import.meta.url).searchParams.get("edition");

const bar = document.createElement("aside");
const lead = bar.appendChild(makePart("p", "lead"));
const status = bar.appendChild(makePart("p", "status"));
const warnings = bar.appendChild(makeNotes("warnings"));
const close = bar.appendChild(makePart("button", "close"));
const errors = bar.appendChild(makeNotes("errors"));
/** @type {EventSource} */
let source;
/** @type {News} */
let news;

/**
 * @param {string} tag
 * @param {string} name
 */
function makePart(tag, name) {
  const part = document.createElement(tag);
  part.className = `preview-${name}`;
  return part;
}

/** @param {string} name */
function makeNotes(name) {
  const notes = /** @type {HTMLDetailsElement} */ (makePart("details", name));
  notes.append(document.createElement("summary"), document.createElement("ul"));
  return notes;
}

/**
 * Screen readers say a text again whenever it is set.
 * @param {Element} part
 * @param {string} text
 */
function setText(part, text) {
  if (part.textContent !== text) {
    part.textContent = text;
  }
}

/**
 * @param {HTMLDetailsElement} part
 * @param {Notes} notes
 */
function setNotes(part, { title, lines }) {
  part.hidden = !lines.length;
  setText(part.querySelector("summary"), title);
  const items = lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  });
  part.querySelector("ul").replaceChildren(...items);
}

function isClosed() {
  return sessionStorage.getItem(CLOSED) === "yes";
}

function show() {
  bar.setAttribute("aria-label", news.texts.label);
  setText(lead, news.lead);
  setText(status, news.status);
  setNotes(errors, news.errors);
  setNotes(warnings, news.warnings);
  setText(close, news.texts.close);
  const hasErrors = !errors.hidden;
  close.hidden = hasErrors;
  bar.hidden = isClosed() && !hasErrors;
}

/** A page that nobody looks at needs no connection; browsers open only a few to one server. */
function connect() {
  source?.close();
  if (document.visibilityState === "hidden") {
    return;
  }
  source = new EventSource(new URL("events", import.meta.url));
  source.addEventListener("message", ({ data }) => {
    news = JSON.parse(data);
    if (news.edition === edition) {
      show();
    } else {
      source.close();
      location.reload();
    }
  });
  source.addEventListener("error", () => {
    setText(status, news?.texts.gone ?? "");
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, RETRY_MILLISECONDS);
    }
  });
}

bar.className = "preview";
bar.hidden = true;
status.setAttribute("role", "status");
errors.open = true;
close.setAttribute("type", "button");
close.addEventListener("click", () => {
  sessionStorage.setItem(CLOSED, "yes");
  bar.hidden = true;
});
document.body.append(bar);
// What has the focus, and what a link leads to, is scrolled to above the bar.
new ResizeObserver(() => {
  document.documentElement.style.scrollPaddingBottom = `${bar.offsetHeight}px`;
}).observe(bar);
document.addEventListener("visibilitychange", connect);
connect();
