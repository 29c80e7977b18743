"""The evidence of an order for its customer, and of any order, mailbox or customer for the operator (DOMAIN.md 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.engine import Database
from bot.db.tables import CustomerRow, ForgottenRow, MailboxRow, OrderRow
from bot.domain.evidence.chain import Chain, Subject
from bot.domain.evidence.checking import Finding, Flaw
from bot.domain.evidence.document import Document, SignedDay
from bot.domain.evidence.heads import DayFlaw, same_root
from bot.domain.leaving import name_of_customer, name_of_mailbox
from bot.domain.order_number import one_number_in
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NothingRecorded
from bot.services.evidence.days import check_days, signed_day
from bot.services.evidence.giving import document_of
from bot.services.evidence.of_orders import chain_of_order
from bot.services.evidence.reading import chain_of, check_all, signed_heads
from bot.services.orders.finding import find_order
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at all chains and signed days found: how many there are, and what is not as it should be."""

    chains: int
    findings: tuple[Finding, ...]
    days: int
    last_day: date | None
    day_flaws: tuple[tuple[date, DayFlaw], ...]


class Papers:
    """Where documents of evidence are made."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Read the chains of `database`."""
        self._database = database
        self._surroundings = surroundings

    async def of_own_order(self, actor: Actor, number: str) -> Document:
        """The evidence of an order of this chat's customers, in the chat's language.

        Raises:
            NotYours: no such order, or not this chat's.
            NothingRecorded: it is from before evidence was kept in chains.
        """
        async with self._database.read() as session:
            order = await find_order(session, actor, Action.SEE, number)
            return await self._document(session, chain_of_order(order.id), order.number, actor.language)

    async def of_order(self, number: str, language: str) -> Document:
        """The evidence of an order, for the operator.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NothingRecorded: there is no such order, or it is from before evidence was kept in chains.
        """
        exact = one_number_in(number)
        async with self._database.read() as session:
            order_id = await session.scalar(select(OrderRow.id).where(OrderRow.number == exact))
            if order_id is None:
                raise NothingRecorded
            return await self._document(session, chain_of_order(order_id), exact, language)

    async def of_mailbox(self, address: str, language: str) -> list[Document]:
        """What was told about a mailbox, for the operator; of deleted customers' ones, what the law wants kept of it.

        One document for each mailbox that ever had this address here, the last one first: who was deleted and let in
        again has another chain than before.

        Raises:
            NothingRecorded: there is no such mailbox, or nothing was told of it.
        """
        keys, exact = self._database.keys, address.strip().lower()
        async with self._database.read() as session:
            there = await session.scalars(
                select(MailboxRow.id).where(MailboxRow.address_index == keys.index(exact))
            )
            before = await session.scalars(
                _by_name(ForgottenRow.mailbox_id, keys.index(name_of_mailbox(exact))).where(
                    ForgottenRow.mailbox_id.is_not(None)
                )
            )
            chains = [Chain(Subject.MAILBOX, number) for number in (*there, *before) if number is not None]
            return await self._documents(session, chains, exact, language)

    async def of_requests(self, code: str, language: str) -> list[Document]:
        """What was asked about a customer's data, for the operator; of deleted ones too, by the code that they had.

        One document for each customer that ever had this code here, the last one first.

        Raises:
            NothingRecorded: there is no such customer, or nothing was asked.
        """
        async with self._database.read() as session:
            there = await session.scalars(select(CustomerRow.id).where(CustomerRow.code == code))
            before = await session.scalars(
                _by_name(ForgottenRow.customer_id, self._database.keys.index(name_of_customer(code)))
            )
            chains = [Chain(Subject.CUSTOMER, number) for number in (*there, *before)]
            return await self._documents(session, chains, code, language)

    async def compare(self, document: Document) -> list[Finding] | None:
        """Where a document and the chain of this database part ways; None where the database has no such chain.

        A mailbox or a customer that is there no more has no name to compare, but its blind index.
        """
        async with self._database.read() as session:
            renamed = await self._is_renamed(session, document)
            parted = await session.run_sync(lambda own: _compare(own.connection(), document))
        if parted is not None and renamed:
            parted.append(Finding(document.chain, 1, Flaw.RENAMED))
        return parted

    async def _is_renamed(self, session: AsyncSession, document: Document) -> bool:
        """Whether the database calls what a document is about by another name; a deleted customer's has its index."""
        chain, keys = document.chain, self._database.keys
        if chain.subject is Subject.ORDER:
            name = await session.scalar(select(OrderRow.number).where(OrderRow.id == chain.id))
            was, index = None, b""
        elif chain.subject is Subject.MAILBOX:
            name = await session.scalar(select(MailboxRow.address).where(MailboxRow.id == chain.id))
            was, index = ForgottenRow.mailbox_id == chain.id, keys.index(name_of_mailbox(document.name))
        else:
            name = await session.scalar(select(CustomerRow.code).where(CustomerRow.id == chain.id))
            was, index = ForgottenRow.customer_id == chain.id, keys.index(name_of_customer(document.name))
        if name is None or name == document.name:
            return False
        if was is None:
            return True
        return index not in (await session.scalars(select(ForgottenRow.name_index).where(was))).all()

    async def check(self, sent: Sequence[SignedDay] = ()) -> Checked:
        """Look at all chains and signed days of the database, one after the other; `sent` are days that left it."""
        async with self._database.read() as session:
            return await session.run_sync(lambda own: _checked(own.connection(), sent))

    async def _documents(
        self, session: AsyncSession, chains: Sequence[Chain], name: str, language: str
    ) -> list[Document]:
        made = [await self._made(session, chain, name, language) for chain in chains]
        found = [each for each in made if each is not None]
        if not found:
            raise NothingRecorded
        return found

    async def _document(self, session: AsyncSession, chain: Chain, name: str, language: str) -> Document:
        (found,) = await self._documents(session, [chain], name, language)
        return found

    async def _made(self, session: AsyncSession, chain: Chain, name: str, language: str) -> Document | None:
        operator, now = self._surroundings.catalogue.operator.legal_name, self._surroundings.now()
        return await session.run_sync(
            lambda own: document_of(
                own.connection(), chain, name, language=language, operator=operator, now=now
            )
        )


