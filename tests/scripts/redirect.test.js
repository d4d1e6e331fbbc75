import { findTarget } from "../../templates/pages/redirect.js";
import { assertEqual } from "./assert.js";

const TARGETS = { "id=1": "faq/1/", "id=2&lang=ja": "faq/2/", "p=%E3%81%82": "faq/3/" };

export function a_query_leads_to_its_target() {
  assertEqual(findTarget(TARGETS, "?id=1"), "faq/1/");
}

export function parameters_may_come_in_any_order_and_with_others() {
  assertEqual(findTarget(TARGETS, "?lang=ja&utm=x&id=2"), "faq/2/");
}

export function letters_may_be_escaped_or_not() {
  assertEqual(findTarget(TARGETS, "?p=あ&x=1"), "faq/3/");
}

export function an_unknown_query_leads_nowhere() {
  const asked = ["?id=9", "?id=12", "", "?__proto__=1", "?constructor"];
  assertEqual(
    asked.map((search) => findTarget(TARGETS, search)),
    ["", "", "", "", ""],
  );
}
