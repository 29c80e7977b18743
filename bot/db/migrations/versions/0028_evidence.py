"""chains of evidence for orders and mailboxes, with their contents, and the days on which their heads were signed."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_APPEND_ONLY = ("evidence_record", "evidence_day", "evidence_head")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "evidence_chain",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("subject_id", _BIG, nullable=False),
        sa.Column("sequence", _BIG, nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("signed", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_chain")),
        sa.UniqueConstraint("subject", "subject_id", name=op.f("uq_evidence_chain_subject_subject_id")),
    )
    unsigned = sa.text("signed < sequence")
    op.create_index(
        "ix_evidence_chain_unsigned",
        "evidence_chain",
        ["id"],
        sqlite_where=unsigned,
        postgresql_where=unsigned,
    )
    op.create_table(
        "evidence_record",
        sa.Column("chain_id", _BIG, nullable=False),
        sa.Column("sequence", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["evidence_chain.id"], name=op.f("fk_evidence_record_chain_id_evidence_chain")
        ),
        sa.PrimaryKeyConstraint("chain_id", "sequence", name=op.f("pk_evidence_record")),
    )
    op.create_index("ix_evidence_record_kind_at", "evidence_record", ["kind", "at"])
    op.create_table(
        "evidence_content",
        sa.Column("chain_id", _BIG, nullable=False),
        sa.Column("sequence", _BIG, autoincrement=False, nullable=False),
        sa.Column("kept", sa.String(length=8), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("erased_why", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["evidence_chain.id"], name=op.f("fk_evidence_content_chain_id_evidence_chain")
        ),
        sa.PrimaryKeyConstraint("chain_id", "sequence", name=op.f("pk_evidence_content")),
    )
    kept = sa.text("erased_on IS NULL")
    op.create_index(
        "ix_evidence_content_kept_written_on",
        "evidence_content",
        ["kept", "written_on"],
        sqlite_where=kept,
        postgresql_where=kept,
    )
    op.create_table(
        "evidence_key",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_key")),
    )
    op.create_table(
        "evidence_day",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", _BIG, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", _BIG, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["evidence_key.id"], name=op.f("fk_evidence_day_key_id_evidence_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_day")),
        sa.UniqueConstraint("day", name=op.f("uq_evidence_day_day")),
    )
    op.create_table(
        "evidence_head",
        sa.Column("day_id", _BIG, nullable=False),
        sa.Column("place", _BIG, autoincrement=False, nullable=False),
        sa.Column("chain_id", _BIG, nullable=False),
        sa.Column("sequence", _BIG, nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["day_id"], ["evidence_day.id"], name=op.f("fk_evidence_head_day_id_evidence_day")
        ),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["evidence_chain.id"], name=op.f("fk_evidence_head_chain_id_evidence_chain")
        ),
        sa.PrimaryKeyConstraint("day_id", "place", name=op.f("pk_evidence_head")),
    )
    op.create_index("ix_evidence_head_chain_id", "evidence_head", ["chain_id", "day_id"])
    for table in _APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Take it back."""
    for table in ("evidence_head", "evidence_day", "evidence_key", "evidence_content", "evidence_record"):
        op.drop_table(table)
    op.drop_table("evidence_chain")


def _refuse_changes(table: str) -> None:
    """Make it append-only: see bot/db/append_only.py."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    for name, timing, each in (
        ("no_change", "BEFORE UPDATE OR DELETE", "FOR EACH ROW"),
        ("no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} {timing} ON {table} {each} EXECUTE FUNCTION refuse_change()"
        )
