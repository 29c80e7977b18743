"""A consumer withdraws from an order: once, with all that follows, in the office too (DOMAIN.md 5 and 7)."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from bot.app import build_services
from bot.db.engine import Database
from bot.db.tables import CaseRow, OrderItemRow, OrderRow, WithdrawalRow
from bot.domain.catalogue import RenewAt
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.registrant import FieldError, HolderKind
from bot.domain.withdrawal import Right
from bot.services.actor import Actor
from bot.services.errors import NotWithdrawable, NotYours
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated, Withdrawable
from bot.services.payments.payments import PaymentAnswer
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.databases import ReusedEngines
from tests.support.long_runs import long, some
from tests.support.till import EVERYBODY, Till

ACTOR = Actor(7, "it")
BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
DUE = 3648
STATED = Stated("Recedo.", "maria@example.com", "Che cosa succede", "Conferma recesso")


async def withdraw(till: Till, order: Order, stated: Stated = STATED, actor: Actor = ACTOR) -> Withdrawable:
    return await till.services.withdrawals.withdraw(actor, order.number, stated)


async def statements(till: Till) -> list[WithdrawalRow]:
    async with till.database.read() as session:
        return list((await session.execute(select(WithdrawalRow))).scalars())


async def cases(till: Till) -> list[CaseRow]:
    async with till.database.read() as session:
        rows = await session.execute(select(CaseRow).where(CaseRow.kind == "withdrawn").order_by(CaseRow.id))
        return list(rows.scalars())


async def receipts(till: Till) -> list[tuple[str, int | None, str | None]]:
    return [
        (each.channel, each.chat_id, each.payload.get("to")) for each in await till.told("order-withdrawn")
    ]


async def test_an_untouched_order_is_cancelled_by_it(till: Till) -> None:
    order = await till.order(chats=(7, 8))
    done = await withdraw(till, order)
    assert await till.status(order) == "cancelled"
    assert done.right is Right.WITHDRAWN
    assert done.receipt is not None
    assert (done.receipt.number, done.receipt.cancelled, done.receipt.due_back) == (
        f"REC-{order.number}",
        True,
        0,
    )
    assert done.receipt.at.microsecond == 0
    assert await cases(till) == [], "there is nothing to give back"
    assert await receipts(till) == [
        ("telegram", 7, None),
        ("telegram", 8, None),
        ("mail", None, "maria@example.com"),
        ("mail", None, "rossi@example.com"),
    ]
    (event,) = await till.told("order.withdrawn")
    assert (event.payload["data"]["became"], event.payload["data"]["due_back"]) == ("cancelled", "0.00")
    async with till.database.read() as session:
        assert list(await session.scalars(select(OrderItemRow.open))) == [False], (
            "the mailbox can be ordered anew"
        )


async def test_said_again_it_is_the_first_statement(till: Till, clock: FrozenClock) -> None:
    order = await till.order()
    first = await withdraw(till, order)
    before = await till.counts()
    clock.advance(timedelta(days=1))
    again = await withdraw(till, order, Stated("Altro", "altro@example.com", "", ""))
    assert again.receipt == first.receipt
    assert await till.counts() == before
    (row,) = await statements(till)
    assert (row.words, row.email, row.chat_id, row.language, row.button_label, row.order_status) == (
        "Recedo.",
        "maria@example.com",
        7,
        "it",
        "Conferma recesso",
        "awaiting_payment",
    )


async def test_pro_ordered_long_before_the_expiry_all_of_it_is_due_back(
    till: Till, clock: FrozenClock
) -> None:
    """The example of the law's own reckoning: nothing was served, 36.48 is due back, by the payer it came from."""
    order = await till.order(expires_in=60)
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=10))
    done = await withdraw(till, order)
    assert await till.status(order) == "withdrawn"
    assert done.receipt is not None
    assert done.early_start
    assert done.receipt.due_back == DUE
    (case,) = await cases(till)
    assert case.subject == order.number
    assert case.due_on == till.seed.today + timedelta(days=14)
    assert (case.facts["due_back"], case.facts["served"], case.facts["remaining"]) == (
        "36.48",
        "0.00",
        "36.48",
    )
    assert [payer["payment_id"] for payer in case.facts["payers"]] == ["bank-1"]
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].new_expiry, (
        "no expiry moves by itself"
    )
    (event,) = await till.told("order.withdrawn")
    assert event.payload["data"]["due_back"] == "36.48"


