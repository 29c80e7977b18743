// Moments as a messenger shows them. The Bot API counts seconds.

import { words } from "./strings.js";

/** "10:42" */
export function clockTime(seconds) {
  return new Intl.DateTimeFormat(words().locale, { hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
}

/** The day as a key to group by. */
export function dayKey(seconds) {
  return new Date(seconds * 1000).toDateString();
}

/** "Today", "Yesterday", "23 November", "23 November 2025" */
export function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return words().today;
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return words().yesterday;
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(words().locale, { day: "numeric", month: "long", year }).format(date);
}

/** In the list: the time today, else the short date. */
export function listTime(seconds) {
  if (dayKey(seconds) === new Date().toDateString()) return clockTime(seconds);
  return new Intl.DateTimeFormat(words().locale, { day: "2-digit", month: "2-digit" }).format(seconds * 1000);
}
