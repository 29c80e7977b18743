"""Who gets reminders by e-mail, and how many: the operator's rule, chats that want them too, and who unsubscribes."""

import re

import pytest

from bot.db.engine import Database
from bot.domain.catalogue import RemindByMail
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.end_to_end.reminder_mails.reading import DAY, reminders_in, speaks
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.post_office import WEB, PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BOTH = pytest.mark.parametrize("language", ["en", *long("it")])


@pytest.mark.soak
async def test_the_operator_may_want_emails_always(
    office: PostOffice, seed: Seed, talk: Talk, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_rules(remind_by_mail=RemindByMail.ALWAYS)
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi")
    assert len(await office.tick()) == len(reminders_in(chat)) == 1
    assert await office.tick() == []


async def test_a_chat_may_want_emails_too_unless_they_were_unsubscribed(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=16)
    chat = await talk("rossi")
    await services.wishes.want_mail(Actor(chat.id, "it"), on=True)
    clock.advance(DAY)
    assert len(await office.tick()) == len(reminders_in(chat)) == 1
    await services.mail_wishes.stop(unsubscribe_code(database.keys, 1))
    clock.advance(8 * DAY)  # seven days before
    assert await office.tick() == []
    assert len(reminders_in(chat)) == 2, "the chat goes on"
    clock.advance(4 * DAY)  # three: one of the last
    assert len(await office.tick()) == 1
    assert len(reminders_in(chat)) == 3


async def test_who_unsubscribes_gets_the_last_however_often_it_is_pressed(
    office: PostOffice, seed: Seed, services: Services, clock: FrozenClock, database: Database
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    code = unsubscribe_code(database.keys, 1)
    assert len(await office.tick()) == 1
    assert (await services.mail_wishes.stop(code)).level is MuteLevel.MOST
    clock.advance(8 * DAY)
    assert await office.tick() == []
    clock.advance(4 * DAY)
    (letter,) = await office.tick()
    assert letter.subject == "La casella PEC scade tra 3 giorni"
    assert (await services.mail_wishes.stop(code)).level is MuteLevel.MOST
    clock.advance(3 * DAY)
    (letter,) = await office.tick()
    assert letter.subject == "La casella PEC scade oggi"


@BOTH
async def test_silence_by_email_is_confirmed_there_with_a_way_back_and_told_to_the_chats(
    office: PostOffice,
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    language: str,
) -> None:
    await seed.mailbox("rossi", expires_in=40)
    chats = [await talk("rossi", language=language) for _ in range(2)]
    code = await speaks(database, language)
    await office.tick()
    await services.mail_wishes.choose(code, MuteLevel.ALL)
    await services.mail_wishes.choose(code, MuteLevel.ALL)
    (letter,) = await office.tick()
    assert letter.taken.recipient == "rossi@example.com"
    assert {"it": "Nessun promemoria per email", "en": "No reminders by e-mail"}[language] in letter.subject
    assert letter.header("List-Unsubscribe") is None, "there is nothing left to unsubscribe from"
    for chat in chats:
        (told,) = [text for text in chat.texts if text.startswith("🔕")]
        assert "rossi1@pec.example" in told
        assert "http" not in told, "the way back lies in the e-mail alone"
    (undo,) = re.findall(rf"{WEB}/reminders/undo/(\S+)", letter.text)
    assert f"/reminders/undo/{undo}" in letter.html
    assert (await services.mail_wishes.undo(undo)).wish.level is None
    assert (await services.mail_wishes.read(code)).level is None


@pytest.mark.soak
async def test_a_link_of_an_old_confirmation_never_undoes_a_later_wish(
    office: PostOffice, seed: Seed, services: Services, database: Database
) -> None:
    await seed.mailbox("rossi", expires_in=40)
    code = unsubscribe_code(database.keys, 1)
    undo = []
    await office.tick()
    for level in (MuteLevel.ALL, None, MuteLevel.ALL):
        await services.mail_wishes.choose(code, level)
        undo += [re.findall(rf"{WEB}/reminders/undo/(\S+)", each.text) for each in await office.tick()]
    (first,), (second,) = undo
    assert first != second
    assert not (await services.mail_wishes.undo(first)).stands
    assert (await services.mail_wishes.read(code)).level is MuteLevel.ALL
    assert (await services.mail_wishes.undo(second)).wish.level is None


@pytest.mark.soak
async def test_silence_that_the_operator_keeps_is_confirmed_too(
    office: PostOffice, seed: Seed, services: Services
) -> None:
    await seed.mailbox("rossi", expires_in=200)
    await services.mail_wishes.choose_for("rossi", MuteLevel.MOST)
    assert await office.tick() == []
    await services.mail_wishes.choose_for("rossi", MuteLevel.ALL)
    (letter,) = await office.tick()
    assert "conferma" in letter.subject


@pytest.mark.soak
async def test_who_wants_emails_again_gets_what_is_due(
    office: PostOffice, seed: Seed, services: Services, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", expires_in=16)
    code = unsubscribe_code(database.keys, 1)
    await services.mail_wishes.choose(code, MuteLevel.ALL)
    await office.tick()  # which confirms it
    clock.advance(2 * DAY)
    assert await office.tick() == []
    await services.mail_wishes.choose(code, MuteLevel.MOST)
    assert await office.tick() == []
    await services.mail_wishes.choose(code, None)
    (letter,) = await office.tick()
    assert letter.subject == "La casella PEC scade tra 14 giorni"


async def test_what_is_unsubscribed_while_an_email_waits_is_not_sent(
    office: PostOffice, seed: Seed, services: Services, database: Database
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    await services.reminders.run()
    await services.mail_wishes.stop(unsubscribe_code(database.keys, 1))
    assert await office.tick() == []


@BOTH
async def test_without_an_address_on_the_web_one_writes_to_the_operator(
    office: PostOffice, seed: Seed, database: Database, services: Services, language: str
) -> None:
    office.web = None
    await seed.mailbox("rossi", expires_in=15)
    code = await speaks(database, language)
    (letter,) = await office.tick()
    wanted = f"<mailto:assistenza@posta.example?subject=unsubscribe%20{code}>"
    assert letter.header("List-Unsubscribe") == wanted
    assert letter.header("List-Unsubscribe-Post") is None
    assert code in letter.text
    assert code in letter.html
    wish = await services.mail_wishes.choose_for(f"unsubscribe {code}", MuteLevel.ALL)
    assert (wish.level, wish.language) == (MuteLevel.ALL, language)
