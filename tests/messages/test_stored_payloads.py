"""Rows of the outbox outlive a release: what the first one wrote is read, what a newer one wrote is left to it.

`stored_payloads.json` has one payload of each message and channel as the first release stored it, without ``v``, with
some words that it has to say.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.reminders import Subject
from bot.messages import ChatMessage, MailMessage, UnreadablePayload, read_told, render_chat, render_mail
from bot.messages.render import CHAT_MESSAGES, MAIL_MESSAGES
from bot.messages.told import REMINDING, TOLD
from bot.messages.versions import STORED
from bot.services.reminders.letters import Letter
from bot.texts import Translator
from tests.messages.every import (
    ORDER_PAYLOADS,
    OTHER_PAYLOADS,
    REMINDER_PAYLOADS,
    in_short_and_whole,
    of_kind,
)
from tests.support.catalogue import example_catalogue

OLD: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("stored_payloads.json").read_text(encoding="utf-8")
)
NEWER = frozenset(
    {
        "confirmation-over",
        "customer-forgotten",
        "invoice-issued",
        "leaving-code",
        "mail-silenced",
        "automatic-renewal-switched",
        "operator-automatic-renewal",
        "operator-cases",
        "operator-statement",
        "operator-statement-refused",
        "order-method-changed",
        "order-withdrawn",
        "order-undecided",
        "order-vat-decided",
        "payment-card-over",
        "payment-not-arrived",
        "payment-promised",
        "reference-email-changed",
        "reference-email-code",
        "reference-email-restored",
        "renewal-decided",
        "signed-heads",
        "space-filling",
    }
)
"""Messages that the first release did not know."""
PAYLOADS = ORDER_PAYLOADS | OTHER_PAYLOADS | REMINDER_PAYLOADS


def name_of(row: dict[str, Any]) -> str:
    """What a row is, in the name of its test."""
    return f"{row['payload']['message']} {row['channel']}"


def said(channel: str, payload: dict[str, Any], translator: Translator) -> ChatMessage | MailMessage:
    """The message as it is sent."""
    render = render_chat if channel == "telegram" else render_mail
    return render(payload, translator, example_catalogue())


def test_there_is_a_stored_payload_of_every_message_and_channel() -> None:
    reminders = set(REMINDING.values())  # of them a plan is stored, see below
    expected = {(kind.NAME, "telegram") for kind in set(CHAT_MESSAGES) - reminders}
    expected |= {(kind.NAME, "mail") for kind in set(MAIL_MESSAGES) - reminders}
    stored = {(row["payload"]["message"], row["channel"]) for row in OLD}
    assert stored == {(name, channel) for name, channel in expected if name not in NEWER}
    assert not any("v" in row["payload"] for row in OLD)


@pytest.mark.parametrize("row", OLD, ids=name_of)
def test_a_payload_of_the_first_release_says_the_same_as_one_of_today(
    row: dict[str, Any], translator: Translator
) -> None:
    today = read_told(row["payload"]).to_json()
    assert today["v"] == STORED
    assert said(row["channel"], row["payload"], translator) == said(row["channel"], today, translator)


@pytest.mark.parametrize("row", OLD, ids=name_of)
def test_a_payload_of_the_first_release_says_what_it_was_written_for(
    row: dict[str, Any], texts_it: Translator
) -> None:
    message = said(row["channel"], row["payload"], texts_it)
    text = message.html if isinstance(message, ChatMessage) else f"{message.subject}\n{message.text}"
    for words in row["says"]:
        assert words in text


@pytest.mark.parametrize("row", OLD, ids=name_of)
def test_no_fact_of_the_first_release_is_lost(row: dict[str, Any]) -> None:
    today = read_told(row["payload"]).to_json()
    assert {name: today.get(name) for name in row["payload"]} == row["payload"]


@pytest.mark.parametrize(("kind", "every"), in_short_and_whole(PAYLOADS))
def test_what_is_written_is_read_as_it_was(kind: str, *, every: bool) -> None:
    for name, payload in of_kind(kind, PAYLOADS, every=every).items():
        told = read_told(payload)
        stored = told.to_json()
        assert read_told(json.loads(json.dumps(stored, allow_nan=False))) == told, name
        assert stored["message"] == payload["message"], name


def test_every_message_is_among_the_samples() -> None:
    assert {payload["message"] for payload in PAYLOADS.values()} == set(TOLD)


@pytest.mark.parametrize("version", [STORED + 1, 99, "1", None, -1, True])
@pytest.mark.parametrize("row", OLD[:1] + OLD[-1:], ids=name_of)
def test_what_a_newer_release_wrote_is_not_guessed_at(row: dict[str, Any], version: object) -> None:
    with pytest.raises(UnreadablePayload, match=f"up to {STORED}"):
        read_told(row["payload"] | {"v": version})


def test_what_cannot_be_read_is_said_without_its_content() -> None:
    payload = {**OLD[0]["payload"], "v": STORED}
    for wrong, says in (
        ({"message": "no-such-message"}, "there is no message 'no-such-message'"),
        ({"message": None}, "there is no message None"),
        ({"message": "order-placed"}, "order-placed cannot be read: 'lines' is missing"),
        ({"message": "chat-joined", "at": "Maria"}, "chat-joined cannot be read: a ValueError in its facts"),
    ):
        with pytest.raises(UnreadablePayload) as refused:
            read_told(payload | wrong)
        assert str(refused.value) == says


def test_a_plan_of_reminders_of_the_first_release_is_read() -> None:
    stored: dict[str, Any] = {
        "message": "reminder",
        "customer": 12,
        "subject": "renew",
        "plan": "20261123-0a1b2c3d",
        "order": None,
        "entries": [[7, "2026-12-23", 30], [8, "2026-12-24", None]],
        "token": "Tk-9",
    }
    letter = Letter.read(stored, 5)
    assert (letter.customer_id, letter.subject, letter.chat_id, letter.token) == (
        12,
        Subject.RENEW,
        5,
        "Tk-9",
    )
    assert letter.payload() == stored | {"v": STORED}
    assert Letter.read(letter.payload(), 5) == letter
    with pytest.raises(UnreadablePayload):
        Letter.read(stored | {"v": STORED + 1}, 5)
