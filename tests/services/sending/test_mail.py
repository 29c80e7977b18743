"""E-mail through a real server: what it gets, and what becomes of a mail that it does not take."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import structlog
from pydantic import SecretStr

from bot.services.sending.mail import Mailer
from bot.services.sending.mail.answers import AWAY_REST, GREYLISTED_WAIT, SETTINGS_REST
from bot.services.sending.mail.composing import Envelope, message_id
from bot.services.sending.mail.connection import Connection
from bot.services.sending.outbox import Channel, Claimed, Outcome, Result
from bot.services.surroundings import Surroundings
from bot.settings.types import SmtpServer
from bot.texts import Texts
from bot.watching.logs import configure_logging
from tests.messages.every import ORDER_PAYLOADS, OTHER_PAYLOADS
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.mail_server import PASSWORD, USER, MailServer, name_of_bot, own_certificate, serve_smtp

TO = "maria.esempio@example.com"
PLACED = ORDER_PAYLOADS["order-placed transfer"]
NOWHERE = 1
"""A port at which nobody listens."""


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A server that takes everything until it is told otherwise."""
    async with serve_smtp() as serving:
        yield serving


@dataclass
class Post:
    """Makes mailers, and rows for them."""

    texts: Texts
    clock: FrozenClock

    def mailer(
        self, port: int, *, mail_from: str = "Rinnovi <rinnovi@example.com>", **changes: Any
    ) -> Mailer:
        """A mailer for the server at this port."""
        idle = changes.pop("idle_seconds", 15.0)
        settings = {"host": "127.0.0.1", "tls": False, "username": None, "password": None, **changes}
        surroundings = Surroundings(example_catalogue(), self.clock, ZoneInfo("Europe/Rome"))
        return Mailer(
            SmtpServer(port=port, **settings),
            mail_from,
            surroundings,
            self.texts,
            bot_name=name_of_bot,
            idle_seconds=idle,
        )

    def row(
        self, payload: dict[str, Any] = PLACED, *, key: str = "placed:R7K2M-4:mail", **more: Any
    ) -> Claimed:
        """A claimed row."""
        return Claimed(
            id=1,
            key=key,
            channel=Channel.MAIL,
            chat_id=None,
            payload={"to": TO, "language": "it", **payload, **more},
            created_at=self.clock.now(),
            attempts=1,
            worker="worker",
            until=self.clock.now() + timedelta(minutes=1),
        )

    async def send(self, server: MailServer, row: Claimed | None = None, **settings: Any) -> Outcome:
        """Send one mail."""
        async with self.mailer(server.port, **settings) as mailer:
            return await mailer.send(row or self.row())


@pytest.fixture
def post(texts: Texts, clock: FrozenClock) -> Post:
    """Mailers and rows."""
    return Post(texts, clock)


def parts(message: EmailMessage) -> list[str]:
    """The types of all parts, in their order."""
    return [part.get_content_type() for part in message.walk()]


