"""Travelling in time, in a real browser: the clock above a chat, the button, the lines, and what "today" means."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.playground.leaps import Happening, What
from bot.playground.mail import MailRoom
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.playground.conftest import ADA, Api
from tests.playground.time_machine import PlannedMachine
from tests.support.browser import chromium_path, patient
from tests.support.clock import FrozenClock

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
_SHOTS = os.environ.get("RINNOVO_TRAVEL_SHOTS")


@pytest.fixture
def clock() -> FrozenClock:
    """Half past midnight in Rome, and still yesterday in UTC."""
    return FrozenClock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))


@pytest.fixture
def machine(clock: FrozenClock) -> PlannedMachine:
    """A machine with nowhere to go yet."""
    return PlannedMachine(clock)


@asynccontextmanager
async def window(
    browser: Browser, world: World, machine: PlannedMachine, size: dict[str, int], language: str = "it-IT"
) -> AsyncIterator[Page]:
    """Ada's chat in a window in California; at its end no script may have complained."""
    async with serve_playground(world, mail=MailRoom(clock=machine.now), time=machine) as address:
        context = await patient(
            browser,
            locale=language,
            timezone_id="America/Los_Angeles",
            viewport={"width": size["width"], "height": size["height"]},
            reduced_motion="reduce",
        )
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(f"{address}/#chat-{ADA}")
        yield page
        if _SHOTS is not None:
            await page.screenshot(path=Path(_SHOTS) / f"travel-{size['width']}-{language}.png")
        await context.close()
        assert complaints == []


async def test_the_days_are_those_of_the_demo_whatever_the_browser_thinks(
    browser: Browser, world: World, api: Api, machine: PlannedMachine
) -> None:
    await api("sendMessage", chat_id=ADA, text="Benvenuta")
    async with window(browser, world, machine, DESKTOP) as page:
        await expect(page.get_by_test_id("time-now")).to_have_text(
            "Lunedì 23 novembre 2026 00:30", use_inner_text=True
        )
        days = page.locator(".day")
        await expect(days.last).to_have_text("Oggi")
        await expect(page.get_by_test_id("message").last).to_contain_text("00:30")

        async def remind() -> None:
            await api("sendMessage", chat_id=ADA, text="Scade fra 7 giorni")

        machine.plan(1, Happening(What.REMINDER, days=7), then=remind)
        machine.plan(1, Happening(What.EXPIRED))
        machine.plan(400, Happening(What.DELETED, count=3))
        press = page.get_by_test_id("next-event")
        await press.click()
        leaps = page.get_by_test_id("leap")
        await expect(leaps).to_have_text(["martedì 24 novembre 2026 · Promemoria: mancano 7 giorni"])
        await expect(days.first).to_have_text("Ieri")
        # The line stands for its day.
        await expect(days).to_have_count(2)
        line = await leaps.bounding_box()
        message = await page.get_by_test_id("message").last.bounding_box()
        assert line is not None
        assert message is not None
        assert line["y"] < message["y"]
        await expect(page.get_by_test_id("time-now")).to_contain_text("martedì 24 novembre 2026")
        await expect(page.get_by_test_id("time-what")).to_have_text("Promemoria: mancano 7 giorni")
        await expect(page.get_by_test_id("persona").first.locator("time")).to_have_text("00:30")

        await press.click()
        await expect(leaps.last).to_have_text("mercoledì 25 novembre 2026 · La casella è scaduta")
        await expect(page.get_by_test_id("announcer")).to_have_text(
            "mercoledì 25 novembre 2026: La casella è scaduta"
        )
        await expect(days.first).to_have_text("23 novembre")
        await press.click()
        await expect(leaps.last).to_contain_text("Cancellazione di 3 caselle")
        await expect(days.first).to_have_text("23 novembre 2026")
        await press.click()
        await expect(page.get_by_test_id("toast")).to_have_text("Nessun altro evento per questa persona.")
        await expect(leaps).to_have_count(3)

        await page.reload()
        await expect(leaps).to_have_count(3)
        await page.get_by_test_id("language").click()
        await expect(leaps.nth(1)).to_have_text("Wednesday 25 November 2026 · The mailbox has expired")


