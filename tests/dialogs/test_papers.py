"""*Send me the papers* under an order, in the chat (DOMAIN.md 7)."""

import pytest

from bot.messages.paper import read_paper
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.mark.parametrize(
    ("language", "button", "title"),
    [("it", "Ricevi i documenti", "Prove dell'ordine"), ("en", "Send me the papers", "Evidence of order")],
)
async def test_the_papers_come_below_the_order(
    seed: Seed, talk: Talk, services: Services, language: str, button: str, title: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    await chat.send("/orders")
    await chat.tap(order.number)
    await chat.tap(button)

    sent = chat.newest.content.document
    assert sent is not None
    assert order.number in sent.name
    document, words = read_paper(sent.data)
    assert words is not None
    assert title in " ".join(words.split())
    assert (document.name, document.check()) == (order.number, [])