async def test_the_mail_arrives_as_providers_expect_it(server: MailServer, post: Post) -> None:
    assert await post.send(server) == Outcome(Result.SENT)
    (taken,) = server.mails
    message = taken.message
    assert (taken.sender, taken.recipient) == ("rinnovi@example.com", TO)
    assert message["From"] == "Rinnovi <rinnovi@example.com>"
    assert message["To"] == TO
    assert message["Reply-To"] == "Posta Esempio <assistenza@posta.example>"
    assert message["Subject"] == "Ordine R7K2M-4: 36,48\N{NO-BREAK SPACE}€ da pagare entro il 22/12/2026"
    assert message["Date"].datetime == post.clock.now()
    assert message["Message-ID"] == message_id("placed:R7K2M-4:mail", "rinnovi@example.com")
    assert message["Message-ID"].endswith("@example.com>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "it"
    assert message["MIME-Version"] == "1.0"
    assert "List-Unsubscribe" not in message
    assert not message.defects


async def test_text_comes_first_then_html_with_its_picture(server: MailServer, post: Post) -> None:
    await post.send(server)
    message = server.mails[0].message
    assert parts(message) == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    *_, picture = message.walk()
    assert picture["Content-ID"] == "<qr-R7K2M-4>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_filename() == "R7K2M-4.png"
    html = message.get_body(("html",))
    assert html is not None
    assert 'src="cid:qr-R7K2M-4"' in html.get_content()
    assert picture.get_content().startswith(b"\x89PNG")


async def test_a_mail_without_a_picture_has_two_parts(server: MailServer, post: Post) -> None:
    await post.send(server, post.row(ORDER_PAYLOADS["order-expired transfer"]))
    assert parts(server.mails[0].message) == ["multipart/alternative", "text/plain", "text/html"]


async def test_it_is_pure_ascii_with_short_lines_and_reads_as_it_was_written(
    server: MailServer, post: Post
) -> None:
    await post.send(server)
    taken = server.mails[0]
    assert taken.content.isascii()
    assert max(map(len, taken.content.splitlines())) <= 78
    text = taken.message.get_body(("plain",))
    assert text is not None
    assert text.get_content_charset() == "utf-8"
    assert "Importo: 36,48\N{NO-BREAK SPACE}€" in text.get_content()


WHOLE = [name for name in ORDER_PAYLOADS if name.endswith(("transfer", "card", "nasty", "99"))]
ONE_OF_EACH = [name for name in WHOLE if name.endswith("transfer") or name.startswith("order-placed ")]


async def assert_whole(names: Sequence[str], language: str, server: MailServer, post: Post) -> None:
    """These mails arrive as they were written, all of them over one connection."""
    async with post.mailer(server.port) as mailer:
        for name in names:
            row = post.row(ORDER_PAYLOADS[name], language=language)
            assert await mailer.send(row) == Outcome(Result.SENT), name
    for name, taken in zip(names, server.mails, strict=True):
        message = taken.message
        assert message["Content-Language"] == language, name
        assert "R7K2M-4" in message["Subject"], name
        for kind in ("plain", "html"):
            body = message.get_body((kind,))
            assert body is not None, name
            assert "R7K2M-4" in body.get_content(), name
        assert not message.defects, name


@pytest.mark.parametrize(
    ("names", "language"), [(ONE_OF_EACH[::4], "it"), *long((ONE_OF_EACH, "it"), (ONE_OF_EACH, "en"))]
)
async def test_a_mail_of_each_kind_arrives_whole(
    names: Sequence[str], language: str, server: MailServer, post: Post
) -> None:
    await assert_whole(names, language, server, post)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", "en"])
async def test_every_mail_arrives_whole(language: str, server: MailServer, post: Post) -> None:
    await assert_whole(WHOLE, language, server, post)


async def test_a_sender_without_a_name_has_the_operators(server: MailServer, post: Post) -> None:
    await post.send(server, mail_from="rinnovi@example.com")
    assert server.mails[0].message["From"] == "Posta Esempio <rinnovi@example.com>"


async def test_names_and_domains_in_any_script(server: MailServer, post: Post) -> None:
    row = post.row(to="maria@città.example")
    assert await post.send(server, row, mail_from="Perché Sì <rinnovi@example.com>") == Outcome(Result.SENT)
    assert server.mails[0].recipient == "maria@xn--citt-3na.example"
    assert server.mails[0].message["From"] == "Perché Sì <rinnovi@example.com>"


@pytest.mark.parametrize(
    "to", ["nessuno", "a@b\r\nBcc: c@example.com", *long("", "perché@example.com", "a b@example.com")]
)
async def test_an_address_that_is_none_fails_and_is_not_repeated(
    to: str, server: MailServer, post: Post
) -> None:
    outcome = await post.send(server, post.row(to=to))
    assert outcome == Outcome(Result.FAILED, "an address cannot stand in an e-mail")
    assert server.mails == []
    assert server.connections == 0


async def test_what_is_good_for_a_while_is_not_sent_afterwards(
    server: MailServer, post: Post, clock: FrozenClock
) -> None:
    until = clock.now() + timedelta(minutes=10)
    row = post.row(OTHER_PAYLOADS["login-code"], key="login:1:mail", good_until=until.isoformat())
    assert await post.send(server, row) == Outcome(Result.SENT)
    clock.advance(timedelta(minutes=10))
    outcome = await post.send(server, row)
    assert outcome.result is Result.OBSOLETE
    assert len(server.mails) == 1
    assert server.connections == 1


async def test_the_link_beside_a_code_leads_into_the_chat_by_the_bots_name(
    server: MailServer, post: Post, clock: FrozenClock
) -> None:
    until = clock.now() + timedelta(minutes=10)
    await post.send(
        server, post.row(OTHER_PAYLOADS["login-code"], key="login:1:mail", good_until=until.isoformat())
    )
    (taken,) = server.mails
    body = taken.message.get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    assert "https://t.me/rinnovo_demo_bot?start=sample-token-of-a-link-that-opens-nothing-12" in text
    assert "Il link vale una volta" in text


async def test_a_code_of_an_older_version_has_no_link(
    server: MailServer, post: Post, clock: FrozenClock
) -> None:
    until = clock.now() + timedelta(minutes=10)
    stored = dict(OTHER_PAYLOADS["login-code"], good_until=until.isoformat())
    stored = {name: value for name, value in stored.items() if name not in {"token", "link_until"}}
    assert await post.send(server, post.row(stored, key="login:1:mail")) == Outcome(Result.SENT)
    assert b"t.me" not in server.mails[0].content


async def test_the_same_row_has_the_same_id_and_another_row_another(server: MailServer, post: Post) -> None:
    for key in ("completed:R7K2M-4:mail", "completed:R7K2M-4:mail", "completed:AAAAA-B:mail"):
        await post.send(server, post.row(key=key))
    first, again, other = (taken.message["Message-ID"] for taken in server.mails)
    assert first == again != other
    assert "R7K2M" not in first


async def test_greylisting_and_then_success(server: MailServer, post: Post) -> None:
    server.to_rcpt.append(f"450 4.2.0 <{TO}>: Recipient address rejected: Greylisted, see http://x.example")
    async with post.mailer(server.port) as mailer:
        later = await mailer.send(post.row())
        assert later == Outcome(Result.RETRY, "the mail server says later: 450 4.2.0", wait=GREYLISTED_WAIT)
        assert await mailer.send(post.row()) == Outcome(Result.SENT)
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("answer", "result", "codes"),
    [
        (f"550 5.1.1 <{TO}>: user unknown", Result.UNREACHABLE, "550 5.1.1"),
        ("550 no such user here", Result.UNREACHABLE, "550"),
        ("552 5.2.2 mailbox full", Result.UNREACHABLE, "552 5.2.2"),
        ("550 5.7.1 relaying denied", Result.FAILED, "550 5.7.1"),
        ("554 no", Result.FAILED, "554"),
        ("451 4.3.0 try later", Result.RETRY, "451 4.3.0"),
        *long(
            ("553 mailbox name not allowed", Result.UNREACHABLE, "553"),
            ("554 5.7.1 blocked", Result.FAILED, "554 5.7.1"),
            ("452 4.2.2 over quota", Result.RETRY, "452 4.2.2"),
        ),
    ],
)
async def test_a_refused_recipient(
    answer: str, result: Result, codes: str, server: MailServer, post: Post
) -> None:
    server.to_rcpt.append(answer)
    outcome = await post.send(server)
    assert outcome.result is result
    assert outcome.reason is not None
    assert outcome.reason.endswith(codes)
    assert "@" not in outcome.reason
    assert server.mails == []


