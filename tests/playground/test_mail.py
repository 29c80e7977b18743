"""The playground's mail server, what it keeps, and what the mail page is told (over real SMTP and over HTTP)."""

import json
from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import httpx
import pytest

from bot.playground import mail as mail_module
from bot.playground.mail import MailRoom, serve_mail
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.server import create_playground
from bot.playground.world import World
from tests.playground.conftest import png
from tests.support.clock import FrozenClock

GUEST = Persona("guest", "Guest", "Comes without a notice", "en")


def a_mail(
    *, subject: str = "Perché no", to: str = "ada@example.com", html: str | None = None
) -> EmailMessage:
    """A mail with a picture, as the bot writes them."""
    mail = EmailMessage()
    mail["From"] = "Posta Esempio <rinnovi@example.com>"
    mail["To"] = to
    mail["Subject"] = subject
    mail.set_content("Ciao Ada,\nè arrivata.\n")
    if html is not None:
        mail.add_alternative(html, subtype="html")
        *_, body = mail.iter_parts()
        assert isinstance(body, EmailMessage)
        body.add_related(png(), "image", "png", cid="<qr-1>", filename="qr.png")
    mail["Content-Language"] = "it"
    return mail


PAGE = """<!doctype html><html><head><style>@media (prefers-color-scheme: dark) { p { color: red } }</style></head>
<body><p>Ecco: <img src="cid:qr-1"> <img src="cid:other"> <a href="https://example.com/">qui</a></p></body></html>"""


@pytest.fixture
def room(clock: FrozenClock) -> MailRoom:
    """An empty room."""
    return MailRoom(clock=clock.now)


@pytest.fixture
async def client(world: World, room: MailRoom) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page's own server, without a network."""
    transport = httpx.ASGITransport(create_playground(world, people=[GUEST], mail=room))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        yield client


def put(room: MailRoom, mail: EmailMessage) -> int:
    """Put a mail in the room, as the server does."""
    return room.take("rinnovi@example.com", (str(mail["To"]),), mail.as_bytes()).number


async def test_what_is_sent_over_smtp_is_kept(room: MailRoom, clock: FrozenClock) -> None:
    async with serve_mail(room) as address:
        host, port = address.removeprefix("smtp://").split(":")
        await aiosmtplib.send(
            a_mail(), sender="bounce@example.com", hostname=host, port=int(port), start_tls=False
        )
    (kept,) = room.mails
    assert (kept.number, kept.received_at, kept.sender) == (1, clock.now(), "bounce@example.com")
    assert kept.recipients == ("ada@example.com",)
    assert kept.message["Subject"] == "Perché no"
    assert kept.text.splitlines() == ["Ciao Ada,", "è arrivata."]


async def test_the_server_is_gone_afterwards(room: MailRoom) -> None:
    async with serve_mail(room) as address:
        host, port = address.removeprefix("smtp://").split(":")
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await aiosmtplib.send(a_mail(), hostname=host, port=int(port))


async def test_the_oldest_make_room(room: MailRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "_KEPT", 3)
    small = MailRoom()
    for number in range(5):
        put(small, a_mail(subject=str(number)))
    assert small.numbers == (3, 4, 5)
    assert small.find(1) is None
    assert room.id != small.id


async def test_one_mail_with_headers_text_and_source(client: httpx.AsyncClient, room: MailRoom) -> None:
    number = put(room, a_mail(html=PAGE))
    shown = (await client.get(f"/playground/mail/{number}")).json()
    assert ["Subject", "Perché no"] in shown["headers"]
    assert shown["text"].startswith("Ciao Ada")
    assert "Subject: =?utf-8?" in shown["source"]
    assert shown["has_html"] is True
    assert [part["type"] for part in shown["parts"]] == ["text/plain", "text/html", "image/png"]
    assert shown["parts"][-1]["name"] == "qr.png"


