// Combined writing systems of the browser's language data → their single scripts.
const COMBINED_SCRIPTS = {
  Jpan: ["Hani", "Hira", "Kana", "Grek"],
  Kore: ["Hani", "Hang"],
  Hans: ["Hani", "Bopo"],
  Hant: ["Hani", "Bopo"],
};
const patterns = new Map();
const letterPatternOf = (tag) => {
  if (!patterns.has(tag)) {
    patterns.set(tag, makeLetterPattern(tag));
  }
  return patterns.get(tag);
};
const makeLetterPattern = (tag) => {
  const { script } = new Intl.Locale(tag).maximize();
  const own = COMBINED_SCRIPTS[script] ?? [script ?? "Latn"];
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
// Names and single words may be foreign (3.1.2), so the majority of a block's letters decides.
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
  const own = letters.filter((letter) => letterPatternOf(tag).test(letter));
  if (own.length * 2 < letters.length || (languageOf(block) === "ja" && ENGLISH.test(text))) {
    add(block, text.trim().slice(0, 20));
  }
}
