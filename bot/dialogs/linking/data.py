"""What the dialog remembers, and how it goes on afterwards.

`dialog_data` holds what the person came for, and nothing else: neither the address nor the code ever rests there.
"""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Final, TypeAlias

from aiogram.types import Message
from aiogram_dialog import DialogManager

_PURPOSE: Final = "purpose"


class Purpose(StrEnum):
    """What the chat is to be linked for; the values are stored with open conversations."""

    HOME = "home"
    RENEW = "renew"


Arrived: TypeAlias = Callable[[Message, DialogManager, Purpose], Awaitable[None]]
"""Goes on once the chat is linked: given the message that had the code, and what the person came for."""


def start_data(purpose: Purpose) -> dict[str, str]:
    """What the dialog is started with."""
    return {_PURPOSE: purpose.value}


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep what the person came for."""
    manager.dialog_data[_PURPOSE] = (start_data or {}).get(_PURPOSE, Purpose.HOME.value)


def purpose_of(manager: DialogManager) -> Purpose:
    """What the person came for."""
    return Purpose(manager.dialog_data[_PURPOSE])
