"""*Send evidence* under an order, in the chat (DOMAIN.md 7)."""

from datetime import timedelta

import pytest

from bot.domain.evidence.chain import Content
from bot.messages.paper import read_paper
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import FINAL, chosen, order_of, place, ready, tick_required
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.mark.parametrize(
    ("language", "button", "title"),
    [("it", "Invia le prove", "Prove dell'ordine"), *long(("en", "Send evidence", "Evidence of order"))],
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


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_evidence_has_the_screens_as_the_chat_showed_them(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)
    await tick_required(chat, language)
    recap = chat.screen_text
    await chat.tap(FINAL[language].split(" ·")[0])
    order = await order_of(services, chat)

    document = await services.papers.of_own_order(Actor(chat.id, language), order.number)
    contents = [content.value for _, content in document.records if isinstance(content, Content)]
    assert contents[0]["screen"] == recap
    assert contents[0]["button"].replace("\u00a0", " ") == FINAL[language]
    assert contents[1]["words"].split() == chat.screen_text.split()
    assert contents[1]["language"] == language
