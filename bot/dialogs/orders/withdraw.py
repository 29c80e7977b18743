"""Withdrawing from an order in two steps, and the receipt (DOMAIN.md 7; art. 54-bis Consumer Code).

The receipt is the message that is pushed, by the transaction which keeps the statement: it stays in the chat, and comes
whatever happens to the process meanwhile. The window after the confirming tap says that it comes.
What was done meanwhile, in another chat or by another tap, is seen in each window: it shows the receipt then.
"""

from typing import Any, Final

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import is_unknown_command, note_of, sent_something_else, set_note
from bot.dialogs.orders.data import open_number
from bot.dialogs.renewal.forms import blocks, error_text
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import OrderStates
from bot.dialogs.typed_words import leave_words
from bot.dialogs.widgets import Html, Label, nav_row
from bot.dialogs.widgets.colours import DESTROYS, GOES_ON
from bot.domain.registrant import FieldError
from bot.domain.withdrawal import Right
from bot.messages.withdrawal_words import (
    boxes_named,
    follows,
    kit_name,
    receipt_body,
    statement_words,
    until_words,
)
from bot.services.errors import NotWithdrawable
from bot.services.orders.withdrawing import Stated, Withdrawable, receipt_email
from bot.texts import Safe

_EMAIL: Final = "receipt_to"
_JUST_STATED: Final = "just_stated"
"""It was stated by the tap before: the receipt is on its way as a message, and the window is not a second one."""
_MOST_NAMED: Final = 5


def windows() -> list[Window]:
    """The two steps, the address of the receipt, and the receipt."""
    return [
        Window(
            Html(lambda data: "withdrawal-first" if data["open"] else data["key"]),
            Button(Label("withdrawal-next"), id="withdraw_next", on_click=_next, when="open", style=GOES_ON),
            SwitchTo(
                Label("withdrawal-other-email"),
                id="withdraw_email",
                state=OrderStates.withdraw_email,
                when="open",
            ),
            nav_row("withdraw", back=_to_order),
            MessageInput(hint_to_tap),
            state=OrderStates.withdraw,
            getter=_first,
        ),
        Window(
            Html(lambda data: "withdrawal-email" if data["open"] else data["key"]),
            nav_row("withdraw_email", back=_to_first),
            MessageInput(_email_written, content_types=ContentType.TEXT),
            MessageInput(sent_something_else),
            state=OrderStates.withdraw_email,
            getter=_email,
        ),
        Window(
            Html(lambda data: "withdrawal-second" if data["open"] else data["key"]),
            Button(
                Label("withdrawal-confirm"),
                id="withdraw_confirm",
                on_click=_confirm,
                when="open",
                style=DESTROYS,
            ),
            nav_row("withdraw_confirm", back=_to_first),
            MessageInput(hint_to_tap),
            state=OrderStates.withdraw_confirm,
            getter=_second,
        ),
        Window(
            Html(lambda data: data["key"]),
            Row(
                Button(Label("renewal-placed-open"), id="withdrawn_order", on_click=_from_receipt),
                Button(Label("nav-close"), id="withdrawn_close", on_click=_close),
            ),
            MessageInput(hint_to_tap),
            state=OrderStates.withdrawn,
            getter=_receipt,
        ),
    ]


async def _found(manager: DialogManager) -> Withdrawable:
    """The open order, and whether it can be withdrawn from.

    Raises:
        NotYours: it is not this chat's.
    """
    return await services_of(manager).withdrawals.show(actor_of(manager), open_number(manager))


def _receipt_to(manager: DialogManager, found: Withdrawable) -> str:
    """Where the receipt goes: to the reference e-mail of the order, until another address is written."""
    written = manager.dialog_data.get(_EMAIL)
    return written if isinstance(written, str) else found.order.registrant.reference_email


def _over(manager: DialogManager, found: Withdrawable) -> dict[str, Any]:
    """What a window shows instead of its step: the receipt, or why there is no such right."""
    translator, order = translator_of(manager), found.order
    operator = services_of(manager).surroundings.catalogue.operator
    if found.receipt is not None:
        catalogue = services_of(manager).surroundings.catalogue
        body = receipt_body(
            translator, catalogue, found.receipt, kit_id=order.kit_id, auto_renew=order.auto_renew
        )
        return {
            "open": False,
            "key": "withdrawal-receipt",
            "order": order.number,
            "kit": found.receipt.kit_alone,
            "body": body,
        }
    why = translator.html(
        "withdrawal-why",
        right=found.right.value,
        until=found.last_day,
        operator=operator.name,
        email=operator.withdrawal_email,
    )
    return {"open": False, "key": "withdrawal-first", "order": order.number, "body": why}


