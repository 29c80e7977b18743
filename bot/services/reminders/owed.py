"""Plans the notices of automatic renewals: owed to the customer, by every way there is (DOMAIN.md 6).

It goes to every chat that is reached and to the reference e-mail, so that the way which the customer chose is always
among them. Where the chat was chosen, the e-mail is planned with it all the same, for an hour later
(`bot.domain.owed.next_way_at`): it leaves unless the notice is known to have arrived in a chat by then.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MailboxRow, OwedNoticeRow
from bot.domain.calendar import add_years, charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.notice_ways import NoticeWay
from bot.domain.owed import LAWFUL_DAYS, is_late, is_owed, last_lawful_day
from bot.domain.reminders import Subject, next_opening
from bot.services.cases import open_case
from bot.services.reminders.batch import Batch, Box, Noticed
from bot.services.reminders.letters import Entry, Letter, in_letters
from bot.services.sending.outbox import Channel
from bot.services.sending.owed import UNPROVED, ask_if_untold, late_case
from bot.services.surroundings import Surroundings

_SETTLED: Final = "it was settled before its turn came"
_NOBODY: Final = "no chat of the customer is reached, and no e-mail is set up"


@dataclass(slots=True)
class OwedPlan:
    """What one transaction writes of notices.

    Attributes:
        entries: by chat (None for e-mail), customer, and whether it is an e-mail that waits for the chats.
        unheard: mailboxes of which nobody can be told at all.
        late: those whose last lawful day has passed.
    """

    entries: dict[tuple[int | None, int, bool], list[Entry]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unheard: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)

    def judge(self, batch: Batch, box: Box, surroundings: Surroundings, *, mail: bool) -> None:
        """Note who has to be told of this mailbox now, if anybody has."""
        catalogue, today = surroundings.catalogue, surroundings.today()
        if not is_owed(box.watched, catalogue, today):
            return
        noticed = [each for each in batch.noticed.get(box.id, ()) if each.outcome != "obsolete"]
        if any(each.outcome not in UNPROVED for each in noticed):
            return
        readers = _readers(batch, box, noticed, mail=mail)
        entry = Entry(box.id, box.watched.expires_on, catalogue.rules.auto_renew_notice_days)
        chat_first = box.notice_by is NoticeWay.CHAT and readers != [None]
        for chat_id in readers:
            self.entries[chat_id, box.customer_id, chat_first and chat_id is None].append(entry)
        if noticed:
            return  # of a second attempt the office knows
        if not readers:
            self.unheard.append(entry)
        if is_late(entry.expires_on, today):
            self.late.append(entry)

    def letters(self, name: str) -> list[Letter]:
        """The letters to write."""
        return [
            Letter(customer_id, Subject.AUTOMATIC, portion, name, chat_id, instead=waits, owed=True)
            for (chat_id, customer_id, waits), entries in self.entries.items()
            for portion in in_letters(entries)
        ]

    async def write(
        self, session: AsyncSession, letters: Sequence[Letter], surroundings: Surroundings
    ) -> None:
        """Keep what was planned as evidence, and ask for a person where it is late, or where nobody can be told."""
        now, today = surroundings.now(), surroundings.today()
        session.add_all(
            _row(entry, letter.key, letter.chat_id, now, today)
            for letter in letters
            if letter.owed
            for entry in letter.entries
        )
        for entry in self.unheard:
            row = _row(entry, f"nobody:{entry.mailbox_id}:{entry.expires_on}", None, now, today)
            row.channel, row.outcome, row.settled_at, row.reason = "none", "failed", now, _NOBODY
            session.add(row)
        await session.flush()
        for entry in self.unheard:
            await ask_if_untold(session, entry.mailbox_id, entry.expires_on, now)
        for entry in self.late:
            lawful = last_lawful_day(entry.expires_on)
            by = charge_date(entry.expires_on, surroundings.catalogue)
            await open_case(
                session, await late_case(session, entry.mailbox_id, entry.expires_on, lawful, by), now
            )


def _readers(batch: Batch, box: Box, noticed: Collection[Noticed], *, mail: bool) -> list[int | None]:
    """Who is told: every chat that is reached, and the e-mail; where all failed, who was not tried or is back."""
    failed = {each.chat_id for each in noticed if each.channel != "none" and each.outcome == "failed"}
    mailed = any(each.channel == "mail" for each in noticed)
    chats: list[int | None] = [
        chat.id for chat in batch.chats[box.customer_id] if chat.reachable and chat.id not in failed
    ]
    return [*chats, None] if mail and not mailed else chats


def _row(entry: Entry, key: str, chat_id: int | None, now: datetime, today: date) -> OwedNoticeRow:
    return OwedNoticeRow(
        mailbox_id=entry.mailbox_id,
        expires_on=entry.expires_on,
        due_by=last_lawful_day(entry.expires_on),
        late=is_late(entry.expires_on, today),
        key=key,
        channel=(Channel.MAIL if chat_id is None else Channel.TELEGRAM).value,
        chat_id=chat_id,
        written_at=now,
    )


async def drop_from_notice(
    database: Database, surroundings: Surroundings, letter: Letter, entries: Collection[Entry]
) -> None:
    """A notice leaves without these mailboxes, of which it is no longer true: it does not count as told of them."""
    async with database.write() as session:
        await session.execute(
            update(OwedNoticeRow)
            .where(
                OwedNoticeRow.key == letter.key,
                OwedNoticeRow.mailbox_id.in_([entry.mailbox_id for entry in entries]),
                OwedNoticeRow.outcome.is_(None),
            )
            .values(outcome="obsolete", settled_at=surroundings.now(), reason=_SETTLED)
        )


async def pressing(session: AsyncSession, surroundings: Surroundings, limit: int) -> Mapping[int, list[int]]:
    """The mailboxes whose notice cannot wait for the next opening of reminders, by customer; none was told of them."""
    catalogue, today = surroundings.catalogue, surroundings.today()
    rules = catalogue.rules
    opening = next_opening(surroundings.here(), rules, urgent=False).date()
    told = exists().where(
        OwedNoticeRow.mailbox_id == MailboxRow.id,
        OwedNoticeRow.expires_on == MailboxRow.expires_on,
        OwedNoticeRow.outcome.is_distinct_from("obsolete"),
    )
    rows = await session.execute(
        select(MailboxRow.customer_id, MailboxRow.id)
        .where(
            MailboxRow.remind_on <= today,
            MailboxRow.auto_renew,
            MailboxRow.gone_on.is_(None),
            MailboxRow.expires_on >= today + timedelta(days=rules.auto_renew_charge_days),
            MailboxRow.expires_on < opening + timedelta(days=LAWFUL_DAYS),
            MailboxRow.plan_id.not_in(_own_domain(catalogue)),
            ~told,
        )
        .order_by(MailboxRow.customer_id, MailboxRow.id)
        .limit(limit)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for customer_id, mailbox_id in rows:
        found[customer_id].append(mailbox_id)
    return found


def _own_domain(catalogue: Catalogue) -> list[str]:
    return [plan.id for plan in catalogue.plans.values() if plan.own_domain]


async def forget_notices(database: Database, catalogue: Catalogue, today: date) -> int:
    """Remove the notices of expiries more than `evidence_years` ago; return how many rows."""
    before = add_years(today, -catalogue.rules.evidence_years)
    async with database.write() as session:
        gone = await session.execute(
            delete(OwedNoticeRow).where(OwedNoticeRow.expires_on < before).returning(OwedNoticeRow.id)
        )
        return len(gone.scalars().all())
