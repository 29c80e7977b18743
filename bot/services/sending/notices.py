"""Who is told of what: each thing that happens becomes rows of the outbox, in the transaction in which it happens.

A payload names its message and carries the facts of that moment; the words come when it is sent, in the language of
whoever reads it (`bot.messages`).
"""

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CustomerRow,
    HolderRow,
    LoginCodeRow,
    MailboxRow,
    OrderRow,
    PaymentRow,
)
from bot.domain.money import Cents, amount
from bot.domain.payments import PaymentOutcome, missing_of
from bot.domain.registrant import Registrant
from bot.services.sending.announcements import Announcements
from bot.services.sending.outbox import Channel, put
from bot.services.sending.undelivered import Telling
from bot.services.surroundings import Surroundings


class Notices:
    """Writes what customers, the operator and the operator's system have to be told."""

    def __init__(
        self, surroundings: Surroundings, *, operator_chat_id: int | None, mail: bool, events: bool
    ) -> None:
        """Tell the operator in `operator_chat_id`, if there is one; `mail` and `events` say what is set up."""
        self._surroundings = surroundings
        self._operator_chat_id = operator_chat_id
        self._mail = mail
        self._announcements = Announcements(surroundings, wanted=events)

    async def order_placed(self, session: AsyncSession, order: OrderRow) -> None:
        """An order was placed: confirm it by e-mail, and tell the operator's system (DOMAIN.md 4)."""
        facts = order_facts(order)
        await self._mail_customer(session, order, "order-placed", f"placed:{order.number}", facts)
        await self._announcements.order_placed(session, order)

    async def order_cancelled(self, session: AsyncSession, order: OrderRow) -> None:
        """An order was cancelled by the customer: tell the operator's system, and whoever reads the customer's mail.

        The chat in which it was cancelled knows; the mail with the instructions lies where others may still pay it.
        """
        facts = _unpaid_facts(order, 0)
        await self._mail_customer(session, order, "order-cancelled", f"cancelled:{order.number}", facts)
        await self._announcements.order_cancelled(session, order)

    async def order_expiring(self, session: AsyncSession, order: OrderRow, paid: Cents) -> None:
        """An order of which only `paid` counts can soon no longer save its mailboxes: say so before (DOMAIN.md 4)."""
        facts = _unpaid_facts(order, paid)
        await self._tell_customer(session, order, "order-expiring", f"expiring:{order.number}", facts)

    async def order_expired(self, session: AsyncSession, order: OrderRow, paid: Cents) -> None:
        """An order of which only `paid` counts expired: say so (DOMAIN.md 4)."""
        facts = _unpaid_facts(order, paid)
        await self._tell_customer(session, order, "order-expired", f"expired:{order.number}", facts)

    async def payment(self, session: AsyncSession, payment: PaymentRow, order: OrderRow | None) -> None:
        """Money moved: tell the customer what it did, and the operator what needs a person (DOMAIN.md 5)."""
        if order is not None:
            facts = order_facts(order) | payment_facts(payment)
            if payment.outcome == PaymentOutcome.COMPLETED.value:
                key = f"completed:{order.number}"
                await self._tell_customer(session, order, "renewal-completed", key, facts)
                await self._announcements.renewal_completed(session, order, payment)
            elif payment.outcome == PaymentOutcome.PARTIAL.value:
                await self._tell_customer(session, order, "payment-partial", f"partial:{payment.id}", facts)
        if payment.reason is not None:
            await self._alert(session, f"review:{payment.id}", payment_facts(payment))

    async def contradiction(self, session: AsyncSession, report: PaymentRow) -> None:
        """A report names a known payment or call, and says something else of it: tell the operator once.

        `report` is not in the ledger, which keeps what was said first.
        """
        facts = payment_facts(report)
        digest = hashlib.sha256(repr((report.kind, *facts.values())).encode()).hexdigest()[:32]
        await self._alert(session, f"contradiction:{digest}", facts)

    async def auto_renewal_started(
        self, session: AsyncSession, mailbox: MailboxRow, *, years: int, order: str | None = None
    ) -> None:
        """A mailbox renews itself from now on: tell whoever charges.

        Args:
            session: the transaction that switches it on.
            mailbox: with the expiry that it has by now.
            years: for how long it is renewed each time (DOMAIN.md 3.7).
            order: the number of the order that switched it on, if one did.
        """
        await self._announcements.auto_renewal_started(session, mailbox, years=years, order=order)

    async def auto_renewal_stopped(
        self, session: AsyncSession, mailbox: MailboxRow, *, order: str | None = None
    ) -> None:
        """A mailbox does not renew itself any more: tell whoever charges.

        Args:
            session: the transaction that switches it off.
            mailbox: with the expiry that it has by now.
            order: the number of the completed order that leaves it off; None where a customer switched it off.
        """
        await self._announcements.auto_renewal_stopped(session, mailbox, order=order)

    async def holder_corrected(
        self, session: AsyncSession, holder: HolderRow, before: Registrant, *, order: str | None = None
    ) -> None:
        """A customer corrected a holder's data: tell the operator's system; nothing where they are as they were.

        Args:
            session: the transaction that stores the correction.
            holder: with the data that it has by now.
            before: the data that it had.
            order: the number of the order with which the correction was confirmed, if one was.
        """
        await self._announcements.holder_corrected(session, holder, before, order=order)

    async def chat_joined(self, session: AsyncSession, customer_id: int, chat_id: int, cause: str) -> None:
        """A chat was bound to a customer: announce it to those bound before (DOMAIN.md 2.4).

        `cause` names what bound it, such as ``code-12-7``; with the same one again, nobody is told twice. Where the
        customer has no mailbox there is nothing to see from the new chat, and nothing to announce.
        """
        others = await session.execute(
            select(ChatCustomerRow.chat_id).where(
                ChatCustomerRow.customer_id == customer_id, ChatCustomerRow.chat_id != chat_id
            )
        )
        boxes = await session.execute(
            select(MailboxRow.address)
            .where(MailboxRow.customer_id == customer_id)
            .order_by(MailboxRow.expires_on.desc(), MailboxRow.id)
        )
        addresses = list(boxes.scalars())
        if not addresses:
            return
        facts = {"at": self._surroundings.now().isoformat(), "addresses": addresses}
        for other in others.scalars():
            await self._push(session, other, f"joined:{cause}", {"message": "chat-joined", **facts})

    async def login_code(
        self, session: AsyncSession, request: LoginCodeRow, code: str, *, to: str | None, language: str
    ) -> None:
        """A code was asked for in a chat: mail it to `to`, in the language of that chat (DOMAIN.md 2.2).

        None stands for an address that nobody has. A row is written all the same, one that is past its time at once
        and never sent: whoever asks cannot tell by the work that is done whether the address is known.
        """
        now = self._surroundings.now()
        await put(
            session,
            key=login_mail_key(request.id),
            channel=Channel.MAIL,
            payload={
                "message": "login-code",
                "to": to or "",
                "language": language,
                "code": code,
                "minutes": (request.expires_at - request.created_at) // timedelta(minutes=1),
                "good_until": (now if to is None else request.expires_at).isoformat(),
            },
            now=now,
        )

    async def _tell_customer(
        self, session: AsyncSession, order: OrderRow, message: str, key: str, facts: dict[str, Any]
    ) -> None:
        chats = await session.execute(
            select(ChatCustomerRow.chat_id).where(ChatCustomerRow.customer_id == order.customer_id)
        )
        payload = {"message": message, "on": self._surroundings.today().isoformat(), **facts}
        told = self._mail
        for chat_id in chats.scalars():
            await self._push(session, chat_id, key, payload)
            told = True
        await self._mail_customer(session, order, message, key, facts)
        if not told and (owed := Telling.of(key, payload)) is not None:
            await owed.failed(session, self._surroundings.now())

    async def _push(self, session: AsyncSession, chat_id: int, key: str, payload: dict[str, Any]) -> None:
        await put(
            session,
            key=f"{key}:chat:{chat_id}",
            channel=Channel.TELEGRAM,
            payload=payload,
            now=self._surroundings.now(),
            chat_id=chat_id,
        )

    async def _mail_customer(
        self, session: AsyncSession, order: OrderRow, message: str, key: str, facts: dict[str, Any]
    ) -> None:
        if not self._mail:
            return
        customer = await session.get_one(CustomerRow, order.customer_id)
        registrant = Registrant.from_json(order.registrant)
        await put(
            session,
            key=f"{key}:mail",
            channel=Channel.MAIL,
            payload={
                "message": message,
                "on": self._surroundings.today().isoformat(),
                "to": registrant.reference_email or customer.reference_email,
                "language": customer.language,
                "phrase": await phrase_for_customer(session, customer.id),
                **facts,
            },
            now=self._surroundings.now(),
        )

    async def _alert(self, session: AsyncSession, key: str, facts: dict[str, Any]) -> None:
        if self._operator_chat_id is not None:
            await put(
                session,
                key=f"{key}:operator",
                channel=Channel.TELEGRAM,
                payload={"message": "operator-review", **facts},
                now=self._surroundings.now(),
                chat_id=self._operator_chat_id,
            )


