"""`payments` as an operator types it: registering by hand, the payments that need a person, and deciding them."""

from datetime import timedelta

import pytest

from bot.db.tables import ChatCustomerRow
from bot.domain.order_number import format_number
from bot.services.actor import Actor
from bot.services.payments.collectives import Collective
from tests.commands.shop import Shop
from tests.support.long_runs import long, some
from tests.support.till import Till

REGISTER = ("payments", "register")
EXACT = ("--amount", "36.48", "--method", "bank_transfer")
REVIEW = "To be decided: python -m bot payments review"


def wrong_check(number: str) -> str:
    """The number with its last character wrong."""
    return f"{number[:-1]}{'2' if number[-1] != '2' else '3'}"


def ledger(shop: Shop) -> list[tuple[str, int, str]]:
    """What the ledger holds: the payment's id, cents, and the outcome."""
    rows = shop.bot(lambda till: till.ledger())
    return [(row.payment_id, row.amount, row.outcome) for row in rows]


# Registering


def test_the_exact_amount_completes_and_the_customer_is_told(shop: Shop) -> None:
    order = shop.order()
    made = f"manual-{order.number}-{shop.today}-36.48"
    assert shop.does(*REGISTER, order.number, *EXACT) == [
        f"Registered as {made}: typed again, it changes nothing.",
        f"Order {order.number} is paid, and the renewal is complete: the customer is told.",
    ]
    assert shop.bot(lambda till: till.status(order)) == "completed"
    told = shop.bot(lambda till: till.told("renewal-completed"))
    assert [(each.channel, each.chat_id) for each in told] == [("telegram", 7), ("mail", None)]
    assert ledger(shop) == [(made, 3648, "completed")]


@pytest.mark.soak
@pytest.mark.parametrize("reason", some(["{} integrazione", "Ordine {}", "{}.", "{}/saldo"], 1))
def test_the_whole_reason_may_be_typed_as_the_payer_wrote_it(shop: Shop, reason: str) -> None:
    order = shop.order()
    written = reason.format(order.number)
    assert shop.does(*REGISTER, written, "--amount", "20.00", "--method", "bank_transfer")[-1] == (
        f"20.00 EUR counts for order {order.number}; 16.48 EUR is still missing: the customer is told."
    )
    assert shop.does(*REGISTER, written, "--amount", "16.48", "--method", "bank_transfer")[-1] == (
        f"Order {order.number} is paid, and the renewal is complete: the customer is told."
    )


@pytest.mark.soak
def test_a_collective_number_is_registered_and_shown_with_its_orders(shop: Shop) -> None:
    numbers = [shop.order("a").number, shop.order("b", chat=8).number]

    async def make(till: Till) -> Collective:
        async with till.database.write() as session:
            session.add(ChatCustomerRow(chat_id=7, customer_id=2, bound_at=till.services.surroundings.now()))
        return await till.services.collectives.create(Actor(7, "it"), numbers)

    made = shop.bot(make)
    part = shop.does(
        *REGISTER, f"{made.number} integrazione", "--amount", "40.00", "--method", "bank_transfer"
    )
    assert part[-1] == (
        f"Collective number {made.number}: 36.48 EUR for {made.orders[0]} (completed), 3.52 EUR for "
        f"{made.orders[1]} (partial); 32.96 EUR is still missing. The customers are told."
    )
    shown = "\n".join(shop.does("orders", "show", made.number))
    assert f"Collective number {made.number}" in shown
    assert all(number in shown for number in numbers)
    assert "72.96 EUR" in shown
    assert "32.96 EUR" in shown
    of_one = "\n".join(shop.does("orders", "show", made.orders[0]))
    assert f"manual-{made.number}" in of_one


@pytest.mark.soak
def test_a_reason_that_names_two_orders_is_refused_with_both(shop: Shop) -> None:
    numbers = sorted(each.number for each in (shop.order("a"), shop.order("b", chat=8)))
    said = shop.is_refused(*REGISTER, f"ordini {numbers[0]}, {numbers[1]}", *EXACT)
    assert said.startswith("More than one order is named (")
    assert all(number in said for number in numbers)
    assert ledger(shop) == []


