const hides = (value) => value === "hidden" || value === "clip";
for (const element of document.body.querySelectorAll("*")) {
  const wide = element.scrollWidth - element.clientWidth;
  const high = element.scrollHeight - element.clientHeight;
  if ((wide <= 1 && high <= 1) || element.closest("svg") || !element.textContent.trim()) {
    continue;
  }
  const { overflowX, overflowY, display } = getComputedStyle(element);
  if (display !== "inline" && isSeen(element)) {
    if (hides(overflowX) && wide > 1) {
      add(element, `+${wide}px`);
    } else if (hides(overflowY) && high > 1) {
      add(element, `+${high}px`);
    }
  }
}
