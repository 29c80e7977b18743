#!/usr/bin/env bash
# Monday 4 October 2027 is a public holiday in Italy for two calendar libraries of three.
#
# A good engineer would guess: any well-known library of public holidays knows Italy's, so that one may be checked
#   with another.
# What happens: San Francesco d'Assisi is a national holiday again since 2026. holidays (Python) and date-holidays
#   (npm) have it, from 2026 and not before; workalendar, in its newest version, does not, and calls the day a working
#   day. A transfer that is made on Friday 1 October and takes one working day thus arrives on Monday by one, on
#   Tuesday by the others. In 2026 the day is a Sunday, so that no test of this year shows it.
# Why it matters here: the date by which a payment is registered is promised to customers, and after it a mailbox is
#   off.
# Tried: holidays 0.109, workalendar 17.0.0, date-holidays 3.37.0, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check holidays==0.109 workalendar==17.0.0 \
    && npm install --silent --no-audit --no-fund --prefix . date-holidays@3.37.0 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from datetime import date
import holidays
from workalendar.europe import Italy
for year in (2025, 2026, 2027):
    day = date(year, 10, 4)
    print("holidays", year, day in holidays.country_holidays("IT", years=year))
    print("workalendar", year, Italy().is_holiday(day))
print("workalendar", "Friday 1 October 2027 and one working day", Italy().add_working_days(date(2027, 10, 1), 1))
PY
cat > ask.cjs <<'JS'
const Holidays = require('date-holidays'), italy = new Holidays('IT')
for (const year of [2025, 2026, 2027])
  console.log('date-holidays', year, italy.getHolidays(year).some(each => each.type === 'public' && each.date.startsWith(`${year}-10-04`)))
JS
echo "holidays 0.109, workalendar 17.0.0, date-holidays 3.37.0: is 4 October a public holiday?"
{ v/bin/python ask.py; node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
holidays 2025 False
workalendar 2025 False
holidays 2026 True
workalendar 2026 False
holidays 2027 True
workalendar 2027 False
workalendar Friday 1 October 2027 and one working day 2027-10-04
date-holidays 2025 false
date-holidays 2026 true
date-holidays 2027 true
TXT
cmp -s seen expected || { echo "CHANGED: the three calendars no longer differ about 4 October as described above."; exit 1; }
echo "As described: one of the three works on San Francesco."
