"""What is asked twice in one update is read once, until something was to be written."""

from collections.abc import Awaitable, Callable

import pytest

from bot.db.engine import Database
from bot.db.turns import Turn, answered, once, under_way


def asking(asked: list[int]) -> Callable[[], Awaitable[int]]:
    """Something that counts how often it is asked, and answers with that."""

    async def ask() -> int:
        asked.append(len(asked) + 1)
        return asked[-1]

    return ask


async def refused(database: Database) -> None:
    """A writing that finds things otherwise than they were read."""
    async with database.write():
        raise RuntimeError("refused")


async def test_a_window_is_answered_what_its_handler_was() -> None:
    ask = asking([])
    with under_way(Turn(7)):
        assert [await once("a", ask), await once("a", ask), await once("b", ask)] == [1, 1, 2]
        answered("c", 9)
        assert await once("c", ask) == 9
    with under_way(Turn(7)):
        assert await once("a", ask) == 3


async def test_beside_an_update_everything_is_asked_anew() -> None:
    ask = asking([])
    answered("a", 9)
    assert [await once("a", ask), await once("a", ask)] == [1, 2]


async def test_after_a_writing_it_is_asked_anew_whether_that_was_committed_or_not(
    each_database: Database,
) -> None:
    ask = asking([])
    with under_way(Turn(7)):
        assert await once("a", ask) == 1
        async with each_database.write():
            pass
        assert await once("a", ask) == 2
        with pytest.raises(RuntimeError, match="refused"):
            await refused(each_database)
        assert await once("a", ask) == 3


async def test_an_answer_that_comes_after_a_writing_is_not_kept(each_database: Database) -> None:
    async def slowly() -> str:
        async with each_database.write():
            pass
        return "from before"

    async def now() -> str:
        return "as it is"

    with under_way(Turn(7)):
        assert await once("a", slowly) == "from before"
        assert await once("a", now) == "as it is"
