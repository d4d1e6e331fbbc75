// 役に立ちましたか: a vote, and on no the reasons; each is announced when it was sent.

/** Sends facts; the module for it is asked for at the first vote, most readers never vote. */
async function send(address, facts, text) {
  try {
    const { maskText, sendFact } = await import("./facts.js");
    return await sendFact(address, text === undefined ? facts : { ...facts, text: await maskText(text) });
  } catch {
    return "failed";
  }
}

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
    voted = value;
    const outcome = await send(`${log}vote`, { faq, vote: value });
    status.textContent = outcome === "sent" && value === "no" ? textWhy : outcomes[outcome];
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
    const reasons = [...form.querySelectorAll("[name=reason]:checked")].map(({ value }) => value);
    const text = form.querySelector("textarea").value;
    const outcome = await send(`${log}reason`, { faq, reason: reasons.join(",") }, text);
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
