"""Rows of customers that were deleted: a file does not bring them back by itself (docs/decisions/042).

The file is the operator's archive, which may have reasons of its own to know them still. So the row is left out and
named, and the operator says by a command where a customer has come back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.among import is_among
from bot.db.keys import KeyRing
from bot.db.tables import ForgottenRow
from bot.domain.leaving import name_of_customer, name_of_mailbox
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, forgotten
from bot.services.importing.judging import JudgedRow

_STANDS: Final = ForgottenRow.readmitted_on.is_(None)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Who of a batch was deleted, and when: customers by their codes, mailboxes by their addresses."""

    customers: Mapping[str, date]
    mailboxes: Mapping[str, date]

    def found(self, row: JudgedRow) -> list[Finding]:
        """What is to be said of a row that is left out; nothing of any other."""
        code, address = row.customer or "", row.address or ""
        if code in self.customers:
            column, name, of, on = Column.CUSTOMER, code, "the customer", self.customers[code]
        elif address in self.mailboxes:
            of, on = "the customer of this mailbox", self.mailboxes[address]
            column, name = Column.ADDRESS, address
        else:
            return []
        reason = (
            f"is left out: everything of {of} was deleted on {on}, on request. Take it out of the file; if it came "
            f"back and knows that, `people readmit {name}` first"
        )
        return [forgotten(row.line, column, name, reason)]


NOBODY: Final = Forgotten({}, {})


async def forgotten_among(session: AsyncSession, keys: KeyRing, rows: Sequence[JudgedRow]) -> Forgotten:
    """Who of these rows was deleted, and was not let in again."""
    if await session.scalar(select(ForgottenRow.customer_id).where(_STANDS).limit(1)) is None:
        return NOBODY
    codes = {keys.index(name_of_customer(row.customer)): row.customer for row in rows if row.customer}
    addresses = {keys.index(name_of_mailbox(row.address)): row.address for row in rows if row.address}
    known = await session.execute(
        select(ForgottenRow.name_index, ForgottenRow.forgotten_on).where(
            is_among(session, ForgottenRow.name_index, {*codes, *addresses}), _STANDS
        )
    )
    found = {row.name_index: row.forgotten_on for row in known}
    return Forgotten(
        {codes[index]: on for index, on in found.items() if index in codes},
        {addresses[index]: on for index, on in found.items() if index in addresses},
    )
