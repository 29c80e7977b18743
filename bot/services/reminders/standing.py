"""Which entries of planned messages still stand: not renewed, ordered, silenced, or overtaken by a later step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow
from bot.domain.owed import is_owed, may_be_told
from bot.domain.reminders import Subject, Wishes, is_urgent, may_leave, next_opening, still_wanted, subject_of
from bot.services.reminders.batch import Batch, Box, mailboxes_query, read_batch, to_box
from bot.services.reminders.letters import Entry, Letter
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Standing:
    """The mailboxes of some messages, with everything that decides whether they may still be told."""

    surroundings: Surroundings
    batch: Batch
    boxes: dict[int, Box] = field(default_factory=dict)

    def true_of(self, letter: Letter) -> dict[Entry, Box]:
        """The entries of a message that are as they were planned."""
        return {
            entry: box
            for entry in letter.entries
            if (box := self.box(letter, entry)) is not None and self.holds(letter, entry, box)
        }

    def unsaid(self, letter: Letter) -> list[Entry]:
        """The steps of a message that stand no longer: silenced, overtaken, moved away or become something else.

        What is in another order than the message is about is not among them: who has ordered since knows of it.
        """
        true = self.true_of(letter)
        return [
            entry
            for entry in letter.entries
            if entry.step is not None and entry not in true and not self._was_ordered(letter, entry)
        ]

    def box(self, letter: Letter, entry: Entry) -> Box | None:
        """The mailbox of an entry, where the message's customer has it still."""
        box = self.boxes.get(entry.mailbox_id)
        return None if box is None or box.customer_id != letter.customer_id else box

    def holds(self, letter: Letter, entry: Entry, box: Box) -> bool:
        """Whether an entry is as it was planned, for the message's reader."""
        batch, chats = self.batch, self.batch.chats[box.customer_id]
        if letter.owed:
            bound = letter.chat_id is None or any(chat.id == letter.chat_id for chat in chats)
            if letter.instead and any(each.arrived_in_chat for each in batch.noticed[box.id]):
                return False
            same = box.watched.expires_on == entry.expires_on
            catalogue, today = self.surroundings.catalogue, self.surroundings.today()
            return bound and same and is_owed(box.watched, catalogue, today)
        if letter.chat_id is None:
            also = [batch.wishes_beside(chat, box) for chat in chats if chat.reachable and chat.mail_too]
            wishes = [*also, batch.wishes_by_mail(box)]
        else:
            wishes = [batch.wishes(chat, box) for chat in chats if chat.id == letter.chat_id]
        return self._holds_for(letter, entry, box, wishes)

    def another_hears(self, entry: Entry, box: Box, chat_id: int) -> bool:
        """Whether another chat of the customer that is reached is told of an entry."""
        subject = subject_of(box.watched, self.surroundings.catalogue, self.surroundings.today())
        return any(
            self.holds(
                Letter(box.customer_id, subject, (entry,), "", chat.id, box.order_about(subject)), entry, box
            )
            for chat in self.batch.chats[box.customer_id]
            if chat.reachable and chat.id != chat_id
        )

    def wait(self, letter: Letter, boxes: Collection[Box]) -> timedelta | None:
        """How long a message about these waits for the hours of reminders; None where it may leave now."""
        surroundings = self.surroundings
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

    def _holds_for(self, letter: Letter, entry: Entry, box: Box, wishes: Sequence[Wishes]) -> bool:
        """Whether an entry is as it was planned, for readers with these wishes."""
        catalogue, today = self.surroundings.catalogue, self.surroundings.today()
        if box.watched.expires_on != entry.expires_on:
            return False
        if not self._is_about(letter.subject, letter.order, box):
            return False
        told = self.batch.told_down_to.get(box.id)
        return any(still_wanted(entry.step, box.watched, wish, told, catalogue, today) for wish in wishes)

    def _was_ordered(self, letter: Letter, entry: Entry) -> bool:
        box = self.box(letter, entry)
        if box is None or box.watched.expires_on != entry.expires_on:
            return False
        return box.order is not None and box.order != letter.order

    def _is_about(self, subject: Subject, order: str | None, box: Box) -> bool:
        now = subject_of(box.watched, self.surroundings.catalogue, self.surroundings.today())
        return now is subject and box.order_about(subject) == order


async def read_standing(
    session: AsyncSession, surroundings: Surroundings, letters: Collection[Letter]
) -> Standing:
    """Read what decides about all entries of these messages."""
    ids = sorted({entry.mailbox_id for letter in letters for entry in letter.entries})
    rows = await session.execute(mailboxes_query(MailboxRow.id.in_(ids)))
    boxes = [to_box(row, surroundings.catalogue) for row in rows]
    batch = await read_batch(session, boxes)
    return Standing(surroundings, batch, {box.id: box for box in boxes})
