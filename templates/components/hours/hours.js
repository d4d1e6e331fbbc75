// Writes beside a department's hours whether it is open now, and when that changes. Without this
// script there are the written hours; where something is missing or not known, nothing is written.

import { fillText, readTexts } from "../../foundation/texts.js";

/**
 * Opening hours by day; days are counted from 1970-01-01 in Japan, spans are minutes of a day.
 * @typedef {object} Schedule
 * @property {number} first
 * @property {number} last
 * @property {number[][]} week spans by weekday, from Monday
 * @property {[number[], number[]][]} except spans, and the days that have them instead
 */
/** @typedef {{isOpen: boolean, changes: number | undefined}} State */

const DAY = 24 * 60;
const MILLISECONDS = 60_000;
/** Japan is nine hours ahead of UTC all year; the device's own zone is never asked. */
const JAPAN_AHEAD = 9 * 60;
/** From this long on it counts as open all the time. */
const ALWAYS = 7 * DAY;

/** Minutes in Japan since 1970 began there. */
function readJapanMinute() {
  return Math.floor(Date.now() / MILLISECONDS) + JAPAN_AHEAD;
}

/**
 * Monday is 0; 1970-01-01 was a Thursday.
 * @param {number} day
 */
function findWeekday(day) {
  return (day + 3) % 7;
}

/**
 * The spans of a day, as [opens, closes, opens, …] in minutes of that day.
 * @param {Schedule} schedule
 * @param {number} day
 */
function listSpans({ week, except }, day) {
  const own = except.find(([, days]) => days.includes(day));
  return own ? own[0] : week[findWeekday(day)];
}

/**
 * The span at or after a minute, joined over midnights; undefined where the schedule has none.
 * @param {Schedule} schedule
 * @param {number} minute
 */
function findSpan(schedule, minute) {
  let span;
  for (let day = Math.floor(minute / DAY); day <= schedule.last; day += 1) {
    const spans = listSpans(schedule, day);
    for (let place = 0; place < spans.length; place += 2) {
      const opens = day * DAY + spans[place];
      const closes = day * DAY + spans[place + 1];
      if (span && opens > span.closes) {
        return span;
      }
      if (closes > minute) {
        span = { opens: span ? span.opens : opens, closes };
      }
    }
  }
  return span;
}

/**
 * Whether it is open at a minute of Japan, and the minute of the next change; `changes` is
 * undefined when that lies past the schedule, the whole answer when the minute itself does.
 * @param {Schedule} schedule
 * @param {number} minute
 * @returns {State | undefined}
 */
export function findState(schedule, minute) {
  const day = Math.floor(minute / DAY);
  if (day < schedule.first || day > schedule.last) {
    return undefined;
  }
  const span = findSpan(schedule, minute);
  const isOpen = span !== undefined && span.opens <= minute;
  const changes = isOpen ? span.closes : span?.opens;
  const isOverEnd = isOpen && changes === (schedule.last + 1) * DAY && changes - minute < ALWAYS;
  return { isOpen, changes: isOverEnd ? undefined : changes };
}

/**
 * A minute in words; the end of a day is its 24:00 when it `isEnd`.
 * @param {Record<string, any>} texts
 * @param {number} minute
 * @param {number} now
 * @param {boolean} isEnd
 */
function describeMinute(texts, minute, now, isEnd) {
  const day = Math.floor((isEnd ? minute - 1 : minute) / DAY);
  const within = minute - day * DAY;
  const rest = within % 60;
  const clock = { hour: Math.floor(within / 60), minute: rest };
  const time = fillText(rest ? texts.minute : texts.hour, clock);
  const ahead = day - Math.floor(now / DAY);
  if (ahead < 2) {
    const today = isEnd ? "{time}" : texts.today;
    return fillText(ahead ? texts.tomorrow : today, { time });
  }
  const date = new Date(day * DAY * MILLISECONDS);
  const weekday = texts.weekdays[findWeekday(day)];
  return fillText(texts.later, {
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday,
    time,
  });
}

/**
 * The state in two texts: a word, and until or from when.
 * @param {Record<string, any>} texts
 * @param {State} state
 * @param {number} now
 */
export function describeState(texts, { isOpen, changes }, now) {
  if (isOpen && changes - now >= ALWAYS) {
    return [texts.always, ""];
  }
  const word = isOpen ? texts.open : texts.closed;
  if (changes === undefined) {
    return [word, ""];
  }
  return [
    word,
    fillText(isOpen ? texts.until : texts.from, {
      when: describeMinute(texts, changes, now, isOpen),
    }),
  ];
}

/**
 * Writes the state, and again at the next change or midnight, for as long as the page is open.
 * @param {HTMLElement} place
 */
function connect(place) {
  const schedule = JSON.parse(place.dataset.hours);
  const texts = readTexts(place);
  const word = document.createElement("strong");
  const detail = document.createElement("span");
  word.className = "hours-now-word";
  place.replaceChildren(word, " ", detail);
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  const update = () => {
    clearTimeout(waiting);
    const now = readJapanMinute();
    const state = findState(schedule, now);
    place.hidden = !state;
    if (!state) {
      return;
    }
    [word.textContent, detail.textContent] = describeState(texts, state, now);
    place.dataset.state = state.isOpen ? "open" : "closed";
    const midnight = (Math.floor(now / DAY) + 1) * DAY; // きょう and あす change their meaning
    const next = Math.min(state.changes ?? midnight, midnight);
    waiting = setTimeout(update, (next - JAPAN_AHEAD) * MILLISECONDS - Date.now());
  };
  update();
  document.addEventListener("visibilitychange", update);
  addEventListener("pageshow", update);
}

for (const place of document.querySelectorAll("[data-hours]")) {
  connect(/** @type {HTMLElement} */ (place));
}
