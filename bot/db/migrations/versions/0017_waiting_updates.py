"""updates that take long are kept here, so that Telegram gives the ones behind them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "waiting_update",
        sa.Column("bot_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("update_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_waiting_update")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("waiting_update")
