"""The panel of payments in a real browser: what it reads in the chat, and what its buttons send."""

import html
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI, Request
from playwright.async_api import Page, ViewportSize, expect

from bot.messages import ChatMessage, render_chat
from bot.playground.payments_panel import PaymentsPanel
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.texts import Texts
from tests.messages.every import ORDER_PAYLOADS
from tests.playground.conftest import Api
from tests.support.browser import DESKTOP, as_new, chromium_path
from tests.support.catalogue import example_catalogue
from tests.support.loopback import served

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STUDIO = Persona("studio", "Studio Fittizio", "Una casella Pro", "it")
ORDER = "R7K2M-4"
PHONE: ViewportSize = {"width": 390, "height": 844}


class Till:
    """Keeps what it is told, and answers that the rest is due."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.invoices: list[dict[str, Any]] = []
        self.due = "0.00"

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/callbacks/payments")
        async def take(request: Request) -> dict[str, str]:
            self.calls.append((request.headers["webhook-id"], json.loads(await request.body())))
            outcome = "completed" if self.due == "0.00" else "partial"
            return {"outcome": outcome, "order": ORDER, "due": self.due}

        @app.post("/callbacks/invoices")
        async def note(request: Request) -> dict[str, str]:
            self.invoices.append(json.loads(await request.body())["data"])
            return {"outcome": "told", "order": ORDER}

        return app

    @property
    def amounts(self) -> list[str]:
        return [body["data"]["amount"] for _, body in self.calls]


@asynccontextmanager
async def panel_page(tab: Page, world: World, size: ViewportSize, till: Till) -> AsyncIterator[Page]:
    """The chat of the studio, open, with a till behind the panel; at its end no script may have complained."""
    async with served(till.app()) as bot:
        panel = PaymentsPanel(bot, SECRET)
        async with serve_playground(world, people=[STUDIO], payments=panel) as address:
            async with as_new(tab, size) as complaints:
                world.send_text(STUDIO.user_id, "/start")
                await tab.goto(f"{address}/#chat-{STUDIO.user_id}")
                yield tab
            assert complaints == []


async def confirm(api: Api, amount: str = "36,48 €") -> None:
    """What a confirmation says, as far as the panel reads it."""
    text = f"Ordine {ORDER} ricevuto\n\nCausale: <code>{ORDER}</code>\nImporto: <b>{amount}</b>"
    await api("sendMessage", chat_id=STUDIO.user_id, text=text, parse_mode="HTML")


def as_message(message: ChatMessage) -> dict[str, Any]:
    """A pushed message as the page gets it, as far as orders are read in it."""
    rows = [
        [{"text": each.label} | ({"url": each.url} if each.url else {}) for each in row]
        for row in message.rows
    ]
    text = html.unescape(re.sub("<[^>]+>", "", message.html))
    return {"from": {"is_bot": True}, "text": text, "reply_markup": {"inline_keyboard": rows}}


async def test_what_is_due_is_read_in_every_message_that_asks_for_it(tab: Page, world: World) -> None:
    texts, catalogue = Texts.load(), example_catalogue()
    asking = ("payment-partial", "renewal-completed", "order-expiring")
    found, expected = {}, {}
    async with panel_page(tab, world, DESKTOP, Till()) as page:
        for language, name in itertools.product(("it", "en"), ORDER_PAYLOADS):
            payload = ORDER_PAYLOADS[name]
            if not name.startswith(asking):
                continue
            due = payload["due"] if name.startswith("renewal-completed") else payload["missing"]
            expected[language, name] = [{"number": ORDER, "cents": due}]
            message = render_chat(payload, texts.translator(language), catalogue)
            found[language, name] = await page.evaluate(
                "async (message) => (await import('/page/orders.js')).ordersIn([message])",
                as_message(message),
            )
    assert found == expected


async def test_an_amount_is_understood_as_people_write_it(tab: Page, world: World) -> None:
    right = {
        "36,48": 3648,
        "36.48": 3648,
        "1.236,48 €": 123648,
        "1,236.48": 123648,
        "36": 3600,
        "1.000": 100000,
    }
    wrong = ("", "tanto", "36,4", "-1", "36,48,", "1.00.0")
    async with panel_page(tab, world, DESKTOP, Till()) as page:
        read = await page.evaluate(
            "async (texts) => texts.map((await import('/page/orders.js')).parseAmount)", [*right, *wrong]
        )
    assert read == [*right.values(), *(None for _ in wrong)]


async def test_on_a_desktop_the_panel_opens_with_the_order_and_each_button_sends_its_call(
    tab: Page, world: World, api: Api
) -> None:
    till = Till()
    async with panel_page(tab, world, DESKTOP, till) as page:
        await expect(page.get_by_test_id("payments-toggle")).to_be_visible()
        await expect(page.get_by_test_id("payments")).to_be_hidden()
        await confirm(api)
        amount = page.get_by_test_id("pay-amount")
        await expect(page.get_by_test_id("pay-order")).to_have_value(ORDER)
        await expect(amount).to_have_value("36,48")
        await expect(page.get_by_test_id("pay-again")).to_be_disabled()
        await expect(page.get_by_test_id("pay-reverse")).to_be_disabled()

        await expect(page.get_by_test_id("pay-part-amount")).to_have_value("14,59")
        till.due = "21.89"
        await page.get_by_test_id("pay-part").click()
        await expect(amount).to_have_value("21,89")
        await page.get_by_test_id("pay-part-amount").fill("0,24")
        await page.get_by_test_id("pay-part-amount").press("Enter")
        calls = page.get_by_test_id("call")
        await expect(calls).to_have_count(2)
        await expect(amount).to_have_value("21,89")
        till.due = "0.00"
        await page.get_by_test_id("pay-more").click()
        await expect(calls).to_have_count(3)
        await page.get_by_test_id("pay-again").click()
        await expect(calls).to_have_count(4)
        await page.get_by_test_id("pay-reverse").click()
        await expect(calls).to_have_count(5)
        await page.get_by_test_id("pay-exact").click()
        await expect(calls).to_have_count(6)
        await page.get_by_test_id("pay-invoice").click()
        await expect(calls).to_have_count(7)
        await expect(calls.first).to_contain_text("Fattura")
        await expect(calls.first).to_contain_text(f"{ORDER} · {till.invoices[0]['number']}")
        await expect(amount).to_have_value("21,89")

        assert till.amounts == ["14.59", "0.24", "31.89", "31.89", "31.89", "21.89"]
        ids = [webhook_id for webhook_id, _ in till.calls]
        assert ids[3] == ids[2]
        assert len(set(ids)) == 5
        kinds = [body["type"].removeprefix("payment.") for _, body in till.calls]
        assert kinds == ["registered"] * 4 + ["reversed", "registered"]
        assert till.calls[4][1]["data"]["payment_id"] == till.calls[2][1]["data"]["payment_id"]
        newest = calls.nth(1)
        await expect(newest).to_have_attribute("data-status", "200")
        await expect(newest.get_by_test_id("call-answer")).to_have_text(
            f'{{ "outcome": "completed", "order": "{ORDER}", "due": "0.00" }}'
        )
        await newest.locator("summary").click()
        await expect(newest.locator("details pre")).to_contain_text(f"webhook-id: {ids[5]}")

        await page.reload()
        await expect(calls).to_have_count(7)
        await page.get_by_test_id("payments-close").click()
        await expect(page.get_by_test_id("payments")).to_be_hidden()
        await expect(page.get_by_test_id("payments-toggle")).to_be_focused()


async def test_what_somebody_types_stays_until_an_order_is_picked(tab: Page, world: World, api: Api) -> None:
    till = Till()
    async with panel_page(tab, world, DESKTOP, till) as page:
        await confirm(api)
        await page.get_by_test_id("pay-order").fill("xxxxx-x")
        await page.get_by_test_id("pay-amount").fill("tanto")
        await api("sendMessage", chat_id=STUDIO.user_id, text="Ordine AB2CD-E: 7,00 €")
        await page.get_by_test_id("language").click()
        await expect(page.get_by_test_id("pay-exact")).to_contain_text("Exact amount")
        await expect(page.get_by_test_id("pay-order")).to_have_value("xxxxx-x")
        await expect(page.get_by_test_id("pay-amount")).to_have_value("tanto")
        await expect(page.get_by_test_id("pay-more")).to_be_disabled()
        await page.get_by_test_id("pay-exact").click()
        await expect(page.get_by_test_id("call")).to_have_count(1)
        assert till.amounts == ["tanto"], "what is wrong is for the bot to refuse"

        await expect(page.get_by_test_id("pay-chip")).to_have_text(["AB2CD-E", ORDER])
        await page.get_by_test_id("pay-chip").last.click()
        await expect(page.get_by_test_id("pay-amount")).to_have_value("36.48")
        await expect(page.get_by_test_id("pay-chip").last).to_have_attribute("aria-pressed", "true")

        await api("sendMessage", chat_id=STUDIO.user_id, text="Ordine AB2CD-E: mancano 3,00 €")
        await expect(page.get_by_test_id("pay-chip").first).to_have_text("AB2CD-E")
        await expect(page.get_by_test_id("pay-order")).to_have_value(ORDER)
        await api("sendMessage", chat_id=STUDIO.user_id, text="Ordine ZZ2CD-9: 5,00 €")
        await expect(page.get_by_test_id("pay-order")).to_have_value("ZZ2CD-9")


async def test_on_a_phone_it_is_a_sheet_over_the_chat(tab: Page, world: World, api: Api) -> None:
    till = Till()
    async with panel_page(tab, world, PHONE, till) as page:
        await confirm(api)
        toggle = page.get_by_test_id("payments-toggle")
        await expect(toggle).to_have_class(re.compile("marked"))
        await expect(page.get_by_test_id("payments-sheet")).to_have_count(0)
        await toggle.click()
        await expect(page.get_by_test_id("payments-sheet")).to_be_visible()
        await expect(toggle).to_have_attribute("aria-expanded", "true")
        await page.get_by_test_id("pay-exact").click()
        await expect(page.get_by_test_id("call")).to_have_count(1)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        box = await page.get_by_test_id("payments-sheet").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("payments-sheet")).to_have_count(0)
        await expect(toggle).to_be_focused()
        await expect(toggle).not_to_have_class(re.compile("marked"))
        await toggle.click()
        await page.mouse.click(100, 40)
        await expect(page.get_by_test_id("payments-sheet")).to_have_count(0)
        assert till.amounts == ["36.48"]
