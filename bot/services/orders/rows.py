"""An order between its rows and the value that is shown, and the rows of evidence that go with it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.tables import AcceptanceRow, EvidenceRow, OrderItemRow, OrderLineRow, OrderRow, PaymentPromiseRow
from bot.domain.catalogue import DocumentId
from bot.domain.drafts import documents_for, payment_limits
from bot.domain.invoices import Invoice
from bot.domain.money import Cents
from bot.domain.orders import OrderStatus, Progress, progress_of
from bot.domain.payments import missing_of
from bot.domain.prices import Quote
from bot.domain.registrant import Registrant
from bot.domain.renewal import Renewal
from bot.domain.vat import VatTreatment
from bot.domain.withdrawal import Goods, renew_after
from bot.services.actor import Actor
from bot.services.payments.received import Received
from bot.services.renewing.offer import expiry_after
from bot.services.sending.row_facts import quote_of


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One mailbox of an order, as it was when the order was placed; `gone` is how it is now."""

    mailbox_id: int
    address: str
    old_plan_id: str
    plan_id: str
    extra_mailbox_gb: int
    extra_archive_gb: int
    old_expiry: date
    new_expiry: date
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """That an order is paid, as its customer says: registered by `expected_on`, or missing from `ask_on` on.

    `chat_id` is where the card that says so is pinned, or will be; `card_id` is that message, None before it stands.
    """

    expected_on: date
    ask_on: date
    chat_id: int
    card_id: int | None


def promise_of(row: PaymentPromiseRow) -> Promise:
    """The promise as the chat shows it."""
    return Promise(row.expected_on, row.ask_on, row.chat_id, row.card_id)


@dataclass(frozen=True, slots=True)
class Order:
    """A placed order. `quote` holds the frozen lines, so that sums are made by the one price function's values.

    `pay_by` is the last date on which a registered payment keeps every mailbox sending, or saves it when it no
    longer sends; `payable_until` the last one on which it saves all of them. The new expiries of the items are those
    that were ordered, and in a completed order those that came to be. `placed_at`, `cancelled_at`, `completed_at` and
    `withdrawn_at` are instants in UTC; `renew_after` is the day after which the provider is asked, None where it is
    asked once the order is paid. `promise` is there while its customer says that it is paid. `invoices` are those that
    were told of, the oldest first, where they were asked for. `vat` and `vat_mention` are those of `bot.domain.vat`;
    while it is open the quote has the VAT. `goods` is the hardware of its kit, if it has any.
    """

    number: str
    status: OrderStatus
    placed_at: datetime
    items: tuple[OrderItem, ...]
    quote: Quote
    method_id: str
    auto_renew: bool
    registrant: Registrant
    kit_id: str | None
    pay_by: date
    payable_until: date
    cancelled_at: datetime | None
    completed_at: datetime | None
    withdrawn_at: datetime | None
    renew_after: date | None
    received: Received
    promise: Promise | None = None
    invoices: tuple[Invoice, ...] = ()
    vat: VatTreatment = VatTreatment.CHARGED
    vat_mention: str | None = None
    goods: Goods | None = None

    @property
    def missing(self) -> Cents:
        """The cents that are not paid so far, whether or not they are still asked for."""
        return missing_of(self.quote.due, self.received.paid)

    @property
    def gone(self) -> tuple[str, ...]:
        """The addresses of its mailboxes that are not the operator's any more."""
        return tuple(item.address for item in self.items if item.gone)

    def progress(self, today: date) -> Progress:
        """How far the order is on this day."""
        return progress_of(self.status, self.received.paid, self.payable_until, today, gone=bool(self.gone))


