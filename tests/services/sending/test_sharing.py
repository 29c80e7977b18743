"""The places of several processes: never more than there are, conversations first, and a pause holds for all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio.client import Pipeline

from bot.db.engine import Database
from bot.db.shares import Share, Shares, SqlShares
from bot.db.shares_redis import RedisShares
from bot.services.sending.ceiling import CEILING, Places
from bot.services.sending.ceiling.dividing import allowed, divide
from bot.services.sending.ceiling.places import PRESSING
from bot.services.sending.ceiling.sharing import Sharing
from tests.support.long_runs import long
from tests.support.loops import JumpingLoop, run_on
from tests.support.redis_server import REDIS, forget, why_no_redis

NAMES = "abcdefg"
HANGS = 60
"""Seconds after which something hangs, on however busy a machine."""


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes on a machine that may be busy with much else: nobody is given up for dead, nor the common rows."""
    monkeypatch.setattr("bot.services.sending.ceiling.sharing.LEASE", timedelta(minutes=10))
    monkeypatch.setattr("bot.services.sending.ceiling.sharing._ASK_SECONDS", HANGS)


def share(process: str, *, held: int = 0, talking: int = 0, pushing: bool = False) -> Share:
    """What a process says of itself."""
    return Share(process, held, talking, pushing)


def test_who_is_alone_has_all() -> None:
    assert divide([share("a")]) == {"a": CEILING}
    assert divide([share("a", talking=12, pushing=True)]) == {"a": CEILING}


def test_conversations_get_what_they_need_and_who_pushes_the_rest() -> None:
    workers = [share(name, pushing=True) for name in "abc"]
    webs = [share("d", talking=10), share("e", talking=9)]
    assert divide([*workers, *webs]) == {"a": 4, "b": 4, "c": 3, "d": 10, "e": 9}
    assert divide([*workers, share("d"), share("e")]) == {"a": 10, "b": 10, "c": 10, "d": 0, "e": 0}


def test_where_nobody_pushes_everybody_has_room() -> None:
    assert divide([share("a"), share("b"), share("c", talking=3)]) == {"a": 9, "b": 9, "c": 12}


def test_more_talk_than_places_is_divided_by_need() -> None:
    assert divide([share("a", talking=40), share("b", talking=20), share("c", pushing=True)]) == {
        "a": 20,
        "b": 10,
        "c": 0,
    }


def test_whoever_needs_a_little_has_it_before_others_who_need_more_than_there_is() -> None:
    webs = [share("a", talking=30), share("b", talking=30)]
    assert divide([*webs, share("c", talking=1, pushing=True)]) == {"a": 15, "b": 14, "c": 1}
    assert divide([*webs, share("c", talking=2), share("d", pushing=True)]) == {
        "a": 14,
        "b": 14,
        "c": 2,
        "d": 0,
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30), st.booleans()), min_size=1, max_size=len(NAMES)
    )
)
def test_whoever_is_asked_the_places_add_up(said: list[tuple[int, int, bool]]) -> None:
    shares = [
        Share(name, held, talking, pushing)
        for name, (held, talking, pushing) in zip(NAMES, said, strict=False)
    ]
    divided = divide(shares)
    assert sum(divided.values()) == CEILING
    assert all(divided[each.process] >= min(each.talking, PRESSING) for each in shares)
    me, *others = shares
    assert allowed(me, others) <= max(CEILING - sum(other.held for other in others), 0)


@pytest.fixture(params=["database", "redis"])
async def stores(
    request: pytest.FixtureRequest, each_database: Database
) -> AsyncIterator[Callable[[], Shares]]:
    """Gives one process after the other its hands on the common rows."""
    opened: list[Shares] = []
    bot_id = id(request)

    def hands() -> Shares:
        if request.param == "redis":
            opened.append(RedisShares(REDIS, bot_id))
        else:
            opened.append(SqlShares(each_database))
        return opened[-1]

    if request.param == "redis" and (why := await asyncio.to_thread(why_no_redis)) is not None:
        pytest.skip(why)
    yield hands
    for shares in opened:
        await shares.close()
    if request.param == "redis":
        await forget(bot_id)


