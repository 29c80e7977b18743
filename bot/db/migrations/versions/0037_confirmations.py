"""the message in which an order is confirmed, so that what it asks for can be taken back once it is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step: of the orders of before nobody knows where they were confirmed."""
    op.add_column("orders", sa.Column("confirmed_in", _BIG, nullable=True))
    op.add_column("orders", sa.Column("confirmation_id", _BIG, nullable=True))


def downgrade() -> None:
    """Take it back: confirmations stay as they were shown."""
    op.drop_column("orders", "confirmation_id")
    op.drop_column("orders", "confirmed_in")
