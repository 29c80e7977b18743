"""A file that was exported before a payment was registered does not undo the renewal (DOMAIN.md 5)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import MailboxRow, OrderRow
from bot.domain.orders import OrderStatus
from bot.services.actor import Actor
from bot.services.importing import ImportReport, import_mailboxes, open_mailbox_file
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.surroundings import Surroundings
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, place

OLD, RENEWED = date(2026, 12, 20), date(2027, 12, 20)
FILE = COMPANY | {"promo": "", "plan": "pro", "extra_mailbox_gb": "1", "auto_renew": "false"}
"""The mailbox as the operator's archive had it before the renewal."""


@dataclass
class Operator:
    """An operator whose archive lags behind the payments."""

    database: Database
    path: Path
    clock: FrozenClock

    def __post_init__(self) -> None:
        self.surroundings = Surroundings(example_catalogue(), self.clock, UTC)
        self.services = build_services(self.database, self.surroundings, Told())
        self.listener = Recorder()

    async def imports(self, row: Mapping[str, str], *, dry_run: bool = False) -> ImportReport:
        """Import a file of this row."""
        self.listener = Recorder()
        self.path.write_text(as_csv([row]))
        with open_mailbox_file(self.path) as file:
            return await import_mailboxes(
                file, self.database, self.surroundings, self.listener, dry_run=dry_run
            )

    async def order(self) -> Order:
        """The customer orders one more year."""
        actor = Actor(7, "it")
        if not await self.services.renewals.holdings(actor):
            invitation = await self.services.linking.invite(FILE["customer"])
            await self.services.linking.redeem(actor, invitation.token)
        return await place(
            self.services, actor, await chosen(self.services, actor, [(await self.mailbox()).id])
        )

    async def reports(self, order: Order, kind: PaymentKind = PaymentKind.REGISTERED) -> None:
        """The payment of an order is registered, or goes back."""
        report = PaymentReport(
            kind,
            f"bank-{order.number}",
            order.number,
            order.quote.due,
            "EUR",
            "bank_transfer",
            self.clock.now(),
        )
        await self.services.payments.register(report)

    async def mailbox(self) -> MailboxRow:
        """The mailbox as it is now."""
        async with self.database.read() as session:
            return (await session.execute(select(MailboxRow))).scalar_one()

    async def change(self, **values: object) -> None:
        """Change the mailbox, as an order of another plan would have done."""
        async with self.database.write() as session:
            await session.execute(update(MailboxRow).values(values))


@pytest.fixture
async def operator(each_database: Database, tmp_path: Path, clock: FrozenClock) -> Operator:
    """One whose mailbox was imported."""
    made = Operator(each_database, tmp_path / "mailboxes.csv", clock)
    await made.imports(FILE)
    return made


def did(report: ImportReport) -> tuple[int, int, int]:
    """How many rows were updated and unchanged, and how many warnings there were."""
    assert (report.created, report.refused, report.errors) == (0, 0, 0)
    return report.updated, report.unchanged, report.warnings


async def test_the_renewal_stays_and_the_order_is_named(operator: Operator) -> None:
    order = await operator.order()
    await operator.reports(order)
    await operator.change(plan_id="premium", extra_mailbox_gb=0, auto_renew=True)

    dry = await operator.imports(FILE, dry_run=True)
    said = operator.listener.findings
    assert did(dry) == (0, 1, 1)
    for _ in range(2):
        assert did(await operator.imports(FILE)) == (0, 1, 1)
        assert operator.listener.findings == said
        mailbox = await operator.mailbox()
        assert (mailbox.expires_on, mailbox.plan_id, mailbox.extra_mailbox_gb) == (RENEWED, "premium", 0)
        assert mailbox.auto_renew
    (warning,) = said
    assert (warning.line, warning.column, warning.value) == (2, "expires_on", "2026-12-20")
    assert warning.reason.startswith(f"was renewed until 2027-12-20 by order {order.number}, ")


