"""when a paid renewal was seen in the mailbox file."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UNSEEN = sa.text("seen_at IS NULL AND NOT open")


def upgrade() -> None:
    """Take the step: what was completed before waits to be seen, too."""
    op.add_column("order_item", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_order_item_unseen",
        "order_item",
        ["order_id"],
        sqlite_where=_UNSEEN,
        postgresql_where=_UNSEEN,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_order_item_unseen", table_name="order_item")
    op.drop_column("order_item", "seen_at")
