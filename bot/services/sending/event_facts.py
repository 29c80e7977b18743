"""From rows to events: what the contract says of an order, a mailbox or a holder."""

from datetime import date, datetime

from bot.clock import rome_day
from bot.db.tables import MailboxRow, OrderItemRow, OrderLineRow, OrderRow, PaymentRow, WithdrawalRow
from bot.domain import registrant as people
from bot.domain.money import CURRENCY
from bot.domain.prices import LineKind
from bot.domain.vat import VatTreatment
from bot.domain.withdrawal import back_by
from bot.services.sending import event_contract as contract


def order_placed(order: OrderRow, customer: str) -> contract.OrderPlaced:
    """An order as it was placed by a customer, whom the operator calls `customer`."""
    holder = people.Registrant.from_json(order.registrant)
    return contract.OrderPlaced(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        years=order.years,
        net=order.net,
        vat=order.vat,
        due=order.due,
        currency=CURRENCY,
        split_payment=order.split_payment,
        vat_treatment=VatTreatment(order.vat_treatment),
        method=order.method_id,
        auto_renew=order.auto_renew,
        consumer=holder.kind.is_consumer,
        pay_by=order.pay_by,
        payable_until=order.payable_until,
        registrant=_registrant(holder),
        invoice_recipient=_invoice_recipient(holder),
        kit=_kit(order),
        items=[_item(item) for item in order.items],
        lines=[_line(line, order) for line in order.lines],
    )


def vat_decided(order: OrderRow, customer: str, at: datetime) -> contract.VatDecided:
    """What an order costs since the operator decided on its VAT `at` an instant."""
    return contract.VatDecided(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        decided_at=at,
        vat_treatment=VatTreatment(order.vat_treatment),
        vat_mention=order.vat_mention,
        net=order.net,
        vat=order.vat,
        due=order.due,
        currency=CURRENCY,
        pay_by=order.pay_by,
        payable_until=order.payable_until,
    )


def order_cancelled(order: OrderRow, customer: str, at: datetime) -> contract.OrderCancelled:
    """An order that its customer cancelled `at` an instant."""
    return contract.OrderCancelled(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        cancelled_at=at,
        due=order.due,
        mailboxes=[item.address for item in order.items],
    )


def order_withdrawn(order: OrderRow, statement: WithdrawalRow, customer: str) -> contract.OrderWithdrawn:
    """An order that its consumer has withdrawn from."""
    return contract.OrderWithdrawn(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        withdrawn_at=statement.at,
        statement=statement.number,
        became=contract.Became(statement.became),
        completed_at=statement.completed_at,
        early_start=statement.early_start,
        kit=order.kit_id,
        items=[_item(item) for item in order.items],
        paid=statement.paid,
        served=statement.served,
        due_back=statement.due_back,
        back_by=back_by(rome_day(statement.at)),
    )


def kit_withdrawn(order: OrderRow, statement: WithdrawalRow, customer: str) -> contract.KitWithdrawn:
    """An order of whose kit alone its consumer has withdrawn."""
    return contract.KitWithdrawn(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        withdrawn_at=statement.at,
        statement=statement.number,
        kit=order.kit_id,
        delivered_on=order.kit_delivered_on,
        due_back=statement.due_back,
        back_by=back_by(rome_day(statement.at)),
    )


def renewal_completed(
    order: OrderRow, payment: PaymentRow, customer: str, at: datetime
) -> contract.RenewalCompleted:
    """An order that a payment completed `at` an instant; its items have the expiry that came to be."""
    return contract.RenewalCompleted(
        order=order.number,
        customer=customer,
        placed_at=order.placed_at,
        completed_at=at,
        years=order.years,
        net=order.net,
        vat=order.vat,
        due=order.due,
        split_payment=order.split_payment,
        auto_renew=order.auto_renew,
        kit=order.kit_id,
        items=[_item(item) for item in order.items],
        payment=contract.PaymentMade(
            payment_id=payment.payment_id,
            amount=payment.amount,
            currency=payment.currency,
            method=payment.method,
            registered_at=payment.registered_at,
        ),
        refund=payment.refund,
    )


