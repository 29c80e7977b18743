"""Evidence that can only be added to: triggers that refuse to change or remove a row (DOMAIN.md 3.8).

The lines, the acceptances and the evidence of an order prove what was agreed, with each other method of payment that
was chosen afterwards and the operator's word on its VAT, a statement of withdrawal what was stated, and the switchings
of automatic renewal who switched it; chains prove all that was told and done (`bot.db.tables.evidence`). The program
never changes them, and the database does not let anybody else do so by mistake. The migration that makes the tables
runs `statements`; tables that are made from the metadata get their triggers by themselves.

Alembic does not see triggers. On SQLite a migration that rebuilds one of these tables drops its triggers: such a
migration runs `drop_statements` before it and `statements` after it.

Two changes are let through, each in a transaction that has written a note, which is taken away again before it ends, so
that nobody else ever sees it. With `RESEALING` (`unsealed`) an UPDATE of nothing but sealed columns: so old keys need
not be kept as long as the evidence (`bot.db.resealing`), and of an order that nothing came of no words need to stay
(`bot.services.leaving`). With `REMOVING` (`kept_no_longer`) a DELETE: what is kept of a deleted customer goes when its
years are over. From the chains and their signed heads, which name nobody, nothing is ever removed (`FOR_EVER`).
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, event, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.db.base import Encrypted, EncryptedJson
from bot.db.tables import (
    AcceptanceRow,
    EvidenceRow,
    MethodChangeRow,
    OrderLineRow,
    RecordRow,
    RenewalDecisionRow,
    SignedDayRow,
    SignedHeadRow,
    SwitchingRow,
    VatDecisionRow,
    WithdrawalRow,
)
from bot.db.tables_ground import NoteRow

APPEND_ONLY: Final = (
    OrderLineRow.__tablename__,
    AcceptanceRow.__tablename__,
    EvidenceRow.__tablename__,
    SwitchingRow.__tablename__,
    MethodChangeRow.__tablename__,
    RenewalDecisionRow.__tablename__,
    RecordRow.__tablename__,
    SignedDayRow.__tablename__,
    SignedHeadRow.__tablename__,
    WithdrawalRow.__tablename__,
    VatDecisionRow.__tablename__,
)
"""The tables whose rows stay as they were written."""

FOR_EVER: Final = frozenset(
    {RecordRow.__tablename__, SignedDayRow.__tablename__, SignedHeadRow.__tablename__}
)
"""Those from which nothing is removed either: without one of their rows the others prove nothing."""

RESEALING: Final = "resealing"
"""The name of the note with which a transaction says that it seals anew what it does not change."""
REMOVING: Final = "removing"
"""The name of the note with which a transaction says that it removes what nobody has to keep any more."""

_CHANGES: Final = ("update", "delete")
_FUNCTION: Final = "refuse_change"
_KEPT_FUNCTION: Final = "refuse_change_while_kept"
_MAKE_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)


def _noted(name: str) -> str:
    return f"EXISTS (SELECT 1 FROM note WHERE name = '{name}')"  # noqa: S608 (our own names)


_MAKE_KEPT_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION {_KEPT_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'DELETE' AND {_noted(REMOVING)} THEN RETURN OLD; END IF; "
    f"IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND {_noted(RESEALING)} "
    "AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)


def statements(dialect_name: str, tables: Iterable[str] = APPEND_ONLY) -> tuple[str, ...]:
    """The SQL that makes tables refuse UPDATE and DELETE, and on PostgreSQL also TRUNCATE.

    Args:
        dialect_name: `sqlite` or `postgresql`.
        tables: a migration names those that it makes, since `APPEND_ONLY` may grow after it.

    Raises:
        ValueError: there is no SQL for that dialect.
    """
    if _is_sqlite(dialect_name):
        return tuple(
            f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
            f"{_unless_resealed(table) if change == 'update' else _unless_over(table)}"
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in tables
            for change in _CHANGES
        )
    triggers = [
        f"CREATE TRIGGER {table}_{name} {timing} ON {table} {each} EXECUTE FUNCTION {function}"
        for table in tables
        for name, timing, each, function in (
            ("no_change", "BEFORE UPDATE OR DELETE", "FOR EACH ROW", _refusing(table)),
            ("no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT", f"{_FUNCTION}()"),
        )
    ]
    return (_MAKE_FUNCTION, _MAKE_KEPT_FUNCTION, *triggers)


@asynccontextmanager
async def unsealed(within: AsyncConnection | AsyncSession) -> AsyncIterator[None]:
    """Let the transaction `within` change what is sealed in these tables, and nothing else, until the block ends."""
    async with _note(within, RESEALING):
        yield


@asynccontextmanager
async def kept_no_longer(within: AsyncConnection | AsyncSession) -> AsyncIterator[None]:
    """Let the transaction `within` remove rows of these tables, but for those `FOR_EVER`, until the block ends."""
    async with _note(within, REMOVING):
        yield


@asynccontextmanager
async def _note(within: AsyncConnection | AsyncSession, name: str) -> AsyncIterator[None]:
    await within.execute(insert(NoteRow).values(name=name, text=""))
    yield
    await within.execute(delete(NoteRow).where(NoteRow.name == name))


def drop_statements(dialect_name: str, tables: Iterable[str] = APPEND_ONLY) -> tuple[str, ...]:
    """The SQL that takes the refusals away again; on PostgreSQL the function behind them stays.

    Raises:
        ValueError: there is no SQL for that dialect.
    """
    if _is_sqlite(dialect_name):
        return tuple(f"DROP TRIGGER IF EXISTS {table}_no_{change}" for table in tables for change in _CHANGES)
    return tuple(
        f"DROP TRIGGER IF EXISTS {table}_no_{what} ON {table}"
        for table in tables
        for what in ("change", "truncate")
    )


def _sealed(table: str) -> dict[str, bool]:
    """The columns of a table, each with whether it is sealed."""
    columns = OrderLineRow.metadata.tables[table].columns
    return {column.name: isinstance(column.type, Encrypted | EncryptedJson) for column in columns}


def _unless_resealed(table: str) -> str:
    columns = _sealed(table)
    if not any(columns.values()):
        return ""
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name, sealed in columns.items() if not sealed)
    return f"WHEN NOT {_noted(RESEALING)} OR {changed} "


def _unless_over(table: str) -> str:
    return "" if table in FOR_EVER else f"WHEN NOT {_noted(REMOVING)} "


def _refusing(table: str) -> str:
    if table in FOR_EVER:
        return f"{_FUNCTION}()"
    sealed = [f"'{name}'" for name, sealed in _sealed(table).items() if sealed]
    return f"{_KEPT_FUNCTION}({', '.join(sealed)})"


def _is_sqlite(dialect_name: str) -> bool:
    if dialect_name not in {"sqlite", "postgresql"}:
        raise ValueError(f"no triggers are written for {dialect_name!r}")
    return dialect_name == "sqlite"


def _attach(table: Table) -> None:
    @event.listens_for(table, "after_create")
    def _protect(target: Table, connection: Connection, **_: Any) -> None:
        for statement in statements(connection.dialect.name, [target.name]):
            connection.exec_driver_sql(statement)


for _name in APPEND_ONLY:
    _attach(OrderLineRow.metadata.tables[_name])
