"""orders of businesses abroad whose VAT the operator decides: evidence that cannot be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "order_vat_decision"


def upgrade() -> None:
    """Take the step."""
    op.add_column(
        "orders",
        sa.Column("vat_treatment", sa.String(length=8), nullable=False, server_default=sa.text("'charged'")),
    )
    op.add_column("orders", sa.Column("vat_mention", sa.String(length=200), nullable=True))
    op.create_table(
        _TABLE,
        sa.Column("order_id", _BIG, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("treatment", sa.String(length=8), nullable=False),
        sa.Column("mention", sa.String(length=200), nullable=True),
        sa.Column("net", _BIG, nullable=False),
        sa.Column("vat", _BIG, nullable=False),
        sa.Column("due", _BIG, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_vat_decision_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_vat_decision")),
    )
    _refuse_changes()


def downgrade() -> None:
    """Take it back; orders that still wait would be paid as they were accepted."""
    op.drop_table(_TABLE)
    op.execute("UPDATE orders SET status = 'awaiting_payment' WHERE status = 'awaiting_decision'")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("vat_mention")
        batch_op.drop_column("vat_treatment")


def _refuse_changes() -> None:
    """Make it append-only: see bot/db/append_only.py."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {_TABLE}_no_{change} BEFORE {change.upper()} ON {_TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"
            )
        return
    for name, timing, each in (
        ("no_change", "BEFORE UPDATE OR DELETE", "FOR EACH ROW"),
        ("no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_{name} {timing} ON {_TABLE} {each} EXECUTE FUNCTION refuse_change()"
        )
