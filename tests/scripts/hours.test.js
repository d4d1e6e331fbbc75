import { describeState, findState } from "../../templates/components/hours/hours.js";
import { assertEqual } from "./assert.js";

const DAY = 24 * 60;
const TEXTS = {
  open: "受付中",
  closed: "受付時間外",
  always: "いつでも",
  until: "{when}まで",
  from: "{when}から",
  hour: "{hour}時",
  minute: "{hour}時{minute:02}分",
  today: "きょう{time}",
  tomorrow: "あす{time}",
  later: "{month}月{day}日（{weekday}）{time}",
  weekdays: ["月", "火", "水", "木", "金", "土", "日"],
};
/** Open from Monday to Friday, 8:30 to 17:00; day 4 (1970-01-05) is a Monday. */
const SCHEDULE = {
  first: 4,
  last: 17,
  week: [[510, 1020], [510, 1020], [510, 1020], [510, 1020], [510, 1020], [], []],
  /** @type {[number[], number[]][]} */
  except: [[[], [9]]],
};

/** @param {number} minute */
function describe(minute) {
  return describeState(TEXTS, findState(SCHEDULE, minute), minute);
}

export function an_open_office_says_until_when() {
  assertEqual(describe(4 * DAY + 600), ["受付中", "17時まで"]);
}

export function a_closed_one_says_from_when() {
  assertEqual(describe(4 * DAY + 500), ["受付時間外", "きょう8時30分から"]);
  assertEqual(describe(4 * DAY + 1020), ["受付時間外", "あす8時30分から"]);
}

export function days_without_hours_are_passed_over() {
  assertEqual(describe(8 * DAY + 1030), ["受付時間外", "1月12日（月）8時30分から"]);
}

export function nothing_is_known_outside_the_schedule() {
  assertEqual([findState(SCHEDULE, 3 * DAY), findState(SCHEDULE, 18 * DAY)], [null, null]);
}