async def test_what_the_file_says_of_other_things_is_taken_all_the_same(operator: Operator) -> None:
    await operator.reports(await operator.order())
    newer = FILE | {"used_mailbox_gb": "0.7", "usage_at": "2026-11-23T07:00:00Z", "phone": "+390600000002"}
    assert did(await operator.imports(newer)) == (1, 0, 1)
    mailbox = await operator.mailbox()
    assert (mailbox.expires_on, mailbox.used_mailbox_milli_gb) == (RENEWED, 700)
    assert mailbox.usage_at == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert did(await operator.imports(newer)) == (0, 1, 1)


@pytest.mark.parametrize("expires_on", [RENEWED, RENEWED + timedelta(days=10)])
async def test_a_file_that_has_caught_up_is_the_master_again(operator: Operator, expires_on: date) -> None:
    await operator.reports(await operator.order())
    caught_up = FILE | {"expires_on": expires_on.isoformat(), "plan": "premium"}
    assert did(await operator.imports(caught_up)) == (1, 0, 0)
    mailbox = await operator.mailbox()
    assert (mailbox.expires_on, mailbox.plan_id) == (expires_on, "premium")


async def test_a_date_that_was_never_the_mailbox_s_is_the_operator_s_own_word(operator: Operator) -> None:
    await operator.reports(await operator.order())
    corrected = FILE | {"expires_on": "2027-06-30"}
    assert did(await operator.imports(corrected)) == (1, 0, 0)
    assert (await operator.mailbox()).expires_on == date(2027, 6, 30)
    # What the renewal made is gone by the operator's own word: nothing is left to be kept.
    assert did(await operator.imports(FILE)) == (1, 0, 0)
    assert (await operator.mailbox()).expires_on == OLD


async def test_an_order_that_is_not_paid_keeps_nothing(operator: Operator) -> None:
    await operator.order()
    await operator.change(expires_on=RENEWED)
    assert did(await operator.imports(FILE)) == (1, 0, 0)
    assert (await operator.mailbox()).expires_on == OLD


async def test_after_a_reversal_the_operator_can_move_the_expiry_back(operator: Operator) -> None:
    order = await operator.order()
    await operator.reports(order)
    await operator.reports(order, PaymentKind.REVERSED)
    assert (await operator.mailbox()).expires_on == RENEWED
    assert did(await operator.imports(FILE)) == (1, 0, 0)
    assert (await operator.mailbox()).expires_on == OLD


@pytest.mark.soak
async def test_a_file_two_renewals_behind_undoes_neither(operator: Operator) -> None:
    for _ in range(2):
        await operator.reports(await operator.order())
    assert did(await operator.imports(FILE)) == (0, 1, 1)
    between = FILE | {"expires_on": RENEWED.isoformat()}
    assert did(await operator.imports(between)) == (0, 1, 1)
    assert "until 2028-12-20" in operator.listener.findings[0].reason
    assert (await operator.mailbox()).expires_on == date(2028, 12, 20)


async def test_a_date_that_moved_while_the_order_was_open_is_known_too(operator: Operator) -> None:
    order = await operator.order()
    moved = FILE | {"expires_on": "2027-01-15"}
    assert did(await operator.imports(moved)) == (1, 0, 0)
    await operator.reports(order)
    assert (await operator.mailbox()).expires_on == date(2028, 1, 15)
    assert did(await operator.imports(moved)) == (0, 1, 1)
    assert (await operator.mailbox()).expires_on == date(2028, 1, 15)


async def test_a_payment_registered_while_the_file_is_imported_is_not_undone(operator: Operator) -> None:
    order = await operator.order()
    for _ in range(3):
        await asyncio.gather(operator.reports(order), operator.imports(FILE | {"language": "en"}))
        assert (await operator.mailbox()).expires_on == RENEWED
    async with operator.database.read() as session:
        assert await session.scalar(select(OrderRow.status)) == OrderStatus.COMPLETED.value
