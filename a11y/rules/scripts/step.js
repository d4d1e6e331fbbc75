// A point of the stop that a finger would hit shows that nothing lies over all of it (2.4.11).
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
