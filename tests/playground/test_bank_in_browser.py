"""The bank in the panel of payments, in a real browser: a statement is written at a tap, and imported at the next."""

import re

import pytest
from playwright.async_api import Page, expect

from bot.playground.bank import Form, StatementFile, StatementTaken
from bot.playground.errors import PlaygroundError
from bot.playground.payments_panel import PaymentsPanel
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.support.browser import DESKTOP, as_new, chromium_path

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STUDIO = Persona("studio", "Studio Fittizio", "Una casella Pro", "it")


class Teller:
    """Gives two statements of three orders, and reads the first."""

    def __init__(self) -> None:
        self.wanted: list[Form] = []
        self.again = False
        self.asks: dict[str, int] = {}

    async def write(self, form: Form) -> StatementFile:
        self.wanted.append(form)
        name = f"statement-{len(self.wanted)}.{form}"
        return StatementFile(name, f"/demo/bank/{name}", 3)

    async def awaited(self) -> dict[str, int]:
        return self.asks

    async def take(self, name: str) -> StatementTaken:
        if name.endswith("cbi"):
            raise PlaygroundError(f"{name}: line 3: positions are missing")
        again, self.again = self.again, True
        return StatementTaken({"certain": 3, "not_ours": 1}, 3, 0, again)


async def test_a_statement_is_written_and_imported_and_what_is_wrong_is_said(tab: Page, world: World) -> None:
    teller = Teller()
    panel = PaymentsPanel("http://127.0.0.1:9/callbacks/payments", SECRET)
    async with (
        serve_playground(world, people=[STUDIO], payments=panel, bank=teller) as address,
        as_new(tab, DESKTOP),
    ):
        world.send_text(STUDIO.user_id, "/start")
        await tab.goto(f"{address}/#chat-{STUDIO.user_id}")
        await tab.get_by_test_id("payments-toggle").click()
        await tab.get_by_test_id("bank-camt").click()
        statement = tab.get_by_test_id("statement").first
        await expect(statement).to_contain_text("statement-1.camt")
        await expect(statement).to_contain_text("3 ordini in attesa")
        await statement.get_by_test_id("bank-import").click()
        await expect(statement).to_contain_text("3 pagamenti registrati. Movimenti: certi 3 · estranei 1")
        await expect(statement).not_to_contain_text("in attesa")  # they are paid: nothing waits any more
        await statement.get_by_test_id("bank-import").click()
        await expect(statement).to_contain_text("Già importato: nulla è cambiato.")
        await tab.get_by_test_id("bank-cbi").click()
        await tab.get_by_test_id("statement").first.get_by_test_id("bank-import").click()
        await expect(tab.get_by_text("line 3: positions are missing")).to_be_visible()
    assert teller.wanted == [Form.CAMT, Form.CBI]


async def test_what_is_given_back_or_was_paid_by_a_statement_is_not_taken_for_what_is_due(
    tab: Page, world: World
) -> None:
    teller = Teller()
    teller.asks = {"R7K2M-4": 3648}
    panel = PaymentsPanel("http://127.0.0.1:9/callbacks/payments", SECRET)
    async with (
        serve_playground(world, people=[STUDIO], payments=panel, bank=teller) as address,
        as_new(tab, DESKTOP),
    ):
        world.send_text(STUDIO.user_id, "/start")
        await world.call(
            "sendMessage",
            {"chat_id": f"{STUDIO.user_id}", "text": "Ordine R7K2M-4: vengono restituiti 99,00 €."},
        )
        await tab.goto(f"{address}/#chat-{STUDIO.user_id}")
        await expect(tab.get_by_test_id("pay-order")).to_have_value("R7K2M-4")
        await expect(tab.get_by_test_id("pay-amount")).to_have_value("36,48")
        await tab.get_by_test_id("payments-close").click()
        way = tab.get_by_test_id("payments-toggle")
        await expect(way).to_have_class(re.compile("marked"))
        teller.asks = {}
        await world.call(
            "sendMessage", {"chat_id": f"{STUDIO.user_id}", "text": "Ordine R7K2M-4: rinnovo completato."}
        )
        await expect(way).not_to_have_class(re.compile("marked"))
        await way.click()
        await expect(tab.get_by_test_id("pay-amount")).to_have_value(
            "36,48"
        )  # who pays it twice pays as much
        await tab.reload()
        await expect(tab.get_by_test_id("pay-order")).to_have_value("R7K2M-4")
        await expect(tab.get_by_test_id("pay-amount")).to_have_value("")
        await expect(tab.get_by_test_id("pay-exact")).to_be_disabled()
