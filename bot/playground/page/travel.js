// Travelling in time: the clock above a conversation, the way on to the next event, and the lines that leaps leave.

import { now } from "./clock.js";
import { el, icon } from "./dom.js";
import { store } from "./store.js";
import { words } from "./strings.js";
import { clockTime, dayKey, longDay, shortDay } from "./time.js";

/**
 * Draw the bar with the playground's time.
 *
 * @param {Object} chat the open chat
 * @param {{onNext: () => void}} actions
 */
export function timeBar(chat, actions) {
  const bar = el(
    "section",
    { class: "time-bar", "aria-label": words().clock, data: { testid: "time-bar" } },
    icon("clock"),
    el("div", { class: "time-words" }, el("p", { class: "time-now", data: { testid: "time-now" } }), el("p", { class: "time-what", data: { testid: "time-what" } })),
    el(
      "button",
      { type: "button", class: "time-next", "aria-label": words().nextEvent, title: words().nextEvent, data: { testid: "next-event" }, onclick: actions.onNext },
      el("span", { class: "time-next-long" }, words().nextEvent),
      el("span", { class: "time-next-short" }, words().nextEventShort),
      icon("forward"),
      el("span", { class: "time-spinner", "aria-hidden": "true" }),
    ),
  );
  showTime(bar, chat);
  return bar;
}

/** Let a bar show what time it is by now, what happened last, and whether somebody is on the way. */
export function showTime(bar, chat) {
  const moment = now();
  const [long, short, hour, what] = ["time-day-long", "time-day-short", "time-hour", "time-what"];
  bar.querySelector(".time-now").replaceChildren(
    el("span", { class: long }, longDay(moment)),
    el("span", { class: short }, shortDay(moment)),
    el("span", { class: hour }, clockTime(moment)),
  );
  const last = chat.leaps.at(-1);
  const today = last && dayKey(last.at) === dayKey(moment);
  bar.querySelector(`.${what}`).textContent = today ? happened(last) : "";
  const button = bar.querySelector(".time-next");
  if (store.travelling) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

/** What happened at the end of a leap, in a few words. */
export function happened(leap) {
  return leap.happenings.map((each) => words().happened(each)).join(" · ");
}

/** The line that a leap leaves in a conversation: it stands for the day too. */
export function leapLine(leap) {
  return el(
    "div",
    { class: "day leap", data: { day: dayKey(leap.at), testid: "leap" } },
    el("span", { class: "pill" }, el("span", {}, longDay(leap.at)), " · ", el("strong", {}, happened(leap))),
  );
}
