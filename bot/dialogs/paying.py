"""How an order is paid, on the screens that say so: the words, and the picture for a bank's app (DOMAIN.md 4)."""

from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import CopyText, Keyboard, Row
from aiogram_dialog.widgets.text import Format

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.widgets import Label, UrlButton
from bot.domain.calendar import registered
from bot.domain.catalogue import Catalogue
from bot.domain.instructions import Instructions, Link, Transfer, instructions_for
from bot.messages.paying import instructions_text
from bot.messages.qr import transfer_qr
from bot.services.order_rows import Order
from bot.texts import Safe, Translator

_log = structlog.get_logger(__name__)


def paying_text(manager: DialogManager, order: Order) -> Safe:
    """How to pay an order that awaits payment, by when, and when a payment made today would be registered."""
    translator = translator_of(manager)
    surroundings = services_of(manager).surroundings
    return blocks(
        instructions_text(translator, surroundings.catalogue, _instructions(manager, order)),
        translator.html(
            "instructions-deadline",
            by=order.pay_by,
            until=order.payable_until,
            saves=surroundings.today() <= order.pay_by < order.payable_until,
            count=len(order.items),
        ),
        _arrival(translator, surroundings.catalogue, manager, order),
    )


def _arrival(
    translator: Translator, catalogue: Catalogue, manager: DialogManager, order: Order
) -> Safe | None:
    method = catalogue.methods.get(order.method_id)
    if method is None:
        return None
    dates = registered(method, services_of(manager).surroundings.today())
    return translator.html(
        "instructions-arrival",
        earliest=dates.earliest,
        latest=dates.latest,
        at_once=method.registration.at_once,
        same=dates.earliest == dates.latest,
    )


def _instructions(manager: DialogManager, order: Order) -> Instructions:
    return instructions_for(
        services_of(manager).surroundings.catalogue,
        method_id=order.method_id,
        number=order.number,
        due=order.quote.due,
    )


def paying_data(manager: DialogManager, order: Order, *, open_: bool = True) -> dict[str, Any]:
    """What `paying_keyboard` needs; nothing of it shows unless the order is `open_`."""
    how = _instructions(manager, order)
    return {
        "pay_url": how.url if isinstance(how, Link) else "",
        "is_link": open_ and isinstance(how, Link),
        "iban": how.iban if isinstance(how, Transfer) else "",
        "reason": order.number,
        "is_transfer": open_ and isinstance(how, Transfer),
        "due": order.quote.due,
    }


def paying_keyboard() -> tuple[Keyboard, ...]:
    """The link to the page of payment; or the IBAN and the reason of a transfer, copied at a tap."""
    return (
        UrlButton(Label("paying-open"), "pay_url", when="is_link"),
        Row(
            CopyText(Label("paying-copy-iban"), Format("{iban}")),
            CopyText(Label("paying-copy-reason"), Format("{reason}")),
            when="is_transfer",
        ),
    )


async def send_qr(manager: DialogManager, order: Order) -> None:
    """Send the picture of the transfer below the screen; for other methods nothing.

    The order is placed whether or not the picture arrives: a failure is logged, and the order's page sends it again.
    """
    how = _instructions(manager, order)
    if not isinstance(how, Transfer):
        return
    bot: Bot = manager.middleware_data["bot"]
    try:
        await bot.send_photo(
            actor_of(manager).chat_id,
            BufferedInputFile(transfer_qr(how), filename=f"{order.number}.png"),
            caption=translator_of(manager).html(
                "paying-qr", order=order.number, due=how.due, beneficiary=how.beneficiary
            ),
        )
    except (TelegramAPIError, ValueError) as error:
        _log.warning("qr_not_sent", order=order.number, reason=type(error).__name__)
