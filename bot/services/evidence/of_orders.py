"""What is recorded of an order: how it was placed, each movement of money, and how it ended (DOMAIN.md 7).

A content stands for itself: whoever reads it years later needs no other table. Money is a decimal string in euros, a
moment ISO 8601 in UTC, a day ISO 8601. Its customer may ask for it: what the office notes for itself is none of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    AcceptanceRow,
    EvidenceRow,
    InvoiceRow,
    MethodChangeRow,
    OrderRow,
    PaymentRow,
    VatDecisionRow,
    WithdrawalRow,
)
from bot.domain.evidence.chain import Chain, Kind, Subject, moment
from bot.domain.money import amount, signed_amount
from bot.domain.orders import OrderStatus
from bot.services.evidence.writing import Entry, hold, record

_ENDS: Final = {
    OrderStatus.COMPLETED: Kind.COMPLETED,
    OrderStatus.CANCELLED: Kind.CANCELLED,
    OrderStatus.EXPIRED: Kind.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Words:
    """A screen in its words; `screen` is its name in the code."""

    screen: str
    words: str


def chain_of_order(order_id: int) -> Chain:
    """The chain of an order."""
    return Chain(Subject.ORDER, order_id)


async def hold_chains(session: AsyncSession, orders: Iterable[OrderRow]) -> None:
    """Hold the chains of several orders, whose rows are held: what is recorded of them follows in no set order."""
    await hold(session, [chain_of_order(order.id) for order in orders])


async def order_placed(
    session: AsyncSession,
    order: OrderRow,
    evidence: EvidenceRow,
    acceptances: Sequence[AcceptanceRow],
    screen: str | None,
    confirmation: Words | None,
) -> None:
    """Record that an order was placed: by whom, on which words, and for what; and what the chat is shown next.

    Args:
        session: the transaction that places it.
        order: with its number, items and lines.
        evidence: who placed it, when, and by which button.
        acceptances: the documents that were accepted.
        screen: the recap in its words, as Telegram showed it; None where Telegram no longer gave the message.
        confirmation: the screen that follows; None where none does.
    """
    value = {
        "chat": evidence.chat_id,
        "language": evidence.language,
        "screen": screen,
        "button": evidence.button_label,
        "documents": [
            {
                "document": each.document,
                "version": each.version,
                "url": each.url,
                "sha256": each.sha256,
                "accepted_at": moment(each.accepted_at),
            }
            for each in acceptances
        ],
        **_agreed(order),
    }
    chain = chain_of_order(order.id)
    entries = [Entry(chain, Kind.PLACED, value)]
    if confirmation is not None:
        shown = {"screen": confirmation.screen, "words": confirmation.words, "language": evidence.language}
        entries.append(Entry(chain, Kind.SHOWN, shown))
    await record(session, entries, order.placed_at)


async def method_changed(session: AsyncSession, change: MethodChangeRow) -> None:
    """Record that another method of payment was chosen."""
    value = {
        "chat": change.chat_id,
        "language": change.language,
        "from": change.from_method_id,
        "to": change.method_id,
        "pay_by": change.pay_by.isoformat(),
        "automatic_renewal_ended": change.ended_auto_renew,
        "instructions": change.instructions,
        "screen": change.screen,
        "button": change.button_label,
        "catalogue": change.catalogue_version,
    }
    await record(session, [Entry(chain_of_order(change.order_id), Kind.METHOD, value)], change.at)


async def money_moved(session: AsyncSession, row: PaymentRow) -> None:
    """Record a movement of money, where it is an order's."""
    if row.order_id is None:
        return
    value = {
        "payment": row.payment_id,
        "reversal": row.reversal_id,
        "movement": row.kind,
        "amount": amount(row.amount),
        "currency": row.currency,
        "method": row.method,
        "registered_at": moment(row.registered_at),
        "named": row.order_text,
        "outcome": row.outcome,
        "reason": row.reason,
        "counted": signed_amount(row.counted),
        "due_back": amount(row.refund),
        "missing": amount(row.missing),
    }
    kind = Kind.REVERSAL if row.kind == "reversed" else Kind.PAYMENT
    await record(session, [Entry(chain_of_order(row.order_id), kind, value)], row.received_at)


