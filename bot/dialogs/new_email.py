"""What a renewal and the settings share of another reference e-mail: the address, and the code mailed to it (3.5)."""

from collections.abc import Callable
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import (
    code_data,
    is_unknown_command,
    mail_again,
    pause_text,
    set_note,
    take_code,
)
from bot.dialogs.renewal.forms import error_text
from bot.dialogs.typed_words import leave_words
from bot.domain.registrant import FieldError
from bot.services.errors import AddressUnchanged, CodesPaused, MailNotSetUp
from bot.services.people.reference_emails import AwaitedEmail
from bot.texts import Safe


async def take_address(message: Message, manager: DialogManager, customer_id: int) -> bool:
    """Mail a code to the address that was written; False where it was none to take, which the window then says.

    Raises:
        SkipHandler: it is no address, but a word that asks for something.
    """
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return False
    translator = translator_of(manager)
    try:
        await services_of(manager).reference_emails.ask(actor_of(manager), customer_id, message.text or "")
    except FieldError as error:
        leave_words(message, manager)
        set_note(manager, error_text(translator, error))
    except AddressUnchanged:
        set_note(manager, translator.html("renewal-email-unchanged"))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    except MailNotSetUp:
        pass  # the window says so
    else:
        return True
    return False


async def take_email_code(message: Message, manager: DialogManager) -> bool:
    """Take the code that was written; True once the address is the customer's, which is noted, as what is wrong is."""
    changed = await take_code(message, manager, services_of(manager).reference_emails)
    if changed is None:
        return False
    set_note(manager, translator_of(manager).html("renewal-email-changed", address=changed.address))
    return True


async def send_again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    """Mail another code for the request that a button names."""
    await mail_again(manager, services_of(manager).reference_emails, request_id)


async def email_code_data(
    manager: DialogManager, customer_id: int, question: Callable[[AwaitedEmail], Safe]
) -> dict[str, Any]:
    """For the window of the code that was mailed to a new address of this customer."""
    awaited = services_of(manager).reference_emails.awaited(actor_of(manager), customer_id)
    return await code_data(manager, awaited, question)
