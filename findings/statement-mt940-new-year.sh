#!/usr/bin/env bash
# Money booked on New Year's Eve is booked a year later, as three npm readers of MT940 have it.
#
# A good engineer would guess: the day of booking in an entry (field 61) has no year of its own, and a reader gives it the
#   one that brings it next to the value date, which has one.
# What happens: mt940js, mt940-js and swiftmessageparser take the year of the value date as it is. Booked on 31 December 2026
#   with value 2 January 2027 becomes 31 December 2027, and booked on 2 January 2027 with value 31 December becomes 2
#   January 2026. mt-940 (Python) has both right.
# Why it matters here: the day of booking decides whether a renewal was paid before the mailbox expired, which year's books
#   it belongs to, and whether two files tell of one payment. Many mailboxes expire on 31 December, and banks give such a
#   pair of days at every turn of the year; a test with days of November never sees it.
# Tried: mt940js 1.3.5, mt940-js 1.0.0 (with tslib 2.8.1, which it does not name), swiftmessageparser 1.2.1, mt-940 5.1.1, on
#   30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check mt-940==5.1.1 \
    && npm install --silent --no-audit --no-fund --prefix . mt940js@1.3.5 mt940-js@1.0.0 tslib@2.8.1 swiftmessageparser@1.2.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > one.sta <<'TXT'
:20:STATEMENT
:25:IT60X0542811101000000123456
:28C:1/1
:60F:C261231EUR100,00
:61:2701021231C36,48NTRFNONREF//REF1
:86:ORDINE R7K2M-4
:61:2612310102C42,58NTRFNONREF//REF2
:86:ORDINE K9P3T-2
:62F:C270102EUR179,06
-
TXT
cat > ask.py <<'PY'
import mt940
text = open("one.sta").read()
for entry in mt940.parse(text):
    print("mt-940", "value", entry.data["date"], "booked", entry.data["entry_date"])
PY
cat > ask.cjs <<'JS'
const raw = require('fs').readFileSync('one.sta'), text = raw.toString()
const day = value => typeof value === 'string' ? value.slice(0, 10) : value.toISOString().slice(0, 10)
const told = (name, entries, value) => entries.forEach(entry =>
  console.log(name, 'value', day(entry[value]), 'booked', day(entry.entryDate)))
told('mt940js', new (require('mt940js').Parser)().parse(text)[0].transactions, 'date')
told('swiftmessageparser', require('swiftmessageparser').parse({ type: 'mt940', data: text })[0].transactions, 'date')
require('mt940-js').read(raw).then(([statement]) => told('mt940-js', statement.transactions, 'valueDate'))
JS
echo "mt-940 5.1.1, mt940js 1.3.5, mt940-js 1.0.0, swiftmessageparser 1.2.1; field 61 says 2701021231, then 2612310102"
{ v/bin/python ask.py; TZ=UTC node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
mt-940 value 2027-01-02 booked 2026-12-31
mt-940 value 2026-12-31 booked 2027-01-02
mt940js value 2027-01-02 booked 2027-12-31
mt940js value 2026-12-31 booked 2026-01-02
swiftmessageparser value 2027-01-02 booked 2027-12-31
swiftmessageparser value 2026-12-31 booked 2026-01-02
mt940-js value 2027-01-02 booked 2027-12-31
mt940-js value 2026-12-31 booked 2026-01-02
TXT
cmp -s seen expected || { echo "CHANGED: the readers no longer give these days of booking the years described above."; exit 1; }
echo "As described: three readers take the year of the value date, and are a year off."
