const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(
  (element) => !element.closest("[hidden]"),
);
const levelOf = ({ localName }) => Number(localName[1]);
const firsts = headings.filter((heading) => levelOf(heading) === 1);
if (firsts.length !== 1) {
  add(firsts[1] ?? document.body, `h1 × ${firsts.length}`);
}
const first = headings.find((element) => element.closest("main"));
if (first && levelOf(first) !== 1) {
  add(first, `main: ${first.localName}`);
}
headings.forEach((heading, index) => {
  const before = headings[index - 1];
  if (before && levelOf(heading) - levelOf(before) > 1) {
    add(heading, `${before.localName} → ${heading.localName}`);
  }
  if (!heading.textContent.trim() && !heading.querySelector("img[alt]:not([alt=''])")) {
    add(heading, "empty");
  }
});
