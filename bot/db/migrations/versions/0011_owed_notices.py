"""the notices that customers are owed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "owed_notice",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("mailbox_id", _BIG, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("chat_id", _BIG, nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_owed_notice_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_notice")),
    )
    with op.batch_alter_table("owed_notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_owed_notice_mailbox_id_expires_on", ["mailbox_id", "expires_on"], unique=False
        )
        batch_op.create_index("ix_owed_notice_key", ["key"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("owed_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_owed_notice_key")
        batch_op.drop_index("ix_owed_notice_mailbox_id_expires_on")

    op.drop_table("owed_notice")
