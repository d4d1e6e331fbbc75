// A tab stop is not fully obscured (2.4.11) if a click on one of its points hits it.
const element = document.activeElement;
if (!element || element === document.body) {
  return null;
}
const POINTS = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
const isHit = [...element.getClientRects()].some(({ left, top, width, height }) =>
  POINTS.some(([x, y]) =>
    element.contains(document.elementFromPoint(left + width * x, top + height * y)),
  ),
);
return [argument.indexOf(element), isHit];