def login_mail_key(request_id: int) -> str:
    """The key under which the outbox has the mail with the code of this request."""
    return f"login:{request_id}:mail"


def order_facts(order: OrderRow) -> dict[str, Any]:
    """What messages and events say of an order: strict JSON, money in cents, dates in ISO 8601."""
    return {
        "order": order.number,
        "placed_at": order.placed_at.isoformat(),
        "years": order.years,
        "net": order.net,
        "vat": order.vat,
        "due": order.due,
        "split_payment": order.split_payment,
        "method": order.method_id,
        "auto_renew": order.auto_renew,
        "consumer": Registrant.from_json(order.registrant).kind.is_consumer,
        "kit": order.kit_id,
        "pay_by": order.pay_by.isoformat(),
        "payable_until": order.payable_until.isoformat(),
        "items": [
            {
                "mailbox": item.mailbox_id,
                "address": item.address,
                "old_plan": item.old_plan_id,
                "plan": item.plan_id,
                "extra_mailbox_gb": item.extra_mailbox_gb,
                "extra_archive_gb": item.extra_archive_gb,
                "old_expiry": item.old_expiry.isoformat(),
                "new_expiry": item.new_expiry.isoformat(),
            }
            for item in order.items
        ],
        "lines": [
            {
                "kind": line.kind,
                "code": line.code,
                "mailbox": line.mailbox_id,
                "quantity": line.quantity,
                "years": line.years,
                "unit_net": line.unit_net,
                "next_unit_net": line.next_unit_net,
                "net": line.net,
                "vat_percent": line.vat_percent,
                "vat": line.vat,
            }
            for line in order.lines
        ],
    }


