"""The mail page in a real browser, with mails as the bot writes them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from bot.messages import render_mail
from bot.playground.mail import MailRoom
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.sending.mail.composing import Letterhead, compose
from bot.texts import Texts
from tests.messages.every import ORDER_PAYLOADS
from tests.support.browser import as_new, chromium_path
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

STUDIO = Persona("studio", "Studio Fittizio", "Una casella Pro", "it")


@pytest.fixture
def room() -> MailRoom:
    """An empty room."""
    return MailRoom()


@pytest_asyncio.fixture(loop_scope="session")
async def address(world: World, room: MailRoom) -> AsyncIterator[str]:
    """Where the playground is served."""
    async with serve_playground(world, people=[STUDIO], mail=room) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: Page, address: str) -> AsyncIterator[Page]:
    """An Italian desktop window on the chat page; at its end no script may have complained."""
    async with as_new(tab) as complaints:
        await tab.goto(address)
        yield tab
    # The browser says that it kept a mail from loading or running something: that is as it should be.
    ours = [each for each in complaints if "spy.example" not in each and "sandboxed" not in each]
    assert ours == []


def arrive(room: MailRoom, name: str, language: str = "it") -> None:
    """Let one of the bot's mails arrive."""
    message = render_mail(ORDER_PAYLOADS[name], Texts.load().translator(language), example_catalogue())
    envelope = compose(
        message,
        Letterhead("rinnovi@posta.example", "Posta Esempio", "assistenza@posta.example"),
        to="studio@example.com",
        language=language,
        key=f"{name}:{language}",
        now=FrozenClock().now(),
    )
    room.take(envelope.sender, (envelope.recipient,), envelope.content)


async def test_a_mail_is_announced_beside_the_chats_and_read_on_its_page(page: Page, room: MailRoom) -> None:
    await expect(page.get_by_test_id("mail-link")).to_be_visible()
    await expect(page.get_by_test_id("mail-unread")).to_have_count(0)
    arrive(room, "order-placed transfer")
    await expect(page.get_by_test_id("mail-unread")).to_have_text("1")
    await page.get_by_test_id("mail-link").click()
    await expect(page.get_by_test_id("mail")).to_have_count(1)
    frame = page.frame_locator("[data-testid=mail-frame]")
    await expect(frame.locator("h1")).to_have_text("Ordine R7K2M-4 ricevuto")
    await expect(frame.locator("img")).to_be_visible()
    width = await frame.locator("img").evaluate("picture => picture.naturalWidth")
    assert width > 100
    await page.get_by_test_id("to-chat").click()
    await expect(page.get_by_test_id("mail-link")).to_be_visible()
    await expect(page.get_by_test_id("mail-unread")).to_have_count(0)


async def test_the_other_views_of_a_mail(page: Page, address: str, room: MailRoom) -> None:
    arrive(room, "order-placed transfer")
    await page.goto(f"{address}/mail")
    body = page.get_by_test_id("mail-body")
    await page.get_by_test_id("tab-text").click()
    await expect(body).to_contain_text("Causale: R7K2M-4 (soltanto il numero d'ordine)")
    await page.get_by_test_id("tab-text").press("ArrowRight")
    await expect(body).to_contain_text("Auto-Submitted")
    await expect(body).to_contain_text("image/png R7K2M-4.png")
    await page.get_by_test_id("tab-source").click()
    await expect(body).to_contain_text("Content-Transfer-Encoding: quoted-printable")


