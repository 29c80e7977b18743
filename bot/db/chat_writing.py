"""What an update leaves of a chat: its note, the chat's version, its records, and what services write with them.

It is written in one transaction. On PostgreSQL note, version and records are one statement, so one passage to the
server, which needs no transaction around it if services write nothing with it. They depend on each other inside it:
where the update was noted before nothing follows, and where the version is not the one that was loaded it fails, so
that nothing of it counts. SQLite has no such statements; there a statement costs little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Self

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import (
    CTE,
    BindParameter,
    Column,
    Connection,
    Executable,
    Integer,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from bot.db.base import table_of
from bot.db.chat_units import Change
from bot.db.prepared import Prepared
from bot.db.tables_ground import ChatStateRow, ChatVersionRow, SeenUpdateRow
from bot.db.turns import LostRace
from bot.db.upsert import inserting, inserting_if_absent, upserting

_STATE, _VERSION, _SEEN = (table_of(row) for row in (ChatStateRow, ChatVersionRow, SeenUpdateRow))
_CHANGED: Final = "another process has changed the state of the chat"
_DIVIDED_BY_ZERO: Final = "22012"
"""What PostgreSQL calls it; it is how the one statement fails."""
_ONE: Final = literal_column("1", Integer)
_OF_ALL: Final = {"bot_id": "bot_id", "chat_id": "chat_id", "updated_at": "now", "seen_at": "now"}
"""Parameters that all of it has, by the columns that they are for."""
_DELETE = delete(_STATE).where(
    *(column == bindparam(f"of_{column.name}") for column in _STATE.primary_key.columns)
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is to be written for a change.

    Attributes:
        following: the chat's next version; None where nothing changes, and only the update is noted.
        kept: the rows of records that stay.
        gone: the keys of those that go.
    """

    change: Change
    now: datetime
    following: int | None
    kept: Sequence[Mapping[str, Any]]
    gone: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, change: Change, now: datetime, version: int | None) -> Self:
        """What a change leaves; the chat's next version is `version`, or else one more than before."""
        kept, gone = [], []
        for key, record in change.records.items():
            if record.empty:
                gone.append(_columns(key))
            else:
                kept.append({**_columns(key), "state": record.state, "data": record.data, "updated_at": now})
        following = version
        if version is None and not change.empty:
            following = change.version + 1
        return cls(change, now, following, kept, gone)

    @property
    def alone(self) -> bool:
        """Whether nothing of what services write belongs to it."""
        return not self.change.turn.has_writings

    @property
    def in_one(self) -> tuple[Prepared, Mapping[str, Any]] | None:
        """The statement of PostgreSQL that writes it without what services write, and its parameters.

        It answers with a row, or with none if the update was noted before. There is one for updates alone: by its note
        anybody can tell whether a statement was written whose answer was lost.
        """
        if self.change.update_id is None:
            return None
        values = {**self.change.chat._asdict(), "update_id": self.change.update_id, "now": self.now}
        if self.following is None:
            return _only_noting(), values
        values |= {"loaded": self.change.version, "version": self.following}
        for kind, rows in (("kept", self.kept), ("gone", self.gone)):
            for number, row in enumerate(rows):
                values |= {f"{kind}_{number}_{name}": value for name, value in row.items()}
        return _leaving(len(self.kept), len(self.gone)), values

    def write(self, connection: Connection) -> bool:
        """Write it in the transaction that is begun; False, and nothing, if the update was noted before.

        Raises:
            LostRace: the version is not the one that was loaded.
        """
        in_one = self.in_one if connection.dialect.name == "postgresql" else None
        written = self._by_steps(connection) if in_one is None else _at_once(connection, *in_one)
        if written and self.following is not None:
            self.change.turn.write(connection)
        return written

    def _by_steps(self, connection: Connection) -> bool:
        if self.change.update_id is not None and not self._note(connection):
            return False
        if self.following is None:
            return True
        self._compare(connection, self.following)
        if self.gone:
            connection.execute(
                _DELETE, [{f"of_{name}": value for name, value in key.items()} for key in self.gone]
            )
        if self.kept:
            statement = upserting(connection.dialect.name, ChatStateRow, tuple(self.kept[0]))
            connection.execute(statement, self.kept)
        return True

    def _note(self, connection: Connection) -> bool:
        noting = inserting_if_absent(connection.dialect.name, SeenUpdateRow)
        note = {
            "bot_id": self.change.chat.bot_id,
            "update_id": self.change.update_id,
            "seen_at": self.now,
        }
        return connection.execute(noting, note).rowcount == 1

    def _compare(self, connection: Connection, following: int) -> None:
        values = {
            **self.change.chat._asdict(),
            "version": following,
            "updated_at": self.now,
            "loaded": self.change.version,
        }
        if connection.execute(_following(connection.dialect.name), values).rowcount != 1:
            raise LostRace(_CHANGED)


