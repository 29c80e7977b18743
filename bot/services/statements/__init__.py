"""The bank's statement: its file is read, its entries complete orders (DOMAIN.md 8).

A file is opened by `reading`, which tells its format from what is in it, whatever its name, and gives its entries one
by one, in the one form of `bot.domain.statements`::

    reading ── recognising ──▶ camt ── camt_document, camt_entry, camt_totals ──▶ StatementEntry
                               cbi ── cbi_records ──────────────────────────────▶
                               mt940 ── mt940_details ──────────────────────────▶
                               csv_table, xlsx_table ── tables ── table_cells ──▶

`camt` reads the XML of ISO 20022 (by `camt_elements`), `cbi` the fixed records of Italian banks, `mt940` the fields
of SWIFT, `tables` what a profile of the catalogue describes. `figures` reads sums and days, `accounts` the numbers of
accounts, for all of them. They know nothing of orders, and of no database.

A file is read in a memory that does not grow with it, as often as wanted. Whether all of it is there and its totals
add up is known at its end alone: who registers anything has read it to the end before.

What is done with the entries::

    run ── reading_on ── book ──▶ judged entries ── staging ──▶ settling ── registering ──▶ the ledger
                                                                proposals ◀── a person

`run` takes a file: `reading_on` judges it entry by entry against the `book` of what is open, `staging` writes what was
read, `settling` registers what is certain once all was read. `taking_back` finds the payments that went back, where
`one_payment` finds no other that it may have been, and `gone_back` says of which nobody knows yet. `proposals` are for
a person, who sees them by `looking_again` as they stand now; `kept` says what is kept of an entry and `forgetting`
until when. `report` and `telling` say what became of a file, `standing` how things stand.
"""
