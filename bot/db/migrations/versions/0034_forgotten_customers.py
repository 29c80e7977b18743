"""customers whose data were deleted: since when, and the names that a file must not bring back by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.add_column("customer", sa.Column("forgotten_on", sa.Date(), nullable=True))
    op.create_table(
        "forgotten",
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("customer_id", _BIG, nullable=False),
        sa.Column("mailbox_id", _BIG, nullable=True),
        sa.Column("forgotten_on", sa.Date(), nullable=False),
        sa.Column("readmitted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_forgotten_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailbox.id"], name=op.f("fk_forgotten_mailbox_id_mailbox")),
        sa.PrimaryKeyConstraint("name_index", "customer_id", name=op.f("pk_forgotten")),
    )
    op.create_index(op.f("ix_forgotten_customer_id"), "forgotten", ["customer_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_forgotten_customer_id"), table_name="forgotten")
    op.drop_table("forgotten")
    op.drop_column("customer", "forgotten_on")
