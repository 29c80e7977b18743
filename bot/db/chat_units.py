"""The state of conversations, read and written once for each update.

A tap makes aiogram and aiogram-dialog read their storage three times and write it twice. Here one update is
one *unit*: the chat's lock is taken, its records are read, the handlers work on them in memory, and what
changed is written in one short transaction at the end, together with the note that the update was processed.
When a handler fails, its changes are thrown away. `ChatUnits` does this over any `Backing`;
`chat_units_sql` and `chat_units_redis` have the two real ones.

What services read and write for the same update goes with it: see `bot.db.turns`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol
from weakref import WeakValueDictionary

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.db import strict_json
from bot.db.turns import ChatBusy, StateUnavailable, Turn, under_way


class ChatKey(NamedTuple):
    """A chat as one bot sees it: what is locked, read and written together."""

    bot_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept under one storage key: a state, and data as strict JSON."""

    state: str | None = None
    data: str = "{}"

    @property
    def empty(self) -> bool:
        """A record that says nothing is not kept."""
        return self == EMPTY


EMPTY = Record()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a backing knew of a chat when its unit began.

    `complete` means that a key without a record has none; otherwise it is asked for when it is needed. `version` is
    what the state is compared by when it is written, `found` what was read for the services with it. Backings that
    want to know at the end where the records came from say so in `origin`.
    """

    records: Mapping[StorageKey, Record]
    complete: bool
    seen: bool
    version: int = 0
    found: object | None = None
    origin: object | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit leaves: the records that changed, the update that it was, and what services write with it.

    `version` is the one that was loaded; an empty record is to be deleted. `known` is what was loaded, and `origin`
    what was said with it.
    """

    chat: ChatKey
    records: Mapping[StorageKey, Record]
    update_id: int | None
    version: int
    turn: Turn
    known: Mapping[StorageKey, Record] = field(default_factory=dict)
    origin: object | None = None

    @property
    def empty(self) -> bool:
        """Whether there is no change, and only the update is to be noted, if it is one."""
        return not self.records and not self.turn.has_writings


class Backing(Protocol):
    """Where records are kept."""

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Read the chat's records, and whether the update was processed already."""
        ...

    async def read(self, key: StorageKey) -> Record:
        """Read one record that `load` did not bring."""
        ...

    async def save(self, change: Change) -> bool:
        """Write the records, what services write with them, and the note of the update.

        All or nothing. Return `False`, having written nothing, if another process has processed the update meanwhile.

        Raises:
            LostRace: another process has changed the chat's state meanwhile, or what the services have read.
        """
        ...


class Unit:
    """The records of one chat during one update."""

    def __init__(self, chat: ChatKey, update_id: int | None, loaded: Loaded, backing: Backing) -> None:
        """Begin with what was loaded."""
        self.chat = chat
        self.update_id = update_id
        self.turn = Turn(chat.chat_id, loaded.found)
        self._backing = backing
        self._complete = loaded.complete
        self._version = loaded.version
        self._origin = loaded.origin
        self._loaded = dict(loaded.records)
        self._changed: dict[StorageKey, Record] = {}
        self.repeated = loaded.seen

    @property
    def open(self) -> bool:
        """Whether the unit has not ended."""
        return self.turn.open

    async def get(self, key: StorageKey) -> Record:
        """Return the record as the handlers left it so far.

        Raises:
            StateUnavailable: it could not be read.
        """
        if key in self._changed:
            return self._changed[key]
        if key not in self._loaded and not self._complete:
            try:
                self._loaded[key] = await self._backing.read(key)
            except Exception as error:
                raise StateUnavailable("the state of the chat cannot be read") from error
        return self._loaded.get(key, EMPTY)

    def set(self, key: StorageKey, record: Record) -> None:
        """Change the record; it is written when the unit ends."""
        self._changed[key] = record

    def discard(self) -> None:
        """Forget every change made so far: the records are again as they were before the update.

        What services were to write with them is done, and stays.
        """
        self._changed.clear()

    def change(self) -> Change:
        """What the unit leaves if it ends now."""
        return Change(
            self.chat,
            self.changes(),
            self.update_id,
            self._version,
            self.turn,
            known=self._loaded,
            origin=self._origin,
        )

    def changes(self) -> dict[StorageKey, Record]:
        """Return the records that differ from what was loaded."""
        known = EMPTY if self._complete else None
        return {
            key: record for key, record in self._changed.items() if record != self._loaded.get(key, known)
        }


_current: ContextVar[tuple["ChatUnits", Unit] | None] = ContextVar("current_unit", default=None)


