"""The column types: moments stay moments, personal data is never readable in the database."""

import traceback
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, insert, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db.base import Encrypted, EncryptedJson, UtcDateTime
from bot.db.engine import Database
from bot.db.keys import KeyRing


class SampleBase(DeclarativeBase):
    """Apart from the bot's own tables."""

    metadata = MetaData()


class SampleRow(SampleBase):
    """One column of each type."""

    __tablename__ = "sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    name: Mapped[str | None] = mapped_column(Encrypted)
    card: Mapped[Any | None] = mapped_column(EncryptedJson)


@pytest.fixture
async def samples(each_database: Database) -> Database:
    """A database with the sample table."""
    table = SampleRow.__table__
    assert isinstance(table, Table)
    async with each_database.write() as session:
        await (await session.connection()).run_sync(table.create)
    return each_database


async def stored(database: Database, row: SampleRow) -> SampleRow:
    """Write the row and read it back in another session."""
    async with database.write() as session:
        session.add(row)
    async with database.read() as session:
        return (await session.execute(select(SampleRow))).scalar_one()


async def test_an_error_of_a_statement_names_no_value(samples: Database) -> None:
    async with samples.write() as session:
        session.add(SampleRow(id=1, name="Maria Esempio"))
    wrong = (
        SampleRow(id=1, name="Via Segreta 1", card={"street": "Via Segreta 1"}),  # refused by the database
        SampleRow(id=2, name="Via Segreta 1", at=datetime(2026, 7, 1)),  # noqa: DTZ001 - refused before it
    )
    for row in wrong:
        with pytest.raises(StatementError) as error:
            async with samples.write() as session:
                session.add(row)
        assert "INSERT INTO sample" in str(error.value)
        assert "Segreta" not in "".join(traceback.format_exception(error.value))


async def test_an_error_of_work_in_one_go_names_no_value(samples: Database) -> None:
    work = insert(SampleRow).values(id=1, name="Via Segreta 1")
    await samples.act(lambda connection: connection.execute(work))
    with pytest.raises(StatementError) as error:
        await samples.act(lambda connection: connection.execute(work))
    assert "Segreta" not in "".join(traceback.format_exception(error.value))


async def test_a_moment_comes_back_in_utc(samples: Database) -> None:
    rome = datetime(2026, 7, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    row = await stored(samples, SampleRow(at=rome))
    assert row.at == rome
    assert row.at is not None
    assert row.at.tzinfo is UTC
    assert row.at.isoformat() == "2026-06-30T22:30:00.123456+00:00"


async def test_moments_compare_as_moments(samples: Database) -> None:
    rome = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    await stored(samples, SampleRow(at=rome))
    async with samples.read() as session:
        earlier = select(SampleRow.id).where(SampleRow.at < datetime(2026, 6, 30, 23, tzinfo=UTC))
        assert (await session.execute(earlier)).first() is not None
        later = select(SampleRow.id).where(SampleRow.at > rome)
        assert (await session.execute(later)).first() is None


async def test_a_naive_datetime_is_refused(samples: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        await stored(samples, SampleRow(at=datetime(2026, 7, 1)))  # noqa: DTZ001 (the point of the test)


async def test_sealed_columns_come_back_and_cannot_be_read_in_the_database(samples: Database) -> None:
    card = {"town": "Città di Prova", "lines": [1, 2.5, None, True]}
    row = await stored(samples, SampleRow(name="Prova Èsempio", card=card))
    assert row.name == "Prova Èsempio"
    assert row.card == card
    async with samples.read() as session:
        name, raw_card = (await session.execute(text("SELECT name, card FROM sample"))).one()
    assert b"Prova" not in bytes(name)
    assert b"Prova" not in bytes(raw_card)


async def test_nothing_stays_nothing(samples: Database) -> None:
    row = await stored(samples, SampleRow())
    assert (row.at, row.name, row.card) == (None, None, None)
    async with samples.read() as session:
        assert (
            await session.execute(select(SampleRow.id).where(SampleRow.name.is_(None)))
        ).first() is not None


@pytest.mark.parametrize("value", [{"a": datetime(2026, 1, 1, tzinfo=UTC)}, {"a": float("nan")}, {1, 2}])
async def test_what_json_cannot_carry_is_refused(samples: Database, value: object) -> None:
    with pytest.raises(StatementError):
        await stored(samples, SampleRow(card=value))


async def test_a_sealed_column_can_be_updated_in_bulk(samples: Database) -> None:
    row = await stored(samples, SampleRow(name="Prova"))
    async with samples.write() as session:
        await session.get_one(SampleRow, row.id)
        await session.execute(update(SampleRow).values(name="Esempio"))
    async with samples.read() as session:
        assert (await session.execute(select(SampleRow))).scalar_one().name == "Esempio"


def test_comparing_a_sealed_column_is_refused() -> None:
    with pytest.raises(TypeError, match="blind index"):
        select(SampleRow).where(SampleRow.name == "Prova")
    with pytest.raises(TypeError, match="blind index"):
        select(SampleRow).where(SampleRow.name.in_(["Prova"]))


async def test_each_database_opens_with_its_own_keys(samples: Database, each_database_url: str) -> None:
    await stored(samples, SampleRow(name="Prova"))
    stranger = Database(each_database_url, KeyRing([KeyRing.new_key()]))
    with pytest.raises(Exception, match="DATA_KEYS"):
        async with stranger.read() as session:
            (await session.execute(select(SampleRow))).scalar_one()
    await stranger.dispose()
