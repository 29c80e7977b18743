"""reversals with an id of their own: a payment may go back in parts, and come again."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_REPORTED = sa.text("origin_id IS NULL")
_NOT_ALLOTTED = sa.text("kind <> 'allotted'")


def upgrade() -> None:
    """Take the step: the reversals that are there are the only ones of their payments, and have no id."""
    op.add_column(
        "payment",
        sa.Column("reversal_id", sa.String(length=128), server_default=sa.text("''"), nullable=False),
    )
    _reindex(["reversal_id"], old="", new="_reversal_id")


def downgrade() -> None:
    """Take it back; refused where a payment went back more than once."""
    _reindex([], old="_reversal_id", new="")
    op.drop_column("payment", "reversal_id")


def _reindex(more: list[str], *, old: str, new: str) -> None:
    for columns, where in ((["payment_id", "kind"], _REPORTED), (["origin_id", "kind"], _NOT_ALLOTTED)):
        name = f"uq_payment_{'_'.join(columns)}"
        op.drop_index(name + old, table_name="payment")
        op.create_index(
            name + new,
            "payment",
            [*columns, *more],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
