"""The switch of automatic renewal: in `/mailboxes` and the settings, confirmed in chat and e-mail (DOMAIN.md 3.6)."""

import pytest
from sqlalchemy import select

from bot.app import Told
from bot.db.engine import Database
from bot.db.tables import DraftRow, HeldRow, MailboxRow, OutboxRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.end_to_end.reminder_mails.reading import speaks
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed

SWITCH = {"it": "Rinnovo automatico", "en": "Automatic renewal"}
ON = {"it": "Attiva il rinnovo automatico", "en": "Switch on automatic renewal"}
OFF = {"it": "Disattiva il rinnovo automatico", "en": "Switch off automatic renewal"}
TITLES = {
    "it": ["Rinnovo automatico disattivato", "Rinnovo automatico attivato"],
    "en": ["Automatic renewal switched off", "Automatic renewal switched on"],
}


@pytest.fixture
def who_is_told() -> Told:
    """E-mail and an operator's chat are set up, and no events."""
    return Told(operator_chat_id=99, mail=True, web="https://rinnovo.example.com")


@pytest.mark.parametrize("language", ["it", "en"])
async def test_the_only_mailbox_is_switched_off_and_on_again_and_nothing_is_started(
    office: PostOffice, seed: Seed, talk: Talk, database: Database, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    chat, other = await talk("rossi", language=language), await talk("rossi", language=language)
    await speaks(database, language)
    await office.tick()
    await chat.send("/mailboxes")
    await chat.tap(SWITCH[language])
    await chat.tap("rossi1")
    for label, title in zip((OFF, ON), TITLES[language], strict=True):
        await chat.tap(label[language])
        assert not chat.has(label[language]), "the window shows how it is now"
        (letter,) = await office.tick()
        assert letter.subject == title
        assert "rossi1@pec.example" in letter.text
        assert any(title in text and "11:00" in text for text in other.texts)
    async with database.read() as session:
        assert (await session.get_one(MailboxRow, box)).auto_renew
        assert (await session.execute(select(DraftRow))).first() is None
        held = (await session.scalars(select(HeldRow).order_by(HeldRow.id))).all()
        alerts = (await session.scalars(select(OutboxRow.key).where(OutboxRow.chat_id == 99))).all()
    assert [row.origin for row in held] == [f"chat {chat.id}"] * 2
    assert len([key for key in alerts if key.startswith("automatic-")]) == 2


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
    await chat.tap("Disattiva il rinnovo automatico")
    async with database.read() as session:
        assert not (await session.get_one(MailboxRow, automatic)).auto_renew
    after = await services.renewals.unfinished(Actor(chat.id, "it"))
    assert (before is None) == (after is None)
    await office.tick()
