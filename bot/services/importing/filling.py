"""Mailboxes that an import finds to be filling up: what is found is noted, and told by the planner of reminders.

Each space has a level of its own (DOMAIN.md 6, "Space"). Who is told, and when, is decided where chats and hours are
known (`bot.services.reminders.filling`); a level that could be told to nobody is looked at again by the next import.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import SpaceLevelRow
from bot.db.upsert import upsert
from bot.domain.mailboxes import Expiring, Usage, is_deleted, usage_is_current
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import fillings
from bot.services.importing.judging import ImportRow, MailboxValues
from bot.services.importing.measures import Measures
from bot.services.importing.stored import Stored
from bot.services.importing.writing import ids_of
from bot.services.watching import look_on


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is noted of a space."""

    level: int
    told: int


async def note_filling(
    session: AsyncSession, rows: Sequence[ImportRow], stored: Stored, measures: Measures
) -> None:
    """Note the levels that are reached, in the transaction that wrote the rows, and let what is untold be looked at.

    What fell below a level may be told again. A row without usage, or with old usage, says and changes nothing.
    """
    levels = await _levels(session, rows, stored, measures)
    if not levels:
        return
    noted = {
        (row.mailbox_id, row.archive): _Noted(row.level, row.told)
        for row in await session.scalars(select(SpaceLevelRow).where(SpaceLevelRow.mailbox_id.in_(levels)))
    }
    found = {
        (box, archive): level for box, each in levels.items() for archive, level in each.items() if level
    }
    gone = noted.keys() - found.keys()
    if gone:
        await session.execute(
            delete(SpaceLevelRow)
            .where(tuple_(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive).in_(gone))
            .execution_options(synchronize_session=False)
        )
    changed, untold = [], set()
    for (box, archive), level in found.items():
        before = noted.get((box, archive), _Noted(0, 0))
        told = min(level, before.told)
        if before != _Noted(level, told):
            changed.append({"mailbox_id": box, "archive": archive, "level": level, "told": told})
        if told < level:
            untold.add(box)
    await upsert(session, SpaceLevelRow, changed)
    if untold:
        await look_on(session, measures.today, untold)


async def _levels(
    session: AsyncSession, rows: Sequence[ImportRow], stored: Stored, measures: Measures
) -> dict[int, dict[bool, int]]:
    """The level of each space, `True` for the archive, of the mailboxes whose usage is current, by their ids.

    Of a mailbox that is new there is nothing to say unless a level is reached.
    """
    found = {
        row.address: levels
        for row in rows
        if (levels := _levels_of(row.mailbox, measures)) is not None
        and (row.address in stored.mailboxes or any(levels.values()))
    }
    ids = {address: box.id for address, box in stored.mailboxes.items()}
    new = found.keys() - ids.keys()
    ids |= await ids_of(session, stored, new)
    return {ids[address]: levels for address, levels in found.items()}


def _levels_of(said: MailboxValues, measures: Measures) -> dict[bool, int] | None:
    usage = _usage(said)
    if usage is None or not usage_is_current(usage, measures.catalogue, measures.now):
        return None
    if is_deleted(Expiring(said.plan_id, said.expires_on), measures.catalogue, measures.today):
        return None
    extra = ExtraSpace(said.extra_mailbox_gb, said.extra_archive_gb)
    spaces = fillings(measures.catalogue.plans[said.plan_id], extra, usage)
    return {space.archive: space.level for space in spaces}


def _usage(said: MailboxValues) -> Usage | None:
    if said.used_mailbox_milli_gb is None or said.usage_at is None:
        return None
    return Usage.of_milli(said.used_mailbox_milli_gb, said.used_archive_milli_gb or 0, said.usage_at)
