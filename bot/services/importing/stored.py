"""What the database holds about the rows of a batch: one query for each thing it asks."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import LargeBinary, Select, and_, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.base import table_of
from bot.db.keys import KeyRing
from bot.db.lookups import Condition, Lookup
from bot.db.tables import CustomerRow, HolderRow, MailboxRow, OrderItemRow, OrderRow
from bot.domain.orders import OrderStatus
from bot.domain.paid import PaidRenewal, Sight, not_caught_up, sight_of
from bot.domain.withdrawal import asked_on
from bot.services.held import Hold, Holds, Subject, held_of
from bot.services.importing.forgotten import NOBODY, Forgotten, forgotten_among
from bot.services.importing.judging import ImportRow, JudgedRow, MailboxValues
from bot.services.importing.measures import Measures
from bot.services.payments.ledger import paid_for


class StoredCustomer(NamedTuple):
    """A customer as the database has it; of the reference e-mail it is the blind index, which is enough to compare."""

    id: int
    language: str
    email_index: bytes


class StoredHolder(NamedTuple):
    """A holder as the database has it; `data` is `Registrant.to_json()`."""

    id: int
    data: Mapping[str, Any]


class StoredMailbox(NamedTuple):
    """A mailbox as the database has it; `customer` is the code of its owner, `gone_on` the day it was marked gone."""

    id: int
    customer: str
    holder_id: int
    gone_on: date | None
    values: MailboxValues


@dataclass(slots=True)
class Stored:
    """A batch in the database: customers by code, holders by customer's code and identity, mailboxes by address.

    `keys` make the blind indexes by which values are compared, `indexes` are those of the addresses. `renewals` are
    those that a file has still to show, and all of the mailboxes whose expiry the batch would move back, `holds` what
    customers set themselves, `forgotten` who was deleted: their rows are left out.
    """

    keys: KeyRing
    customers: dict[str, StoredCustomer]
    holders: dict[tuple[str, str], StoredHolder]
    mailboxes: dict[str, StoredMailbox]
    indexes: Mapping[str, bytes] = field(default_factory=dict)
    renewals: dict[int, list[PaidRenewal]] = field(default_factory=dict)
    holds: Holds = field(default_factory=dict)
    forgotten: Forgotten = NOBODY

    def holder_of(self, row: ImportRow) -> StoredHolder | None:
        """The row's holder, where the database knows it."""
        return self.holders.get(holder_name(row))

    def held(self, subject: Subject, subject_id: int | None) -> Mapping[str, Hold]:
        """What is held of something in the database, by field; nothing of what is new."""
        return {} if subject_id is None else self.holds.get((subject, subject_id), {})

    def newer_renewal(self, row: ImportRow) -> PaidRenewal | None:
        """The renewal that the row has not caught up with: the file is older than its payment."""
        stored = self.mailboxes.get(row.address)
        if stored is None:
            return None
        said, has = row.mailbox.expires_on, stored.values.expires_on
        return not_caught_up(self.renewals.get(stored.id, ()), said, has)

    def sight(self, renewal: PaidRenewal, row: ImportRow, measures: Measures) -> Sight:
        """What the row says of a renewal of its mailbox, which is in the database (DOMAIN.md 5).

        Where the file has not caught up with an earlier renewal either, this one waits behind it.
        """
        sight = sight_of(
            renewal,
            row.mailbox.expires_on,
            self.mailboxes[row.address].values.expires_on,
            measures.today,
            measures.catalogue.rules.provider_days,
        )
        behind = sight is Sight.MOOT and renewal.holds and self.newer_renewal(row) is not None
        return Sight.AWAITED if behind else sight

    def with_renewal(self, row: ImportRow) -> ImportRow:
        """The row with what a renewal made of its mailbox, and with the usage of the file."""
        said = row.mailbox
        values = self.mailboxes[row.address].values._replace(
            used_mailbox_milli_gb=said.used_mailbox_milli_gb,
            used_archive_milli_gb=said.used_archive_milli_gb,
            usage_at=said.usage_at,
        )
        return row._replace(mailbox=values)

    def customer_differs(self, row: ImportRow) -> bool:
        """Whether the row's customer is new or says other than the database."""
        stored = self.customers.get(row.customer)
        return (
            stored is None
            or stored.language != row.language
            or stored.email_index != self.keys.index(row.reference_email)
        )

    def holder_differs(self, row: ImportRow) -> bool:
        """Whether the row's holder is new or says other than the database."""
        stored = self.holder_of(row)
        return stored is None or stored.data != on_file(row)

    def mailbox_differs(self, row: ImportRow) -> bool:
        """Whether the row's mailbox is new, was gone, has moved to another holder, or says other than the database."""
        stored = self.mailboxes.get(row.address)
        holder = self.holder_of(row)
        return (
            stored is None
            or stored.gone_on is not None
            or holder is None
            or stored.holder_id != holder.id
            or stored.values != row.mailbox
        )


