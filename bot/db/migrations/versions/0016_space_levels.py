"""how full mailbox and archive are, each for itself, and what was told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step; what was told of the fuller space counts as told of both: nothing is told twice."""
    op.create_table(
        "space_level",
        sa.Column("mailbox_id", _BIG, nullable=False),
        sa.Column("archive", sa.Boolean(), nullable=False),
        sa.Column("level", _BIG, nullable=False),
        sa.Column("told", _BIG, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_space_level_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("mailbox_id", "archive", name=op.f("pk_space_level")),
    )
    op.execute(
        "INSERT INTO space_level (mailbox_id, archive, level, told) "
        "SELECT id, false, space_told, space_told FROM mailbox WHERE space_told > 0 "
        "UNION ALL SELECT id, true, space_told, space_told FROM mailbox WHERE space_told > 0"
    )
    op.drop_column("mailbox", "space_told")


def downgrade() -> None:
    """Take it back."""
    op.add_column("mailbox", sa.Column("space_told", _BIG, nullable=False, server_default="0"))
    op.execute(
        "UPDATE mailbox SET space_told = COALESCE("
        "(SELECT MAX(told) FROM space_level WHERE space_level.mailbox_id = mailbox.id), 0)"
    )
    op.drop_table("space_level")
