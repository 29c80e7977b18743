"""how a customer wants the notice that precedes an automatic renewal."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLES = ("mailbox", "draft", "orders", "auto_renewal_switching")


def upgrade() -> None:
    """Take the step."""
    for table in _TABLES:
        op.add_column(table, sa.Column("notice_by", sa.String(length=4), nullable=True))


def downgrade() -> None:
    """Take it back."""
    for table in reversed(_TABLES):
        op.drop_column(table, "notice_by")
