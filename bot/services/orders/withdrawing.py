"""Withdrawing from an order as its consumer: shown, stated once, and what follows from it (DOMAIN.md 7).

A payment takes the order's row too: of a statement and a payment that come at once the second finds what the first has
done, and both are kept. The statement cannot be changed; said again it is the same, with the same receipt.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.engine import Database
from bot.db.tables import AcceptanceRow, OrderRow, PaymentRow, WithdrawalLinkRow, WithdrawalRow
from bot.domain.cases import CaseKind
from bot.domain.catalogue import Catalogue, DocumentId
from bot.domain.held import AUTO_RENEW
from bot.domain.money import Cents
from bot.domain.orders import OrderStatus
from bot.domain.registrant import Context, Field, Registrant, clean
from bot.domain.withdrawal import (
    DueBack,
    Renewed,
    Right,
    back_by,
    due_back,
    kit_back,
    last_day_of,
    parts_of,
    right_of,
)
from bot.messages.receipts import Receipt
from bot.messages.withdrawal_words import Consequences
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.cases import renewal_key, resolve_case
from bot.services.errors import NotWithdrawable, NotYours
from bot.services.evidence.of_orders import order_withdrawn
from bot.services.held import Subject, by_order, hold
from bot.services.orders.finding import find_order
from bot.services.orders.rows import Order, goods_of, to_order
from bot.services.payments.completion import hold_mailboxes
from bot.services.payments.due_back import keep_case
from bot.services.payments.received import NOTHING, received_for
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises
from bot.services.sending.row_facts import quote_of, receipt_of
from bot.services.sending.withdrawal_links import link_digest
from bot.services.surroundings import Surroundings

_RECEIPT: Final = "REC-"
_MOOT: Final = "the order was withdrawn from"


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """An order, and whether its consumer can withdraw from it.

    Attributes:
        order: as it stands.
        right: whether, and why not.
        last_day: the last day on which it can be withdrawn from, or could; None for a kit that was not delivered yet.
        early_start: whether the early start was asked for.
        back: what is due back if it is withdrawn from today.
        receipt: of the statement, if it was made.
        today: the day in Rome.
    """

    order: Order
    right: Right
    last_day: date | None
    early_start: bool
    back: DueBack
    receipt: Receipt | None
    today: date

    @property
    def consequences(self) -> Consequences:
        """What follows if it is withdrawn from today."""
        completed = self.order.completed_at is not None
        return Consequences(
            cancelled=not completed and self.back.paid == 0,
            completed=completed,
            paid=self.back.paid,
            served=self.back.served,
            due_back=self.back.cents,
            back_by=back_by(self.today),
            kit_id=self.order.kit_id,
            auto_renew=self.order.auto_renew,
            kit_alone=self.right is Right.KIT,
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """What a consumer confirms: the statement's words, where its receipt goes, what was read, and what was tapped."""

    words: str
    email: str
    screen: str
    button_label: str


@dataclass(frozen=True, slots=True)
class _By:
    """Who states it: a chat, or the link in the order's e-mail, in a language."""

    chat_id: int | None
    language: str


def receipt_email(typed: str) -> str:
    """An address for the receipt, as it is written properly.

    Raises:
        FieldError: it is none.
    """
    return clean(Field.REFERENCE_EMAIL, typed, Context(), required=True)