def auto_renewal_started(
    mailbox: MailboxRow, customer: str, at: datetime, *, charge_on: date, years: int, order: str | None
) -> contract.AutoRenewalStarted:
    """A mailbox that renews itself from an instant on, for `years` each time."""
    return contract.AutoRenewalStarted(
        mailbox=mailbox.address,
        customer=customer,
        started_at=at,
        expires_on=mailbox.expires_on,
        charge_on=charge_on,
        years=years,
        order=order,
    )


def auto_renewal_stopped(
    mailbox: MailboxRow, customer: str, at: datetime, *, order: str | None
) -> contract.AutoRenewalStopped:
    """A mailbox that does not renew itself any more from an instant on."""
    return contract.AutoRenewalStopped(
        mailbox=mailbox.address,
        customer=customer,
        stopped_at=at,
        expires_on=mailbox.expires_on,
        order=order,
    )


def corrections(before: people.Registrant, after: people.Registrant) -> list[contract.Correction]:
    """What differs, field by field, in the order of the registrant card."""
    return [
        contract.Correction(field=field.value, old=before.text_of(field), new=after.text_of(field))
        for field in people.Field
        if before.text_of(field) != after.text_of(field)
    ]


def holder_corrected(
    changes: list[contract.Correction],
    after: people.Registrant,
    customer: str,
    at: datetime,
    *,
    mailboxes: list[str],
    order: str | None,
) -> contract.HolderCorrected:
    """A holder whose data a customer corrected `at` an instant."""
    return contract.HolderCorrected(
        customer=customer,
        corrected_at=at,
        order=order,
        mailboxes=mailboxes,
        changes=changes,
        registrant=_registrant(after),
        invoice_recipient=_invoice_recipient(after),
    )


def _registrant(holder: people.Registrant) -> contract.Registrant:
    return contract.Registrant(
        kind=holder.kind,
        first_name=holder.first_name,
        last_name=holder.last_name,
        business_name=holder.business_name,
        tax_code=holder.tax_code,
        vat_number=holder.vat_number,
        legal_rep=holder.legal_rep,
        address=_address(holder.address),
        phone=holder.phone,
        reference_email=holder.reference_email,
    )


def _address(address: people.Address) -> contract.Address:
    return contract.Address(
        street=address.street,
        postcode=address.postcode,
        town=address.town,
        province=address.province,
        country=address.country,
    )


def _invoice_recipient(holder: people.Registrant) -> contract.InvoiceRecipient:
    route = people.route_of(holder)
    return contract.InvoiceRecipient(
        route=route,
        recipient_code=people.invoice_code(holder),
        recipient_pec=holder.recipient_pec if route is people.InvoiceRoute.PEC else "",
        cig=holder.cig,
        cup=holder.cup,
        split_payment=holder.split_payment,
    )


def _kit(order: OrderRow) -> contract.Kit | None:
    if order.kit_id is None:
        return None
    holder = None if order.kit_holder is None else people.KitHolder.from_json(order.kit_holder)
    shipping = None if order.shipping is None else people.ShippingAddress.from_json(order.shipping)
    return contract.Kit(
        kit=order.kit_id,
        holder=None
        if holder is None
        else contract.KitHolder(
            first_name=holder.first_name,
            last_name=holder.last_name,
            tax_code=holder.tax_code,
            email=holder.email,
            mobile=holder.mobile,
        ),
        shipping=None
        if shipping is None
        else contract.Shipping(name=shipping.name, address=_address(shipping.address)),
    )


def _item(item: OrderItemRow) -> contract.Item:
    return contract.Item(
        mailbox=item.address,
        old_plan=item.old_plan_id,
        plan=item.plan_id,
        extra_mailbox_gb=item.extra_mailbox_gb,
        extra_archive_gb=item.extra_archive_gb,
        old_expiry=item.old_expiry,
        new_expiry=item.new_expiry,
    )


def _line(line: OrderLineRow, order: OrderRow) -> contract.Line:
    addresses = {item.mailbox_id: item.address for item in order.items}
    return contract.Line(
        kind=LineKind(line.kind),
        code=line.code,
        mailbox=None if line.mailbox_id is None else addresses[line.mailbox_id],
        quantity=line.quantity,
        years=line.years,
        unit_net=line.unit_net,
        next_unit_net=line.next_unit_net,
        net=line.net,
        vat_percent=line.vat_percent,
        vat=line.vat,
    )
