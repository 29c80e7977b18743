"""What waits in the office for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = sa.text("outcome IS NULL")
_OPEN_OR_DECIDED = sa.text("outcome IS NULL OR outcome = 'decided'")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "office_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_case")),
    )
    op.create_index(
        "uq_office_case_kind_key",
        "office_case",
        ["kind", "key"],
        unique=True,
        sqlite_where=_OPEN_OR_DECIDED,
        postgresql_where=_OPEN_OR_DECIDED,
    )
    op.create_index(
        "ix_office_case_open", "office_case", ["opened_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("office_case")