async def _first(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await _found(dialog_manager)
    if not found.right.is_online:
        return _over(dialog_manager, found)
    translator, order = translator_of(dialog_manager), found.order
    catalogue, kit_alone = services_of(dialog_manager).surroundings.catalogue, found.right is Right.KIT
    addresses = [item.address for item in order.items]
    body = blocks(
        note_of(dialog_manager),
        lines_of(
            [
                translator.html("withdrawal-name", name=order.registrant.display_name),
                translator.html("withdrawal-what", placed=order.placed_at, due=order.quote.due),
                translator.html("withdrawal-kit", kit=kit_name(translator, catalogue, order.kit_id))
                if kit_alone
                else translator.html("withdrawal-boxes", **boxes_named(addresses, _MOST_NAMED)),
            ]
        ),
        translator.html("withdrawal-to", email=_receipt_to(dialog_manager, found)),
        translator.html(
            "withdrawal-whole-kit" if kit_alone else "withdrawal-whole",
            days=catalogue.rules.withdrawal_days,
            **until_words(found.last_day),
        ),
    )
    return {"open": True, "order": order.number, "body": body}


async def _email(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await _found(dialog_manager)
    if not found.right.is_online:
        return _over(dialog_manager, found)
    question = translator_of(dialog_manager).html(
        "withdrawal-email-question", email=_receipt_to(dialog_manager, found)
    )
    return {"open": True, "body": blocks(note_of(dialog_manager), question)}


async def _second(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await _found(dialog_manager)
    if not found.right.is_online:
        return _over(dialog_manager, found)
    return {"open": True, "body": _second_body(dialog_manager, found)}


def _second_body(manager: DialogManager, found: Withdrawable) -> Safe:
    """The statement, and what follows it."""
    translator = translator_of(manager)
    catalogue = services_of(manager).surroundings.catalogue
    return blocks(
        translator.html("withdrawal-quote", words=_statement(manager, found)),
        *follows(translator, catalogue, found.consequences),
        translator.html("withdrawal-final", kit=found.right is Right.KIT),
        translator.html("withdrawal-to", email=_receipt_to(manager, found)),
    )


def _statement(manager: DialogManager, found: Withdrawable) -> str:
    order, translator = found.order, translator_of(manager)
    catalogue = services_of(manager).surroundings.catalogue
    return statement_words(
        translator,
        catalogue,
        order=order.number,
        placed_at=order.placed_at,
        name=order.registrant.display_name,
        addresses=[item.address for item in order.items],
        kit=kit_name(translator, catalogue, order.kit_id) if found.right is Right.KIT else None,
    )


async def _receipt(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await _found(dialog_manager)
    if found.receipt is not None and dialog_manager.dialog_data.get(_JUST_STATED):
        receipt = found.receipt
        return {
            "key": "withdrawal-stated",
            "order": found.order.number,
            "number": receipt.number,
            "email": receipt.sent_to,
        }
    return _over(dialog_manager, found)


async def open_withdrawal(manager: DialogManager) -> None:
    """Go on from the page of an order to the first step, at the address of the order."""
    manager.dialog_data.pop(_EMAIL, None)
    await manager.switch_to(OrderStates.withdraw)


async def _next(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.withdraw_confirm)


async def _email_written(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if is_unknown_command(message, manager):
        return
    try:
        manager.dialog_data[_EMAIL] = receipt_email(message.text or "")
    except FieldError as error:
        leave_words(message, manager)
        set_note(manager, error_text(translator_of(manager), error))
        return
    await manager.switch_to(OrderStates.withdraw)


async def _confirm(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    found = await _found(manager)
    translator = translator_of(manager)
    stated = Stated(
        words=_statement(manager, found),
        email=_receipt_to(manager, found),
        screen=translator.html("withdrawal-second", body=_second_body(manager, found)),
        button_label=translator.plain("withdrawal-confirm"),
    )
    try:
        await services_of(manager).withdrawals.withdraw(actor_of(manager), open_number(manager), stated)
    except NotWithdrawable:
        return  # the window says why, as it is drawn anew
    if found.receipt is None:
        manager.dialog_data[_JUST_STATED] = True
    await manager.switch_to(OrderStates.withdrawn)


async def _to_order(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.order)


async def _from_receipt(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(_JUST_STATED, None)
    await manager.switch_to(OrderStates.order)


async def _to_first(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(OrderStates.withdraw)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
