"""`/reminders/{code}`: what people and mail programs can do with the link in a reminder, and what nobody can."""

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import httpx
import pytest
from playwright.async_api import ConsoleMessage

from bot.db.tables import CustomerRow
from bot.domain.reminders import MuteLevel
from bot.runtime import Running
from bot.services.reminders.mail_codes import Undoing, undo_code, unsubscribe_code
from bot.services.reminders.mail_wishes import MailWish
from bot.web.server import create_web
from bot.web.unsubscribe import BODY_LIMIT
from tests.support.browser import chromium, chromium_path, patient
from tests.support.caller import Caller
from tests.support.long_runs import long, some
from tests.support.seed import Seed

ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = {"content-type": "application/x-www-form-urlencoded"}
NOW = {
    "it": {
        None: "Tutti i promemoria",
        MuteLevel.MOST: "Soltanto gli ultimi",
        MuteLevel.ALL: "Nessun promemoria",
    },
    "en": {None: "All reminders", MuteLevel.MOST: "Only the last ones", MuteLevel.ALL: "No reminders"},
}


@dataclass
class Reader:
    """A customer's link, and what became of the wish behind it."""

    running: Running
    client: httpx.AsyncClient
    code: str

    @property
    def path(self) -> str:
        """The page's address."""
        return f"/reminders/{self.code}"

    async def look(self) -> httpx.Response:
        """Open the page."""
        return await self.client.get(self.path)

    async def send(self, body: str) -> httpx.Response:
        """Send a form."""
        return await self.client.post(self.path, content=body, headers=FORM)

    async def wish(self) -> MailWish:
        """How things stand."""
        return await self.running.conversation.services.mail_wishes.read(self.code)


@pytest.fixture
def language() -> str:
    """The customer's language, where a test has not to do with it."""
    return "it"


in_both_languages = pytest.mark.parametrize("language", ["it", *long("en")])


@pytest.fixture
async def reader(running: Running, seed: Seed, language: str) -> AsyncIterator[Reader]:
    """A customer with a mailbox who has the link of an e-mail."""
    await seed.mailbox("rossi")
    async with running.database.write() as session:
        row = await session.get_one(CustomerRow, 1)
        row.language = language
    transport = httpx.ASGITransport(create_web(running))
    async with httpx.AsyncClient(transport=transport, base_url="https://bot") as client:
        yield Reader(running, client, unsubscribe_code(running.database.keys, 1))


def seen(page: httpx.Response) -> str:
    """What a person reads of a page."""
    body = re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def current(page: httpx.Response) -> str:
    """The choice that the page shows as the present one."""
    found = re.search(r"<strong>(.*?)</strong><span class=\"now\">", page.text)
    assert found is not None, page.text
    return html.unescape(found[1])


@in_both_languages
async def test_the_page_shows_how_things_stand_and_a_look_changes_nothing(
    reader: Reader, language: str
) -> None:
    for level, name in NOW[language].items():
        await reader.running.conversation.services.mail_wishes.choose(reader.code, level)
        for _ in range(3):  # as scanners of mail do
            page = await reader.look()
            assert page.status_code == 200
            assert current(page) == name
        assert await reader.wish() == MailWish(level, language, "standard")


@in_both_languages
async def test_each_choice_is_a_form_of_its_own(reader: Reader, language: str) -> None:
    names = NOW[language]
    page = await reader.look()
    assert page.text.count("<form") == 2
    last = await reader.send("level=last")
    assert (last.status_code, current(last)) == (200, names[MuteLevel.MOST])
    assert 'role="status"' in last.text
    every = await reader.send("level=all")
    assert (every.status_code, current(every)) == (200, names[None])
    assert (await reader.wish()).level is None


@in_both_languages
async def test_silence_takes_one_more_confirmation(reader: Reader, language: str) -> None:
    asked = await reader.send("level=none")
    assert asked.status_code == 200
    assert 'name="sure" value="yes"' in asked.text
    assert "90" in seen(asked), "it says what happens to a mailbox that nobody renews"
    assert (await reader.wish()).level is None
    sure = await reader.send("level=none&sure=yes")
    assert current(sure) == NOW[language][MuteLevel.ALL]
    assert (await reader.wish()).level is MuteLevel.ALL
    assert (await reader.send("level=all")).status_code == 200
    assert (await reader.wish()).level is None


