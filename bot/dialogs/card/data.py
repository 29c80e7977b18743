"""What the dialog of a card remembers: which mailbox it is, and the page of the list that it was opened from."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of
from bot.services.cards import MailboxCard

_MAILBOX: Final = "mailbox"
_PAGE: Final = "page"

RenewsMailbox = Callable[[CallbackQuery, DialogManager, int], Awaitable[None]]
"""Opens the renewal of this mailbox, whatever is under way."""
GoesHome = Callable[[CallbackQuery, DialogManager], Awaitable[None]]
"""Shows the home of the chat below the card, which stays."""
ShowsList = Callable[[CallbackQuery, DialogManager, int], Awaitable[None]]
"""Puts this page of the list of mailboxes in the place of the card."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a card leads outside of dialogs."""

    renew: RenewsMailbox
    home: GoesHome
    to_list: ShowsList


def start_data(mailbox_id: int, page: int | None) -> dict[str, Any]:
    """What the dialog is started with; `page` is None where the card was not opened from the list."""
    return {_MAILBOX: mailbox_id, _PAGE: page}


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog."""
    manager.dialog_data.update(start_data or {})


def open_mailbox_id(manager: DialogManager) -> int:
    """The mailbox of the card; 0, which is nobody's, where there is none."""
    return int(manager.dialog_data.get(_MAILBOX, 0))


def page_of_list(manager: DialogManager) -> int | None:
    """The page to go back to; None where there is no list behind the card."""
    page = manager.dialog_data.get(_PAGE)
    return None if page is None else int(page)


async def read_card(manager: DialogManager) -> MailboxCard:
    """The card as it stands.

    Raises:
        NotYours: the mailbox is not this chat's.
    """
    return await services_of(manager).cards.read(actor_of(manager), open_mailbox_id(manager))
