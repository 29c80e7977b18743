"""Orders: placed once from a draft with the evidence of it, listed, and cancelled while unpaid (DOMAIN.md 3.8, 4)."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import DraftRow, EvidenceRow, HolderRow, MailboxRow, OrderRow, PaymentPromiseRow
from bot.db.turns import answered, once
from bot.domain.cases import CaseKind
from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.drafts import all_required_accepted
from bot.domain.held import corrected
from bot.domain.orders import UNENDED, OrderStatus
from bot.domain.registrant import Registrant
from bot.domain.renewal import Renewal
from bot.domain.vat import VatTreatment
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.cases import Case, open_case, resolve_case
from bot.services.closing import Ending, close_drafts
from bot.services.errors import DraftClosed, MailboxBlocked, NotYours, OrderNotOpen, OrderPartPaid
from bot.services.evidence.of_orders import Words, order_placed, orders_ended
from bot.services.held import Subject, by_order, hold
from bot.services.orders.finding import find_order, named, owned, with_promise
from bot.services.orders.invoicing import invoices_of
from bot.services.orders.rows import Order, evidence_of, new_order, to_order
from bot.services.payments.ledger import counted_so_far
from bot.services.payments.numbers import draw_number
from bot.services.payments.received import NOTHING, received_for
from bot.services.renewing.draft_rows import read_draft
from bot.services.renewing.facts import on_file, read_facts
from bot.services.renewing.offer import offer_seal, what_changed
from bot.services.renewing.stored_drafts import stored
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises
from bot.services.surroundings import Surroundings

Confirming: TypeAlias = Callable[[Order], Words]
"""Writes the screen that a chat is shown after its order."""


class Orders:
    """The orders of all customers."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep orders in `database`, judged in these `surroundings`; tell through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def place(
        self,
        actor: Actor,
        draft_id: int,
        seal: str,
        button_label: str,
        screen: str | None = None,
        confirmation_id: int | None = None,
        confirming: Confirming | None = None,
    ) -> Order:
        """Make the order of a draft; again for the same draft, return the same order (DOMAIN.md 3.8).

        Everything is checked again: ownership, gaps, acceptances in the versions in force, and that the offer is
        still the one that the button showed.

        Args:
            actor: the chat that taps.
            draft_id: its draft.
            seal: `offer_seal` of what was shown.
            button_label: the words on the button, kept as evidence.
            screen: those above it, as Telegram showed them; None where it no longer gives the message.
            confirmation_id: Telegram's number of the message that will confirm it; None where that is not known.
            confirming: gives the words of the screen that follows, which are kept with them.

        Raises:
            NotYours: no such draft in this chat.
            DraftClosed: the draft was thrown away.
            MailboxBlocked: one of the mailboxes cannot be renewed any more: another chat has ordered it, say.
            ChoiceRefused: with `Refusal.INCOMPLETE`, something is to be chosen (again).
            OfferChanged: what was shown no longer holds.
        """
        async with self._database.write() as session:
            # 1. The draft is held: it makes one order, however often the button is tapped.
            row = await session.get(DraftRow, draft_id, with_for_update=True)
            if row is None or row.chat_id != actor.chat_id:
                raise NotYours
            if row.status == "ordered":
                return await self._with_promise(session, self._of_draft(actor, draft_id))
            if row.status != "open":
                raise DraftClosed(None)
            # 2. The mailboxes are held, and everything is judged again on what is so now.
            await self._hold_mailboxes(session, row)
            facts = await read_facts(session, self._surroundings, actor, row.holder_id)
            renewal = Renewal(read_draft(stored(row), facts), facts)
            self._check(renewal, seal)
            # 3. The order is written with its evidence; it has the personal data from here on, the draft none.
            order = new_order(renewal, await draw_number(session))
            if confirmation_id is not None:
                order.confirmed_in, order.confirmation_id = actor.chat_id, confirmation_id
            session.add(order)
            await session.flush()
            evidence, acceptances = evidence_of(order.id, renewal, actor, button_label)
            session.add_all([evidence, *acceptances])
            await self._close_draft(session, row, renewal, order.number)
            await session.flush()
            await session.refresh(order)
            placed = to_order(order, NOTHING)
            shown = None if confirming is None else confirming(placed)
            await order_placed(session, order, evidence, acceptances, screen, shown)
            if declined := [box.id for box in renewal.mailboxes if box.declined]:  # it is renewed after all
                await session.execute(
                    update(MailboxRow).where(MailboxRow.id.in_(declined)).values(not_renewing=None)
                )
            # 4. Whoever is to be told is told by the same transaction.
            if order.vat_treatment == VatTreatment.OPEN.value:
                await open_case(session, _vat_case(order), self._surroundings.now())
            await self._notices.order_placed(session, order)
            return placed

    async def list(self, actor: Actor) -> tuple[Order, ...]:
        """The orders of the customers of this chat, newest first."""
        async with self._database.read() as session:
            found = await session.execute(
                owned(actor, Action.SEE).order_by(OrderRow.placed_at.desc(), OrderRow.id.desc())
            )
            rows = found.scalars().all()
            received = await received_for(session, [row.id for row in rows])
            return tuple(to_order(row, received.get(row.id, NOTHING)) for row in rows)

    async def of_draft(self, actor: Actor, draft_id: int, *, invoices: bool = False) -> Order:
        """The order that a draft of this chat became, with its `invoices` where they are asked for.

        Raises:
            NotYours: no such draft in this chat, or it was not ordered.
        """
        query = self._of_draft(actor, draft_id)
        order = await once(
            (Orders.of_draft, actor, draft_id, invoices), lambda: self._read(query, invoices=invoices)
        )
        answered((Orders.show, actor, order.number, invoices), order)
        return order

    async def show(self, actor: Actor, number: str, *, invoices: bool = False) -> Order:
        """One order, with its `invoices` where they are asked for, by its number as a person may type it.

        Raises:
            NotYours: no such order, or not this chat's.
        """
        query = named(actor, Action.SEE, number)
        return await once(
            (Orders.show, actor, number, invoices), lambda: self._read(query, invoices=invoices)
        )

    async def _read(self, query: Select[OrderRow], *, invoices: bool) -> Order:
        async with self._database.read() as session:
            order = await self._with_promise(session, query)
            return replace(order, invoices=await invoices_of(session, order.number)) if invoices else order

    async def was_placed_here(self, actor: Actor, number: str) -> bool:
        """Whether this chat has placed the order, rather than another one of the same customer.

        Raises:
            NotYours: no such order, or not this chat's.
        """
        async with self._database.read() as session:
            row = await find_order(session, actor, Action.SEE, number)
            placed_by = await session.scalar(
                select(EvidenceRow.chat_id).where(EvidenceRow.order_id == row.id)
            )
            return placed_by == actor.chat_id

    async def cancel(self, actor: Actor, number: str) -> Order:
        """Cancel an order that awaits payment, or a word on its VAT; cancelled again, it stays as it is (DOMAIN.md 4).

        Raises:
            NotYours: no such order, or not this chat's.
            OrderNotOpen: it was paid or expired.
            OrderPartPaid: part of its amount has arrived already.
        """
        async with self._database.write() as session:
            row = await find_order(session, actor, Action.CANCEL, number, lock=True)
            if row.status == OrderStatus.CANCELLED.value:
                return await self._shown(session, row)
            if OrderStatus(row.status) not in UNENDED:
                raise OrderNotOpen
            if await counted_so_far(session, row.id):
                raise OrderPartPaid
            row.status = OrderStatus.CANCELLED.value
            row.cancelled_at = self._surroundings.now()
            for item in row.items:
                item.open = False
            await end_promises(session, [row.id], self._surroundings.now())
            if row.vat_treatment == VatTreatment.OPEN.value:
                why = "the order was cancelled"
                await resolve_case(session, CaseKind.VAT, row.number, why, self._surroundings.now())
            await orders_ended(session, [row], OrderStatus.CANCELLED, self._surroundings.now())
            await self._notices.order_cancelled(session, row, apart_from=actor.chat_id)
            return await self._shown(session, row)

    async def _with_promise(self, session: AsyncSession, query: Select[OrderRow]) -> Order:
        """The only order of a query, with what its customer has said of its payment.

        Raises:
            NotYours: there is none.
        """
        found = await session.execute(with_promise(query))
        both = found.one_or_none()
        if both is None:
            raise NotYours
        row, promised = both
        return await self._shown(session, row, promised)

    async def _shown(
        self, session: AsyncSession, row: OrderRow, promised: PaymentPromiseRow | None = None
    ) -> Order:
        received = await received_for(session, [row.id])
        return to_order(row, received.get(row.id, NOTHING), promised)

    def _check(self, renewal: Renewal, seal: str) -> None:
        for mailbox in renewal.blocked:
            raise MailboxBlocked(mailbox.id, mailbox.open_order)
        if renewal.gaps:
            raise ChoiceRefused(Refusal.INCOMPLETE)
        if offer_seal(renewal) != seal or not all_required_accepted(renewal.draft, renewal.facts):
            raise what_changed(seal, renewal)

    async def _hold_mailboxes(self, session: AsyncSession, row: DraftRow) -> None:
        """Let no other chat order these mailboxes until this order is placed, or refused."""
        ids = [item.mailbox_id for item in row.items]
        await session.execute(
            select(MailboxRow.id).where(MailboxRow.id.in_(ids)).order_by(MailboxRow.id).with_for_update()
        )

    async def _close_draft(self, session: AsyncSession, row: DraftRow, renewal: Renewal, number: str) -> None:
        """The order holds the personal data now; what was corrected is on file, and held there (DOMAIN.md 3.5)."""
        if renewal.draft.registrant is not None:
            holder = await session.get_one(HolderRow, row.holder_id, with_for_update={"key_share": True})
            before = replace(
                Registrant.from_json(holder.data), reference_email=renewal.registrant.reference_email
            )
            values = corrected(before, renewal.registrant)
            holder.data = on_file(renewal.registrant)
            holder.updated_at = renewal.facts.now
            await hold(
                session, Subject.HOLDER, holder.id, values, origin=by_order(number), now=renewal.facts.now
            )
            await self._notices.holder_corrected(session, holder, before, order=number)
        await close_drafts(session, Ending.ORDERED, DraftRow.id == row.id)

    def _of_draft(self, actor: Actor, draft_id: int) -> Select[OrderRow]:
        """The order that a draft of this chat became: one at most."""
        return (
            owned(actor, Action.SEE)
            .join(DraftRow, DraftRow.id == OrderRow.draft_id)
            .where(DraftRow.id == draft_id, DraftRow.chat_id == actor.chat_id)
        )


def _vat_case(order: OrderRow) -> Case:
    """That the operator is to decide on the VAT; the last day is the one on which a payment keeps mailboxes sending."""
    holder = Registrant.from_json(order.registrant)
    facts = {
        "country": holder.address.country,
        "vat_number": holder.vat_number,
        "net": order.net,
        "vat": order.vat,
        "hardware": order.shipping is not None,
    }
    return Case(CaseKind.VAT, order.number, order.number, facts, order.pay_by)
