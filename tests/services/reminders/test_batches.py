"""What a sender claims is judged in one reading and settled in few transactions, however many it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.db.engine import Database
from bot.db.tables import MailboxRow, SpaceLevelRow
from bot.messages import render_chat
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.ceiling.places import HANDFUL
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Ready, Result
from bot.texts import Texts
from tests.services.reminders.conftest import Planning
from tests.support.long_runs import long
from tests.support.running_bot import TOKEN

FIRST_CHAT = 2001


@dataclass(slots=True)
class Told:
    """What a database was told."""

    transactions: int = 0
    statements: list[str] = field(default_factory=list)


@contextmanager
def told(database: Database) -> Iterator[Told]:
    """Listen to a database for the length of a ``with`` block."""
    heard = Told()

    def begun(_connection: Any) -> None:
        heard.transactions += 1

    def executed(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            heard.statements.append(statement)

    every = (*database.engines, database._reader.sync_engine)
    engines = {id(each): each for each in every}.values()
    for engine in engines:
        event.listen(engine, "begin", begun)
        event.listen(engine, "before_cursor_execute", executed)
    try:
        yield heard
    finally:
        for engine in engines:
            event.remove(engine, "begin", begun)
            event.remove(engine, "before_cursor_execute", executed)


async def due(planning: Planning, number: int, world: World) -> None:
    """As many customers with a chat each, all of whom are due a reminder."""
    for each in range(number):
        await planning.seed.mailbox(f"cliente{each}", expires_in=15)
        await planning.join(f"cliente{each}", FIRST_CHAT + each)
        world.open_chat(FIRST_CHAT + each, "Prova", "it")
        world.send_text(FIRST_CHAT + each, "/start")
    assert await planning.plan() == number


async def name() -> str:
    """The bot's name."""
    return "rinnovo_bot"


@pytest.mark.parametrize("number", [2 * HANDFUL, *long(HANDFUL, 6 * HANDFUL)])
async def test_many_reminders_cost_as_many_statements_as_few(
    planning: Planning, texts: Texts, number: int
) -> None:
    world = World(TOKEN)
    await due(planning, number, world)
    database, surroundings = planning.database, planning.surroundings
    outbox = Outbox(database, planning.clock)
    async with (
        serve_playground(world) as address,
        Notifier(TOKEN, address, database, surroundings, texts, render_chat) as notifier,
    ):
        addresses = Addresses(name, None)
        reminders = ReminderSender(notifier, database, surroundings, addresses, mail=False)
        sender = SpaceSender(reminders, database, surroundings, addresses)
        with told(database) as claiming:
            rows = await outbox.claim(Channel.TELEGRAM, number)
        with told(database) as judging:
            ready = await sender.judge(rows)
        with told(database) as leaving:
            outcomes = [await leave(each) for each in ready]
        with told(database) as settling:
            lost = await outbox.settle_all(list(zip(rows, outcomes, strict=True)))
    assert [each.claimed for each in ready] == rows
    assert len(rows) == number
    assert lost == []
    assert {outcome.result for outcome in outcomes} == {Result.SENT}
    assert (claiming.transactions, len(claiming.statements)) == (1, 3)
    assert judging.transactions == 1
    assert len(judging.statements) <= 11, judging.statements
    assert (leaving.transactions, leaving.statements) == (0, [])
    # The rows; and what is proved of them: their chains, of which some begin, the records, and what they say.
    assert (settling.transactions, len(settling.statements)) == (1, 5)
    for each in range(number):
        assert "scade" in world.last_answer(FIRST_CHAT + each).text.lower()


@pytest.mark.parametrize("number", [2 * HANDFUL, *long(HANDFUL, 6 * HANDFUL)])
async def test_many_notices_of_space_cost_as_many_statements_as_few(planning: Planning, number: int) -> None:
    database, clock, surroundings = planning.database, planning.clock, planning.surroundings
    for each in range(number):
        mailbox_id = await planning.seed.mailbox(f"cliente{each}", expires_in=300, used=("1.9", "0"))
        await planning.join(f"cliente{each}", FIRST_CHAT + each)
        await planning.change_mailbox(mailbox_id, remind_on=surroundings.today())
        async with database.write() as session:
            session.add(SpaceLevelRow(mailbox_id=mailbox_id, archive=False, level=90, told=0))
    await planning.plan()
    rows = await Outbox(database, clock).claim(Channel.TELEGRAM, number)
    listener, addresses = Listener(), Addresses(name, None)
    reminders = ReminderSender(listener, database, surroundings, addresses, mail=False)
    sender = SpaceSender(reminders, database, surroundings, addresses)
    with told(database) as judging:
        ready = await sender.judge(rows)
    assert [each.claimed for each in ready] == rows
    assert {(await leave(each)).result for each in ready} == {Result.SENT}
    assert sorted(each or 0 for each in listener.heard) == [FIRST_CHAT + each for each in range(number)]
    assert judging.transactions <= 2
    assert len(judging.statements) <= 11, judging.statements


async def leave(ready: Ready) -> Outcome:
    """Let one leave."""
    assert not isinstance(ready.leave, Outcome)
    return await ready.leave()


class Listener:
    """Stands where a channel is: notes what arrives."""

    def __init__(self) -> None:
        self.heard: list[int | None] = []

    async def send(self, claimed: Claimed) -> Outcome:
        """Note it."""
        self.heard.append(claimed.chat_id)
        return Outcome(Result.SENT)


async def test_each_of_a_batch_is_judged_by_itself(planning: Planning) -> None:
    await due(planning, 4, World(TOKEN))
    outbox, listener = Outbox(planning.database, planning.clock), Listener()
    sender = ReminderSender(
        listener, planning.database, planning.surroundings, Addresses(name, None), mail=False
    )
    async with planning.database.write() as session:  # by the operator's file, which tells the chat nothing
        await session.execute(update(MailboxRow).where(MailboxRow.id == 2).values(auto_renew=True))
    rows = await outbox.claim(Channel.TELEGRAM, 4)
    rows[3] = replaced(rows[3])
    ready = await sender.judge(rows)
    outcomes = [each.leave if isinstance(each.leave, Outcome) else await leave(each) for each in ready]
    assert [outcome.result for outcome in outcomes] == [
        Result.SENT,
        Result.OBSOLETE,
        Result.SENT,
        Result.RETRY,
    ]
    assert "newer release" in (outcomes[3].reason or "")
    assert listener.heard == [FIRST_CHAT, FIRST_CHAT + 2]


def replaced(row: Claimed) -> Claimed:
    """The row as a newer release would have written it."""
    return Claimed(
        row.id,
        row.key,
        row.channel,
        row.chat_id,
        {**row.payload, "v": 99},
        row.created_at,
        row.attempts,
        row.worker,
        row.until,
    )
