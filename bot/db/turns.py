"""What one update has read beside its chat's state, and what it will write together with it.

A *turn* lasts as long as the chat's unit (`bot.db.chat_units`). What a service reads for the update it remembers here,
so that the window which follows does not ask again; what a choice changes it writes later, in the transaction that
keeps the state. Nothing outlives the update: the next one reads anew, whichever process takes it.

As soon as anything else is written by the update, what was remembered counts no longer. An update that fails later
leaves what its services have done, and so what they were to write: only the state is then as it was.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from bot.db.prepared import Prepared

T = TypeVar("T")
Writing = Callable[[Connection], None]
Act = Callable[[Writing], Awaitable[None]]
"""`Database.act`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What services need of a chat, to be read together with its state.

    Attributes:
        parts: the statements that read it; their only parameter is `chat_id`.
        found: what their rows come to, which is remembered for the update.
    """

    parts: Callable[[], tuple[Prepared, ...]]
    found: Callable[[Sequence[Sequence[Any]]], object]


class StateUnavailable(Exception):
    """A chat's state could not be read or written: nothing was kept, and the update must come again."""


class LostRace(StateUnavailable):
    """Another process has changed meanwhile what the update had read: it is to be done again from the start."""


class ChatBusy(StateUnavailable):
    """Another update of the chat takes long in this process; this one has not begun, and must come again."""


class Turn:
    """One update of a chat."""

    def __init__(self, chat_id: int, found: object | None = None) -> None:
        """Begin with nothing to write; `found` is what was read together with the state."""
        self.chat_id = chat_id
        self.open = True
        self._known: dict[type[object], object] = {} if found is None else {type(found): found}
        self._answers: dict[Hashable, object] = {}
        self._later: dict[str, Writing] = {}
        self._act: Act | None = None

    def recall(self, kind: type[T]) -> T | None:
        """What was remembered of this type."""
        known = self._known.get(kind)
        return known if isinstance(known, kind) else None

    def remember(self, known: object) -> None:
        """Keep it for the rest of the update, in place of what was remembered of its type."""
        self._known[type(known)] = known

    def forget(self) -> None:
        """The database is not any more as it was read."""
        self._known.clear()
        self.doubt()

    def doubt(self) -> None:
        """Something was to be written: what was answered before may be true no longer, whatever became of it."""
        self._answers = {}

    def answer(self, question: Hashable, answer: object) -> None:
        """Know the answer to a question."""
        self._answers[question] = answer

    async def once(self, question: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """What was answered to the question before in this update, or else what `ask` answers now."""
        answers = self._answers
        if question not in answers:
            answers[question] = await ask()
        return cast("T", answers[question])

    def write_later(self, name: str, writing: Writing, act: Act) -> None:
        """Write with the chat's state, in place of what was to be written under the same name.

        Where the state is kept elsewhere, it is written by `act`.
        """
        self._later[name] = writing
        self._act = act

    @property
    def has_writings(self) -> bool:
        """Whether there is something to be written with the state."""
        return bool(self._later)

    def write(self, connection: Connection) -> None:
        """Write it now; it counts as written once `written` is called, after the commit.

        Raises:
            LostRace: another process was quicker.
        """
        for writing in tuple(self._later.values()):
            writing(connection)

    async def settle(self) -> None:
        """Write it now, in a transaction of its own.

        Raises:
            LostRace: another process was quicker; nothing was written.
        """
        if self._act is not None and self._later:
            self.doubt()
            await self._act(self.write)
            self.written()

    def written(self) -> None:
        """What was to be written is committed."""
        self._later.clear()


_current: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


def current_turn(chat_id: int | None = None) -> Turn | None:
    """The turn that is under way here, of this chat where one is named."""
    turn = _current.get()
    if turn is None or not turn.open or chat_id not in {None, turn.chat_id}:
        return None
    return turn


async def once(question: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
    """The answer to a question that is asked by a handler, and again by the window that follows it in the same update.

    It is asked again once the update has written anything, or tried to. The question says who asks.
    """
    turn = current_turn()
    return await (ask() if turn is None else turn.once(question, ask))


def answered(question: Hashable, answer: object) -> None:
    """Let what another question has brought be the answer to this one."""
    if (turn := current_turn()) is not None:
        turn.answer(question, answer)


@contextmanager
def under_way(turn: Turn) -> Iterator[None]:
    """Let `turn` be the one that is under way, until the block ends."""
    token = _current.set(turn)
    try:
        yield
    finally:
        turn.open = False
        _current.reset(token)
