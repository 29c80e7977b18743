"""Who is told of what: each thing that happens becomes rows of the outbox, in the transaction in which it happens.

What is told (`bot.messages.told`) carries the facts of that moment; the words come when it is sent, in the language of
whoever reads it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    CustomerRow,
    HolderRow,
    LoginCodeRow,
    MailboxRow,
    OrderRow,
    PaymentPromiseRow,
    PaymentRow,
    WithdrawalRow,
)
from bot.domain.invoices import Invoice
from bot.domain.money import Cents
from bot.domain.payments import PaymentOutcome, missing_of
from bot.domain.registrant import Registrant
from bot.domain.vat import VatTreatment
from bot.messages import told
from bot.messages.facts import OrderFacts, PaymentFacts
from bot.services.sending.announcements import Announcements
from bot.services.sending.confirmations import rewrite_confirmation
from bot.services.sending.customers import mail_customer, tell_chats
from bot.services.sending.outbox import KEY_OF_CODE, Channel, put
from bot.services.sending.row_facts import order_facts, payment_facts, receipt_of
from bot.services.sending.switchings import SwitchNotices
from bot.services.sending.undelivered import Telling
from bot.services.sending.withdrawal_links import new_link
from bot.services.surroundings import Surroundings

_MOVED: Final = frozenset({PaymentOutcome.COMPLETED, PaymentOutcome.PARTIAL, PaymentOutcome.REVERSED})
"""What becomes of money that changes how much is missing of an order."""


@dataclass(frozen=True, slots=True)
class LoginLink:
    """What stands beside a mailed code: the token of a link that does the same, once, until an instant."""

    token: str
    until: datetime


class Notices:
    """Writes what customers, the operator and the operator's system have to be told."""

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        operator_chat_id: int | None,
        mail: bool,
        events: bool,
        web: str | None = None,
    ) -> None:
        """Tell the operator in `operator_chat_id`, if there is one; `mail` and `events` say what is set up.

        `web` is where the bot's own pages are reached; None where nobody can reach them.
        """
        self._web = web
        self._surroundings = surroundings
        self._operator_chat_id = operator_chat_id
        self._mail = mail
        self._announcements = Announcements(surroundings, wanted=events)
        self._switches = SwitchNotices(
            surroundings, self._announcements, operator_chat_id=operator_chat_id, mail=mail, events=events
        )

    async def order_placed(self, session: AsyncSession, order: OrderRow) -> None:
        """An order was placed: confirm it by e-mail, and tell the operator's system (DOMAIN.md 4)."""
        facts, url = self._facts(order), None
        if self._mail and self._web is not None and facts.consumer:
            customer = await session.get_one(CustomerRow, order.customer_id)
            url = await new_link(session, order, self._web, customer.language)
        undecided = facts.vat is VatTreatment.OPEN  # of a business, which withdraws from nothing
        what = (
            told.OrderUndecided(order=facts) if undecided else told.OrderPlaced(order=facts, withdraw_url=url)
        )
        await self._mail_customer(session, order, what, f"placed:{order.number}")
        await self._announcements.order_placed(session, order)

    async def vat_decided(self, session: AsyncSession, order: OrderRow) -> None:
        """The operator has decided on the VAT of an order: tell the customer what it costs and how to pay it."""
        await self._tell_customer(
            session, order, told.VatDecided(order=self._facts(order)), f"vat:{order.number}"
        )
        await self._rewrite(session, order, self._facts(order), "vat")
        await self._announcements.vat_decided(session, order)

    async def order_cancelled(
        self, session: AsyncSession, order: OrderRow, *, apart_from: int | None = None
    ) -> None:
        """An order was cancelled by the customer: tell the operator's system, and whoever reads the customer's mail.

        The chat in which it was cancelled, `apart_from`, knows; the mail with the instructions lies where others may
        still pay it, and so may its confirmation in another chat.
        """
        await self._rewrite(session, order, self._facts(order), "cancelled", apart_from=apart_from)
        await self._mail_customer(
            session, order, told.OrderCancelled(order=self._facts(order)), f"cancelled:{order.number}"
        )
        await self._announcements.order_cancelled(session, order)

    async def order_withdrawn(self, session: AsyncSession, order: OrderRow, statement: WithdrawalRow) -> None:
        """A consumer has withdrawn from an order: the receipt, in all chats and by e-mail, and the operator's system.

        It goes where it was asked for. Where that is not the reference e-mail, whoever reads that one hears of it too:
        the instructions to pay lie there.
        """
        facts = self._facts(order, missing_of(order.due, statement.paid))
        what = told.OrderWithdrawn(order=facts, receipt=receipt_of(statement))
        key = f"withdrawn:{order.number}"
        if order.withdrawn_at is not None:  # and not the hardware of its kit alone
            # Of which nothing was paid the confirmation is still the window that led to the statement.
            apart = None if statement.paid else statement.chat_id
            await self._rewrite(session, order, facts, "withdrawn", apart_from=apart)
        now = self._surroundings.now()
        told_in_chats = await tell_chats(session, order.customer_id, key, what, now)
        if self._mail:
            customer = await session.get_one(CustomerRow, order.customer_id)
            await mail_customer(session, customer, key, what, now, to=statement.email)
            if customer.reference_email != statement.email:
                await mail_customer(session, customer, f"withdrawn-too:{order.number}", what, now)
        if not (told_in_chats or self._mail) and (owed := Telling.of(key, what.to_json())) is not None:
            await owed.failed(session, now)
        await self._announcements.order_withdrawn(session, order, statement)

    async def method_changed(
        self, session: AsyncSession, order: OrderRow, change_id: int, *, apart_from: int
    ) -> None:
        """An order is paid by another method: tell how whoever reads the mail, and the chats `apart_from` that one.

        The instructions of before lie in the mail, where somebody may follow them still.
        """
        facts = self._facts(order)
        what, key = told.OrderMethodChanged(order=facts), f"method:{order.number}:{change_id}"
        await self._rewrite(session, order, facts, f"method-{change_id}", apart_from=apart_from)
        now = self._surroundings.now()
        await tell_chats(session, order.customer_id, key, what, now, apart_from=apart_from)
        await self._mail_customer(session, order, what, key)

    async def how_to_pay_again(self, session: AsyncSession, order: OrderRow, paid: Cents) -> None:
        """How what is missing of `paid` is paid was asked for by e-mail once more: not twice in ten minutes."""
        what = told.OrderExpiring(order=self._facts(order, missing_of(order.due, paid)))
        now = self._surroundings.now()
        await self._mail_customer(
            session, order, what, f"howtopay:{order.number}:{now:%Y%m%d%H}{now.minute // 10}"
        )

    async def payment_promised(
        self, session: AsyncSession, order: OrderRow, promised: PaymentPromiseRow, paid: Cents
    ) -> None:
        """In one chat it was said that an order, of which `paid` counts, is paid: tell its customer's other chats."""
        what = told.PaymentPromised(
            order=self._facts(order, missing_of(order.due, paid)), expected_on=promised.expected_on
        )
        key = f"promised:{order.number}:{promised.said_at:%Y%m%d%H%M%S}"
        await tell_chats(session, order.customer_id, key, what, promised.said_at, apart_from=promised.chat_id)

    async def payment_not_arrived(
        self, session: AsyncSession, order: OrderRow, expected_on: date, paid: Cents
    ) -> None:
        """A payment that was announced is not here: say so, and how what is missing of `paid` is paid."""
        what = told.PaymentNotArrived(
            order=self._facts(order, missing_of(order.due, paid)), expected_on=expected_on
        )
        await self._tell_customer(session, order, what, f"notarrived:{order.number}:{expected_on:%Y%m%d}")

    async def order_expiring(self, session: AsyncSession, order: OrderRow, paid: Cents) -> None:
        """An order of which only `paid` counts can soon no longer save its mailboxes: say so before (DOMAIN.md 4)."""
        what = told.OrderExpiring(order=self._facts(order, missing_of(order.due, paid)))
        await self._tell_customer(session, order, what, f"expiring:{order.number}")

    async def order_expired(
        self, session: AsyncSession, order: OrderRow, paid: Cents, *, not_before: datetime | None = None
    ) -> None:
        """An order of which only `paid` counts expired: say so, from `not_before` on (DOMAIN.md 4)."""
        what = told.OrderExpired(order=self._facts(order, missing_of(order.due, paid)))
        await self._rewrite(session, order, what.order, "expired")
        await self._tell_customer(session, order, what, f"expired:{order.number}", not_before)

    async def payment(self, session: AsyncSession, payment: PaymentRow, order: OrderRow | None) -> None:
        """Money moved: tell the customer what it did, and the operator what needs a person (DOMAIN.md 5)."""
        facts = payment_facts(payment)
        if order is not None:
            after = self._facts(order, payment.missing, payment.refund)
            if facts.outcome is PaymentOutcome.COMPLETED:
                completed = told.RenewalCompleted(order=after, payment=facts, completed_at=order.completed_at)
                await self._tell_customer(session, order, completed, f"completed:{order.number}")
                await self._announcements.renewal_completed(session, order, payment)
            elif facts.outcome is PaymentOutcome.PARTIAL:
                partial = told.PaymentPartial(order=after, payment=facts)
                await self._tell_customer(session, order, partial, f"partial:{payment.id}")
            if facts.outcome in _MOVED:
                await self._rewrite(session, order, after, f"payment-{payment.id}")
        if payment.reason is not None:
            await self._alert(session, f"review:{payment.id}", facts)

    async def invoice_issued(
        self, session: AsyncSession, order: OrderRow, row_id: int, invoice: Invoice, paid: Cents
    ) -> None:
        """An invoice was issued for an order, of which `paid` counts: tell the customer, once for each row."""
        what = told.InvoiceIssued(order=self._facts(order, missing_of(order.due, paid)), invoice=invoice)
        await self._tell_customer(session, order, what, f"invoice:{order.number}:{row_id}")

    async def contradiction(self, session: AsyncSession, report: PaymentRow) -> None:
        """A report names a known payment or call, and says something else of it: tell the operator once.

        `report` is not in the ledger, which keeps what was said first.
        """
        facts = payment_facts(report)
        said = repr((report.kind, *facts.to_json().values()))
        await self._alert(session, f"contradiction:{hashlib.sha256(said.encode()).hexdigest()[:32]}", facts)

    @property
    def switches(self) -> SwitchNotices:
        """Who is told that automatic renewal was switched on or off."""
        return self._switches

    async def holder_corrected(
        self, session: AsyncSession, holder: HolderRow, before: Registrant, *, order: str | None = None
    ) -> None:
        """A customer corrected a holder's data: tell the operator's system; nothing where they are as they were.

        Args:
            session: the transaction that stores the correction.
            holder: with the data that it has by now.
            before: the data that it had, with the reference e-mail that its customer had.
            order: the number of the order with which the correction was confirmed, if one was.
        """
        await self._announcements.holder_corrected(session, holder, before, order=order)

    async def chat_joined(self, session: AsyncSession, customer_id: int, chat_id: int, cause: str) -> None:
        """A chat was bound to a customer: announce it to those bound before (DOMAIN.md 2.4).

        `cause` names what bound it, such as `code-12-7`; with the same one again, nobody is told twice. Where the
        customer has no mailbox there is nothing to see from the new chat, and nothing to announce.
        """
        boxes = await session.execute(
            select(MailboxRow.address)
            .where(MailboxRow.customer_id == customer_id)
            .order_by(MailboxRow.expires_on.desc(), MailboxRow.id)
        )
        addresses = list(boxes.scalars())
        if not addresses:
            return
        now = self._surroundings.now()
        what = told.ChatJoined(at=now, addresses=tuple(addresses))
        await tell_chats(session, customer_id, f"joined:{cause}", what, now, apart_from=chat_id)

    async def mail_silenced(
        self, session: AsyncSession, customer: CustomerRow, *, code: str, undo_url: str | None
    ) -> None:
        """No reminders come by e-mail any more: confirm it there, with the way back, and tell the chats (DOMAIN.md 6).

        Args:
            session: the transaction that stores the wish.
            customer: with the number of the wish, `CustomerRow.mail_wish`.
            code: that of the customer's e-mails.
            undo_url: where the wish is undone; None where the bot has no address on the web.
        """
        boxes = await session.execute(
            select(MailboxRow.address)
            .where(MailboxRow.customer_id == customer.id)
            .order_by(MailboxRow.expires_on.desc(), MailboxRow.id)
        )
        now = self._surroundings.now()
        what = told.MailSilenced(at=now, addresses=tuple(boxes.scalars()), code=code, undo_url=undo_url)
        key = f"silenced:{customer.id}:{customer.mail_wish}"
        await tell_chats(session, customer.id, key, replace(what, undo_url=None), now)
        if self._mail:
            await mail_customer(session, customer, key, what, now)

    async def login_code(
        self,
        session: AsyncSession,
        request: LoginCodeRow,
        code: str,
        link: LoginLink,
        *,
        to: str | None,
        language: str,
    ) -> None:
        """A code was asked for in a chat: mail it with its link to `to`, in the language of that chat (DOMAIN.md 2.2).

        None stands for an address that nobody has. A row is written all the same, one that is past its time at once
        and never sent: whoever asks cannot tell by the work that is done whether the address is known.
        """
        now = self._surroundings.now()
        what = told.LoginCode(
            reader=told.Reader(to or "", language),
            code=code,
            minutes=(request.expires_at - request.created_at) // timedelta(minutes=1),
            good_until=now if to is None else request.expires_at,
            token=link.token,
            link_until=link.until,
        )
        await put(
            session,
            key=login_mail_key(request.id),
            channel=Channel.MAIL,
            payload=what.to_json(),
            now=now,
        )

    async def _rewrite(
        self,
        session: AsyncSession,
        order: OrderRow,
        facts: OrderFacts,
        why: str,
        *,
        apart_from: int | None = None,
    ) -> None:
        await rewrite_confirmation(session, order, facts, why, self._surroundings, apart_from=apart_from)

    def _facts(self, order: OrderRow, missing: Cents | None = None, refund: Cents = 0) -> OrderFacts:
        return order_facts(order, self._surroundings.today(), missing=missing, refund=refund)

    async def _tell_customer(
        self,
        session: AsyncSession,
        order: OrderRow,
        what: told.AboutOrder,
        key: str,
        not_before: datetime | None = None,
    ) -> None:
        now = self._surroundings.now()
        told_in_chats = await tell_chats(session, order.customer_id, key, what, now, not_before=not_before)
        await self._mail_customer(session, order, what, key, not_before)
        if not (told_in_chats or self._mail) and (owed := Telling.of(key, what.to_json())) is not None:
            await owed.failed(session, now)

    async def _mail_customer(
        self,
        session: AsyncSession,
        order: OrderRow,
        what: told.AboutOrder,
        key: str,
        not_before: datetime | None = None,
    ) -> None:
        if self._mail:
            customer = await session.get_one(CustomerRow, order.customer_id)
            now = self._surroundings.now()
            await mail_customer(session, customer, key, what, now, not_before=not_before)

    async def _alert(self, session: AsyncSession, key: str, payment: PaymentFacts) -> None:
        if self._operator_chat_id is not None:
            await put(
                session,
                key=f"{key}:operator",
                channel=Channel.TELEGRAM,
                payload=told.OperatorReview(payment=payment).to_json(),
                now=self._surroundings.now(),
                chat_id=self._operator_chat_id,
            )


def login_mail_key(request_id: int) -> str:
    """The key under which the outbox has the mail with the code of this request."""
    return f"{KEY_OF_CODE}{request_id}:mail"
