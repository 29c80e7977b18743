"""what is kept of a deleted customer may be removed when its years are over, and no number of a row comes again."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_REMOVABLE = {
    "order_line": (),
    "acceptance": (),
    "order_evidence": (),
    "auto_renewal_switching": (),
    "order_method_change": ("instructions", "screen"),
    "renewal_decision": (),
    "withdrawal": ("words", "screen", "email"),
    "order_vat_decision": ("note",),
}
"""What refuses changes and removals, with its sealed columns."""
_NUMBERED_ONCE = ("orders", "mailbox", "payment")
_RESEALING = "EXISTS (SELECT 1 FROM note WHERE name = 'resealing')"
_REMOVING = "EXISTS (SELECT 1 FROM note WHERE name = 'removing')"
_BEFORE = "refuse_change_but_of_seals"
_FUNCTION = "refuse_change_while_kept"
_RESEALED = (
    f"IF TG_OP = 'UPDATE' AND {{when}}{_RESEALING} AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV "
    "THEN RETURN NEW; END IF; RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)


def upgrade() -> None:
    """Take the step: see bot/db/append_only.py."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _REMOVABLE:
            _refuse_removals_on_sqlite(table, f"WHEN NOT {_REMOVING} ")
        _number_rows(once=True)
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND {_REMOVING} THEN RETURN OLD; END IF; "
        + _RESEALED.format(when="TG_NARGS > 0 AND ")
    )
    for table, sealed in _REMOVABLE.items():
        _refuse_changes_on_postgresql(table, f"{_FUNCTION}({_quoted(sealed)})")
    op.execute(f"DROP FUNCTION {_BEFORE}()")


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        _number_rows(once=False)
        for table in _REMOVABLE:
            _refuse_removals_on_sqlite(table, "")
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {_BEFORE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        + _RESEALED.format(when="")
    )
    for table, sealed in _REMOVABLE.items():
        _refuse_changes_on_postgresql(table, f"{_BEFORE}({_quoted(sealed)})" if sealed else "refuse_change()")
    op.execute(f"DROP FUNCTION {_FUNCTION}()")


def _number_rows(*, once: bool) -> None:
    """SQLite gives the number of a removed row to a new one, unless told otherwise when the table is made.

    None of these tables has triggers, which a table that is made anew would lose.
    """
    for table in _NUMBERED_ONCE:
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": once}
        ) as batch:
            batch.alter_column("id", existing_type=sa.Integer(), existing_nullable=False)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _refuse_removals_on_sqlite(table: str, when: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_delete")
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _refuse_changes_on_postgresql(table: str, function: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}"
    )
