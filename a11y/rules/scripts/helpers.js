const found = [];
const add = (element, detail = "") => found.push([nameOf(element), String(detail)]);

/** A CSS selector that finds the element again. */
const nameOf = (element) => {
  if (element.id) {
    return `#${CSS.escape(element.id)}`;
  }
  const classes = [...element.classList].map((name) => `.${CSS.escape(name)}`).join("");
  const own = element.localName + classes;
  const parent = element.parentElement;
  if (!parent || document.querySelectorAll(own).length === 1) {
    return own;
  }
  const same = [...parent.children].filter(({ localName }) => localName === element.localName);
  const place = same.length > 1 ? `:nth-of-type(${same.indexOf(element) + 1})` : "";
  return `${nameOf(parent)} > ${own}${place}`;
};

/** Whether it can be seen: text for screen readers alone is cut to a pixel, or stands in such. */
const isSeen = (element) => {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
    return false;
  }
  for (let one = element; one; one = one.parentElement) {
    if (one.offsetWidth <= 1 && one.offsetHeight <= 1) {
      const { overflow, clipPath } = getComputedStyle(one);
      if (overflow !== "visible" || clipPath !== "none") {
        return false;
      }
    }
  }
  return true;
};

/** Text nodes with letters whose element is wanted. */
const findTexts = (isWanted) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && !parentElement.closest("script, style, noscript") && isWanted(parentElement)) {
      texts.push(walker.currentNode);
    }
  }
  return texts;
};

/** The language of an element's text, without the region. */
const languageOf = (element) => (element.closest("[lang]")?.lang ?? "").split("-")[0];

/** What can be pressed. */
const findTargets = () =>
  [
    ...document.querySelectorAll(
      `a[href], button, input:not([type=hidden]), select, textarea, summary,
      [tabindex], [role=button], [role=link], [role=option]`,
    ),
  ].filter((element) => !element.matches(":disabled, [inert], [inert] *"));

/** What Tab stops at. */
const findStops = () =>
  findTargets().filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
  );
