"""What `tests.support.phone` computes is what a browser draws, on a phone, of real screens of the bot."""

import json
import shutil
import subprocess

import pytest
from playwright.async_api import Page, expect

from bot.app import Conversation
from bot.playground.markup import keyboard_json
from bot.playground.messages import Message
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from tests.dialogs.test_every_window import completed, views
from tests.support.browser import chromium, chromium_path, patient
from tests.support.phone import shown
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed
from tests.support.shapes import CUSTOMER, SHAPES
from tests.support.visiting import Visitor
from tests.support.windows import Windows

FONT = "DejaVu Sans"
"""The font of the widths in `tests.support.glyphs`."""
LINE_PX = 23


def has_font() -> bool:
    """Whether this machine can draw the letters that the widths are of."""
    listing = shutil.which("fc-list")
    return listing is not None and bool(subprocess.check_output([listing, FONT]))  # noqa: S603 - no input from outside


pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not has_font(), reason=f"{FONT} is not installed: the widths are of its letters"),
]


async def screens(talk: Talk, conversation: Conversation, services: Services, seed: Seed) -> list[Message]:
    """The windows of a renewal of a mailbox with much to say, home, welcome and answers, in Italian and in English."""
    shape = next(shape for shape in SHAPES if shape.name == "one")
    windows = Windows().attach(conversation)
    (mailbox_id,) = await shape.make(seed)
    seen: list[Message] = []
    for language in ("it", "en"):
        chat = await talk(CUSTOMER, language=language)
        visitor = Visitor(chat, Actor(chat.id, language), windows, services, shape)
        renewal = await services.renewals.begin_with(visitor.actor, mailbox_id)
        renewal = await completed(visitor, renewal.draft.id)
        for view in views(renewal, "complete"):
            await visitor.look(view)
        seen += visitor.seen.values()
        stranger = await talk(language=language)
        for who, typed in ((chat, "/start"), (chat, "prezzo"), (chat, "spazio"), (stranger, "/start")):
            await who.send(typed)
            seen.append(who.newest)
    return seen


async def heights(page: Page) -> list[float]:
    """How high the browser draws each message of the bot: bubble and keyboard."""
    found = await page.get_by_test_id("message").evaluate_all(
        "nodes => nodes.filter(node => node.dataset.side === 'bot').map(node => node.offsetHeight)"
    )
    return [float(height) for height in found]


async def test_a_browser_draws_what_is_computed(
    talk: Talk, conversation: Conversation, services: Services, seed: Seed
) -> None:
    seen = await screens(talk, conversation, services, seed)
    assert len(seen) >= 12
    world = World(TOKEN, name="Rinnovo", username="rinnovo_bot")
    world.open_chat(7, "Ada", "it")
    world.send_text(7, "/start")
    for each in seen:
        text = each.content.text
        fields = {
            "chat_id": "7",
            "text": text.text,
            "entities": json.dumps([entity.to_json() for entity in text.entities]),
            "reply_markup": json.dumps(keyboard_json(each.content.keyboard)),
            "link_preview_options": json.dumps({"is_disabled": True}),
        }
        await world.call("sendMessage", fields)
    async with serve_playground(world) as address, chromium() as browser:
        page = await (await patient(browser, viewport={"width": 390, "height": 844})).new_page()
        await page.goto(address)
        await page.evaluate("font => { document.documentElement.style.fontFamily = font; }", FONT)
        await page.get_by_test_id("persona-chat").first.click()
        await expect(page.get_by_test_id("message")).to_have_count(len(seen) + 1)
        drawn = await heights(page)
    computed = [shown(each).px for each in seen]
    apart = [
        f"{of - with_it:+.0f} px: {each.text[:300]}"
        for each, of, with_it in zip(seen, computed, drawn, strict=True)
        if abs(of - with_it) > LINE_PX
    ]
    assert not apart, "\n\n".join(apart)
    assert abs(sum(computed) - sum(drawn)) < sum(drawn) * 0.01