class ChatLocks:
    """One lock for each chat that is busy now; a lock goes away when nobody holds or awaits it."""

    def __init__(self) -> None:
        """Begin with no locks."""
        self._locks: WeakValueDictionary[ChatKey, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        """Return how many chats are busy."""
        return len(self._locks)

    @asynccontextmanager
    async def hold(self, chat: ChatKey, patience: float | None = None) -> AsyncIterator[None]:
        """Wait for the chat's turn; who came first goes first.

        Raises:
            ChatBusy: it has not come within `patience` seconds.
        """
        lock = self._locks.setdefault(chat, asyncio.Lock())
        try:
            async with asyncio.timeout(patience):
                await lock.acquire()
        except TimeoutError:
            raise ChatBusy("another update of the chat is not done") from None
        try:
            yield
        finally:
            lock.release()


class ChatUnits:
    """Opens units on a backing, and offers them to aiogram as a storage."""

    def __init__(self, backing: Backing, patience: float | None = None) -> None:
        """Serve the chats kept in `backing`; an update waits `patience` seconds for its turn, or for ever."""
        self._backing = backing
        self._patience = patience
        self.locks = ChatLocks()
        self.storage = UnitStorage(self)

    def hold(self, chat: ChatKey) -> AbstractAsyncContextManager[None]:
        """Hold the chat for a unit that may have to be opened again: nobody else's comes in between.

        Raises:
            ChatBusy: the chat's turn did not come.
        """
        return self.locks.hold(chat, self._patience)

    @asynccontextmanager
    async def open(
        self, chat: ChatKey, update_id: int | None = None, *, held: bool = False
    ) -> AsyncIterator[Unit]:
        """Hold the chat, unless it is `held`, and give its unit; write what changed at the end.

        If the block raises, the changes are thrown away, and only what services have done is written, with the note
        that the update was processed: delivering it again would fail again. A cancelled block leaves no note, so that
        the update comes back. A unit that is `repeated` (its update was processed before) writes nothing.

        Raises:
            StateUnavailable: the records could not be read or written; a block that raises it leaves no note either.
            LostRace: another process was quicker; nothing was written, and the update is to be done again.
            ChatBusy: the chat's turn did not come.
        """
        async with nullcontext() if held else self.hold(chat):
            try:
                loaded = await self._backing.load(chat, update_id)
            except Exception as error:
                raise StateUnavailable("the state of the chat cannot be read") from error
            unit = Unit(chat, update_id, loaded, self._backing)
            token = _current.set((self, unit))
            try:
                with under_way(unit.turn):
                    try:
                        yield unit
                    except StateUnavailable:
                        raise
                    except Exception:
                        unit.discard()
                        await self._save(unit)
                        raise
                    await self._save(unit)
            finally:
                _current.reset(token)

    @asynccontextmanager
    async def of_key(self, key: StorageKey) -> AsyncIterator[Unit]:
        """Give the unit that the running update has open on the key's chat, or else a short one."""
        chat = ChatKey(key.bot_id, key.chat_id)
        current = _current.get()
        if current is not None:
            owner, unit = current
            if owner is self and unit.open and unit.chat == chat:
                yield unit
                return
        async with self.open(chat) as unit:
            yield unit

    async def _save(self, unit: Unit) -> None:
        change = unit.change()
        if unit.repeated or (change.empty and unit.update_id is None):
            return
        try:
            written = await self._backing.save(change)
        except StateUnavailable:
            raise
        except Exception as error:
            raise StateUnavailable("the state of the chat cannot be written") from error
        unit.repeated = not written


class UnitStorage(BaseStorage):
    """The storage that aiogram and aiogram-dialog are given."""

    def __init__(self, units: ChatUnits) -> None:
        """Work on the units that `units` opens."""
        self._units = units

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Set the state of the record."""
        name = state.state if isinstance(state, State) else state
        async with self._units.of_key(key) as unit:
            unit.set(key, replace(await unit.get(key), state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state of the record."""
        async with self._units.of_key(key) as unit:
            return (await unit.get(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data of the record.

        Raises:
            NotJson: the data would not come back as it is.
            DataNotDictLikeError: the data is not a dict.
        """
        if not isinstance(data, dict):
            raise DataNotDictLikeError(f"the data of a record is a dict, not a {type(data).__qualname__}")
        text = strict_json.encode(data)
        async with self._units.of_key(key) as unit:
            unit.set(key, replace(await unit.get(key), data=text))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return a copy of the record's data."""
        async with self._units.of_key(key) as unit:
            return strict_json.decode((await unit.get(key)).data)

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Change some of the data, with no other update in between; return all of it."""
        async with self._units.of_key(key):
            return await super().update_data(key, data)

    async def close(self) -> None:
        """Nothing to close: the backing belongs to whoever made it."""
