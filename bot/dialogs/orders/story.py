"""What has become of an order, in words: how it stands, what was received, what is active, what remains possible.

The sentences about a renewal that is complete, or an order that expired, are those of the messages that were pushed
when it happened (`bot.messages.words`): the page and the message never say different things.
"""

from datetime import date
from typing import Final

from bot.dialogs.order_lines import OrderLines
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.domain.catalogue import Catalogue
from bot.domain.masking import masked
from bot.domain.orders import OrderStatus, Progress
from bot.domain.vat import VatTreatment
from bot.messages.facts import Item, OrderFacts
from bot.messages.words import (
    activated,
    after_expiry,
    archives_closed,
    gone_words,
    if_already_paid,
    lost_and_renewable,
    named,
    open_vat_words,
    surplus,
    what_remains,
    why_expired,
)
from bot.services.orders.rows import Order
from bot.services.payments.received import Movement
from bot.texts import Safe, Translator

_MOST_MOVEMENTS: Final = 6


def facts_of(order: Order, today: date) -> OrderFacts:
    """The order as the words of pushed messages take it, on this day."""
    return OrderFacts(
        number=order.number,
        on=today,
        placed_at=order.placed_at,
        quote=order.quote,
        method_id=order.method_id,
        auto_renew=order.auto_renew,
        split_ended=order.registrant.splits_payment and not order.quote.split_payment,
        consumer=order.registrant.kind.is_consumer,
        kit_id=order.kit_id,
        pay_by=order.pay_by,
        payable_until=order.payable_until,
        items=tuple(
            Item(
                item.mailbox_id,
                item.address,
                item.old_plan_id,
                item.plan_id,
                item.extra_mailbox_gb,
                item.extra_archive_gb,
                item.old_expiry,
                item.new_expiry,
                item.gone,
            )
            for item in order.items
        ),
        missing=order.missing,
        refund=order.received.refund,
        holder_kind=order.registrant.kind,
        mail_to=masked(order.registrant.reference_email),
        vat=order.vat,
        vat_mention=order.vat_mention,
    )


def status_text(translator: Translator, order: Order, today: date) -> Safe:
    """When it was placed, how it stands, and since when."""
    since = {
        OrderStatus.COMPLETED: order.completed_at,
        OrderStatus.CANCELLED: order.cancelled_at,
        OrderStatus.WITHDRAWN: order.withdrawn_at,
    }.get(order.status)
    return translator.html(
        "order-status" if since is None else "order-status-since",
        placed=order.placed_at,
        since=since or order.placed_at,
        **status_words(order, today),
    )


def status_words(order: Order, today: date) -> dict[str, object]:
    """The variables of `order-status-words`."""
    return {"progress": order.progress(today).value, "some": order.received.paid > 0}


def promised_text(translator: Translator, order: Order) -> Safe | None:
    """Until when the payment is expected that its customer has announced; nothing without one."""
    if order.promise is None:
        return None
    return translator.html("paid-expected", on=order.promise.expected_on)


def received_text(translator: Translator, order: Order) -> Safe | None:
    """Each payment that counts, with its day; nothing before the first (DOMAIN.md 5)."""
    movements = order.received.movements
    if not movements:
        return None
    if len(movements) == 1:
        (only,) = movements
        return translator.html("order-received-one", paid=only.cents, at=only.registered_at)
    shown = movements[-_MOST_MOVEMENTS:]
    more = len(movements) - len(shown)
    return translator.html(
        "order-received-many",
        paid=order.received.paid,
        lines=lines_of(
            [
                *(_movement(translator, movement) for movement in shown),
                *([translator.html("order-received-more", count=more)] if more else []),
            ]
        ),
    )


