"""*Send me the papers* under an order, in the chat (DOMAIN.md 7)."""

from datetime import timedelta

import pytest

from bot.messages.paper import read_paper
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.mark.parametrize(
    ("language", "button", "title"),
    [("it", "Documenti", "Prove dell'ordine"), ("en", "Send papers", "Evidence of order")],
)
async def test_the_papers_come_below_the_order(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, language: str, button: str, title: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    clock.advance(timedelta(days=20))  # no button to withdraw takes its place any more
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
