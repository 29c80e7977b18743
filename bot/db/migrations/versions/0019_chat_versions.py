"""versions of a chat's state and of a draft: two processes that answer the same chat notice each other."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "chat_version",
        sa.Column("bot_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("chat_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("version", _BIG, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "chat_id", name=op.f("pk_chat_version")),
    )
    with op.batch_alter_table("chat_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_version_updated_at"), ["updated_at"], unique=False)
    op.add_column("draft", sa.Column("version", _BIG, server_default="0", nullable=False))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("draft", "version")
    op.drop_table("chat_version")
