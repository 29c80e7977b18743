"""Importing customers and mailboxes from the operator's file (DESIGN.md, "Mailbox file").

The file is CSV, XLSX or JSON, of any size: it is looked at as a whole, twice, then read, judged and written in
batches of 500 rows, each in a transaction of its own, in a memory that does not grow with it. A good row is kept
whatever the others are like, a bad one is reported with line, column and reason, and importing a file twice changes
nothing the second time.

**The operator's file is the master**, with three exceptions. What a customer set (registrant fields, the reference
e-mail, automatic renewal) is held until the file has said the same once, and the report lists what was held
(DOMAIN.md 3.5). And a paid renewal is not undone by a file that does not know of it yet, since it was exported before
the payment was registered (DOMAIN.md 5). And a customer that was deleted does not come back by it (decision 042).
Anything else that the file says of a customer, a holder or a mailbox replaces what the database says. The data of an
order that was placed is a copy of its own and never changes. What the file does not name stays as it is, unless it is
said to be complete: then it is marked gone (docs/decisions/034). An import never deletes.

The steps of a row::

    mailbox_file ── csv_rows, xlsx_rows, json_rows ──▶ RawRow   text cells, or why they cannot be read
    form_evidence ──▶ file_form                          all rows at a glance: how are numbers and dates written?
    survey                                               and again: can the file be believed?
    foresight                                            and again: does it do what a person has to agree to?
    judging ── cell_readers, holder_cells ──▶ JudgedRow     values, or all that is wrong with them
    contradictions ── ledger                             against the rows before it
    forgotten                                            left out, where its customer was deleted
    holding                                              against what customers set themselves
    seen                                                 against what was paid: is it renewed by now?
    run ── stored ── writing                             against the database, and into it
    vanished                                             what a complete file did not name is gone

`run` imports, batch by batch. A file is opened by `mailbox_file` and read by `csv_rows`, `json_rows` (through
`json_window`) or `xlsx_rows` (with `xlsx_cells`), by its `header` and `columns`, as `raw_rows`; what a spreadsheet's
file needs whatever its rows mean is in `bot.services.tables`.
`survey` looks at it as a whole first: `file_form` and `form_evidence` find its `notations`, `spreadsheet_damage` what
a program has spoilt; `foreseen` is what `foresight` finds before anything is written, by the mailboxes that are
`named` and those that have `vanished`. `judging` is what a row means by the `measures` of the import, cell by cell
(`mailbox_cells` through `cell_readers`, `holder_cells`, in the words of `reasons`); `ledger` and `contradictions` set
it against earlier rows, `forgotten` against who was deleted, `holding` against what customers set, `seen` against
what was paid, `stored` against the database, into which `writing` writes. `filling` notes which mailboxes fill up.
`findings` is the report.
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
    NotConfirmed,
    Severity,
)
from bot.services.importing.foreseen import Consent, Foresight, Moved, Vanished
from bot.services.importing.mailbox_file import MailboxFile, open_mailbox_file
from bot.services.importing.run import import_mailboxes

__all__ = [
    "Column",
    "Consent",
    "FileRefused",
    "FileUnbelievable",
    "FileUnreadable",
    "Finding",
    "Foresight",
    "ImportFailed",
    "ImportInterrupted",
    "ImportReport",
    "Listener",
    "MailboxFile",
    "Moved",
    "NotConfirmed",
    "Severity",
    "Vanished",
    "import_mailboxes",
    "open_mailbox_file",
]
