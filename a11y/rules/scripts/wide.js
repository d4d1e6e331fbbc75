// A table, an image or code may scroll inside its own box (1.4.10); text may not.
const width = document.documentElement.clientWidth;
const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
const isOver = (element) => element.getBoundingClientRect().right + scrollX > width + 1;
const isInScroller = (element) => {
  const parent = element.parentElement;
  return parent !== null && (scrolls(parent) || isInScroller(parent));
};
for (const element of document.body.querySelectorAll("*")) {
  const over = element.scrollWidth - element.clientWidth;
  if (
    over > 1 &&
    scrolls(element) &&
    !element.querySelector("table, pre, img") &&
    isSeen(element)
  ) {
    add(element, `+${over}px`);
  }
  const isWidest = isOver(element) && ![...element.children].some(isOver);
  if (isWidest && !element.closest("svg") && !isInScroller(element) && isSeen(element)) {
    add(element, `+${Math.round(element.getBoundingClientRect().right + scrollX - width)}px`);
  }
}
const over = document.documentElement.scrollWidth - width;
if (over > 0 && !found.length) {
  add(document.documentElement, `+${over}px`);
}
