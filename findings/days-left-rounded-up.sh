#!/usr/bin/env bash
# Babel says "two weeks" of twelve days, and "one month" of twenty-six.
#
# A good engineer would guess: format_timedelta says the largest unit that fits in whole, as ten days are "one week",
#   so that nobody is promised time that is not there.
# What happens: a unit is taken from 85 % of it on, and then rounded: six days are "1 settimana", eleven are "2
#   settimane", twenty-six are "1 mese", and 311 are "1 anno". Asking for days (granularity="day") changes nothing,
#   since that is a lower bound; only a threshold above any number of days says "12 giorni".
# Why it matters here: a reminder that says how long a mailbox still lives would promise up to seven weeks too much.
#   Days are counted and written as days.
# Tried: Babel 2.18.0, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check babel==2.18.0; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from datetime import timedelta
from babel.dates import format_timedelta
for days in (5, 6, 10, 11, 12, 25, 26, 44, 46, 310, 311):
    left = timedelta(days=days)
    print(days, format_timedelta(left, locale="it"), format_timedelta(left, granularity="day", locale="it"),
          format_timedelta(left, granularity="day", threshold=1000, locale="it"), sep="|")
PY
echo "Babel 2.18.0: days left | said | with granularity='day' | with threshold=1000 as well"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
5|5 giorni|5 giorni|5 giorni
6|1 settimana|1 settimana|6 giorni
10|1 settimana|1 settimana|10 giorni
11|2 settimane|2 settimane|11 giorni
12|2 settimane|2 settimane|12 giorni
25|4 settimane|4 settimane|25 giorni
26|1 mese|1 mese|26 giorni
44|1 mese|1 mese|44 giorni
46|2 mesi|2 mesi|46 giorni
310|10 mesi|10 mesi|310 giorni
311|1 anno|1 anno|311 giorni
TXT
cmp -s seen expected || { echo "CHANGED: Babel no longer words these spans as described above."; exit 1; }
echo "As described: less than a unit is said as the whole unit."