@pytest.mark.parametrize("multipart", some([False, True], 1))
async def test_one_click_leaves_the_last_reminders_however_often_it_comes(
    reader: Reader, multipart: bool
) -> None:
    """Mail providers may press it twice by themselves: silence is asked for on the page alone (RFC 8058)."""
    for level in (MuteLevel.MOST, MuteLevel.MOST, MuteLevel.MOST):
        if multipart:
            answer = await reader.client.post(reader.path, files={"List-Unsubscribe": (None, "One-Click")})
        else:
            answer = await reader.send(ONE_CLICK)
        assert answer.status_code == 200, "a redirect would not be followed (RFC 8058)"
        assert (await reader.wish()).level is level


async def test_one_click_brings_no_more_than_was_wanted(reader: Reader) -> None:
    await reader.send("level=none&sure=yes")
    assert (await reader.send(ONE_CLICK)).status_code == 200
    assert (await reader.wish()).level is MuteLevel.ALL


async def undo_path(reader: Reader, wish: int, word: str) -> str:
    """The address of the link that undoes a wish of the customer."""
    keys = reader.running.database.keys
    return f"/reminders/undo/{undo_code(keys, Undoing(1, wish, word))}"


@pytest.mark.parametrize("before", some(["all", "last"], 1))
@in_both_languages
async def test_the_link_of_the_confirmation_brings_back_what_was_before(
    reader: Reader, before: str, language: str
) -> None:
    wishes = 0
    if before == "last":
        await reader.send("level=last")
        wishes = 1
    await reader.send("level=none&sure=yes")
    path = await undo_path(reader, wishes + 1, before)
    for _ in range(2):  # a scanner of mail looks too
        page = await reader.client.get(path)
        assert page.status_code == 200
        assert page.text.count("<form") == 1
        assert (await reader.wish()).level is MuteLevel.ALL
    done = await reader.client.post(path, content="undo=yes", headers=FORM)
    level = {"all": None, "last": MuteLevel.MOST}[before]
    assert (await reader.wish()).level is level
    assert {"it": "Scelta annullata", "en": "Choice undone"}[language] in seen(done)


@in_both_languages
async def test_a_link_that_undid_once_never_undoes_a_later_wish(reader: Reader, language: str) -> None:
    await reader.send("level=none&sure=yes")
    path = await undo_path(reader, 1, "all")
    await reader.send("level=last")
    for answer in (await reader.client.get(path), await reader.client.post(path)):
        assert {"it": "Non è cambiato nulla", "en": "Nothing was changed"}[language] in seen(answer)
        assert "<form" not in answer.text
    assert (await reader.wish()).level is MuteLevel.MOST
    await reader.send("level=none&sure=yes")
    await reader.client.post(path)
    assert (await reader.wish()).level is MuteLevel.ALL, "silence was asked for anew"
    assert (await reader.client.get(reader.path)).status_code == 200, "the link of any e-mail goes on working"


async def test_an_undo_code_that_nobody_has(reader: Reader) -> None:
    await reader.send("level=none&sure=yes")
    right = (await undo_path(reader, 1, "all")).rpartition("all-")[2]
    for code in ("1", "1-1", "1-1-all", "1-1-all-x", f"1-1-ever-{right}", f"2-1-all-{right}"):
        path = f"/reminders/undo/{code}"
        assert (await reader.client.get(path)).status_code == 404, code
        assert (await reader.client.post(path)).status_code == 404, code
    assert (await reader.client.post(f"/reminders/undo/{reader.code}")).status_code == 404
    assert (await reader.wish()).level is MuteLevel.ALL


