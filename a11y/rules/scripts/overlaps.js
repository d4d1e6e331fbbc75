// Lines as boxes, a quarter cut off above and below: line boxes may touch, letters may not.
const floats = (element) => {
  for (let one = element; one; one = one.parentElement) {
    if (["absolute", "fixed", "sticky"].includes(getComputedStyle(one).position)) {
      return true;
    }
  }
  return false;
};
const texts = findTexts((one) => isSeen(one) && !floats(one) && !one.closest("rt"));
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
lines.forEach((line, place) => {
  for (let next = place + 1; next < lines.length && lines[next].top < line.bottom; next += 1) {
    const other = lines[next];
    if (other.left < line.right && line.left < other.right) {
      add(other.node.parentElement, other.node.data.trim().slice(0, 20));
    }
  }
});
