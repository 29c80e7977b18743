"""The operator's account has changed: who was told of the earlier one may pay there while the order is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.statements.entry import UnreadableStatement
from bot.services.actor import Actor
from bot.services.statements.report import StatementReport
from bot.services.statements.run import Brought
from tests.support.bank import FOREIGN_IBAN, OWN_IBAN, Bank, Credit
from tests.support.till import Till


@contextmanager
def another_account(till: Till) -> Iterator[None]:
    """The operator has moved to another bank, and the catalogue says so."""
    surroundings = till.services.surroundings
    before = surroundings.catalogue
    methods = {
        name: replace(each, iban=FOREIGN_IBAN) if each.iban else each for name, each in before.methods.items()
    }
    surroundings.catalogue = replace(before, methods=methods)
    yield
    surroundings.catalogue = before


async def taken(till: Till, file: Path) -> StatementReport:
    return await till.services.statements.take(file, Brought("command", file.name))


async def test_a_transfer_to_the_account_that_the_order_told_of_completes_it(till: Till, bank: Bank) -> None:
    order = await till.order()
    with another_account(till):
        bank.iban = FOREIGN_IBAN
        later = await till.order("other", chats=(8,))
        await taken(till, bank.camt(Credit(later.number, 3648, reference="N1")))
        bank.iban = OWN_IBAN
        await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")))
        assert [await till.status(each) for each in (order, later)] == ["completed", "completed"]
        # Nobody is told of that account any more.
        with pytest.raises(UnreadableStatement) as refused:
            await taken(till, bank.camt(Credit("affitto", 100, reference="A2")))
        assert OWN_IBAN in refused.value.reason


@pytest.mark.soak
async def test_who_chose_another_method_since_may_still_pay_to_the_account_of_the_first_mail(
    till: Till, bank: Bank
) -> None:
    order = await till.order()
    actor = Actor(7, "it")
    change = (await till.services.other_methods.offered(actor, order.number)).change_to("card")
    await till.services.other_methods.choose(
        actor, order.number, "card", change.seal, screen="…", button_label="Carta"
    )
    with another_account(till):
        await taken(till, bank.camt(Credit(order.number, 3648, reference="A1")))
    assert await till.status(order) == "completed"


async def test_who_was_asked_for_a_card_has_been_told_of_no_account(till: Till, bank: Bank) -> None:
    await till.order(method="card")
    with another_account(till), pytest.raises(UnreadableStatement):
        await taken(till, bank.camt(Credit("affitto", 100, reference="A1")))
