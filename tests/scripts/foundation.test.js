import { isWithheld, maskText, sendFact } from "../../templates/foundation/facts.js";
import { useSearch } from "../../templates/foundation/search.js";
import { makeSearchAddress } from "../../templates/foundation/start.js";
import { assertEqual } from "./assert.js";

export function a_query_goes_into_the_fragment() {
  const form = document.createElement("form");
  form.action = "/search/";
  const { pathname, search, hash } = makeSearchAddress(form, "ごみ &#");
  assertEqual([pathname, search, hash], ["/search/", "", "#q=%E3%81%94%E3%81%BF%20%26%23"]);
}

export async function a_phone_number_is_masked() {
  assertEqual(await maskText("電話は090-1234-5678です"), "電話は●です");
}

export async function a_fact_that_cannot_be_sent_has_failed() {
  assertEqual(await sendFact("/there-is-none", { vote: "yes" }), "failed");
}

export function nothing_is_withheld_unless_asked() {
  assertEqual(isWithheld(), false);
}

export async function a_search_that_cannot_be_opened_is_opened_anew() {
  const search = await useSearch("/no-index/");
  assertEqual((await useSearch("/no-index/")) === search, true);
  let failed = false;
  await search.find("ごみ").catch(() => {
    failed = true;
  });
  assertEqual(failed, true);
}
