// WCAG 2.2, 2.5.8: 24 px, or a circle of 24 px around its centre that touches no other target.
const isInSentence = (element) =>
  getComputedStyle(element).display.startsWith("inline") &&
  [...element.parentElement.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
  );
const targets = findTargets()
  .filter((element) => element.localName !== "main" && isSeen(element))
  .map((element) => ({ element, box: element.getBoundingClientRect() }));
const isSmall = ({ box }) => box.width < 24 || box.height < 24;
const centreOf = ({ box }) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
const isNear = (one, other) => {
  const { x, y } = centreOf(one);
  const { left, right, top, bottom } = other.box;
  const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const next = centreOf(other);
  return distance < 12 || (isSmall(other) && Math.hypot(x - next.x, y - next.y) < 24);
};
const isApart = (one, other) =>
  one !== other && !one.element.contains(other.element) && !other.element.contains(one.element);
for (const target of targets) {
  const { element, box } = target;
  if (
    isSmall(target) &&
    !isInSentence(element) &&
    targets.some((other) => isApart(target, other) && isNear(target, other))
  ) {
    add(element, `${Math.round(box.width)}×${Math.round(box.height)}px`);
  }
}
