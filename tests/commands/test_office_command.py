"""`office` as an operator types it: what waits for a person, one case with all that is known of it, and closing it."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.db.tables import OrderRow
from bot.domain.cases import CaseKind
from bot.services.actor import Actor
from bot.services.cases import Case, open_case
from bot.services.importing.seen import note_import
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated
from tests.commands.shop import Shop
from tests.commands.untold import part_paid_and_not_told
from tests.support.long_runs import some
from tests.support.till import Till

HEAD = "id\tkind\tsubject\tdue\tsince"


def test_nothing_waits(shop: Shop) -> None:
    assert shop.does("office", "list") == ["Nothing waits for a person."]


@pytest.mark.soak
def test_what_nobody_could_be_told_waits_is_shown_and_is_closed(shop: Shop) -> None:
    order = shop.bot(part_paid_and_not_told)
    head, line = shop.does("office", "list")
    assert head == HEAD
    assert line.startswith(f"C1\tundelivered\t{order.number}\t{order.payable_until}\t{shop.today}T")
    shown = shop.does("office", "show", "c1")
    assert shown[0].startswith(
        f"C1  undelivered  {order.number}  due {order.payable_until}  since {shop.today}T"
    )
    assert shown[1:] == [
        "    Part of the amount arrived; what is still missing could not be told to customer rossi by any way.",
        "    chat: unreachable, the chat blocked the bot",
        "    mail: failed, the server refused the address",
        "    Tell the customer in another way, and correct the reference e-mail if it is wrong:",
        f"        python -m bot orders show {order.number} --personal",
        '        python -m bot office close C1 --note "…"',
    ]
    assert shop.does("office", "close", "C1", "--note", "telefonato") == ["Noted: C1 is closed."]
    assert shop.does("office", "list") == ["Nothing waits for a person."]
    assert re.fullmatch(
        rf"Case C1 was closed before: decided on {shop.today}, telefonato\.",
        shop.is_refused("office", "close", "C1", "--note", "again"),
    )
    *_, closed = shop.does("office", "list", "--all")
    assert closed.endswith(f"\tdecided {shop.today}")
    *what, how = shop.does("office", "show", "C1")
    assert how == f"    Closed: decided on {shop.today}, telefonato"
    assert not any("python -m bot" in line for line in what)


def test_payments_stand_among_the_cases_and_are_decided_by_their_own_commands(shop: Shop) -> None:
    shop.bot(lambda till: till.receive(till.paid("affitto", 12345)))
    head, line = shop.does("office", "list", "--kind", "payment")
    assert head == HEAD
    assert line.startswith("P1\tpayment\t123.45 EUR, bank-1\t\t")
    assert shop.does("office", "list", "--kind", "undelivered") == [
        "Nothing of this kind waits for a person."
    ]
    review = shop.does("payments", "review")
    assert shop.does("office", "show", "P1") == review
    refused = shop.is_refused("office", "close", "P1", "--note", "sent back")
    assert refused == (
        "A payment is decided in the ledger: `payments assign 1 ORDER`, `payments refunded 1` or "
        "`payments settled 1 --note …`; see `office show P1`."
    )
    shop.does("payments", "refunded", "1")
    assert shop.does("office", "list") == ["Nothing waits for a person."]
    assert shop.does("office", "show", "P1") == [f"Payment P1 was decided: refunded on {shop.today}."]
    refused = shop.is_refused("office", "close", "P1", "--note", "sent back")
    assert refused == f"Payment P1 was decided before: refunded on {shop.today}."
    assert shop.does("office", "list", "--all")[-1].endswith(f"\trefunded {shop.today}")


@pytest.mark.parametrize(
    "words",
    some(
        [
            ["show", "C7"],
            ["close", "C7", "--note", "x"],
            ["show", "P7"],
            ["close", "P7", "--note", "done"],
            ["show", "C9223372036854775808"],
            ["show", f"P{'9' * 30}"],
            ["close", f"C{'9' * 5000}", "--note", "x"],
        ],
        2,
    ),
)
def test_a_case_that_there_is_not(shop: Shop, words: list[str]) -> None:
    assert shop.is_refused("office", *words) == f"There is no case {words[1]}: see `office list`."


@pytest.mark.parametrize("word", some(["7", "X7", "C", "", "Cseven"], 2))
def test_what_is_no_case_at_all(shop: Shop, word: str) -> None:
    assert shop.is_refused("office", "show", word) == (
        f"{word!r} is not a case: they are called C7, or P12 for a payment; see `office list`."
    )


def test_a_case_is_closed_with_a_note_that_says_something(shop: Shop) -> None:
    shop.bot(part_paid_and_not_told)
    assert shop.is_refused("office", "close", "C1", "--note", " ") == (
        "--note is empty: it should say what was done."
    )


def test_more_than_are_listed_are_counted(shop: Shop) -> None:
    async def three(till: Till) -> None:
        for number in range(3):
            await till.receive(till.paid("affitto", 100 + number, f"bank-{number}"))

    shop.bot(three)
    lines = shop.does("office", "list", "--limit", "2")
    assert len(lines) == 4
    assert lines[-1] == "… and 1 more: --limit shows more of them."


def test_a_renewal_that_the_provider_does_not_show_is_a_case_with_what_to_do(shop: Shop) -> None:
    async def not_renewed(till: Till) -> Order:
        order = await till.order()
        await till.receive(till.paid(order))
        facts = {
            "customer": "rossi",
            "mailbox": order.items[0].address,
            "completed_on": "2026-11-23",
            "new_expiry": "2027-12-23",
            "said": "2026-12-23",
            "imported_on": "2026-11-30",
        }
        case = Case(CaseKind.NOT_RENEWED, f"{order.number}:1", order.number, facts, date(2026, 12, 23))
        async with till.database.write() as session:
            await open_case(session, case, till.services.surroundings.now())
        return order

    order = shop.bot(not_renewed)
    assert shop.does("office", "show", "C1")[1:] == [
        f"    {order.items[0].address} of customer rossi was paid and renewed on 2026-11-23, until 2027-12-23.",
        "    The mailbox file imported on 2026-11-30 still has 2026-12-23.",
        "    The customer was told of the new expiry, and the bot keeps to it.",
        "    Renew it at the provider, or ask there: the case ends by itself when an import shows the new expiry.",
        f"        python -m bot orders show {order.number} --personal",
        '        python -m bot office close C1 --note "…"',
    ]


@pytest.mark.soak
def test_a_withdrawal_is_a_case_with_the_sum_due_back_and_the_payer_it_came_from(shop: Shop) -> None:
    async def withdrawn(till: Till) -> Order:
        order = await till.order(expires_in=-30)
        await till.receive(till.paid(order))
        stated = Stated("Recedo.", "maria@example.com", "-", "-")
        await till.services.withdrawals.withdraw(Actor(7, "it"), order.number, stated)
        await till.receive(till.paid(order, 500, "bank-2"))
        return order

    order = shop.bot(withdrawn)
    head, *said = shop.does("office", "show", "C1")
    due = date.fromisoformat(shop.today) + timedelta(days=14)
    assert head.startswith(f"C1  withdrawn  {order.number}  due {due}  since ")
    assert said == [
        f"    Customer rossi withdrew on {shop.today}, with the early start asked for: receipt REC-{order.number}.",
        "    Due back: 41.48 EUR.",
        "    Paid 36.48, of which 0.00 was served; in all 41.48 is due back.",
        f"    {order.items[0].address}: 36.48, served 0 of 335 days, 0.00 stays.",
        f"    Came by bank-1 (bank_transfer) on {shop.today}: 36.48.",
        f"    Came afterwards by bank-2 (bank_transfer) on {shop.today}: 5.00.",
        f"    The renewal was complete on {shop.today}.",
        "    Give it back by the way it came, at no cost to the consumer: reported as payment.reversed it closes the",
        "    case by itself. The expiry was not moved back: undo the renewal at the provider if you can.",
        f"        python -m bot orders show {order.number} --personal",
        '        python -m bot office close C1 --note "…"',
    ]
    # The money that came afterwards is decided in the ledger, and the case asks for the rest alone.
    shop.does("payments", "refunded", "2", "--note", "sent back")
    assert shop.does("office", "show", "C1")[2] == "    Due back: 36.48 EUR."


@pytest.mark.parametrize("on", some([True, False], 1))
def test_a_switch_of_which_nobody_is_told_is_a_case_with_what_to_do(shop: Shop, on: bool) -> None:
    async def switched(till: Till) -> None:
        facts = {
            "at": "2026-11-23T10:00:00+00:00",
            "address": "rossi1@pec.example",
            "on": on,
            "expires_on": "2027-06-11",
            "charge_on": "2027-06-04",
            "years": 1 if on else None,
            "due": 3648 if on else None,
        }
        case = Case(CaseKind.SWITCHED, "1:2026-11-23", "rossi", facts, date(2027, 6, 3))
        async with till.database.write() as session:
            await open_case(session, case, till.services.surroundings.now())

    shop.bot(switched)
    which = "on" if on else "off"
    assert shop.does("office", "show", "C1")[1:] == [
        f"    The automatic renewal of rossi1@pec.example was switched {which} at 2026-11-23T11:00+01:00.",
        "    To be charged on 2027-06-04, for 1 year."
        if on
        else "    The charge of 2027-06-04 has to be taken out; it expires on 2027-06-11.",
        "    Tell whoever charges. With EVENTS_URL or OPERATOR_CHAT_ID the next one is told by itself:",
        '        python -m bot office close C1 --note "…"',
    ]


@pytest.mark.soak
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"OPERATOR_CHAT_ID": "99"}, "✓ who charges: OPERATOR_CHAT_ID is told"),
        ({"EVENTS_URL": "https://archive.example.com/events"}, "✓ who charges: told of each switch"),
        ({}, "! who charges: nobody is told that automatic renewal was switched on or off: set EVENTS_URL"),
    ],
    ids=["chat", "events", "nobody"],
)
def test_the_doctor_says_who_is_told_of_a_switch(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], said: str
) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    for name in ("OPERATOR_CHAT_ID", "EVENTS_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    if "EVENTS_URL" in settings:
        monkeypatch.setenv("EVENTS_SECRET", "whsec_" + "A" * 32)
    (line,) = [each for each in shop.types("doctor").output.splitlines() if "who charges" in each]
    assert line.startswith(said)


@pytest.mark.soak
def test_the_doctor_says_how_old_the_mailbox_file_is_when_nobody_looked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BOT_TOKEN", "1000000001:demo-token-that-opens-nothing-at-all")

    async def paid_long_ago(till: Till) -> None:
        await till.receive(till.paid(await till.order()))
        long_ago = till.services.surroundings.now() - timedelta(days=20)
        async with till.database.write() as session:
            await session.execute(update(OrderRow).values(completed_at=long_ago))

    def said() -> str:
        (line,) = [each for each in shop.types("doctor").output.splitlines() if "mailbox file" in each]
        return line

    assert said() == "- mailbox file: never imported"
    shop.bot(paid_long_ago)
    assert said() == (
        "! mailbox file: never imported: import a new one, to see 1 paid renewal that the provider should have carried "
        "out by now"
    )
    shop.bot(lambda till: note_import(till.database, till.services.surroundings.now()))
    assert said() == f"✓ mailbox file: imported last on {shop.today}; paid, and still to be seen in it: 1"


def test_what_came_together_is_listed_in_the_order_of_its_numbers(shop: Shop) -> None:
    async def eleven(till: Till) -> None:
        at = till.services.surroundings.now()
        for number in range(1, 12):
            await till.receive(replace(till.paid("affitto", 100, f"bank-{number}"), registered_at=at))

    shop.bot(eleven)
    _, *lines = shop.does("office", "list")
    assert [line.split("\t")[0] for line in lines] == [f"P{number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    "words",
    some(
        [
            ["office", "list", "--limit", "9" * 30],
            ["orders", "list", "--limit", "9" * 30],
            ["payments", "review", "--limit", "9" * 30],
            ["payments", "refunded", "9" * 30],
            ["payments", "settled", "9" * 30, "--note", "x"],
        ],
        2,
    ),
)
def test_a_number_that_no_row_has_is_refused_in_words(shop: Shop, words: list[str]) -> None:
    result = shop.types(*words)
    assert result.exit_code == 2
    assert "less than or equal to" in result.stderr


@pytest.mark.soak
def test_the_doctor_says_how_many_wait_and_since_when(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BOT_TOKEN", "1000000001:demo-token-that-opens-nothing-at-all")
    assert "✓ office: nothing waits for a person" in shop.types("doctor").output
    shop.bot(part_paid_and_not_told)
    shop.bot(lambda till: till.receive(till.paid("affitto", 12345, "bank-9")))
    (line,) = [each for each in shop.types("doctor").output.splitlines() if "office" in each]
    assert line == (
        f"! office: 2 cases wait (payment 1, undelivered 1), the oldest since {shop.today}: "
        "see `python -m bot office list`"
    )
