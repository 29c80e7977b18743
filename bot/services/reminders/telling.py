"""What a planned reminder says: judged again at the moment it is sent, from what is so by then (DOMAIN.md 6).

Between the plan and the sending a mailbox may be renewed, ordered or silenced, a night may pass, or Telegram be away
for a day. Whoever reads it must find the real days left, and nothing that is settled.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import (
    CustomerRow,
    HolderRow,
    MailboxRow,
    OrderRow,
    OutboxRow,
    ReminderRow,
    SnoozeRow,
)
from bot.db.upsert import insert_if_absent
from bot.domain.calendar import charge_date
from bot.domain.keeping import price_as_it_is
from bot.domain.mailboxes import Mailbox, days_left
from bot.domain.owed import is_owed, may_be_told
from bot.domain.payments import missing_of
from bot.domain.prices import split_payment_has_ended
from bot.domain.registrant import Registrant
from bot.domain.reminders import Subject, Wishes, is_urgent, may_leave, next_opening, still_wanted, subject_of
from bot.domain.summary import next_renewal
from bot.messages.model import Unsubscribe
from bot.messages.reminded import Reminded, Reminder
from bot.messages.told import REMINDING, Reader, Reminding, RemindToPay
from bot.services.payments.ledger import counted_so_far
from bot.services.reminders.batch import Batch, Box, mailboxes_query, read_batch, to_box
from bot.services.reminders.letters import MESSAGE, WITH_LINK, Entry, Letter, link_for
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.reminders.owed import drop_from_notice
from bot.services.renewing.facts import read_mailboxes
from bot.services.renewing.terms import automatic_years
from bot.services.sending.outbox import Channel, Claimed, Message, Outcome, Result, Sender, put_many
from bot.services.sending.phrases import phrase_for_customer
from bot.services.sending.row_facts import order_facts
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again

NameOfBot = Callable[[], Awaitable[str | None]]
"""Gives the bot's user name, without the `@`; None while Telegram cannot be asked."""

