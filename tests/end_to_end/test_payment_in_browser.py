"""The demo as `make demo` offers it: an order is paid in its panel, and everybody hears of it who should."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import MARIA, chromium_path, demo, patient

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

_NUMBER = re.compile(r"Ordine ([2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]) ricevuto")


async def order(page: Page) -> str:
    """Renew Maria's mailbox as it is, by bank transfer; return the order number that the chat shows."""
    await page.locator("[data-key=person]").get_by_test_id("renew").click()
    for label in (
        "1 anno",
        "Bonifico bancario",
        "Accetto condizioni",
        "Approvo clausole",
        "Ho letto l'informativa",
        "obbligo di pagare",
    ):
        await page.get_by_test_id("key").filter(has_text=label).last.click()
        await expect(page.locator("[data-testid=key][aria-busy]")).to_have_count(0)
    confirmation = page.get_by_test_id("message").filter(has_text=_NUMBER).last
    found = _NUMBER.search(await confirmation.inner_text())
    assert found is not None
    return found.group(1)


async def test_the_panel_pays_and_the_chat_the_mail_and_the_operator_are_told(
    tmp_path: Path, browser: Browser
) -> None:
    async with demo(tmp_path, only=MARIA) as address:
        context = await patient(browser, locale="it-IT", viewport={"width": 1360, "height": 860})
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(address)

        number = await order(page)
        await expect(page.get_by_test_id("pay-order")).to_have_value(number)
        await page.get_by_test_id("pay-exact").click()
        answer = page.get_by_test_id("call").first
        await expect(answer).to_have_attribute("data-outcome", "completed")
        told = page.get_by_test_id("message").filter(has_text=re.compile("Rinnovo completato"))
        await expect(told).to_contain_text(f"Ordine {number}, pagato")
        await expect(told).to_contain_text("maria.esempio@pec.example")
        await page.get_by_test_id("key").filter(has_text="Vedi l'ordine").last.click()
        await expect(page.get_by_test_id("message").last).to_contain_text("rinnovo completato il")

        await page.get_by_test_id("pay-again").click()
        await expect(page.get_by_test_id("call")).to_have_count(2)
        await expect(answer).to_have_attribute("data-outcome", "completed")
        await page.get_by_test_id("pay-exact").click()
        await expect(answer).to_have_attribute("data-outcome", "duplicate_payment")
        await expect(told).to_have_count(1)

        operator = page.locator("[data-key=operator]")
        await expect(operator.get_by_test_id("unread")).to_have_text("2")
        await operator.get_by_test_id("persona-chat").click()
        alert = page.get_by_test_id("message").last
        await expect(alert).to_contain_text("Pagamento da controllare")
        await expect(alert).to_contain_text(number)

        await expect(page.get_by_test_id("mail-unread")).to_have_text(re.compile(r"\d"))
        await page.get_by_test_id("mail-link").click()
        # In the hours of reminders, those of the sample's customers are there too.
        mails = page.get_by_test_id("mail").filter(has_text=number)
        await expect(mails).to_have_count(2)
        await expect(mails.first).to_contain_text(f"Rinnovo completato: ordine {number}")
        await expect(mails.last).to_contain_text(f"Ordine {number}")
        await context.close()
        assert complaints == []


async def test_a_phone_shows_all_that_a_transfer_is_made_of_and_copies_it_without_scrolling(
    tmp_path: Path, browser: Browser
) -> None:
    async with demo(tmp_path, only=MARIA) as address:
        context = await patient(
            browser, locale="it-IT", viewport={"width": 390, "height": 844}, has_touch=True
        )
        page = await context.new_page()
        await page.goto(address)
        number = await order(page)

        confirmation = page.get_by_test_id("message").filter(has_text=_NUMBER).last
        for fact in ("Posta Esempio S.r.l.", "IT24 F999 9999 9990 0000 ESEM PIO", number):
            await expect(confirmation.locator("code").filter(has_text=fact)).to_be_in_viewport(ratio=1)
        for label in ("Copia nome", "Copia IBAN", "Copia importo", "Copia causale"):
            await expect(page.get_by_test_id("key").filter(has_text=label)).to_be_in_viewport(ratio=1)
        await context.close()
