"""What happens to mailboxes between one word of a chat and the next."""

from array import array
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest

from bot.app import Conversation
from bot.db.engine import Database
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.importing.measures import Measures
from bot.services.importing.vanished import mark_gone
from bot.services.surroundings import Surroundings
from bot.texts import Locale
from tests.support.chat import Chat
from tests.support.long_runs import MARK
from tests.support.running_bot import Talk

BUTTON = '{"inline_keyboard": [[{"text": "-", "callback_data": "-"}]]}'
Vanish = Callable[[int], Awaitable[None]]


@pytest.fixture
def vanish(database: Database, surroundings: Surroundings) -> Vanish:
    """A complete file comes without this mailbox, and the operator agrees."""

    async def go(mailbox_id: int) -> None:
        measures = Measures(surroundings.catalogue, surroundings.now(), surroundings.today(), UTC)
        assert await mark_gone(database, measures, array("q", [mailbox_id]), "mailboxes.csv") == 1

    return go


@pytest.fixture(name="talk")
def talk_seated(talk: Talk, request: pytest.FixtureRequest, world: World, conversation: Conversation) -> Talk:
    """Open a chat that is bound already, and has one message with one button; a long test's follows its link.

    What the link is answered takes as long as a tap, and is what few tests are about: they follow one themselves.
    """
    if request.node.get_closest_marker(MARK) is not None:
        return talk

    async def sit_down(customer: str | None = None, *, language: str = "it") -> Chat:
        chat = await talk(language=language)
        if customer is not None:
            linking = conversation.services.linking
            token = (await linking.invite(customer)).token
            await linking.redeem(Actor(chat.id, Locale.of(language).value), token)
            world.send_text(chat.id, "/start")
            world.drain_updates()
            await world.call("sendMessage", {"chat_id": str(chat.id), "text": "-", "reply_markup": BUTTON})
        return chat

    return sit_down
