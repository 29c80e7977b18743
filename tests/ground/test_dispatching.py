"""The dispatcher with a real dialog: order, failure, repetition, restart, background events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, F
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiogram.types import ErrorEvent, Message
from structlog.testing import capture_logs

from bot.db.chat_units import Change
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.turns import LostRace, StateUnavailable
from tests.support.clock import FrozenClock
from tests.support.counting import Chat
from tests.support.memory_state import MemoryBacking
from tests.support.telegram import raw_tap


@pytest.fixture
def chat() -> Chat:
    """A bot on memory."""
    return Chat(MemoryBacking())


@pytest.fixture
async def stored(database: Database, clock: FrozenClock) -> AsyncIterator[Chat]:
    """A bot on SQLite."""
    chat = Chat(SqlBacking(database, clock))
    yield chat
    await chat.dispatcher.storage.close()


async def test_three_quick_taps_run_one_after_the_other_each_on_new_data(stored: Chat) -> None:
    await stored.write("/start")
    await asyncio.gather(stored.tap("add"), stored.tap("add"), stored.tap("add"))
    assert stored.saw == [0, 1, 2]
    assert stored.text() == "count 3"
    assert len(stored.units.locks) == 0


async def test_the_conversation_goes_on_after_the_process_died(
    database_url: str, keys: KeyRing, clock: FrozenClock
) -> None:
    first = Database(database_url, keys)
    await first.start()
    before = Chat(SqlBacking(first, clock))
    await before.write("/start")
    await before.tap("add")
    button = before.buttons()["add"]
    await first.dispose()

    second = Database(database_url, keys)
    await second.start()
    after = Chat(SqlBacking(second, clock), first_update=100)
    await after.feed(raw_tap(after.next_id(), button))
    assert after.saw == [1]
    assert after.text() == "count 2"
    await second.dispose()


async def test_somebody_is_being_answered_until_what_they_tapped_is_stored(stored: Chat) -> None:
    """And nobody any more after it, however it ended: work for later would wait for them."""
    seen = list[int]()
    await stored.write("/start")
    tapping = asyncio.create_task(stored.tap("add"))
    while not tapping.done():
        seen.append(len(stored.dispatcher.answering._since))
        await asyncio.sleep(0)
    assert seen[-1] == 1
    with pytest.raises(LookupError):
        await stored.tap("fail")
    assert not stored.dispatcher.answering._since


async def test_an_update_that_comes_twice_is_processed_once(stored: Chat) -> None:
    await stored.write("/start")
    await asyncio.gather(*(stored.tap("add", update_id=500) for _ in range(3)))
    assert stored.saw == [0]
    assert stored.text() == "count 1"


async def test_what_a_failed_handler_changed_is_forgotten(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("add")
    with pytest.raises(LookupError):
        await chat.tap("fail")
    await chat.tap("add")
    assert chat.saw == [0, 1]


async def test_data_that_json_cannot_keep_fails_and_leaves_the_old(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("add")
    with pytest.raises(TypeError, match="is a set"):
        await chat.tap("set")
    await chat.tap("add")
    assert chat.saw == [0, 1]


async def test_an_error_handler_starts_from_the_state_before_and_keeps_its_own(chat: Chat) -> None:
    await chat.write("/broken")
    assert chat.text() == "count 0"
    await chat.tap("add")
    assert chat.text() == "count 1"
    backing = chat.units._backing
    assert isinstance(backing, MemoryBacking)
    assert not any("behind" in record.data for record in backing.records.values())


async def test_an_error_handler_holds_the_chat(chat: Chat) -> None:
    order: list[str] = []

    @chat.dispatcher.errors(F.exception.args[0] == "the handler failed")
    async def slow(_event: ErrorEvent) -> None:
        order.append("recovering")
        await asyncio.sleep(0.02)
        order.append("recovered")

    await chat.write("/start")
    await asyncio.gather(*(chat.tap("fail") for _ in range(3)))
    assert order == ["recovering", "recovered"] * 3


async def test_a_background_event_waits_for_the_handler_that_caused_it(chat: Chat) -> None:
    await chat.write("/start")
    await chat.tap("later")
    async with asyncio.timeout(60):
        while chat.text() != "count 100":
            await asyncio.sleep(0.01)
    assert [call.text for call in chat.windows()][1:] == ["count 50", "count 100"]
    await chat.tap("add")
    assert chat.saw == [100]


async def test_chats_run_in_parallel(chat: Chat) -> None:
    meeting = asyncio.Barrier(5)

    @chat.dispatcher.message(F.text == "meet")
    async def meet(_message: Message) -> None:
        await meeting.wait()

    async with asyncio.timeout(60):
        await asyncio.gather(*(chat.write("meet", user=user) for user in range(10, 15)))


async def test_an_update_without_a_chat_is_processed(chat: Chat) -> None:
    seen: list[Bot] = []

    @chat.dispatcher.poll()
    async def poll(_poll: Any, bot: Bot) -> None:
        seen.append(bot)

    await chat.feed(
        {
            "update_id": 900,
            "poll": {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": True,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            },
        }
    )
    assert seen == [chat.bot]


async def test_two_processes_answer_one_chat_and_no_tap_is_lost(
    each_database: Database, clock: FrozenClock
) -> None:
    here, there = Chat(SqlBacking(each_database, clock)), Chat(SqlBacking(each_database, clock), 1000)
    await here.write("/start")
    button = here.buttons()["add"]
    for _ in range(5):
        await asyncio.gather(here.press(button), there.press(button))
    await here.press(button)
    assert here.text() == "count 11"


class Losing(SqlBacking):
    """Loses the race for one update the first time, and notes which were kept."""

    lose = 500

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        """Keep what is not lost in `database`."""
        super().__init__(database, clock)
        self.kept: list[int | None] = []

    async def save(self, change: Change, *, version: int | None = None) -> bool:
        """Keep the change."""
        if change.update_id == self.lose:
            self.lose = 0
            raise LostRace("quicker")
        self.kept.append(change.update_id)
        return await super().save(change, version=version)


async def test_an_update_that_is_done_again_still_comes_before_those_that_wait_behind_it(
    database: Database, clock: FrozenClock
) -> None:
    backing = Losing(database, clock)
    chat = Chat(backing)
    await chat.write("/start")
    backing.kept.clear()
    await asyncio.gather(*(chat.tap("add", update_id=update_id) for update_id in (500, 501)))
    assert backing.kept == [500, 501]
    assert chat.text() == "count 2"


async def test_an_update_that_two_processes_are_given_is_processed_by_one(
    each_database: Database, clock: FrozenClock
) -> None:
    here, there = Chat(SqlBacking(each_database, clock)), Chat(SqlBacking(each_database, clock))
    await here.write("/start")
    button = here.buttons()["add"]
    for update_id in range(500, 505):
        await asyncio.gather(*(chat.press(button, update_id=update_id) for chat in (here, there)))
    await here.press(button, update_id=600)
    assert here.text() == "count 6"


def _of(cause: Exception) -> StateUnavailable:
    error = StateUnavailable("the state of the chat cannot be read")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (LostRace("quicker"), "LostRace('quicker')"),
        (StateUnavailable("gone"), "StateUnavailable('gone')"),
        (_of(OSError("no route")), "OSError('no route')"),
    ],
)
async def test_an_update_that_was_not_processed_is_told_to_the_operator_alone_and_may_come_again(
    stored: Chat, error: StateUnavailable, reason: str
) -> None:
    await stored.write("/start")
    await stored.tap("add")
    stored.trouble = error
    with pytest.raises(type(error)), capture_logs() as logs:
        await stored.tap("trouble", update_id=700)
    assert stored.text() == "count 1"
    (told,) = (line for line in logs if line["event"] == "update_not_stored")
    assert (told["update_id"], told["reason"]) == (700, reason)
    assert "doctor" in told["hint"]
    stored.trouble = None
    await stored.tap("trouble", update_id=700)
    assert stored.text() == "count 2"


async def test_a_tap_that_telegram_did_not_answer_is_not_done_again(stored: Chat) -> None:
    await stored.write("/start")
    await stored.tap("add")
    stored.trouble = TelegramNetworkError(GetMe(), "Request timeout error")
    stored.trouble.__cause__ = TimeoutError()
    with pytest.raises(TelegramNetworkError):
        await stored.tap("trouble", update_id=700)
    stored.trouble = None
    await stored.tap("trouble", update_id=700)
    assert stored.text() == "count 1"
