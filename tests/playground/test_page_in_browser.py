"""The chat page in a real browser: what a person sees and can do, with no bot behind it but the calls of a test."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import FloatRect, Locator, Page, expect

from bot.playground.files import Upload
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.playground.conftest import TOKEN, Api, keyboard
from tests.support.browser import as_new, chromium_path
from tests.support.clock import FrozenClock

pytestmark = [
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="session"),
]

STUDIO = Persona(
    "studio", "Studio Fittizio", "Una casella Pro", "it", "TOKEN-1", "La casella scade tra 14 giorni."
)
GUEST = Persona("guest", "Guest", "Comes without a notice", "en")
GO = keyboard(
    [{"text": "Standard", "callback_data": "s"}, {"text": "Pro", "callback_data": "p"}],
    [{"text": "Continua", "callback_data": "go", "style": "primary"}],
)
# A white square: the smallest picture that a browser can draw at a size of its own.
SQUARE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000080000000000e164e157000000124944415478da63f8ffff3f030c"
    "332019c43600ffa01fe1fbde53c50000000049454e44ae426082"
)

_AT_REST = """() => {
  const log = document.querySelector("[data-testid=log]");
  const ends = (each) => Number.isFinite(each.effect.getComputedTiming().endTime);
  const moves = document.getAnimations().some((each) => each.playState === "running" && ends(each));
  return !moves && log.scrollHeight - log.scrollTop - log.clientHeight < 1;
}"""
"""Whether nothing moves any more but what turns until it is answered, and the log is at its end."""


@asynccontextmanager
async def window(tab: Page) -> AsyncIterator[Page]:
    """An Italian desktop window; at its end no script may have complained."""
    async with as_new(tab) as complaints:
        yield tab
    # A server that was away is no mistake of the page.
    assert [each for each in complaints if "ERR_" not in each] == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: Page, world: World) -> AsyncIterator[Page]:
    """The page of the served playground."""
    async with serve_playground(world, people=[STUDIO, GUEST]) as address, window(tab) as page:
        await page.goto(address)
        await expect(page.get_by_test_id("persona")).to_have_count(3)
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def chat(page: Page, world: World) -> int:
    """The chat of the studio, open, with the bot started."""
    await page.locator("[data-key=studio]").get_by_test_id("persona-chat").click()
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    world.drain_updates()
    return STUDIO.user_id


async def the_update(world: World) -> dict[str, Any]:
    """What somebody did on the page, as soon as it has come from there; it is all that was done."""
    async with asyncio.timeout(60):
        while not world.waiting_updates:
            await asyncio.sleep(0.01)
    (update,) = world.drain_updates()
    return update


async def box_at_rest(key: Locator) -> FloatRect | None:
    """Where a button is when the log has come to its end, and the button springs back no more from being pressed."""
    await key.page.wait_for_function(_AT_REST)
    return await key.bounding_box()


@pytest.mark.soak
async def test_the_notice_opens_the_deep_link_in_the_persons_own_chat(page: Page, world: World) -> None:
    await expect(page.get_by_test_id("renew")).to_have_count(1)
    await page.locator("[data-key=studio]").get_by_test_id("persona-chat").click()
    await expect(page.get_by_test_id("letter")).to_contain_text("La casella scade tra 14 giorni.")
    await page.get_by_test_id("letter-renew").click()
    await expect(page.get_by_test_id("message")).to_have_text(re.compile(r"^/start\d"))
    (update,) = world.drain_updates()
    assert update["message"]["text"] == "/start TOKEN-1"
    assert update["message"]["chat"]["id"] == STUDIO.user_id


@pytest.mark.soak
async def test_a_person_writes_with_enter(page: Page, world: World, chat: int) -> None:
    field = page.get_by_test_id("composer")
    await field.fill("prima riga")
    await field.press("Shift+Enter")
    await field.press_sequentially("seconda")
    await field.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("seconda")
    await expect(field).to_have_value("")
    (update,) = world.drain_updates()
    assert (update["message"]["text"], update["message"]["chat"]["id"]) == ("prima riga\nseconda", chat)


@pytest.mark.soak
async def test_buttons_in_place_of_the_letters_send_their_words_or_the_persons_number(
    page: Page, world: World, api: Api, chat: int
) -> None:
    rows = [[{"text": "Il mio numero", "request_contact": True}], ["Niente"]]
    await api("sendMessage", chat_id=chat, text="x", reply_markup={"keyboard": rows})
    keys = page.get_by_test_id("reply-key")
    await expect(keys).to_have_text(["Il mio numero", "Niente"])
    await keys.nth(1).click()
    await expect(page.get_by_test_id("message").last).to_contain_text("Niente")
    await keys.nth(0).click()
    await expect(page.get_by_test_id("contact")).to_contain_text("+393331234567")
    words, number = world.drain_updates()
    assert words["message"]["text"] == "Niente"
    assert number["message"]["contact"]["user_id"] == chat
    await api("sendMessage", chat_id=chat, text="y", reply_markup={"remove_keyboard": True})
    await expect(keys).to_have_count(0)
    once = {"keyboard": rows, "one_time_keyboard": True}
    await api("sendMessage", chat_id=chat, text="z", reply_markup=once)
    await keys.nth(0).click()
    await expect(page.get_by_test_id("contact")).to_have_count(2)
    await expect(keys).to_have_count(0)
    await page.reload()
    await expect(page.get_by_test_id("contact")).to_have_count(2)
    await expect(keys).to_have_count(0)


async def test_a_tap_spins_until_answered_and_the_edit_happens_in_place(
    page: Page, world: World, api: Api, chat: int
) -> None:
    for number in range(30):
        await api("sendMessage", chat_id=chat, text=f"Riga {number}")
    sent = await api("sendMessage", chat_id=chat, text="<b>Piano</b>", parse_mode="HTML", reply_markup=GO)
    standard, pro, go = (page.get_by_test_id("key").nth(index) for index in range(3))
    boxes = [await box_at_rest(key) for key in (standard, pro, go)]
    assert all(box is not None for box in boxes)
    widths = [box["width"] for box in boxes if box is not None]
    assert widths[0] == pytest.approx(widths[1])
    assert widths[2] == pytest.approx(widths[0] * 2 + 4, abs=1)

    await pro.click()
    await expect(pro).to_have_attribute("aria-busy", "true")
    await pro.click()
    update = await the_update(world)
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("p", sent["message_id"])
    before = await box_at_rest(pro)
    await api("editMessageText", chat_id=chat, message_id=sent["message_id"], text="Pro", reply_markup=GO)
    await expect(page.get_by_test_id("text").last).to_contain_text("Pro")
    assert await box_at_rest(pro) == before, "the button stays under the finger"
    await expect(pro).to_have_attribute("aria-busy", "true")
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Piano Pro")
    await expect(pro).not_to_have_attribute("aria-busy", "true")
    await expect(page.get_by_test_id("toast")).to_have_text("Piano Pro")


@pytest.mark.soak
async def test_reading_back_is_not_disturbed(page: Page, api: Api, chat: int) -> None:
    for number in range(40):
        await api("sendMessage", chat_id=chat, text=f"Riga {number}")
    await expect(page.get_by_test_id("message")).to_have_count(41)
    log = page.get_by_test_id("log")
    await log.hover()
    await page.mouse.wheel(0, -3000)
    await expect(page.locator(".to-last")).to_be_visible()
    top = await log.evaluate("node => node.scrollTop")
    await api("sendMessage", chat_id=chat, text="Nuova")
    await expect(page.get_by_test_id("message")).to_have_count(42)
    assert await log.evaluate("node => node.scrollTop") == top
    await page.locator(".to-last").click()
    await expect(page.get_by_test_id("message").last).to_be_in_viewport()


@pytest.mark.soak
async def test_a_message_taller_than_the_window_is_read_from_its_beginning(
    page: Page, api: Api, chat: int
) -> None:
    lines = [f"Riga {number}" for number in range(60)]
    await api("sendMessage", chat_id=chat, text="\n".join(lines), reply_markup=GO)
    top = page.get_by_test_id("message").last
    await expect(top).to_contain_text("Riga 59")
    header = await page.locator(".chat-header").bounding_box()
    box = await top.bounding_box()
    assert header is not None
    assert box is not None
    assert 0 <= box["y"] - header["height"] < 20
    await page.locator(".to-last").click()
    await expect(page.get_by_test_id("key").last).to_be_in_viewport()


@pytest.mark.soak
async def test_an_alert_waits_to_be_closed(page: Page, world: World, api: Api, chat: int) -> None:
    await api("sendMessage", chat_id=chat, text="x", reply_markup=GO)
    await page.get_by_test_id("key").last.click()
    await expect(page.get_by_test_id("key").last).to_have_attribute("aria-busy", "true")
    update = await the_update(world)
    await api(
        "answerCallbackQuery",
        callback_query_id=update["callback_query"]["id"],
        text="L'archivio viene cancellato.",
        show_alert=True,
    )
    await expect(page.get_by_test_id("alert")).to_contain_text("L'archivio viene cancellato.")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("alert")).to_have_count(0)


async def test_what_the_bot_sends_is_text_whatever_it_looks_like(page: Page, api: Api, chat: int) -> None:
    text = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'
    await api("sendMessage", chat_id=chat, text=text)
    await expect(page.get_by_test_id("text").last).to_contain_text(text)
    assert await page.locator(".log img, .log script").count() == 0


@pytest.mark.soak
async def test_every_entity_is_drawn(page: Page, world: World, api: Api, chat: int) -> None:
    await api("setMyCommands", commands=[{"command": "help", "description": "Aiuto"}])
    await api(
        "sendMessage",
        chat_id=chat,
        parse_mode="HTML",
        text=(
            "📬 <b>b <i>bi</i></b> <u>u</u> <s>s</s> <code>c</code> <tg-spoiler>segreto</tg-spoiler>\n"
            "<pre>blocco</pre><blockquote>citazione</blockquote>"
            "<blockquote expandable>uno\ndue\ntre\nquattro</blockquote>"
            '<a href="https://example.com/a">qui</a> aiuto@example.com /help '
            '<a href="https://t.me/rinnovo_bot?start=TOKEN-2">apri</a>'
        ),
    )
    text = page.locator("[data-side=bot]").get_by_test_id("text")
    await expect(text.locator("strong em")).to_have_text("bi")
    for tag, words in (
        ("u", "u"),
        ("s", "s"),
        ("pre", "blocco"),
        ("blockquote.quote:not(.expandable)", "citazione"),
    ):
        await expect(text.locator(tag)).to_have_text(words)
    link = text.locator("a", has_text="qui")
    await expect(link).to_have_attribute("href", "https://example.com/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(text.locator("a", has_text="aiuto")).to_have_attribute("href", "mailto:aiuto@example.com")
    spoiler = text.locator(".spoiler")
    await spoiler.focus()
    await spoiler.press("Enter")
    await expect(spoiler).to_have_class(re.compile("revealed"))
    await text.locator(".quote-toggle").click()
    await expect(text.locator(".quote-toggle")).to_have_attribute("aria-expanded", "true")
    await text.locator(".command").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("/help")
    await text.locator("a", has_text="apri").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("/start")
    texts = [update["message"]["text"] for update in world.drain_updates()]
    assert texts == ["/help", "/start TOKEN-2"], "a link to the bot opens it here"


@pytest.mark.soak
async def test_pictures_files_and_the_kinds_of_buttons(page: Page, api: Api, chat: int) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons = keyboard(
        [{"text": "Sito", "url": "https://example.com/"}, {"text": "Copia", "copy_text": {"text": "R7K2M-4"}}]
    )
    photo = {"photo": Upload("qr.png", SQUARE)}
    await api("sendPhoto", photo, chat_id=chat, caption="QR", reply_markup=buttons)
    await page.get_by_test_id("photo").click()
    await expect(page.get_by_test_id("lightbox").locator("img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("lightbox")).to_have_count(0)
    site = page.get_by_test_id("key").first
    await expect(site).to_have_attribute("target", "_blank")
    await expect(site).to_have_attribute("rel", "noopener noreferrer")
    await page.get_by_test_id("key").last.click()
    await expect(page.get_by_test_id("toast")).to_have_text("Copiato: R7K2M-4")
    await api("sendDocument", {"document": Upload("ordine.pdf", b"%PDF" * 600)}, chat_id=chat)
    document = page.get_by_test_id("document")
    await expect(document).to_contain_text("ordine.pdf")
    await expect(document).to_contain_text("2,4 kB")
    async with page.expect_download() as download:
        await document.click()
    assert (await download.value).suggested_filename == "ordine.pdf"


@pytest.mark.soak
async def test_other_chats_count_what_was_not_read(page: Page, world: World, api: Api, chat: int) -> None:
    world.send_text(GUEST.user_id, "/start")
    await api("sendMessage", chat_id=GUEST.user_id, text="Hello")
    await api("sendMessage", chat_id=GUEST.user_id, text="Hello again")
    guest = page.locator("[data-key=guest]")
    await expect(guest.get_by_test_id("unread")).to_have_text("2")
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await guest.get_by_test_id("persona-chat").click()
    await expect(guest.get_by_test_id("unread")).to_have_count(0)
    await expect(page.get_by_test_id("message")).to_have_count(3)
    assert chat != GUEST.user_id


@pytest.mark.soak
async def test_typing_editing_and_deleting_show(page: Page, api: Api, chat: int) -> None:
    await api("sendChatAction", chat_id=chat, action="typing")
    await expect(page.get_by_test_id("status")).to_contain_text("sta scrivendo")
    sent = await api("sendMessage", chat_id=chat, text="uno")
    await expect(page.get_by_test_id("status")).to_contain_text("nei panni di Studio Fittizio")
    await expect(page.get_by_test_id("announcer")).to_have_text("uno")
    await api("editMessageText", chat_id=chat, message_id=sent["message_id"], text="due")
    await expect(page.get_by_test_id("edited")).to_have_text("modificato")
    await expect(page.get_by_test_id("announcer")).to_have_text("due")
    await api("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    await expect(page.get_by_test_id("message")).to_have_count(1)


@pytest.mark.soak
async def test_the_menu_offers_the_commands(page: Page, world: World, api: Api, chat: int) -> None:
    commands = [{"command": "help", "description": "Aiuto"}, {"command": "cancel", "description": "Annulla"}]
    await api("setMyCommands", commands=commands)
    await page.get_by_test_id("commands").click()
    await expect(page.get_by_test_id("command")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("/cancel")
    await page.get_by_test_id("composer").press_sequentially("/h")
    await page.get_by_test_id("suggestion").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("/help")
    texts = [(update["message"]["text"], update["message"]["chat"]["id"]) for update in world.drain_updates()]
    assert texts == [("/cancel", chat), ("/help", chat)]


@pytest.mark.soak
async def test_blocking_clearing_and_starting_again(page: Page, world: World, chat: int) -> None:
    await page.get_by_test_id("options").click()
    await page.get_by_test_id("option-block").click()
    await page.get_by_test_id("restart").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await page.get_by_test_id("options").click()
    await page.get_by_test_id("option-clear").click()
    await expect(page.get_by_test_id("start")).to_be_visible()
    kinds = [kind for update in world.drain_updates() for kind in update if kind != "update_id"]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert world.messages(chat) == ()


@pytest.mark.soak
async def test_the_page_speaks_english_and_turns_dark_and_remembers(page: Page) -> None:
    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("renew").first).to_have_text("Renew")
    await page.get_by_test_id("theme").click()
    theme = await page.locator("html").get_attribute("data-theme")
    await page.reload()
    await expect(page.get_by_test_id("renew").first).to_have_text("Renew")
    assert await page.locator("html").get_attribute("data-theme") == theme == "dark"


@pytest.mark.soak
async def test_who_speaks_the_pages_language_is_met_in_it_before_the_first_word(
    tab: Page, world: World, api: Api
) -> None:
    maria = Persona(
        "maria",
        "Maria",
        "Una casella",
        "it",
        "TOKEN-2",
        in_other_words={"en": ("Mary", "One")},
        polyglot=True,
    )
    await api("setMyDescription", description="Rinnova la PEC")
    await api("setMyDescription", description="Renews PEC mailboxes", language_code="en")
    async with serve_playground(world, people=[maria, STUDIO]) as address, window(tab) as page:
        await page.goto(address)
        mary, studio = page.locator("[data-key=maria]"), page.locator("[data-key=studio]")
        await mary.get_by_test_id("persona-chat").click()
        await expect(page.locator(".empty-card")).to_contain_text("Rinnova la PEC")
        await page.get_by_test_id("language").click()
        await expect(page.locator(".empty-card")).to_contain_text("Renews PEC mailboxes")
        await expect(mary.locator(".person-language")).to_have_text("en")
        await expect(studio.locator(".person-language")).to_have_text("it")
        await expect(page.get_by_test_id("letter")).to_contain_text("Expiry reminder")


@pytest.mark.soak
async def test_a_phone_shows_one_thing_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(page.url.partition("#")[0])
    await expect(page.get_by_test_id("persona").first).to_be_visible()
    await expect(page.get_by_test_id("options")).to_have_count(0)
    cut = await page.locator(".people-header h1").evaluate("title => title.scrollWidth - title.clientWidth")
    assert cut <= 0, "the title is whole"
    await page.locator("[data-key=studio]").get_by_test_id("persona-chat").click()
    await expect(page.get_by_test_id("persona").first).to_be_hidden()
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == 390, "nothing sticks out"
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id("persona").first).to_be_visible()
    await page.go_back()
    await expect(page.get_by_test_id("composer")).to_be_visible()


@pytest.mark.soak
async def test_the_page_finds_the_server_again_and_says_so(
    tab: Page, world: World, clock: FrozenClock
) -> None:
    async with window(tab) as page:
        async with serve_playground(world, people=[STUDIO]) as address:
            await page.goto(address)
            await page.locator("[data-key=studio]").get_by_test_id("persona-chat").click()
            await page.get_by_test_id("start").click()
            await expect(page.get_by_test_id("message")).to_have_count(1)
        await expect(page.get_by_test_id("status")).to_have_text("Connessione persa, nuovo tentativo…")
        clock.advance(timedelta(minutes=1))
        later = World(TOKEN, name="Rinnovo", username="rinnovo_bot", clock=clock.now)
        async with serve_playground(later, people=[STUDIO], port=int(address.rpartition(":")[2])):
            await expect(page.get_by_test_id("toast")).to_contain_text("è ripartito")
            await expect(page.get_by_test_id("status")).to_contain_text("nei panni di")
            await page.get_by_test_id("start").click()
            await expect(page.get_by_test_id("message")).to_have_count(1)
            await later.call("sendMessage", {"chat_id": str(STUDIO.user_id), "text": "rieccomi"})
            await expect(page.get_by_test_id("message").last).to_contain_text("rieccomi")
