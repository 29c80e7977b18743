"""Each day is signed by itself once it has ended, and leaves the database by e-mail (DOMAIN.md 7)."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import EvidenceKeyRow, OutboxRow, SignedDayRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.evidence.heads import heads_in
from bot.messages import render_mail
from bot.services.evidence.signing import is_genuine
from bot.services.evidence.writing import Entry, record
from bot.services.office.heads import DailyHeads
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

ADDRESS = "prove@pec.example"


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


@pytest.fixture
def clock() -> FrozenClock:
    """A minute before midnight in Rome."""
    return FrozenClock(datetime(2026, 11, 30, 22, 59, tzinfo=UTC))


def heads(database: Database, clock: FrozenClock, *, address: str | None = ADDRESS) -> DailyHeads:
    catalogue = example_catalogue()
    catalogue = replace(catalogue, operator=replace(catalogue.operator, evidence_email=address))
    return DailyHeads(database, Surroundings(catalogue, clock, ZoneInfo("Europe/Rome")), mail=True)


async def days(database: Database) -> list[date]:
    async with database.read() as session:
        return list(await session.scalars(select(SignedDayRow.day).order_by(SignedDayRow.day)))


async def mails(database: Database) -> list[OutboxRow]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


async def test_a_day_is_signed_once_it_is_over_in_rome(database: Database, clock: FrozenClock) -> None:
    signing = heads(database, clock)
    await signing.run()
    clock.advance(timedelta(minutes=2))
    await signing.run()
    await signing.run()
    assert await days(database) == [date(2026, 11, 29), date(2026, 11, 30)]
    assert (await signing.standing()).day == date(2026, 11, 30)
    assert (await signing.standing()).mail == "due"


async def test_several_workers_sign_it_once(database: Database, clock: FrozenClock) -> None:
    await asyncio.gather(*(heads(database, clock).run() for _ in range(4)))
    assert await days(database) == [date(2026, 11, 29)]
    assert len(await mails(database)) == 1
    async with database.read() as session:
        assert len((await session.scalars(select(EvidenceKeyRow))).all()) == 1


@pytest.mark.parametrize("language", ["it", "en"])
async def test_its_mail_has_what_proves_it(
    database: Database, clock: FrozenClock, texts: Texts, language: str
) -> None:
    async with database.write() as session:
        await record(session, [Entry(Chain(Subject.ORDER, 1), Kind.TOLD, {})], clock.now())
    await heads(database, clock).run()
    (row,) = await mails(database)
    assert row.payload["to"] == ADDRESS
    mail = render_mail(row.payload, texts.translator(language), example_catalogue())
    (signed,) = heads_in(mail.text)
    assert is_genuine(signed)
    assert (signed.day, signed.count) == (date(2026, 11, 29), 1)


async def test_without_an_address_it_stays_in_the_database(database: Database, clock: FrozenClock) -> None:
    signing = heads(database, clock, address=None)
    await signing.run()
    assert await days(database) == [date(2026, 11, 29)]
    assert await mails(database) == []
    assert (await signing.standing()).mail is None
