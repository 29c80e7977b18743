"""mailboxes that a complete file did not name any more: since when, and by which file."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("mailbox", sa.Column("gone_on", sa.Date(), nullable=True))
    op.add_column("mailbox", sa.Column("gone_by", sa.String(length=100), nullable=True))
    op.create_index(
        "ix_mailbox_gone_on",
        "mailbox",
        ["gone_on"],
        sqlite_where=sa.text("gone_on IS NOT NULL"),
        postgresql_where=sa.text("gone_on IS NOT NULL"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_mailbox_gone_on", table_name="mailbox")
    op.drop_column("mailbox", "gone_by")
    op.drop_column("mailbox", "gone_on")
