"""A whole renewal in a real browser, from the card of the expiry notice to the order, as `make demo` offers it.

With RINNOVO_SCREENSHOTS naming a folder, two screens are kept there: the pictures of the README (`make pictures`).
"""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.texts import Texts, Translator
from tests.support.browser import chromium_path, demo, patient

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

_FOLDER = os.environ.get("RINNOVO_SCREENSHOTS")
_PHONE = {"width": 412, "height": 915}
_DESKTOP = {"width": 1120, "height": 760}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in front of the page, who reads one language."""

    page: Page
    words: Translator
    complaints: list[str]

    @property
    def log(self) -> Locator:
        """The open chat."""
        return self.page.get_by_test_id("log")

    def key(self, label: str) -> Locator:
        """The button of the newest keyboard that contains `label`."""
        return self.page.get_by_test_id("key").filter(has_text=label).last

    async def tap(self, label: str) -> None:
        """Tap a button, and wait until the bot has answered."""
        key = self.key(label)
        await key.click()
        await expect(self.page.locator("[data-testid=key][aria-busy]")).to_have_count(0)

    async def sees(self, words: str) -> None:
        """Wait for these words in the chat."""
        await expect(self.log).to_contain_text(words)

    def say(self, key: str, **variables: object) -> str:
        """The words of the bot for this text, as a browser gives them."""
        return self.words.plain(key, **variables)

    async def keep_picture(self, name: str) -> None:
        """Keep what is seen, by day and by night, when pictures are wanted."""
        if _FOLDER is None:
            return
        await expect(self.page.locator("[data-testid=key][aria-busy]")).to_have_count(0)
        folder = Path(_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - once, for a picture
        for scheme in ("light", "dark"):
            await self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await expect(self.page.locator("html")).to_have_attribute("data-theme", scheme)
            # Two frames later all of it is painted anew.
            await self.page.evaluate(
                "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            suffix = "" if scheme == "light" else "-dark"
            await self.page.screenshot(path=folder / f"{name}{suffix}.png", animations="disabled")
        await self.page.emulate_media(color_scheme="light", reduced_motion="reduce")


@asynccontextmanager
async def visitor(
    browser: Browser, address: str, texts: Texts, language: str, size: dict[str, int]
) -> AsyncIterator[Visitor]:
    """A window of its own; at its end no script may have complained."""
    context = await patient(
        browser,
        locale={"it": "it-IT", "en": "en-GB"}[language],
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=1.5 if size is _PHONE else 1,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await page.goto(address)
    try:
        yield Visitor(page, texts.translator(language), complaints)
    finally:
        await context.close()
    assert complaints == []


async def accept_and_order(visitor: Visitor) -> str:
    """Tick what is required, tap the final button, and return what it said."""
    for document in ("conditions", "clauses", "privacy"):
        await visitor.tap(visitor.say(f"renewal-recap-accept-{document}"))
    final = visitor.key({"it": "obbligo di pagare", "en": "obligation to pay"}[visitor.words.locale])
    label = await final.inner_text()
    await final.click()
    await expect(visitor.key(visitor.say("renewal-placed-open"))).to_be_visible()
    return label


async def assert_placed_for(visitor: Visitor, final: str) -> None:
    """The confirmation, with the amount of the final button, and below it, when asked for, its picture."""
    amount = final.rpartition("·")[2].strip()
    confirmation = visitor.page.get_by_test_id("message").filter(
        has=visitor.key(visitor.say("renewal-placed-open"))
    )
    await expect(confirmation).to_contain_text(amount)
    await visitor.tap(visitor.say("order-qr"))
    await expect(visitor.page.get_by_test_id("photo")).to_be_visible()
    await expect(visitor.page.get_by_test_id("message").last).to_contain_text(amount)


async def test_on_a_phone_in_italian_as_it_is(tmp_path: Path, browser: Browser, texts: Texts) -> None:
    async with (
        demo(tmp_path) as address,
        visitor(browser, address, texts, "it", _PHONE) as maria,
    ):
        await maria.page.locator("[data-key=person]").get_by_test_id("renew").click()
        await maria.sees("maria.esempio@pec.example")
        await maria.keep_picture("chat-phone-it")
        await maria.tap("1 anno")
        await maria.tap("Bonifico bancario")
        await expect(maria.key("condizioni generali")).to_be_visible()
        final = await accept_and_order(maria)
        assert re.fullmatch(r"Ordine con obbligo di pagare · \d+,\d\d\s€", final)
        await assert_placed_for(maria, final)


async def test_on_a_desktop_in_english_the_long_way(tmp_path: Path, browser: Browser, texts: Texts) -> None:
    async with (
        demo(tmp_path) as address,
        visitor(browser, address, texts, "en", _DESKTOP) as maria,
    ):
        await maria.page.locator("[data-key=person]").get_by_test_id("renew").click()
        await maria.sees("Renewal of")
        await maria.tap("Change plan")
        await maria.tap("Pro")
        await maria.sees("Nothing is lost")
        await maria.keep_picture("chat-desktop-en")
        await maria.tap("Change to Pro")
        await maria.tap("+1 mailbox")
        await maria.sees("Extra: 1")
        await maria.tap("Continue")
        await maria.tap("No kit")
        await maria.tap("These details are right")
        await maria.tap("Bank transfer")
        await maria.tap("2 years")
        await expect(maria.key("general terms")).to_be_visible()
        final = await accept_and_order(maria)
        assert re.fullmatch(r"Order with obligation to pay · €\d+\.\d\d", final)
        await assert_placed_for(maria, final)
