"""Payloads as `bot.services.notices` writes them, of orders that were placed by the rules.

It is Monday 23 November 2026 in Rome, when the orders are placed.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.catalogue import Catalogue
from bot.domain.drafts import Draft
from bot.domain.mailboxes import Mailbox
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.registrant import HolderKind
from bot.services.notices import order_facts, payment_facts
from bot.services.order_rows import new_order
from bot.services.renewals import Renewal
from tests.support.builders import TODAY, a_complete_draft, a_mailbox, some_facts
from tests.support.catalogue import example_catalogue

NUMBER = "R7K2M-4"
PAID_AT = datetime(2026, 11, 24, 9, 58, tzinfo=UTC)


def an_order(
    mailboxes: Iterable[Mailbox] = (),
    *,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    catalogue: Catalogue | None = None,
    draft: dict[str, Any] | None = None,
    plans: dict[int, str] | None = None,
) -> OrderRow:
    """The row of an order for these mailboxes; `plans` changes some, `draft` the other choices."""
    facts = some_facts(*(mailboxes or (a_mailbox(),)), catalogue=catalogue or example_catalogue(), kind=kind)
    complete: Draft = a_complete_draft(facts, **(draft or {}))
    changed = plans or {}
    items = tuple(
        replace(item, plan_id=changed.get(item.mailbox_id, item.plan_id)) for item in complete.items
    )
    return new_order(Renewal(replace(complete, items=items), facts), NUMBER)


def about_order(message: str, order: OrderRow, *, on: date = TODAY, **more: Any) -> dict[str, Any]:
    """A payload about an order, written on a day."""
    return {"message": message, "on": on.isoformat(), **order_facts(order), **more}


def about_payment(
    message: str,
    order: OrderRow,
    amount: int,
    *,
    outcome: PaymentOutcome = PaymentOutcome.COMPLETED,
    missing: int = 0,
    refund: int = 0,
) -> dict[str, Any]:
    """A payload about a payment of an order, written the day after it was placed."""
    row = a_payment(amount, outcome=outcome, missing=missing, refund=refund)
    return about_order(message, order, on=TODAY + timedelta(days=1)) | payment_facts(row)


def a_payment(
    amount: int,
    *,
    outcome: PaymentOutcome,
    missing: int = 0,
    refund: int = 0,
    reason: ReviewReason | None = None,
    **changes: Any,
) -> PaymentRow:
    """A row of the ledger."""
    return PaymentRow(
        **{
            "payment_id": "bank-7781",
            "order_text": NUMBER,
            "amount": amount,
            "currency": "EUR",
            "method": "bank_transfer",
            "registered_at": PAID_AT,
            "outcome": outcome.value,
            "reason": None if reason is None else reason.value,
            "missing": missing,
            "refund": refund,
            **changes,
        }
    )
