import { fillText, readTexts } from "../../templates/foundation/texts.js";
import { assertEqual } from "./assert.js";

export function every_place_of_a_text_gets_its_value() {
  const text = fillText("「{query}」の検索結果 {count}件、{count}", { query: "ごみ", count: 3 });
  assertEqual(text, "「ごみ」の検索結果 3件、3");
}

export function a_place_may_have_two_digits() {
  assertEqual(fillText("{hour}時{minute:02}分", { hour: 8, minute: 5 }), "8時05分");
}

export function a_value_is_not_taken_for_a_place_or_a_pattern() {
  assertEqual(fillText("{a}{b}", { a: "{b}$&", b: "x" }), "{b}$&x");
}

export function texts_come_from_the_element() {
  const part = document.createElement("p");
  part.dataset.texts = JSON.stringify({ none: '"なし" <b>' });
  assertEqual(readTexts(part), { none: '"なし" <b>' });
}
