"""The switch of automatic renewal: in `/mailboxes` and the settings, confirmed in chat and e-mail (DOMAIN.md 3.6)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import Told
from bot.db.engine import Database
from bot.db.tables import DraftRow, HeldRow, MailboxRow, OutboxRow, SwitchingRow
from bot.handlers.buttons import SwitchStep, UseSwitch
from bot.services.actor import Actor
from bot.services.services import Services
from tests.end_to_end.reminder_mails.reading import speaks
from tests.support.chat import labels_of
from tests.support.long_runs import long
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed

SWITCH = {"it": "Rinnovo automatico", "en": "Automatic renewal"}
ON = {"it": "Attiva · 36,48\N{NO-BREAK SPACE}€ il 04/06/2027", "en": "Turn on · €36.48 4 Jun 2027"}
OFF = {"it": "Disattiva rinnovo automatico", "en": "Switch off automatic renewal"}
SHOWN = {
    "it": [
        "Attivo: addebito il 04/06/2027, 36,48 €, IVA inclusa, per 1 anno",
        "La scadenza resta l'11/06/2027",
    ],
    "en": ["On: charge on 4 Jun 2027, €36.48, VAT included, for 1 year", "The expiry date stays 11 Jun 2027"],
}
SINCE = {"it": "alle 11:00 (CET) da questa chat", "en": "at 11:00 (CET) from this chat"}
TITLES = {
    "it": ["Rinnovo automatico disattivato", "Rinnovo automatico attivato"],
    "en": ["Automatic renewal switched off", "Automatic renewal switched on"],
}


@pytest.fixture
def who_is_told() -> Told:
    """E-mail and an operator's chat are set up, and no events."""
    return Told(operator_chat_id=99, mail=True, web="https://rinnovo.example.com")


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_only_mailbox_is_switched_off_and_on_again_and_nothing_is_started(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    chat, other = await talk("rossi", language=language), await talk("rossi", language=language)
    await speaks(database, language)
    await office.tick()
    await chat.send("/mailboxes")
    await chat.tap(SWITCH[language])
    for words in SHOWN[language]:
        assert words in chat.text.replace("\N{NO-BREAK SPACE}", " "), (
            "what is charged, when, and what follows"
        )
    for label, title in zip((OFF, ON), TITLES[language], strict=True):
        await chat.tap(label[language])
        assert not chat.has(label[language]), "the window shows how it is now"
        assert SINCE[language] in chat.screen_text
        (letter,) = await office.tick()
        assert letter.subject == title
        assert "rossi1@pec.example" in letter.text
        assert "11:00 (CET)" in letter.text
        assert any(title in text and "11:00 (CET)" in text for text in other.texts)
    async with database.read() as session:
        assert (await session.get_one(MailboxRow, box)).auto_renew
        assert (await session.execute(select(DraftRow))).first() is None
        held = (await session.scalars(select(HeldRow).order_by(HeldRow.id))).all()
        kept = (await session.scalars(select(SwitchingRow).order_by(SwitchingRow.id))).all()
        alerts = (await session.scalars(select(OutboxRow.key).where(OutboxRow.chat_id == 99))).all()
    assert [row.origin for row in held] == [f"chat {chat.id}"] * 2
    assert [(row.to, row.chat_id, row.language, row.origin) for row in kept] == [
        (to, chat.id, language, f"chat {chat.id}") for to in ("off", "on")
    ]
    assert [(row.years, row.due) for row in kept] == [(None, None), (1, 3648)]
    assert len([key for key in alerts if key.startswith("automatic-")]) == 2


@pytest.mark.soak
async def test_it_is_switched_during_another_renewal(
    office: PostOffice, seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=40)
    automatic = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    chat = await talk("rossi")
    await chat.send("/rinnova")
    before = await services.renewals.unfinished(Actor(chat.id, "it"))
    await chat.send("/mailboxes")
    await chat.tap("Rinnovo automatico")
    await chat.tap("rossi2")
    await chat.tap("Disattiva rinnovo automatico")
    async with database.read() as session:
        assert not (await session.get_one(MailboxRow, automatic)).auto_renew
    after = await services.renewals.unfinished(Actor(chat.id, "it"))
    assert (before is None) == (after is None)
    await office.tick()


@pytest.mark.soak
async def test_another_chat_that_was_quicker_is_said_and_nothing_is_done_twice(
    office: PostOffice, seed: Seed, talk: Talk, database: Database
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    first, second = await talk("rossi"), await talk("rossi")
    await office.tick()
    for chat in (first, second):
        await chat.send("/caselle")
        await chat.tap("Rinnovo automatico")
    await first.tap("Disattiva rinnovo automatico")
    await second.tap("Disattiva rinnovo automatico")
    assert "Disattivato il 23/11/2026 alle 11:00 (CET) da un'altra chat." in second.text
    async with database.read() as session:
        assert [row.chat_id for row in await session.scalars(select(SwitchingRow))] == [first.id]
    assert len(await office.tick()) == 1


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_it_is_switched_on_only_where_whoever_charges_knows_how(
    seed: Seed, talk: Talk, database: Database, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=200)
    chat = await talk("rossi", language=language)
    await chat.send("/mailboxes")
    await chat.tap(SWITCH[language])
    assert {"it": "Si può attivare rinnovando con /rinnova", "en": "It can be switched on by renewing"}[
        language
    ] in chat.text
    assert labels_of(chat.newest) == [{"it": "← Indietro", "en": "← Back"}[language]]
    forged = UseSwitch(step=SwitchStep.ON, mailbox=box, terms="20270604-1-e40")
    await chat.press(forged.pack(), on=chat.newest)
    async with database.read() as session:
        assert not (await session.get_one(MailboxRow, box)).auto_renew


async def test_terms_that_are_others_by_now_are_shown_and_not_agreed_to(
    seed: Seed, talk: Talk, database: Database
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    chat = await talk("rossi")
    await chat.send("/impostazioni")
    await chat.tap("Caselle")
    await chat.tap("rossi1")
    await chat.tap("Rinnovo automatico")
    await chat.tap("Disattiva rinnovo automatico")
    assert chat.has("Attiva · 36,48")
    async with database.write() as session:
        (await session.get_one(MailboxRow, box)).expires_on += timedelta(days=1)
    await chat.tap("Attiva · 36,48")
    assert chat.toast is not None
    assert chat.toast.startswith("Intanto qualcosa è cambiato")
    async with database.read() as session:
        assert not (await session.get_one(MailboxRow, box)).auto_renew
    await chat.tap("05/06/2027")
    async with database.read() as session:
        assert (await session.get_one(MailboxRow, box)).auto_renew


@pytest.mark.soak
async def test_the_list_of_many_leads_to_each_and_back(seed: Seed, talk: Talk) -> None:
    for number in range(10):
        await seed.mailbox("rossi", plan="pro", auto_renew=number == 9, expires_in=20 + number)
    chat = await talk("rossi")
    await chat.send("/caselle")
    await chat.tap("Rinnovo automatico")
    assert len([label for label in chat.buttons if "non attivo" in label]) == 8
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    await chat.tap("rossi10")
    await chat.tap("Disattiva rinnovo automatico")
    await chat.tap("Indietro")
    assert chat.button("rossi10").endswith("· non attivo")