@pytest.mark.parametrize(
    ("where", "answer", "result"),
    [
        ("to_data", "554 5.7.1 looks like spam", Result.FAILED),
        ("at_end", "451 4.7.1 try again later", Result.RETRY),
        ("at_end", "550 5.1.1 no such user after all", Result.UNREACHABLE),
        ("at_end", "550 no", Result.FAILED),
        *long(
            ("to_data", "451 4.7.1 try again later", Result.RETRY),
            ("to_data", "550 5.1.1 no such user after all", Result.UNREACHABLE),
            ("to_data", "552 too large", Result.FAILED),
            ("to_data", "550 no", Result.FAILED),
            ("at_end", "554 5.7.1 looks like spam", Result.FAILED),
            ("at_end", "552 too large", Result.FAILED),
        ),
    ],
)
async def test_a_refused_content(
    answer: str, result: Result, where: str, server: MailServer, post: Post
) -> None:
    getattr(server, where).append(answer)
    assert (await post.send(server)).result is result
    assert server.mails == []


async def test_a_refused_sender_is_for_the_operator_to_put_right(server: MailServer, post: Post) -> None:
    server.to_mail.append("553 5.7.1 <rinnovi@example.com>: sender address rejected: not owned by user")
    assert await post.send(server) == Outcome(
        Result.RETRY,
        "the mail server refuses MAIL_FROM: 553 5.7.1",
        wait=SETTINGS_REST,
        rest=SETTINGS_REST,
    )