def invoices_text(translator: Translator, order: Order) -> Safe | None:
    """Each invoice that was issued, with its date; nothing before the first."""
    shown = order.invoices[-_MOST_MOVEMENTS:]
    more = len(order.invoices) - len(shown)
    written = [
        *(
            translator.html(
                "order-invoice",
                document=invoice.document.value,
                number=invoice.number,
                issued=invoice.issued_on,
            )
            for invoice in shown
        ),
        *([translator.html("order-invoices-more", count=more)] if more else []),
    ]
    return lines_of(written) if written else None


def _movement(translator: Translator, movement: Movement) -> Safe:
    return translator.html(
        "order-received-line",
        kind=movement.kind.value,
        cents=abs(movement.cents),
        at=movement.registered_at,
    )


def lines_text(
    translator: Translator, catalogue: Catalogue, order: Order, lines: OrderLines, facts: OrderFacts
) -> Safe:
    """The mailboxes and their prices; once the renewal is complete, with the plan and the space they have now."""
    if order.status is not OrderStatus.COMPLETED or lines.need_pages:
        return lines.mailboxes()
    return blocks(
        *(
            lines_of(
                [
                    lines.page([box]),
                    translator.html("order-active", active=activated(translator, catalogue, item)),
                ]
            )
            for box, item in zip(lines.boxes, facts.items, strict=True)
        )
    )


def what_happened(
    translator: Translator, catalogue: Catalogue, order: Order, facts: OrderFacts
) -> list[Safe | None]:
    """What has to be known before the lines are read: what is lost, what was received, what is missing."""
    received = received_text(translator, order)
    kit_alone = order.goods is not None and order.goods.withdrawn
    withdrawn = (
        translator.html("order-withdrawn", kit=kit_alone)
        if kit_alone or order.withdrawn_at is not None
        else None
    )
    match order.progress(facts.on):
        case Progress.PART_PAID:
            return [received, what_remains(translator, facts)]
        case Progress.COMPLETED:
            lost = archives_closed(translator, catalogue, facts)
            return [withdrawn, lost, received, surplus(translator, catalogue, facts)]
        case Progress.EXPIRED:
            return [
                why_expired(translator, facts),
                *after_expiry(translator, catalogue, facts),
                received,
                if_already_paid(translator, catalogue, facts),
            ]
        case Progress.CANCELLED:
            return [withdrawn, received, if_already_paid(translator, catalogue, facts)]
        case Progress.WITHDRAWN | Progress.GONE:
            return [gone_words(translator, catalogue, facts) if withdrawn is None else withdrawn, received]
        case _:
            return [open_vat_words(translator, catalogue, facts)] if facts.vat is VatTreatment.OPEN else []


def what_remains_possible(
    translator: Translator, catalogue: Catalogue, order: Order, facts: OrderFacts, *, withdraws: bool
) -> Safe | None:
    """The last word: how to give up what is paid in part, how to order again, where automatic renewal stands.

    `withdraws` is whether the button that withdraws stands below.
    """
    again = translator.html("order-again")
    match order.progress(facts.on):
        case Progress.PART_PAID:
            operator = catalogue.operator
            return translator.html(
                "order-no-cancelling", withdraws=withdraws, operator=operator.name, email=operator.email
            )
        case Progress.COMPLETED:
            return translator.html("order-auto-renewal-began") if facts.auto_renew else None
        case Progress.EXPIRED:
            _, renewable = lost_and_renewable(catalogue, facts)
            return again if renewable else None
        case Progress.CANCELLED | Progress.WITHDRAWN:
            return again
        case _:
            return None


def registrant_text(translator: Translator, catalogue: Catalogue, order: Order, facts: OrderFacts) -> Safe:
    """Whose order it is, how it is paid, and, while that is to come, whether it will renew by itself."""
    method = catalogue.methods.get(order.method_id)
    awaits = order.progress(facts.on).is_open
    return lines_of(
        [
            translator.html(
                "order-for",
                name=order.registrant.display_name,
                method=order.method_id if method is None else named(translator, method.names),
            ),
            translator.html("order-auto-renewal", auto_renew=order.auto_renew) if awaits else None,
        ]
    )
