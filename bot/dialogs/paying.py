"""How an order is paid, on the screens that say so: the words and the buttons (DOMAIN.md 4)."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import CopyText, Keyboard, Row
from aiogram_dialog.widgets.text import Format

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.widgets import Label, UrlButton
from bot.dialogs.widgets.colours import GOES_ON
from bot.dialogs.widgets.toasts import toast
from bot.domain.calendar import Registered, registered
from bot.domain.catalogue import Catalogue
from bot.domain.instant import rescue, ways_to_transfer
from bot.domain.instructions import Instructions, Link, Transfer, instructions_for
from bot.domain.masking import masked
from bot.messages.paying import account_label, checks, copies, facts_text, payer_text
from bot.messages.words import rescue_words
from bot.services.orders.rows import Order
from bot.texts import Safe, Translator


def paying_text(manager: DialogManager, order: Order) -> Safe:
    """How to pay what is missing of an order, and by when: what has to be copied stands above the buttons that copy it.

    That the order's method comes too late stands before all the rest.
    """
    translator = translator_of(manager)
    surroundings = services_of(manager).surroundings
    catalogue, here = surroundings.catalogue, surroundings.here()
    dates = _dates(manager, order)
    too_late = dates is not None and dates.latest > order.payable_until
    instant = _instant(translator, catalogue, order, here)
    saves = keeps_sending(manager, order)
    return blocks(
        _too_late(translator, catalogue, order, dates, instant) if dates is not None and too_late else None,
        lines_of(
            [
                facts_text(
                    translator,
                    catalogue,
                    how_to_pay(manager, order),
                    mail_to=masked(order.registrant.reference_email),
                ),
                translator.html(
                    "instructions-registered-by", by=order.pay_by if saves else order.payable_until
                ),
            ]
        ),
    )


def paying_detail(manager: DialogManager, order: Order) -> Safe:
    """What a bank checks, that only an instant transfer is in time, what the day means, when it would be registered."""
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    catalogue, today = surroundings.catalogue, surroundings.today()
    dates, method = _dates(manager, order), catalogue.methods.get(order.method_id)
    too_late = dates is not None and dates.latest > order.payable_until
    return lines_of(
        [
            *checks(translator, catalogue, how_to_pay(manager, order)),
            None if too_late else _instant(translator, catalogue, order, surroundings.here()),
            translator.html(
                "instructions-deadline",
                by=order.pay_by,
                until=order.payable_until,
                saves=keeps_sending(manager, order),
                count=len(order.items),
            ),
            None
            if dates is None or method is None or too_late
            else translator.html(
                "instructions-arrival",
                earliest=dates.earliest,
                latest=dates.latest,
                at_once=method.registration.at_once,
                same=dates.earliest == dates.latest,
                late=today <= order.pay_by < dates.latest,
            ),
        ]
    )


def _dates(manager: DialogManager, order: Order) -> Registered | None:
    """When a payment made now by the order's method would be registered; None where there is no such method now."""
    surroundings = services_of(manager).surroundings
    here, method = surroundings.here(), surroundings.catalogue.methods.get(order.method_id)
    return None if method is None else registered(method, here.date(), here.time())


def keeps_sending(manager: DialogManager, order: Order) -> bool:
    """Whether a payment by `pay_by` keeps every mailbox sending: the expiry of the first is still ahead."""
    return services_of(manager).surroundings.today() <= order.pay_by < order.payable_until


def _instant(translator: Translator, catalogue: Catalogue, order: Order, here: datetime) -> Safe | None:
    """That the order's transfer, made instantly, is in time where it is not otherwise (DOMAIN.md 3.6)."""
    method = catalogue.methods.get(order.method_id)
    if method is None:
        return None
    found = rescue(
        ways_to_transfer(catalogue, method),
        by=order.pay_by,
        until=order.payable_until,
        today=here.date(),
        at=here.time(),
    )
    return None if found is None else rescue_words(translator, found, ordered=True)