def _by_name(of: InstrumentedAttribute[Any], index: bytes) -> Select[Any]:
    """What was deleted under a name, the last one first."""
    return (
        select(of)
        .where(ForgottenRow.name_index == index)
        .order_by(ForgottenRow.forgotten_on.desc(), ForgottenRow.customer_id.desc())
    )


def _checked(connection: Connection, sent: Sequence[SignedDay]) -> Checked:
    chains, wrong = 0, []
    for findings in check_all(connection):
        chains += 1
        wrong += [each for each in findings if each.flaw is not None]
    days, last_day = 0, None
    day_flaws: list[tuple[date, DayFlaw]] = []
    waiting = list(sent)
    for signed, flaws in check_days(connection):
        days, last_day = days + 1, signed.day
        of_that_day = [each for each in waiting if each.day == signed.day]
        waiting = [each for each in waiting if each.day != signed.day]
        if any(not same_root(each, signed) for each in of_that_day):
            flaws.append(DayFlaw.OTHER)
        day_flaws += [(signed.day, flaw) for flaw in flaws]
    day_flaws += [(each.day, DayFlaw.ABSENT) for each in waiting]
    return Checked(chains, tuple(wrong), days, last_day, tuple(day_flaws))


def _compare(connection: Connection, document: Document) -> list[Finding] | None:
    found = chain_of(connection, document.chain)
    if found is None:
        return None
    head, records = found
    here = {record.sequence: record.link for record, _ in records}
    parted = [
        Finding(document.chain, record.sequence, Flaw.REPLACED if record.sequence in here else Flaw.MISSING)
        for record, _ in document.records
        if here.get(record.sequence) != record.link
    ]
    if head.sequence < document.head.sequence:
        parted.append(Finding(document.chain, head.sequence + 1, Flaw.CUT))
    signed = signed_heads(connection, document.chain)
    if (anchor := document.anchor) is not None:
        day = signed_day(connection, anchor.signed.day)
        if anchor.head not in signed or day is None or not same_root(day, anchor.signed):
            parted.append(Finding(document.chain, anchor.head.sequence, Flaw.REPLACED))
    return parted