async def phrase_for_customer(session: AsyncSession, customer_id: int) -> str | None:
    """The security phrase of a customer's e-mails: that of the chat which was bound first, of those that have one."""
    rows = await session.execute(
        select(ChatRow.security_phrase)
        .join(ChatCustomerRow, ChatCustomerRow.chat_id == ChatRow.id)
        .where(ChatCustomerRow.customer_id == customer_id, ChatRow.security_phrase.is_not(None))
        .order_by(ChatCustomerRow.bound_at, ChatRow.id)
        .limit(1)
    )
    return rows.scalar_one_or_none()


def _unpaid_facts(order: OrderRow, paid: Cents) -> dict[str, Any]:
    """The facts of an order that is not paid, or not in full, with what is missing."""
    return order_facts(order) | {"missing": missing_of(order.due, paid)}


def payment_facts(payment: PaymentRow) -> dict[str, Any]:
    """What messages say of a payment."""
    return {
        "payment_id": payment.payment_id,
        "order_text": payment.order_text,
        "paid": payment.amount,
        "paid_text": amount(payment.amount),
        "currency": payment.currency,
        "payment_method": payment.method,
        "registered_at": payment.registered_at.isoformat(),
        "outcome": payment.outcome,
        "reason": payment.reason,
        "missing": payment.missing,
        "refund": payment.refund,
    }
