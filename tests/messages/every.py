"""One payload for every message that there is, and for every shape that it takes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

from bot.domain.cases import CaseKind
from bot.domain.keeping import LastTime
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.registrant import HolderKind
from bot.domain.statements.entry import Fault
from bot.messages.receipts import Receipt
from bot.services.sending.row_facts import payment_facts
from tests.messages.payloads import (
    PAID_AT,
    a_payment,
    about_order,
    about_payment,
    about_reminder,
    an_order,
)
from tests.support.builders import TODAY, a_mailbox, a_usage
from tests.support.long_runs import long

TRANSFER = {"method_id": "bank_transfer"}
SLIP = {"method_id": "slip_ordinary"}
CARD = {"method_id": "card"}
GONE = {"method_id": "cheque"}
LONG_ADDRESS = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.pec.example"
NASTY_ADDRESS = '<b>"x"&y</b>@pec.example'

AFTER_EXPIRY = TODAY + timedelta(days=60)
AFTER_DELETION = TODAY + timedelta(days=121)


def many_mailboxes(count: int = 99, address: str = "casella{}@pec.example") -> list[Any]:
    """As many mailboxes as an order can have, of every plan."""
    plans = ("standard", "pro", "premium")
    return [
        a_mailbox(number, plans[number % 3], expires_in=20 + number, address=address.format(number))
        for number in range(1, count + 1)
    ]


def receipt(
    paid: int, *, completed: bool = False, served: int = 108, kit_alone: bool = False
) -> dict[str, Any]:
    """What a payload says of a withdrawal, of which `paid` cents had come."""
    served = served if completed else 0
    return Receipt(
        number="REC-R7K2M-4",
        at=PAID_AT,
        words=f"Dichiaro di recedere dal contratto. {NASTY_ADDRESS}",
        sent_to="maria@example.com",
        cancelled=not paid,
        completed=completed,
        paid=paid,
        served=served,
        due_back=paid - served,
        back_by=TODAY + timedelta(days=14),
        kit_alone=kit_alone,
    ).to_json()


def _orders() -> dict[str, Any]:
    two = [a_mailbox(1, "premium"), a_mailbox(2, "pro", expires_in=50)]
    public = HolderKind.PUBLIC_ADMINISTRATION
    return {
        "transfer": an_order(draft=TRANSFER),
        "slip": an_order(draft=SLIP),
        "card": an_order(draft=CARD),
        "gone": an_order(draft=GONE),
        "letter": an_order(kind=public, draft={"method_id": "pa_transfer"}),
        "downgrade": an_order(two, plans={1: "standard"}, draft=TRANSFER | {"auto_renew": True}),
        "unknown-plan": an_order([a_mailbox(1)], plans={}, draft=TRANSFER),
        "99": an_order(many_mailboxes(), draft=TRANSFER),
        "99-long": an_order(many_mailboxes(address="{}" + LONG_ADDRESS), draft=TRANSFER),
        "nasty": an_order([a_mailbox(1, address=NASTY_ADDRESS)], draft=TRANSFER),
    }


ORDERS = _orders()

ORDER_PAYLOADS: dict[str, dict[str, Any]] = {
    f"{message} {name}": payload
    for name, order in ORDERS.items()
    for message, payload in {
        "order-placed": about_order("order-placed", order),
        "order-expiring": about_order("order-expiring", order, on=AFTER_EXPIRY, missing=order.due),
        "order-expiring-in-part": about_order(
            "order-expiring", order, on=AFTER_EXPIRY, missing=order.due - 1
        ),
        "order-expired": about_order("order-expired", order, on=AFTER_DELETION, missing=order.due),
        "order-expired-in-part": about_order(
            "order-expired", order, on=AFTER_DELETION, missing=order.due - 1
        ),
        "order-method-changed": about_order("order-method-changed", order, missing=order.due),
        **{
            f"invoice-issued-{document}": about_order(
                "invoice-issued",
                order,
                missing=0,
                invoice={
                    "number": "<b>&" * 16,
                    "issued_on": "2026-11-24",
                    "document": document,
                    "url": "https://fatture.example.com/d/8fJ2kQ" if document == "invoice" else "",
                },
            )
            for document in ("invoice", "credit_note")
        },
        "order-undecided": about_order("order-undecided", order, missing=order.due, vat_treatment="open"),
        "order-vat-decided": about_order("order-vat-decided", order, missing=order.due),
        "order-expired-undecided": about_order(
            "order-expired", order, missing=order.due, vat_treatment="open"
        ),
        **{
            f"order-vat-decided-{mention}": about_order(
                "order-vat-decided",
                order,
                missing=order.due,
                vat_treatment="without",
                vat_mention=mention,
            )
            for mention in ("reverse_charge", "not_subject", "<b>&" * 50)
        },
        "payment-not-arrived": about_order(
            "payment-not-arrived", order, missing=order.due, expected_on="2026-11-24"
        ),
        "order-withdrawn": about_order(
            "order-withdrawn", order, missing=0, **receipt(order.due, completed=True)
        ),
        "order-withdrawn-kit": about_order(
            "order-withdrawn", order, missing=0, **receipt(6893, completed=True, served=0, kit_alone=True)
        ),
        "order-withdrawn-unpaid": about_order("order-withdrawn", order, missing=order.due, **receipt(0)),
        "order-cancelled": about_order("order-cancelled", order, missing=order.due),
        "renewal-completed": about_payment("renewal-completed", order, order.due),
        "renewal-completed-surplus": about_payment("renewal-completed", order, order.due + 500, refund=500),
        "payment-partial": about_payment(
            "payment-partial", order, 500, outcome=PaymentOutcome.PARTIAL, missing=order.due - 500
        ),
        "payment-partial-again": about_payment(
            "payment-partial", order, 500, outcome=PaymentOutcome.PARTIAL, missing=order.due - 900
        ),
    }.items()
}

LONGEST_PHRASE = "una frase di sicurezza, la più lunga che si possa avere <b>&"
"""As long as one can be: `bot.services.reminders.wishes.LONGEST_PHRASE`."""


def _reminded() -> dict[str, list[Any]]:
    long = [
        replace(box, expires_on=TODAY + timedelta(days=box.id % 30 - 3), holder_id=box.id % 7)
        for box in many_mailboxes(address="{}" + LONG_ADDRESS)
    ]
    return {
        "one": [a_mailbox()],
        "tomorrow": [a_mailbox(expires_in=1)],
        "today": [a_mailbox(expires_in=0)],
        "yesterday": [a_mailbox(expires_in=-1)],
        "expired": [a_mailbox(expires_in=-85)],
        "unknown-plan": [a_mailbox(plan_id="given_up")],
        "too-full": [a_mailbox(plan_id="standard", usage=a_usage("1.7"))],
        "two": [a_mailbox(1, "premium", expires_in=-3), a_mailbox(2, expires_in=0)],
        "one-too-full": [a_mailbox(1), a_mailbox(2, plan_id="standard", usage=a_usage("1.7"))],
        "holders": [a_mailbox(number, holder_id=number // 2) for number in range(1, 6)],
        "9": many_mailboxes(9),
        "13": many_mailboxes(13),
        "99": many_mailboxes(),
        "99-long": long,
        "nasty": [a_mailbox(1, address=NASTY_ADDRESS)],
    }


REMINDED = _reminded()

REMINDER_PAYLOADS: dict[str, dict[str, Any]] = {
    **{
        f"reminder-{subject} {name}": about_reminder(f"reminder-{subject}", boxes)
        for name, boxes in REMINDED.items()
        for subject in ("renew", "automatic", "not-charged", "not-renewing", "own-domain", "deleted")
    },
    **{
        f"reminder-awaiting-{what} {name}": about_reminder(
            f"reminder-awaiting-{what}", boxes, order=ORDERS.get(name, ORDERS["transfer"])
        )
        for name, boxes in REMINDED.items()
        for what in ("payment", "decision")
    },
    **{
        f"reminder-awaiting-payment {name}": about_reminder(
            "reminder-awaiting-payment", [a_mailbox()], order=order
        )
        for name, order in ORDERS.items()
    },
    **{
        f"reminder-{subject} split": about_reminder(f"reminder-{subject}", [a_mailbox()], split=True)
        for subject in ("renew", "automatic")
    },
    "reminder-automatic five-years": about_reminder("reminder-automatic", many_mailboxes(2), years=5),
    **{
        f"reminder-renew again-{method}-{count}": about_reminder(
            "reminder-renew", many_mailboxes(count), last=LastTime(2, method)
        )
        for method in ("bank_transfer", "card", "paypal", "slip_preprinted", "slip_ordinary", "given_up")
        for count in (1, 5)
    },
    "reminder-renew no-page": about_reminder("reminder-renew", [a_mailbox()], page=None),
    "reminder-renew phrase": about_reminder("reminder-renew", [a_mailbox()], phrase=LONGEST_PHRASE),
}

OTHER_PAYLOADS: dict[str, dict[str, Any]] = {
    **{
        f"renewal-decided {'declined' if declined else 'wanted'}": {
            "message": "renewal-decided",
            "at": PAID_AT.isoformat(),
            "address": NASTY_ADDRESS,
            "expires_on": TODAY.isoformat(),
            "declined": declined,
        }
        for declined in (True, False)
    },
    **{
        f"payment-promised {name}": about_order(
            "payment-promised", order, missing=order.due, expected_on="2026-11-24"
        )
        for name, order in ORDERS.items()
        if name != "nasty"  # it names no mailbox
    },
    **{
        f"payment-card-over {arrived}": {
            "message": "payment-card-over",
            "order": "R7K2M-4",
            "card": 17,
            "arrived": arrived,
        }
        for arrived in (True, False)
    },
    **{
        f"confirmation-over {stands}": {
            "message": "confirmation-over",
            "order": "R7K2M-4",
            "confirmation": 17,
            "stands": stands,
            "paid": 1000,
            "missing": 2648,
        }
        for stands in ("awaiting", "part-paid", "completed", "over")
    },
    "chat-joined one": {
        "message": "chat-joined",
        "at": PAID_AT.isoformat(),
        "addresses": [NASTY_ADDRESS],
    },
    "chat-joined many": {
        "message": "chat-joined",
        "at": PAID_AT.isoformat(),
        "addresses": [LONG_ADDRESS] * 99,
    },
    **{
        f"mail-silenced {count} {page}": {
            "message": "mail-silenced",
            "at": PAID_AT.isoformat(),
            "addresses": [NASTY_ADDRESS] * count,
            "code": "7-AbCdEfGhIjKlMnOpQrStUvWx",
            "undo_url": page or None,
        }
        for count, page in ((0, ""), (1, "https://rinnovo.example.com/reminders/undo/7-1-all-AbC"), (99, ""))
    },
    **{
        f"reference-email-{what}": {
            "message": f"reference-email-{what}",
            "at": PAID_AT.isoformat(),
            "undo_url": f"https://rinnovo.example.com/reference-email/{'Tk-_9' * 8}Abc",
            "undo_until": (PAID_AT + timedelta(days=7)).isoformat(),
        }
        for what in ("changed", "restored")
    },
    "reference-email-changed no-page": {
        "message": "reference-email-changed",
        "at": PAID_AT.isoformat(),
        "undo_url": None,
        "undo_until": (PAID_AT + timedelta(days=7)).isoformat(),
    },
    "signed-heads": {
        "message": "signed-heads",
        "lines": [
            "day: 2026-11-22",
            "at: 2026-11-22T23:04:00.000000+00:00",
            "count: 3",
            *(
                f"{name}: {'5a' * size}"
                for name, size in (("root", 32), ("before", 32), ("public", 32), ("signature", 64))
            ),
        ],
    },
    "leaving-code": {
        "message": "leaving-code",
        "code": "048213",
        "minutes": 10,
        "good_until": PAID_AT.isoformat(),
    },
    **{
        f"customer-forgotten {orders}": {
            "message": "customer-forgotten",
            "at": PAID_AT.isoformat(),
            "until": "2036-11-23",
            "orders": orders,
            "language": "it",
        }
        for orders in (0, 1, 12)
    },
    "reference-email-code": {
        "message": "reference-email-code",
        "code": "048213",
        "minutes": 10,
        "good_until": PAID_AT.isoformat(),
    },
    **{
        f"{name} {'on' if on else 'off'}": {
            "message": name,
            "at": PAID_AT.isoformat(),
            "address": NASTY_ADDRESS,
            "on": on,
            "expires_on": "2026-12-23",
            "charge_on": "2026-12-16",
        }
        for name in ("automatic-renewal-switched", "operator-automatic-renewal")
        for on in (True, False)
    },
    **{
        f"space-filling {count} {level}": {
            "message": "space-filling",
            "mailboxes": [
                {
                    "id": number,
                    "address": NASTY_ADDRESS if count == 1 else LONG_ADDRESS,
                    "archive": number % 2 == 0,
                    "used_gb": "2.412",
                    "room_gb": 3,
                    "level": level,
                    "extra": number % 3 != 0,
                    "larger": None if number % 3 else "pro",
                    "renewable": number % 4 != 0,
                    "professional": level != 70,
                }
                for number in range(1, count + 1)
            ],
            "link": "https://t.me/rinnovo_bot?start=" + "x" * 43,
            "unsubscribe": "ABCD-EFGH",
            "unsubscribe_url": None if count == 1 else "https://rinnovo.example.com/reminders/ABCD-EFGH",
        }
        for count in (1, 2, 3, 6, 500)
        for level in (70, 90, 100)
    },
    "automatic-renewal-switched charged": {
        "message": "automatic-renewal-switched",
        "at": PAID_AT.isoformat(),
        "address": NASTY_ADDRESS,
        "on": False,
        "expires_on": TODAY.isoformat(),
        "charge_on": TODAY.isoformat(),
    },
    "automatic-renewal-switched priced": {
        "message": "automatic-renewal-switched",
        "at": PAID_AT.isoformat(),
        "address": LONG_ADDRESS,
        "on": True,
        "expires_on": AFTER_EXPIRY.isoformat(),
        "charge_on": AFTER_EXPIRY.isoformat(),
        "years": 2,
        "due": 7296,
    },
    "operator-automatic-renewal of a customer": {
        "message": "operator-automatic-renewal",
        "at": PAID_AT.isoformat(),
        "address": LONG_ADDRESS,
        "customer": "<b>&" * 16,
        "on": False,
        "expires_on": AFTER_EXPIRY.isoformat(),
        "charge_on": AFTER_EXPIRY.isoformat(),
    },
    "login-code": {
        "message": "login-code",
        "code": "048213",
        "minutes": 10,
        "good_until": PAID_AT.isoformat(),
        "token": "sample-token-of-a-link-that-opens-nothing-12",
        "link_until": PAID_AT.isoformat(),
    },
    **{
        f"operator-review {reason}": {
            "message": "operator-review",
            **payment_facts(
                a_payment(
                    3648,
                    outcome=PaymentOutcome.REVIEW,
                    reason=reason,
                    refund=148,
                    payment_id="<i>&" * 32,
                    order_text="<b>&" * 16,
                    method="m" * 64,
                )
            ).to_json(),
        }
        for reason in ReviewReason
    },
    **{
        f"operator-cases {count}": {
            "message": "operator-cases",
            "count": count,
            "cases": [
                {
                    "id": number,
                    "kind": kind.value,
                    "subject": "<b>&" * 16,
                    "due_on": TODAY.isoformat() if number % 2 else None,
                }
                for number, kind in zip(range(1, min(count, 10) + 1), cycle(CaseKind), strict=False)
            ],
        }
        for count in (1, 2, 10, 500)
    },
    **{
        f"operator-statement {registered} {waiting} {to_decide}": {
            "message": "operator-statement",
            "statement": 1,
            "name": "<b>&" * 16,
            "registered": registered,
            "cents": registered * 3648,
            "likely": waiting,
            "same": waiting // 2,
            "unknown": waiting // 3,
            "not_ours": 240,
            "known": registered * 3,
            "to_decide": to_decide,
        }
        for registered, waiting in ((0, 0), (1, 1), (12, 3), (5000, 1200))
        for to_decide in (False, True)
    },
    "operator-statement-refused": {
        "message": "operator-statement-refused",
        "name": "<b>&" * 16,
        "problem": "line 12: the file ends before its XML does <&> " * 30,
    },
    **{
        f"operator-statement-refused-{fault}": {
            "message": "operator-statement-refused",
            "name": "<b>&" * 16,
            "problem": "entry 12: something",
            "fault": fault.value,
            "place": place,
            "about": "<b>&" * 30,
        }
        for fault, place in zip(Fault, cycle(("line 12", "entry 3", "statement 2", "")), strict=False)
    },
}


def kinds(payloads: Iterable[str]) -> list[str]:
    """The messages that there are among the payloads' names."""
    return list(dict.fromkeys(name.partition(" ")[0] for name in payloads))


def of_kind(kind: str, payloads: dict[str, Any], *, every: bool = True) -> dict[str, Any]:
    """A message in all the shapes that it takes, or in the first alone."""
    found = {name: payload for name, payload in payloads.items() if name.partition(" ")[0] == kind}
    return found if every else dict(list(found.items())[:1])


def in_short_and_whole(payloads: Iterable[str]) -> list[Any]:
    """Each message in its first shape; in every shape in long runs. For the arguments `kind` and `every`."""
    each = kinds(payloads)
    return [*((kind, False) for kind in each), *long(*((kind, True) for kind in each))]
