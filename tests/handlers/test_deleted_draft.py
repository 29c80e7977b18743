"""A renewal of a mailbox that was deleted meanwhile is not offered to be resumed: it has ended (DOMAIN.md 6)."""

from datetime import timedelta

from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import DraftRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen
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
