import { runTimeSliced } from "../../search/client/scheduling.js";
import {
  foldReading,
  measureDistance,
  normalizeQuery,
  readRomaji,
} from "../../search/client/text.js";
import { assertEqual } from "./assert.js";

export function spellings_of_one_query_become_one() {
  assertEqual(["ＡＢｃ　１", " abc 1 "].map(normalizeQuery), ["abc 1", "abc 1"]);
}

export function romaji_is_read_as_kana_or_not_at_all() {
  assertEqual(["juminhyo", "gomi", "xyz"].map(readRomaji), ["じゅみんひょ", "ごみ", ""]);
}

export function readings_that_sound_alike_fold_to_one() {
  assertEqual(foldReading("じゅうみんひょう"), foldReading("じゅみんひょ"));
}

export function a_distance_above_the_limit_is_the_limit_and_one() {
  assertEqual(
    [
      measureDistance("ごみ", "ごみ", 2),
      measureDistance("ごみ", "みご", 2),
      measureDistance("あ", "いうえお", 2),
    ],
    [0, 1, 3],
  );
}

export async function time_sliced_work_gives_what_it_returns() {
  /** @returns {Generator<void, number>} */
  function* count() {
    let sum = 0;
    for (let number = 1; number <= 1000; number += 1) {
      sum += number;
      yield;
    }
    return sum;
  }
  assertEqual(await runTimeSliced(count()), 500500);
}
