"""the processes that send messages, and what each may send."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "speaker"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        _TABLE,
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("held", _BIG, nullable=False),
        sa.Column("talking", _BIG, nullable=False),
        sa.Column("pushing", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_speaker")),
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_table(_TABLE)
