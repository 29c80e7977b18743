"""the way that a renewal under way has taken."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_STEPS = ("mailbox", "plan", "space", "kit", "registrant", "payment", "years", "order")
_DRAFT = sa.table(
    "draft",
    sa.column("step", sa.String),
    sa.column("years", sa.Integer),
    sa.column("way", sa.String),
    sa.column("express", sa.Boolean),
)


def upgrade() -> None:
    """Take the step. Renewals under way went step by step, but for those that had the years and not yet how to pay."""
    op.add_column(
        "draft", sa.Column("way", sa.String(length=160), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("draft", sa.Column("express", sa.Boolean(), nullable=True))
    for position, step in enumerate(_STEPS):
        if step not in {"mailbox", "plan"}:
            stood = sa.update(_DRAFT).where(_DRAFT.c.step == step)
            op.execute(stood.values(way=",".join(_STEPS[:position]), express=sa.false()))
    short = sa.update(_DRAFT).where(_DRAFT.c.step.in_(["registrant", "payment"]), _DRAFT.c.years.is_not(None))
    op.execute(short.values(way="mailbox,plan", express=sa.true()))


def downgrade() -> None:
    """Take it back: the list of choices was no step of its own."""
    op.execute(sa.update(_DRAFT).where(_DRAFT.c.step == "edit").values(step="order"))
    op.drop_column("draft", "express")
    op.drop_column("draft", "way")