class Processes:
    """Several processes that share."""

    def __init__(self, hands: Callable[[], Shares], count: int) -> None:
        """So many of them."""
        self.places = [Places() for _ in range(count)]
        self.sharing = [Sharing(places, hands()) for places in self.places]

    async def settle(self, *, without: int | None = None) -> None:
        """Let them exchange until nothing changes any more; at no moment are there too many places."""
        for _ in range(4):
            for number, sharing in enumerate(self.sharing):
                if number != without:
                    await sharing.exchange()
                    alive = [places for index, places in enumerate(self.places) if index != without]
                    if all(each._asked_at > 0 for each in self.sharing):
                        assert sum(places.held for places in alive) <= CEILING

    @property
    def held(self) -> list[int]:
        """The places of each."""
        return [places.held for places in self.places]


@pytest.mark.parametrize("stores", ["database", *long("redis")], indirect=True)
@pytest.mark.usefixtures("patient")
async def test_three_workers_and_two_webs_have_thirty_places_together(stores: Callable[[], Shares]) -> None:
    processes = Processes(stores, 5)
    assert processes.held == [6] * 5  # a safe share, before anybody was asked
    await processes.settle()
    assert sum(processes.held) == CEILING
    assert min(processes.held) == 6
    pushing = [asyncio.create_task(push_on(places)) for places in processes.places[:3]]
    await asyncio.sleep(0.01)
    await asyncio.sleep(1.1)
    await processes.settle()
    await asyncio.sleep(1.1)
    await processes.settle()
    assert processes.held == [10, 10, 10, 0, 0]
    # Somebody taps, where no place is held: one is asked for, and found as one comes free.
    talking = asyncio.create_task(processes.places[3].talk())
    await asyncio.sleep(0)
    assert processes.places[3].wanted.is_set()
    async with asyncio.timeout(HANGS):
        while not talking.done():
            await processes.settle()
            await asyncio.sleep(0.05)
    assert processes.places[3].held == 1
    for task in pushing:
        task.cancel()
    await asyncio.wait(pushing)


async def push_on(places: Places) -> None:
    """Push without end; Telegram answers at once."""
    while True:
        for _ in range(await places.push(4)):
            places.pushed(None)


async def tap_on(places: Places, said: list[float]) -> None:
    """Tap again and again; Telegram answers at once."""
    while True:
        await places.talk()
        said.append(asyncio.get_running_loop().time())
        places.talked(None)
        await asyncio.sleep(0.1)


class Common:
    """Rows that are kept in memory, for processes on a clock that jumps."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin without a row."""
        self._loop = loop
        self._rows: dict[str, tuple[float, Share]] = {}

    async def exchange(self, decide: Callable[[Sequence[Share]], Share], lease: timedelta) -> None:
        """As the database does, in some milliseconds."""
        await asyncio.sleep(0.003)
        now = self._loop.time()
        mine = decide([row for until, row in self._rows.values() if until > now])
        self._rows[mine.process] = now + lease.total_seconds(), mine

    async def leave(self, process: str) -> None:
        """As the database does."""
        self._rows.pop(process, None)

    async def close(self) -> None:
        """There is nothing open."""


@pytest.mark.soak
@pytest.mark.parametrize("workers", [2, *long(1)])
def test_for_a_minute_completions_leave_beside_people_who_would_take_all_and_no_second_has_31(
    workers: int,
) -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        common, said, waits, bulk = Common(loop), list[float](), list[float](), list[float]()
        places = [Places() for _ in range(2 + workers)]
        keeping = [asyncio.create_task(Sharing(each, common).keep()) for each in places]
        await asyncio.sleep(3)

        async def work(worker: Places) -> None:
            asked: list[float] = []

            async def pay() -> None:
                while True:
                    await asyncio.sleep(3)
                    asked.append(loop.time())
                    worker.look()

            paying = asyncio.create_task(pay())
            try:
                while True:
                    for _ in range(await worker.push(8, lambda: len(asked))):
                        said.append(loop.time())
                        if asked:
                            waits.append(loop.time() - asked.pop(0))
                        else:
                            bulk.append(loop.time())
                        worker.pushed(None)
            finally:
                paying.cancel()

        speaking = [asyncio.create_task(work(worker)) for worker in places[2:]]
        await asyncio.sleep(3)
        speaking += [asyncio.create_task(tap_on(web, said)) for web in places[:2] for _ in range(CEILING)]
        await asyncio.sleep(60)
        for task in (*speaking, *keeping):
            task.cancel()
        await asyncio.wait([*speaking, *keeping])
        assert len(waits) >= 20 * workers
        assert max(waits) <= 2.5
        assert not [at for at in bulk if at > 10]
        assert (
            max(sum(begin <= at < begin + 1.0 for at in said[index:]) for index, begin in enumerate(said))
            <= CEILING
        )
        assert sum(at > 10 for at in said) >= 0.9 * CEILING * 56

    run_on(JumpingLoop, scenario)