_LATER: Final = "reminders leave at other hours"
_NO_NAME: Final = "the bot's name is not known while Telegram cannot be asked"
_SLOW: Final = "what it says could not be read in time"
_FACTS_SECONDS: Final = 10.0
"""How long it may take to read what a message says: well below the lease of its row."""
_SETTLED: Final = "it was settled before its turn came"
_ARRIVED: Final = "it had arrived in a chat, or was settled, before its turn came"
_HEARD_OR_WAITING: Final = ("due", "claimed", Result.SENT.value, Result.UNKNOWN.value)
_BY_MAIL: Final = "an e-mail took its place"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links in e-mails lead.

    Attributes:
        bot: the bot's user name.
        web: the address at which the bot's own pages are reached, without a slash at its end; None where nobody can
            reach them.
    """

    bot: NameOfBot
    web: str | None


class ReminderSender:
    """Stands before the sender of a channel: reminders pass as they are by now, everything else as it is."""

    def __init__(
        self,
        sender: Sender,
        database: Database,
        surroundings: Surroundings,
        addresses: Addresses,
        *,
        mail: bool,
    ) -> None:
        """Send with `sender`; `mail` says whether e-mail is set up, which takes over from a chat that is gone."""
        self._sender = sender
        self._database = database
        self._surroundings = surroundings
        self._addresses = addresses
        self._mail = mail

    async def send(self, claimed: Claimed) -> Outcome:
        """Send a row of the outbox once, if it is still true and the hour is right."""
        if claimed.payload.get("message") != MESSAGE:
            return await self._sender.send(claimed)
        letter = Letter.read(claimed.payload, claimed.chat_id)
        try:
            # Were it found out only when the lease is nearly over, nobody would know whether something was sent.
            async with asyncio.timeout(_FACTS_SECONDS):
                told = await self._now_so(letter)
        except TimeoutError:
            return Outcome(Result.RETRY, _SLOW)
        if isinstance(told, Outcome):
            if told.reason == _SETTLED and not letter.owed:
                await self._give_back(letter, claimed.key)
            return told
        if len(told.reminder.mailboxes) < len(letter.entries) and not letter.owed:
            await self._give_back(letter, claimed.key)
        outcome = await self._sender.send(replace(claimed, payload=told.to_json()))
        if outcome.result is Result.UNREACHABLE and letter.chat_id is not None and not letter.owed:
            await self._find_other_readers(letter, letter.chat_id)
        return outcome

    async def _now_so(self, letter: Letter) -> Reminding | Outcome:
        """What is told now, or why it is not."""
        surroundings, token, link = self._surroundings, letter.token, ""
        if token is not None:
            name = await self._addresses.bot()
            if name is None:
                return Outcome(Result.RETRY, _NO_NAME)
            link = f"https://t.me/{name}?start={token}"
        async with self._database.read() as session:
            by_mail = replace(letter, chat_id=None, instead=True)
            if letter.chat_id is not None and not letter.owed and await _is_written(session, by_mail):
                return Outcome(Result.OBSOLETE, _BY_MAIL)
            true = await self._still_true(session, letter)
            if not true:
                return Outcome(Result.OBSOLETE, _ARRIVED if letter.owed and letter.instead else _SETTLED)
            if (wait := self._wait(letter, true.values())) is not None:
                return Outcome(Result.RETRY, _LATER, wait=wait)
            told = await self._told(session, letter, list(true))
            if letter.chat_id is None:
                told = await self._addressed(session, told, link)
        if letter.owed:
            told = replace(told, unsubscribe=None)
            if left_out := set(letter.entries) - true.keys():
                await drop_from_notice(self._database, surroundings, letter, left_out)
        return told

    def _wait(self, letter: Letter, boxes: Collection[Box]) -> timedelta | None:
        """How long it waits for the hours of reminders; None where it may leave now."""
        surroundings = self._surroundings
        catalogue, here = surroundings.catalogue, surroundings.here()
        if letter.owed and letter.instead:
            return None  # the next way, on the same day
        if letter.owed:
            urgent = False
            leaves = any(may_be_told(here, box.watched.expires_on, catalogue.rules) for box in boxes)
        else:
            urgent = any(is_urgent(box.watched, catalogue, surroundings.today()) for box in boxes)
            leaves = may_leave(here, catalogue.rules, urgent=urgent)
        return None if leaves else next_opening(here, catalogue.rules, urgent=urgent) - here

    async def _still_true(self, session: AsyncSession, letter: Letter) -> dict[Entry, Box]:
        """The entries that are as they were planned: not renewed, ordered, silenced or overtaken by a later step."""
        batch = await self._batch(session, letter)
        boxes = {box.id: box for box in batch.boxes}
        return {
            entry: box
            for entry in letter.entries
            if (box := boxes.get(entry.mailbox_id)) is not None and self._holds(letter, entry, box, batch)
        }

    async def _batch(self, session: AsyncSession, letter: Letter) -> Batch:
        ids = [entry.mailbox_id for entry in letter.entries]
        rows = await session.execute(
            mailboxes_query(MailboxRow.id.in_(ids), MailboxRow.customer_id == letter.customer_id)
        )
        return await read_batch(session, [to_box(row, self._surroundings.catalogue) for row in rows])

    def _holds(self, letter: Letter, entry: Entry, box: Box, batch: Batch) -> bool:
        chats = batch.chats[box.customer_id]
        if letter.owed:
            bound = letter.chat_id is None or any(chat.id == letter.chat_id for chat in chats)
            if letter.instead and any(each.arrived_in_chat for each in batch.noticed[box.id]):
                return False
            same = box.watched.expires_on == entry.expires_on
            catalogue, today = self._surroundings.catalogue, self._surroundings.today()
            return bound and same and is_owed(box.watched, catalogue, today)
        if letter.chat_id is None:
            also = [batch.wishes_beside(chat, box) for chat in chats if chat.reachable and chat.mail_too]
            wishes = [*also, batch.wishes_by_mail(box)]
        else:
            wishes = [batch.wishes(chat, box) for chat in chats if chat.id == letter.chat_id]
        return self._holds_for(letter, entry, box, wishes, batch.told_down_to.get(box.id))

    def _holds_for(
        self, letter: Letter, entry: Entry, box: Box, wishes: Sequence[Wishes], told: int | None
    ) -> bool:
        """Whether an entry is as it was planned, for readers with these wishes."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        if box.watched.expires_on != entry.expires_on:
            return False
        if (
            subject_of(box.watched, catalogue, today) is not letter.subject
            or box.order_about(letter.subject) != letter.order
        ):
            return False
        return any(still_wanted(entry.step, box.watched, wish, told, catalogue, today) for wish in wishes)

    async def _told(self, session: AsyncSession, letter: Letter, entries: list[Entry]) -> Reminding:
        """What is so at this moment, as a chat hears it."""
        ids, today = [entry.mailbox_id for entry in entries], self._surroundings.today()
        boxes = await read_mailboxes(session, MailboxRow.id.in_(ids))
        holders = await _holders(session, {box.holder_id for box in boxes})
        by_itself = letter.subject is Subject.AUTOMATIC
        years = await automatic_years(session, ids) if by_itself else {}
        reminder = Reminder(
            letter.customer_id,
            today,
            tuple(
                self._mailbox(box, holders[box.holder_id], years.get(box.id, 1), by_itself=by_itself)
                for box in boxes
            ),
        )
        if letter.order is None:
            return REMINDING[letter.subject](reminder=reminder)
        order = (await session.execute(select(OrderRow).where(OrderRow.number == letter.order))).scalar_one()
        missing = missing_of(order.due, await counted_so_far(session, order.id))
        return RemindToPay(reminder=reminder, order=order_facts(order, today, missing=missing))

    def _mailbox(self, box: Mailbox, holder: Registrant, years: int, *, by_itself: bool) -> Reminded:
        """One mailbox; what it costs by the ordinary prices where it renews itself, as `offer` announced them."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
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

    async def _addressed(self, session: AsyncSession, told: Reminding, link: str) -> Reminding:
        """The same as an e-mail: to whom, in which language, where it leads, and how to get no more of them."""
        customer = await session.get_one(CustomerRow, told.reminder.customer_id)
        code, web = unsubscribe_code(self._database.keys, customer.id), self._addresses.web
        return replace(
            told,
            reader=Reader(
                customer.reference_email, customer.language, await phrase_for_customer(session, customer.id)
            ),
            link=link,
            unsubscribe=Unsubscribe(code, None if web is None else f"{web}/reminders/{code}"),
        )

    async def _give_back(self, letter: Letter, key: str) -> None:
        """Steps that their reader has silenced since the plan: where nobody else hears of them, they are told no more.

        A chat that wants only the last steps may have missed one of those for a step that nobody heard in the end.
        """
        async with self._database.write() as session:
            batch = await self._batch(session, letter)
            boxes = {box.id: box for box in batch.boxes}
            silenced = [
                entry
                for entry in letter.entries
                if entry.step is not None
                and (box := boxes.get(entry.mailbox_id)) is not None
                and not self._holds(letter, entry, box, batch)
                and self._holds_for(letter, entry, box, [Wishes()], batch.told_down_to.get(box.id))
            ]
            if not silenced:
                return
            heard = await _entries_of_others(session, letter, key)
            untold = [entry for entry in silenced if entry not in heard]
            if untold:
                await self._leave_untold(session, untold, letter.chat_id)

    async def _find_other_readers(self, letter: Letter, chat_id: int) -> None:
        """A chat is gone: let an e-mail say what it did not hear, or else let the planner tell whoever comes.

        What another chat of the customer hears of is told; what is left may be told again.
        """
        async with self._database.write() as session:
            batch = await self._batch(session, letter)
            boxes = {box.id: box for box in batch.boxes}
            unheard = [
                entry
                for entry in letter.entries
                if entry.mailbox_id in boxes
                and not self._another_hears(entry, boxes[entry.mailbox_id], batch, chat_id)
            ]
            by_mail = replace(letter, chat_id=None, entries=tuple(unheard), instead=True)
            mailed = self._mail and any(
                self._holds(by_mail, entry, boxes[entry.mailbox_id], batch) for entry in unheard
            )
            if mailed:
                await self._mail_instead(session, by_mail)
            elif unheard:
                await self._leave_untold(session, unheard, chat_id)

    def _another_hears(self, entry: Entry, box: Box, batch: Batch, chat_id: int) -> bool:
        subject = self._subject(box)
        return any(
            self._holds(
                Letter(box.customer_id, subject, (entry,), "", chat.id, box.order_about(subject)),
                entry,
                box,
                batch,
            )
            for chat in batch.chats[box.customer_id]
            if chat.reachable and chat.id != chat_id
        )

    def _subject(self, box: Box) -> Subject:
        return subject_of(box.watched, self._surroundings.catalogue, self._surroundings.today())

    async def _mail_instead(self, session: AsyncSession, letter: Letter) -> None:
        if await _is_written(session, letter) or await _is_written(session, replace(letter, instead=False)):
            return
        token = None
        if letter.subject in WITH_LINK:
            token, row = link_for(self._surroundings, letter)
            session.add(row)
        message = Message(letter.key, Channel.MAIL, replace(letter, token=token).payload(), bulk=True)
        await put_many(session, [message], self._surroundings.now())

    async def _leave_untold(self, session: AsyncSession, entries: list[Entry], chat_id: int | None) -> None:
        """Nobody heard of these: they are due again for whoever can be reached next.

        A day that was asked for is asked for again in the chat `chat_id`, which had asked.
        """
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        for entry in entries:
            if entry.step is not None:
                await session.execute(
                    delete(ReminderRow).where(
                        ReminderRow.mailbox_id == entry.mailbox_id,
                        ReminderRow.expires_on == entry.expires_on,
                        ReminderRow.step == entry.step,
                    )
                )
            else:
                put_off = {"chat_id": chat_id, "mailbox_id": entry.mailbox_id, "until": today}
                await insert_if_absent(session, SnoozeRow, put_off | {"expires_on": entry.expires_on})
        # Also for a chat that is there, and has less to hear: it may have missed an earlier step for this one.
        ids = [entry.mailbox_id for entry in entries]
        await look_again(session, catalogue, today, MailboxRow.id.in_(ids))


async def _entries_of_others(session: AsyncSession, letter: Letter, key: str) -> set[Entry]:
    """What other messages of the same plan have told, or may still tell."""
    about = letter.order or letter.customer_id
    rows = await session.execute(
        select(OutboxRow.payload, OutboxRow.chat_id).where(
            OutboxRow.key.like(f"remind:{about}:%:{letter.plan}-%"),
            OutboxRow.key != key,
            OutboxRow.state.in_(_HEARD_OR_WAITING),
        )
    )
    return {entry for payload, chat_id in rows for entry in Letter.read(payload, chat_id).entries}


async def _is_written(session: AsyncSession, letter: Letter) -> bool:
    return await session.scalar(select(OutboxRow.id).where(OutboxRow.key == letter.key)) is not None


async def _holders(session: AsyncSession, holder_ids: set[int]) -> dict[int, Registrant]:
    rows = await session.execute(select(HolderRow.id, HolderRow.data).where(HolderRow.id.in_(holder_ids)))
    return {holder_id: Registrant.from_json(data) for holder_id, data in rows}
