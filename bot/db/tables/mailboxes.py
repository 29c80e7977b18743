"""Mailboxes, as the operator's file brings them and as completed renewals change them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted


class MailboxRow(Base):
    """One PEC mailbox. Usage is in thousandths of GB, so that both back ends keep it exactly."""

    __tablename__ = "mailbox"
    __table_args__ = (Index("ix_mailbox_customer_id_expires_on", "customer_id", "expires_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), index=True)
    address: Mapped[str] = mapped_column(Encrypted)
    address_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    plan_id: Mapped[str] = mapped_column(String(32))
    expires_on: Mapped[date]
    extra_mailbox_gb: Mapped[int]
    extra_archive_gb: Mapped[int]
    used_mailbox_milli_gb: Mapped[int | None]
    used_archive_milli_gb: Mapped[int | None]
    usage_at: Mapped[datetime | None]
    auto_renew: Mapped[bool]
    promotion_id: Mapped[str | None] = mapped_column(String(32))
