#!/usr/bin/env bash
# icalendar writes an alarm at an instant without saying that it is one, and ical.js cannot read it.
#
# A good engineer would guess: alarm.add("trigger", an aware datetime), or alarm.TRIGGER = it, writes what RFC 5545
#   asks for, TRIGGER;VALUE=DATE-TIME:..., as the library does for other properties whose type is not the default.
# What happens: it writes TRIGGER:20270103T080000Z, and reads that back as the instant, so that a round trip shows
#   nothing. The default type of TRIGGER is a duration: ical.js refuses the value with an error. With
#   parameters={"VALUE": "DATE-TIME"} both agree.
# Why it matters here: an alarm at an instant is the way round calendars that lose the hours of a span before an
#   all-day event, and a deadline that does not ring is a deadline missed.
# Tried: icalendar 7.3.2, ical.js 2.2.1, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check icalendar==7.3.2 \
    && npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > make.py <<'PY'
from datetime import date, datetime, timezone
from importlib.metadata import version
from pathlib import Path
from icalendar import Alarm, Calendar, Event

AT = datetime(2027, 1, 3, 8, tzinfo=timezone.utc)

def written(name, **more):
    calendar, event, alarm = Calendar(), Event(), Alarm()
    calendar.add("prodid", "-//Example//Calendar//EN")
    calendar.add("version", "2.0")
    event.add("uid", "one@example.com")
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=timezone.utc))
    event.add("dtstart", date(2027, 2, 2))
    alarm.add("action", "DISPLAY")
    alarm.add("description", "PEC expires")
    alarm.add("trigger", AT, **more)
    event.add_component(alarm)
    calendar.add_component(event)
    Path(name).write_bytes(calendar.to_ical())
    line = next(each for each in calendar.to_ical().decode().splitlines() if each.startswith("TRIGGER"))
    back = Calendar.from_ical(calendar.to_ical()).walk("VALARM")[0]
    print("icalendar", line, "read-back-equal" if back.TRIGGER == AT else "read-back-differs")

print("versions: icalendar", version("icalendar"))
written("plain.ics")
written("typed.ics", parameters={"VALUE": "DATE-TIME"})
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
for (const name of ["plain.ics", "typed.ics"]) {
  try {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(name, "utf8")));
    const alarm = calendar.getFirstSubcomponent("vevent").getFirstSubcomponent("valarm");
    console.log("ical.js", name, String(alarm.getFirstPropertyValue("trigger")));
  } catch (error) {
    console.log("ical.js", name, "refused");
  }
}
JS
{ v/bin/python make.py; node read.mjs; } | tee seen.txt
cat > expected.txt <<'TEXT'
versions: icalendar 7.3.2
icalendar TRIGGER:20270103T080000Z read-back-equal
icalendar TRIGGER;VALUE=DATE-TIME:20270103T080000Z read-back-equal
ical.js plain.ics refused
ical.js typed.ics 2027-01-03T08:00:00Z
TEXT
if diff expected.txt seen.txt; then
    echo "As stated: the type of an alarm at an instant has to be written by hand."
else
    echo "This has changed: see the lines above."
    exit 1
fi
