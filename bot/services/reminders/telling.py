"""What planned reminders say: judged again at the moment they are sent, from what is so by then (DOMAIN.md 6).

Between the plan and the sending a mailbox may be renewed, ordered or silenced, a night may pass, or Telegram be away
for a day. Whoever reads it must find the real days left, and nothing that is settled. All that a sender has claimed is
judged, and the facts of its words are read, in one reading.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.messages import UnreadablePayload
from bot.messages.told import Reminding
from bot.services.giving_way import Answering, Courtesy
from bot.services.reminders.batch import Box
from bot.services.reminders.letters import MESSAGE, Entry, Letter
from bot.services.reminders.owed import drop_from_notice
from bot.services.reminders.saying import Mails, read_saying
from bot.services.reminders.standing import Standing, read_standing
from bot.services.reminders.untold import Untold, written
from bot.services.sending.outbox import Claimed, Leave, Outcome, Ready, Result, Sender, Wording
from bot.services.surroundings import Surroundings

_Letter = TypeVar("_Letter")
NameOfBot = Callable[[], Awaitable[str | None]]
"""Gives the bot's user name, without the `@`; None while Telegram cannot be asked."""

_LATER: Final = "reminders leave at other hours"
NO_NAME: Final = "the bot's name is not known while Telegram cannot be asked"
SLOW: Final = "what it says could not be read in time"
FACTS_SECONDS: Final = 10.0
"""How long it may take to read what messages say: well below the lease of their rows."""
COURTESY_SECONDS: Final = 1.0
"""How much of it may be for people who tap meanwhile."""
_SETTLED: Final = "it was settled before its turn came"
_ARRIVED: Final = "it had arrived in a chat, or was settled, before its turn came"
_BY_MAIL: Final = "an e-mail took its place"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links in e-mails lead.

    Attributes:
        bot: the bot's user name.
        web: the address at which the bot's own pages are reached, without a slash at its end; None where nobody can
            reach them.
    """

    bot: NameOfBot
    web: str | None

    async def name_for(self, tokens: Iterable[str | None]) -> str | None:
        """The bot's name, where a link is made with it of one of these tokens; None also where it is not said soon."""
        if all(token is None for token in tokens):
            return None
        try:
            async with asyncio.timeout(FACTS_SECONDS):
                return await self.bot()
        except TimeoutError:
            return None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A message as it is now: what is told, or why nothing is; and the steps that nobody is to miss for it."""

    letter: Letter
    told: Reminding | Outcome
    true: Sequence[Entry]
    unsaid: Sequence[Entry]

    @property
    def left_out(self) -> set[Entry]:
        """The entries that are not told of, in a message that leaves."""
        return set() if isinstance(self.told, Outcome) else set(self.letter.entries) - set(self.true)


class ReminderSender:
    """Stands before the sender of a channel: reminders pass as they are by now, everything else as it is."""

    def __init__(
        self,
        sender: Sender,
        database: Database,
        surroundings: Surroundings,
        addresses: Addresses,
        *,
        mail: bool,
        answering: Answering | None = None,
    ) -> None:
        """Send with `sender`; `mail` says whether e-mail is set up, which takes over from a chat that is gone.

        Between two messages to judge it gives way to whom the process is `answering`.
        """
        self._sender = sender
        self._database = database
        self._surroundings = surroundings
        self._addresses = addresses
        self._untold = Untold(database, surroundings, mail=mail)
        self._answering = answering or Answering()

    async def send(self, claimed: Claimed) -> Outcome:
        """Send a row of the outbox once, if it is still true and the hour is right."""
        if claimed.payload.get("message") != MESSAGE:
            return await self._sender.send(claimed)
        letters = {claimed.id: Letter.read(claimed.payload, claimed.chat_id)}
        try:
            # Were it found out only when the lease is nearly over, nobody would know whether something was sent.
            name = await self._addresses.name_for(letter.token for letter in letters.values())
            async with asyncio.timeout(FACTS_SECONDS), self._database.read() as session:
                judged = await self._now_so(session, letters, name)
        except TimeoutError:
            return Outcome(Result.RETRY, SLOW)
        await self._heed(claimed, judged[claimed.id])
        told = judged[claimed.id].told
        if isinstance(told, Outcome):
            return told
        passing = replace(claimed, payload=told.to_json())
        return await self._leave(claimed, judged[claimed.id], partial(self._sender.send, passing))

    async def judge(self, rows: Sequence[Claimed]) -> list[Ready]:
        """Judge all rows, and read what they say, in one reading; each leaves by itself."""
        letters, unreadable = read_letters(rows, MESSAGE, Letter.read)
        name = await self._addresses.name_for(letter.token for letter in letters.values())
        ready = {row.id: Ready(row, outcome) for row, outcome in unreadable}
        try:
            async with asyncio.timeout(FACTS_SECONDS), self._database.read() as session:
                judged = await self._now_so(session, letters, name) if letters else {}
                told = [_as_told(row, judged.get(row.id)) for row in rows if row.id not in ready]
                ready |= {each.claimed.id: each for each in told if isinstance(each, Ready)}
                passing = [each for each in told if isinstance(each, Claimed)]
                ready |= {each.claimed.id: each for each in await self._worded(session, passing)}
        except TimeoutError:
            return [Ready(row, Outcome(Result.RETRY, SLOW)) for row in rows]
        for row in rows:
            if row.id in judged:
                await self._heed(row, judged[row.id])
                ready[row.id] = self._as_it_leaves(judged[row.id], ready[row.id])
        return [replace(ready[row.id], claimed=row) for row in rows]

    def _as_it_leaves(self, judged: _Judged, worded: Ready) -> Ready:
        if isinstance(worded.leave, Outcome):
            return worded
        return replace(worded, leave=partial(self._leave, worded.claimed, judged, worded.leave))

    async def _worded(self, session: AsyncSession, rows: Sequence[Claimed]) -> Sequence[Ready]:
        if isinstance(self._sender, Wording):
            return await self._sender.word(session, rows)
        return [Ready(row, partial(self._sender.send, row)) for row in rows]

    async def _leave(self, row: Claimed, judged: _Judged, leave: Leave) -> Outcome:
        letter, outcome = judged.letter, await leave()
        if judged.left_out and outcome.said is not None:
            about = frozenset(entry.mailbox_id for entry in judged.true)
            outcome = replace(outcome, said=replace(outcome.said, about=about))
        if outcome.result is Result.UNREACHABLE and not letter.owed:
            if letter.chat_id is None:
                await self._untold.nobody_heard(letter, row)
            else:
                await self._untold.find_other_readers(letter, letter.chat_id, row.created_at)
        return outcome

    async def _heed(self, row: Claimed, judged: _Judged) -> None:
        """What follows from what is not told, before anything leaves."""
        letter, told = judged.letter, judged.told
        if letter.owed:
            if judged.left_out:
                await drop_from_notice(self._database, self._surroundings, letter, judged.left_out)
            return
        settled = isinstance(told, Outcome) and told.reason == _SETTLED
        if judged.unsaid and (settled or judged.left_out):
            await self._untold.give_back(letter, row)

    async def _now_so(
        self, session: AsyncSession, letters: Mapping[int, Letter], name: str | None
    ) -> dict[int, _Judged]:
        """What each message tells now, or why it does not."""
        standing = await read_standing(session, self._surroundings, letters.values())
        chats = [each for each in letters.values() if each.chat_id is not None and not each.owed]
        by_mail = await written(session, [_instead(letter) for letter in chats])
        courtesy = Courtesy(self._answering, COURTESY_SECONDS)
        true: dict[int, dict[Entry, Box]] = {}
        why: dict[int, Outcome | None] = {}
        for number, letter in letters.items():
            # Whoever taps meanwhile waits for one message to be judged, not for a second's worth of them.
            await courtesy.give_way()
            true[number] = standing.true_of(letter)
            why[number] = self._why_not(letter, standing, true[number], by_mail, name)
        mails = Mails(self._database.keys, name, self._addresses.web)
        leaving = {letters[number]: true[number].keys() for number, reason in why.items() if reason is None}
        saying = await read_saying(session, self._surroundings, mails, leaving)
        judged: dict[int, _Judged] = {}
        for number, letter in letters.items():
            await courtesy.give_way()
            told = why[number] or saying.told(letter, true[number].keys())
            judged[number] = _Judged(letter, told, list(true[number]), standing.unsaid(letter))
        return judged

    def _why_not(
        self,
        letter: Letter,
        standing: Standing,
        true: Mapping[Entry, Box],
        by_mail: set[str],
        name: str | None,
    ) -> Outcome | None:
        """Why a message does not leave now; None where it does."""
        if letter.token is not None and name is None:
            return Outcome(Result.RETRY, NO_NAME)
        if letter.chat_id is not None and not letter.owed and _instead(letter).key in by_mail:
            return Outcome(Result.OBSOLETE, _BY_MAIL)
        if not true:
            return Outcome(Result.OBSOLETE, _ARRIVED if letter.owed and letter.instead else _SETTLED)
        if (wait := standing.wait(letter, true.values())) is not None:
            return Outcome(Result.RETRY, _LATER, wait=wait, held=True)
        return None


def _instead(letter: Letter) -> Letter:
    """The e-mail that would take the place of a message to a chat."""
    return replace(letter, chat_id=None, instead=True)


def read_letters(
    rows: Sequence[Claimed], message: str, read: Callable[[Mapping[str, Any], int | None], _Letter]
) -> tuple[dict[int, _Letter], list[tuple[Claimed, Outcome]]]:
    """What was planned as a `message` among these rows, by the row's id; what a newer release planned waits."""
    letters: dict[int, _Letter] = {}
    unreadable: list[tuple[Claimed, Outcome]] = []
    for row in rows:
        if row.payload.get("message") != message:
            continue
        try:
            letters[row.id] = read(row.payload, row.chat_id)
        except UnreadablePayload as error:
            unreadable.append((row, Outcome(Result.RETRY, str(error))))
    return letters, unreadable


def _as_told(row: Claimed, judged: _Judged | None) -> Claimed | Ready:
    """The row with what it tells now, or why it does not."""
    if judged is None:
        return row
    if isinstance(judged.told, Outcome):
        return Ready(row, judged.told)
    return replace(row, payload=judged.told.to_json())
