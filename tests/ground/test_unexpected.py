"""An update that fails unexpectedly is noticed, whatever a test looks at."""

import pytest

from bot.services.people.chats import Chats
from tests.support.running_bot import Talk
from tests.support.unexpected import watched


async def broken(*_: object) -> None:
    raise LookupError("a mistake of ours")


@pytest.mark.update_fails
async def test_an_update_that_fails_is_an_error_of_its_test(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await talk()
    monkeypatch.setattr(Chats, "arrive", broken)
    await chat.send("/start")
    with pytest.raises(ExceptionGroup, match="failed unexpectedly") as caught, watched():
        await chat.send("/start")
    assert [str(each) for each in caught.value.exceptions] == ["a mistake of ours"]


async def test_whoever_expects_a_failure_needs_one(talk: Talk) -> None:
    chat = await talk()
    with pytest.raises(AssertionError, match="update_fails"), watched(expected=True):
        await chat.send("/start")
