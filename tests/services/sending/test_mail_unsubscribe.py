"""The headers by which mail programs offer fewer e-mails (RFC 2369, RFC 8058), and those that have none."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from bot.messages import MailMessage, Unsubscribe, render_mail
from bot.messages.told import REMINDING
from bot.services.sending.mail.composing import Letterhead, compose
from bot.texts import Texts
from tests.messages.every import ORDER_PAYLOADS, REMINDER_PAYLOADS
from tests.messages.payloads import CODE, PAGE
from tests.support.catalogue import example_catalogue

LONGEST_LINE = 998
"""Bytes, by RFC 5322."""


def composed(message: MailMessage, *, answers_to: str = "assistenza@posta.example") -> bytes:
    """The mail as it travels."""
    return compose(
        message,
        Letterhead("rinnovi@example.com", "Posta Esempio", answers_to),
        to="maria.esempio@example.com",
        language="it",
        key="remind:1",
        now=datetime(2026, 11, 23, 10, tzinfo=UTC),
    ).content


def headers(unsubscribe: Unsubscribe | None, *, answers_to: str = "assistenza@posta.example") -> EmailMessage:
    """The headers of a mail, as a mail program reads them."""
    message = MailMessage("Oggetto", "Testo", "<p>Testo</p>", unsubscribe=unsubscribe)
    return message_from_bytes(composed(message, answers_to=answers_to), policy=default)


def addresses(mail: EmailMessage) -> list[str]:
    """What the header offers, in its order."""
    return [each.strip() for each in "".join(str(mail["List-Unsubscribe"]).split()).split(",")]


def test_a_page_and_an_address_to_write_to() -> None:
    mail = headers(Unsubscribe(CODE, PAGE))
    write = f"<mailto:assistenza@posta.example?subject=unsubscribe%20{CODE}>"
    assert addresses(mail) == [f"<{PAGE}>", write]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] is None
    assert mail["Precedence"] is None
    assert not mail.defects


def test_one_click_is_for_https_alone() -> None:
    mail = headers(Unsubscribe(CODE, f"http://127.0.0.1:8080/reminders/{CODE}"))
    assert len(addresses(mail)) == 2
    assert mail["List-Unsubscribe-Post"] is None


def test_without_a_page_one_writes() -> None:
    mail = headers(Unsubscribe(CODE, None), answers_to="aiuto+pec@città.example")
    assert addresses(mail) == [f"<mailto:aiuto%2Bpec@xn--citt-3na.example?subject=unsubscribe%20{CODE}>"]
    assert mail["List-Unsubscribe-Post"] is None


def test_a_long_address_stays_whole() -> None:
    page = f"https://{'sotto-dominio.' * 15}example/{'cartella/' * 20}reminders/{CODE}"
    message = MailMessage("Oggetto", "Testo", "<p>Testo</p>", unsubscribe=Unsubscribe(CODE, page))
    content = composed(message)
    assert f"List-Unsubscribe: <{page}>,\r\n <mailto:".encode() in content
    assert max(map(len, content.splitlines())) < LONGEST_LINE
    assert addresses(message_from_bytes(content, policy=default))[0] == f"<{page}>"


@pytest.mark.parametrize(
    "name", ["order-placed transfer", "renewal-completed transfer", "order-expired card"]
)
def test_nobody_can_do_without_the_mails_about_an_order(name: str) -> None:
    message = render_mail(ORDER_PAYLOADS[name], Texts.load().translator("it"), example_catalogue())
    assert message.unsubscribe is None
    assert b"List-Unsubscribe" not in composed(message)


def test_every_reminder_can_be_unsubscribed() -> None:
    translator = Texts.load().translator("en")
    kinds = {payload["message"]: payload for payload in REMINDER_PAYLOADS.values()}
    assert set(kinds) == {kind.NAME for kind in REMINDING.values()}
    for payload in kinds.values():
        message = render_mail(payload, translator, example_catalogue())
        assert message.unsubscribe == Unsubscribe(CODE, payload["unsubscribe_url"])
        assert b"List-Unsubscribe: <" in composed(message)