@pytest.mark.soak
def test_typed_twice_it_is_one_payment_unless_it_is_said_to_be_another(shop: Shop) -> None:
    order = shop.order()
    words = (
        *REGISTER,
        order.number.lower().replace("-", ""),
        "--amount",
        "10.00",
        "--method",
        "bank_transfer",
    )
    part = f"10.00 EUR counts for order {order.number}; {{}} EUR is still missing: the customer is told."
    made = f"manual-{order.number}-{shop.today}-10.00"
    assert shop.does(*words)[-1] == part.format("26.48")
    assert shop.does(*words) == [
        f"Payment {made} was registered before: nothing was changed; if it is another payment, add --again.",
        part.format("26.48"),
    ]
    assert shop.does(*words, "--again")[-1] == part.format("16.48")
    assert shop.does(*words, "--again")[-1] == part.format("6.48")
    assert [payment_id for payment_id, _, _ in ledger(shop)] == [made, f"{made}-2", f"{made}-3"]


@pytest.mark.soak
def test_a_payment_with_an_id_of_its_own_is_known_by_it(shop: Shop) -> None:
    order = shop.order()
    words = (*REGISTER, order.number, "--payment-id", "bank-7781", "--method", "bank_transfer")
    assert "is paid" in shop.does(*words, "--amount", "36.48")[0]
    before = shop.does(*words, "--amount", "36.48")
    assert before[0] == "Payment bank-7781 was registered before: nothing was changed."
    assert shop.is_refused(*words, "--amount", "36.84") == (
        f"The ledger has payment bank-7781 already, of 36.48 EUR for {order.number}: nothing was changed"
    )
    assert "contradict each other" in shop.is_refused(*words, "--amount", "36.48", "--again")
    assert ledger(shop) == [("bank-7781", 3648, "completed")]


@pytest.mark.soak
def test_the_callback_and_the_operator_register_one_payment_once(shop: Shop) -> None:
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(order, payment_id="bank-7781")))
    said = shop.does(*REGISTER, order.number, *EXACT, "--payment-id", "bank-7781")
    assert "was registered before" in said[0]
    assert len(ledger(shop)) == 1


def test_more_than_is_due_completes_and_says_what_belongs_back(shop: Shop) -> None:
    order = shop.order()
    (_, said) = shop.does(*REGISTER, order.number, "--amount", "40.00", "--method", "slip")
    assert said == (
        f"Order {order.number} is paid, and the renewal is complete: the customer is told. "
        f"3.52 EUR belongs back. {REVIEW}"
    )


@pytest.mark.soak
def test_what_renews_nothing_is_recorded_and_says_so(shop: Shop) -> None:
    paid, cancelled, foreign = shop.order("a"), shop.order("b", chat=8), shop.order("c", chat=9)
    shop.bot(lambda till: till.receive(till.paid(paid)))
    shop.bot(lambda till: till.services.orders.cancel(Actor(8, "it"), cancelled.number))
    assert shop.does(*REGISTER, paid.number, *EXACT)[-1] == (
        f"Order {paid.number} was paid already: 36.48 EUR is recorded, and nothing is renewed twice. "
        f"36.48 EUR belongs back. {REVIEW}"
    )
    assert shop.does(*REGISTER, cancelled.number, *EXACT)[-1] == (
        f"36.48 EUR is recorded, and counts for no order. The order had been cancelled. {REVIEW}"
    )
    assert shop.does(*REGISTER, foreign.number, *EXACT, "--currency", "CHF")[-1].startswith(
        "36.48 CHF is recorded, and counts for no order. It is not in euros"
    )


def test_a_payment_of_an_earlier_day(shop: Shop) -> None:
    order = shop.order()
    earlier = shop.surroundings.today() - timedelta(days=2)
    shop.does(*REGISTER, order.number, *EXACT, "--date", earlier.isoformat())
    (row,) = shop.bot(lambda till: till.ledger())
    assert row.registered_at.astimezone(shop.surroundings.zone).date() == earlier
    assert str(earlier) in row.payment_id