async def test_by_keyboard_and_busy_while_it_works(
    browser: Browser, world: World, api: Api, machine: PlannedMachine
) -> None:
    await api("sendMessage", chat_id=ADA, text="Welcome")
    machine.gate = asyncio.Event()
    machine.plan(3, Happening(What.REMINDER, days=1, by_mail=True))
    machine.plan(3, Happening(What.LAST_DAY, mailbox="a@pec.example"))
    async with window(browser, world, machine, DESKTOP, "en-GB") as page:
        press = page.get_by_role("button", name="On to the next event")
        await press.focus()
        await page.keyboard.press("Enter")
        await expect(press).to_have_attribute("aria-busy", "true")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Space")
        machine.gate.set()
        await expect(press).not_to_have_attribute("aria-busy", "true")
        await expect(press).to_be_focused()
        await expect(page.get_by_test_id("leap")).to_have_text(
            ["Thursday 26 November 2026 · Reminder by e-mail: expires tomorrow"]
        )
        assert len(machine.stops) == 1, "who presses again meanwhile is not taken further"
        machine.busy = True
        await press.click()
        await expect(page.get_by_test_id("toast")).to_contain_text("still at work")
        await expect(page.get_by_test_id("leap")).to_have_count(1)


async def test_on_a_small_phone_everything_fits(
    browser: Browser, world: World, api: Api, machine: PlannedMachine
) -> None:
    await api("sendMessage", chat_id=ADA, text="Benvenuta")
    long = Happening(What.REMINDER, days=0, mailbox="un.indirizzo.davvero.lungo@clienteuno.pec.example")
    machine.plan(2, long, Happening(What.EXPIRED, count=12))
    async with window(browser, world, machine, PHONE) as page:
        bar, press = page.get_by_test_id("time-bar"), page.get_by_test_id("next-event")
        await expect(press).to_have_text("Prossimo evento", use_inner_text=True)
        before = await bar.bounding_box()
        await press.click()
        await expect(page.get_by_test_id("leap")).to_contain_text("12 caselle sono scadute")
        await expect(page.get_by_test_id("time-now")).to_have_text("Mer 25 nov 2026", use_inner_text=True)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert await page.evaluate("document.querySelector('.log').scrollWidth") <= PHONE["width"]
        after, box = await bar.bounding_box(), await press.bounding_box()
        assert before is not None
        assert after is not None
        assert box is not None
        assert after["height"] == before["height"], "nothing jumps"
        assert box["x"] + box["width"] <= PHONE["width"]


async def test_who_has_no_chat_yet_reads_that_it_went_by_mail(
    browser: Browser, world: World, machine: PlannedMachine
) -> None:
    world.clear(ADA)
    machine.plan(2, Happening(What.REMINDER, days=7, by_mail=True))
    machine.plan(2, Happening(What.EXPIRED))
    async with window(browser, world, machine, PHONE) as page:
        leap = page.get_by_test_id("leap")
        await page.get_by_test_id("next-event").click()
        await expect(leap).to_have_text("mercoledì 25 novembre 2026 · Promemoria via email: mancano 7 giorni")
        await page.get_by_test_id("next-event").click()
        await expect(leap).to_have_text("venerdì 27 novembre 2026 · La casella è scaduta")
        await page.get_by_test_id("start").click()
        await expect(page.get_by_test_id("message")).to_have_count(1)
        await expect(leap).to_have_count(2)


async def test_the_mail_page_follows_the_same_clock(
    browser: Browser, world: World, machine: PlannedMachine
) -> None:
    room = MailRoom(clock=machine.now)
    source = b"From: a@posta.example\r\nTo: b@example.com\r\nSubject: Scade\r\n\r\nScade.\r\n"
    async with serve_playground(world, mail=room, time=machine) as address:
        context = await patient(browser, locale="it-IT", timezone_id="America/Los_Angeles")
        page = await context.new_page()
        room.take("a@posta.example", ("b@example.com",), source)
        await page.goto(f"{address}/mail")
        row = page.get_by_test_id("mail").locator("time")
        await expect(row).to_have_text("00:30")
        machine.plan(2, Happening(What.EXPIRED))
        assert await page.evaluate(
            f"fetch('/playground/chats/{ADA}/next-event', {{method: 'POST'}}).then((answer) => answer.ok)"
        )
        await expect(row).to_have_text("23/11")
        await context.close()
