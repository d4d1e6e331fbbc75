const found = [];
const add = (element, detail = "") => found.push([selectorOf(element), String(detail)]);

/** A CSS selector that finds the element. */
const selectorOf = (element) => {
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
  const position = same.length > 1 ? `:nth-of-type(${same.indexOf(element) + 1})` : "";
  return `${selectorOf(parent)} > ${own}${position}`;
};

/** Whether it is visible; text only for screen readers is clipped to a pixel, or inside such. */
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

/** Text nodes that are not blank and whose element is wanted. */
const findTexts = (isWanted) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (
      data.trim() &&
      !parentElement.closest("script, style, noscript") &&
      isWanted(parentElement)
    ) {
      texts.push(walker.currentNode);
    }
  }
  return texts;
};

/** The language of an element's text, without the region. */
const languageOf = (element) => (element.closest("[lang]")?.lang ?? "").split("-")[0];

/** Elements to click or tap. */
const findTargets = () =>
  [
    ...document.querySelectorAll(
      `a[href], button, input:not([type=hidden]), select, textarea, summary,
      [tabindex], [role=button], [role=link], [role=option]`,
    ),
  ].filter((element) => !element.matches(":disabled, [inert], [inert] *"));

/** Elements that Tab stops at. */
const findStops = () =>
  findTargets().filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
  );