@pytest.mark.parametrize("each", [3, *long(1)])
def test_what_cannot_be_registered_is_refused_in_one_line_and_recorded_nowhere(shop: Shop, each: int) -> None:
    """Each third of what is wrong, or all of it."""
    order = shop.order()
    tomorrow = (shop.surroundings.today() + timedelta(days=1)).isoformat()
    assert "check character does not agree" in shop.is_refused(*REGISTER, wrong_check(order.number), *EXACT)
    nothing = format_number("22222" if order.number[:5] != "22222" else "33333")
    assert shop.is_refused(*REGISTER, nothing, *EXACT) == (
        f"There is no order {nothing}: nothing was registered."
    )
    for amount in ("36,48", "36.4", "36", "-1.00", "0.00")[::each]:
        assert shop.is_refused(*REGISTER, order.number, "--amount", amount, "--method", "slip")
    for wrong in (
        ("--date", tomorrow),
        ("--currency", "eur"),
        ("--currency", "EURO"),
        ("--payment-id", ""),
        ("--payment-id", "x" * 129),
        ("--payment-id", "a\nb"),
        ("--method", " "),
    )[::each]:
        assert shop.is_refused(*REGISTER, order.number, *EXACT, *wrong)
    assert ledger(shop) == []


# Deciding


def test_nothing_to_review(shop: Shop) -> None:
    assert shop.does("payments", "review") == ["No payment needs a person."]


def test_each_case_says_why_what_to_do_and_the_command(shop: Shop) -> None:
    order, other = shop.order("a"), shop.order("b", chat=8)
    shop.bot(lambda till: till.receive(till.paid(wrong_check(order.number), 3648, "bank-1")))
    shop.bot(lambda till: till.receive(till.paid(other, 4000, "bank-2")))
    shop.bot(lambda till: till.receive(till.paid("x", 500, "bank-3", currency="CHF")))
    shop.bot(lambda till: till.receive(till.went_back(till.paid("y", 700, "bank-4"))))
    first, second, third, fourth = (
        block.splitlines() for block in "\n".join(shop.does("payments", "review")).split("\n\n")
    )
    assert first[0].startswith(
        f"1  36.48 EUR  payment bank-1  order {wrong_check(order.number)!r}  bank_transfer  "
    )
    assert [line.strip() for line in first[1:]] == [
        "No order has this number.",
        "36.48 EUR waits: find the order that it is meant for, or send it back.",
        f"Perhaps order {order.number}, which awaits 36.48 EUR:",
        f"python -m bot payments assign 1 {order.number}",
        'python -m bot payments refunded 1 --note "…"',
    ]
    assert [line.strip() for line in second[1:]] == [
        "More than was due arrived: the renewal is complete, the rest belongs back.",
        "3.52 EUR waits: find the order that it is meant for, or send it back.",
        "python -m bot payments assign 2 ORDER",
        'python -m bot payments refunded 2 --note "…"',
    ]
    assert 'python -m bot payments settled 3 --note "…"' in third[-1]
    assert [line.strip() for line in fourth[1:]] == [
        "It went back: it does not count for the order any more. The expiry stays where it is.",
        "Decide with the customer: another payment, or an earlier expiry by the mailbox file.",
        'python -m bot payments settled 4 --note "…"',
    ]
    assert shop.does("payments", "review", "--limit", "1")[-1] == "… and 3 more: --limit shows more of them."


def test_the_commands_that_review_shows_can_be_typed(shop: Shop) -> None:
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(wrong_check(order.number), 4000, "bank-1")))

    def commands() -> list[list[str]]:
        shown = (line.strip() for line in shop.does("payments", "review"))
        return [line.split()[3:] for line in shown if line.startswith("python -m bot ")]

    assign, _ = commands()
    assert shop.does(*assign) == [
        "Assigned: 40.00 EUR of payment bank-1.",
        (
            f"Order {order.number} is paid, and the renewal is complete: the customer is told. "
            f"3.52 EUR belongs back. {REVIEW}"
        ),
    ]
    assert shop.bot(lambda till: till.status(order)) == "completed"
    _, refunded = commands()
    assert shop.does(*refunded) == ["Noted: 3.52 EUR of payment bank-1 went back."]
    assert shop.does("payments", "review") == ["No payment needs a person."]
    assert shop.is_refused(*assign).startswith("Payment 1 was decided before: assigned on ")


