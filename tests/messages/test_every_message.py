"""Every message, in both languages: complete, short enough, and with nobody's markup but our own."""

import html
import re

import pytest

from bot.handlers.buttons import (
    MailAgain,
    OpenRenewal,
    PayOtherwise,
    SayPaid,
    ShowOrders,
    ShowQr,
    ShowSwitch,
    TakePaidBack,
)
from bot.messages import UnreadablePayload, render_chat, render_mail, with_phrase
from bot.messages.chat.buttons import (
    OPEN_RENEWAL,
    mail_again_data,
    not_paid_data,
    order_data,
    other_method_data,
    paid_data,
    qr_data,
    switch_data,
)
from bot.messages.render import CHAT_MESSAGES, MAIL_MESSAGES
from bot.messages.told import TOLD
from bot.texts import Texts, Translator
from bot.texts.markup import markup_error
from tests.messages.conftest import Read
from tests.messages.every import (
    LONGEST_PHRASE,
    NASTY_ADDRESS,
    ORDER_PAYLOADS,
    OTHER_PAYLOADS,
    REMINDER_PAYLOADS,
    in_short_and_whole,
    of_kind,
)
from tests.support.catalogue import example_catalogue
from tests.support.long_runs import some

PAYLOADS = ORDER_PAYLOADS | OTHER_PAYLOADS | REMINDER_PAYLOADS
PUSHED = {name: payload for name, payload in PAYLOADS.items() if TOLD[payload["message"]] in CHAT_MESSAGES}
MAILED = {name: payload for name, payload in PAYLOADS.items() if TOLD[payload["message"]] in MAIL_MESSAGES}

TELEGRAM_LIMIT = 4096
CLIPPED_ABOVE = 102_000
"""Bytes of HTML above which the commonest web mail hides the rest of a message."""

FOREIGN = re.compile(r"<(script|link|iframe|object|embed|form|input)|\son\w+=|@import|url\(")
"""What loads something from elsewhere, or runs."""


def words(text: str) -> set[str]:
    """The words of a text."""
    return set(re.findall(r"\w+", text))


def visible(document: str) -> str:
    """What a person sees of an HTML document, and what is read aloud for its pictures."""
    body = re.sub(r"<head>.*?</head>", "", document, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def test_the_samples_have_every_message() -> None:
    assert {TOLD[payload["message"]] for payload in PUSHED.values()} == set(CHAT_MESSAGES)
    assert {TOLD[payload["message"]] for payload in MAILED.values()} == set(MAIL_MESSAGES)


@pytest.mark.parametrize(("kind", "every"), in_short_and_whole(PUSHED))
async def test_a_strict_telegram_takes_every_message(
    kind: str, translator: Translator, read: Read, *, every: bool
) -> None:
    for name, payload in of_kind(kind, PUSHED, every=every).items():
        message = with_phrase(
            render_chat(payload, translator, example_catalogue()), translator, LONGEST_PHRASE
        )
        text = await read(message)
        assert 0 < len(text.encode("utf-16-le")) // 2 <= TELEGRAM_LIMIT, name
        assert markup_error(message.html) is None, name
        assert "  " not in text.replace("\n", " \n").replace(" \n", "\n"), name
        assert not re.search(r"\n{3}|\s[.,:;]", text), (name, text)
        for row in message.rows:
            for button in row:
                assert button.label, name
                assert [bool(button.data), bool(button.url), bool(button.copied)].count(True) == 1, name
                assert len(button.copied) <= 256, name
                assert len(button.data.encode()) <= 64, name


@pytest.mark.parametrize(("kind", "every"), in_short_and_whole(MAILED))
def test_every_mail_says_the_same_as_text_and_as_html_loads_nothing_from_elsewhere_and_runs_nothing(
    kind: str, translator: Translator, *, every: bool
) -> None:
    for name, payload in of_kind(kind, MAILED, every=every).items():
        message = render_mail(payload, translator, example_catalogue())
        assert "\n" not in message.subject, name
        assert len(message.subject) <= 78, name
        assert len(message.html.encode()) < CLIPPED_ABOVE, name
        # The letterhead is in capitals in plain text, which also spells out what the links of the HTML lead to.
        only_plain = words("POSTA ESEMPIO") | words(" ".join(re.findall(r"https?://\S+", message.text)))
        assert words(message.text) - only_plain <= words(visible(message.html)), name
        assert not re.search(r"\n{4}| [.,;]", message.text), name
        assert not FOREIGN.search(message.html), name
        sources = re.findall(r'src="([^"]*)"', message.html)
        assert sources == [f"cid:{picture.cid}" for picture in message.pictures], name
        for picture in message.pictures:
            assert picture.png.startswith(b"\x89PNG"), name


@pytest.mark.parametrize("name", some([name for name in PAYLOADS if name.endswith("nasty")], 6))
def test_what_a_person_wrote_is_never_markup(name: str, translator: Translator) -> None:
    payload = PAYLOADS[name]
    if TOLD[payload["message"]] in CHAT_MESSAGES:
        assert NASTY_ADDRESS not in render_chat(payload, translator, example_catalogue()).html
    message = render_mail(payload, translator, example_catalogue())
    assert NASTY_ADDRESS not in message.html
    assert "<b>&quot;" not in message.html
    assert NASTY_ADDRESS in message.text


def test_an_unknown_message_is_named(texts: Texts) -> None:
    for payload in ({"message": "no-such-message"}, {"message": None}, {}):
        with pytest.raises(UnreadablePayload):
            render_chat(payload, texts.translator("it"), example_catalogue())
        with pytest.raises(UnreadablePayload):
            render_mail(payload, texts.translator("it"), example_catalogue())


def test_the_buttons_are_those_that_the_handlers_know() -> None:
    assert order_data("R7K2M-4") == ShowOrders(number="R7K2M-4").pack()
    assert qr_data("R7K2M-4") == ShowQr(number="R7K2M-4").pack()
    assert other_method_data("R7K2M-4") == PayOtherwise(number="R7K2M-4").pack()
    assert paid_data("R7K2M-4") == SayPaid(number="R7K2M-4").pack()
    assert not_paid_data("R7K2M-4") == TakePaidBack(number="R7K2M-4").pack()
    assert mail_again_data("R7K2M-4") == MailAgain(number="R7K2M-4").pack()
    assert OpenRenewal().pack() == OPEN_RENEWAL
    assert switch_data(7) == ShowSwitch(mailbox=7).pack()
