"""The product's database before anything is measured: customers with one mailbox each, invited."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url, select

from bot.app import Told, build_services
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import ChatCustomerRow, ChatRow, CustomerRow
from bot.db.upgrade import upgrade
from bot.services.catalogue.file import load_catalogue
from bot.services.surroundings import Surroundings
from tests.load.stage.contenders import FIRST_CHAT, Cast, Person
from tests.load.stage.screens import capture
from tests.support.catalogue import CATALOGUE_FILE
from tests.support.databases import POSTGRESQL, run_postgresql, why_no_postgresql
from tests.support.seed import Seed

FAR = 200
"""Days until a mailbox expires of which no reminder is due: nothing goes out beside the taps."""
PLAN = "pro"
SQLITE, POSTGRES = "rinnovo", "rinnovo_postgresql"
"""The product on each of its databases, as the tables call it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a product runs on: the address of its database, the key of it, and its catalogue."""

    url: str
    catalogue: Path = CATALOGUE_FILE
    key: str = field(default_factory=KeyRing.new_key)

    def environment(self) -> dict[str, str]:
        """What an operator sets besides the token."""
        return {"DATABASE_URL": self.url, "DATA_KEYS": self.key, "CATALOGUE": str(self.catalogue)}

    @asynccontextmanager
    async def open(self) -> AsyncIterator[tuple[Database, Surroundings]]:
        """The database, with its tables made, for the length of an ``async with`` block."""
        await upgrade(self.url)
        async with self.connect() as found:
            yield found

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[tuple[Database, Surroundings]]:
        """The database that has its tables, for the length of an ``async with`` block."""
        surroundings = Surroundings(load_catalogue(self.catalogue), SystemClock(), ZoneInfo("Europe/Rome"))
        database = Database(self.url, KeyRing([self.key]))
        await database.start()
        try:
            yield database, surroundings
        finally:
            await database.dispose()


async def prepare(ground: Ground, people: int, *, expires_in: int = FAR) -> Cast:
    """Fill a database with `people` whose mailboxes expire in so many days, and see what is shown to one more."""
    async with ground.open() as (database, surroundings):
        seed, linking = Seed(database, surroundings), build_services(database, surroundings, Told()).linking
        invited = []
        for number in range(people):
            customer, address = code_of(number), f"casella{number:05}@pec.example"
            await seed.mailbox(customer, plan=PLAN, expires_in=expires_in, address=address)
            invited.append(Person((await linking.invite(customer)).token, address))
        model = "casella-demo@pec.example"
        await seed.mailbox("mostra", plan=PLAN, expires_in=FAR, address=model)
        captured = await capture(database, surroundings, SystemClock(), "mostra", model)
    return Cast(captured, invited)


def new_sqlite(folder: Path) -> str:
    """The address of an SQLite file in `folder` that is not there yet."""
    return f"sqlite:///{folder / f'{uuid.uuid4().hex[:12]}.db'}"


async def join(
    database: Database,
    surroundings: Surroundings,
    people: int,
    first: int = FIRST_CHAT,
    name: Callable[[int], str] | None = None,
) -> None:
    """Let the chats from `first` be those of as many people, as if they had followed their invitations long ago.

    `name` tells a customer's code; it is `code_of` where nothing else is said.
    """
    code = name or code_of
    now = surroundings.now()
    async with database.write() as session:
        ids = dict((await session.execute(select(CustomerRow.code, CustomerRow.id))).all())
        chats = range(people)
        session.add_all(ChatRow(id=first + each, language="it", created_at=now) for each in chats)
        await session.flush()
        session.add_all(
            ChatCustomerRow(chat_id=first + each, customer_id=ids[code(each)], bound_at=now) for each in chats
        )


def code_of(number: int) -> str:
    """The customer's code of the person of this number."""
    return f"cliente{number:05}"


@asynccontextmanager
async def new_postgresql() -> AsyncIterator[str]:
    """The address of an empty database on the tests' server, for the length of an ``async with`` block.

    Unlike the tests' own it waits for the disk, as an operator's does.
    """
    name = f"rinnovo_bench_{uuid.uuid4().hex[:12]}"
    await asyncio.to_thread(run_postgresql, f"CREATE DATABASE {name}")
    try:
        yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    finally:
        await asyncio.to_thread(run_postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def grounds(folder: Path, catalogue: Path = CATALOGUE_FILE) -> AsyncIterator[dict[str, Ground]]:
    """Where the product is measured, by its name: on SQLite, and on PostgreSQL where that can be had."""
    async with AsyncExitStack() as stack:
        found = {SQLITE: Ground(new_sqlite(folder), catalogue)}
        if not await asyncio.to_thread(why_no_postgresql):
            found[POSTGRES] = Ground(await stack.enter_async_context(new_postgresql()), catalogue)
        yield found


def catalogue_of_all_hours(folder: Path) -> Path:
    """The shipped catalogue, with reminders that leave at any hour: a measure does not wait for the morning."""
    content = CATALOGUE_FILE.read_text(encoding="utf-8")
    for name, hour in (("remind_from_hour", 0), ("remind_until_hour", 24)):
        content, changed = re.subn(rf"^{name} = \d+", f"{name} = {hour}", content, flags=re.MULTILINE)
        if not changed:
            raise ValueError(f"the shipped catalogue has no {name}")
    path = folder / "catalogue.toml"
    path.write_text(content, encoding="utf-8")
    return path
