"""What planned notices of space say now: the facts of all their mailboxes and readers, each read once.

Between the plan and the sending messages may be deleted, the mailbox be renewed with more space, deleted or silenced,
or another chat read for its customer. What is no longer so is not told (DOMAIN.md 6, "Space").
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, SpaceLevelRow
from bot.domain.mailboxes import Mailbox, Usage, blocker, is_over
from bot.domain.registrant import Registrant
from bot.domain.reminders import MuteLevel
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import Filling, fillings, larger_plan, may_be_in_an_order, sells_more
from bot.messages.space_told import FullMailbox
from bot.messages.told import Reader, SpaceFilling
from bot.services.reminders.batch import Batch, Box, mailboxes_query, read_batch, to_box
from bot.services.reminders.filling import SpaceLetter, Untold
from bot.services.reminders.saying import Mails, read_readers
from bot.services.renewing.facts import read_holders, read_mailboxes
from bot.services.sending.outbox import Outcome, Result
from bot.services.surroundings import Surroundings

_SETTLED: Final = "it is no longer so"
_NOT_ITS: Final = "the chat no longer speaks for the customer"
_UNWANTED: Final = "no more e-mails are wanted"


@dataclass(frozen=True, slots=True)
class SpaceSaying:
    """The facts of some notices, read at one moment.

    Attributes:
        batch: who hears of the mailboxes.
        boxes: the mailboxes, by their ids.
        usages: the use of each.
        noted: the levels as they are noted, by mailbox and whether it is the archive.
        holders: by their ids.
        readers: of e-mails, by customer.
    """

    surroundings: Surroundings
    mails: Mails
    batch: Batch
    boxes: Mapping[int, tuple[Box, Mailbox]]
    usages: Mapping[int, Usage]
    noted: Mapping[tuple[int, bool], SpaceLevelRow]
    holders: Mapping[int, Registrant]
    readers: Mapping[int, Reader]

    def told(self, letter: SpaceLetter) -> SpaceFilling | Outcome:
        """What is told now, or why it is not."""
        customer_id, batch = letter.customer_id, self.batch
        if letter.chat_id is None:
            if batch.mail_mutes.get(customer_id) is not None:
                return Outcome(Result.OBSOLETE, _UNWANTED)
        elif all(chat.id != letter.chat_id for chat in batch.chats[customer_id]):
            return Outcome(Result.UNREACHABLE, _NOT_ITS)
        found = tuple(self._still_true(letter))
        if not found:
            return Outcome(Result.OBSOLETE, _SETTLED)
        told = SpaceFilling(mailboxes=found)
        if letter.chat_id is not None:
            return told
        return replace(
            told,
            reader=self.readers[customer_id],
            link=self.mails.link(letter.token),
            unsubscribe=self.mails.unsubscribe(customer_id),
        )

    def _still_true(self, letter: SpaceLetter) -> Iterator[FullMailbox]:
        """The spaces that are as full as they were planned, and not told of anew since."""
        for entry in letter.entries:
            row, usage = self.noted.get((entry.mailbox_id, entry.archive)), self.usages.get(entry.mailbox_id)
            box, mailbox = self.boxes.get(entry.mailbox_id, (None, None))
            if row is None or usage is None or box is None or mailbox is None:
                continue
            if (row.level, row.told, row.told_at) != (entry.level, entry.level, letter.at):
                continue
            if mailbox.customer_id != letter.customer_id or self._is_silenced(letter, box):
                continue
            space = self._space(mailbox, usage, archive=entry.archive)
            if space is not None and space.level >= entry.level:
                yield self._full(mailbox, space, entry)

    def _is_silenced(self, letter: SpaceLetter, box: Box) -> bool:
        if letter.chat_id is None:
            return self.batch.wishes_by_mail(box).mute is MuteLevel.ALL
        return self.batch.mutes.get((letter.chat_id, box.id)) is MuteLevel.ALL

    def _space(self, box: Mailbox, usage: Usage, *, archive: bool) -> Filling | None:
        catalogue = self.surroundings.catalogue
        plan = catalogue.plans.get(box.plan_id)
        if plan is None or is_over(box, box.gone_on, catalogue, self.surroundings.today()):
            return None
        extra = ExtraSpace(box.extra_mailbox_gb, box.extra_archive_gb)
        return next((each for each in fillings(plan, extra, usage) if each.archive is archive), None)

    def _full(self, box: Mailbox, space: Filling, entry: Untold) -> FullMailbox:
        catalogue, today = self.surroundings.catalogue, self.surroundings.today()
        larger = larger_plan(catalogue, box, archive=space.archive)
        return FullMailbox(
            id=box.id,
            address=box.address,
            archive=space.archive,
            used_gb=space.used_gb,
            room_gb=space.room_gb,
            level=entry.level,
            extra=sells_more(catalogue, box, archive=space.archive),
            larger=None if larger is None else larger.id,
            renewable=blocker(box, catalogue, today) is None,
            professional=may_be_in_an_order(self.holders[box.holder_id].kind),
        )


async def read_space_saying(
    session: AsyncSession, surroundings: Surroundings, mails: Mails, letters: Collection[SpaceLetter]
) -> SpaceSaying:
    """Read the facts of these notices."""
    ids = sorted({entry.mailbox_id for letter in letters for entry in letter.entries})
    rows = await session.execute(mailboxes_query(MailboxRow.id.in_(ids)))
    batch = await read_batch(session, [to_box(row, surroundings.catalogue) for row in rows])
    mailboxes = {box.id: box for box in await read_mailboxes(session, MailboxRow.id.in_(ids))}
    levels = await session.scalars(select(SpaceLevelRow).where(SpaceLevelRow.mailbox_id.in_(ids)))
    return SpaceSaying(
        surroundings,
        mails,
        batch,
        boxes={box.id: (box, mailboxes[box.id]) for box in batch.boxes if box.id in mailboxes},
        usages=await _usages(session, ids),
        noted={(row.mailbox_id, row.archive): row for row in levels},
        holders=await read_holders(session, {box.holder_id for box in mailboxes.values()}),
        readers=await read_readers(
            session, {letter.customer_id for letter in letters if letter.chat_id is None}
        ),
    )


async def _usages(session: AsyncSession, ids: Collection[int]) -> dict[int, Usage]:
    """The use of each mailbox; an archive of which nothing is known is empty."""
    rows = await session.execute(
        select(
            MailboxRow.id,
            MailboxRow.used_mailbox_milli_gb,
            MailboxRow.used_archive_milli_gb,
            MailboxRow.usage_at,
        ).where(MailboxRow.id.in_(ids), MailboxRow.used_mailbox_milli_gb.is_not(None))
    )
    return {
        mailbox_id: Usage.of_milli(mailbox, archive or 0, at)
        for mailbox_id, mailbox, archive, at in rows
        if mailbox is not None and at is not None
    }
