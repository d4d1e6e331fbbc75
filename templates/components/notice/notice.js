// Takes a notice off the page when its time is over, even where no build has done so yet.

import { findAll } from "../../foundation/start.js";

/** The longest delay of a timer, in ms; what ends later is checked again then. */
const LONGEST_WAIT = 2 ** 31 - 1;

function removeEnded() {
  let next = Infinity;
  for (const notice of findAll("[data-notices] [data-until]")) {
    const rest = Date.parse(notice.dataset.until) - Date.now();
    if (rest > 0) {
      next = Math.min(next, rest);
    } else {
      notice.remove();
    }
  }
  for (const region of findAll("[data-notices]")) {
    region.hidden = !region.querySelector(".notice");
  }
  for (const part of findAll("[data-emergency]")) {
    part.hidden = !document.querySelector("[data-level=emergency]");
  }
  if (next < Infinity) {
    setTimeout(removeEnded, Math.min(next, LONGEST_WAIT));
  }
}

removeEnded();
