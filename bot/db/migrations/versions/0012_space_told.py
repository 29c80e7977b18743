"""how full a mailbox was when its customer was told."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.add_column("mailbox", sa.Column("space_told", _BIG, nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("mailbox", "space_told")
