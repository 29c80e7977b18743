"""The reference e-mail: which it is, and another one, shown to be the customer's by a code (DOMAIN.md 3.5).

A chat that speaks for several customers chooses whose it is: each has one of its own.
"""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import note_of, sent_something_else
from bot.dialogs.new_email import email_code_data, send_again, take_address, take_email_code
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import ADDRESS_WIDTH, id_in
from bot.dialogs.settings.data import back_to, open_customer, set_open_customer
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html, Label
from bot.dialogs.widgets.addresses import shortened_address
from bot.services.errors import NotYours
from bot.services.people.reference_emails import AwaitedEmail, CustomerEmail
from bot.texts import Safe


def windows() -> list[Window]:
    """The address, and the code."""
    return [
        Window(
            Html("settings-email-page"),
            Choices("settings_email_whose", "others", _open, scroll="rows"),
            SwitchTo(
                Label("settings-email-enter"),
                id="settings_email_enter",
                state=SettingsStates.email_code,
                when="waits",
            ),
            back_to("settings_email", SettingsStates.menu),
            MessageInput(_address_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=SettingsStates.email,
            getter=_email,
        ),
        Window(
            Html("renewal-email-code"),
            Choices("settings_email_again", "again", send_again),
            back_to("settings_email_code", SettingsStates.email),
            MessageInput(_code_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=SettingsStates.email_code,
            getter=_code,
        ),
    ]


async def _opened(manager: DialogManager) -> tuple[CustomerEmail, tuple[CustomerEmail, ...]]:
    """The customer whose address is open, the first while none is; and the others.

    Raises:
        NotYours: the chat speaks for no customer any more.
    """
    found = await services_of(manager).reference_emails.of_chat(actor_of(manager))
    if not found:
        raise NotYours
    shown = next((each for each in found if each.customer_id == open_customer(manager)), found[0])
    return shown, tuple(each for each in found if each is not shown)


async def _email(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    shown, others = await _opened(dialog_manager)
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    operator, offered = services.surroundings.catalogue.operator, services.reference_emails.offered
    awaited = await services.reference_emails.awaiting(actor_of(dialog_manager), shown.customer_id)
    return {
        "body": blocks(
            note_of(dialog_manager),
            translator.html(
                "settings-email-now", address=shown.address, first=shown.first, count=shown.count
            ),
            None if awaited is None else translator.html("settings-email-waiting", address=awaited.address),
            translator.html("settings-email-question")
            if offered
            else translator.html(
                "settings-email-not-here", operator=operator.name, email=operator.email, phone=operator.phone
            ),
        ),
        "waits": awaited is not None,
        "rows": services.surroundings.catalogue.rules.mailboxes_per_page,
        "others": [
            Choice(
                str(each.customer_id),
                translator.plain(
                    "settings-email-other", address=shortened_address(each.address, ADDRESS_WIDTH)
                ),
            )
            for each in others
        ],
    }


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    set_open_customer(manager, id_in(item_id))


async def _address_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    shown, _others = await _opened(manager)
    set_open_customer(manager, shown.customer_id)
    if await take_address(message, manager, shown.customer_id):
        await manager.switch_to(SettingsStates.email_code)


async def _code(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    shown, _others = await _opened(dialog_manager)
    translator = translator_of(dialog_manager)

    def question(awaited: AwaitedEmail) -> Safe:
        return translator.html(
            "settings-email-code-question",
            address=awaited.address,
            until=awaited.good_until,
            now=shown.address,
        )

    return await email_code_data(dialog_manager, shown.customer_id, question)


async def _code_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await take_email_code(message, manager):
        await manager.switch_to(SettingsStates.email)
