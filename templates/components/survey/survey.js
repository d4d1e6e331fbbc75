// The satisfaction survey: levels from 5 (best) to 1, sent as facts; nothing is kept in the browser.

import { isWithheld, sendFact, sendText } from "./facts.js";

function connectSurvey(survey) {
  const form = survey.querySelector("[data-survey-form]");
  const status = survey.querySelector("[data-survey-status]");
  const field = form.querySelector("textarea"); // only where the city named who receives texts
  const { log, receiver, textThanks, textEmpty, textWithheld, textFailed } = survey.dataset;
  survey.querySelector("[data-survey-without]").hidden = true;
  if (isWithheld()) {
    status.textContent = textWithheld;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const facts = {};
    for (const input of form.querySelectorAll("input:checked")) {
      facts[input.name] = facts[input.name] ? `${facts[input.name]},${input.value}` : input.value;
    }
    if (!Object.keys(facts).length && !field?.value.trim()) {
      status.textContent = textEmpty;
      return;
    }
    let outcome = await sendText(receiver, field, { faq: "", reason: "" });
    if (outcome === "sent" && Object.keys(facts).length) {
      outcome = await sendFact(`${log}survey`, facts);
    }
    status.textContent = { sent: textThanks, withheld: textWithheld, failed: textFailed }[outcome];
    if (outcome === "sent") {
      form.hidden = true;
      status.tabIndex = -1;
      status.focus(); // the button that had it is gone
    }
  });
}

document.querySelectorAll("[data-survey]").forEach(connectSurvey);
