"""What customers switched themselves: evidence that is only ever added to."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt


class SwitchingRow(Base):
    """Automatic renewal of one mailbox, switched on or off in a chat (DOMAIN.md 3.6, 7); append-only.

    `to` is `on`, `off`, or `way` where only the way of the notice was chosen anew; `language` is that of the screen.
    The rest is what that screen said: the expiry, the day of the charge, how the notice before it goes (`notice_by`,
    as in `MailboxRow`), and where it was switched on the years and the amount in cents, if it is known. What an order
    switches is in the order's own evidence.
    """

    __tablename__ = "auto_renewal_switching"

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), index=True)
    to: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime]
    chat_id: Mapped[int] = mapped_column(BigInt)
    language: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(64))
    expires_on: Mapped[date]
    charge_on: Mapped[date]
    years: Mapped[int | None]
    due: Mapped[int | None]
    notice_by: Mapped[str | None] = mapped_column(String(4))


class RenewalDecisionRow(Base):
    """That a mailbox is not renewed, or is after all, said in a chat (docs/decisions/029); append-only.

    `to` is `stop` or `go`; `language` is that of the screen, `expires_on` the expiry that it spoke of.
    """

    __tablename__ = "renewal_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), index=True)
    to: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime]
    chat_id: Mapped[int] = mapped_column(BigInt)
    language: Mapped[str] = mapped_column(String(8))
    expires_on: Mapped[date]
