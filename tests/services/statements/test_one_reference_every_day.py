"""A bank that gives the same reference every day: no reversal takes back the wrong payment (DOMAIN.md 8)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.db.engine import Database
from bot.services.orders.rows import Order
from bot.services.statements.run import Brought
from tests.support.bank import Bank, Credit
from tests.support.databases import ReusedEngines
from tests.support.till import Till


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    return reused_engines


@pytest.fixture
def database(each_database: Database) -> Database:
    return each_database


class Days:
    """A bank that numbers each day anew: each of its entries is of another day, and has the reference 1."""

    def __init__(self, till: Till, folder: Path) -> None:
        self._till = till
        self._bank = Bank(folder, till.services.surroundings.today())

    async def brings(
        self, ago: int, text: str, *, payer: str = "", cents: int = 3648, back: bool = False
    ) -> None:
        day = (self._bank.today - timedelta(ago)).isoformat()
        file = self._bank.camt(Credit(text, cents, payer=payer, reference="1", day=day, back=back))
        await self._till.services.statements.take(file, Brought("command", file.name))

    async def waiting(self) -> list[tuple[str, str, list[str]]]:
        entries, _ = await self._till.services.proposals.waiting(20)
        return [
            (each.kept.entry.kind.value, each.heap.value, [reason.value for reason in each.kept.reasons])
            for each in entries
        ]


@pytest.fixture
def days(till: Till, tmp_path: Path) -> Days:
    return Days(till, tmp_path)


@pytest.fixture
async def order(till: Till) -> Order:
    return await till.order()


async def went_back(till: Till) -> list[str]:
    return [row.payment_id for row in await till.ledger() if row.kind == "reversed"]


ASKED = [("reversal", "unknown", ["several_payments"])]


async def test_the_only_payment_with_the_reference_and_the_sum_is_taken_back(
    till: Till, days: Days, order: Order
) -> None:
    await days.brings(2, order.number)
    await days.brings(1, "affitto", cents=65000)
    await days.brings(0, "STORNO", back=True)
    assert len(await went_back(till)) == 1
    assert await days.waiting() == []


@pytest.mark.soak
async def test_of_the_payments_of_two_days_neither_is_taken_back_by_itself(
    till: Till, days: Days, order: Order
) -> None:
    other = await till.order("other", chats=(8,))
    await days.brings(2, order.number)
    await days.brings(1, other.number)
    await days.brings(0, "STORNO", back=True)
    assert (await went_back(till), await days.waiting()) == ([], ASKED)


@pytest.mark.soak
async def test_a_strangers_money_of_the_same_sum_may_be_what_went_back(
    till: Till, days: Days, order: Order
) -> None:
    await days.brings(2, order.number)
    await days.brings(1, "ABBONAMENTO PALESTRA", payer="Bar Centrale")
    await days.brings(0, "STORNO", back=True)
    assert (await went_back(till), await days.waiting()) == ([], ASKED)


@pytest.mark.soak
async def test_money_that_waits_for_a_person_may_be_what_went_back(
    till: Till, days: Days, order: Order
) -> None:
    await days.brings(3, order.number)
    await days.brings(1, f"{order.number} DI NUOVO", payer="Altro")
    await days.brings(0, f"STORNO {order.number}", back=True)
    assert await went_back(till) == []
    assert ("reversal", "unknown", ["several_payments"]) in await days.waiting()


@pytest.mark.soak
async def test_the_payment_of_a_later_day_is_not_what_had_gone_back_before(
    till: Till, days: Days, order: Order
) -> None:
    await days.brings(0, order.number)
    await days.brings(1, "STORNO", payer="Bar Centrale", back=True)
    assert await went_back(till) == []
    assert [(kind, heap) for kind, heap, _ in await days.waiting()] == [("reversal", "unknown")]
