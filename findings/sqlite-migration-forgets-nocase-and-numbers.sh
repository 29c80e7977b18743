#!/usr/bin/env bash
# Renaming a column by Alembic's batch mode on SQLite lets one address in twice, and gives a number out again.
#
# A good engineer would guess: batch mode makes the table anew as it was, but for the column that is to change. The
#   documentation says what it cannot see, constraints without a name; here each has one.
# What happens: COLLATE NOCASE of another column and AUTOINCREMENT of the key are gone, without an error or a warning.
#   Afterwards the unique constraint, which is still there, takes Studio@... and studio@... for two mailboxes, a search finds
#   only the one written in the same case, and the number of a deleted row goes to the next. compare_metadata, by which
#   alembic check judges, finds no difference before or after. Given the table as it was (copy_from), batch mode keeps both.
# Why it matters here: mail addresses are compared without case, and an order's number must never name another order. The
#   migration that takes both away is about something else, and is tried with rows that are all in lower case.
# Tried: Alembic 1.20.1 with SQLAlchemy 2.1.9, on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check alembic==1.20.1 SQLAlchemy==2.1.9; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import warnings
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint, create_engine, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

warnings.simplefilter("error")

def mailboxes(note):
    return Table(
        "mailbox", MetaData(),
        Column("id", Integer, primary_key=True), Column("address", String(80, collation="NOCASE"), nullable=False),
        Column(note, String(80)), UniqueConstraint("address", name="uq_address"), sqlite_autoincrement=True,
    )

def taken(connection, table, address):
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(address=address))
    except IntegrityError:
        return "refused"
    return "taken"

def played(name, migrated, **more):
    table = mailboxes("note")
    with create_engine("sqlite://").begin() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"address": "studio@pec.example.it"}, {"address": "ditta@pec.example.it"}])
        context = MigrationContext.configure(connection)
        if migrated:
            with Operations(context).batch_alter_table("mailbox", **more) as batch:
                batch.alter_column("note", new_column_name="remark")
            table = mailboxes("remark")
        found = connection.scalar(select(func.count()).where(table.c.address == "STUDIO@pec.example.it"))
        connection.execute(delete(table).where(table.c.id == 2))
        connection.execute(insert(table).values(address="altra@pec.example.it"))
        number = connection.scalar(select(func.max(table.c.id)))
        print(name, "found in capitals", found, "the same in capitals", taken(connection, table, "Studio@pec.example.it"),
              "number after the deleted 2 is", number, "differences", len(compare_metadata(context, table.metadata)), sep=" | ")

played("before", False)
played("after", True)
played("after, told", True, copy_from=mailboxes("note"))
PY
echo "Alembic 1.20.1, SQLAlchemy 2.1.9, SQLite $(v/bin/python -c 'import sqlite3; print(sqlite3.sqlite_version)')"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
before | found in capitals | 1 | the same in capitals | refused | number after the deleted 2 is | 3 | differences | 0
after | found in capitals | 0 | the same in capitals | taken | number after the deleted 2 is | 2 | differences | 0
after, told | found in capitals | 1 | the same in capitals | refused | number after the deleted 2 is | 3 | differences | 0
TXT
cmp -s seen expected || { echo "CHANGED: a column that is renamed in batch mode no longer changes the others as described above."; exit 1; }
echo "As described: after the renaming addresses differ by case, and numbers come again."
