"""The bank's statement: its file is read, its entries complete orders (DOMAIN.md 8).

A file is opened by `reading`, which tells its format from what is in it, whatever its name, and gives its entries one
by one, in the one form of `bot.domain.statements`::

    reading ── recognising ──▶ camt ── camt_document ── camt_entry ── camt_totals ──▶ StatementEntry

`camt` reads the XML of ISO 20022. `figures` reads the amounts and the days of all formats.

A file is read in a memory that does not grow with it, as often as wanted. Whether all of it is there and its totals
add up is known at its end alone: who registers anything has read it to the end before.
"""
