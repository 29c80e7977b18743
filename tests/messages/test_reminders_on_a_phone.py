"""A reminder fits a phone of 390 px: its words, all its buttons, and every label whole (VOICE.md, Length)."""

from datetime import date

import pytest

from bot.domain.keeping import LastTime, seal_as_it_is
from bot.handlers.buttons import ListDue, ListOrder, RenewAsItIs
from bot.messages import render_chat
from bot.messages.chat.buttons import as_it_is_data, list_due_data, list_order_data
from bot.messages.render import CHAT_MESSAGES
from bot.messages.told import TOLD
from bot.texts import Translator
from tests.messages.conftest import Chat, Show
from tests.messages.every import (
    ORDER_PAYLOADS,
    ORDERS,
    OTHER_PAYLOADS,
    REMINDER_PAYLOADS,
    in_short_and_whole,
    many_mailboxes,
    of_kind,
)
from tests.messages.payloads import about_payment, about_reminder
from tests.support.budget import over_budget
from tests.support.builders import a_mailbox
from tests.support.catalogue import example_catalogue
from tests.support.long_runs import long, some

FOR_THE_OPERATOR = "operator-cases"
PAYLOADS = ORDER_PAYLOADS | OTHER_PAYLOADS | REMINDER_PAYLOADS
ORDERED = ("transfer", "slip", "card", "gone", "letter", "downgrade", "99")
BOXES = {
    "1": [a_mailbox()],
    "today": [a_mailbox(expires_in=0)],
    "3": many_mailboxes(3),
    "expired": [a_mailbox(expires_in=-60)],
    "last-day": [a_mailbox(expires_in=-90)],
    "5": many_mailboxes(5),
    "48": many_mailboxes(48),
    "99": many_mailboxes(99),
    "holders": [a_mailbox(number, holder_id=number // 2) for number in range(1, 6)],
    "too-full": [a_mailbox(number, holder_id=number) for number in range(1, 4)],
}


@pytest.mark.parametrize("subject", ["renew", "automatic", "not-charged", "own-domain", "deleted"])
@pytest.mark.parametrize("boxes", some(BOXES, 3))
async def test_a_reminder_is_seen_whole(
    chat: Chat, show: Show, translator: Translator, subject: str, boxes: str
) -> None:
    payload = about_reminder(f"reminder-{subject}", BOXES[boxes])
    message = await show(chat(payload, translator.locale.value))
    assert list(over_budget(message)) == []


@pytest.mark.parametrize("method", ["bank_transfer", "card", "paypal", "slip_preprinted", "given_up"])
@pytest.mark.parametrize("years", [2, *long(1, 5)])
async def test_one_that_is_renewed_as_the_last_time_is_seen_whole(
    chat: Chat, show: Show, translator: Translator, method: str, years: int
) -> None:
    payload = about_reminder("reminder-renew", [a_mailbox()], last=LastTime(years, method))
    assert list(over_budget(await show(chat(payload, translator.locale.value)))) == []


async def test_a_completed_renewal_of_many_is_seen_whole(
    chat: Chat, show: Show, translator: Translator
) -> None:
    order = ORDERS["99"]
    payload = about_payment("renewal-completed", order, order.due)
    assert list(over_budget(await show(chat(payload, translator.locale.value)))) == []


@pytest.mark.parametrize(("kind", "every"), in_short_and_whole(PAYLOADS))
async def test_whatever_else_a_customer_is_told_is_seen_whole(
    show: Show, translator: Translator, kind: str, *, every: bool
) -> None:
    too_tall = [
        f"{name}: {found}"
        for name, payload in of_kind(kind, PAYLOADS, every=every).items()
        if TOLD[payload["message"]] in CHAT_MESSAGES
        and not name.startswith(FOR_THE_OPERATOR)
        and "long" not in name
        for found in over_budget(await show(render_chat(payload, translator, example_catalogue())))
        if "high" in found or not name.startswith("space-filling")  # all of its mailboxes have one address
    ]
    assert too_tall == []


def test_the_buttons_are_those_that_the_handlers_know() -> None:
    day, seal = date(2026, 12, 8), seal_as_it_is(["AbCdEf"], 3648)
    one = RenewAsItIs(
        mailbox=7, holder=None, by=None, years=1, seal=seal, method="bank_transfer", afresh=False
    )
    assert as_it_is_data(1, seal, mailbox_id=7, method_id="bank_transfer") == one.pack()
    all_of = RenewAsItIs(mailbox=None, holder=3, by=20261208, years=1, seal=seal, method=None, afresh=False)
    assert as_it_is_data(1, seal, holder_id=3, by=day) == all_of.pack()
    assert list_due_data(2, day, day) == ListDue(customer=2, since=20261208, by=20261208, page=None).pack()
    assert list_order_data("R7K2M-4") == ListOrder(number="R7K2M-4", page=None).pack()


def test_what_does_not_fit_in_a_button_is_not_named() -> None:
    seal = seal_as_it_is(["AbCdEf"], 99_999_999)
    assert as_it_is_data(1, seal, mailbox_id=2**63 - 1) is not None
    assert as_it_is_data(1, seal, mailbox_id=2**63 - 1, method_id="m" * 32) is None


@pytest.mark.parametrize("message", ["reminder-awaiting-payment", "order-expiring"])
@pytest.mark.parametrize("in_part", [False, True])
@pytest.mark.parametrize("order", some(ORDERED, 3))
async def test_what_is_to_be_paid_is_seen_whole_with_all_that_one_pays_with(
    chat: Chat, show: Show, translator: Translator, message: str, order: str, in_part: bool
) -> None:
    payload = REMINDER_PAYLOADS[f"reminder-awaiting-payment {order}"] | {"message": message}
    if in_part:
        payload |= {"missing": payload["due"] - 500}
    assert list(over_budget(await show(chat(payload, translator.locale.value)))) == []


@pytest.mark.parametrize(
    "message",
    [
        "payment-partial",
        "payment-partial-again",
        "order-method-changed",
        "payment-not-arrived",
    ],
)
@pytest.mark.parametrize("order", some(ORDERED, 3))
async def test_what_else_one_pays_from_is_seen_whole(
    chat: Chat, show: Show, translator: Translator, message: str, order: str
) -> None:
    payload = ORDER_PAYLOADS[f"{message} {order}"]
    assert list(over_budget(await show(chat(payload, translator.locale.value)))) == []
