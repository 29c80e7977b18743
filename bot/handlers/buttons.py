"""The buttons of plain messages, which work from a message of any age, whatever dialog is open.

Their data is short and says nothing about anybody; ownership is checked by the service that each one calls.
"""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts import Translator


class RenewMailbox(CallbackData, prefix="renew"):
    """*Rinnova* on a notice: open the renewal of this mailbox."""

    mailbox: int


class OpenRenewal(CallbackData, prefix="open"):
    """Begin a renewal, or go on with the one under way."""


class StartAfresh(CallbackData, prefix="fresh"):
    """Throw the renewal under way away and begin another; with `mailbox`, that mailbox's."""

    mailbox: int | None = None


class DiscardRenewal(CallbackData, prefix="discard"):
    """Throw the renewal under way away; `sure` is the second tap."""

    sure: bool


class ShowMailboxes(CallbackData, prefix="boxes"):
    """The list of mailboxes, at this page."""

    page: int


class ShowOrders(CallbackData, prefix="orders"):
    """My orders; with `number`, that one."""

    number: str | None = None


class ChooseLanguage(CallbackData, prefix="lang"):
    """Speak this language."""

    language: str


class AnswerLink(CallbackData, prefix="link"):
    """The answer to whether another customer may be added to this chat (DOMAIN.md 2.3)."""

    token: int
    accept: bool


class AnswerUnlink(CallbackData, prefix="unlink"):
    """The answer to whether the chat is to let go of its customers."""

    accept: bool


def button(translator: Translator, key: str, data: CallbackData, **variables: object) -> InlineKeyboardButton:
    """A button with a text by key."""
    return InlineKeyboardButton(text=translator.plain(key, **variables), callback_data=data.pack())


def keyboard(*rows: InlineKeyboardButton | tuple[InlineKeyboardButton, ...]) -> InlineKeyboardMarkup:
    """A keyboard of these rows; a single button is a row of its own."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[row] if isinstance(row, InlineKeyboardButton) else list(row) for row in rows]
    )
