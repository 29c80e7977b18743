"""collective numbers, in one space with those of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOT_ALLOTTED = sa.text("kind <> 'allotted'")
_ALLOTTED = sa.text("kind = 'allotted'")


def upgrade() -> None:
    """Take the step: the numbers of the orders that are there are taken."""
    op.create_table(
        "taken_number",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_taken_number")),
    )
    op.execute("INSERT INTO taken_number (number) SELECT number FROM orders")
    op.create_table(
        "collective",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["taken_number.number"], name=op.f("fk_collective_number_taken_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective")),
        sa.UniqueConstraint("number", name=op.f("uq_collective_number")),
    )
    op.create_table(
        "collective_order",
        sa.Column("collective_id", _ID, nullable=False),
        sa.Column("order_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["collective.id"], name=op.f("fk_collective_order_collective_id_collective")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_collective_order_order_id_orders")
        ),
        sa.PrimaryKeyConstraint("collective_id", "order_id", name=op.f("pk_collective_order")),
    )
    op.create_index(op.f("ix_collective_order_order_id"), "collective_order", ["order_id"])
    op.drop_index("uq_payment_origin_id_kind", table_name="payment")
    op.create_index(
        "uq_payment_origin_id_kind",
        "payment",
        ["origin_id", "kind"],
        unique=True,
        sqlite_where=_NOT_ALLOTTED,
        postgresql_where=_NOT_ALLOTTED,
    )
    op.create_index(
        "uq_payment_origin_id_order_id",
        "payment",
        ["origin_id", "order_id"],
        unique=True,
        sqlite_where=_ALLOTTED,
        postgresql_where=_ALLOTTED,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("uq_payment_origin_id_order_id", table_name="payment")
    op.drop_index("uq_payment_origin_id_kind", table_name="payment")
    op.create_index("uq_payment_origin_id_kind", "payment", ["origin_id", "kind"], unique=True)
    op.drop_index(op.f("ix_collective_order_order_id"), table_name="collective_order")
    op.drop_table("collective_order")
    op.drop_table("collective")
    op.drop_table("taken_number")