class Withdrawals:
    """The withdrawals of all customers."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep statements in `database`, judged in these `surroundings`; tell through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def show(self, actor: Actor, number: str) -> Withdrawable:
        """One order of this chat's.

        Raises:
            NotYours: no such order, or not this chat's.
        """
        async with self._database.read() as session:
            return await self._withdrawable(session, await find_order(session, actor, Action.SEE, number))

    async def withdraw(self, actor: Actor, number: str, stated: Stated) -> Withdrawable:
        """Withdraw from an order; said again, nothing happens, and the first statement is returned.

        Raises:
            NotYours: no such order, or not this chat's.
            NotWithdrawable: it cannot be withdrawn from here; `right` says why.
            FieldError: `stated.email` is no address.
        """
        async with self._database.write() as session:
            row = await find_order(session, actor, Action.WITHDRAW, number, lock=True)
            return await self._withdraw(session, row, _By(actor.chat_id, actor.language), stated)

    async def look(self, token: str) -> tuple[Withdrawable, str]:
        """The order of a link, and the language of the e-mail that carried it.

        Raises:
            NotYours: there is no such link.
        """
        async with self._database.read() as session:
            row, link = await _of_token(session, token)
            return await self._withdrawable(session, row), link.language

    async def withdraw_by_link(self, token: str, stated: Stated) -> Withdrawable:
        """Withdraw from the order of a link; said again as in `withdraw`.

        Raises:
            NotYours: there is no such link.
            NotWithdrawable, FieldError: as `withdraw`.
        """
        async with self._database.write() as session:
            row, link = await _of_token(session, token, lock=True)
            return await self._withdraw(session, row, _By(None, link.language), stated)

    async def _withdraw(self, session: AsyncSession, row: OrderRow, by: _By, stated: Stated) -> Withdrawable:
        before = await self._withdrawable(session, row)
        if before.receipt is not None:
            return before
        if not before.right.is_online:
            raise NotWithdrawable(before.right)
        email = receipt_email(stated.email)
        now = self._surroundings.now()
        # 1. What becomes of the order. The mailboxes are held after it, as by a payment; a kit that goes back alone
        #    leaves the order and its mailboxes as they are.
        was, kit_alone = row.status, before.right is Right.KIT
        mailboxes = {} if kit_alone else await hold_mailboxes(session, row)
        if kit_alone:
            row.kit_withdrawn_at = now
        else:
            await _end(session, row, now, paid=before.back.paid)
        # 2. The statement, complete as it was made.
        statement = WithdrawalRow(
            order_id=row.id,
            number=f"{_RECEIPT}{row.number}",
            at=now.replace(microsecond=0),
            chat_id=by.chat_id,
            language=by.language,
            words=stated.words,
            screen=stated.screen,
            button_label=stated.button_label,
            email=email,
            order_status=was,
            became=row.status,
            completed_at=row.completed_at,
            early_start=before.early_start,
            paid=before.back.paid,
            served=before.back.served,
            due_back=before.back.cents,
            last_payment_id=await session.scalar(select(func.coalesce(func.max(PaymentRow.id), 0))) or 0,
            catalogue_version=self._surroundings.catalogue.version,
        )
        session.add(statement)
        await session.flush()
        await order_withdrawn(session, row, statement)
        # 3. What had begun with the order ends: nothing is charged again, nobody waits for the provider.
        if was == OrderStatus.COMPLETED.value and not kit_alone:
            for item in row.items:
                mailbox = mailboxes[item.mailbox_id]
                if row.auto_renew and mailbox.auto_renew:
                    mailbox.auto_renew = False
                    origin = by_order(row.number)
                    await hold(
                        session, Subject.MAILBOX, mailbox.id, {AUTO_RENEW: False}, origin=origin, now=now
                    )
                    await self._notices.switches.stopped(session, mailbox, order=row.number)
                key = renewal_key(row.number, mailbox.id)
                await resolve_case(session, CaseKind.NOT_RENEWED, key, _MOOT, now)
        # 4. The office gives back what is due, and everybody is told, by the same transaction.
        await keep_case(session, row, now, reckoned=before.back)
        await session.refresh(row)
        await self._notices.order_withdrawn(session, row, statement)
        return await self._withdrawable(session, row)

    async def _withdrawable(self, session: AsyncSession, row: OrderRow) -> Withdrawable:
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        stated = await session.get(WithdrawalRow, row.id)
        kind = Registrant.from_json(row.registrant).kind
        placed_on, goods = rome_day(row.placed_at), goods_of(row)
        right = right_of(
            kind,
            OrderStatus(row.status),
            placed_on,
            today,
            catalogue.rules,
            withdrawn=stated is not None,
            goods=goods,
        )
        early = await session.scalar(
            select(AcceptanceRow.accepted_at).where(
                AcceptanceRow.order_id == row.id, AcceptanceRow.document == DocumentId.EARLY_START.value
            )
        )
        received = (await received_for(session, [row.id])).get(row.id, NOTHING)
        parts = parts_of(
            quote_of(row).lines,
            _renewed(row, catalogue),
            None if row.completed_at is None else rome_day(row.completed_at),
        )
        back = (
            kit_back(parts, paid=received.paid, withdrawn_on=today)
            if right is Right.KIT
            else due_back(parts, paid=received.paid, withdrawn_on=today, early_start=early is not None)
        )
        return Withdrawable(
            order=to_order(row, received),
            right=right,
            last_day=last_day_of(right, placed_on, goods, catalogue.rules),
            early_start=early is not None,
            back=back,
            receipt=None if stated is None else receipt_of(stated),
            today=today,
        )


async def _end(session: AsyncSession, row: OrderRow, now: datetime, *, paid: Cents) -> None:
    """End an order that was withdrawn from, of which so many cents were `paid`."""
    untouched = row.status == OrderStatus.AWAITING_PAYMENT.value and paid == 0
    row.status = (OrderStatus.CANCELLED if untouched else OrderStatus.WITHDRAWN).value
    row.withdrawn_at = now
    if untouched:
        row.cancelled_at = now
    for item in row.items:
        item.open = False
    await end_promises(session, [row.id], now)


def _renewed(row: OrderRow, catalogue: Catalogue) -> list[Renewed]:
    """What the order's mailboxes had, and got; a plan that the catalogue has given up has no price to compare."""
    renewed = []
    for item in row.items:
        old = catalogue.plans.get(item.old_plan_id) if item.old_plan_id != item.plan_id else None
        renewed.append(
            Renewed(
                item.mailbox_id,
                item.old_expiry,
                item.new_expiry,
                None if old is None else old.price,
                item.old_extra_mailbox_gb,
                item.old_extra_archive_gb,
            )
        )
    return renewed


async def _of_token(
    session: AsyncSession, token: str, *, lock: bool = False
) -> tuple[OrderRow, WithdrawalLinkRow]:
    query = select(WithdrawalLinkRow).where(WithdrawalLinkRow.token_hash == link_digest(token))
    found = await session.execute(query)
    link = found.scalar_one_or_none()
    if link is None:
        raise NotYours
    row = await session.get_one(OrderRow, link.order_id, with_for_update=True if lock else None)
    return row, link
