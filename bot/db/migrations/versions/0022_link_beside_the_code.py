"""the link beside a mailed code, and who asks for codes as a stranger."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step. Who asked before it counts as a stranger for a day, as requests do."""
    op.create_table(
        "chat_once_bound",
        sa.Column("chat_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("email_index", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "email_index", name=op.f("pk_chat_once_bound")),
    )
    op.add_column("link_token", sa.Column("email_index", sa.LargeBinary(), nullable=True))
    op.add_column("login_code", sa.Column("link_hash", sa.LargeBinary(), nullable=True))
    op.add_column("login_code", sa.Column("link_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "login_code", sa.Column("by_stranger", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.create_index(op.f("ix_login_code_link_hash"), "login_code", ["link_hash"])


def downgrade() -> None:
    """Take it back: the links of the last day are good no more."""
    op.drop_index(op.f("ix_login_code_link_hash"), "login_code")
    op.drop_column("login_code", "by_stranger")
    op.drop_column("login_code", "link_until")
    op.drop_column("login_code", "link_hash")
    op.drop_column("link_token", "email_index")
    op.drop_table("chat_once_bound")