@in_both_languages
async def test_the_page_is_safe_to_show(reader: Reader, language: str) -> None:
    undo = await reader.client.get(await undo_path(reader, 0, "all"))
    for page in (
        undo,
        await reader.look(),
        await reader.send("level=none"),
        await reader.send("level=nothing"),
    ):
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["cache-control"] == "no-store"
        assert "noindex" in page.headers["x-robots-tag"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["content-language"] == language
        assert f'<html lang="{language}">' in page.text
        assert not re.search(
            r"<script|<link|<img|<iframe|src=|href=|url\(|@import|\sstyle=|\son\w+=", page.text
        )


async def test_the_page_names_nobody(reader: Reader) -> None:
    for page in (await reader.look(), await reader.send("level=none"), await reader.send(ONE_CLICK)):
        for personal in ("rossi", "rossi@example.com", "pec.example", "Maria", reader.code):
            assert personal not in page.text


@in_both_languages
async def test_a_code_that_nobody_has_changes_nothing_and_is_told_clearly(
    reader: Reader, language: str
) -> None:
    headers = {"accept-language": f"{language},de;q=0.5"}
    seal = reader.code.partition("-")[2]
    for code in (
        "1",
        "1-",
        f"2-{seal}",
        f"01-{seal}",
        f"1-{seal}x",
        f"-{seal}",
        f"٣-{seal}",
        "x" * 3000,
        "1-%F0%9F%90%88",
        "%00",
    ):
        path = f"/reminders/{code}"
        for answer in (
            await reader.client.get(path, headers=headers),
            await reader.client.post(path, content=ONE_CLICK, headers=headers | FORM),
            await reader.client.post(path, content="level=none&sure=yes", headers=headers | FORM),
        ):
            assert answer.status_code == 404, code
            assert answer.headers["cache-control"] == "no-store"
            assert {"it": "Link non valido", "en": "This link is not valid"}[language] in seen(answer)
            assert "assistenza@posta.example" in answer.text
        assert (await reader.wish()).level is None, code


async def test_what_is_no_form_of_ours_changes_nothing(reader: Reader) -> None:
    wrong: list[tuple[bytes, dict[str, str]]] = [
        (b"", FORM),
        (b"level=", FORM),
        (b"level=everything", FORM),
        (b"List-Unsubscribe=Two-Clicks", FORM),
        (b"list-unsubscribe=one-click", FORM),
        (b"\xff\xfe%zz&&&=", FORM),
        (b"a=1&b=2&c=3&d=4&e=5&level=last", FORM),
        (b'{"level": "last"}', {"content-type": "application/json"}),
        (b"level=last", {}),
        (b"level=last", {"content-type": "multipart/form-data"}),
        (b"--x\r\nnonsense", {"content-type": "multipart/form-data; boundary=x"}),
        (
            b'--x\r\nContent-Disposition: form-data; name="level"; filename="a"\r\n\r\nlast\r\n--x--\r\n',
            {"content-type": "multipart/form-data; boundary=x"},
        ),
    ]
    for body, headers in wrong:
        answer = await reader.client.post(reader.path, content=body, headers=headers)
        assert answer.status_code == 400, body
        assert answer.headers["content-type"].startswith("text/html")
        assert (await reader.wish()).level is None, body


async def test_a_body_is_not_read_to_its_end_when_it_is_too_large(reader: Reader) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT):
            yield b"level=none&sure=yes&"

    for content in (b"x" * (BODY_LIMIT + 1), endless()):
        answer = await reader.client.post(reader.path, content=content, headers=FORM)
        assert answer.status_code == 413
    assert (await reader.wish()).level is None


async def test_over_real_http_and_not_among_the_published_routes(reader: Reader, caller: Caller) -> None:
    assert (await caller.client.get(reader.path)).status_code == 200
    answer = await caller.client.post(reader.path, content=ONE_CLICK, headers=FORM)
    assert answer.status_code == 200
    assert (await reader.wish()).level is MuteLevel.MOST
    assert (await caller.client.put(reader.path)).status_code == 405
    document = (await caller.client.get("/openapi.json")).json()
    assert not any(path.startswith("/reminders") for path in document["paths"])


def _note(said: list[str], message: ConsoleMessage) -> None:
    said.append(message.text)


@pytest.mark.soak
@pytest.mark.skipif(chromium_path() is None, reason="no Chromium on this machine")
async def test_in_a_browser_on_a_phone(reader: Reader, caller: Caller) -> None:
    async with chromium() as browser:
        for scheme in ("light", "dark"):
            context = await patient(
                browser,
                viewport={"width": 360, "height": 740},
                color_scheme="dark" if scheme == "dark" else "light",
                java_script_enabled=True,
            )
            page = await context.new_page()
            said: list[str] = []
            page.on("console", partial(_note, said))
            await page.goto(f"{caller.client.base_url}{reader.path}")
            background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (background == "rgb(16, 24, 31)") == (scheme == "dark"), "the policy lets the styles in"
            assert await page.evaluate("document.documentElement.scrollWidth") <= 360
            await page.get_by_role("button", name="Nessun promemoria").click()
            await page.get_by_role("heading", name="Nemmeno gli ultimi?").wait_for()
            await page.get_by_role("button", name="Soltanto gli ultimi").click()
            await page.get_by_role("status").wait_for()
            assert (await reader.wish()).level is MuteLevel.MOST
            await page.get_by_role("button", name="Nessun promemoria").click()
            await page.get_by_role("button", name="Nessun promemoria, nemmeno gli ultimi").click()
            await page.get_by_role("status").wait_for()
            assert (await reader.wish()).level is MuteLevel.ALL
            assert not [line for line in said if "favicon" not in line], said
            await context.close()
            await reader.running.conversation.services.mail_wishes.choose(reader.code, None)