async def money_decided(session: AsyncSession, row: PaymentRow, decision: str, now: datetime) -> None:
    """Record what a person decided of money that waited, where it is an order's; the note on it is the office's own."""
    if row.order_id is None:
        return
    value = {"payment": row.payment_id, "decision": decision}
    await record(session, [Entry(chain_of_order(row.order_id), Kind.GIVEN_BACK, value)], now)


async def vat_decided(session: AsyncSession, decision: VatDecisionRow) -> None:
    """Record what the operator decided on the VAT of an order; the note on it is the office's own."""
    value = {
        "treatment": decision.treatment,
        "mention": decision.mention,
        "net": amount(decision.net),
        "vat": amount(decision.vat),
        "due": amount(decision.due),
        "catalogue": decision.catalogue_version,
    }
    await record(session, [Entry(chain_of_order(decision.order_id), Kind.VAT, value)], decision.decided_at)


async def invoiced(session: AsyncSession, invoice: InvoiceRow) -> None:
    """Record that an invoice, or a credit note, was issued: not where it is read, which may change and opens it."""
    value = {
        "document": invoice.document,
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat(),
    }
    await record(
        session, [Entry(chain_of_order(invoice.order_id), Kind.INVOICED, value)], invoice.received_at
    )


async def kit_delivered(session: AsyncSession, order: OrderRow, on: date, now: datetime) -> None:
    """Record on which day the hardware of an order's kit was delivered, as the operator says."""
    value = {"kit": order.kit_id, "delivered_on": on.isoformat()}
    await record(session, [Entry(chain_of_order(order.id), Kind.DELIVERED, value)], now)


async def orders_ended(
    session: AsyncSession, orders: Sequence[OrderRow], status: OrderStatus, now: datetime
) -> None:
    """Record how orders ended.

    Raises:
        KeyError: with that status none has ended.
    """
    kind = _ENDS[status]
    entries = [Entry(chain_of_order(order.id), kind, _ended(order)) for order in orders]
    await record(session, entries, now)


async def order_withdrawn(session: AsyncSession, order: OrderRow, statement: WithdrawalRow) -> None:
    """Record that a consumer has withdrawn from an order: the statement, and what the order became by it."""
    value = {
        "receipt": statement.number,
        "chat": statement.chat_id,
        "language": statement.language,
        "words": statement.words,
        "screen": statement.screen,
        "button": statement.button_label,
        "email": statement.email,
        "was": statement.order_status,
        "became": statement.became,
        "early_start": statement.early_start,
        "paid": amount(max(statement.paid, 0)),
        "served": amount(statement.served),
        "due_back": amount(statement.due_back),
        "catalogue": statement.catalogue_version,
        **_ended(order),
    }
    await record(session, [Entry(chain_of_order(order.id), Kind.WITHDRAWN, value)], statement.at)


def _ended(order: OrderRow) -> Mapping[str, Any]:
    return {
        "mailboxes": [
            {
                "address": item.address,
                "old_expiry": item.old_expiry.isoformat(),
                "new_expiry": item.new_expiry.isoformat(),
            }
            for item in order.items
        ]
    }


def _agreed(order: OrderRow) -> dict[str, Any]:
    """What an order was placed for."""
    return {
        "number": order.number,
        "placed_at": moment(order.placed_at),
        "catalogue": order.catalogue_version,
        "registrant": order.registrant,
        "kit_holder": order.kit_holder,
        "shipping": order.shipping,
        "method": order.method_id,
        "years": order.years,
        "automatic_renewal": order.auto_renew,
        "notice_by": order.notice_by,
        "split_payment": order.split_payment,
        "net": amount(order.net),
        "vat": amount(order.vat),
        "treatment": order.vat_treatment,
        "due": amount(order.due),
        "pay_by": order.pay_by.isoformat(),
        "mailboxes": [
            {
                "address": item.address,
                "old_plan": item.old_plan_id,
                "plan": item.plan_id,
                "extra_mailbox_gb": item.extra_mailbox_gb,
                "extra_archive_gb": item.extra_archive_gb,
                "old_expiry": item.old_expiry.isoformat(),
                "new_expiry": item.new_expiry.isoformat(),
            }
            for item in order.items
        ],
        "lines": [
            {
                "kind": line.kind,
                "code": line.code,
                "quantity": line.quantity,
                "years": line.years,
                "unit_net": amount(line.unit_net),
                "net": amount(line.net),
                "vat_percent": line.vat_percent,
                "vat": amount(line.vat),
            }
            for line in order.lines
        ],
    }
