"""Writing what a batch says other than the database: one statement for each table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, cast

from sqlalchemy import FromClause, Table, and_, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.tables import CustomerRow, HolderRow, MailboxRow
from bot.domain.reminders import first_look
from bot.services.importing.judging import ImportRow, MailboxValues
from bot.services.importing.measures import Measures
from bot.services.importing.stored import Stored, StoredCustomer, StoredHolder, holder_name, on_file

_LOCK: Final = 0x494D504F
"""The advisory lock of the imports on PostgreSQL."""
_REMINDED_BY: Final = ("expires_on", "auto_renew", "plan_id")
"""What of a mailbox decides when its reminders come."""
_VALUES: Final = tuple(each.name for each in fields(MailboxValues))
_values_of: Final = attrgetter(*_VALUES)


async def wait_for_other_imports(session: AsyncSession) -> None:
    """Let the batches of two imports follow each other: what one reads, the other has written or will read.

    SQLite has one writer anyway.
    """
    if _is_postgresql(session):
        await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def write(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored, measures: Measures
) -> None:
    """Write what differs of rows that do not contradict each other, and bring `stored` up to date."""
    await _write_customers(session, keys, rows, stored)
    await _write_holders(session, keys, rows, stored, measures.now)
    await _write_mailboxes(session, keys, rows, stored, measures)


async def _write_customers(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored
) -> None:
    named = {row.customer: row for row in rows}
    new = {code: row for code, row in named.items() if stored.customer_differs(row)}
    ids = await _upsert(
        session,
        CustomerRow.__table__,
        ["code"],
        [
            {
                "code": row.customer,
                "language": row.language,
                "reference_email": row.reference_email,
                "email_index": keys.index(row.reference_email),
            }
            for row in new.values()
        ],
    )
    for (code,), key in ids.items():
        row = new[code]
        stored.customers[code] = StoredCustomer(key, row.language, keys.index(row.reference_email))


async def _write_holders(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored, now: datetime
) -> None:
    named = {holder_name(row): row for row in rows}
    new = {
        (stored.customers[row.customer].id, keys.index(row.holder.identity)): row
        for row in named.values()
        if stored.holder_differs(row)
    }
    ids = await _upsert(
        session,
        HolderRow.__table__,
        ["customer_id", "identity_index"],
        [
            {
                "customer_id": customer_id,
                "identity_index": identity,
                "data": on_file(row),
                "updated_at": now,
            }
            for (customer_id, identity), row in new.items()
        ],
    )
    for (customer_id, identity), key in ids.items():
        row = new[customer_id, identity]
        stored.holders[holder_name(row)] = StoredHolder(key, on_file(row))


async def _write_mailboxes(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[ImportRow],
    stored: Stored,
    measures: Measures,
) -> None:
    """Write them; where nothing that decides about reminders changes, the day of the next one stays."""
    box = MailboxRow.__table__.c
    new = {keys.index(row.address): row for row in rows if stored.mailbox_differs(row)}
    ids = await _upsert(
        session,
        MailboxRow.__table__,
        ["address_index"],
        [
            {
                "customer_id": stored.customers[row.customer].id,
                "holder_id": stored.holders[holder_name(row)].id,
                "address": row.address,
                "address_index": index,
                "remind_on": first_look(row.mailbox, measures.catalogue, measures.today),
                "gone_on": None,  # who is named is there
                "gone_by": None,
                **dict(zip(_VALUES, _values_of(row.mailbox), strict=True)),
            }
            for index, row in new.items()
        ],
        lambda said: {
            "remind_on": case(
                (
                    and_(box.gone_on.is_(None), *(box[name] == said[name] for name in _REMINDED_BY)),
                    box.remind_on,
                ),
                else_=said["remind_on"],
            )
        },
    )
    stored.ids.update((new[index].address, key) for (index,), key in ids.items())


async def _upsert(
    session: AsyncSession,
    table: FromClause,
    key: Sequence[str],
    records: Sequence[Mapping[str, Any]],
    judged: Callable[[Any], Mapping[str, Any]] = lambda _: {},
) -> dict[tuple[Any, ...], int]:
    """Insert the records, or update those whose key is there already; the id of each by its key.

    `judged` makes, of a record's columns, those values of a row that was there which are not simply the record's.
    """
    if not records:
        return {}
    insert = postgresql.insert if _is_postgresql(session) else sqlite.insert
    statement = insert(cast("Table", table))
    changes = {name: statement.excluded[name] for name in records[0] if name not in key}
    changes |= judged(statement.excluded)
    upsert = statement.on_conflict_do_update(index_elements=key, set_=changes).returning(
        table.c.id, *(table.c[name] for name in key)
    )
    connection = await session.connection()
    return {tuple(named): made for made, *named in await connection.execute(upsert, list(records))}


def _is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
