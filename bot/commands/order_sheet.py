"""One order on the terminal, with all that belongs to it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.commands.console import say
from bot.commands.office import Office
from bot.commands.tables import show_table
from bot.domain.money import CURRENCY, amount, signed_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.db.tables import PaymentRow
    from bot.services.office.order_book import CollectiveFile, OrderFile


def print_order(file: "OrderFile", office: Office) -> None:
    """Print an order: amounts in euros, dates in ISO 8601."""
    show_table(("field", "value"), _facts(file, office), title=f"Order {file.summary.number}")
    show_table(
        ("mailbox", "plan", "extra mailbox GB", "extra archive GB", "old expiry", "new expiry"),
        (
            (
                item.address,
                item.plan_id if item.plan_id == item.old_plan_id else f"{item.old_plan_id} → {item.plan_id}",
                str(item.extra_mailbox_gb),
                str(item.extra_archive_gb),
                item.old_expiry.isoformat(),
                item.new_expiry.isoformat(),
            )
            for item in file.items
        ),
        title="\nMailboxes",
        right=("extra mailbox GB", "extra archive GB"),
    )
    show_table(
        ("line", "of", "quantity", "years", "net", "VAT %", "VAT"),
        (
            (
                line.kind,
                line.code,
                str(line.quantity),
                str(line.years),
                amount(line.net),
                line.vat_percent,
                amount(line.vat),
            )
            for line in file.lines
        ),
        title="\nLines",
        right=("quantity", "years", "net", "VAT %", "VAT"),
    )
    _print_payments(file.payments, office)
    _print_evidence(file, office)
    show_table(
        ("about", "to", "state", "attempts", "at", "reason"),
        (
            (each.what, each.to, each.state, str(each.attempts), office.local(each.at), each.reason or "")
            for each in file.sendings
        ),
        title="\nMessages",
        right=("attempts",),
    )
    for name, data in file.personal.items():
        say(f"\n{name}: {json.dumps(data, ensure_ascii=False, indent=2)}")


def print_collective(file: "CollectiveFile", office: Office) -> None:
    """Print a collective number: its orders, and what came for them by it."""
    show_table(
        ("field", "value"),
        (
            ("made", office.local(file.created_at)),
            ("total", f"{amount(file.total)} {CURRENCY}"),
            ("missing", f"{amount(file.due)} {CURRENCY}"),
        ),
        title=f"Collective number {file.number}",
    )
    show_table(
        ("order", "status", "customer", "due", "paid", "missing", "pay by"),
        (
            (
                order.number,
                order.status.value,
                order.customer,
                amount(order.due),
                signed_amount(order.paid),
                amount(order.missing),
                order.pay_by.isoformat(),
            )
            for order in file.orders
        ),
        title="\nOrders",
        right=("due", "paid", "missing"),
    )
    _print_payments(file.payments, office, several=True)


def _facts(file: "OrderFile", office: Office) -> Iterator[tuple[str, str]]:
    order = file.summary
    yield "status", order.status.value
    yield "customer", order.customer
    yield "placed", office.local(order.placed_at)
    yield "method", order.method
    yield "years", str(order.years)
    yield "net", f"{amount(order.net)} {CURRENCY}"
    yield "VAT", f"{amount(order.vat)} {CURRENCY}" + (" (split payment)" if order.split_payment else "")
    if order.vat_treatment != "charged":
        yield "VAT is", order.vat_treatment + ("" if order.vat_mention is None else f": {order.vat_mention}")
    yield "due", f"{amount(order.due)} {CURRENCY}"
    yield "paid", f"{signed_amount(order.paid)} {CURRENCY}"
    yield "missing", f"{amount(order.missing)} {CURRENCY}"
    yield "pay by", order.pay_by.isoformat()
    yield "payable until", order.payable_until.isoformat()
    yield "automatic renewal", "yes" if order.auto_renew else "no"
    if order.kit is not None:
        yield "kit", order.kit
    if order.kit_delivered_on is not None:
        yield "kit delivered", order.kit_delivered_on.isoformat()
    if order.invoices is not None:
        yield "invoices", order.invoices
    for name, moment in (
        ("completed", order.completed_at),
        ("cancelled", order.cancelled_at),
        ("expired", order.expired_at),
        ("withdrawn", order.withdrawn_at),
        ("kit withdrawn", order.kit_withdrawn_at),
    ):
        if moment is not None:
            yield name, office.local(moment)


def _print_payments(payments: "Sequence[PaymentRow]", office: Office, *, several: bool = False) -> None:
    """The movements of money; those of `several` orders say which one is whose."""
    show_table(
        (
            "no.",
            "payment",
            *(["order"] if several else []),
            "kind",
            "amount",
            "counted",
            "refund",
            "registered",
            "outcome",
            "review",
        ),
        (
            (
                str(row.id),
                f"{row.payment_id} ({row.reversal_id})" if row.reversal_id else row.payment_id,
                *([row.order_text] if several else []),
                row.kind,
                f"{amount(row.amount)} {row.currency}",
                signed_amount(row.counted),
                amount(row.refund),
                office.local(row.registered_at),
                row.outcome,
                " ".join(word for word in (row.reason, row.resolution, row.note) if word),
            )
            for row in payments
        ),
        title="\nPayments",
        right=("no.", "amount", "counted", "refund"),
    )


def _print_evidence(file: "OrderFile", office: Office) -> None:
    say("\nEvidence")
    if file.evidence is not None:
        say(
            f"Ordered in chat {file.evidence.chat_id} at {office.local(file.evidence.placed_at)}, "
            f"language {file.evidence.language}, catalogue {file.evidence.catalogue_version}, "
            f"by the button: {file.evidence.button_label}"
        )
    for change in file.method_changes:
        say(
            f"Paid by {change.method_id} instead of {change.from_method_id} by a choice in chat {change.chat_id} at "
            f"{office.local(change.at)}, language {change.language}, catalogue {change.catalogue_version}, by the "
            f"button: {change.button_label}{' (automatic renewal ended)' if change.ended_auto_renew else ''}"
        )
    show_table(
        ("document", "version", "accepted", "sha256"),
        (
            (each.document, each.version, office.local(each.accepted_at), each.sha256)
            for each in file.acceptances
        ),
    )
