"""Another reference e-mail: the address, then the code that is mailed to it (DOMAIN.md 3.5).

Until the code is typed the old address stays, for the order too, and the renewal can go on meanwhile. Where no e-mail
is set up, nobody can be shown to read an address: the window says whom to write to.
"""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import is_unknown_command, note_of, pause_text, sent_something_else, set_note
from bot.dialogs.renewal.flow import header, inner_nav, renewal_of
from bot.dialogs.renewal.forms import blocks, error_text
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Label
from bot.domain.registrant import FieldError
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.services.errors import AddressUnchanged, CodeNotOpen, CodesPaused, MailNotSetUp, NotACode
from bot.services.people.reference_emails import AwaitedEmail, Changed
from bot.texts import Safe


async def open_reference_email(manager: DialogManager) -> None:
    """Ask for the new address, or for the code where one is on its way."""
    renewal = await renewal_of(manager)
    awaited = await awaited_email(manager, renewal)
    waits = awaited is not None and awaited.good_until is not None
    await manager.switch_to(RenewalStates.email_code if waits else RenewalStates.email)


async def awaited_email(manager: DialogManager, renewal: Renewal) -> AwaitedEmail | None:
    """The new address that waits for its code in this chat; None also while no code is taken."""
    emails = services_of(manager).reference_emails
    if not emails.offered:
        return None
    try:
        return await emails.awaited(actor_of(manager), _customer_id(renewal))
    except CodesPaused:
        return None


def windows() -> list[Window]:
    """The windows of this module, in their order."""
    return [
        step_window(
            RenewalStates.email,
            inner_nav("email", RenewalStates.registrant),
            MessageInput(_address_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            text="renewal-email",
            getter=_email,
        ),
        step_window(
            RenewalStates.email_code,
            Choices("email_again", "again", _again),
            SwitchTo(Label("linking-other-address"), id="email_other", state=RenewalStates.email),
            inner_nav("email_code", RenewalStates.registrant),
            MessageInput(_code_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            text="renewal-email-code",
            getter=_code,
        ),
    ]


def _customer_id(renewal: Renewal) -> int:
    return next(iter(renewal.facts.mailboxes.values())).customer_id


async def _email(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    offered = services_of(dialog_manager).reference_emails.offered
    operator = renewal.facts.catalogue.operator
    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        "question": blocks(
            note_of(dialog_manager),
            translator.html("renewal-field-now", value=renewal.registrant.reference_email),
            translator.html("renewal-email-question")
            if offered
            else translator.html(
                "renewal-email-not-here", operator=operator.name, email=operator.email, phone=operator.phone
            ),
        ),
    }


async def _address_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return
    renewal, translator = await renewal_of(manager), translator_of(manager)
    try:
        await services_of(manager).reference_emails.ask(
            actor_of(manager), _customer_id(renewal), message.text or ""
        )
    except FieldError as error:
        set_note(manager, error_text(translator, error))
    except AddressUnchanged:
        set_note(manager, translator.html("renewal-email-unchanged"))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    except MailNotSetUp:
        pass  # the window says so
    else:
        await manager.switch_to(RenewalStates.email_code)


async def _code(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    awaited: AwaitedEmail | None = None
    try:
        awaited = await services_of(dialog_manager).reference_emails.awaited(
            actor_of(dialog_manager), _customer_id(renewal)
        )
    except CodesPaused as pause:
        text = pause_text(dialog_manager, pause)
    else:
        text = _question(dialog_manager, awaited, renewal)
    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        "question": blocks(note_of(dialog_manager), text),
        # The button names the request that it replaces: a second quick tap asks for nothing more.
        "again": []
        if awaited is None
        else [Choice(str(awaited.request_id), translator.plain("linking-another-code"))],
    }


def _question(manager: DialogManager, awaited: AwaitedEmail | None, renewal: Renewal) -> Safe:
    translator = translator_of(manager)
    if awaited is None or awaited.good_until is None:
        return translator.html("linking-code-gone")
    return translator.html(
        "renewal-email-code-question",
        address=awaited.address,
        until=awaited.good_until,
        now=renewal.registrant.reference_email,
    )


async def _code_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return
    translator = translator_of(manager)
    try:
        result = await services_of(manager).reference_emails.enter(actor_of(manager), message.text or "")
    except NotACode:
        set_note(manager, translator.html("linking-code-form"))
    except (CodeNotOpen, CodesPaused):
        pass  # the window shows it by itself
    else:
        if isinstance(result, Changed):
            set_note(manager, translator.html("renewal-email-changed", address=result.address))
            await manager.switch_to(RenewalStates.registrant)
        else:
            set_note(manager, translator.html("linking-code-wrong", left=result.attempts_left))


async def _again(_: CallbackQuery, __: Any, manager: DialogManager, request_id: str) -> None:
    try:
        await services_of(manager).reference_emails.ask_again(actor_of(manager), int(request_id))
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
    else:
        set_note(manager, translator_of(manager).html("linking-code-again"))
