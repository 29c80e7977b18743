"""automatic renewal, switched on and off in a chat: evidence that cannot be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "auto_renewal_switching"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        _TABLE,
        sa.Column("id", _BIG, nullable=False),
        sa.Column("mailbox_id", _BIG, nullable=False),
        sa.Column("to", sa.String(length=3), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", _BIG, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("charge_on", sa.Date(), nullable=False),
        sa.Column("years", _BIG, nullable=True),
        sa.Column("due", _BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_auto_renewal_switching_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auto_renewal_switching")),
    )
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_auto_renewal_switching_mailbox_id"), ["mailbox_id"], unique=False
        )
    _refuse_changes()


def downgrade() -> None:
    """Take it back."""
    op.drop_table(_TABLE)


def _refuse_changes() -> None:
    """Make it append-only: see bot/db/append_only.py."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {_TABLE}_no_{change} BEFORE {change.upper()} ON {_TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"
            )
        return
    for name, timing, each in (
        ("no_change", "BEFORE UPDATE OR DELETE", "FOR EACH ROW"),
        ("no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_{name} {timing} ON {_TABLE} {each} EXECUTE FUNCTION refuse_change()"
        )
