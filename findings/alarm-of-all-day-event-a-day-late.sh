#!/usr/bin/env bash
# "Seven days before, at nine": ical.js adds it to an all-day event and comes out a day late.
#
# A good engineer would guess: an alarm of an all-day event that is written as days and hours (-P6DT15H counts from
#   the event's midnight to nine in the morning seven days before) falls on the same day in every library.
# What happens: a date in ical.js has no hours, and adding a duration to it adds the six days and drops the fifteen
#   hours: 23 March instead of 22. icalendar (Python) says 22 March at nine. A whole number of days agrees, and so
#   does ical.js once the start is made a time of day (isDate = false) before adding.
# Why it matters here: Python writes a week less nine hours in exactly this form, and deadlines are all-day events.
#   With one day before (-PT15H), the alarm comes on the last day itself.
# Tried: icalendar 7.3.2, ical.js 2.2.1, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check icalendar==7.3.2 \
    && npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > make.py <<'PY'
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from icalendar import Alarm, Calendar, Event
calendar, event = Calendar(), Event()
calendar.add("prodid", "-//Example//Calendar//EN")
calendar.add("version", "2.0")
event.add("uid", "one@example.com")
event.add("dtstamp", datetime(2026, 1, 1, tzinfo=timezone.utc))
event.add("dtstart", date(2026, 3, 29))
for before in (timedelta(hours=9) - timedelta(days=7), timedelta(hours=9) - timedelta(days=1), -timedelta(days=7)):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "PEC expires")
    alarm.add("trigger", before)
    event.add_component(alarm)
calendar.add_component(event)
Path("one.ics").write_bytes(calendar.to_ical())
read = Calendar.from_ical(Path("one.ics").read_bytes()).walk("VEVENT")[0]
print("icalendar", *sorted(each.trigger.isoformat() for each in read.alarms.times))
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import ICAL from 'ical.js'
const event = new ICAL.Component(ICAL.parse(fs.readFileSync('one.ics', 'utf8'))).getFirstSubcomponent('vevent')
const rings = asTime => event.getAllSubcomponents('valarm').map(alarm => {
  const start = event.getFirstPropertyValue('dtstart').clone()
  if (asTime) start.isDate = false
  start.addDuration(alarm.getFirstPropertyValue('trigger'))
  return start.toString()
}).sort()
console.log('written', ...event.getAllSubcomponents('valarm').map(alarm => alarm.getFirstPropertyValue('trigger').toString()))
console.log('ical.js', ...rings(false))
console.log('ical.js, start as a time', ...rings(true))
JS
echo "icalendar 7.3.2, ical.js 2.2.1; the event is on 2026-03-29"
{ v/bin/python make.py; node ask.mjs; } | tee seen || true
cat > expected <<'TXT'
icalendar 2026-03-22 2026-03-22T09:00:00 2026-03-28T09:00:00
written -P6DT15H -PT15H -P7D
ical.js 2026-03-22 2026-03-23 2026-03-29
ical.js, start as a time 2026-03-22T00:00:00 2026-03-22T09:00:00 2026-03-28T09:00:00
TXT
cmp -s seen expected || { echo "CHANGED: the two libraries no longer place these alarms as described above."; exit 1; }
echo "As described: hours are dropped from a date, and the alarm comes a day late."
