"""Which rows of the outbox may be claimed, and the statements that do it.

They are written once: to build one costs as much as to run it, and reminders need them several times a second.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from bot.db.base import BigInt, UtcDateTime, table_of
from bot.db.database_clock import clock
from bot.db.tables import OutboxRow
from bot.db.tables_ground import ChatVersionRow, NoteRow
from bot.services.sending.outbox.model import Channel

WAITING: ColumnElement[bool] = literal_column("outbox.state IN ('due', 'claimed')")
"""Written out, not bound: SQLite uses a partial index only for the very words of its condition."""


PAUSED: Final = "sending-paused:"
"""What the note of a paused channel is called, before its name (`bot.services.sending.pausing`)."""
KEY_OF_CODE: Final = "login:"
"""How the key begins of an e-mail with a code, which answers a person who waits for it: it leaves also while paused."""

Moment = datetime | BindParameter[datetime]

CHAT_REST: Final = timedelta(seconds=1)
"""Between two messages to a chat, by Telegram's word, whoever sends them."""


def claimable(channel: Channel, now: Moment, counted: Moment) -> list[ColumnElement[bool]]:
    """What of a channel may be claimed now; of a chat, only the first that is due, and while none is in flight.

    What somebody waits for is first in its chat, too: bulk that does not leave for long would else keep it there.

    Of a channel that the operator has paused, nothing but codes.

    `now` says what is due, `counted` is the same instant by the clock that counts leases.
    """
    conditions = [
        WAITING,
        OutboxRow.channel == channel.value,
        OutboxRow.due_at <= now,
        free(OutboxRow, now, counted),
        ~is_held_back(channel),
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
                        tuple_(other.bulk, other.due_at, other.id)
                        < tuple_(OutboxRow.bulk, OutboxRow.due_at, OutboxRow.id),
                    ),
                ),
            )
            .exists()
        )
    return conditions


def free(row: type[OutboxRow], now: Moment, counted: Moment) -> ColumnElement[bool]:
    """The row is due, or its sender has not settled it within the lease."""
    return or_(
        and_(row.state == "due", row.due_at <= now),
        and_(row.state == "claimed", row.claimed_until < counted),
    )


def is_held_back(channel: Channel) -> ColumnElement[bool]:
    """Whether a row of a channel waits because the channel is paused, as a condition of a statement."""
    paused = select(literal(1)).where(NoteRow.name == f"{PAUSED}{channel.value}").exists()
    return and_(paused, ~OutboxRow.key.startswith(KEY_OF_CODE, autoescape=True))


_NOW: Final = bindparam("now", type_=UtcDateTime())
_COUNTED: Final = bindparam("counted", type_=UtcDateTime())
_SINCE: Final = bindparam("since", type_=UtcDateTime())


@cache
def looking_for(channel: Channel, *, bulk: bool = True) -> Select[int]:
    """The ids of `most` rows that may be claimed, the longest due first and bulk last of all, or not at all."""
    conditions = claimable(channel, _NOW, _COUNTED)
    if not bulk:
        conditions.append(OutboxRow.bulk.is_(False))
    return (
        select(OutboxRow.id)
        .where(*conditions)
        .order_by(OutboxRow.bulk, OutboxRow.due_at, OutboxRow.id)
        .limit(bindparam("most"))
        # PostgreSQL: what another worker is just claiming is passed over. SQLite has one writer at a time.
        .with_for_update(skip_locked=True)
    )


CLAIMING: Final = (
    update(OutboxRow)
    .where(OutboxRow.id.in_(bindparam("ids", expanding=True)), free(OutboxRow, _NOW, _COUNTED))
    .values(
        state="claimed",
        claimed_by=bindparam("worker"),
        claimed_until=bindparam("until", type_=UtcDateTime()),
        attempts=OutboxRow.attempts + 1,
    )
    .returning(*table_of(OutboxRow).c)
)
"""Claims rows by their ids, those that are free still."""

_OUTBOX: Final = table_of(OutboxRow).c
_VERSION: Final = table_of(ChatVersionRow).c
CLOCK: Final = 0
"""Stands for a chat where the clock of the database is told; no chat has that number."""


@cache
def said_lately(dialect: str) -> CompoundSelect[Any]:
    """The chats in which something was said `since`, and when; beside them what the database's clock shows.

    What is pushed by any process counts, and what is said in conversations whose state this database keeps.
    """
    return union_all(
        select(literal(CLOCK, BigInt), type_coerce(clock(dialect), UtcDateTime())),
        select(_OUTBOX.chat_id, _OUTBOX.settled_at).where(
            _OUTBOX.settled_at > _SINCE,
            literal_column("outbox.state IN ('sent', 'unknown')"),
            _OUTBOX.chat_id.is_not(None),
        ),
        select(_VERSION.chat_id, _VERSION.updated_at).where(_VERSION.updated_at > _SINCE),
    )
