"""The place from which reminders are planned: services on either database, and what waits in the outbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import ChatRow, MailboxRow, OutboxRow, ReminderRow
from bot.domain.catalogue import Catalogue
from bot.services.actor import Actor
from bot.services.reminders.letters import MESSAGE, Letter
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.databases import SqliteFiles
from tests.support.seed import Seed


@dataclass
class Planning:
    """Plans, and looks at what was written."""

    database: Database
    clock: FrozenClock
    surroundings: Surroundings
    services: Services
    seed: Seed

    async def join(self, customer: str, chat_id: int) -> Actor:
        """Bind a chat to a customer, who has a mailbox already."""
        actor = Actor(chat_id, "it")
        await self.services.linking.redeem(actor, (await self.services.linking.invite(customer)).token)
        return actor

    async def plan(self) -> int:
        """Plan what is due; how many messages that makes."""
        return await self.services.reminders.run()

    async def letters(self) -> list[Letter]:
        """Every reminder in the outbox, in the order in which they were written."""
        async with self.database.read() as session:
            rows = (await session.execute(select(OutboxRow).order_by(OutboxRow.id))).scalars()
            return [
                Letter.read(row.payload, row.chat_id) for row in rows if row.payload.get("message") == MESSAGE
            ]

    async def keys(self) -> list[tuple[int, date, int]]:
        """What is noted as told."""
        async with self.database.read() as session:
            rows = (await session.execute(select(ReminderRow).order_by(ReminderRow.told_at))).scalars()
            return [(row.mailbox_id, row.expires_on, row.step) for row in rows]

    async def looks(self) -> dict[int, date | None]:
        """When each mailbox is looked at next."""
        async with self.database.read() as session:
            rows = await session.execute(select(MailboxRow.id, MailboxRow.remind_on))
            return dict(rows.all())

    async def change_mailbox(self, mailbox_id: int, **values: Any) -> None:
        """Change a mailbox behind the bot's back."""
        async with self.database.write() as session:
            await session.execute(update(MailboxRow).where(MailboxRow.id == mailbox_id).values(values))

    async def deliver(self) -> None:
        """All that waits has left."""
        async with self.database.write() as session:
            await session.execute(update(OutboxRow).values(state="sent", settled_at=self.clock.now()))

    async def lose(self, chat_id: int) -> None:
        """The chat was found to be gone."""
        async with self.database.write() as session:
            await session.execute(
                update(ChatRow).where(ChatRow.id == chat_id).values(unreachable_at=self.clock.now())
            )


Office = Callable[..., Planning]


@pytest.fixture
def office(each_database: Database, clock: FrozenClock) -> Office:
    """Make a place to plan from; `mail` sets e-mail up, `rules` may change the catalogue."""

    def make(*, mail: bool = False, catalogue: Catalogue | None = None) -> Planning:
        surroundings = Surroundings(catalogue or example_catalogue(), clock, ZoneInfo("Europe/Rome"))
        services = build_services(each_database, surroundings, Told(mail=mail))
        return Planning(each_database, clock, surroundings, services, Seed(each_database, surroundings))

    return make


@pytest.fixture
def planning(office: Office) -> Planning:
    """A place to plan from, without e-mail."""
    return office()


@pytest.fixture
def fresh_files(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Gives the address of a fresh database each time."""
    return lambda: sqlite_files.new(tmp_path_factory.mktemp("year"))