def _at_once(connection: Connection, statement: Prepared, values: Mapping[str, Any]) -> bool:
    try:
        return bool(connection.execute(statement.statement, values).all())
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _DIVIDED_BY_ZERO:
            raise LostRace(_CHANGED) from None
        raise


@cache
def _following(dialect: str) -> Executable:
    following = inserting(dialect, ChatVersionRow)
    return following.on_conflict_do_update(
        index_elements=[_VERSION.c.bot_id, _VERSION.c.chat_id],
        set_={"version": following.excluded.version, "updated_at": following.excluded.updated_at},
        where=_VERSION.c.version == bindparam("loaded"),
    )


def _columns(key: StorageKey) -> dict[str, Any]:
    return {
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id or 0,
        "business_connection_id": key.business_connection_id or "",
        "destiny": key.destiny,
    }


@cache
def _only_noting() -> Prepared:
    return Prepared(select(_noted().c.one))


@cache
def _leaving(kept: int, gone: int) -> Prepared:
    noted = _noted()
    followed = _followed(noted)
    records = [
        *(_kept(f"kept_{number}", followed) for number in range(kept)),
        *(_gone(f"gone_{number}", followed) for number in range(gone)),
    ]
    # To divide by nothing is how a statement fails: of the note that it has made nothing stays either.
    found = select(func.count()).select_from(followed).scalar_subquery()
    return Prepared(select(_ONE.op("/")(found).label("one")).select_from(noted).add_cte(*records))


def _noted() -> CTE:
    noting = insert(_SEEN).values({column.name: _given(column) for column in _SEEN.columns})
    return noting.on_conflict_do_nothing().returning(_ONE.label("one")).cte("noted")


def _followed(noted: CTE) -> CTE:
    given = [_given(column) for column in _VERSION.columns]
    following = insert(_VERSION).from_select(
        _VERSION.columns.keys(), select(*given).where(exists(select(noted.c.one)))
    )
    following = following.on_conflict_do_update(
        index_elements=_VERSION.primary_key.columns.keys(),
        set_={name: following.excluded[name] for name in ("version", "updated_at")},
        where=_VERSION.c.version == bindparam("loaded", type_=_VERSION.c.version.type),
    )
    return following.returning(_ONE.label("one")).cte("followed")


def _kept(name: str, followed: CTE) -> CTE:
    given = [_given(column, name) for column in _STATE.columns]
    keeping = insert(_STATE).from_select(
        _STATE.columns.keys(), select(*given).where(exists(select(followed.c.one)))
    )
    keeping = keeping.on_conflict_do_update(
        index_elements=_STATE.primary_key.columns.keys(),
        set_={each: keeping.excluded[each] for each in ("state", "data", "updated_at")},
    )
    return keeping.returning(_ONE.label("one")).cte(name)


def _gone(name: str, followed: CTE) -> CTE:
    these = (column == _given(column, name) for column in _STATE.primary_key.columns)
    ending = delete(_STATE).where(*these, exists(select(followed.c.one)))
    return ending.returning(_ONE.label("one")).cte(name)


def _given(column: Column[Any], record: str = "") -> BindParameter[Any]:
    """The parameter for a column: that of all, or of the record with this name."""
    name = _OF_ALL.get(column.name) or (f"{record}_{column.name}" if record else column.name)
    return bindparam(name, type_=column.type)
