"""files of the bank's that the operator's people sent in the chat, and that are still to be fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "statement_upload",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("chat_id", _BIG, nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_upload")),
    )
    op.create_index("ix_statement_upload_due_at", "statement_upload", ["due_at"])


def downgrade() -> None:
    """Take it back: what was not fetched yet is to be sent again."""
    op.drop_table("statement_upload")
