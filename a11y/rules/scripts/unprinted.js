const isPrinted = (element) => element.checkVisibility({ visibilityProperty: true });
for (const details of document.querySelectorAll("main details:not([open])")) {
  const inner = [...details.children].find(({ localName }) => localName !== "summary");
  if (inner && isPrinted(details) && !isPrinted(inner)) {
    add(details, "details");
  }
}
for (const link of document.querySelectorAll('main a[href^="http"]')) {
  if (link.origin === location.origin || !isPrinted(link)) {
    continue;
  }
  const text = getComputedStyle(link, "::after").content + link.textContent;
  const forms = [link.href, link.getAttribute("href"), "attr(href)"];
  if (!forms.some((address) => text.includes(address))) {
    add(link, link.href);
  }
}