async def test_a_mailbox_that_had_expired_keeps_what_was_served(till: Till, clock: FrozenClock) -> None:
    order = await till.order(expires_in=-30)
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=10))
    done = await withdraw(till, order)
    assert done.receipt is not None
    assert done.receipt.served == DUE * 10 // 335
    assert done.receipt.due_back + done.receipt.served == DUE
    (case,) = await cases(till)
    assert (case.facts["parts"][0]["days_served"], case.facts["parts"][0]["days"]) == (10, 335)


@pytest.mark.soak
async def test_a_dearer_plan_and_new_space_that_came_with_the_payment_count_from_then(
    till: Till, clock: FrozenClock
) -> None:
    """Standard to Pro with two GB, sixty days before the expiry: ten days of the difference were served."""
    order = await till.order(expires_in=60, extra=(2, 0))
    async with till.database.write() as session:
        await session.execute(update(OrderItemRow).values(old_plan_id="standard", old_extra_mailbox_gb=0))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=10))
    done = await withdraw(till, order)
    plan, space = 3648 * 2000 // 2990, 976
    assert done.receipt is not None
    assert done.receipt.served == (plan + space) * 10 // (60 + 365)
    (case,) = await cases(till)
    assert [part["kind"] for part in case.facts["parts"]] == ["term", "at_once"]


@pytest.mark.soak
async def test_of_an_order_paid_in_part_all_of_it_is_due_back(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order, 1000))
    done = await withdraw(till, order)
    assert await till.status(order) == "withdrawn"
    assert done.receipt is not None
    assert (done.receipt.due_back, done.receipt.completed) == (1000, False)


@pytest.mark.soak
async def test_several_mailboxes_and_a_kit_each_have_their_line(till: Till, clock: FrozenClock) -> None:
    order = await till.order(boxes=2)
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=3))
    await withdraw(till, order)
    (case,) = await cases(till)
    assert [part["mailbox"] for part in case.facts["parts"]] == [item.address for item in order.items]


