"""What a renewal and the settings share of another reference e-mail: the address, and the code mailed to it (3.5)."""

from collections.abc import Callable
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import is_unknown_command, note_of, pause_text, set_note
from bot.dialogs.renewal.forms import blocks, error_text
from bot.dialogs.rewriting import take_away
from bot.dialogs.widgets import Choice
from bot.domain.registrant import FieldError
from bot.services.errors import AddressUnchanged, CodeNotOpen, CodesPaused, MailNotSetUp, NotACode
from bot.services.people.reference_emails import AwaitedEmail, Changed
from bot.texts import Safe


async def take_address(message: Message, manager: DialogManager, customer_id: int) -> bool:
    """Mail a code to the address that was written; False where it was none to take, which the window then says."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return False
    translator = translator_of(manager)
    try:
        await services_of(manager).reference_emails.ask(actor_of(manager), customer_id, message.text or "")
    except FieldError as error:
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


async def take_code(message: Message, manager: DialogManager) -> bool:
    """Take the code that was written; True once the address is the customer's, which is noted, as what is wrong is."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return False
    translator = translator_of(manager)
    try:
        result = await services_of(manager).reference_emails.enter(actor_of(manager), message.text or "")
    except NotACode:
        set_note(manager, translator.html("linking-code-form"))
        return False
    except (CodeNotOpen, CodesPaused):
        return False  # the window shows it by itself
    if isinstance(result, Changed):
        await take_away(message)
        set_note(manager, translator.html("renewal-email-changed", address=result.address))
        return True
    set_note(manager, translator.html("linking-code-wrong", left=result.attempts_left))
    return False


async def send_again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    """Mail another code for the request that a button names."""
    try:
        await services_of(manager).reference_emails.ask_again(actor_of(manager), int(request_id))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    else:
        set_note(manager, translator_of(manager).html("linking-code-again"))


async def code_data(
    manager: DialogManager, customer_id: int, question: Callable[[AwaitedEmail], Safe]
) -> dict[str, Any]:
    """For the window of the code: what is asked, or why there is no code now, and the button for another one."""
    translator, awaited = translator_of(manager), None
    try:
        awaited = await services_of(manager).reference_emails.awaited(actor_of(manager), customer_id)
    except CodesPaused as pause:
        text = pause_text(manager, pause)
    else:
        gone = awaited is None or awaited.good_until is None
        text = translator.html("linking-code-gone") if awaited is None or gone else question(awaited)
    return {
        "question": blocks(note_of(manager), text),
        # The button names the request that it replaces: a second quick tap asks for nothing more.
        "again": []
        if awaited is None
        else [Choice(str(awaited.request_id), translator.plain("linking-another-code"))],
    }
