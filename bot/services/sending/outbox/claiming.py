"""Which rows of the outbox may be claimed."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, literal, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from bot.db.tables import OutboxRow
from bot.db.tables_ground import NoteRow
from bot.services.sending.outbox.model import Channel

WAITING: ColumnElement[bool] = literal_column("outbox.state IN ('due', 'claimed')")
"""Written out, not bound: SQLite uses a partial index only for the very words of its condition."""


PAUSED: Final = "sending-paused:"
"""What the note of a paused channel is called, before its name (`bot.services.sending.pausing`)."""


def claimable(channel: Channel, now: datetime, counted: datetime) -> list[ColumnElement[bool]]:
    """What of a channel may be claimed now; of a chat, only the first that is due, and while none is in flight.

    Of a channel that the operator has paused, nothing.

    `now` says what is due, `counted` is the same instant by the clock that counts leases.
    """
    conditions = [
        WAITING,
        OutboxRow.channel == channel.value,
        OutboxRow.due_at <= now,
        free(OutboxRow, now, counted),
        ~is_paused(channel),
    ]
    if channel is Channel.TELEGRAM:
        other = aliased(OutboxRow, name="other")
        conditions.append(
            ~select(other.id)
            .where(
                literal_column("other.state IN ('due', 'claimed')"),
                other.chat_id == OutboxRow.chat_id,
                or_(
                    and_(other.state == "claimed", other.claimed_until >= counted),
                    and_(
                        free(other, now, counted),
                        tuple_(other.due_at, other.id) < tuple_(OutboxRow.due_at, OutboxRow.id),
                    ),
                ),
            )
            .exists()
        )
    return conditions


def free(row: type[OutboxRow], now: datetime, counted: datetime) -> ColumnElement[bool]:
    """The row is due, or its sender has not settled it within the lease."""
    return or_(
        and_(row.state == "due", row.due_at <= now),
        and_(row.state == "claimed", row.claimed_until < counted),
    )


def is_paused(channel: Channel) -> ColumnElement[bool]:
    """Whether a channel is paused, as a condition of a statement."""
    return select(literal(1)).where(NoteRow.name == f"{PAUSED}{channel.value}").exists()
