"""What the tests of this folder ask of a customer, a chat and the post office."""

from datetime import timedelta

from bot.db.engine import Database
from bot.db.tables import CustomerRow
from bot.services.actor import Actor
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.post_office import Letter, PostOffice

DAY = timedelta(days=1)


async def speaks(database: Database, language: str, customer: int = 1) -> str:
    """Let a customer, the first unless told, have e-mails in a language; the code in them."""
    async with database.write() as session:
        (await session.get_one(CustomerRow, customer)).language = language
    return unsubscribe_code(database.keys, customer)


def reminders_in(chat: Chat) -> list[str]:
    """The reminders that a chat got."""
    return [text for text in chat.texts if text.startswith("⏰")]


async def chosen(services: Services, chat: Chat) -> list[int]:
    """The mailboxes of the renewal that is open in a chat."""
    renewal = await services.renewals.unfinished(Actor(chat.id, "it"))
    return [] if renewal is None else [item.mailbox_id for item in renewal.draft.items]


async def next_day(office: PostOffice, clock: FrozenClock) -> list[Letter]:
    clock.advance(DAY)
    return await office.tick()
