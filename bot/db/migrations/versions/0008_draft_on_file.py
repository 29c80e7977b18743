"""The holder's record that a draft was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("draft", sa.Column("on_file", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_column("on_file")
