"""A draft as its rows hold it, read with the chat's state and written with it.

It is read when an update begins and written when it ends, with no lock in between: its version tells whether somebody
else was quicker.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Update, bindparam, delete, insert, update

from bot.db.base import table_of
from bot.db.tables import DraftItemRow, DraftRow
from bot.db.turns import LostRace, Writing
from bot.services.at_hand import OpenDraft


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One mailbox of a draft, as its row holds it."""

    mailbox_id: int
    plan_id: str
    extra_mailbox_gb: int
    extra_archive_gb: int
    accepted_loss: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A draft as its rows hold it: the columns of `DraftRow` that a draft is made of, and its items in their order."""

    id: int
    version: int
    chat_id: int
    holder_id: int
    step: str
    way: str
    express: bool | None
    kit_answered: bool
    kit_id: str | None
    kit_holder: Any | None
    shipping: Any | None
    registrant: Any | None
    registrant_confirmed: bool
    on_file: Any | None
    method_id: str | None
    auto_renew: bool
    notice_by: str | None
    years: int | None
    acceptances: Any
    counted_tap: int | None
    items: tuple[StoredItem, ...]


_DRAFT, _ITEM = table_of(DraftRow), table_of(DraftItemRow)
_KEPT: Final = 128
"""Statements that are kept built: each kind of choice changes a few columns, always the same."""
_COLUMNS: Final = tuple(field.name for field in fields(Stored) if field.name != "items")


def stored(row: DraftRow) -> Stored:
    """A draft's rows as a value."""
    items = tuple(
        StoredItem(
            item.mailbox_id, item.plan_id, item.extra_mailbox_gb, item.extra_archive_gb, item.accepted_loss
        )
        for item in row.items
    )
    return Stored(**{name: getattr(row, name) for name in _COLUMNS}, items=items)


def stored_at_hand(found: OpenDraft) -> Stored:
    """The same, of a draft that was read with the chat's state."""
    chosen = [box for box in found.boxes if box.item_position is not None]
    items = tuple(
        StoredItem(
            box.id,
            box.item_plan_id,
            box.item_extra_mailbox_gb,
            box.item_extra_archive_gb,
            box.item_accepted_loss,
        )
        for box in sorted(chosen, key=lambda box: box.item_position)
    )
    return Stored(**{name: getattr(found.row, name) for name in _COLUMNS}, items=items)


def item_rows(items: Sequence[StoredItem]) -> list[dict[str, Any]]:
    """The columns of `DraftItemRow` for items in their order, without the draft's id."""
    return [{"position": position, **asdict(item)} for position, item in enumerate(items)]


def writing(before: Stored, after: Stored, now: datetime) -> Writing:
    """How the rows that were read as `before` become `after`, as long as nobody else has changed them."""
    values = {name: value for name in _COLUMNS if (value := getattr(after, name)) != getattr(before, name)}
    update = _updating(tuple(values))

    def write(connection: Connection) -> None:
        read = {"read_id": before.id, "read_version": before.version}
        if connection.execute(update, {**values, **read, "updated_at": now}).rowcount != 1:
            raise LostRace("the draft was changed or closed meanwhile")
        if before.items != after.items:
            connection.execute(_NO_ITEMS, read)
            if after.items:
                rows = item_rows(after.items)
                connection.execute(_ITEMS, [{"draft_id": before.id, **row} for row in rows])

    return write


_NO_ITEMS: Final = delete(_ITEM).where(_ITEM.c.draft_id == bindparam("read_id"))
_ITEMS: Final = insert(_ITEM)


@lru_cache(maxsize=_KEPT)
def _updating(columns: tuple[str, ...]) -> Update:
    values = {name: bindparam(name, type_=_DRAFT.c[name].type) for name in (*columns, "updated_at")}
    return (
        update(_DRAFT)
        .where(
            _DRAFT.c.id == bindparam("read_id"),
            _DRAFT.c.version == bindparam("read_version"),
            _DRAFT.c.status == "open",
        )
        .values(version=_DRAFT.c.version + 1, **values)
    )
