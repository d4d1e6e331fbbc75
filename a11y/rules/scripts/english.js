const known = new Set(argument);
const NAMES = [
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "alt",
  "placeholder",
  "title",
];
const ADDRESSES = /https?:\S+|[\w.+-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+/gu;
const check = (element, text) => {
  const words = text.replace(ADDRESSES, " ").match(/[a-z][a-z']+/giu) ?? [];
  const english = words.filter((word) => !known.has(word.toLowerCase()));
  if (english.length && languageOf(element) === "ja") {
    add(element, english.slice(0, 3).join(" "));
  }
};
for (const { parentElement, data } of findTexts(
  (element) => !element.closest("code, pre, kbd, samp") && isSeen(element),
)) {
  check(parentElement, data);
}
for (const name of NAMES) {
  for (const element of document.querySelectorAll(`[${name}]`)) {
    check(element, element.getAttribute(name));
  }
}
check(document.documentElement, document.title);
