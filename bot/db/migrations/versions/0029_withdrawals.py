"""withdrawals of consumers: statements that cannot be changed, the links to them, and what an order says of both."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "withdrawal"


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("renew_after", sa.Date(), nullable=True))
    with op.batch_alter_table("order_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("old_extra_mailbox_gb", _BIG, nullable=True))
        batch_op.add_column(sa.Column("old_extra_archive_gb", _BIG, nullable=True))
    op.create_table(
        _TABLE,
        sa.Column("order_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", _BIG, nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("screen", sa.LargeBinary(), nullable=False),
        sa.Column("button_label", sa.String(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("order_status", sa.String(length=20), nullable=False),
        sa.Column("became", sa.String(length=20), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("early_start", sa.Boolean(), nullable=False),
        sa.Column("paid", _BIG, nullable=False),
        sa.Column("served", _BIG, nullable=False),
        sa.Column("due_back", _BIG, nullable=False),
        sa.Column("last_payment_id", _BIG, nullable=False),
        sa.Column("catalogue_version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_withdrawal_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("number", name=op.f("uq_withdrawal_number")),
    )
    op.create_table(
        "withdrawal_link",
        sa.Column("order_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_withdrawal_link_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_withdrawal_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_withdrawal_link_token_hash")),
    )
    _refuse_changes()


def downgrade() -> None:
    """Take it back."""
    op.drop_table("withdrawal_link")
    op.drop_table(_TABLE)
    with op.batch_alter_table("order_item", schema=None) as batch_op:
        batch_op.drop_column("old_extra_archive_gb")
        batch_op.drop_column("old_extra_mailbox_gb")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("renew_after")
        batch_op.drop_column("withdrawn_at")


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
