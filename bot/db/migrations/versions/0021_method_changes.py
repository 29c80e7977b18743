"""another method of payment for an open order: evidence that cannot be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "order_method_change"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        _TABLE,
        sa.Column("id", _BIG, nullable=False),
        sa.Column("order_id", _BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", _BIG, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("from_method_id", sa.String(length=32), nullable=False),
        sa.Column("method_id", sa.String(length=32), nullable=False),
        sa.Column("arrival", sa.String(length=16), nullable=False),
        sa.Column("ended_auto_renew", sa.Boolean(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("instructions", sa.LargeBinary(), nullable=False),
        sa.Column("screen", sa.LargeBinary(), nullable=False),
        sa.Column("button_label", sa.String(), nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_method_change_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_method_change")),
    )
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_method_change_order_id"), ["order_id"], unique=False)
    _refuse_changes()


def downgrade() -> None:
    """Take it back."""
    op.drop_table(_TABLE)


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
