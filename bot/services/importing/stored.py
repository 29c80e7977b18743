"""What the database holds about the rows of a batch, and writing what differs: three queries each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import FromClause, Table, and_, case, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.tables import CustomerRow, HolderRow, MailboxRow, OrderItemRow, OrderRow
from bot.domain.orders import OrderStatus
from bot.domain.paid import PaidRenewal, Sight, not_caught_up, sight_of
from bot.domain.reminders import first_look
from bot.services.held import Hold, Holds, Subject, held_of
from bot.services.importing.judging import ImportRow, JudgedRow, MailboxValues, Measures
from bot.services.payments.ledger import paid_for


@dataclass(frozen=True, slots=True)
class StoredCustomer:
    """A customer as the database has it."""

    id: int
    language: str
    reference_email: str


@dataclass(frozen=True, slots=True)
class StoredHolder:
    """A holder as the database has it; `data` is `Registrant.to_json()`."""

    id: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredMailbox:
    """A mailbox as the database has it; `customer` is the code of its owner."""

    id: int
    customer: str
    holder_id: int
    values: MailboxValues


@dataclass(slots=True)
class Stored:
    """A batch in the database: customers by code, holders by customer's code and identity, mailboxes by address.

    `renewals` are those that a file has still to show, and all of the mailboxes whose expiry the batch would move back,
    `holds` what customers set themselves.
    """

    customers: dict[str, StoredCustomer]
    holders: dict[tuple[str, str], StoredHolder]
    mailboxes: dict[str, StoredMailbox]
    renewals: dict[int, list[PaidRenewal]] = field(default_factory=dict)
    holds: Holds = field(default_factory=dict)

    def holder_of(self, row: ImportRow) -> StoredHolder | None:
        """The row's holder, where the database knows it."""
        return self.holders.get(_holder_name(row))

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
        values = replace(
            self.mailboxes[row.address].values,
            used_mailbox_milli_gb=said.used_mailbox_milli_gb,
            used_archive_milli_gb=said.used_archive_milli_gb,
            usage_at=said.usage_at,
        )
        return replace(row, mailbox=values)

    def customer_differs(self, row: ImportRow) -> bool:
        """Whether the row's customer is new or says other than the database."""
        stored = self.customers.get(row.customer)
        return stored is None or (stored.language, stored.reference_email) != (
            row.language,
            row.reference_email,
        )

    def holder_differs(self, row: ImportRow) -> bool:
        """Whether the row's holder is new or says other than the database."""
        stored = self.holder_of(row)
        return stored is None or stored.data != _on_file(row)

    def mailbox_differs(self, row: ImportRow) -> bool:
        """Whether the row's mailbox is new, has moved to another holder, or says other than the database."""
        stored = self.mailboxes.get(row.address)
        holder = self.holder_of(row)
        return (
            stored is None or holder is None or stored.holder_id != holder.id or stored.values != row.mailbox
        )


_LOCK: Final = 0x494D504F
"""The advisory lock of the imports on PostgreSQL."""
_REMINDED_BY: Final = ("expires_on", "auto_renew", "plan_id")
"""What of a mailbox decides when its reminders come."""
_VALUES: Final = tuple(each.name for each in fields(MailboxValues))


async def load(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[JudgedRow],
    measures: Measures,
    *,
    to_write: bool = False,
) -> Stored:
    """Read what the database holds about these rows; `to_write` lets nobody change the mailboxes meanwhile."""
    addresses = {row.address for row in rows if row.address is not None}
    mailboxes = await _mailboxes(session, keys, addresses, lock=to_write)
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
        customers=customers,
        holders=holders,
        mailboxes=mailboxes,
        renewals=await _renewals(session, [row.id for row in mailboxes.values()], moved_back, measures),
        holds=await held_of(
            session,
            {
                Subject.CUSTOMER: [row.id for row in customers.values()],
                Subject.HOLDER: [row.id for row in holders.values()],
                Subject.MAILBOX: [row.id for row in mailboxes.values()],
            },
        ),
    )


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


def _holder_name(row: ImportRow) -> tuple[str, str]:
    return row.customer, row.holder.identity


def _on_file(row: ImportRow) -> dict[str, Any]:
    """The holder as it is stored: the reference e-mail is the customer's (decision 013)."""
    return {**row.holder.data, "reference_email": ""}


async def _customers(session: AsyncSession, codes: Collection[str]) -> dict[str, StoredCustomer]:
    columns = (CustomerRow.code, CustomerRow.id, CustomerRow.language, CustomerRow.reference_email)
    found = await session.execute(select(*columns).where(CustomerRow.code.in_(codes)))
    return {code: StoredCustomer(key, language, email) for code, key, language, email in found}


