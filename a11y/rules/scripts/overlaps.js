// Line boxes may overlap, letters may not: a quarter of each line's box is cut off at top and bottom.
const isPositioned = (element) => {
  for (let one = element; one; one = one.parentElement) {
    if (["absolute", "fixed", "sticky"].includes(getComputedStyle(one).position)) {
      return true;
    }
  }
  return false;
};
const texts = findTexts((one) => isSeen(one) && !isPositioned(one) && !one.closest("rt"));
const lines = texts.flatMap((node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].map(({ left, right, top, height }) => ({
    node,
    left: left + 2,
    right: right - 2,
    top: top + height / 4,
    bottom: top + (height * 3) / 4,
  }));
});
lines.sort((one, other) => one.top - other.top);
lines.forEach((line, index) => {
  for (let next = index + 1; next < lines.length && lines[next].top < line.bottom; next += 1) {
    const other = lines[next];
    if (other.left < line.right && line.left < other.right) {
      add(other.node.parentElement, other.node.data.trim().slice(0, 20));
    }
  }
});
