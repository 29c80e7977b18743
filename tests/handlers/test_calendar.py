"""`/calendar`: the file as a calendar reads it, from the chat that asked for it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.deadlines import deadline
from bot.messages.calendar_file import Issue, calendar_file
from bot.texts import Texts
from tests.support.builders import a_mailbox
from tests.support.catalogue import example_catalogue
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.shapes import LONG_ADDRESS

COMMANDS = {"it": "/calendario", "en": "/calendar"}
ODD = ["a+b;c,d@pec.example", "o'brien&figli@pec.example", "perch\u00e9\\no@pec.example", LONG_ADDRESS]


async def raw_file(chat: Chat, language: str = "it") -> bytes:
    """The file that the chat gets."""
    await chat.send(COMMANDS[language])
    document = chat.newest.content.document
    assert document is not None, chat.text
    return document.data


async def events(chat: Chat, language: str = "it") -> list[Any]:
    """The events of the file, parsed."""
    parsed = Calendar.from_ical(await raw_file(chat, language))
    return list(parsed.walk("VEVENT"))


@dataclass(frozen=True)
class Words:
    """What the file says in one language."""

    language: str
    name: str
    caption: str
    summary: str
    description: str
    alarm: str


WORDS = [
    Words(
        "it",
        "scadenze-pec.ics",
        "C'è la data di una casella",
        "Scadenza PEC: esempio1@pec.example",
        "La casella esempio1@pec.example (piano Pro) scade in questo giorno. Dopo riceve ancora ma non può più "
        "inviare, e senza rinnovo viene cancellata dopo il 03/05/2027.\n"
        "Per rinnovare: https://t.me/rinnovo_bot\nSituazione al 23/11/2026.",
        "Tra 30 giorni scade la casella PEC esempio1@pec.example",
    ),
    Words(
        "en",
        "pec-expiry-dates.ics",
        "The date of one mailbox",
        "PEC expiry date: esempio1@pec.example",
        "The mailbox esempio1@pec.example (Pro plan) expires on this day. After that it still receives but can no "
        "longer send, and without a renewal it is deleted after 3 May 2027.\n"
        "To renew: https://t.me/rinnovo_bot\nAs of 23 Nov 2026.",
        "The PEC mailbox esempio1@pec.example expires in 30 days",
    ),
]


@pytest.mark.parametrize("words", some(WORDS, 1), ids=lambda words: words.language)
async def test_a_mailbox_is_an_all_day_event_with_alarms(
    words: Words, talk: Talk, seed: Seed, clock: FrozenClock
) -> None:
    await seed.mailbox("esempio", plan="pro", expires_in=71)
    chat = await talk("esempio", language=words.language)
    (event,) = await events(chat, words.language)
    document = chat.newest.content.document
    assert document is not None
    assert document.name == words.name
    assert words.caption in chat.text
    assert event["SUMMARY"] == words.summary
    assert event["DESCRIPTION"] == words.description
    assert event["DTSTART"].dt == date(2027, 2, 2)
    assert event["DTEND"].dt == date(2027, 2, 3)
    assert event["DTSTAMP"].dt == clock.now() == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["URL"] == "https://t.me/rinnovo_bot"
    alarms = list(event.walk("VALARM"))
    assert {each["ACTION"] for each in alarms} == {"DISPLAY"}
    nine = datetime(2027, 2, 2, 9, tzinfo=ZoneInfo("Europe/Rome"))
    assert [each["TRIGGER"].dt for each in alarms] == [nine - timedelta(days=days) for days in (30, 7, 1)]
    # An instant: calendars that count a span from an all-day event may ring a day late.
    assert [each["TRIGGER"].params["VALUE"] for each in alarms] == ["DATE-TIME"] * 3
    assert alarms[0]["DESCRIPTION"] == words.alarm


async def test_only_alarms_that_are_still_to_come(talk: Talk, seed: Seed) -> None:
    for days in (0, 1, 2, 7, 8, 30, 31):
        await seed.mailbox("esempio", expires_in=days)
    found = await events(await talk("esempio"))
    assert [len(event.walk("VALARM")) for event in found] == [0, 0, 1, 1, 2, 2, 3]


async def test_expired_deleted_and_automatic_ones(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("esempio", address="scaduta@pec.example", expires_in=-20)
    await seed.mailbox("esempio", address="eliminata@pec.example", expires_in=-91)
    await seed.mailbox("esempio", address="automatica@pec.example", expires_in=40, auto_renew=True)
    await seed.mailbox("esempio", address="dominio@pec.example", plan="domain", expires_in=50)
    automatic, own, expired = await events(await talk("esempio"))
    assert expired["SUMMARY"] == "Ultimo giorno per rinnovare scaduta@pec.example"
    assert expired["DTSTART"].dt == seed.today + timedelta(days=70)
    assert "è scaduta il 03/11/2026" in expired["DESCRIPTION"]
    assert len(expired.walk("VALARM")) == 3
    assert automatic["SUMMARY"] == "Scadenza PEC con rinnovo automatico: automatica@pec.example"
    assert "il rinnovo automatico è attivo, con addebito il 26/12/2026" in automatic["DESCRIPTION"]
    assert automatic.walk("VALARM") == []
    assert "Si rinnova insieme al suo dominio." in own["DESCRIPTION"]


@pytest.mark.parametrize("many", [2, *long(95)])
async def test_ninety_nine_mailboxes_in_the_form_that_calendars_ask_for(
    talk: Talk, seed: Seed, many: int
) -> None:
    for number in range(many):
        await seed.mailbox("esempio", address=f"casella{number}@pec.example", expires_in=number + 40)
    for number, address in enumerate(ODD):
        await seed.mailbox("esempio", address=address, expires_in=300 + number)
    for language in ("it", "en"):
        chat = await talk("esempio", language=language)
        raw = await raw_file(chat, language)
        assert str(many + len(ODD)) in chat.text
        lines = raw.split(b"\r\n")
        assert lines.pop() == b""
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75
        found = Calendar.from_ical(raw).walk("VEVENT")
        assert [str(event["SUMMARY"]).rpartition(": ")[2] for event in found[-4:]] == ODD
        assert len({event["UID"] for event in found}) == len(found) == many + len(ODD)
        assert not any(re.search("casella|@|pec", str(event["UID"])) for event in found)


async def test_after_a_renewal_the_same_event_has_moved(
    talk: Talk, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    mailbox = await seed.mailbox("esempio", expires_in=10)
    chat = await talk("esempio")
    before = await events(chat)
    clock.advance(timedelta(days=11))
    expired = await events(chat)
    async with database.write() as session:
        await session.execute(
            update(MailboxRow)
            .where(MailboxRow.id == mailbox)
            .values(expires_on=seed.today + timedelta(days=364))
        )
    renewed = await events(chat)
    assert before[0]["UID"] == expired[0]["UID"] == renewed[0]["UID"]
    assert before[0]["SEQUENCE"] < expired[0]["SEQUENCE"] < renewed[0]["SEQUENCE"]


def test_another_bot_has_other_events(texts: Texts) -> None:
    catalogue, today = example_catalogue(), date(2026, 11, 23)
    found = deadline(a_mailbox(1), catalogue, today)
    assert found is not None
    uids = set()
    for bot_id in (1, 2):
        issue = Issue(bot_id, "https://t.me/x_bot", datetime(2026, 11, 23, 10, tzinfo=UTC), today, UTC)
        raw = calendar_file([found], texts.translator("it"), catalogue, issue)
        uids |= {str(event["UID"]) for event in Calendar.from_ical(raw).walk("VEVENT")}
    assert len(uids) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    some([("it", "nessuna scadenza da mettere in calendario"), ("en", "no expiry date to put")], 1),
)
async def test_nothing_to_export_is_said(talk: Talk, seed: Seed, language: str, words: str) -> None:
    stranger = await talk(language=language)
    await stranger.send(COMMANDS[language])
    assert words in stranger.text
    await seed.mailbox("esempio", expires_in=-200)
    chat = await talk("esempio", language=language)
    await chat.send(COMMANDS[language])
    assert words in chat.text
