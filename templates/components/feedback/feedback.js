// 役に立ちましたか: a vote, and on no the reasons; each is announced when it was sent.

/** Sends by a function of facts.js, which is asked for at the first vote: most readers never vote. */
async function send(name, ...values) {
  try {
    const facts = await import("./facts.js");
    return await facts[name](...values);
  } catch {
    return "failed";
  }
}

function connectFeedback(section) {
  const status = section.querySelector("[data-feedback-status]");
  const form = section.querySelector("[data-feedback-form]");
  const buttons = [...section.querySelectorAll("[data-vote]")];
  const field = form.querySelector("textarea"); // only where the city named who receives texts
  const { log, faq, receiver, textThanks, textWhy, textWithheld, textFailed } = section.dataset;
  const outcomes = { sent: textThanks, withheld: textWithheld, failed: textFailed };
  let voted = "";

  const vote = async (button) => {
    const value = button.dataset.vote;
    if (voted === value) {
      return;
    }
    voted = value;
    const outcome = await send("sendFact", `${log}vote`, { faq, vote: value });
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
    const reason = [...form.querySelectorAll("[name=reason]:checked")]
      .map(({ value }) => value)
      .join(",");
    let outcome = await send("sendText", receiver, field, { faq, reason });
    if (outcome === "sent") {
      outcome = await send("sendFact", `${log}reason`, { faq, reason });
    }
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
