"""the invoices of orders, and the calls that told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "invoice_call",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("webhook_id", sa.String(length=128), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_call")),
        sa.UniqueConstraint("webhook_id", name=op.f("uq_invoice_call_webhook_id")),
    )
    op.create_table(
        "invoice",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("order_id", _BIG, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=16), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_invoice_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_invoice_order_id_number")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("invoice")
    op.drop_table("invoice_call")