async def test_a_mail_that_is_announced_as_too_large_is_refused_for_good(
    server: MailServer, post: Post
) -> None:
    server.to_mail.append("552 5.3.4 message size exceeds fixed limit")
    assert await post.send(server) == Outcome(Result.FAILED, "the mail server refuses the mail: 552 5.3.4")


async def test_a_server_that_shuts_down_is_left_alone_for_a_while(server: MailServer, post: Post) -> None:
    server.to_rcpt.append("421 4.3.2 shutting down")
    outcome = await post.send(server)
    assert (outcome.result, outcome.rest) == (Result.RETRY, AWAY_REST)


async def test_a_server_that_is_away_is_tried_again(post: Post) -> None:
    async with post.mailer(NOWHERE) as mailer:
        outcome = await mailer.send(post.row())
    assert outcome == Outcome(
        Result.RETRY,
        "the mail server cannot be reached, or takes no mail now",
        wait=AWAY_REST,
        rest=AWAY_REST,
    )


@pytest.mark.parametrize("where", ["to_data", *long("to_mail", "to_rcpt")])
async def test_a_connection_lost_before_the_content_is_tried_again(
    where: str, server: MailServer, post: Post
) -> None:
    getattr(server, where).append(None)
    outcome = await post.send(server)
    assert outcome.result is Result.RETRY
    assert await post.send(server) == Outcome(Result.SENT)
    assert len(server.mails) == 1


async def test_a_connection_lost_after_the_content_leaves_it_unknown(server: MailServer, post: Post) -> None:
    server.at_end.append(None)
    outcome = await post.send(server)
    assert outcome.result is Result.UNKNOWN
    assert outcome.reason is not None
    assert "may have taken" in outcome.reason


