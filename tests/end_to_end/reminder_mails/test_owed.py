"""The notice of an automatic renewal on its way to a chat, a mail server, and the office (DOMAIN.md 6)."""

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import CaseRow, OwedNoticeRow
from bot.domain.reminders import MuteLevel
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from tests.end_to_end.reminder_mails.reading import DAY, next_day, speaks
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
SAID = {
    "it": ["Addebito: mercoledì 16 dicembre 2026", "36,48 €", "prima del 16/12/2026"],
    "en": ["Charge: Wednesday 16 December 2026", "€36.48", "before 16 Dec 2026"],
}
STOP = {"it": "Disattiva rinnovo automatico", "en": "Switch off automatic renewal"}


async def record(database: Database) -> list[OwedNoticeRow]:
    async with database.read() as session:
        return list((await session.scalars(select(OwedNoticeRow).order_by(OwedNoticeRow.id))).all())


async def cases(database: Database) -> list[CaseRow]:
    async with database.read() as session:
        return list((await session.scalars(select(CaseRow).order_by(CaseRow.id))).all())


@pytest.mark.soak
@BOTH
async def test_silenced_by_every_means_it_comes_in_the_chat_and_by_email_and_its_words_are_kept(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=30)
    chat = await talk("rossi", language=language)
    code = await speaks(database, language)
    await services.wishes.mute(Actor(chat.id, language), box, MuteLevel.ALL)
    await services.mail_wishes.choose(code, MuteLevel.ALL)
    confirmation, letter = sorted(await office.tick(), key=lambda each: each.header("Date") or "")
    letter = next(each for each in (confirmation, letter) if SAID[language][1] in each.text)
    assert letter.header("List-Unsubscribe") is None, "there is nothing to unsubscribe from"
    for words in SAID[language]:
        assert words in letter.text
        assert words in chat.text.replace("\N{NO-BREAK SPACE}", " ")
    assert chat.has(STOP[language]), chat.buttons
    in_chat, by_mail = sorted(await record(database), key=lambda row: row.channel, reverse=True)
    assert (in_chat.outcome, in_chat.chat_id, in_chat.late) == ("sent", chat.id, False)
    assert (by_mail.outcome, by_mail.address) == ("sent", "rossi@example.com")
    for row in (in_chat, by_mail):
        assert row.settled_at is not None
        assert row.words is not None
        assert "16" in row.words
    assert by_mail.words is not None
    assert by_mail.words.startswith(letter.taken.message["Subject"])
    assert await cases(database) == []


async def test_a_chat_that_is_gone_and_an_address_that_does_not_exist_make_a_case_the_same_day(
    office: PostOffice, seed: Seed, talk: Talk, world: World, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=35)
    chat = await talk("rossi")
    world.block(chat.id)
    office.server.to_rcpt.append("550 5.1.1 nobody of this name")
    assert await office.tick() == []
    (case,) = await cases(database)
    first = (await record(database))[0]
    assert (case.kind, case.subject, case.outcome) == ("notice", "rossi", None)
    assert case.due_on == first.due_by
    assert {way["state"] for way in case.facts["tried"]} == {"unreachable"}
    assert await next_day(office, clock) == [], "it is for the office now"
    world.unblock(chat.id)
    await chat.send("/start")
    clock.advance(DAY)
    await office.tick()
    assert any("Addebito" in text for text in chat.texts), "whoever comes back is told"
    (closed,) = await cases(database)
    assert closed.outcome == "resolved"


async def test_one_way_that_arrives_is_enough(
    office: PostOffice, seed: Seed, talk: Talk, world: World, database: Database
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=35)
    chat = await talk("rossi")
    world.block(chat.id)
    (letter,) = await office.tick()
    assert "Addebito" in letter.text
    assert await cases(database) == []
    assert {row.outcome for row in await record(database)} == {"sent", "unreachable"}


async def test_what_was_switched_off_before_it_left_is_not_announced_and_is_again_when_switched_on(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, database: Database, clock: FrozenClock
) -> None:
    first = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=34)
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=35)
    chat = await talk("rossi")
    await services.reminders.run()
    await services.auto_renewal.set_auto_renewal(Actor(chat.id, "it"), first, on=False)
    letters = [each for each in await office.tick() if "Addebito" in each.text]
    assert ["rossi1@" in each.text for each in letters] == [False]
    assert sorted((row.mailbox_id, row.outcome) for row in await record(database)) == [
        (first, "obsolete"),
        (first, "obsolete"),
        (first + 1, "sent"),
        (first + 1, "sent"),
    ]
    await services.auto_renewal.set_auto_renewal(Actor(chat.id, "it"), first, on=True)
    clock.advance(DAY)
    # The switch itself is confirmed by a mail of its own, which names the day of the charge too.
    letters = [each for each in await office.tick() if "Rinnovo automatico: addebito" in each.subject]
    assert ["rossi1@" in each.text for each in letters] == [True]


@pytest.mark.soak
@BOTH
async def test_from_the_email_it_can_be_stopped_until_the_day_before_the_charge(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, clock: FrozenClock, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=35)
    await speaks(database, language)
    (letter,) = await office.tick()
    assert {"it": "vale una volta sola, per 28 giorni", "en": "it works once, for 28 days"}[
        language
    ] in letter.text
    clock.advance(27 * DAY)
    chat = await talk(language=language)
    await chat.follow(letter.token)
    assert chat.has(STOP[language]), chat.buttons
