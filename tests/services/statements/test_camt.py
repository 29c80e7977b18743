"""A CAMT file is read as the bank means it."""

from datetime import date

from bot.domain.statements.entry import EntryKind, StatementEntry
from tests.services.statements.camt_files import ACCOUNT, document, entry, payment, read, statement


def test_a_transfer_is_read_with_everything_that_matching_asks_for() -> None:
    found = read(document(statement(entry(3648, payment("ORDINE R7K2M-4")))))
    assert found == [
        StatementEntry(
            EntryKind.CREDIT,
            ACCOUNT,
            date(2026, 11, 23),
            3648,
            reference="REF1",
            payer="Studio Esempio",
            pieces=("ORDINE R7K2M-4",),
            place="entry 1",
        )
    ]
