"""What planned messages say now: the facts of all their mailboxes, holders, orders and readers, each read once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.tables import CustomerRow, MailboxRow, OrderRow
from bot.domain.calendar import charge_date
from bot.domain.keeping import price_as_it_is
from bot.domain.mailboxes import Mailbox, days_left
from bot.domain.payments import missing_of
from bot.domain.prices import split_payment_has_ended
from bot.domain.registrant import Registrant
from bot.domain.reminders import Subject
from bot.domain.summary import next_renewal
from bot.messages.links import deep_link
from bot.messages.model import Unsubscribe
from bot.messages.reminded import Reminded, Reminder
from bot.messages.told import REMINDING, Reader, Reminding, RemindToPay, RemindUndecided
from bot.services.payments.ledger import paid_for
from bot.services.reminders.letters import Entry, Letter
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.reminders.offers import Offers, read_offers
from bot.services.renewing.facts import read_holders, read_mailboxes
from bot.services.renewing.terms import automatic_years
from bot.services.sending.phrases import phrases_for_customers
from bot.services.sending.row_facts import order_facts
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Mails:
    """What e-mails need: the keys of their codes, the bot's name, and where its pages are; None where neither is."""

    keys: KeyRing
    name: str | None
    web: str | None

    def link(self, token: str | None) -> str:
        """The deep link with this token; empty where there is none."""
        return deep_link(self.name, token)

    def unsubscribe(self, customer_id: int) -> Unsubscribe:
        """How a customer gets fewer e-mails."""
        code = unsubscribe_code(self.keys, customer_id)
        return Unsubscribe(code, None if self.web is None else f"{self.web}/reminders/{code}")


@dataclass(frozen=True, slots=True)
class Saying:
    """The facts of some messages, read at one moment."""

    surroundings: Surroundings
    mails: Mails
    mailboxes: Sequence[Mailbox]
    holders: Mapping[int, Registrant]
    years: Mapping[int, int]
    orders: Mapping[str, tuple[OrderRow, int]]
    readers: Mapping[int, Reader]
    offers: Offers

    def told(self, letter: Letter, entries: Collection[Entry]) -> Reminding:
        """What is so at this moment, as the message's reader hears it."""
        boxes, today = _about(self.mailboxes, entries), self.surroundings.today()
        by_itself = letter.subject is Subject.AUTOMATIC
        offers = self.offers.of(letter, boxes, self.holders)
        reminder = Reminder(
            letter.customer_id,
            today,
            tuple(
                replace(self._mailbox(box, by_itself=by_itself), as_it_is=offers.get(box.id)) for box in boxes
            ),
        )
        told: Reminding
        if letter.order is None:
            told = REMINDING[letter.subject](reminder=reminder)
        else:
            order, paid = self.orders[letter.order]
            missing = missing_of(order.due, paid)
            about = RemindUndecided if letter.subject is Subject.AWAITING_DECISION else RemindToPay
            told = about(reminder=reminder, order=order_facts(order, today, missing=missing))
        if letter.chat_id is None:
            told = self._addressed(letter, told)
        return replace(told, unsubscribe=None) if letter.owed else told

    def _mailbox(self, box: Mailbox, *, by_itself: bool) -> Reminded:
        """One mailbox; what it costs by the ordinary prices where it renews itself, as `offer` announced them."""
        catalogue, today = self.surroundings.catalogue, self.surroundings.today()
        holder, years = self.holders[box.holder_id], self.years.get(box.id, 1) if by_itself else 1
        price = price_as_it_is(catalogue, box, years, split_payment=holder.splits_payment, today=today)
        charged_on = charge_date(box.expires_on, catalogue)
        if price is not None and by_itself:
            price = next_renewal(price, years, catalogue, charged_on)
        return Reminded(
            id=box.id,
            holder_id=box.holder_id,
            holder_name=holder.display_name,
            holder_kind=holder.kind,
            address=box.address,
            plan_id=box.plan_id,
            expires_on=box.expires_on,
            days=days_left(box.expires_on, today),
            due=None if price is None else price.due,
            split_payment=price is not None and price.split_payment,
            years=years,
            charge_on=charged_on,
            split_ended=split_payment_has_ended(
                catalogue, charged_on if by_itself else today, declared=holder.splits_payment
            ),
        )

    def _addressed(self, letter: Letter, told: Reminding) -> Reminding:
        """The same as an e-mail: to whom, in which language, where it leads, and how to get no more of them."""
        return replace(
            told,
            reader=self.readers[letter.customer_id],
            link=self.mails.link(letter.token),
            unsubscribe=self.mails.unsubscribe(letter.customer_id),
        )


async def read_saying(
    session: AsyncSession,
    surroundings: Surroundings,
    mails: Mails,
    standing: Mapping[Letter, Collection[Entry]],
) -> Saying:
    """Read the facts of these messages, of each of which these entries still stand."""
    ids = sorted({entry.mailbox_id for entries in standing.values() for entry in entries})
    mailboxes = await read_mailboxes(session, MailboxRow.id.in_(ids)) if ids else ()
    automatic = sorted(
        {
            entry.mailbox_id
            for letter, entries in standing.items()
            if letter.subject is Subject.AUTOMATIC
            for entry in entries
        }
    )
    numbers = {letter.order for letter in standing if letter.order is not None}
    mailed = {letter.customer_id for letter in standing if letter.chat_id is None}
    return Saying(
        surroundings,
        mails,
        mailboxes,
        holders=await read_holders(session, {box.holder_id for box in mailboxes}),
        years=await automatic_years(session, automatic) if automatic else {},
        orders=await _orders(session, numbers) if numbers else {},
        readers=await read_readers(session, mailed),
        offers=await read_offers(
            session,
            surroundings,
            {letter: _about(mailboxes, entries) for letter, entries in standing.items()},
        ),
    )


def _about(mailboxes: Sequence[Mailbox], entries: Collection[Entry]) -> list[Mailbox]:
    """The mailboxes of a message, in their order."""
    ids = {entry.mailbox_id for entry in entries}
    return [box for box in mailboxes if box.id in ids]


async def _orders(session: AsyncSession, numbers: Collection[str]) -> dict[str, tuple[OrderRow, int]]:
    rows = await session.execute(select(OrderRow, paid_for(OrderRow)).where(OrderRow.number.in_(numbers)))
    return {order.number: (order, int(paid)) for order, paid in rows}


async def read_readers(session: AsyncSession, customer_ids: Collection[int]) -> dict[int, Reader]:
    """Who reads the e-mails of these customers."""
    if not customer_ids:
        return {}
    phrases = await phrases_for_customers(session, customer_ids)
    rows = await session.execute(
        select(CustomerRow.id, CustomerRow.reference_email, CustomerRow.language).where(
            CustomerRow.id.in_(customer_ids)
        )
    )
    return {customer: Reader(email, language, phrases.get(customer)) for customer, email, language in rows}