async def test_what_is_refunded_in_parts_closes_the_case_and_asks_nobody(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    await withdraw(till, order)
    for reversal_id, cents, outcome in (("re_1", 1000, None), ("re_2", DUE - 1000, "resolved")):
        back = replace(till.went_back(report, cents), reversal_id=reversal_id)
        await till.receive(back, f"call-{reversal_id}")
        (case,) = await cases(till)
        assert case.outcome == outcome
        if outcome is None:
            assert (case.facts["remaining"], case.facts["given_back"]) == ("26.48", "10.00")
    assert [row.reason for row in await till.ledger()] == [None, None, None]
    assert await till.told("operator-review") == []


async def test_a_renewal_whose_money_all_went_back_is_withdrawn_from_and_not_cancelled(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    await till.receive(till.went_back(report))
    await withdraw(till, order)
    assert await till.status(order) == "withdrawn"


async def test_more_than_is_due_back_needs_a_person(till: Till, clock: FrozenClock) -> None:
    order = await till.order(expires_in=-30)
    report = till.paid(order)
    await till.receive(report)
    clock.advance(timedelta(days=10))
    await withdraw(till, order)
    await till.receive(till.went_back(report))
    assert [row.reason for row in await till.ledger()] == [None, ReviewReason.REVERSED]
    assert [case.outcome for case in await cases(till)] == ["resolved"], "nothing is due back any more"


@pytest.mark.parametrize("paid_before", some([True, False], 1))
async def test_money_that_comes_later_is_all_due_back_and_enlarges_the_case(
    till: Till, paid_before: bool
) -> None:
    order = await till.order()
    if paid_before:
        await till.receive(till.paid(order, 1000))
    await withdraw(till, order)
    late = till.paid(order, 2000, "bank-2")
    assert await till.receive(late) == PaymentAnswer(PaymentOutcome.REVIEW, order.number, 0)
    (case,) = await cases(till)
    assert case.facts["due_back"] == ("30.00" if paid_before else "20.00")
    assert [payer["payment_id"] for payer in case.facts["later"]] == ["bank-2"]
    assert (await till.ledger())[-1].reason == ReviewReason.ORDER_WITHDRAWN
    # It goes back, and with it what was due before.
    await till.receive(till.went_back(late))
    (case,) = await cases(till)
    assert case.outcome == (None if paid_before else "resolved")
    if paid_before:
        assert case.facts["remaining"] == "10.00"


async def test_money_after_the_case_was_decided_is_asked_anew(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order, 1000))
    await withdraw(till, order)
    (case,) = await cases(till)
    await till.services.worklist.close(case.id, "sent back by transfer")
    await till.receive(till.paid(order, 2000, "bank-2"))
    assert [each.outcome for each in await cases(till)] == ["decided", None]


async def test_the_automatic_renewal_of_the_order_ends_and_nobody_waits_for_the_provider(
    till: Till,
) -> None:
    order = await till.order(method="card")
    await till.change_order(order, auto_renew=True)
    await till.receive(till.paid(order))
    assert (await till.mailboxes(order))[0].auto_renew
    assert (await till.services.seen_renewals.standing()).waiting == 1
    await withdraw(till, order)
    assert not (await till.mailboxes(order))[0].auto_renew
    assert (await till.services.seen_renewals.standing()).waiting == 0
    assert len(await till.told("auto_renewal.stopped")) == 1


async def test_who_may_not_is_told_why(till: Till, clock: FrozenClock) -> None:
    company = await till.order("ditta", chats=(17,), kind=HolderKind.COMPANY)
    with pytest.raises(NotWithdrawable) as refused:
        await withdraw(till, company, actor=Actor(17, "it"))
    assert refused.value.right is Right.NO_CONSUMER
    order = await till.order("verdi")
    with pytest.raises(FieldError):
        await withdraw(till, order, Stated("", "no address", "", ""))
    with pytest.raises(NotYours):
        await withdraw(till, order, actor=Actor(9, "it"))
    clock.advance(timedelta(days=15))  # Tuesday 8 December is a holiday, as is none before it
    with pytest.raises(NotWithdrawable) as refused:
        await withdraw(till, order)
    assert refused.value.right is Right.OVER
    assert await statements(till) == []


async def test_a_contract_of_before_is_withdrawn_from_by_email(till: Till, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=-158))  # 18 June 2026
    order = await till.order()
    with pytest.raises(NotWithdrawable) as refused:
        await withdraw(till, order)
    assert refused.value.right is Right.BY_MAIL


async def test_by_the_link_of_the_order_mail_without_a_chat(till: Till) -> None:
    order = await till.order()
    (placed,) = await till.told("order-placed")
    url = placed.payload["withdraw_url"]
    token = re.fullmatch(r"https://rinnovo\.example\.com/withdrawal/([\w-]{43})", url)
    assert token is not None
    await till.services.linking.unlink(ACTOR)
    found, language = await till.services.withdrawals.look(token[1])
    assert (found.order.number, found.right, language) == (order.number, Right.ONLINE, "it")
    await till.services.withdrawals.withdraw_by_link(token[1], STATED)
    (row,) = await statements(till)
    assert row.chat_id is None
    with pytest.raises(NotYours):
        await till.services.withdrawals.look("x" * 43)


async def test_a_company_gets_no_such_link(till: Till) -> None:
    await till.order(kind=HolderKind.COMPANY)
    (placed,) = await till.told("order-placed")
    assert placed.payload["withdraw_url"] is None


async def test_under_the_other_rule_the_provider_has_time_until_after_the_days(
    till: Till, surroundings: Surroundings, clock: FrozenClock
) -> None:
    surroundings.catalogue = with_rules(renew_at=RenewAt.AFTER_WITHDRAWAL)
    order = await till.order()
    async with till.database.read() as session:
        row = await session.scalar(select(OrderItemRow))
    assert row is not None
    assert (row.old_extra_mailbox_gb, row.old_extra_archive_gb) == (0, 0)
    await till.change_order(order, renew_after=till.seed.today + timedelta(days=14))
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=14))
    assert (await till.services.seen_renewals.standing()).unchecked == 0
    clock.advance(timedelta(days=7))
    assert (await till.services.seen_renewals.standing()).unchecked == 1


