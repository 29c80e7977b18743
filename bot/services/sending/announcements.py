"""What the operator's system is told: each thing that happens becomes an event, in the transaction in which it happens.

What an event says is `bot.services.sending.event_contract`; nothing is asked of the database where no events are sent.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CustomerRow, HolderRow, MailboxRow, OrderRow, PaymentRow, WithdrawalRow
from bot.domain.calendar import charge_date
from bot.domain.registrant import Registrant
from bot.services.sending import event_facts
from bot.services.sending.event_contract import EventData, stored_event
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings


class Announcements:
    """Writes events for the operator's system, where it has an address for them."""

    def __init__(self, surroundings: Surroundings, *, wanted: bool) -> None:
        """Write them where they are `wanted`, and nothing otherwise."""
        self._surroundings = surroundings
        self._wanted = wanted

    async def order_placed(self, session: AsyncSession, order: OrderRow) -> None:
        """A customer placed an order."""
        if self._wanted:
            customer = await _customer(session, order.customer_id)
            await self._put(session, event_facts.order_placed(order, customer), f"placed:{order.number}")

    async def vat_decided(self, session: AsyncSession, order: OrderRow) -> None:
        """The operator has decided on the VAT of an order."""
        if self._wanted:
            customer = await _customer(session, order.customer_id)
            event = event_facts.vat_decided(order, customer, self._now)
            await self._put(session, event, f"vat:{order.number}")

    async def order_cancelled(self, session: AsyncSession, order: OrderRow) -> None:
        """A customer cancelled an order."""
        if self._wanted:
            customer = await _customer(session, order.customer_id)
            event = event_facts.order_cancelled(order, customer, order.cancelled_at or self._now)
            await self._put(session, event, f"cancelled:{order.number}")

    async def order_withdrawn(self, session: AsyncSession, order: OrderRow, statement: WithdrawalRow) -> None:
        """A consumer has withdrawn from an order, or from its kit alone."""
        if self._wanted:
            customer = await _customer(session, order.customer_id)
            of_kit = order.withdrawn_at is None
            event = (event_facts.kit_withdrawn if of_kit else event_facts.order_withdrawn)(
                order, statement, customer
            )
            await self._put(session, event, f"withdrawn:{order.number}")

    async def renewal_completed(self, session: AsyncSession, order: OrderRow, payment: PaymentRow) -> None:
        """A payment completed an order."""
        if self._wanted:
            customer = await _customer(session, order.customer_id)
            event = event_facts.renewal_completed(order, payment, customer, order.completed_at or self._now)
            await self._put(session, event, f"completed:{order.number}")

    async def auto_renewal_started(
        self, session: AsyncSession, mailbox: MailboxRow, *, years: int, order: str | None
    ) -> None:
        """A mailbox renews itself from now on, for `years` each time."""
        if self._wanted:
            event = event_facts.auto_renewal_started(
                mailbox,
                await _customer(session, mailbox.customer_id),
                self._now,
                charge_on=charge_date(mailbox.expires_on, self._surroundings.catalogue),
                years=years,
                order=order,
            )
            await self._put(session, event, f"auto-started:{mailbox.id}:{self._occasion(order)}")

    async def auto_renewal_stopped(
        self, session: AsyncSession, mailbox: MailboxRow, *, order: str | None
    ) -> None:
        """A mailbox does not renew itself any more."""
        if self._wanted:
            customer = await _customer(session, mailbox.customer_id)
            event = event_facts.auto_renewal_stopped(mailbox, customer, self._now, order=order)
            await self._put(session, event, f"auto-stopped:{mailbox.id}:{self._occasion(order)}")

    async def holder_corrected(
        self, session: AsyncSession, holder: HolderRow, before: Registrant, *, order: str | None
    ) -> None:
        """A customer corrected what was known of a holder; nothing is said where it is as it was.

        The reference e-mail is the customer's, in `before` and now.
        """
        if not self._wanted:
            return
        customer, at = await session.get_one(CustomerRow, holder.customer_id), self._now
        after = replace(Registrant.from_json(holder.data), reference_email=customer.reference_email)
        changes = event_facts.corrections(before, after)
        if not changes:
            return
        boxes = await session.execute(
            select(MailboxRow.address).where(MailboxRow.holder_id == holder.id).order_by(MailboxRow.id)
        )
        event = event_facts.holder_corrected(
            changes,
            after,
            customer.code,
            at,
            mailboxes=list(boxes.scalars()),
            order=order,
        )
        digest = hashlib.sha256(repr((at, changes)).encode()).hexdigest()[:16]
        await self._put(session, event, f"corrected:{holder.id}:{order or digest}")

    @property
    def _now(self) -> datetime:
        return self._surroundings.now()

    def _occasion(self, order: str | None) -> str:
        """What tells one switching from the next: the order that did it, or else the instant."""
        return order or self._now.isoformat()

    async def _put(self, session: AsyncSession, event: EventData, key: str) -> None:
        await put(
            session, key=f"{key}:event", channel=Channel.EVENT, payload=stored_event(event), now=self._now
        )


async def _customer(session: AsyncSession, customer_id: int) -> str:
    """How the operator calls a customer."""
    return (await session.get_one(CustomerRow, customer_id)).code