async def test_the_html_brings_its_pictures_and_opens_links_elsewhere(
    client: httpx.AsyncClient, room: MailRoom
) -> None:
    number = put(room, a_mail(html=PAGE))
    page = (await client.get(f"/playground/mail/{number}/html")).text
    assert 'src="data:image/png;base64,' in page
    assert 'src="cid:other"' in page
    assert '<base target="_blank">' in page


@pytest.mark.parametrize(("scheme", "rule"), [("light", "@media not all"), ("dark", "@media all")])
async def test_the_html_is_asked_whether_it_knows_the_dark(
    scheme: str, rule: str, client: httpx.AsyncClient, room: MailRoom
) -> None:
    number = put(room, a_mail(html=PAGE))
    assert rule in (await client.get(f"/playground/mail/{number}/html?scheme={scheme}")).text


async def test_a_mail_without_html_is_shown_as_text(client: httpx.AsyncClient, room: MailRoom) -> None:
    mail = a_mail()
    mail.set_content("<b>non è HTML</b>")
    number = put(room, mail)
    assert "&lt;b&gt;non è HTML" in (await client.get(f"/playground/mail/{number}/html")).text
    assert (await client.get(f"/playground/mail/{number}")).json()["has_html"] is False


async def test_a_mail_is_shown_where_it_can_do_nothing(client: httpx.AsyncClient, room: MailRoom) -> None:
    number = put(room, a_mail(html="<script>alert(1)</script>"))
    policy = (await client.get(f"/playground/mail/{number}/html")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy


async def test_the_page_may_frame_nothing_but_its_own_server(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/mail")).headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/playground/mail/7", "/playground/mail/7/html"])
async def test_a_mail_that_is_gone_is_said_to_be(path: str, client: httpx.AsyncClient) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.json()["detail"]


async def test_the_room_is_emptied(client: httpx.AsyncClient, room: MailRoom) -> None:
    put(room, a_mail())
    await client.post("/playground/mail/clear")
    assert room.mails == ()


async def test_another_site_can_neither_read_nor_empty_it(client: httpx.AsyncClient, room: MailRoom) -> None:
    put(room, a_mail())
    strange = {"Origin": "https://example.com"}
    assert (await client.post("/playground/mail/clear", headers=strange)).status_code == 403
    assert (await client.get("/playground/mail/1", headers={"Host": "example.com"})).status_code == 403
    assert len(room.mails) == 1


async def test_without_a_mail_room_there_is_no_mail_page(world: World) -> None:
    transport = httpx.ASGITransport(create_playground(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        assert (await client.get("/mail")).status_code == 404


async def _events(client: httpx.AsyncClient, address: str) -> AsyncIterator[dict[str, object]]:
    async with client.stream("GET", address) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


async def test_the_mail_page_is_told_the_list_as_it_grows(world: World, room: MailRoom) -> None:
    async with serve_playground(world, mail=room) as address, httpx.AsyncClient(timeout=60) as client:
        events = _events(client, f"{address}/playground/mail/events")
        assert await anext(events) == {"room": room.id, "mails": [], "clock": None}
        put(room, a_mail(subject="Uno", html=PAGE))
        put(room, a_mail(subject="Due"))
        grown = await anext(events)
        while len(mails := grown["mails"]) < 2:  # type: ignore[arg-type]
            grown = await anext(events)
        assert isinstance(mails, list)
        assert [mail["subject"] for mail in mails] == ["Due", "Uno"]
        assert [mail["opening"] for mail in mails] == ["Ciao Ada, è arrivata.", "Ecco: qui"]
        assert mails[0]["language"] == "it"
        await events.aclose()  # type: ignore[attr-defined]


async def test_the_chat_page_counts_the_mails(world: World, room: MailRoom) -> None:
    put(room, a_mail())
    async with serve_playground(world, mail=room) as address, httpx.AsyncClient(timeout=60) as client:
        events = _events(client, f"{address}/playground/events")
        state = await anext(events)
        assert state["mail"] == {"room": room.id, "numbers": [1]}
        put(room, a_mail())
        assert await anext(events) == {"type": "mail", "numbers": [1, 2]}
        await events.aclose()  # type: ignore[attr-defined]
