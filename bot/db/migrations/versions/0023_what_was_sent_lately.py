"""an index on when rows of the outbox were settled: what was sent within the last second, and what is forgotten."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_index(op.f("ix_outbox_settled_at"), "outbox", ["settled_at"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_outbox_settled_at"), "outbox")