async def test_silence_after_the_content_leaves_it_unknown(
    server: MailServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    forever, limits = asyncio.Event(), list[asyncio.Timeout]()

    def limited(seconds: float) -> asyncio.Timeout:
        limits.append(asyncio.timeout(seconds))
        return limits[-1]

    async def never(*_: Any) -> str:
        (limit,) = limits
        limit.reschedule(asyncio.get_running_loop().time())  # by now it has taken too long
        await forever.wait()
        return "250 at last"

    seen = SimpleNamespace(**{**vars(asyncio), "timeout": limited})
    monkeypatch.setattr("bot.services.sending.mail.mailer.asyncio", seen)
    monkeypatch.setattr(server, "handle_DATA", never)
    outcome = await post.send(server)
    forever.set()
    assert outcome.result is Result.UNKNOWN


async def test_silence_before_the_content_is_tried_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.sending.mail.mailer._LONGEST_SECONDS", 0.3)
    done = asyncio.Event()

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with post.mailer(silent.sockets[0].getsockname()[1]) as mailer:
        outcome = await mailer.send(post.row())
    done.set()
    silent.close()
    assert outcome.result is Result.RETRY


async def test_mails_close_to_each_other_share_a_connection(server: MailServer, post: Post) -> None:
    async with post.mailer(server.port) as mailer:
        for number in range(5):
            assert await mailer.send(post.row(key=f"placed:{number}:mail")) == Outcome(Result.SENT)
    assert (len(server.mails), server.connections) == (5, 1)


async def test_mails_side_by_side_have_connections_of_their_own(server: MailServer, post: Post) -> None:
    async with post.mailer(server.port) as mailer:
        outcomes = await asyncio.gather(*(mailer.send(post.row(key=f"placed:{n}:mail")) for n in range(4)))
        assert outcomes == [Outcome(Result.SENT)] * 4
        await mailer.send(post.row())
    assert (len(server.mails), server.connections) == (5, 4)


async def test_a_connection_is_given_back_when_nothing_follows(server: MailServer, post: Post) -> None:
    async with post.mailer(server.port, idle_seconds=0.05) as mailer:
        await mailer.send(post.row())
        await asyncio.sleep(0.3)
        await mailer.send(post.row())
    assert (len(server.mails), server.connections) == (2, 2)


async def test_a_kept_connection_that_the_server_closed_is_replaced(post: Post) -> None:
    async with serve_smtp() as first, post.mailer(first.port) as mailer:
        await mailer.send(post.row())
        (connection,) = mailer._idle
        connection.close()
        assert await mailer.send(post.row()) == Outcome(Result.SENT)
        assert (len(first.mails), first.connections) == (2, 2)


@pytest.mark.parametrize("tls_at_once", [False, True])
async def test_it_is_encrypted_where_that_is_offered(tls_at_once: bool, post: Post, tmp_path: Path) -> None:
    async with serve_smtp(tls=own_certificate(tmp_path), tls_at_once=tls_at_once) as server:
        assert await post.send(server, tls=tls_at_once) == Outcome(Result.SENT)
    assert server.mails[0].encrypted


async def test_encryption_is_not_needed_where_it_is_not_offered(server: MailServer, post: Post) -> None:
    await post.send(server)
    assert not server.mails[0].encrypted


@pytest.mark.parametrize("tls_at_once", [False, True])
async def test_beyond_this_machine_the_certificate_has_to_be_good(
    tls_at_once: bool, post: Post, tmp_path: Path
) -> None:
    async with serve_smtp(tls=own_certificate(tmp_path), tls_at_once=tls_at_once) as server:
        # Another name for this machine, which the mailer does not know to be one.
        outcome = await post.send(server, host="0.0.0.0", tls=tls_at_once)  # noqa: S104 - nobody listens there
    assert (outcome.result, outcome.rest) == (Result.RETRY, SETTINGS_REST)
    assert server.mails == []


async def test_it_logs_in(post: Post, tmp_path: Path) -> None:
    async with serve_smtp(tls=own_certificate(tmp_path), users=True) as server:
        assert await post.send(server, username=USER, password=SecretStr(PASSWORD)) == Outcome(Result.SENT)
    assert server.mails[0].user == USER


async def test_a_refused_login_is_for_the_operator_to_put_right(post: Post) -> None:
    async with serve_smtp(users=True) as server:
        outcome = await post.send(server, username=USER, password=SecretStr("un-altra"))
    assert (outcome.result, outcome.rest) == (Result.RETRY, SETTINGS_REST)
    assert outcome.reason == "the mail server refuses the login of SMTP_URL: 535 5.7.8"


async def test_a_password_is_not_sent_in_the_clear_beyond_this_machine(post: Post) -> None:
    async with serve_smtp(users=True) as server:
        outcome = await post.send(
            server,
            host="0.0.0.0",  # noqa: S104 - another name for this machine, which the mailer does not know
            username=USER,
            password=SecretStr(PASSWORD),
        )
    assert outcome.result is Result.RETRY
    assert outcome.reason is not None
    assert "offers no encryption" in outcome.reason
    assert server.mails == []


async def test_neither_addresses_nor_passwords_reach_the_log(post: Post) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level
    log = io.StringIO()
    configure_logging("json", stream=log)
    async with serve_smtp(users=True) as server:
        server.to_rcpt.extend([f"550 5.1.1 <{TO}>: unknown", f"450 4.2.0 <{TO}>: later"])
        login: dict[str, Any] = {"username": USER, "password": SecretStr(PASSWORD)}
        outcomes = [await post.send(server, **login) for _ in range(3)]
        outcomes.append(await post.send(server, username=USER, password=SecretStr("sbagliata")))
        outcomes.append(await post.send(server, post.row(to="non un indirizzo"), **login))
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    said = log.getvalue() + repr(outcomes)
    assert [outcome.result.name for outcome in outcomes] == [
        "UNREACHABLE",
        "RETRY",
        "SENT",
        "RETRY",
        "FAILED",
    ]
    for secret in (TO, "maria", PASSWORD, "sbagliata", "non un indirizzo"):
        assert secret not in said


async def test_a_line_that_is_a_single_dot_does_not_end_the_mail(server: MailServer) -> None:
    settings = SmtpServer("127.0.0.1", server.port, tls=False, username=None, password=None)
    connection = Connection(settings)
    await connection.open()
    content = b"Subject: punti\r\n\r\n.\r\n..\r\n.fine\r\n"
    await connection.hand_over(Envelope("a@example.com", TO, content))
    await connection.quit()
    assert server.mails[0].content == content


async def test_an_answer_in_no_known_form_is_tried_again(post: Post) -> None:
    async def nonsense(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n")
        await writer.drain()
        writer.close()

    web = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    async with post.mailer(web.sockets[0].getsockname()[1]) as mailer:
        outcome = await mailer.send(post.row())
    web.close()
    assert (outcome.result, outcome.rest) == (Result.RETRY, AWAY_REST)
