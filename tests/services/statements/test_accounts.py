"""A statement of an account that the operator is not paid on: what is wrong, and what to do."""

from datetime import date

import pytest

from bot.db.keys import KeyRing
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind, StatementEntry, UnreadableStatement
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.reading_on import JudgedEntries
from tests.support.bank import FOREIGN_IBAN, OWN_IBAN


@pytest.mark.parametrize(
    ("ibans", "what_to_do"),
    [
        ([OWN_IBAN], f"the catalogue's is {OWN_IBAN}: export the movements of that one"),
        ([], "no payment method of the catalogue has an IBAN: add it there"),
    ],
    ids=["another account", "no account"],
)
def test_a_foreign_account_is_refused_with_what_to_do(ibans: list[str], what_to_do: str) -> None:
    entry = StatementEntry(EntryKind.CREDIT, FOREIGN_IBAN, date(2026, 11, 23), 3648)
    keys = KeyRing([KeyRing.new_key()])
    judged = JudgedEntries(iter([entry]), Book([]), keys, GoneBack(keys, ()), source="camt.053", ibans=ibans)
    with pytest.raises(UnreadableStatement) as refused:
        judged.batch()
    assert FOREIGN_IBAN in refused.value.reason
    assert refused.value.reason.endswith(what_to_do)