class TestAtOnce:
    """Both back ends, two processes."""

    @pytest.fixture
    def sqlite_engines(self, reused_engines: ReusedEngines) -> ReusedEngines:
        """SQLite with its threads, as a running bot has it."""
        return reused_engines

    @pytest.fixture
    def database(self, each_database: Database) -> Database:
        """Both back ends, for every fixture that stands on the database."""
        return each_database

    @pytest.fixture
    def other_till(self, till: Till, other_database: Database, surroundings: Surroundings) -> Till:
        """The till of another process on the same database."""
        return Till(other_database, build_services(other_database, surroundings, EVERYBODY), till.seed)

    @pytest.mark.parametrize("taps", [4, *long(8)])
    async def test_many_taps_in_two_chats_are_one_withdrawal(
        self, till: Till, other_till: Till, taps: int
    ) -> None:
        order = await till.order(chats=(7, 8))
        done = await asyncio.gather(
            *(
                withdraw((till, other_till)[number % 2], order, actor=Actor(7 + number % 2, "it"))
                for number in range(taps)
            )
        )
        assert len({each.receipt for each in done}) == 1
        assert len(await statements(till)) == 1
        assert len(await till.told("order-withdrawn")) == 4

    @pytest.mark.soak
    async def test_a_withdrawal_and_a_payment_at_once_are_both_kept(
        self, till: Till, other_till: Till
    ) -> None:
        order = await till.order()
        answered, done = await asyncio.gather(till.receive(till.paid(order)), withdraw(other_till, order))
        assert done.receipt is not None
        assert len(await statements(till)) == len(await till.ledger()) == 1
        (case,) = await cases(till)
        assert case.facts["remaining"] == "36.48"
        if answered.outcome is PaymentOutcome.COMPLETED:
            assert await till.status(order) == "withdrawn"
        else:
            assert answered.outcome is PaymentOutcome.REVIEW
            assert await till.status(order) == "cancelled"

    @pytest.mark.parametrize("each_database_url", ["postgresql"], indirect=True)
    async def test_the_link_of_the_order_mail_waits_for_who_completes_the_order(
        self, till: Till, other_till: Till
    ) -> None:
        """On SQLite there is one writer."""
        order = await till.order()
        (placed,) = await till.told("order-placed")
        token = placed.payload["withdraw_url"].rpartition("/")[2]
        its_row = OrderRow.number == order.number
        async with other_till.database.write() as session:
            await session.execute(select(OrderRow.id).where(its_row).with_for_update())
            stating = asyncio.create_task(till.services.withdrawals.withdraw_by_link(token, STATED))
            while not await session.scalar(BLOCKED):
                assert not stating.done()
            completed = {"status": "completed", "completed_at": order.placed_at}
            await session.execute(update(OrderRow).where(its_row).values(completed))
        await stating
        (statement,) = await statements(till)
        assert (statement.order_status, await till.status(order)) == ("completed", "withdrawn")

    @pytest.mark.soak
    @pytest.mark.parametrize("parts", [2, *long(6)])
    async def test_money_that_comes_while_the_office_notes_what_it_sent_back_waits_and_no_more(
        self, till: Till, other_till: Till, surroundings: Surroundings, parts: int
    ) -> None:
        order = await till.order()
        await withdraw(till, order)
        for number in range(parts):
            await till.receive(till.paid(order, 100, f"early-{number}"), f"early-{number}")
        office = PaymentDecisions(
            till.database,
            surroundings,
            Notices(surroundings, operator_chat_id=None, mail=False, events=False),
        )
        await asyncio.gather(
            *(office.refunded(row.id) for row in await till.ledger()),
            *(
                other_till.receive(till.paid(order, 100, f"late-{number}"), f"late-{number}")
                for number in range(parts)
            ),
        )
        *_, case = await cases(till)
        assert (case.outcome, case.facts["remaining"]) == (None, f"{parts}.00")
