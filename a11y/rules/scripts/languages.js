const isValid = (tag) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
// The letters of a language, beside the Latin ones; others need a `lang` of their own.
const LETTERS = {
  ar: "Arabic", fa: "Arabic", ur: "Arabic", bn: "Bengali", hi: "Devanagari", ne: "Devanagari",
  ja: "Han Hiragana Katakana Greek", km: "Khmer", ko: "Han Hangul", lo: "Lao", mn: "Cyrillic",
  my: "Myanmar", ru: "Cyrillic", si: "Sinhala", ta: "Tamil", th: "Thai", uk: "Cyrillic",
  zh: "Han Bopomofo",
};
const foreignOf = (language) => {
  const scripts = ["Latin", "Common", "Inherited", ...(LETTERS[language] ?? "").split(" ")];
  const own = scripts.filter(Boolean).map((script) => `\\p{Script=${script}}`).join("");
  return new RegExp(`(?![${own}])\\p{Letter}`, "u");
};
const ENGLISH = /(?:\b[a-z']+\b[ ,]+){5,}[a-z']+/iu;
const foreign = new Map();
if (!document.documentElement.lang) {
  add(document.documentElement, "none");
}
for (const element of document.querySelectorAll("[lang]")) {
  if (!isValid(element.lang)) {
    add(element, element.lang || "none");
  }
}
for (const { parentElement, data } of findTexts(() => true)) {
  const language = languageOf(parentElement);
  if (!foreign.has(language)) {
    foreign.set(language, foreignOf(language));
  }
  const isForeign = foreign.get(language).test(data) || (language === "ja" && ENGLISH.test(data));
  if (language && isForeign) {
    add(parentElement, data.trim().slice(0, 20));
  }
}
