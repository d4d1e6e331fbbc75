const isPrinted = (element) => element.checkVisibility({ visibilityProperty: true });
for (const fold of document.querySelectorAll("main details:not([open])")) {
  const inner = [...fold.children].find(({ localName }) => localName !== "summary");
  if (inner && isPrinted(fold) && !isPrinted(inner)) {
    add(fold, "details");
  }
}
for (const link of document.querySelectorAll('main a[href^="http"]')) {
  if (link.origin === location.origin || !isPrinted(link)) {
    continue;
  }
  const told = getComputedStyle(link, "::after").content + link.textContent;
  const ways = [link.href, link.getAttribute("href"), "attr(href)"];
  if (!ways.some((address) => told.includes(address))) {
    add(link, link.href);
  }
}
