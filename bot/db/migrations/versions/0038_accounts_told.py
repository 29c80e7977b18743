"""orders know the account that their customer was told to pay to."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_iban", sa.String(length=34), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("told_iban")
