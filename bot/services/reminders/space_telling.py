"""What a planned notice of space says: judged again as it leaves, from what is so by then (DOMAIN.md 6, "Space").

Between the plan and the sending a night may pass: messages are deleted, the mailbox is renewed with more space, or is
deleted, or another chat reads for its customer. What is no longer so is not told.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import (
    CustomerRow,
    HolderRow,
    MailboxRow,
    MuteRow,
    SpaceLevelRow,
)
from bot.domain.mailboxes import Mailbox, Usage, blocker, is_deleted
from bot.domain.registrant import HolderKind
from bot.domain.reminders import MuteLevel, may_leave, next_opening
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import Filling, fillings, larger_plan, may_be_in_an_order, sells_more
from bot.messages import UnreadablePayload
from bot.messages.model import Unsubscribe
from bot.messages.space_told import FullMailbox
from bot.messages.told import Reader, SpaceFilling
from bot.services.access import chats_of
from bot.services.reminders.filling import SPACE_MESSAGE, SpaceLetter
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.reminders.telling import Addresses
from bot.services.renewing.facts import read_mailboxes
from bot.services.sending.outbox import Claimed, Judge, Outcome, Ready, Result, Sender
from bot.services.sending.phrases import phrase_for_customer
from bot.services.surroundings import Surroundings

_LATER: Final = "notices of space leave in the hours of reminders"
_NO_NAME: Final = "the bot's name is not known while Telegram cannot be asked"
_SLOW: Final = "what it says could not be read in time"
_FACTS_SECONDS: Final = 10.0
"""How long it may take to read what a message says: well below the lease of its row."""
_SETTLED: Final = "it is no longer so"
_NOT_ITS: Final = "the chat no longer speaks for the customer"
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True)
class _Space:
    """A space as it is by now."""

    mailbox: Mailbox
    space: Filling
    level: int
    professional: bool


class SpaceSender:
    """Stands before the sender of a channel: notices of space pass as they are by now, everything else as it is."""

    def __init__(
        self, sender: Sender, database: Database, surroundings: Surroundings, addresses: Addresses
    ) -> None:
        """Send with `sender`; `addresses` say where the links of e-mails lead."""
        self._sender = sender
        self._database = database
        self._surroundings = surroundings
        self._addresses = addresses

    async def send(self, claimed: Claimed) -> Outcome:
        """Send a row of the outbox once, if it is still true and the hour is right."""
        if claimed.payload.get("message") != SPACE_MESSAGE:
            return await self._sender.send(claimed)
        told = await self._judged(claimed)
        if isinstance(told, Outcome):
            return told
        return await self._sender.send(replace(claimed, payload=told.to_json()))

    async def judge(self, rows: Sequence[Claimed]) -> list[Ready]:
        """Judge the notices of space one by one, and let the sender behind judge all that passes, together."""
        ready: dict[int, Ready] = {}
        passing: list[Claimed] = []
        for row in rows:
            if row.payload.get("message") != SPACE_MESSAGE:
                passing.append(row)
                continue
            told = await self._judged(row)
            if isinstance(told, Outcome):
                ready[row.id] = Ready(row, told)
            else:
                passing.append(replace(row, payload=told.to_json()))
        ready |= {each.claimed.id: each for each in await self._passed_on(passing)}
        return [replace(ready[row.id], claimed=row) for row in rows]

    async def _judged(self, row: Claimed) -> SpaceFilling | Outcome:
        try:
            async with asyncio.timeout(_FACTS_SECONDS):
                return await self._now_so(SpaceLetter.read(row.payload, row.chat_id))
        except UnreadablePayload as error:
            return Outcome(Result.RETRY, str(error))
        except TimeoutError:
            return Outcome(Result.RETRY, _SLOW)

    async def _passed_on(self, rows: Sequence[Claimed]) -> Sequence[Ready]:
        if isinstance(self._sender, Judge):
            return await self._sender.judge(rows) if rows else []
        return [Ready(row, partial(self._sender.send, row)) for row in rows]

    async def _now_so(self, letter: SpaceLetter) -> SpaceFilling | Outcome:
        """What is told now, or why it is not."""
        surroundings = self._surroundings
        rules, here = surroundings.catalogue.rules, surroundings.here()
        if not may_leave(here, rules, urgent=False):
            return Outcome(
                Result.RETRY, _LATER, wait=next_opening(here, rules, urgent=False) - here, held=True
            )
        link = ""
        if letter.token is not None:
            name = await self._addresses.bot()
            if name is None:
                return Outcome(Result.RETRY, _NO_NAME)
            link = f"https://t.me/{name}?start={letter.token}"
        async with self._database.read() as session:
            readers = [None, *await chats_of(session, letter.customer_id)]
            if letter.chat_id not in readers:
                return Outcome(Result.UNREACHABLE, _NOT_ITS)
            spaces = await self._still_true(session, letter)
            if not spaces:
                return Outcome(Result.OBSOLETE, _SETTLED)
            told = SpaceFilling(mailboxes=tuple(self._full(each) for each in spaces), link=link)
            return told if letter.chat_id is not None else await self._addressed(session, told, letter)

    async def _still_true(self, session: AsyncSession, letter: SpaceLetter) -> Sequence[_Space]:
        """The spaces that are as full as they were planned, and not told of anew since."""
        ids = {each.mailbox_id for each in letter.entries}
        noted = {
            (row.mailbox_id, row.archive): row
            for row in await session.scalars(select(SpaceLevelRow).where(SpaceLevelRow.mailbox_id.in_(ids)))
        }
        silent = await session.scalars(
            select(MuteRow.mailbox_id).where(
                MuteRow.chat_id == letter.chat_id,
                MuteRow.mailbox_id.in_(ids),
                MuteRow.level == MuteLevel.ALL.value,
            )
        )
        ids -= set(silent)
        boxes = {
            box.id: box
            for box in await read_mailboxes(
                session, MailboxRow.id.in_(ids), MailboxRow.customer_id == letter.customer_id
            )
        }
        usages, kinds = await _usages(session, boxes), await _kinds(session, boxes)
        found = []
        for entry in letter.entries:
            row = noted.get((entry.mailbox_id, entry.archive))
            box, usage = boxes.get(entry.mailbox_id), usages.get(entry.mailbox_id)
            if row is None or box is None or usage is None:
                continue
            if (row.level, row.told, row.told_at) != (entry.level, entry.level, letter.at):
                continue
            space = self._space(box, usage, archive=entry.archive)
            if space is not None and space.level >= entry.level:
                found.append(_Space(box, space, entry.level, may_be_in_an_order(kinds[box.holder_id])))
        return found

    def _space(self, box: Mailbox, usage: Usage, *, archive: bool) -> Filling | None:
        catalogue = self._surroundings.catalogue
        plan = catalogue.plans.get(box.plan_id)
        if plan is None or is_deleted(box, catalogue, self._surroundings.today()):
            return None
        extra = ExtraSpace(box.extra_mailbox_gb, box.extra_archive_gb)
        return next((each for each in fillings(plan, extra, usage) if each.archive is archive), None)

    def _full(self, found: _Space) -> FullMailbox:
        box, space = found.mailbox, found.space
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        larger = larger_plan(catalogue, box, archive=space.archive)
        return FullMailbox(
            id=box.id,
            address=box.address,
            archive=space.archive,
            used_gb=space.used_gb,
            room_gb=space.room_gb,
            level=found.level,
            extra=sells_more(catalogue, box, archive=space.archive),
            larger=None if larger is None else larger.id,
            renewable=blocker(box, catalogue, today) is None,
            professional=found.professional,
        )

    async def _addressed(
        self, session: AsyncSession, told: SpaceFilling, letter: SpaceLetter
    ) -> SpaceFilling | Outcome:
        """The same as an e-mail: to whom, in which language, and how to get no more of them."""
        customer = await session.get_one(CustomerRow, letter.customer_id)
        if customer.mail_reminders != "all":
            return Outcome(Result.OBSOLETE, "no more e-mails are wanted")
        code, web = unsubscribe_code(self._database.keys, customer.id), self._addresses.web
        phrase = await phrase_for_customer(session, customer.id)
        return replace(
            told,
            reader=Reader(customer.reference_email, customer.language, phrase),
            unsubscribe=Unsubscribe(code, None if web is None else f"{web}/reminders/{code}"),
        )


async def _usages(session: AsyncSession, ids: dict[int, Mailbox]) -> dict[int, Usage]:
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
        mailbox_id: Usage(Decimal(mailbox) / _MILLI, Decimal(archive or 0) / _MILLI, at)
        for mailbox_id, mailbox, archive, at in rows
        if mailbox is not None and at is not None
    }


async def _kinds(session: AsyncSession, boxes: dict[int, Mailbox]) -> dict[int, HolderKind]:
    rows = await session.execute(
        select(HolderRow.id, HolderRow.data).where(
            HolderRow.id.in_({box.holder_id for box in boxes.values()})
        )
    )
    return {holder_id: HolderKind(str(data["kind"])) for holder_id, data in rows}
