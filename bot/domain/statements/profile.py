"""How a bank's list of movements is laid out as a table, CSV or XLSX: data of the operator's catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementProfile:
    """Which columns say what, by the names in the header, and how their values are written (DOMAIN.md 8).

    Attributes:
        id: its name in the catalogue.
        booked_on: the column of the day of booking.
        texts: the columns of the payer's text, in the order in which they are read.
        amount: the one column of sums, below zero where money went out; empty where there are two.
        credit: the column of what came in; empty where there is one for both.
        debit: the column of what went out; empty where there is none.
        payer: the column of the payer's name; it and those that follow are empty where the table has none.
        payer_iban: the column of the payer's account.
        reference: the column of the bank's own reference.
        account: the column of the account that was moved.
        currency: the column of the currency; without it, all is in euros.
        status: the column that says whether an entry is booked.
        booked: what stands in it where it is.
        skip: how rows begin that are no entries, such as balances.
        reversal: how the text begins of entries that take back an earlier one.
        date_form: how days are written: `dd`, `mm`, and `yyyy` or `yy`, with what stands between them.
        decimal: the decimal mark.
        thousands: what parts the thousands; empty where nothing does.
        delimiter: what parts the cells of a CSV file; empty where it is to be seen from the file.
        encoding: of a CSV file, by Python's name; empty where it is to be seen from the file.
    """

    id: str
    booked_on: str
    texts: tuple[str, ...]
    amount: str
    credit: str
    debit: str
    payer: str
    payer_iban: str
    reference: str
    account: str
    currency: str
    status: str
    booked: tuple[str, ...]
    skip: tuple[str, ...]
    reversal: tuple[str, ...]
    date_form: str
    decimal: str
    thousands: str
    delimiter: str
    encoding: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names; a table without one of them is not its own."""
        named = (
            self.booked_on,
            *self.texts,
            self.amount,
            self.credit,
            self.debit,
            self.payer,
            self.payer_iban,
            self.reference,
            self.account,
            self.currency,
            self.status,
        )
        return tuple(dict.fromkeys(name for name in named if name))
