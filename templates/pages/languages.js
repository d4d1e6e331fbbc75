// Gives the translation service the page that the reader came from (#faq/1001/); without this
// script, or without a page, every language leads to the home page.

const list = /** @type {HTMLElement} */ (document.querySelector("[data-languages]"));
const home = list.dataset.languages;
const links = [...list.querySelectorAll("a")].map((link) => ({ link, href: link.href }));

function showPage() {
  const page = location.hash.slice(1);
  const address = /^[\w/-]*(\.html)?$/u.test(page) ? home + page : home;
  for (const { link, href } of links) {
    link.href = href.replace(encodeURIComponent(home), encodeURIComponent(address));
  }
}

showPage();
addEventListener("hashchange", showPage);
