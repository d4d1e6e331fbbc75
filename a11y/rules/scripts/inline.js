for (const element of document.querySelectorAll("*")) {
  for (const { name } of element.attributes) {
    if (name === "style" || name.startsWith("on")) {
      add(element, name);
    }
  }
  if (element.matches("style, script:not([src], [type$='json'])")) {
    add(element, element.localName);
  }
}
