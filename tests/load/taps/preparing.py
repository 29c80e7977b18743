"""The product's database before anything is measured: customers with one mailbox each, invited."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from bot.app import Told, build_services
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from bot.services.surroundings import Surroundings
from tests.load.taps.contenders import Person
from tests.load.taps.screens import Captured, capture
from tests.support.catalogue import CATALOGUE_FILE, example_catalogue
from tests.support.databases import POSTGRESQL, run_postgresql
from tests.support.seed import Seed

_FAR = 200
"""Days until the mailboxes expire: no reminder is due, and nothing goes out beside the taps."""


def environment(url: str, key: str) -> dict[str, str]:
    """What an operator sets besides the token; the catalogue is the shipped one."""
    return {"DATABASE_URL": url, "DATA_KEYS": key, "CATALOGUE": str(CATALOGUE_FILE)}


async def prepare(url: str, key: str, people: int) -> tuple[Captured, Sequence[Person]]:
    """Make the tables at `url`, fill them with `people`, and see what the product shows to one more."""
    await upgrade(url)
    clock = SystemClock()
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    database = Database(url, KeyRing([key]))
    await database.start()
    try:
        seed, linking = Seed(database, surroundings), build_services(database, surroundings, Told()).linking
        invited = []
        for number in range(people + 1):
            customer, address = f"cliente{number:05}", f"casella{number:05}@pec.example"
            await seed.mailbox(customer, plan="pro", expires_in=_FAR, address=address)
            invited.append(Person((await linking.invite(customer)).token, address))
        last = invited.pop()
        captured = await capture(database, surroundings, clock, customer, last.address)
    finally:
        await database.dispose()
    return captured, invited


def new_sqlite(folder: Path) -> str:
    """The address of an SQLite file that is not there yet."""
    return f"sqlite:///{folder / 'rinnovo.db'}"


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
