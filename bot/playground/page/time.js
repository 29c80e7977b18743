// Moments as a messenger shows them. The Bot API counts seconds; days are those of the playground's clock.

import { now, zone } from "./clock.js";
import { words } from "./strings.js";

const DAY_MS = 86_400_000;
const formats = new Map();

function formatted(seconds, options, locale = words().locale) {
  const key = JSON.stringify([locale, zone(), options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: zone() }));
  return formats.get(key).format(seconds * 1000);
}

/** "10:42" */
export function clockTime(seconds) {
  return formatted(seconds, { hour: "2-digit", minute: "2-digit" });
}

/** The day as a key to group by: "2026-11-23". */
export function dayKey(seconds) {
  return formatted(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
}

/** "Today", "Yesterday", "23 November", "23 November 2025" */
export function dayName(seconds) {
  const day = dayKey(seconds);
  const today = dayKey(now());
  if (day === today) return words().today;
  if (day === dayBefore(today)) return words().yesterday;
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : "numeric";
  return formatted(seconds, { day: "numeric", month: "long", year });
}

/** "Saturday 12 December 2026" */
export function longDay(seconds) {
  return withoutComma(formatted(seconds, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
}

/** "Sat 12 Dec 2026" */
export function shortDay(seconds) {
  return withoutComma(formatted(seconds, { weekday: "short", day: "numeric", month: "short", year: "numeric" }));
}

/** In the list: the time today, else the short date. */
export function listTime(seconds) {
  if (dayKey(seconds) === dayKey(now())) return clockTime(seconds);
  return formatted(seconds, { day: "2-digit", month: "2-digit" });
}

function dayBefore(key) {
  return new Date(Date.parse(key) - DAY_MS).toISOString().slice(0, 10);
}

function withoutComma(text) {
  return text.replace(",", "");
}
