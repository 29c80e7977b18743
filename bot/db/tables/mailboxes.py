"""Mailboxes, as the operator's file brings them and as completed renewals change them, and their reminders."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, BigInt, Encrypted


class MailboxRow(Base):
    """One PEC mailbox. Usage is in thousandths of GB, so that both back ends keep it exactly.

    `remind_on` is the day from which the planner of reminders has to look at the mailbox again; None when there is
    nothing more to say about it. Whatever may make something due sooner sets it to an earlier day.

    `notice_by` is how the customer wants the notice that precedes an automatic renewal, a `NoticeWay`; None where
    nobody has chosen. No mailbox file has a word for it.

    `not_renewing` is the expiry of which the customer has said that the mailbox is not renewed; None where it was not
    said, or was taken back. It is so while it is the expiry that the mailbox has. No mailbox file has a word for it.

    `gone_on` is the day on which it was marked gone, since a complete mailbox file, of which `gone_by` is the name, did
    not name it any more; both None while it is there. A later file that names it ends that.
    """

    __tablename__ = "mailbox"
    __table_args__ = (
        Index("ix_mailbox_customer_id_expires_on", "customer_id", "expires_on"),
        Index("ix_mailbox_remind_on", "remind_on", "customer_id", "id"),
        Index(
            "ix_mailbox_gone_on",
            "gone_on",
            sqlite_where=text("gone_on IS NOT NULL"),
            postgresql_where=text("gone_on IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

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
    notice_by: Mapped[str | None] = mapped_column(String(4))
    promotion_id: Mapped[str | None] = mapped_column(String(32))
    remind_on: Mapped[date | None]
    not_renewing: Mapped[date | None]
    gone_on: Mapped[date | None]
    gone_by: Mapped[str | None] = mapped_column(String(100))


class SpaceLevelRow(Base):
    """A space of a mailbox, itself or its archive, that an import found filled to a level (DOMAIN.md 6, "Space").

    `level` is 70, 90 or 100, in per cent; below 70 there is no row. `told` is the level that its customer was told of,
    0 for none, never above `level`; `told_at` is when that was written to the outbox.
    """

    __tablename__ = "space_level"

    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    archive: Mapped[bool] = mapped_column(primary_key=True)
    level: Mapped[int]
    told: Mapped[int]
    told_at: Mapped[datetime | None]


class ReminderRow(Base):
    """A step of the ladder that was told for this expiry: it is not told again (DOMAIN.md 6).

    `step` is in days before the expiry, negative after it; the last day and the end have numbers of their own.
    """

    __tablename__ = "reminder"

    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    expires_on: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


class MuteRow(Base):
    """A mailbox about which a chat wants no reminders (DOMAIN.md 6). `level` is `most` (but the last) or `all`."""

    __tablename__ = "mute"

    chat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("chat.id"), primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True, index=True)
    level: Mapped[str] = mapped_column(String(8))


class SnoozeRow(Base):
    """A chat asked to be reminded of a mailbox on another day, for the expiry that it has now (DOMAIN.md 6)."""

    __tablename__ = "snooze"

    chat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("chat.id"), primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True, index=True)
    expires_on: Mapped[date]
    until: Mapped[date]
