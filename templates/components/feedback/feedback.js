// 役に立ちましたか: a vote, and on no the reasons; each is announced when it was sent.

import { isWithheld, maskText, sendFact } from "./facts.js";

function connectFeedback(section) {
  const status = section.querySelector("[data-feedback-status]");
  const form = section.querySelector("[data-feedback-form]");
  const buttons = [...section.querySelectorAll("[data-vote]")];
  const { log, faq, textThanks, textWhy, textWithheld, textFailed } = section.dataset;
  const outcomes = { sent: textThanks, withheld: textWithheld, failed: textFailed };
  let voted = "";

  const vote = async (button) => {
    const value = button.dataset.vote;
    if (voted === value) {
      return;
    }
    const outcome = await sendFact(`${log}vote`, { faq, vote: value });
    status.textContent = outcome === "sent" && value === "no" ? textWhy : outcomes[outcome];
    if (outcome === "failed") {
      return; // may be tried again
    }
    voted = value;
    for (const other of buttons) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    form.hidden = value !== "no" || isWithheld();
  };
  for (const button of buttons) {
    button.addEventListener("click", () => vote(button));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reasons = [...form.querySelectorAll("[name=reason]:checked")].map(({ value }) => value);
    const text = maskText(form.querySelector("textarea").value);
    const outcome = await sendFact(`${log}reason`, { faq, reason: reasons.join(","), text });
    status.textContent = outcomes[outcome];
    if (outcome === "sent") {
      form.reset();
      form.hidden = true;
      buttons.find((button) => button.dataset.vote === "no").focus();
    }
  });
  section.hidden = false;
}

document.querySelectorAll("[data-feedback]").forEach(connectFeedback);
