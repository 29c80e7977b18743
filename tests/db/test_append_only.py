"""The evidence of an order, and of a switch, cannot be changed or removed, whoever tries (DOMAIN.md 3.8)."""

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from bot.db.append_only import APPEND_ONLY, drop_statements, statements
from bot.db.engine import Database, sqlite_engine
from bot.db.metadata import metadata
from bot.db.tables import OrderRow, VatDecisionRow
from bot.db.url import parse_database_url
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.services.actor import Actor
from bot.services.evidence.signing import sign_heads
from bot.services.evidence.writing import Entry, record
from bot.services.orders.withdrawing import Stated
from bot.services.services import Services
from tests.support.ground import on_both
from tests.support.ordering import chosen, place
from tests.support.seed import Seed

COLUMNS = {
    "auto_renewal_switching": "at",
    "renewal_decision": "at",
    "evidence_record": "at",
    "evidence_day": "at",
    "evidence_head": "place",
}
"""One that tables have which have no `order_id`."""


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
async def placed(services: Services, seed: Seed, database: Database) -> Database:
    """A database with one order in it, and one switching of automatic renewal."""
    mailbox = await seed.mailbox("rossi", plan="pro")
    invitation = await services.linking.invite("rossi")
    actor = Actor(7, "it")
    await services.linking.redeem(actor, invitation.token)
    order = await place(services, actor, await chosen(services, actor, [mailbox]))
    card = (await services.other_methods.offered(actor, order.number)).change_to("card")
    await services.other_methods.choose(actor, order.number, "card", card.seal, screen="-", button_label="-")
    await services.auto_renewal.set_auto_renewal(actor, mailbox, on=True)
    other = await seed.mailbox("rossi")
    await services.declining.decline(actor, other)
    now = services.surroundings.now()
    entry = Entry(Chain(Subject.ORDER, 1), Kind.PLACED, {})
    async with database.write() as session:
        await record(session, [entry], now)
        await sign_heads(session, now.date(), now)
    await services.withdrawals.withdraw(actor, order.number, Stated("-", "maria@example.com", "-", "-"))
    async with database.write() as session:
        session.add(
            VatDecisionRow(
                order_id=await session.scalar(select(OrderRow.id)),
                decided_at=services.surroundings.now(),
                treatment="charged",
                net=2990,
                vat=658,
                due=3648,
                note="",
                catalogue_version="1",
            )
        )
    return database


def test_the_tables_are_those_of_the_evidence() -> None:
    assert APPEND_ONLY == (
        "order_line",
        "acceptance",
        "order_evidence",
        "auto_renewal_switching",
        "order_method_change",
        "renewal_decision",
        "evidence_record",
        "evidence_day",
        "evidence_head",
        "withdrawal",
        "order_vat_decision",
    )


@on_both
async def test_a_row_can_be_neither_changed_nor_removed_nor_the_table_emptied(placed: Database) -> None:
    """All are tried on one order: what is refused leaves it as it was, and to place one takes longer than to try."""
    async with placed.read() as session:
        dialect = (await session.connection()).dialect.name
    emptying = "TRUNCATE {0} CASCADE" if dialect == "postgresql" else "DELETE FROM {0} WHERE 1"
    before = await counted(placed)
    assert [table for table, rows in before.items() if not rows] == []
    for table in APPEND_ONLY:
        for change in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", emptying):
            with pytest.raises(DBAPIError, match=f"{table} is append-only"):
                async with placed.write() as session:
                    await session.execute(text(change.format(table, COLUMNS.get(table, "order_id"))))
            assert await counted(placed) == before, (table, change)


async def counted(database: Database) -> dict[str, int]:
    """How many rows each of the tables has."""
    async with database.read() as session:
        each = ", ".join(f"(SELECT count(*) FROM {table})" for table in APPEND_ONLY)
        return dict(zip(APPEND_ONLY, (await session.execute(text(f"SELECT {each}"))).one(), strict=True))


async def test_tables_made_from_the_metadata_have_the_triggers_of_the_migrated_ones(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = parse_database_url(f"sqlite:///{tmp_path_factory.mktemp('made') / 'made.db'}")
    engine = sqlite_engine(url, begin="BEGIN")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        made = set(await connection.run_sync(_triggers))
    await engine.dispose()
    assert made == set(statements("sqlite"))

    async with database.read() as session:
        connection = await session.connection()
        migrated = set(await connection.run_sync(_triggers))
    assert len(migrated) == len(made)
    if connection.dialect.name == "sqlite":
        assert migrated == made


async def test_they_can_be_taken_away_and_put_back(database: Database) -> None:
    async with database.write() as session:
        connection = await session.connection()
        dialect = connection.dialect.name
        before = set(await connection.run_sync(_triggers))
        for statement in drop_statements(dialect):
            await connection.exec_driver_sql(statement)
        assert not await connection.run_sync(_triggers)
        for statement in statements(dialect):
            await connection.exec_driver_sql(statement)
        assert set(await connection.run_sync(_triggers)) == before


def test_there_is_sql_for_no_other_dialect() -> None:
    for write in (statements, drop_statements):
        with pytest.raises(ValueError, match="'mysql'"):
            write("mysql")


def _triggers(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(
            text("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        )
    return [str(sql) for sql in found.scalars()]