async def load(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[JudgedRow],
    *,
    to_write: bool = False,
) -> Stored:
    """Read what the database holds about these rows; `to_write` lets nobody change the mailboxes meanwhile."""
    indexes = {row.address: keys.index(row.address) for row in rows if row.address is not None}
    mailboxes = await _mailboxes(session, indexes, lock=to_write)
    customers = await _customers(session, {row.customer for row in rows if row.customer is not None})
    moved_back = {
        mailboxes[good.address].id
        for good in (row.good for row in rows)
        if good is not None
        and good.address in mailboxes
        and good.mailbox.expires_on < mailboxes[good.address].values.expires_on
    }
    holders = await _holders(session, keys, rows, customers, lock=to_write)
    return Stored(
        keys,
        customers=customers,
        holders=holders,
        mailboxes=mailboxes,
        indexes=indexes,
        renewals=await _renewals(session, [row.id for row in mailboxes.values()], moved_back),
        holds=await held_of(
            session,
            {
                Subject.CUSTOMER: [row.id for row in customers.values()],
                Subject.HOLDER: [row.id for row in holders.values()],
                Subject.MAILBOX: [row.id for row in mailboxes.values()],
            },
        ),
        forgotten=await forgotten_among(session, keys, rows),
    )


def holder_name(row: ImportRow) -> tuple[str, str]:
    """By which a row's holder is known: the customer's code and the identity."""
    return row.customer, row.holder.identity


def on_file(row: ImportRow) -> dict[str, Any]:
    """The holder as it is stored: the reference e-mail is the customer's (decision 013)."""
    return {**row.holder.data, "reference_email": ""}


async def _customers(session: AsyncSession, codes: Collection[str]) -> dict[str, StoredCustomer]:
    return {row.code: StoredCustomer(*row[1:]) for row in await _CUSTOMERS.rows(session, codes=codes)}


async def _holders(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[JudgedRow],
    customers: Mapping[str, StoredCustomer],
    *,
    lock: bool,
) -> dict[tuple[str, str], StoredHolder]:
    named = {
        (row.customer, row.holder.identity)
        for row in rows
        if row.customer in customers and row.customer is not None and row.holder is not None
    }
    names = {(customers[code].id, keys.index(identity)): (code, identity) for code, identity in named}
    if not names:
        return {}
    # Nobody's correction comes between this look and the writing; after the mailboxes, as orders do.
    lookup = _HOLDERS_HELD if lock else _HOLDERS
    found = await lookup.rows(
        session,
        customers={customer_id for customer_id, _ in names},
        identities={identity for _, identity in names},
    )
    # Two customers may have the same holder: the query gives every pairing, of which some are not ours.
    ours = [(names[row[:2]], row) for row in found if row[:2] in names]
    texts = keys.open_all([row.sealed for _, row in ours])
    return {
        name: StoredHolder(row.id, json.loads(text)) for (name, row), text in zip(ours, texts, strict=True)
    }


