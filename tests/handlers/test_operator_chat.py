"""The chat of OPERATOR_CHAT_ID: it gets alerts, and need not be a customer's."""

from collections.abc import Callable

import pytest
from aiogram import Bot

from bot.app import Told, build_conversation
from bot.clock import Clock
from bot.db.engine import Database
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.seed import Seed

GROUP = -100
OPERATOR = 99


async def told_in(
    chat_id: int, world: World, database: Database, surroundings: Surroundings, texts: Texts, clock: Clock
) -> Callable[[int], Chat]:
    """A bot whose operator reads alerts in this chat; gives somebody's phone."""
    told = Told(operator_chat_id=chat_id)
    conversation = build_conversation(database, surroundings, texts, clock, told=told)
    bot = Bot(world.token, session=WorldSession(world))
    await conversation.dispatcher.emit_startup(bot=bot)

    def phone(number: int) -> Chat:
        world.open_chat(number, "Prova", "it")
        return Chat(world, bot, conversation, number)

    return phone


@pytest.mark.parametrize(("customer", "words"), [(False, "per il gestore"), (True, "Prossima scadenza")])
async def test_the_operator_hears_what_comes_there(
    world: World,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: Clock,
    seed: Seed,
    customer: bool,
    words: str,
) -> None:
    phone = await told_in(OPERATOR, world, database, surroundings, texts, clock)
    operator, stranger = phone(OPERATOR), phone(5)
    if customer:
        await seed.mailbox("esempio")
        linking = operator._conversation.services.linking
        await operator.follow((await linking.invite("esempio")).token)
    await operator.send("/start")
    await stranger.send("/start")
    assert words in operator.text
    assert "per il gestore" not in stranger.text


async def test_the_group_of_the_operator_is_not_left_and_others_are(
    world: World, database: Database, surroundings: Surroundings, texts: Texts, clock: Clock
) -> None:
    somebody = (await told_in(GROUP, world, database, surroundings, texts, clock))(5)
    for group in (GROUP, GROUP - 1):
        world.add_to_group(group, "Ufficio Esempio", somebody.id)
        await somebody.deliver()
    world.send_text(GROUP, "/renew", sender_id=somebody.id)
    await somebody.deliver()
    assert not world.chat(GROUP).left
    assert world.chat(GROUP - 1).left
    assert [message for message in world.messages(GROUP) if message.sender == world.bot] == []
