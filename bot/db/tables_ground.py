"""The tables that the ground stands on: secrets of the database, dialog state, updates processed and in progress."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Encrypted, EncryptedJson


class SecretRow(Base):
    """A secret made by the bot itself, sealed with `DATA_KEYS`: today, the key of the blind index."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[bytes]


class ChatStateRow(Base):
    """One record of the conversation's state: what aiogram and aiogram-dialog keep under one storage key.

    The key carries every field that a storage key has; what a key does not have is 0 or an empty text, so
    that the fields can be a primary key. `data` is strict JSON, sealed: a text field remembers what was
    typed into it. A record with neither state nor data has no row.
    """

    __tablename__ = "chat_state"
    __table_args__ = (Index(None, "updated_at"),)

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    thread_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    business_connection_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    destiny: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(255))
    data: Mapped[str] = mapped_column(Encrypted)
    updated_at: Mapped[datetime]


class ChatVersionRow(Base):
    """How often the state of a chat was changed: who writes on what another process has changed meanwhile notices."""

    __tablename__ = "chat_version"
    __table_args__ = (Index(None, "updated_at"),)

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    updated_at: Mapped[datetime]


class NoteRow(Base):
    """Something small that all processes of the bot know, such as the ladder that reminders were planned by."""

    __tablename__ = "note"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class SeenUpdateRow(Base):
    """An update that was processed: Telegram may deliver it again, and then nothing must happen."""

    __tablename__ = "seen_update"
    __table_args__ = (Index(None, "seen_at"),)

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]


class WaitingUpdateRow(Base):
    """An update that took long: Telegram was told that it is received, and has it no more.

    `data` is the update as it came, sealed; the row goes when the update was processed.
    """

    __tablename__ = "waiting_update"

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    received_at: Mapped[datetime]


class SpeakerRow(Base):
    """A process that sends messages, and its part of what all of them may send (see `bot.db.shares`).

    Until `good_until`, by the database's clock, nobody else uses the `held` places. `talking` are those that
    it needs for what somebody waits for; until `paused_until` Telegram wants to hear nothing.
    """

    __tablename__ = "speaker"

    process: Mapped[str] = mapped_column(String(64), primary_key=True)
    held: Mapped[int]
    talking: Mapped[int]
    pushing: Mapped[bool]
    paused_until: Mapped[datetime]
    good_until: Mapped[datetime]
