"""Who has never ordered anything is told of no orders that stay when data are deleted (DOMAIN.md 7, "Data")."""

import pytest

from bot.app import Told
from bot.services.actor import Actor
from bot.services.services import Services
from tests.handlers.test_leaving import LANGUAGES, Words, at_terms
from tests.support.letterbox import Letterbox
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk
from tests.support.seed import Seed

ORDER = {"it": "ordin", "en": "order"}


@pytest.fixture
def who_is_told() -> Told:
    """This bot can send mail."""
    return Told(mail=True, operator_chat_id=99)


@LANGUAGES
async def test_without_orders_none_is_said_to_stay(
    words: Words, talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi", language=words.language)
    chat = await talk("rossi", language=words.language)
    await chat.send("/privacy")
    await chat.tap(words.delete)
    assert ORDER[words.language] not in chat.text.lower()
    await chat.tap(words.all)
    assert words.stays in chat.text
    assert ORDER[words.language] not in chat.text.lower()
    await chat.tap(words.send)
    await chat.send(await letterbox.code())
    assert words.done in chat.text
    assert ORDER[words.language] not in chat.text.lower()


@pytest.mark.soak
@LANGUAGES
async def test_once_all_is_deleted_the_screen_of_the_code_offers_nothing_more(
    words: Words, talk: Talk, seed: Seed, letterbox: Letterbox
) -> None:
    await seed.mailbox("rossi", language=words.language)
    chat = await talk("rossi", language=words.language)
    await at_terms(chat, words)
    await chat.tap(words.send)
    asked = chat.screen
    assert asked.buttons
    await chat.send(await letterbox.code())
    assert words.done in chat.text
    left = next(each for each in chat.world.messages(chat.id) if each.message_id == asked.message_id)
    assert words.at_once in left.text
    assert not left.buttons


@LANGUAGES
async def test_with_orders_they_are(words: Words, talk: Talk, seed: Seed, services: Services) -> None:
    box = await seed.mailbox("rossi", language=words.language)
    chat = await talk("rossi", language=words.language)
    actor = Actor(chat.id, words.language)
    await place(services, actor, await chosen(services, actor, [box]))
    await chat.send("/privacy")
    await chat.tap(words.delete)
    assert {"it": "prove di ordini e avvisi", "en": "evidence of orders and notices"}[
        words.language
    ] in chat.text
    assert {"it": "(titolare, caselle, ordini)", "en": "(holder, mailboxes, orders)"}[
        words.language
    ] in chat.text


@LANGUAGES
async def test_a_chat_that_left_its_customer_still_reads_of_the_orders_that_it_placed(
    words: Words, talk: Talk, seed: Seed, services: Services
) -> None:
    box = await seed.mailbox("rossi", language=words.language)
    chat = await talk("rossi", language=words.language)
    actor = Actor(chat.id, words.language)
    await place(services, actor, await chosen(services, actor, [box]))
    await services.linking.unlink(actor)
    await chat.send("/privacy")
    await chat.tap(words.delete)
    assert {"it": "prove di ordini e avvisi", "en": "evidence of orders and notices"}[
        words.language
    ] in chat.text