@pytest.mark.soak
def test_why_a_decision_is_refused(shop: Shop) -> None:
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(order)))
    shop.bot(lambda till: till.receive(till.paid("?", 3648, "bank-2")))
    case = "2"
    assert shop.is_refused("payments", "assign", case, order.number) == (
        f"Order {order.number} is paid already: nothing was changed."
    )
    assert "check character" in shop.is_refused("payments", "assign", case, wrong_check(order.number))
    assert shop.is_refused("payments", "assign", "1", order.number) == (
        "1 is not a payment that needs a person: see `payments review`."
    )
    assert shop.is_refused("payments", "settled", case, "--note", " ").startswith("--note is empty")
    shop.bot(lambda till: till.receive(till.went_back(till.paid(order))))
    assert shop.is_refused("payments", "refunded", "3") == (
        "Nothing of payment 3 can be sent back: close it with `payments settled 3 --note …`."
    )
    assert shop.does("payments", "settled", case, "--note", "done") == ["Noted: payment bank-2 is settled."]
    assert shop.is_refused("payments", "settled", case, "--note", "done").startswith(
        "Payment 2 was decided before: settled on "
    )
    assert shop.types("payments", "assign", "bank-2", order.number).exit_code == 2


@pytest.mark.parametrize("words", [("payments",), ("payments", "--help")])
def test_payments_alone_explains_itself(shop: Shop, words: tuple[str, ...]) -> None:
    output = shop.types(*words).output
    for command in ("register", "reversed", "won", "review", "assign", "refunded", "settled"):
        assert command in output


# Money that goes back, and comes again


def test_a_payment_goes_back_in_parts_and_a_dispute_is_won(shop: Shop) -> None:
    order = shop.order()
    shop.does(*REGISTER, order.number, *EXACT, "--payment-id", "bank-1")
    part = ("payments", "reversed", "bank-1", "--amount", "10.00", "--reversal-id", "re-1")
    said = f"10.00 EUR went back: 10.00 EUR of it had paid order {order.number}. {REVIEW}"
    assert shop.does(*part) == [said]
    assert shop.does(*part) == ["It was registered before: nothing was changed.", said]
    shop.does("payments", "reversed", "bank-1", "--amount", "26.48", "--reversal-id", "dp-1")
    assert shop.does("payments", "won", "bank-1", "--amount", "26.48", "--reversal-id", "dp-1") == [
        f"Order {order.number} was complete; 26.48 EUR fills what had gone back."
    ]
    assert ledger(shop) == [
        ("bank-1", 3648, "completed"),
        ("bank-1", 1000, "reversed"),
        ("bank-1", 2648, "reversed"),
        ("bank-1", 2648, "duplicate_payment"),
    ]


@pytest.mark.soak
def test_a_reversal_that_cannot_be_is_refused_or_waits(shop: Shop) -> None:
    order = shop.order()
    assert "no payment bank-1" in shop.is_refused("payments", "reversed", "bank-1", "--amount", "1.00")
    shop.does(*REGISTER, order.number, *EXACT, "--payment-id", "bank-1")
    shop.does("payments", "reversed", "bank-1", "--amount", "10.00")
    assert "give it a --reversal-id" in shop.is_refused("payments", "reversed", "bank-1", "--amount", "5.00")
    unfit = ("payments", "reversed", "bank-1", "--reversal-id", "re-2", "--amount")
    (said,) = shop.does(*unfit, "30.00")
    assert "It does not add up" in said
    assert "give it another --reversal-id" in shop.is_refused(*unfit, "20.00")
    waits = shop.does("payments", "review")
    assert any("payment bank-1  reversal re-2  order" in line for line in waits)
    assert "        python -m bot payments reversed bank-1 --amount EUROS --reversal-id ANOTHER" in waits
    assert "bank-1 (re-2)" in "\n".join(shop.does("orders", "show", order.number))


@pytest.mark.soak
def test_a_dispute_that_is_not_known_cannot_be_won(shop: Shop) -> None:
    order = shop.order()
    shop.does(*REGISTER, order.number, *EXACT, "--payment-id", "bank-1")
    before = ledger(shop)
    said = shop.is_refused("payments", "won", "bank-1", "--amount", "26.48", "--reversal-id", "dp-9")
    assert "has no reversal dp-9" in said
    assert "`payments reversed` first" in said
    assert ledger(shop) == before


@pytest.mark.soak
def test_a_refund_of_what_belonged_back_is_said_to_be_one(shop: Shop) -> None:
    order = shop.order()
    shop.does(
        *REGISTER, order.number, "--method", "bank_transfer", "--amount", "40.00", "--payment-id", "bank-1"
    )
    assert shop.does("payments", "reversed", "bank-1", "--amount", "3.52") == [
        "3.52 EUR went back, as it belonged back: nothing of it is left to decide."
    ]
    assert shop.does("payments", "review") == ["No payment needs a person."]
