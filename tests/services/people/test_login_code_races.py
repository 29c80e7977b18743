"""Codes by e-mail in two processes at once, on SQLite and on PostgreSQL: everything counts once (DOMAIN.md 2.2)."""

import asyncio

import pytest
from sqlalchemy import select

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import OutboxRow
from bot.services.actor import Actor
from bot.services.errors import CodesPaused
from bot.services.people.mailed_codes import WrongCode
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.databases import ReusedEngines
from tests.support.ground import on_both
from tests.support.letterbox import another_code, bound, last_code, mailed
from tests.support.long_runs import long
from tests.support.seed import Seed

CHAT, OTHER = Actor(7, "it"), Actor(8, "en")
KNOWN = "rossi@example.com"


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def shop(database: Database, surroundings: Surroundings) -> Services:
    """The services of a bot that can send mail."""
    return build_services(database, surroundings, Told(mail=True))


@pytest.fixture
def elsewhere(other_database: Database, surroundings: Surroundings) -> Services:
    """The services of another process on the same database."""
    return build_services(other_database, surroundings, Told(mail=True))


@on_both
async def test_wrong_codes_at_once_count_one_by_one(
    shop: Services, elsewhere: Services, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await shop.login_codes.ask(CHAT, KNOWN)
    wrong = another_code(await last_code(database, KNOWN))
    answers = await asyncio.gather(
        *((shop, elsewhere)[n % 2].login_codes.enter(CHAT, wrong) for n in range(20)), return_exceptions=True
    )
    judged = [each.attempts_left for each in answers if isinstance(each, WrongCode)]
    assert sorted(judged) == [0, 1, 2, 3, 4]
    assert sum(isinstance(each, CodesPaused) for each in answers) == 15


@pytest.mark.parametrize("who", ["many chats", *long("many addresses")])
async def test_requests_at_once_do_not_pass_the_limit(
    who: str, shop: Services, elsewhere: Services, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    asks = [
        (Actor(100 + n, "it"), KNOWN) if who == "many chats" else (CHAT, f"indirizzo{n}@example.com")
        for n in range(12)
    ]
    most = 10 if who == "many chats" else 3
    answers = await asyncio.gather(
        *((shop, elsewhere)[n % 2].login_codes.ask(*each) for n, each in enumerate(asks)),
        return_exceptions=True,
    )
    assert sum(each is None for each in answers) == most
    assert sum(isinstance(each, CodesPaused) for each in answers) == 12 - most
    assert len(await mailed(database, None)) == most


async def test_one_button_tapped_twice_at_once_replaces_once(
    shop: Services, elsewhere: Services, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await shop.login_codes.ask(CHAT, KNOWN)
    waiting = await shop.login_codes.awaited(CHAT)
    assert waiting is not None
    await asyncio.gather(
        *((shop, elsewhere)[n % 2].login_codes.ask_again(CHAT, waiting.request_id) for n in range(6))
    )
    assert len(await mailed(database, KNOWN)) == 2


async def test_the_right_code_and_a_link_at_once_bind_once_and_are_told_once(
    shop: Services, elsewhere: Services, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await shop.linking.redeem(OTHER, (await shop.linking.invite("rossi")).token)
    token = (await shop.linking.invite("rossi")).token
    await shop.login_codes.ask(CHAT, KNOWN)
    code = await last_code(database, KNOWN)
    await asyncio.gather(
        shop.login_codes.enter(CHAT, code),
        elsewhere.login_codes.enter(CHAT, code),
        elsewhere.linking.redeem(CHAT, token),
        shop.linking.redeem(CHAT, token),
    )
    assert await bound(database, CHAT) == ["rossi"]
    async with database.read() as session:
        told = await session.execute(select(OutboxRow).where(OutboxRow.channel == "telegram"))
        assert len(told.scalars().all()) == 1
