"""Writing what a batch says other than the database: one statement for each table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, and_, case, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import table_of
from bot.db.keys import KeyRing
from bot.db.lookups import Condition, Lookup
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
    return {by_index[index]: key for index, key in await _MAILBOX_IDS.rows(session, addresses=by_index)}


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
        known |= dict(await _CUSTOMER_IDS.rows(session, codes=new))
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
        found = await _HOLDER_IDS.rows(session, customers={customer_id for customer_id, _ in new})
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


def _mailbox_ids(among: Condition) -> Select[Any]:
    box = table_of(MailboxRow).c
    return select(box.address_index, box.id).where(among(box.address_index, "addresses"))


def _customer_ids(among: Condition) -> Select[Any]:
    customer = table_of(CustomerRow).c
    return select(customer.code, customer.id).where(among(customer.code, "codes"))


def _holder_ids(among: Condition) -> Select[Any]:
    holder = table_of(HolderRow).c
    return select(holder.customer_id, holder.identity_index, holder.id).where(
        among(holder.customer_id, "customers")
    )


_MAILBOX_IDS: Final = Lookup(_mailbox_ids)
_CUSTOMER_IDS: Final = Lookup(_customer_ids)
_HOLDER_IDS: Final = Lookup(_holder_ids)
