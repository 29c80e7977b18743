"""A message names five mailboxes; *Vedi tutte le caselle* shows the whole list below it, page by page."""

from datetime import date

import pytest
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.chat import labels_of
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import ALL, reminders
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

LANGUAGES = ["it", *long("en")]
PREVIOUS = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
NEXT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("many", "pages"), [(13, 2), *long((48, 5))])
async def test_of_many_the_first_five_are_named_and_a_button_shows_all(
    talk: Talk, seed: Seed, remind: Push, language: str, many: int, pages: int
) -> None:
    for number in range(1, many + 1):
        await seed.mailbox("rossi", address=f"cliente{number:02}@pec.example", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    await remind()
    reminder = reminders(chat)[0]
    assert reminder.text.count("@pec.example") == 5
    rest = many - 5
    assert {"it": f"e altre {rest} caselle", "en": f"and {rest} more mailboxes"}[language] in reminder.text
    assert ALL[language] in labels_of(reminder)
    assert len(labels_of(reminder)) == 5
    await chat.tap(ALL[language])
    assert chat.text.split("\n")[0].startswith(f"{many} ")
    seen: list[str] = []
    for page in range(1, pages + 1):
        assert f"{page}/{pages}" in chat.buttons
        seen += [word.strip(":") for word in chat.text.split() if "@pec.example" in word]
        await chat.tap(NEXT)
    assert seen == [f"cliente{number:02}@pec.example" for number in range(1, many + 1)]
    assert len(chat.texts) == len({*chat.texts}), "one list, whose pages are turned in its place"
    assert reminders(chat)[0].buttons == reminder.buttons


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("many", [12, *long(30)])
async def test_of_many_that_are_renewed_the_first_five_are_named_and_a_button_shows_all(
    talk: Talk, seed: Seed, services: Services, till: Till, push: Push, language: str, many: int
) -> None:
    boxes = [
        await seed.mailbox("rossi", address=f"cliente{number:02}@pec.example", plan="pro", expires_in=15)
        for number in range(1, many + 1)
    ]
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, boxes))
    await till.receive(till.paid(order))
    await push()
    assert chat.text.count("@pec.example") == 5
    rest = many - 5
    assert {"it": f"e altre {rest} caselle", "en": f"and {rest} more mailboxes"}[language] in chat.text
    await chat.tap(ALL[language])
    assert order.number in chat.text
    assert chat.text.count("@pec.example") == 10
    assert {"it": "08/12/2027", "en": "8 Dec 2027"}[language] in chat.text
    await chat.tap(PREVIOUS)
    assert f"cliente{many}@pec.example" in chat.text


async def test_the_whole_list_is_as_it_is_now_and_nobody_elses(
    talk: Talk, seed: Seed, database: Database, remind: Push
) -> None:
    for number in range(1, 8):
        await seed.mailbox("rossi", address=f"cliente{number}@pec.example", plan="pro", expires_in=15)
    chat = await talk("rossi")
    await remind()
    reminder = reminders(chat)[0]
    async with database.write() as session:
        await session.execute(
            update(MailboxRow).where(MailboxRow.id == 1).values(expires_on=date(2027, 12, 8))
        )
    await chat.tap(ALL["it"], on=reminder)
    assert "cliente1@" not in chat.text
    assert chat.text.count("@pec.example") == 6
    await seed.mailbox("verdi", expires_in=15)
    stranger = await talk("verdi")
    await stranger.press("listdue:1:20261208:20261208:")
    assert "Nessuna casella scade più" in stranger.text
