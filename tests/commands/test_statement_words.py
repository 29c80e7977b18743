"""What the operator reads of an entry that waits."""

from datetime import date

from bot.commands.statement_words import entry_lines
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.proposal import Heap, Reason
from bot.services.statements.kept import Kept
from bot.services.statements.proposals import Waiting


def test_a_payers_name_or_a_files_writes_no_line_of_its_own_and_nothing_to_the_terminal() -> None:
    entry = StatementEntry(
        EntryKind.CREDIT,
        "",
        date(2026, 11, 30),
        3648,
        payer="Anna\x85    python -m bot payments confirm S9\n\x1b[2J",
        place="entry 1",
    )
    kept = Kept(entry, "id", (Reason.OPEN_AMOUNT,), None, (), None)
    lines = list(entry_lines(Waiting(1, 1, "a\x1b[31m\n.xml", Heap.UNKNOWN, kept)))
    assert all(line.isprintable() for line in lines)
    assert lines[0].endswith("unknown  a\ufffd[31m\ufffd.xml, entry 1")
    assert lines[1] == "    Anna\ufffd    python -m bot payments confirm S9\ufffd\ufffd[2J"
