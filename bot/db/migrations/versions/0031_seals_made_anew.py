"""evidence that is sealed may be sealed anew, with a new key, and is otherwise refused every change as before."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_SEALED = {
    "order_method_change": ("instructions", "screen"),
    "order_vat_decision": ("note",),
    "withdrawal": ("words", "screen", "email"),
}
_NOTED = "EXISTS (SELECT 1 FROM note WHERE name = 'resealing')"
_FUNCTION = "refuse_change_but_of_seals"


def upgrade() -> None:
    """Take the step: see bot/db/append_only.py."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'UPDATE' AND {_NOTED} "
            "AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        )
    for table, sealed in _SEALED.items():
        if sqlite:
            columns = [each["name"] for each in sa.inspect(op.get_bind()).get_columns(table)]
            changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns if name not in sealed)
            _replace_on_sqlite(table, f"WHEN NOT {_NOTED} OR {changed} ")
        else:
            arguments = ", ".join(f"'{name}'" for name in sealed)
            _replace_on_postgresql(table, f"{_FUNCTION}({arguments})")


def downgrade() -> None:
    """Take it back."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _SEALED:
        if sqlite:
            _replace_on_sqlite(table, "")
        else:
            _replace_on_postgresql(table, "refuse_change()")
    if not sqlite:
        op.execute(f"DROP FUNCTION {_FUNCTION}()")


def _replace_on_sqlite(table: str, when: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _replace_on_postgresql(table: str, function: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}"
    )
