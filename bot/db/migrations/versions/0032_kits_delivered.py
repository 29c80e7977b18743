"""orders know when the hardware of their kit was delivered, and when it alone was withdrawn from."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kit_delivered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("kit_withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("kit_withdrawn_at")
        batch_op.drop_column("kit_delivered_on")
