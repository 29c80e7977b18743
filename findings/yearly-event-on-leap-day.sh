#!/usr/bin/env bash
# A yearly event on 29 February is on 1 March in one calendar library, and in leap years only in another.
#
# A good engineer would guess: a plain FREQ=YEARLY on 29 February means one thing to every calendar; perhaps the last
#   day of February, as contracts count.
# What happens: ical.js puts it on 1 March of each common year. recurring-ical-events, on python-dateutil, leaves
#   common years out, as RFC 5545 says of dates that do not exist: the next one is four years on. Neither says 28
#   February. A rule for the last day of February (BYMONTH=2;BYMONTHDAY=-1) is the same in both.
# Why it matters here: a mailbox that was bought on a 29 February expires on 28 February of common years. An expiry
#   that is given out as a repeating event would be shown a day late, or not at all for three years. One event for
#   each expiry, without a rule, is the safe form.
# Tried: ical.js 2.2.1, recurring-ical-events 3.8.2 with icalendar 7.3.2 and python-dateutil 2.9.0.post0, on 29
#   November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check recurring-ical-events==3.8.2 icalendar==7.3.2 python-dateutil==2.9.0.post0 \
    && npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

for rule in "FREQ=YEARLY" "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"; do
    printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//Example//Calendar//EN BEGIN:VEVENT UID:one@example.com \
        DTSTAMP:20240101T000000Z "DTSTART;VALUE=DATE:20240229" "RRULE:$rule" "SUMMARY:PEC expires" END:VEVENT \
        END:VCALENDAR > "$rule.ics"
done
cat > ask.py <<'PY'
import sys
from datetime import date
from pathlib import Path
import recurring_ical_events
from icalendar import Calendar
calendar = Calendar.from_ical(Path(sys.argv[1]).read_bytes())
events = recurring_ical_events.of(calendar).between(date(2024, 1, 1), date(2029, 1, 1))
print("recurring-ical-events", sys.argv[1], *(event["DTSTART"].dt for event in events))
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import ICAL from 'ical.js'
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], 'utf8')))
const days = [], next = new ICAL.Event(calendar.getFirstSubcomponent('vevent')).iterator()
for (let day = next.next(); day.year < 2029; day = next.next()) days.push(day.toString())
console.log('ical.js', process.argv[2], ...days)
JS
echo "ical.js 2.2.1, recurring-ical-events 3.8.2, icalendar 7.3.2, python-dateutil 2.9.0.post0"
for rule in "FREQ=YEARLY" "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"; do
    node ask.mjs "$rule.ics"
    v/bin/python ask.py "$rule.ics"
done | tee seen || true
cat > expected <<'TXT'
ical.js FREQ=YEARLY.ics 2024-02-29 2025-03-01 2026-03-01 2027-03-01 2028-02-29
recurring-ical-events FREQ=YEARLY.ics 2024-02-29 2028-02-29
ical.js FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1.ics 2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29
recurring-ical-events FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1.ics 2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29
TXT
cmp -s seen expected || { echo "CHANGED: the two libraries no longer repeat 29 February as described above."; exit 1; }
echo "As described: 1 March in one, leap years only in the other, 28 February in neither."
