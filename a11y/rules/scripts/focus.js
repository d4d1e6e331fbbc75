// After a key press :focus-visible applies to focus() as well, so no stop needs a key of its own.
const channelsOf = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
const isClear = (color) => color.startsWith("rgba") && channelsOf(color)[3] === 0;
const luminanceOf = (color) => {
  const [red, green, blue] = channelsOf(color)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrastOf = (one, other) => {
  const [low, high] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const backgroundOf = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const color = getComputedStyle(one).backgroundColor;
    if (!isClear(color)) {
      return color;
    }
  }
  return "rgb(255, 255, 255)";
};
const readIndicators = (element) => {
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const shadows = style.boxShadow.match(/rgba?\([^)]*\)/g) ?? [];
  const border = parseFloat(style.borderTopWidth) >= 1 ? style.borderTopColor : "";
  return [hasOutline ? style.outlineColor : "", border, style.backgroundColor, ...shadows];
};
for (const element of findStops()) {
  document.activeElement?.blur();
  const before = readIndicators(element);
  const backgrounds = [backgroundOf(element.parentElement), backgroundOf(element)];
  element.focus({ preventScroll: true });
  if (document.activeElement !== element) {
    continue;
  }
  const isShown = readIndicators(element).some(
    (color, kind) =>
      color &&
      !isClear(color) &&
      color !== before[kind] &&
      backgrounds.some((background) => contrastOf(color, background) >= 3),
  );
  if (!isShown) {
    add(element, getComputedStyle(element).outline);
  }
}
document.activeElement?.blur();
