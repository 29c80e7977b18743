"""From rows to what messages say of them: an order and a payment as they stand at this moment."""

from datetime import date
from decimal import Decimal

from bot.clock import rome_day
from bot.db.tables import OrderRow, PaymentRow, WithdrawalRow
from bot.domain.masking import masked
from bot.domain.money import Cents, amount
from bot.domain.orders import OrderStatus
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.prices import Line, LineKind, Quote
from bot.domain.registrant import Registrant
from bot.domain.vat import VatTreatment, without_vat
from bot.domain.withdrawal import back_by
from bot.messages.facts import Item, OrderFacts, PaymentFacts
from bot.messages.receipts import Receipt


def quote_of(order: OrderRow) -> Quote:
    """The priced lines of an order, as they were when it was placed; without VAT where that was decided since."""
    lines = tuple(
        Line(
            kind=LineKind(line.kind),
            code=line.code,
            mailbox_id=line.mailbox_id,
            quantity=line.quantity,
            years=line.years,
            unit_net=line.unit_net,
            next_unit_net=line.next_unit_net,
            net=line.net,
            vat_percent=Decimal(line.vat_percent),
            vat=line.vat,
        )
        for line in order.lines
    )
    quote = Quote(lines, order.years, order.split_payment)
    return without_vat(quote) if order.vat_treatment == VatTreatment.WITHOUT.value else quote


def order_facts(order: OrderRow, on: date, *, missing: Cents | None = None, refund: Cents = 0) -> OrderFacts:
    """What messages say of an order on a day.

    Args:
        order: with its items and lines.
        on: the day.
        missing: cents that are not paid; all that is due unless it is given.
        refund: cents of the last payment that belong back.
    """
    holder = Registrant.from_json(order.registrant)
    return OrderFacts(
        number=order.number,
        on=on,
        placed_at=order.placed_at,
        quote=quote_of(order),
        method_id=order.method_id,
        auto_renew=order.auto_renew,
        split_ended=holder.splits_payment and not order.split_payment,
        consumer=holder.kind.is_consumer,
        kit_id=order.kit_id,
        pay_by=order.pay_by,
        payable_until=order.payable_until,
        items=tuple(
            Item(
                mailbox_id=item.mailbox_id,
                address=item.address,
                old_plan_id=item.old_plan_id,
                plan_id=item.plan_id,
                extra_mailbox_gb=item.extra_mailbox_gb,
                extra_archive_gb=item.extra_archive_gb,
                old_expiry=item.old_expiry,
                new_expiry=item.new_expiry,
                gone=item.gone_on is not None,
            )
            for item in order.items
        ),
        missing=order.due if missing is None else missing,
        refund=refund,
        holder_kind=holder.kind,
        mail_to=masked(holder.reference_email),
        vat=VatTreatment(order.vat_treatment),
        vat_mention=order.vat_mention,
    )


def receipt_of(statement: WithdrawalRow) -> Receipt:
    """The receipt of a withdrawal."""
    return Receipt(
        number=statement.number,
        at=statement.at,
        words=statement.words,
        sent_to=statement.email,
        cancelled=statement.became == OrderStatus.CANCELLED.value,
        completed=statement.completed_at is not None,
        paid=statement.paid,
        served=statement.served,
        due_back=statement.due_back,
        back_by=back_by(rome_day(statement.at)),
        kit_alone=statement.became == OrderStatus.COMPLETED.value,
    )


def payment_facts(payment: PaymentRow) -> PaymentFacts:
    """What messages say of a payment."""
    return PaymentFacts(
        payment_id=payment.payment_id,
        order_text=payment.order_text,
        paid=payment.amount,
        paid_text=amount(payment.amount),
        currency=payment.currency,
        method=payment.method,
        registered_at=payment.registered_at,
        outcome=PaymentOutcome(payment.outcome),
        reason=None if payment.reason is None else ReviewReason(payment.reason),
        missing=payment.missing,
        refund=payment.refund,
    )
