// Forced colours remove backgrounds: only a border or an outline still shows a control.
const isDrawn = (style, width) => style !== "none" && parseFloat(width) >= 1;
const controls = document.querySelectorAll(
  `button, select, textarea,
  input:not([type=hidden], [type=checkbox], [type=radio], [type=range])`,
);
for (const control of controls) {
  const style = getComputedStyle(control);
  const hasBorder = isDrawn(style.borderTopStyle, style.borderTopWidth);
  if (!hasBorder && !isDrawn(style.outlineStyle, style.outlineWidth) && isSeen(control)) {
    add(control);
  }
}
