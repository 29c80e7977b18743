"""Two ways to a year of a mailbox, in a real browser: a renewal and then silence; neglect, and then silence."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.browser import MARIA, chromium_path, demo, patient

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

_NUMBER = re.compile(r"Ordine ([2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]) ricevuto")


class Year:
    """Somebody who presses the button above Maria's chat."""

    def __init__(self, page: Page) -> None:
        """Look at this page."""
        self.page = page

    @property
    def messages(self) -> Locator:
        """What the bot has said."""
        return self.page.locator("[data-testid=message][data-side=bot]")

    async def on(self, line: str, message: str | None = None) -> None:
        """Press once: the line says what happened, and below it the bot says `message`, or nothing."""
        count = await self.messages.count()
        lines = await self.page.get_by_test_id("leap").count()
        press = self.page.get_by_test_id("next-event")
        await press.click()
        leap = self.page.get_by_test_id("leap").nth(lines)
        await expect(leap).to_have_text(line)
        await expect(press).not_to_have_attribute("aria-busy", "true")
        await expect(self.messages).to_have_count(count + (message is not None))
        if message is not None:
            await expect(self.messages.last).to_contain_text(message)

    async def tap(self, label: str) -> None:
        """Tap a button, and wait until the bot has answered."""
        await self.page.get_by_test_id("key").filter(has_text=label).last.click()
        await expect(self.page.locator("[data-testid=key][aria-busy]")).to_have_count(0)


@asynccontextmanager
async def maria(folder: Path, browser: Browser) -> AsyncIterator[Year]:
    """Maria has joined with the card of her notice, at eight on a Monday; no script complains until the end."""
    async with demo(folder, only=MARIA) as address:
        context = await patient(browser, locale="it-IT", viewport={"width": 1360, "height": 860})
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(address)
        await page.locator("[data-key=person]").get_by_test_id("renew").click()
        await expect(page.get_by_test_id("log")).to_contain_text("tra 12 giorni")
        yield Year(page)
        await context.close()
        assert complaints == []


async def test_reminders_a_renewal_and_then_silence_until_the_next_expiry_is_near(
    tmp_path: Path, browser: Browser
) -> None:
    async with maria(tmp_path, browser) as year:
        await year.on("lunedì 23 novembre 2026 · Promemoria: mancano 12 giorni", "scade tra 12 giorni")
        await year.on("sabato 28 novembre 2026 · Promemoria: mancano 7 giorni", "scade tra 7 giorni")

        await year.messages.last.get_by_role("button", name="Rinnova per 1 anno").click()
        # The window of the renewal has come below; the one of the day before has its buttons until then.
        await expect(
            year.messages.last.get_by_test_id("key").filter(has_text="Bonifico bancario")
        ).to_be_visible()
        for label in (
            "Bonifico bancario",
            "Accetto condizioni",
            "Approvo clausole",
            "Ho letto l'info",
        ):
            await year.tap(label)
        await year.tap("obbligo di pagare")
        confirmation = year.messages.filter(has_text=_NUMBER).last
        found = _NUMBER.search(await confirmation.inner_text())
        assert found is not None
        number = found.group(1)

        await expect(year.page.get_by_test_id("pay-order")).to_have_value(number)
        await year.page.get_by_test_id("pay-exact").click()
        await expect(year.page.get_by_test_id("call").first).to_have_attribute("data-outcome", "completed")
        completed = year.messages.filter(has_text="Rinnovo completato")
        await expect(completed).to_contain_text("domenica 5 dicembre 2027")

        # Neither the days before the old expiry nor the order have a word to say: the year passes.
        await year.on("lunedì 6 settembre 2027 · Promemoria: mancano 90 giorni", "scade tra 90 giorni")
        await expect(completed).to_have_count(1)
        await year.page.locator("[data-key=person]").get_by_test_id("renew").click()
        await expect(year.messages.last).to_contain_text("tra 90 giorni")


async def test_neglect_ends_with_the_deletion_and_then_there_is_silence(
    tmp_path: Path, browser: Browser
) -> None:
    async with maria(tmp_path, browser) as year:
        await year.on("lunedì 23 novembre 2026 · Promemoria: mancano 12 giorni", "scade tra 12 giorni")
        await year.on("sabato 28 novembre 2026 · Promemoria: mancano 7 giorni", "scade tra 7 giorni")
        await year.on("mercoledì 2 dicembre 2026 · Promemoria: mancano 3 giorni", "scade tra 3 giorni")
        await year.on("venerdì 4 dicembre 2026 · Promemoria: scade domani", "scade domani")
        await year.on("sabato 5 dicembre 2026 · Promemoria: scade oggi", "scade oggi")
        await year.on("domenica 6 dicembre 2026 · La casella è scaduta")
        await year.on("sabato 12 dicembre 2026 · Promemoria: scaduta da 7 giorni", "scaduta da 7 giorni")
        await year.on("lunedì 4 gennaio 2027 · Promemoria: scaduta da 30 giorni", "scaduta da 30 giorni")
        await year.on("mercoledì 3 febbraio 2027 · Promemoria: scaduta da 60 giorni", "scaduta da 60 giorni")
        await year.on("giovedì 18 febbraio 2027 · Promemoria: scaduta da 75 giorni", "scaduta da 75 giorni")
        await year.on("domenica 28 febbraio 2027 · Promemoria: scaduta da 85 giorni", "scaduta da 85 giorni")
        await year.on(
            "venerdì 5 marzo 2027 · Ultimo giorno prima della cancellazione · Promemoria: scaduta da 90 giorni",
            "Oggi è l'ultimo giorno per rinnovare la casella PEC",
        )
        await year.on("sabato 6 marzo 2027 · Cancellazione della casella", "è stata cancellata")

        count = await year.messages.count()
        await year.page.get_by_test_id("next-event").click()
        await expect(year.page.get_by_test_id("toast")).to_have_text(
            "Nessun altro evento per questa persona."
        )
        await expect(year.page.get_by_test_id("time-now")).to_contain_text("sabato 6 marzo 2027")
        await expect(year.messages).to_have_count(count)
