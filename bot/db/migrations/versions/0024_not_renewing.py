"""mailboxes that their customer does not renew, and who said so: evidence that cannot be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "renewal_decision"


def upgrade() -> None:
    """Take the step."""
    op.add_column("mailbox", sa.Column("not_renewing", sa.Date(), nullable=True))
    op.create_table(
        _TABLE,
        sa.Column("id", _BIG, nullable=False),
        sa.Column("mailbox_id", _BIG, nullable=False),
        sa.Column("to", sa.String(length=4), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", _BIG, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailbox.id"], name=op.f("fk_renewal_decision_mailbox_id_mailbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_decision")),
    )
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_renewal_decision_mailbox_id"), ["mailbox_id"], unique=False)
    _refuse_changes()


def downgrade() -> None:
    """Take it back."""
    op.drop_table(_TABLE)
    op.drop_column("mailbox", "not_renewing")


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