async def _mailboxes(
    session: AsyncSession, indexes: Mapping[str, bytes], *, lock: bool
) -> dict[str, StoredMailbox]:
    by_index = {index: address for address, index in indexes.items()}
    # In the order of their ids, as everybody does who needs several.
    found = await (_MAILBOXES_HELD if lock else _MAILBOXES).rows(session, addresses=by_index)
    return {
        by_index[row[0]]: StoredMailbox(row[1], row[2], row[3], row[4], MailboxValues._make(row[5:]))
        for row in found
    }


async def _renewals(
    session: AsyncSession, mailbox_ids: Collection[int], moved_back: Collection[int]
) -> dict[int, list[PaidRenewal]]:
    """The renewals of these mailboxes that a file has still to show, and all of those whose expiry it moves back.

    Where the money went back since, or the order was withdrawn, the operator's word is the last.
    """
    if not mailbox_ids:
        return {}
    renewals: dict[int, list[PaidRenewal]] = {}
    for row in await _RENEWALS.rows(session, mailboxes=mailbox_ids, moved_back=moved_back):
        day = rome_day(row.completed_at)
        renewal = PaidRenewal(
            row.number,
            row.old_expiry,
            row.new_expiry,
            row.years,
            day,
            bool(row.holds),
            bool(row.seen),
            asked_on(day, row.renew_after, row.old_expiry),
        )
        renewals.setdefault(row.mailbox_id, []).append(renewal)
    return renewals


def _customers_of(among: Condition) -> Select[Any]:
    customer = table_of(CustomerRow).c
    return select(customer.code, customer.id, customer.language, customer.email_index).where(
        among(customer.code, "codes")
    )


def _holders_of(among: Condition) -> Select[Any]:
    holder = table_of(HolderRow).c
    sealed = type_coerce(holder.data, LargeBinary).label("sealed")
    return (
        select(holder.customer_id, holder.identity_index, holder.id, sealed)
        .where(
            among(holder.customer_id, "customers"),
            # Not to be looked up in the index on both: that would be every pairing, one by one.
            among(func.coalesce(holder.identity_index, b""), "identities"),
        )
        .order_by(holder.id)
    )


def _mailboxes_of(among: Condition) -> Select[Any]:
    box, customer = table_of(MailboxRow), table_of(CustomerRow)
    values = [box.c[name] for name in MailboxValues._fields]
    return (
        select(box.c.address_index, box.c.id, customer.c.code, box.c.holder_id, box.c.gone_on, *values)
        .select_from(box.join(customer, customer.c.id == box.c.customer_id))
        .where(among(box.c.address_index, "addresses"))
        .order_by(box.c.id)
    )


def _renewals_of(among: Condition) -> Select[*tuple[Any, ...]]:
    completed_and_paid = and_(
        OrderRow.status == OrderStatus.COMPLETED.value, paid_for(OrderRow) >= OrderRow.due
    )
    return (
        select(
            OrderItemRow.mailbox_id,
            OrderRow.number,
            OrderItemRow.old_expiry,
            OrderItemRow.new_expiry,
            OrderRow.years,
            OrderRow.completed_at,
            OrderRow.renew_after,
            completed_and_paid.label("holds"),
            OrderItemRow.seen_at.is_not(None).label("seen"),
        )
        .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
        .where(
            among(OrderItemRow.mailbox_id, "mailboxes"),
            OrderRow.completed_at.is_not(None),
            or_(OrderItemRow.seen_at.is_(None), among(OrderItemRow.mailbox_id, "moved_back")),
        )
        .order_by(OrderRow.id)
    )


_CUSTOMERS: Final = Lookup(_customers_of)
_HOLDERS: Final = Lookup(_holders_of)
_HOLDERS_HELD: Final = Lookup(lambda among: _holders_of(among).with_for_update(key_share=True))
_MAILBOXES: Final = Lookup(_mailboxes_of)
_MAILBOXES_HELD: Final = Lookup(lambda among: _mailboxes_of(among).with_for_update(of=table_of(MailboxRow)))
_RENEWALS: Final = Lookup(_renewals_of)
