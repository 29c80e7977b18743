// What time it is here: the playground's own where somebody may travel in time, the browser's elsewhere.

let ahead = 0;
let place;

/** Take over the playground's clock, `{now, zone}`: milliseconds, and the name of a time zone; null for none. */
export function setClock(clock) {
  ahead = clock ? clock.now - Date.now() : 0;
  place = clock?.zone;
}

/** The present moment in seconds, as the Bot API counts them. */
export function now() {
  return (Date.now() + ahead) / 1000;
}

/** The time zone in which moments are shown; undefined for the browser's own. */
export function zone() {
  return place;
}
