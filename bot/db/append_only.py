"""Evidence that can only be added to: triggers that refuse to change or remove a row (DOMAIN.md 3.8).

The lines, the acceptances and the evidence of an order prove what was agreed, with each other method of payment that
was chosen afterwards and the operator's word on its VAT, a statement of withdrawal what was stated, and the switchings
of automatic renewal who switched it; chains prove all that was told and done (`bot.db.tables.evidence`). The program
never changes them, and the database does not let anybody else do so by mistake. The migration that makes the tables
runs `statements`; tables that are made from the metadata get their triggers by themselves.

Alembic does not see triggers. On SQLite a migration that rebuilds one of these tables drops its triggers: such a
migration runs `drop_statements` before it and `statements` after it.

One change is let through: an UPDATE of nothing but sealed columns, in a transaction that has written the note
`RESEALING` (`unsealed`). So old keys need not be kept as long as the evidence (`bot.db.resealing`), and of an order
that nothing came of no words need to stay (`bot.services.leaving`). The note is taken away again before the transaction
ends, so that nobody else ever sees it.
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

RESEALING: Final = "resealing"
"""The name of the note with which a transaction says that it seals anew what it does not change."""

_CHANGES: Final = ("update", "delete")
_FUNCTION: Final = "refuse_change"
_SEALED_FUNCTION: Final = "refuse_change_but_of_seals"
_MAKE_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)
_NOTED: Final = f"(SELECT 1 FROM note WHERE name = '{RESEALING}')"  # noqa: S608 (our own name)
_MAKE_SEALED_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION {_SEALED_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' AND EXISTS {_NOTED} "
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
            f"{_unless_resealed(table) if change == 'update' else ''}"
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
    return (_MAKE_FUNCTION, _MAKE_SEALED_FUNCTION, *triggers)


@asynccontextmanager
async def unsealed(within: AsyncConnection | AsyncSession) -> AsyncIterator[None]:
    """Let the transaction `within` change what is sealed in these tables, and nothing else, until the block ends."""
    await within.execute(insert(NoteRow).values(name=RESEALING, text=""))
    yield
    await within.execute(delete(NoteRow).where(NoteRow.name == RESEALING))


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
    return f"WHEN NOT EXISTS {_NOTED} OR {changed} "


def _refusing(table: str) -> str:
    sealed = [f"'{name}'" for name, sealed in _sealed(table).items() if sealed]
    return f"{_SEALED_FUNCTION}({', '.join(sealed)})" if sealed else f"{_FUNCTION}()"


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
