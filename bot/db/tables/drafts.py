"""The renewal under way in a chat: the row is the truth, the windows are views of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Base, BigInt, EncryptedJson


class DraftRow(Base):
    """One renewal being prepared. A chat has at most one that is open, and it makes at most one order.

    `status` is `open`, `ordered` or `discarded`. `registrant`, `kit_holder` and `shipping` hold personal data
    until the order is placed or the draft thrown away, and so does `on_file`: the holder's data on record when the
    draft was last written. `counted_tap` is the update of the last tap on a counter. `way` are the steps gone through
    before `step`, with commas between; `express` whether that is the short way, null before it parts. `version` counts
    its changes: it is read when an update begins and compared when it is written at the end.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft_open_chat_id",
            "chat_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("chat.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder.id"))
    status: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(String(16))
    way: Mapped[str] = mapped_column(String(160), default="", server_default=text("''"))
    express: Mapped[bool | None]
    kit_answered: Mapped[bool]
    kit_id: Mapped[str | None] = mapped_column(String(32))
    kit_holder: Mapped[Any | None] = mapped_column(EncryptedJson)
    shipping: Mapped[Any | None] = mapped_column(EncryptedJson)
    registrant: Mapped[Any | None] = mapped_column(EncryptedJson)
    registrant_confirmed: Mapped[bool]
    on_file: Mapped[Any | None] = mapped_column(EncryptedJson)
    method_id: Mapped[str | None] = mapped_column(String(32))
    auto_renew: Mapped[bool]
    notice_by: Mapped[str | None] = mapped_column(String(4))
    years: Mapped[int | None]
    acceptances: Mapped[Any] = mapped_column(JSON)
    counted_tap: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    items: Mapped[list["DraftItemRow"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="DraftItemRow.position"
    )


class DraftItemRow(Base):
    """One mailbox of a draft, with the plan and extra GB chosen for it.

    `accepted_loss` is a decimal of GB, or `Infinity` for an archive of unknown size.
    """

    __tablename__ = "draft_item"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    position: Mapped[int]
    plan_id: Mapped[str] = mapped_column(String(32))
    extra_mailbox_gb: Mapped[int]
    extra_archive_gb: Mapped[int]
    accepted_loss: Mapped[str | None] = mapped_column(String(16))