async def test_mails_that_come_while_one_is_read_are_marked_as_new(
    page: Page, address: str, room: MailRoom
) -> None:
    arrive(room, "order-placed card")
    await page.goto(f"{address}/mail")
    await expect(page.get_by_test_id("subject")).to_contain_text("da pagare entro")
    arrive(room, "renewal-completed card")
    await expect(page.get_by_test_id("mail")).to_have_count(2)
    await expect(page.get_by_test_id("subject")).to_contain_text("da pagare entro")
    await expect(page.get_by_test_id("announcer")).to_have_text(
        "È arrivata un'email: Rinnovo completato: ordine R7K2M-4"
    )
    await expect(page).to_have_title("(1) Posta")
    await page.get_by_test_id("open-mail").first.click()
    await expect(page.get_by_test_id("subject")).to_have_text("Rinnovo completato: ordine R7K2M-4")
    await expect(page).to_have_title("Posta")
    await page.go_back()
    await expect(page.get_by_test_id("subject")).to_contain_text("da pagare entro")


async def test_the_mail_is_dark_when_the_page_is(page: Page, address: str, room: MailRoom) -> None:
    arrive(room, "order-placed card")
    await page.goto(f"{address}/mail")
    body = page.frame_locator("[data-testid=mail-frame]").locator("body")
    await expect(body).to_have_css("background-color", "rgb(241, 245, 246)")
    await page.locator(".theme-button").click()
    await expect(body).to_have_css("background-color", "rgb(16, 24, 31)")


async def test_what_a_mail_links_to_opens_elsewhere(page: Page, address: str, room: MailRoom) -> None:
    arrive(room, "order-placed card")
    await page.context.route(
        "https://paga.posta.example/**",
        lambda route: route.fulfill(body="<title>Pagamento</title>", content_type="text/html"),
    )
    await page.goto(f"{address}/mail")
    async with page.context.expect_page() as opened:
        await page.frame_locator("[data-testid=mail-frame]").locator("a.on-button").click()
    assert await (await opened.value).title() == "Pagamento"
    await expect(page.get_by_test_id("subject")).to_be_visible()


async def test_a_mail_runs_no_script_and_loads_nothing(page: Page, address: str, room: MailRoom) -> None:
    asked: list[str] = []

    async def note(route: Route) -> None:
        asked.append(route.request.url)
        await route.abort()

    await page.context.route("https://spy.example/**", note)
    source = (
        b"Subject: male\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><head></head><body><p>ciao</p>"
        b"<img src='https://spy.example/picture.png'><form action='https://spy.example/'><button>x</button></form>"
        b"</body></html>\r\n"
    )
    room.take("a@example.com", ("b@example.com",), source)
    await page.goto(f"{address}/mail")
    frame = page.frame_locator("[data-testid=mail-frame]")
    await expect(frame.locator("p")).to_have_text("ciao")
    assert await frame.locator("img").evaluate("picture => picture.naturalWidth") == 0
    await frame.locator("button").click()
    await expect(frame.locator("p")).to_have_text("ciao")
    assert asked == []


async def test_the_list_is_emptied(page: Page, address: str, room: MailRoom) -> None:
    arrive(room, "order-placed card")
    await page.goto(f"{address}/mail")
    # A mail that goes while its frame asks for it is one that the frame finds no more, and says so in the console.
    await expect(page.frame_locator("[data-testid=mail-frame]").locator("body")).to_contain_text("R7K2M-4")
    await page.get_by_test_id("clear-mail").click()
    await expect(page.get_by_test_id("no-mail")).to_be_visible()
    assert room.mails == ()


async def test_on_a_phone_one_sees_the_list_or_a_mail(page: Page, address: str, room: MailRoom) -> None:
    arrive(room, "order-placed transfer", "en")
    await page.set_viewport_size({"width": 390, "height": 800})
    await page.goto(f"{address}/mail")
    await expect(page.get_by_test_id("mail")).to_be_visible()
    await page.get_by_test_id("open-mail").click()
    await expect(page.get_by_test_id("subject")).to_have_text(
        "Order R7K2M-4: €36.48 to be paid by 22 Dec 2026"
    )
    await expect(page.get_by_test_id("mail")).not_to_be_visible()
    overflow = (
        await page.frame_locator("[data-testid=mail-frame]")
        .locator("html")
        .evaluate("html => html.scrollWidth - html.clientWidth")
    )
    assert overflow <= 0
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id("mail")).to_be_visible()
