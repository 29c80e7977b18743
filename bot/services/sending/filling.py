"""Notices of space that reached nobody: their levels are untold again (DOMAIN.md 6, "Space").

A level is noted as told when a message is written. Where every one of its messages went in vain the note is taken back,
in the transaction that finds it out: whoever can be reached next is told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import MailboxRow, OutboxRow, SpaceLevelRow
from bot.services.watching import look_on

KEY_OF_SPACE: Final = "space:"
"""How the keys of the outbox begin; what differs between the readers of one telling is their end."""
_TOLD_OR_MAY_BE: Final = ("due", "claimed", "sent", "unknown")


async def hold(session: AsyncSession, payload: Mapping[str, Any]) -> None:
    """Let nobody else settle a notice of the same spaces until the transaction ends: two that fail see each other."""
    await session.execute(
        select(MailboxRow.id)
        .where(MailboxRow.id.in_([each[0] for each in payload.get("entries", ())]))
        .order_by(MailboxRow.id)
        .with_for_update()
    )


async def went_in_vain(
    session: AsyncSession, key: str, payload: Mapping[str, Any], now: datetime, *, look: bool
) -> None:
    """Take the levels back, unless another reader was told of them, or may be.

    Args:
        session: the transaction that settles the row.
        key: of the row of the outbox.
        payload: what it says.
        now: this instant, in UTC.
        look: whether somebody else may be told at once: what was refused would only be refused again.
    """
    others = select(OutboxRow.id).where(
        OutboxRow.key.startswith(_stem(key), autoescape=True),
        OutboxRow.key != key,
        OutboxRow.state.in_(_TOLD_OR_MAY_BE),
    )
    if await session.scalar(others.limit(1)) is not None or "at" not in payload:
        return
    at, untold = datetime.fromisoformat(payload["at"]), set()
    for mailbox_id, archive, level, before in payload["entries"]:
        taken = await session.execute(
            update(SpaceLevelRow)
            .where(
                tuple_(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive) == tuple_(mailbox_id, archive),
                SpaceLevelRow.told == level,
                SpaceLevelRow.told_at == at,
            )
            .values(told=before)
            .returning(SpaceLevelRow.mailbox_id)
            .execution_options(synchronize_session=False)
        )
        untold |= set(taken.scalars())
    if look and untold:
        await look_on(session, rome_day(now), untold)


def _stem(key: str) -> str:
    """The key without its reader."""
    return key.removesuffix("mail").partition("chat:")[0]
