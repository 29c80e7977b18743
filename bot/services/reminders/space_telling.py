"""Planned notices of space, judged again as they leave, from what is so by then (DOMAIN.md 6, "Space").

All that a sender has claimed is judged in one reading; what they say is `space_saying`'s.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.db.engine import Database
from bot.domain.reminders import may_leave, next_opening
from bot.messages.told import SpaceFilling
from bot.services.giving_way import Answering, Courtesy
from bot.services.reminders.filling import SPACE_MESSAGE, SpaceLetter
from bot.services.reminders.saying import Mails
from bot.services.reminders.space_saying import read_space_saying
from bot.services.reminders.telling import (
    COURTESY_SECONDS,
    FACTS_SECONDS,
    NO_NAME,
    SLOW,
    Addresses,
    read_letters,
)
from bot.services.sending.outbox import Claimed, Judge, Outcome, Ready, Result, Sender
from bot.services.surroundings import Surroundings

_LATER: Final = "notices of space leave in the hours of reminders"


class SpaceSender:
    """Stands before the sender of a channel: notices of space pass as they are by now, everything else as it is."""

    def __init__(
        self,
        sender: Sender,
        database: Database,
        surroundings: Surroundings,
        addresses: Addresses,
        *,
        answering: Answering | None = None,
    ) -> None:
        """Send with `sender`; `addresses` say where the links of e-mails lead.

        Between two notices to judge it gives way to whom the process is `answering`.
        """
        self._sender = sender
        self._database = database
        self._surroundings = surroundings
        self._addresses = addresses
        self._answering = answering or Answering()

    async def send(self, claimed: Claimed) -> Outcome:
        """Send a row of the outbox once, if it is still true and the hour is right."""
        if claimed.payload.get("message") != SPACE_MESSAGE:
            return await self._sender.send(claimed)
        told = await self._now_so({claimed.id: SpaceLetter.read(claimed.payload, claimed.chat_id)})
        what = told[claimed.id]
        if isinstance(what, Outcome):
            return what
        return await self._sender.send(replace(claimed, payload=what.to_json()))

    async def judge(self, rows: Sequence[Claimed]) -> list[Ready]:
        """Judge the notices of space in one reading, and let the sender behind judge all that passes."""
        letters, unreadable = read_letters(rows, SPACE_MESSAGE, SpaceLetter.read)
        ready = {row.id: Ready(row, outcome) for row, outcome in unreadable}
        told = await self._now_so(letters)
        passing: list[Claimed] = []
        for row in rows:
            what = told.get(row.id)
            if isinstance(what, Outcome):
                ready[row.id] = Ready(row, what)
            elif row.id not in ready:
                passing.append(row if what is None else replace(row, payload=what.to_json()))
        ready |= {each.claimed.id: each for each in await self._passed_on(passing)}
        return [replace(ready[row.id], claimed=row) for row in rows]

    async def _passed_on(self, rows: Sequence[Claimed]) -> Sequence[Ready]:
        if isinstance(self._sender, Judge):
            return await self._sender.judge(rows) if rows else []
        return [Ready(row, partial(self._sender.send, row)) for row in rows]

    async def _now_so(self, letters: Mapping[int, SpaceLetter]) -> dict[int, SpaceFilling | Outcome]:
        """What each tells now, or why it does not."""
        if not letters:
            return {}
        rules, here = self._surroundings.catalogue.rules, self._surroundings.here()
        if not may_leave(here, rules, urgent=False):
            wait = next_opening(here, rules, urgent=False) - here
            return dict.fromkeys(letters, Outcome(Result.RETRY, _LATER, wait=wait, held=True))
        name = await self._addresses.name_for(letter.token for letter in letters.values())
        mails = Mails(self._database.keys, name, self._addresses.web)
        try:
            async with asyncio.timeout(FACTS_SECONDS), self._database.read() as session:
                saying = await read_space_saying(session, self._surroundings, mails, letters.values())
                courtesy, told = Courtesy(self._answering, COURTESY_SECONDS), {}
                for number, letter in letters.items():
                    await courtesy.give_way()
                    nameless = letter.token is not None and name is None
                    told[number] = Outcome(Result.RETRY, NO_NAME) if nameless else saying.told(letter)
                return told
        except TimeoutError:
            return dict.fromkeys(letters, Outcome(Result.RETRY, SLOW))
