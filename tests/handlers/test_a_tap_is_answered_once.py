"""Each tap is answered once: a second answer is refused by Telegram, and costs a call."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from bot.playground.files import Upload
from bot.playground.world import World
from tests.handlers.test_what_a_tap_costs import BESIDE, RENEWAL, Step, do
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed


class CountingWorld(World):
    """A Telegram that counts the answers to each tap."""

    answers: Counter[str]

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer."""
        if method.lower() == "answercallbackquery":
            self.answers[params["callback_query_id"]] += 1
        return await super().call(method, params, files)


@pytest.fixture
def world(clock: FrozenClock) -> CountingWorld:
    """An empty one."""
    world = CountingWorld(TOKEN, name="Rinnovo", username="rinnovo_bot", clock=clock.now)
    world.answers = Counter()
    return world


@pytest.mark.parametrize("steps", [*long((RENEWAL,)), BESIDE], ids=["a renewal", "around it"])
async def test_each_tap_is_answered_once(
    steps: tuple[Step, ...], world: CountingWorld, talk: Talk, seed: Seed
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    answered = {}
    for _, what, *_ in steps:
        world.answers.clear()
        await do(chat, what)
        if not what.startswith("/"):
            answered[what] = list(world.answers.values())
    assert answered == {what: [1] for what in answered}


async def test_also_where_something_is_said_with_it_or_a_picture_takes_a_while(
    world: CountingWorld, talk: Talk, seed: Seed
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi")
    chat = await talk("rossi")
    for what in ("/renew", "Continua"):
        await do(chat, what)
    assert chat.toast, "that no mailbox is chosen"
    assert set(world.answers.values()) == {1}
    await seed.mailbox("bianchi")
    other = await talk("bianchi")
    for _, what, *_ in RENEWAL[: [step[1] for step in RENEWAL].index("Vedi l'ordine")]:
        await do(other, what)
    await do(other, "QR")
    assert set(world.answers.values()) == {1}
