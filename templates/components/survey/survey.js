// The satisfaction survey: levels from 5 (best) to 1, sent as facts; nothing is kept in the browser.

import { isWithheld, sendFact, sendText } from "../../foundation/facts.js";
import { readTexts } from "../../foundation/texts.js";

/** @param {HTMLElement} survey */
function connectSurvey(survey) {
  const form = /** @type {HTMLFormElement} */ (survey.querySelector("[data-survey-form]"));
  const status = /** @type {HTMLElement} */ (survey.querySelector("[data-survey-status]"));
  const field = form.querySelector("textarea"); // only where the city named who receives texts
  const { log, receiver } = survey.dataset;
  /** @type {Record<string, string>} */
  const texts = readTexts(survey);
  const without = /** @type {HTMLElement} */ (survey.querySelector("[data-survey-without]"));
  without.hidden = true;
  if (isWithheld()) {
    status.textContent = texts.withheld;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    /** @type {Record<string, string>} */
    const facts = {};
    for (const box of form.querySelectorAll("input:checked")) {
      const input = /** @type {HTMLInputElement} */ (box);
      facts[input.name] = facts[input.name] ? `${facts[input.name]},${input.value}` : input.value;
    }
    if (!Object.keys(facts).length && !field?.value.trim()) {
      status.textContent = texts.empty;
      return;
    }
    let outcome = await sendText(receiver, field, { faq: "", reason: "" });
    if (outcome === "sent" && Object.keys(facts).length) {
      outcome = await sendFact(`${log}survey`, facts);
    }
    status.textContent = texts[outcome];
    if (outcome === "sent") {
      form.hidden = true;
      status.tabIndex = -1;
      status.focus(); // the button that had it is gone
    }
  });
}

for (const survey of document.querySelectorAll("[data-survey]")) {
  connectSurvey(/** @type {HTMLElement} */ (survey));
}