async def _holders(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[JudgedRow],
    customers: Mapping[str, StoredCustomer],
    *,
    lock: bool,
) -> dict[tuple[str, str], StoredHolder]:
    names = {
        (customers[row.customer].id, keys.index(row.holder.identity)): (
            row.customer,
            row.holder.identity,
        )
        for row in rows
        if row.customer in customers and row.customer is not None and row.holder is not None
    }
    query = (
        select(HolderRow.customer_id, HolderRow.identity_index, HolderRow.id, HolderRow.data)
        .where(
            HolderRow.customer_id.in_({customer_id for customer_id, _ in names}),
            HolderRow.identity_index.in_({identity for _, identity in names}),
        )
        .order_by(HolderRow.id)
    )
    if lock:  # nobody's correction comes between this look and the writing; after the mailboxes, as orders do
        query = query.with_for_update(key_share=True)
    found = await session.execute(query)
    # Two customers may have the same holder: the query gives every pairing, of which some are not ours.
    return {
        names[customer_id, identity]: StoredHolder(key, data)
        for customer_id, identity, key, data in found
        if (customer_id, identity) in names
    }


async def _mailboxes(
    session: AsyncSession, keys: KeyRing, addresses: Collection[str], *, lock: bool
) -> dict[str, StoredMailbox]:
    by_index = {keys.index(address): address for address in addresses}
    values = [MailboxRow.__table__.c[name] for name in _VALUES]
    query = (
        select(MailboxRow.address_index, MailboxRow.id, CustomerRow.code, MailboxRow.holder_id, *values)
        .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
        .where(MailboxRow.address_index.in_(by_index))
        .order_by(MailboxRow.id)
    )
    if lock:  # in the order of their ids, as everybody does who needs several
        query = query.with_for_update(of=MailboxRow)
    return {
        by_index[index]: StoredMailbox(key, code, holder_id, MailboxValues(*rest))
        for index, key, code, holder_id, *rest in await session.execute(query)
    }


async def _renewals(
    session: AsyncSession, mailbox_ids: Collection[int], moved_back: Collection[int], measures: Measures
) -> dict[int, list[PaidRenewal]]:
    """The renewals of these mailboxes that a file has still to show, and all of those whose expiry it moves back.

    Where the money went back since, or the order was withdrawn, the operator's word is the last.
    """
    if not mailbox_ids:
        return {}
    found = await session.execute(
        select(
            OrderItemRow.mailbox_id,
            OrderRow.number,
            OrderItemRow.old_expiry,
            OrderItemRow.new_expiry,
            OrderRow.years,
            OrderRow.completed_at,
            and_(OrderRow.status == OrderStatus.COMPLETED.value, paid_for(OrderRow) >= OrderRow.due),
            OrderItemRow.seen_at.is_not(None),
        )
        .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
        .where(
            OrderItemRow.mailbox_id.in_(mailbox_ids),
            OrderRow.completed_at.is_not(None),
            or_(OrderItemRow.seen_at.is_(None), OrderItemRow.mailbox_id.in_(moved_back)),
        )
        .order_by(OrderRow.id)
    )
    renewals: dict[int, list[PaidRenewal]] = {}
    for mailbox_id, number, old_expiry, new_expiry, years, completed_at, holds, seen in found:
        if completed_at is None:
            continue  # the statement leaves these out already
        day = measures.day_of(completed_at)
        renewal = PaidRenewal(number, old_expiry, new_expiry, years, day, bool(holds), bool(seen))
        renewals.setdefault(mailbox_id, []).append(renewal)
    return renewals


async def _write_customers(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored
) -> None:
    new = {row.customer: row for row in rows if stored.customer_differs(row)}
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
        stored.customers[code] = StoredCustomer(key, new[code].language, new[code].reference_email)


async def _write_holders(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], stored: Stored, now: datetime
) -> None:
    new = {
        (stored.customers[row.customer].id, keys.index(row.holder.identity)): row
        for row in rows
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
                "data": _on_file(row),
                "updated_at": now,
            }
            for (customer_id, identity), row in new.items()
        ],
    )
    for (customer_id, identity), key in ids.items():
        row = new[customer_id, identity]
        stored.holders[_holder_name(row)] = StoredHolder(key, _on_file(row))


async def _write_mailboxes(
    session: AsyncSession,
    keys: KeyRing,
    rows: Sequence[ImportRow],
    stored: Stored,
    measures: Measures,
) -> None:
    """Write them; where nothing that decides about reminders changes, the day of the next one stays."""
    box = MailboxRow.__table__.c
    await _upsert(
        session,
        MailboxRow.__table__,
        ["address_index"],
        [
            {
                "customer_id": stored.customers[row.customer].id,
                "holder_id": stored.holders[_holder_name(row)].id,
                "address": row.address,
                "address_index": keys.index(row.address),
                "remind_on": first_look(row.mailbox, measures.catalogue, measures.today),
                **asdict(row.mailbox),
            }
            for row in rows
            if stored.mailbox_differs(row)
        ],
        lambda new: {
            "remind_on": case(
                (and_(*(box[name] == new[name] for name in _REMINDED_BY)), box.remind_on),
                else_=new["remind_on"],
            )
        },
    )


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