@pytest.mark.parametrize(
    ("stores", "each_database_url"),
    [("database", "sqlite"), ("database", "postgresql"), ("redis", "sqlite")],
    indirect=True,
)
@pytest.mark.usefixtures("patient")
async def test_the_places_of_the_dead_are_free_when_their_lease_is_over(
    stores: Callable[[], Shares], monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = Processes(stores, 2)
    await processes.settle()
    assert processes.held == [15, 15]
    await processes.settle(without=1)
    assert processes.held[0] == 15
    with monkeypatch.context() as soon:
        soon.setattr("bot.services.sending.ceiling.sharing.LEASE", timedelta(seconds=0.2))
        await processes.sharing[1].exchange()
    async with asyncio.timeout(HANGS):
        while processes.held[0] < CEILING:
            await asyncio.sleep(0.1)
            await processes.settle(without=1)


@pytest.mark.usefixtures("patient")
async def test_who_ends_lets_go_at_once(stores: Callable[[], Shares]) -> None:
    processes = Processes(stores, 2)
    await processes.settle()
    await processes.sharing[1].leave()
    await processes.sharing[0].exchange()
    assert processes.held[0] == CEILING


@pytest.mark.usefixtures("patient")
async def test_a_pause_heard_by_one_is_kept_by_all(stores: Callable[[], Shares]) -> None:
    processes = Processes(stores, 3)
    await processes.settle()
    processes.places[0].pause(300.0)
    await processes.settle()
    for places in processes.places:
        assert 300 - HANGS < places.pause_left <= 300.1
    assert [places.heard.is_set() for places in processes.places] == [True, False, False]


class Away:
    """Nobody can be asked."""

    async def exchange(self, decide: Callable[[Sequence[Share]], Share], lease: timedelta) -> None:
        """Fail as a connection does."""
        del decide, lease
        raise ConnectionError("away")

    async def leave(self, process: str) -> None:
        """Fail as a connection does."""
        del process
        raise ConnectionError("away")

    async def close(self) -> None:
        """There is nothing open."""


@pytest.mark.usefixtures("patient")
async def test_out_of_reach_each_keeps_a_safe_share(
    each_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places()
    sharing = Sharing(places, Away())
    await sharing.exchange()
    assert places.held == 6
    await sharing.leave()  # ends all the same

    processes = Processes(lambda: SqlShares(each_database), 2)
    pushing = asyncio.create_task(push_on(processes.places[0]))
    await asyncio.sleep(0.01)
    await processes.settle()
    assert processes.held[0] == CEILING
    for sharing in processes.sharing:
        monkeypatch.setattr(sharing, "_shares", Away())
    monkeypatch.setattr("bot.services.sending.ceiling.sharing._GIVE_UP_SECONDS", HANGS)
    for sharing in processes.sharing:
        await sharing.exchange()  # an answer that is late is no reason yet
    assert processes.held == [CEILING, 0]
    monkeypatch.setattr("bot.services.sending.ceiling.sharing._GIVE_UP_SECONDS", 0)
    for sharing in processes.sharing:
        await sharing.exchange()
    assert processes.held == [15, 15]
    pushing.cancel()


async def test_with_redis_nobody_hears_of_a_pause_that_telegram_did_not_ask_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """People who tapped were answered thirty times a second for a minute, though nothing was pushed or refused."""
    if (why := await asyncio.to_thread(why_no_redis)) is not None:
        pytest.skip(why)
    bot_id, lease = id(monkeypatch), timedelta(minutes=1)
    seen: list[float] = []
    me, other = RedisShares(REDIS, bot_id), RedisShares(REDIS, bot_id)
    read = Pipeline.hgetall

    async def after_another(pipeline: Pipeline, key: str) -> Any:
        """Another process writes its row just before this one reads them."""
        monkeypatch.setattr(Pipeline, "hgetall", read)
        await asyncio.sleep(0.05)
        await other.exchange(lambda _: share("b", talking=1), lease)
        return await pipeline.hgetall(key)

    def decide(rows: Sequence[Share]) -> Share:
        seen.extend(row.pause for row in rows if row.process == "b")
        return share("a", talking=1)

    monkeypatch.setattr(Pipeline, "hgetall", after_another)
    try:
        await me.exchange(decide, lease)
        assert seen
        assert set(seen) == {0.0}
    finally:
        await me.close()
        await other.close()
        await forget(bot_id)
