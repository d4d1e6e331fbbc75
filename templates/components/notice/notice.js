// Takes a notice off the page when its time is over, even where no build has done so yet.

/** What a timer can count, in ms; what ends later is looked at again then. */
const LONGEST_WAIT = 2 ** 31 - 1;

function removeEnded() {
  let next = Infinity;
  for (const notice of document.querySelectorAll("[data-notices] [data-until]")) {
    const rest = Date.parse(notice.dataset.until) - Date.now();
    if (rest > 0) {
      next = Math.min(next, rest);
    } else {
      notice.remove();
    }
  }
  for (const region of document.querySelectorAll("[data-notices]")) {
    region.hidden = !region.querySelector(".notice");
  }
  for (const part of document.querySelectorAll("[data-emergency]")) {
    part.hidden = !document.querySelector("[data-level=emergency]");
  }
  if (next < Infinity) {
    setTimeout(removeEnded, Math.min(next, LONGEST_WAIT));
  }
}

removeEnded();
