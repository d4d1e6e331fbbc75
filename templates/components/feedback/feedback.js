// 役に立ちましたか: a vote, and on no the reasons; each is announced when it was sent.

import { readTexts } from "../../foundation/texts.js";

/**
 * Sends by facts.js, which is imported at the first vote: most readers never vote.
 * @param {(facts: typeof import("../../foundation/facts.js")) => Promise<string>} use
 */
async function send(use) {
  try {
    return await use(await import("../../foundation/facts.js"));
  } catch {
    return "failed";
  }
}

/** @param {HTMLElement} section */
function connectFeedback(section) {
  const status = section.querySelector("[data-feedback-status]");
  const form = /** @type {HTMLFormElement} */ (section.querySelector("[data-feedback-form]"));
  const buttons = /** @type {HTMLButtonElement[]} */ ([...section.querySelectorAll("[data-vote]")]);
  const field = form.querySelector("textarea"); // only where the city named who receives texts
  const { log, faq, receiver } = section.dataset;
  /** @type {Record<string, string>} */
  const texts = readTexts(section);
  let voted = "";

  /** @param {HTMLButtonElement} button */
  const vote = async (button) => {
    const value = button.dataset.vote;
    if (voted === value) {
      return;
    }
    voted = value;
    const outcome = await send(({ sendFact }) => sendFact(`${log}vote`, { faq, vote: value }));
    status.textContent = outcome === "sent" && value === "no" ? texts.why : texts[outcome];
    if (outcome === "failed") {
      voted = ""; // may be tried again
      return;
    }
    for (const other of buttons) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    form.hidden = value !== "no" || outcome !== "sent";
  };
  for (const button of buttons) {
    button.addEventListener("click", () => vote(button));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...form.querySelectorAll("[name=reason]:checked")];
    const reason = chosen.map((box) => /** @type {HTMLInputElement} */ (box).value).join(",");
    let outcome = await send(({ sendText }) => sendText(receiver, field, { faq, reason }));
    if (outcome === "sent") {
      outcome = await send(({ sendFact }) => sendFact(`${log}reason`, { faq, reason }));
    }
    status.textContent = texts[outcome];
    if (outcome === "sent") {
      form.reset();
      form.hidden = true;
      buttons.find((button) => button.dataset.vote === "no").focus();
    }
  });
  section.hidden = false;
}

for (const section of document.querySelectorAll("[data-feedback]")) {
  connectFeedback(/** @type {HTMLElement} */ (section));
}
