"""What the dialog of settings remembers: which mailbox and which step are open, and which list of mailboxes.

Everything else is read anew for each window, so that what another chat or an old button changed is seen.
"""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.context import actor_of, services_of
from bot.dialogs.widgets import nav_row
from bot.domain.reminders import MuteLevel
from bot.services.reminders.preferences import ReminderSettings, Silenced

HEARD: Final[Mapping[MuteLevel | None, str]] = {None: "all", MuteLevel.MOST: "last", MuteLevel.ALL: "none"}
"""How much is heard of a mailbox, as texts select it."""

_MAILBOX: Final = "mailbox"
_CUSTOMER: Final = "customer"
_STEP: Final = "step"
_PUT_OFF: Final = "put_off"
_ALONE: Final = "alone"


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the ids that it was started with, if it was with any."""
    manager.dialog_data.update(start_data or {})


def opened_alone(window: State, mailbox_id: int) -> dict[str, str | int | None]:
    """What the dialog is started with for one window of one mailbox, whose Back leads to where it was opened."""
    return {_MAILBOX: mailbox_id, _ALONE: window.state}


def is_alone(manager: DialogManager) -> bool:
    """Whether the dialog was opened at one window of one mailbox, rather than at its menu or a list."""
    return manager.dialog_data.get(_ALONE) is not None


async def settings_of(manager: DialogManager) -> ReminderSettings:
    """The settings as they stand, read for this window."""
    return await services_of(manager).wishes.read(actor_of(manager))


def open_mailbox_id(manager: DialogManager) -> int:
    """The mailbox that is open; 0, which is nobody's, while none is."""
    return int(manager.dialog_data.get(_MAILBOX, 0))


async def open_mailbox(manager: DialogManager) -> Silenced:
    """The same, with what was decided about it.

    Raises:
        NotYours: it is not this chat's any more, or there is nothing more to remind of.
    """
    return (await settings_of(manager)).mailbox(open_mailbox_id(manager))


def set_open_mailbox(manager: DialogManager, mailbox_id: int) -> None:
    """Open this mailbox."""
    manager.dialog_data[_MAILBOX] = mailbox_id


def open_customer(manager: DialogManager) -> int:
    """The customer whose reference e-mail is open; 0, which is nobody, while none is."""
    return int(manager.dialog_data.get(_CUSTOMER, 0))


def set_open_customer(manager: DialogManager, customer_id: int) -> None:
    """Open this customer's reference e-mail."""
    manager.dialog_data[_CUSTOMER] = customer_id


def open_step(manager: DialogManager) -> int:
    """The step of the ladder that is about to be switched off."""
    return int(manager.dialog_data[_STEP])


def set_open_step(manager: DialogManager, step: int) -> None:
    """Ask about this step."""
    manager.dialog_data[_STEP] = step


def lists_put_off(manager: DialogManager) -> bool:
    """Whether the list shows only mailboxes whose next reminder was put off."""
    return bool(manager.dialog_data.get(_PUT_OFF))


def list_put_off(manager: DialogManager, *, only: bool) -> None:
    """Let the list show these alone, or all mailboxes."""
    manager.dialog_data[_PUT_OFF] = only


def back_to(prefix: str, parent: State) -> Row:
    """A row of Back alone, which leads to `parent`."""

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await manager.switch_to(parent)

    return nav_row(prefix, back=back)


def back_out_or_to(prefix: str, parent: State) -> Row:
    """The same of a window that may be opened alone (`opened_alone`): its Back then leads to where that was."""

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        if manager.dialog_data.get(_ALONE) == manager.current_context().state.state:
            await manager.done()
        else:
            await manager.switch_to(parent)

    return nav_row(prefix, back=back)
