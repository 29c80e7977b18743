"""the bank's statements that were taken, and what of their entries waits for a person or is known."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "statement",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("format", sa.String(length=64), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=False),
        sa.Column("run", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("digest", name=op.f("uq_statement_digest")),
    )
    op.create_table(
        "statement_entry",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("statement_id", _BIG, nullable=False),
        sa.Column("position", _BIG, nullable=False),
        sa.Column("known_by", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("heap", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("payment_id", sa.String(length=128), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_entry_statement_id_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_entry")),
        sa.UniqueConstraint(
            "statement_id", "known_by", name=op.f("uq_statement_entry_statement_id_known_by")
        ),
    )
    op.create_index("ix_statement_entry_known_by", "statement_entry", ["known_by"])
    op.create_index("ix_statement_entry_booked_on", "statement_entry", ["booked_on"])
    op.create_index(
        "ix_statement_entry_payment_id",
        "statement_entry",
        ["payment_id"],
        sqlite_where=sa.text("payment_id IS NOT NULL"),
        postgresql_where=sa.text("payment_id IS NOT NULL"),
    )
    op.create_index(
        "ix_statement_entry_waiting",
        "statement_entry",
        ["state", "statement_id", "position"],
        sqlite_where=sa.text("content IS NOT NULL"),
        postgresql_where=sa.text("content IS NOT NULL"),
    )


def downgrade() -> None:
    """Take it back: what waited is proposed again when its files are imported again."""
    op.drop_table("statement_entry")
    op.drop_table("statement")
