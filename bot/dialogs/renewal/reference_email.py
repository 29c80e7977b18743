"""Another reference e-mail: the address, then the code that is mailed to it (DOMAIN.md 3.5).

Until the code is typed the old address stays, for the order too, and the renewal can go on meanwhile. Where no e-mail
is set up, nobody can be shown to read an address: the window says whom to write to.
"""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import note_of, sent_something_else
from bot.dialogs.new_email import email_code_data, send_again, take_address, take_email_code
from bot.dialogs.renewal.flow import header, inner_nav, renewal_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choices, Label
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.services.people.reference_emails import AwaitedEmail
from bot.texts import Safe


async def open_reference_email(manager: DialogManager) -> None:
    """Ask for the new address, or for the code where one is on its way."""
    renewal = await renewal_of(manager)
    awaited = await awaited_email(manager, renewal)
    waits = awaited is not None and awaited.good_until is not None
    await manager.switch_to(RenewalStates.email_code if waits else RenewalStates.email)


async def awaited_email(manager: DialogManager, renewal: Renewal) -> AwaitedEmail | None:
    """The new address that waits for its code in this chat; None also while no code is taken."""
    return await services_of(manager).reference_emails.awaiting(actor_of(manager), _customer_id(renewal))


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
            Choices("email_again", "again", send_again),
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
    if await take_address(message, manager, _customer_id(await renewal_of(manager))):
        await manager.switch_to(RenewalStates.email_code)


async def _code(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)

    def question(awaited: AwaitedEmail) -> Safe:
        return translator.html(
            "renewal-email-code-question",
            address=awaited.address,
            until=awaited.good_until,
            now=renewal.registrant.reference_email,
        )

    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        **await email_code_data(dialog_manager, _customer_id(renewal), question),
    }


async def _code_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await take_email_code(message, manager):
        await manager.switch_to(RenewalStates.registrant)
