"""Writing what a batch says other than the database: one statement for each table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.among import is_among
from bot.db.base import table_of
from bot.db.keys import KeyRing
from bot.db.many import Upserts
from bot.db.tables import CustomerRow, HolderRow, MailboxRow
from bot.domain.mailboxes import Expiring
from bot.domain.reminders import first_look
from bot.services.importing.judging import ImportRow, MailboxValues
from bot.services.importing.measures import Measures
from bot.services.importing.stored import Stored, StoredCustomer, StoredHolder, holder_name, on_file

_REMINDED_BY: Final = ("expires_on", "auto_renew", "plan_id")
"""What of a mailbox decides when its reminders come."""
_VALUES: Final = MailboxValues._fields


async def write(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored, measures: Measures
) -> None:
    """Write what differs of rows that do not contradict each other, and bring `stored` up to date."""
    await _write_customers(session, keys, rows, stored)
    await _write_holders(session, keys, rows, stored, measures.now)
    await _write_mailboxes(session, rows, stored, measures)


async def ids_of(session: AsyncSession, stored: Stored, addresses: Collection[str]) -> dict[str, int]:
    """The ids of mailboxes that are written, by their addresses, which are those of the batch."""
    by_index = {stored.indexes[address]: address for address in addresses}
    if not by_index:
        return {}
    box = table_of(MailboxRow).c
    found = await _found(session, (box.address_index, box.id), is_among(session, box.address_index, by_index))
    return {by_index[index]: key for index, key in found}


async def _write_customers(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored
) -> None:
    named = {row.customer: row for row in rows}
    changed = {code: row for code, row in named.items() if stored.customer_differs(row)}
    said = {
        code: (row.language, row.reference_email, keys.index(row.reference_email))
        for code, row in changed.items()
    }
    await _CUSTOMERS.write(session, ((code, *each) for code, each in said.items()))
    known = {code: each.id for code, each in stored.customers.items()}
    if new := said.keys() - known.keys():
        customer = table_of(CustomerRow).c
        of_these = is_among(session, customer.code, new)
        found = await _found(session, (customer.code, customer.id), of_these)
        known |= dict(map(tuple, found))
    for code, (language, _, index) in said.items():
        stored.customers[code] = StoredCustomer(known[code], language, index)


async def _write_holders(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored, now: datetime
) -> None:
    named = {holder_name(row): row for row in rows}
    changed = {
        (stored.customers[row.customer].id, keys.index(row.holder.identity)): row
        for row in named.values()
        if stored.holder_differs(row)
    }
    await _HOLDERS.write(session, ((*key, on_file(row), now) for key, row in changed.items()))
    known = {key: each.id for key, row in changed.items() if (each := stored.holder_of(row)) is not None}
    if new := changed.keys() - known.keys():
        holder = table_of(HolderRow).c
        of_these = is_among(session, holder.customer_id, {customer_id for customer_id, _ in new})
        found = await _found(session, (holder.customer_id, holder.identity_index, holder.id), of_these)
        known.update({(customer_id, index): key for customer_id, index, key in found})
    for key, row in changed.items():
        stored.holders[holder_name(row)] = StoredHolder(known[key], on_file(row))


async def _write_mailboxes(
    session: AsyncSession,
    rows: Sequence[ImportRow],
    stored: Stored,
    measures: Measures,
) -> None:
    """Write them; where nothing that decides about reminders changes, the day of the next one stays."""
    catalogue, today = measures.catalogue, measures.today

    @cache
    def look(plan_id: str, expires_on: date) -> date | None:
        return first_look(Expiring(plan_id, expires_on), catalogue, today)

    await _MAILBOXES.write(
        session,
        (
            (
                stored.indexes[row.address],
                stored.customers[row.customer].id,
                stored.holders[holder_name(row)].id,
                row.address,
                look(row.mailbox.plan_id, row.mailbox.expires_on),
                *row.mailbox,
            )
            for row in rows
            if stored.mailbox_differs(row)
        ),
    )


def _known_already(said: Any) -> Mapping[str, Any]:
    """Of a mailbox that is there: the day stays where nothing decides otherwise, and who is named is not gone."""
    box = table_of(MailboxRow).c
    same = and_(box.gone_on.is_(None), *(box[name] == said[name] for name in _REMINDED_BY))
    return {
        "remind_on": case((same, box.remind_on), else_=said["remind_on"]),
        "gone_on": null(),
        "gone_by": null(),
    }


_CUSTOMERS: Final = Upserts(CustomerRow, ["code"], ["language", "reference_email", "email_index"])
_HOLDERS: Final = Upserts(HolderRow, ["customer_id", "identity_index"], ["data", "updated_at"])
_MAILBOXES: Final = Upserts(
    MailboxRow,
    ["address_index"],
    ["customer_id", "holder_id", "address", "remind_on", *_VALUES],
    _known_already,
)


async def _found(
    session: AsyncSession, columns: Sequence[ColumnElement[Any]], condition: ColumnElement[bool]
) -> Sequence[Any]:
    connection = await session.connection()
    return (await connection.execute(select(*columns).where(condition))).all()
