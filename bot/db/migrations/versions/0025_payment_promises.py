"""orders of which their customers have said that they are paid (*Ho pagato*), with the card that is pinned."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "payment_promise",
        sa.Column("order_id", _BIG, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", _BIG, nullable=False),
        sa.Column("method_id", sa.String(length=32), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=False),
        sa.Column("card_id", _BIG, nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payment_promise_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_payment_promise")),
    )
    with op.batch_alter_table("payment_promise", schema=None) as batch_op:
        batch_op.create_index("ix_payment_promise_ask_on", ["ask_on"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("payment_promise")
