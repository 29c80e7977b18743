"""What an update finds at hand: the chat, and the renewal that is under way in it, read together with its state.

It is read in one go by whoever keeps the state (`bot.db.chat_units`), or where the state is kept elsewhere by the first
service that needs it. Whether the chat may renew for the holder is asked in the same statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, literal_column, select

from bot.db.base import BigInt, table_of
from bot.db.engine import Database
from bot.db.prepared import Prepared, Together
from bot.db.tables import (
    ChatRow,
    CustomerRow,
    DraftItemRow,
    DraftRow,
    HolderRow,
    MailboxRow,
    OrderItemRow,
    OrderRow,
)
from bot.db.turns import Beside, current_turn
from bot.services.access import Action, bound, granted, may

AnyRow = Any
"""A row that was read: its columns by their names."""


@dataclass(frozen=True, slots=True)
class KnownChat:
    """A chat that has spoken with the bot before."""

    language: str
    unreachable: bool


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """The renewal under way in a chat, as its rows hold it.

    Attributes:
        row: the columns of `DraftRow`, and `holder_data` and `reference_email` of its holder.
        boxes: the columns of each of the holder's mailboxes, soonest expiry first, its open order as `number`, and what
            the draft has chosen for it as `item_…`; `item_position` None where the draft does not have it.
    """

    row: AnyRow
    boxes: Sequence[AnyRow]


@dataclass(frozen=True, slots=True)
class AtHand:
    """What an update begins with.

    Attributes:
        chat: None before its first message.
        bound: whether the chat speaks for any customer.
        draft: None without a renewal under way that the chat may make.
    """

    chat: KnownChat | None
    bound: bool
    draft: OpenDraft | None


_CHAT, _DRAFT, _ITEM, _HOLDER, _CUSTOMER, _BOX = (
    table_of(row) for row in (ChatRow, DraftRow, DraftItemRow, HolderRow, CustomerRow, MailboxRow)
)
_ORDER, _ORDERED = table_of(OrderRow), table_of(OrderItemRow)
_OPEN: Final = _DRAFT.c.status == literal_column("'open'")
"""Written out, so that the index of open drafts serves it."""
_WHO: Final = select(bindparam("chat_id", type_=BigInt).label("chat_id")).subquery()
"""Joined from the outside, so that there is a row whatever is known."""

_BOXES: Final = Prepared(
    select(
        *_BOX.c,
        _ORDER.c.number,
        _ITEM.c.position.label("item_position"),
        _ITEM.c.plan_id.label("item_plan_id"),
        _ITEM.c.extra_mailbox_gb.label("item_extra_mailbox_gb"),
        _ITEM.c.extra_archive_gb.label("item_extra_archive_gb"),
        _ITEM.c.accepted_loss.label("item_accepted_loss"),
    )
    .select_from(
        _DRAFT.join(_BOX, _BOX.c.holder_id == _DRAFT.c.holder_id)
        .outerjoin(_ITEM, and_(_ITEM.c.draft_id == _DRAFT.c.id, _ITEM.c.mailbox_id == _BOX.c.id))
        .outerjoin(_ORDERED, and_(_ORDERED.c.mailbox_id == _BOX.c.id, _ORDERED.c.open))
        .outerjoin(_ORDER, _ORDER.c.id == _ORDERED.c.order_id)
    )
    .where(_DRAFT.c.chat_id == bindparam("chat_id", type_=BigInt), _OPEN)
)


@cache
def _beginning(_granted: frozenset[Action]) -> Prepared:
    return Prepared(
        select(
            _CHAT.c.language,
            _CHAT.c.unreachable_at,
            bound(_WHO.c.chat_id).label("bound"),
            *_DRAFT.c,
            _HOLDER.c.data.label("holder_data"),
            _CUSTOMER.c.reference_email,
            may(_WHO.c.chat_id, Action.RENEW, HolderRow.customer_id).label("may_renew"),
        ).select_from(
            _WHO.outerjoin(_CHAT, _CHAT.c.id == _WHO.c.chat_id)
            .outerjoin(_DRAFT, and_(_DRAFT.c.chat_id == _WHO.c.chat_id, _OPEN))
            .outerjoin(_HOLDER, _HOLDER.c.id == _DRAFT.c.holder_id)
            .outerjoin(_CUSTOMER, _CUSTOMER.c.id == _HOLDER.c.customer_id)
        )
    )


def _parts() -> tuple[Prepared, ...]:
    return (_beginning(granted()), _BOXES)


@cache
def _by_itself(parts: tuple[Prepared, ...]) -> Together:
    return Together(*parts)


def _found(rows: Sequence[Sequence[AnyRow]]) -> AtHand:
    (row,), boxes = rows
    chat = None if row.language is None else KnownChat(row.language, row.unreachable_at is not None)
    if row.id is None or not row.may_renew:
        return AtHand(chat, row.bound, None)
    return AtHand(chat, row.bound, OpenDraft(row, sorted(boxes, key=lambda box: (box.expires_on, box.id))))


READ_BESIDE: Final = Beside(_parts, _found)
"""For whoever reads it with the chat's state."""


async def at_hand(database: Database, chat_id: int) -> AtHand:
    """What the update of this chat that is under way has at hand; read now if it has not, or if there is none."""
    turn = current_turn(chat_id)
    known = None if turn is None else turn.recall(AtHand)
    if known is None:
        known = _found(await database.ask(_by_itself(_parts()), {"chat_id": chat_id}))
        if turn is not None:
            turn.remember(known)
    return known
