"""The entries that wait, as the operator's people decide them in the chat: who asks is looked at each time."""

from dataclasses import dataclass

from bot.services.access import Operators
from bot.services.actor import Actor
from bot.services.statements.proposals import Proposals, Waiting
from bot.services.statements.registering import Entered
from bot.services.statements.run import Statements
from bot.services.statements.telling import FROM_CHAT


@dataclass(frozen=True, slots=True)
class Sight:
    """What waits of a statement: the entry to be looked at, None past the last one, and how many wait in all."""

    entry: Waiting | None
    waiting: int


class StatementDesk:
    """Where the operator's people decide."""

    def __init__(self, operators: Operators, statements: Statements, proposals: Proposals) -> None:
        """Let these `operators` decide, and nobody else."""
        self.operators = operators
        self._statements = statements
        self._proposals = proposals

    async def look(self, actor: Actor, statement_id: int, after: int = 0) -> Sight:
        """The first entry of a statement that waits, above a number.

        Raises:
            NotYours: the chat is not one of the operator's people's.
        """
        self.operators.require(actor.chat_id)
        found, total = await self._proposals.waiting(1, statement_id, after)
        return Sight(found[0] if found else None, total)

    async def one(self, actor: Actor, entry_id: int) -> Waiting:
        """One entry that waits.

        Raises:
            NotYours: as in `look`.
            NoSuchEntry, EntryDecided: see there.
        """
        self.operators.require(actor.chat_id)
        return await self._proposals.one(entry_id)

    async def confirm(self, actor: Actor, entry_id: int, order: str | None) -> Entered:
        """Register an entry for the order that is proposed, or for the one that is named.

        Raises:
            NotYours: as in `look`.
            InvalidOrderNumber, EntryRefused: as `Proposals.confirm`.
        """
        self.operators.require(actor.chat_id)
        return await self._proposals.confirm(entry_id, _by(actor), order)

    async def dismiss(self, actor: Actor, entry_id: int) -> Waiting:
        """Note that an entry is no payment to be registered.

        Raises:
            NotYours: as in `look`.
            NoSuchEntry, EntryDecided: see there.
        """
        self.operators.require(actor.chat_id)
        return await self._proposals.dismiss(entry_id, _by(actor))

    async def register_likely(self, actor: Actor, statement_id: int) -> int:
        """Register what of a statement only has to be confirmed; return how many payments that were.

        Raises:
            NotYours: as in `look`.
        """
        self.operators.require(actor.chat_id)
        return await self._statements.register_likely(statement_id, _by(actor))


def _by(actor: Actor) -> str:
    return f"{FROM_CHAT}{actor.chat_id}"
