// The texts of a part of the page, which the build wrote into it: in its language, and in one place.

/**
 * The texts of an element's `data-texts`.
 * @param {HTMLElement} element
 * @returns {Record<string, any>}
 */
export function readTexts(element) {
  return JSON.parse(element.dataset.texts);
}

/**
 * A text with values in its places; `{minute:02}` has two digits, as in the texts of the build.
 * @param {string} template
 * @param {Record<string, unknown>} values
 */
export function fillText(template, values) {
  return template.replace(/\{(\w+)(:02)?\}/gu, (_, name, padded) =>
    String(values[name]).padStart(padded ? 2 : 0, "0"),
  );
}
