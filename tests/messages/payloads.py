"""Payloads as `bot.messages.told` writes them, with and without the form: both are read alike.

It is Monday 23 November 2026 in Rome, when the orders are placed.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.drafts import Draft
from bot.domain.keeping import LastTime, price_as_it_is, renewal_as_it_is
from bot.domain.mailboxes import Mailbox, days_left
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.registrant import HolderKind
from bot.domain.renewal import Renewal
from bot.services.orders.rows import new_order
from bot.services.sending.row_facts import order_facts, payment_facts
from tests.support.builders import TODAY, a_complete_draft, a_mailbox, some_facts
from tests.support.catalogue import example_catalogue, with_split_payment
from tests.support.seed import registrant

NUMBER = "R7K2M-4"
LINK = f"https://t.me/rinnovo_bot?start={'Tk-_9' * 8}Abc"
CODE = f"12-{'Cd-_5' * 4}Efgh"
PAGE = f"https://rinnovo.example.com/reminders/{CODE}"
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
    return {"message": message, **order_facts(order, on).to_json(), **more}


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
    return about_order(message, order, on=TODAY + timedelta(days=1)) | payment_facts(row).to_json()


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


def about_reminder(
    message: str,
    mailboxes: Iterable[Mailbox],
    *,
    order: OrderRow | None = None,
    split: bool = False,
    years: int = 1,
    page: str | None = PAGE,
    last: LastTime | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A reminder of these mailboxes as it is sent, by e-mail; what an e-mail adds, a chat does not mind.

    `last` is how all of them were renewed the last time.
    """
    catalogue = with_split_payment() if split else example_catalogue()
    boxes = sorted(mailboxes, key=lambda box: (box.expires_on, box.id))
    linked = message in {"reminder-renew", "reminder-automatic", "reminder-not-charged"}
    return {
        "message": message,
        "on": TODAY.isoformat(),
        "customer": 12,
        "mailboxes": [
            _reminded(catalogue, box, years, split=split, known=message != "reminder-own-domain")
            | ({} if message != "reminder-renew" else _offered(catalogue, box, last, split=split))
            for box in boxes
        ],
        **({} if order is None else order_facts(order, TODAY).to_json()),
        "to": "maria.esempio@example.com",
        "language": "it",
        "phrase": None,
        "link": LINK if linked else None,
        "unsubscribe": CODE,
        "unsubscribe_url": page,
        **more,
    }


def _reminded(catalogue: Catalogue, box: Mailbox, years: int, *, split: bool, known: bool) -> dict[str, Any]:
    price = price_as_it_is(catalogue, box, years, split_payment=split, today=TODAY) if known else None
    return {
        "mailbox": box.id,
        "holder": box.holder_id,
        "holder_kind": HolderKind.NATURAL_PERSON.value,
        "holder_name": f"Titolare {box.holder_id} <S.r.l.> & figli",
        "address": box.address,
        "plan": box.plan_id,
        "expires_on": box.expires_on.isoformat(),
        "days": days_left(box.expires_on, TODAY),
        "due": None if price is None else price.due,
        "split_payment": price is not None and price.split_payment,
        "years": years,
        "charge_on": charge_date(box.expires_on, catalogue).isoformat(),
    }


def _offered(catalogue: Catalogue, box: Mailbox, last: LastTime | None, *, split: bool) -> dict[str, Any]:
    """What its button may name."""
    kind = HolderKind.PUBLIC_ADMINISTRATION if split else HolderKind.NATURAL_PERSON
    holder = registrant(kind, split_payment=split)
    offer = renewal_as_it_is(catalogue, box, holder, last, today=TODAY, at=time(10))
    return {} if offer is None else {"as_it_is": asdict(offer)}
