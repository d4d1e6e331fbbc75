// Scripts as the language data of the browser names them, and what they stand for together.
const TOGETHER = {
  Jpan: ["Hani", "Hira", "Kana", "Grek"],
  Kore: ["Hani", "Hang"],
  Hans: ["Hani", "Bopo"],
  Hant: ["Hani", "Bopo"],
};
const remembered = new Map();
const lettersOf = (tag) => {
  if (!remembered.has(tag)) {
    remembered.set(tag, makeLetters(tag));
  }
  return remembered.get(tag);
};
const makeLetters = (tag) => {
  const { script } = new Intl.Locale(tag).maximize();
  const own = TOGETHER[script] ?? [script ?? "Latn"];
  const names = ["Latn", "Zyyy", "Zinh", ...own].map((name) => `\\p{Script=${name}}`);
  return new RegExp(`[${names.join("")}]`, "u");
};
const isValid = (tag) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
const ENGLISH = /(?:\b[a-z']+\b[ ,]+){5,}[a-z']+/iu;
const root = document.documentElement;
if (!root.lang) {
  add(root, "none");
}
for (const element of document.querySelectorAll("[lang]")) {
  if (!isValid(element.lang)) {
    add(element, element.lang || "none");
  }
}
// Names and single words may be foreign (3.1.2): what counts is what most of a block's letters are.
const blockOf = (element) => {
  const { display } = getComputedStyle(element);
  const isInline = display === "inline" || display === "contents" || display.startsWith("ruby");
  return isInline && !element.hasAttribute("lang") ? blockOf(element.parentElement) : element;
};
const blocks = new Map();
for (const { parentElement, data } of findTexts((one) => !one.closest("[translate=no]"))) {
  const block = blockOf(parentElement);
  blocks.set(block, (blocks.get(block) ?? "") + data);
}
for (const [block, text] of blocks) {
  const tag = block.closest("[lang]")?.lang;
  if (!isValid(tag ?? "")) {
    continue;
  }
  const letters = text.match(/\p{Letter}/gu) ?? [];
  const own = letters.filter((letter) => lettersOf(tag).test(letter));
  if (own.length * 2 < letters.length || (languageOf(block) === "ja" && ENGLISH.test(text))) {
    add(block, text.trim().slice(0, 20));
  }
}
