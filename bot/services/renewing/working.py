"""The renewal of an update that is under way: read once, changed in memory, written when the update ends."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from bot.db.engine import Database
from bot.db.tables import DraftRow, OrderRow
from bot.db.turns import LostRace, Turn, current_turn
from bot.domain.drafts import Draft
from bot.domain.errors import RinnovoError
from bot.domain.renewal import Renewal
from bot.services.actor import Actor
from bot.services.at_hand import OpenDraft, at_hand
from bot.services.errors import DraftClosed, NotYours
from bot.services.renewing.draft_rows import changed, read_draft
from bot.services.renewing.facts import facts_at_hand
from bot.services.renewing.stored_drafts import Stored, stored_at_hand, writing
from bot.services.surroundings import Surroundings

_TRIES: Final = 5
"""How often a change is made outside of an update when somebody else is quicker each time."""


@dataclass(frozen=True, slots=True)
class Working:
    """The renewal as it stands in this update.

    Attributes:
        read: its rows as the database has them.
        rows: its rows as they will be when the update ends.
        renewal: what they say.
    """

    read: Stored
    rows: Stored
    renewal: Renewal

    def become(self, draft: Draft) -> "Working":
        """The same renewal with other choices."""
        facts = self.renewal.facts
        return replace(self, rows=changed(self.rows, draft, facts), renewal=Renewal(draft, facts))


class WorkingDrafts:
    """The renewals that updates are at work on, each on the one of its chat."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Read from `database` and write there, judged in these `surroundings`."""
        self._database = database
        self._surroundings = surroundings

    def begin(self, actor: Actor, working: Working) -> Renewal:
        """Go on with what a transaction of this update has just made, or read."""
        turn = current_turn(actor.chat_id)
        if turn is not None:
            turn.remember(working)
        return working.renewal

    async def find(self, actor: Actor) -> Working | None:
        """The renewal under way in the chat, if there is one and it is the chat's to make."""
        turn = current_turn(actor.chat_id)
        known = None if turn is None else turn.recall(Working)
        if known is None:
            found = (await at_hand(self._database, actor.chat_id)).draft
            known = None if found is None else self._read(found)
            if turn is not None and known is not None:
                turn.remember(known)
        return known

    async def get(self, actor: Actor, draft_id: int) -> Working:
        """The renewal with this draft.

        Raises:
            NotYours: no such draft in this chat.
            DraftClosed: it was ordered or thrown away.
        """
        working = await self.find(actor)
        if working is None or working.rows.id != draft_id:
            raise await self._database.look(lambda connection: _why_not(connection, actor, draft_id))
        return working

    async def change(self, actor: Actor, draft_id: int, change: Callable[[Working], Working]) -> Renewal:
        """Change it, and write that with the chat's state; outside of an update it is written at once.

        Raises:
            NotYours, DraftClosed: as `get`.
            LostRace: somebody else was quicker, again and again.
        """
        turn = current_turn(actor.chat_id)
        if turn is not None:
            return await self._change(turn, actor, draft_id, change)
        for _ in range(_TRIES - 1):
            with suppress(LostRace):
                return await self._change_now(actor, draft_id, change)
        return await self._change_now(actor, draft_id, change)

    async def _change_now(self, actor: Actor, draft_id: int, change: Callable[[Working], Working]) -> Renewal:
        turn = Turn(actor.chat_id)
        renewal = await self._change(turn, actor, draft_id, change)
        await turn.settle()
        return renewal

    async def _change(
        self, turn: Turn, actor: Actor, draft_id: int, change: Callable[[Working], Working]
    ) -> Renewal:
        working = change(await self.get(actor, draft_id))
        turn.remember(working)
        if working.rows != working.read:
            write = writing(working.read, working.rows, working.renewal.facts.now)
            turn.write_later("draft", write, self._database.act)
        return working.renewal

    def _read(self, found: OpenDraft) -> Working:
        facts = facts_at_hand(found, self._surroundings)
        rows = stored_at_hand(found)
        return Working(rows, rows, Renewal(read_draft(rows, facts), facts))


def _why_not(connection: Connection, actor: Actor, draft_id: int) -> RinnovoError:
    """Why a draft is not the one under way in a chat."""
    draft = connection.execute(
        select(DraftRow.chat_id, DraftRow.status, OrderRow.number)
        .outerjoin(OrderRow, OrderRow.draft_id == DraftRow.id)
        .where(DraftRow.id == draft_id)
    ).one_or_none()
    if draft is None or draft.chat_id != actor.chat_id or draft.status == "open":
        return NotYours()
    return DraftClosed(draft.number)