def new_order(renewal: Renewal, number: str) -> OrderRow:
    """The row of an order for a complete renewal, with its items and frozen lines."""
    draft, facts, quote = renewal.draft, renewal.facts, renewal.quote
    limits = payment_limits(draft, facts)
    kit = draft.kit
    # An address that was given for a kit with hardware is kept in the draft when another is chosen.
    bought = None if kit is None or kit.kit_id is None else facts.catalogue.kits[kit.kit_id]
    ships = bought is not None and bought.has_hardware
    method = facts.catalogue.methods.get(draft.method_id or "")
    order = OrderRow(
        number=number,
        draft_id=draft.id,
        customer_id=renewal.mailboxes[0].customer_id,
        holder_id=draft.holder_id,
        status=(
            OrderStatus.AWAITING_PAYMENT
            if renewal.vat is VatTreatment.CHARGED
            else OrderStatus.AWAITING_DECISION
        ).value,
        placed_at=facts.now,
        years=quote.years,
        net=quote.net,
        vat=quote.vat,
        due=quote.due,
        split_payment=quote.split_payment,
        vat_treatment=renewal.vat.value,
        vat_mention=None,
        method_id=draft.method_id,
        told_iban=None if method is None else method.iban or None,
        auto_renew=draft.auto_renew,
        notice_by=None if (way := renewal.ordered_way) is None else way.value,
        registrant=renewal.registrant.to_json(),
        kit_id=None if kit is None else kit.kit_id,
        kit_holder=None if kit is None or kit.holder is None else kit.holder.to_json(),
        shipping=None if kit is None or kit.shipping is None or not ships else kit.shipping.to_json(),
        pay_by=limits.pay_by(facts.today),
        payable_until=limits.deletion,
        renew_after=renew_after(
            renewal.registrant.kind,
            facts.today,
            facts.catalogue.rules,
            early_start=DocumentId.EARLY_START in {tick.document for tick in draft.acceptances},
        ),
        catalogue_version=facts.catalogue.version,
    )
    order.items = [
        OrderItemRow(
            mailbox_id=item.mailbox_id,
            position=position,
            open=True,
            address=box.address,
            old_plan_id=box.plan_id,
            plan_id=item.plan_id,
            extra_mailbox_gb=item.extra.mailbox_gb,
            extra_archive_gb=item.extra.archive_gb,
            old_extra_mailbox_gb=box.extra_mailbox_gb,
            old_extra_archive_gb=box.extra_archive_gb,
            old_expiry=box.expires_on,
            new_expiry=expiry_after(renewal, box.expires_on, quote.years),
        )
        for position, (item, box) in enumerate(zip(draft.items, renewal.mailboxes, strict=True))
    ]
    order.lines = [
        OrderLineRow(
            position=position,
            kind=line.kind.value,
            code=line.code,
            mailbox_id=line.mailbox_id,
            quantity=line.quantity,
            years=line.years,
            unit_net=line.unit_net,
            next_unit_net=line.next_unit_net,
            net=line.net,
            vat_percent=str(line.vat_percent),
            vat=line.vat,
        )
        for position, line in enumerate(quote.lines)
    ]
    return order


def evidence_of(
    order_id: int, renewal: Renewal, actor: Actor, button_label: str
) -> tuple[EvidenceRow, list[AcceptanceRow]]:
    """The append-only rows that prove what was accepted, by whom, when, and on which words (DOMAIN.md 3.8)."""
    facts = renewal.facts
    documents = {document.id: document for document in documents_for(renewal.draft, facts)}
    evidence = EvidenceRow(
        order_id=order_id,
        chat_id=actor.chat_id,
        placed_at=facts.now,
        language=actor.language,
        button_label=button_label,
        catalogue_version=facts.catalogue.version,
    )
    rows: list[AcceptanceRow] = []
    for tick in renewal.draft.acceptances:
        document = documents.get(tick.document)
        if document is not None and document.version == tick.version:
            rows.append(
                AcceptanceRow(
                    order_id=order_id,
                    document=document.id.value,
                    version=document.version,
                    url=document.urls[tick.language],
                    sha256=document.sha256[tick.language],
                    accepted_at=tick.at,
                )
            )
    return evidence, rows


def to_order(row: OrderRow, received: Received, promised: PaymentPromiseRow | None = None) -> Order:
    """The order as the chat shows it, with what was received for it and what was promised."""
    return Order(
        number=row.number,
        status=OrderStatus(row.status),
        placed_at=row.placed_at,
        items=tuple(
            OrderItem(
                item.mailbox_id,
                item.address,
                item.old_plan_id,
                item.plan_id,
                item.extra_mailbox_gb,
                item.extra_archive_gb,
                item.old_expiry,
                item.new_expiry,
                item.gone_on is not None,
            )
            for item in row.items
        ),
        quote=quote_of(row),
        method_id=row.method_id,
        auto_renew=row.auto_renew,
        registrant=Registrant.from_json(row.registrant),
        kit_id=row.kit_id,
        pay_by=row.pay_by,
        payable_until=row.payable_until,
        cancelled_at=row.cancelled_at,
        completed_at=row.completed_at,
        withdrawn_at=row.withdrawn_at,
        renew_after=row.renew_after,
        received=received,
        promise=None if promised is None else promise_of(promised),
        vat=VatTreatment(row.vat_treatment),
        vat_mention=row.vat_mention,
        goods=goods_of(row),
    )


def goods_of(row: OrderRow) -> Goods | None:
    """The hardware of its kit, which is sent to an address; None where there is none."""
    if row.shipping is None:
        return None
    return Goods(row.kit_delivered_on, withdrawn=row.kit_withdrawn_at is not None)