def _too_late(
    translator: Translator, catalogue: Catalogue, order: Order, dates: Registered, instant: Safe | None
) -> Safe:
    """That a payment made today may come after the deletion, and what can be done instead (DOMAIN.md 4)."""
    return Safe(" ").join(
        [
            translator.html(
                "instructions-too-late",
                earliest=dates.earliest,
                latest=dates.latest,
                same=dates.earliest == dates.latest,
                surely=dates.earliest > order.payable_until,
                until=order.payable_until,
                count=len(order.items),
            ),
            instant or _way_out(translator, catalogue, order),
        ]
    )


def _way_out(translator: Translator, catalogue: Catalogue, order: Order) -> Safe:
    """A faster method, with another order; the operator, where part is paid already or no method is faster."""
    faster = tuple(
        method.in_sentence[translator.locale]
        for method in catalogue.methods.values()
        if method.registration.at_once and order.registrant.kind in method.kinds
    )
    if faster and not order.received.paid:
        return translator.html("instructions-too-late-faster", faster=faster)
    operator = catalogue.operator
    return translator.html(
        "instructions-too-late-ask", operator=operator.name, email=operator.email, phone=operator.phone
    )


def how_to_pay(manager: DialogManager, order: Order) -> Instructions:
    """How what is missing of an order is paid by its method."""
    return instructions_for(
        services_of(manager).surroundings.catalogue,
        method_id=order.method_id,
        number=order.number,
        due=order.missing,
        integrates=order.received.paid > 0,
    )


def has_other_methods(manager: DialogManager, order: Order) -> bool:
    """Whether the holder may pay by any other method at all; which of them come in time is judged when it is asked."""
    methods, kind = services_of(manager).surroundings.catalogue.methods.values(), order.registrant.kind
    return any(kind in method.kinds and method.id != order.method_id for method in methods)


def paying_data(manager: DialogManager, order: Order, *, open_: bool) -> dict[str, Any]:
    """What `paying_keyboard` needs; nothing of it shows unless the order is `open_`."""
    how = how_to_pay(manager, order)
    copied = copies(translator_of(manager), how)
    return {
        "pay_url": how.url if isinstance(how, Link) and not how.by_mail else "",
        "is_link": open_ and isinstance(how, Link) and not how.by_mail,
        "is_mailed": open_ and isinstance(how, Link) and how.by_mail,
        "is_transfer": open_ and isinstance(how, Transfer),
        "copies": open_ and copied is not None,
        "copy_name": "" if copied is None else copied.name,
        "copy_account": "" if copied is None else copied.account,
        "copy_amount": "" if copied is None else copied.amount,
        "copy_reason": "" if copied is None else copied.reason,
        "copy_reference": "" if copied is None else copied.creditor_reference,
        "payer_text": payer_text(translator_of(manager), how) if open_ else "",
        "account_label": "paying-copy-iban" if copied is None else account_label(copied),
        "due": order.missing,
    }


def payer_button() -> Keyboard:
    """All that whoever pays has to know, in one text."""
    return CopyText(Label("paying-for-payer"), Format("{payer_text}"), when="payer_text")


def paying_keyboard() -> tuple[Keyboard, ...]:
    """The link to the page of payment; or what a transfer or slip is made of, copied at a tap.

    Two a row are as many as fit with their words on a narrow phone; they stand in the order in which a form asks.
    """
    return (
        UrlButton(Label("paying-open"), "pay_url", when="is_link", style=GOES_ON),
        Row(
            CopyText(Label("paying-copy-name"), Format("{copy_name}")),
            CopyText(Label(lambda data: data["account_label"]), Format("{copy_account}")),
            when="copies",
        ),
        Row(
            CopyText(Label("paying-copy-amount"), Format("{copy_amount}")),
            CopyText(Label("paying-copy-reason"), Format("{copy_reason}")),
            when="copies",
        ),
        CopyText(
            Label("paying-copy-creditor-reference"),
            Format("{copy_reference}"),
            when=lambda data, *_: data["copies"] and bool(data["copy_reference"]),
        ),
    )


async def mail_again(callback: CallbackQuery, manager: DialogManager, number: str) -> None:
    """Mail the link by which an order is paid once more, and say so.

    Raises:
        NotYours: it is not this chat's order.
        OrderNotOpen: it does not await payment any more.
    """
    to = await services_of(manager).payment_mails.send_again(actor_of(manager), number)
    await toast(callback, translator_of(manager).plain("paying-mail-sent", to=to), alert=True)
