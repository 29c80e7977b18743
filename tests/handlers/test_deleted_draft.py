"""A renewal of a mailbox that was deleted meanwhile is not offered to be resumed: it has ended (DOMAIN.md 6)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import DraftRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def test_the_draft_of_a_deleted_mailbox_ends(
    talk: Talk, seed: Seed, services: Services, clock: FrozenClock, database: Database
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=-89)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await chosen(services, actor, [box])
    clock.advance(timedelta(days=1))
    assert await services.renewals.unfinished(actor) is not None, "the last day"
    clock.advance(timedelta(days=1))
    await chat.send("/start")
    assert await services.renewals.unfinished(actor) is None
    async with database.read() as session:
        row = (await session.scalars(select(DraftRow))).one()
    assert (row.status, row.registrant) == ("discarded", None)


SAID = {
    "it": "La casella rossi1@pec.example è stata cancellata: non fa più parte di questo rinnovo. "
    "Le altre scelte restano.",
    "en": "The mailbox rossi1@pec.example has been deleted: it is no longer part of this renewal. "
    "Your other choices are kept.",
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_deleted_mailbox_leaves_the_draft_of_others_with_a_sentence(
    talk: Talk, seed: Seed, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    gone = await seed.mailbox("rossi", plan="pro", expires_in=-90)
    stays = await seed.mailbox("rossi", plan="pro", expires_in=20)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    before = await chosen(services, actor, [gone, stays], method="card", years=2)
    clock.advance(timedelta(days=1))
    await remind()
    await chat.send("/start")
    assert "rossi2@pec.example" in chat.text
    assert "rossi1@pec.example" not in chat.text
    await chat.tap({"it": "Riprendi il rinnovo", "en": "Resume the renewal"}[language])
    assert SAID[language] in chat.texts
    resumed = await services.renewals.unfinished(actor)
    assert resumed is not None
    assert [box.id for box in resumed.mailboxes] == [stays]
    assert (resumed.draft.years, resumed.draft.method_id) == (2, "card")
    assert resumed.draft.registrant_confirmed is before.draft.registrant_confirmed is True
    assert "rossi2@pec.example" in chat.screen_text
    count = len(chat.texts)
    await chat.send("/start")
    await chat.tap({"it": "Riprendi il rinnovo", "en": "Resume the renewal"}[language])
    assert chat.texts.count(SAID[language]) == 1, "it is said once"
    assert len(chat.texts) > count
