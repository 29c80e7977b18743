#!/usr/bin/env bash
# SQLAlchemy on SQLite: the days from today to an expiry are the difference of the two years.
#
# A good engineer would guess: expires_on - today, with both sides of type Date, is a number of days or a timedelta; or
#   else the dialect that cannot subtract dates says so.
# What happens: SQLite keeps a date as text and subtracts the numbers with which the texts begin, the years. Every expiry of
#   this year is 0 days away, one of next year 1. SQLAlchemy promises an Integer for the expression, and hands it over without
#   an error or a warning. The same expression on PostgreSQL is 14, 45 and 382. So a condition "within 30 days" finds every
#   mailbox there is.
# Why it matters here: "who expires within 30 days" is the first query of a bot that reminds, and SQLite is where it is
#   tried: in November a test with an expiry in December passes. Compared as days (expires_on <= today + 30 days, the sum
#   made in Python) both databases find the same.
# Tried: SQLAlchemy 2.1.9 with the SQLite of Python, and its PostgreSQL statement in PGlite 0.5.14 (PostgreSQL 18), on 30
#   November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check SQLAlchemy==2.1.9 \
    && npm install --silent --no-audit --no-fund --prefix . @electric-sql/pglite@0.5.14 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import json
import warnings
from datetime import date, timedelta
from sqlalchemy import Column, Date, Integer, MetaData, Table, create_engine, insert, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

warnings.simplefilter("error")
TODAY = date(2026, 11, 30)
EXPIRIES = (date(2026, 12, 14), date(2027, 1, 14), date(2027, 12, 17))
mailbox = Table("mailbox", MetaData(), Column("id", Integer, primary_key=True), Column("expires_on", Date))
left = mailbox.c.expires_on - literal(TODAY, Date)
filled = insert(mailbox).values([{"id": number, "expires_on": day} for number, day in enumerate(EXPIRIES, 1)])
QUERIES = {
    "days left": select(left).order_by(mailbox.c.id),
    "within 30 days, subtracted": select(mailbox.c.id).where(left <= 30).order_by(mailbox.c.id),
    "within 30 days, compared": select(mailbox.c.id).where(mailbox.c.expires_on <= TODAY + timedelta(days=30)),
}
print("Python:", *((day - TODAY).days for day in EXPIRIES))
print("type for SQLAlchemy:", type(left.type).__name__)
with create_engine("sqlite://").begin() as connection:
    connection.execute(CreateTable(mailbox))
    connection.execute(filled)
    for name, query in QUERIES.items():
        print(f"SQLite, {name}:", *connection.execute(query).scalars())

def of_postgresql(statement):
    return str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))

made = [str(CreateTable(mailbox).compile(dialect=postgresql.dialect())), of_postgresql(filled)]
with open("queries.json", "w") as file:
    json.dump([made, {name: of_postgresql(query) for name, query in QUERIES.items()}], file)
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
const [made, queries] = JSON.parse(fs.readFileSync('queries.json', 'utf8'))
const database = await PGlite.create()
for (const statement of made) await database.exec(statement)
for (const [name, query] of Object.entries(queries))
  console.log(`PostgreSQL, ${name}:`, ...(await database.query(query, [], { rowMode: 'array' })).rows.flat())
await database.close()
JS
echo "SQLAlchemy 2.1.9, PGlite 0.5.14; today is 2026-11-30, expiries are 2026-12-14, 2027-01-14 and 2027-12-17"
{ v/bin/python ask.py; node ask.mjs; } | tee seen || true
cat > expected <<'TXT'
Python: 14 45 382
type for SQLAlchemy: Integer
SQLite, days left: 0 1 1
SQLite, within 30 days, subtracted: 1 2 3
SQLite, within 30 days, compared: 1
PostgreSQL, days left: 14 45 382
PostgreSQL, within 30 days, subtracted: 1
PostgreSQL, within 30 days, compared: 1
TXT
cmp -s seen expected || { echo "CHANGED: the two databases no longer subtract dates as described above."; exit 1; }
echo "As described: on SQLite the difference of two dates is that of their years."
