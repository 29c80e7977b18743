"""Importing customers and mailboxes from the operator's file (DESIGN.md, "Mailbox file").

The file is CSV or JSON, of any size: it is read, judged and written in batches of 500 rows, each in a
transaction of its own, in a memory that does not grow with it. A good row is kept whatever the others are
like, a bad one is reported with line, column and reason, and importing a file twice changes nothing the
second time.

**The operator's file is the master.** What it says of a customer, a holder or a mailbox replaces what the
database says, also where a customer corrected it in the chat since the file was written: the operator's
archive is where the invoice comes from, so a correction must reach it, and one that did not is better seen
than hidden. The data of an order that was placed is a copy of its own and never changes. What the file does
not name stays as it is: an import never deletes. One thing the file cannot do: undo a paid renewal that it does
not know of yet, since it was exported before the payment was registered (DOMAIN.md 5).

The steps of a row::

    mailbox_file ── csv_rows, json_rows ──▶ RawRow      text cells, or why they cannot be read
    survey                                               all rows at a glance: can the file be believed?
    judging ── mailbox_cells, holder_cells ──▶ JudgedRow    values, or all that is wrong with them
    contradictions ── ledger                             against the rows before it
    run ── stored                                        against the database, and into it
"""

from bot.services.importing.columns import Column
from bot.services.importing.findings import (
    FileRefused,
    FileUnbelievable,
    FileUnreadable,
    Finding,
    ImportFailed,
    ImportInterrupted,
    ImportReport,
    Listener,
    Severity,
)
from bot.services.importing.mailbox_file import MailboxFile, open_mailbox_file
from bot.services.importing.run import import_mailboxes

__all__ = [
    "Column",
    "FileRefused",
    "FileUnbelievable",
    "FileUnreadable",
    "Finding",
    "ImportFailed",
    "ImportInterrupted",
    "ImportReport",
    "Listener",
    "MailboxFile",
    "Severity",
    "import_mailboxes",
    "open_mailbox_file",
]
