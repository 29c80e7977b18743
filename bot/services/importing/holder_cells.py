"""Reading the holder of a mailbox from its row (DOMAIN.md 3.5).

What says who the holder is cannot be changed in the chat, so it must be right: category, country, names, tax
code and VAT number refuse the row. Everything else the customer can complete while renewing: a telephone
number that is missing or wrong is a warning, and what the file says is kept as it is, for the customer to see
and correct.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Final

from bot.domain.registrant import (
    FOREIGN_CODE,
    INVOICE_TEXTS,
    LOCKED,
    NO_CODE,
    SAN_MARINO_CODE,
    Caution,
    Context,
    ErrorCode,
    Field,
    FieldError,
    HolderKind,
    Registrant,
    beyond_invoices,
    cautions,
    clean,
    fields_for,
    warn_reference_email,
)
from bot.services.importing import reasons
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, error, warning
from bot.services.importing.mailbox_cells import BadCell, truth

_LONGEST_KEPT: Final = 200
"""Characters of a wrong value worth showing to the customer; a longer one is left out."""
_TAKEN_APART: Final = frozenset({Field.COUNTRY, Field.REFERENCE_EMAIL, Field.SPLIT_PAYMENT})
"""Fields that are judged before the others, or otherwise."""
_CAUTION_COLUMNS: Final = {
    Caution.EMAIL_IS_EXPIRING_PEC: Column.REFERENCE_EMAIL,
    Caution.TAX_CODE_NAME_MISMATCH: Column.TAX_CODE,
    Caution.TAX_CODE_PROVISIONAL: Column.TAX_CODE,
    Caution.TAX_CODE_IS_VAT_NUMBER: Column.TAX_CODE,
    Caution.POSTCODE_ELSEWHERE: Column.POSTCODE,
}
_MEAN_NOTHING: Final = {
    Column.RECIPIENT_CODE: {NO_CODE, FOREIGN_CODE, SAN_MARINO_CODE},
    Column.SPLIT_PAYMENT: {"false", "falso"},
}
"""What invoicing systems export for a holder who has no such field."""


@dataclass(frozen=True, slots=True)
class HolderValues:
    """The holder that a row describes. `data` is `Registrant.to_json()`, `identity` tells it from others.

    `facts` are what the row's own cells say, for other rows to be compared with.
    """

    identity: str
    data: Mapping[str, str | bool]
    facts: tuple[str, ...]


HOLDER_COLUMNS: Final = tuple(list(Column)[list(Column).index(Column.KIND) :])
"""The holder's columns."""
_NOTHING: Final[dict[str, str | bool]] = dict.fromkeys((field.value for field in Field), "")
_CELLS: Final = itemgetter(*HOLDER_COLUMNS)
_TEXTS: Final = itemgetter(*(column for column in HOLDER_COLUMNS if column is not Column.SPLIT_PAYMENT))
"""Of a holder's record what is text, in the order of the columns; whether payment is split is the last of them."""
_HOLDERS: Final = 512
"""So many holders are remembered: the mailboxes of one mostly stand together."""
_VALUES: Final = 1024
"""So many values of holders: towns, provinces and countries come again all over a file."""


def read_holder(
    line: int, cells: Mapping[Column, str], reference_email: str, address: str
) -> tuple[HolderValues | None, Sequence[Finding]]:
    """Who the holder of a row is, None where that cannot be told, and what there is to say.

    A holder who comes again, with nothing changed, is judged once.

    Args:
        line: where the row begins.
        cells: its cells; those that could not be read are absent, and are not spoken of again.
        reference_email: the row's reference e-mail as normalised, empty when it is bad.
        address: the mailbox's address as normalised, empty when it is bad.
    """
    if address and warn_reference_email(reference_email, [address]):
        reading = _HolderCells(line, cells, reference_email, address)
        return reading.values, reading.findings
    try:
        texts: tuple[str | None, ...] = _CELLS(cells)
    except KeyError:
        texts = tuple(cells.get(column) for column in HOLDER_COLUMNS)
    holder, findings = _remembered(texts, reference_email)
    return holder, [replace(finding, line=line) for finding in findings] if findings else findings


@lru_cache(maxsize=_HOLDERS)
def _remembered(
    texts: tuple[str | None, ...], reference_email: str
) -> tuple[HolderValues | None, Sequence[Finding]]:
    cells = {column: text for column, text in zip(HOLDER_COLUMNS, texts, strict=True) if text is not None}
    reading = _HolderCells(0, cells, reference_email, "")
    return reading.values, reading.findings


class _HolderCells:
    """The holder's columns of one row.

    `values` is None when it cannot be told who the holder is; `findings` is what there is to say.
    """

    def __init__(self, line: int, cells: Mapping[Column, str], reference_email: str, address: str) -> None:
        self.values: HolderValues | None = None
        self.findings: list[Finding] = []
        self._line = line
        self._cells = cells
        kind = self._kind()
        country = self._country()
        if kind is None or country is None:
            return  # without them nobody can say which of the other columns are needed, and in which form
        data = self._data(kind, country, reference_email)
        registrant = Registrant.from_json(data)
        self._add_cautions(registrant, address)
        self.values = HolderValues(registrant.identity, data, (*_TEXTS(data), str(data["split_payment"])))

    def _kind(self) -> HolderKind | None:
        text = self._cells.get(Column.KIND, "")
        try:
            return HolderKind(text.lower())
        except ValueError:
            self._add_error(Column.KIND, f"should be one of {', '.join(HolderKind)}")
            return None

    def _country(self) -> str | None:
        anybody = Context()
        verdict = _judged(Field.COUNTRY, self._cells.get(Column.COUNTRY, ""), anybody.kind, anybody.country)
        if isinstance(verdict, FieldError):
            self._add_error(Column.COUNTRY, reasons.reason(verdict))
            return None
        return verdict

    def _data(self, kind: HolderKind, country: str, reference_email: str) -> dict[str, str | bool]:
        data: dict[str, str | bool] = dict(_NOTHING)
        data |= {"kind": kind.value, "country": country, "reference_email": reference_email}
        cells = self._cells
        for field, column in _asked(kind, country):
            text = cells.get(column, "")
            verdict = _judged(field, text, kind, country)
            if isinstance(verdict, FieldError):
                data[column] = self._refused(column, text, verdict)
                continue
            data[column] = verdict
            if not text.isascii() and field in INVOICE_TEXTS and (odd := beyond_invoices(text)):
                self._add_warning(
                    column, f"is read as {verdict!r}: what cannot stand on an invoice ({odd}) is replaced"
                )
        data["split_payment"] = self._split_payment(kind, country)
        self._add_unused(kind, country)
        return data

    def _split_payment(self, kind: HolderKind, country: str) -> bool:
        if Field.SPLIT_PAYMENT not in fields_for(kind, country):
            return False
        try:
            return truth(self._cells.get(Column.SPLIT_PAYMENT, "") or "false")
        except BadCell as bad:
            self._add_error(Column.SPLIT_PAYMENT, str(bad))
            return False

    def _refused(self, column: Column, text: str, verdict: FieldError) -> str:
        """What is kept of a value that is refused; why it is refused is said."""
        if verdict.field in LOCKED:
            self._add_error(column, reasons.reason(verdict))
        elif verdict.code is ErrorCode.REQUIRED:
            self._add_warning(column, "is missing: the customer will be asked for it")
        else:
            self._add_warning(column, f"{reasons.reason(verdict)}. The customer will be asked to correct it")
        return text if len(text) <= _LONGEST_KEPT else ""

    def _add_unused(self, kind: HolderKind, country: str) -> None:
        for column in _not_asked(kind, country):
            text = self._cells.get(column, "")
            if text and text.lower() not in {word.lower() for word in _MEAN_NOTHING.get(column, ())}:
                where = "" if country == Context().country else f" in {country}"
                self._add_warning(
                    column, f"is left out: a holder of kind {kind.value}{where} has no such field"
                )

    def _add_cautions(self, registrant: Registrant, address: str) -> None:
        for caution in cautions(registrant, [address] if address else []):
            self._add_warning(_CAUTION_COLUMNS[caution], reasons.caution(caution))

    def _add_error(self, column: Column, reason: str) -> None:
        if column in self._cells:
            self.findings.append(error(self._line, column, self._cells[column], reason))

    def _add_warning(self, column: Column, reason: str) -> None:
        if column in self._cells:
            self.findings.append(warning(self._line, column, self._cells[column], reason))


@lru_cache(maxsize=_VALUES)
def _judged(field: Field, text: str, kind: HolderKind, country: str) -> str | FieldError:
    """The value as it is stored, or why it is refused."""
    try:
        return clean(field, text, _context(kind, country))
    except FieldError as verdict:
        # A new one: that which was raised holds on to all that was called.
        return FieldError(verdict.field, verdict.code, verdict.value, verdict.example, verdict.odd)


@lru_cache(maxsize=_VALUES)
def _context(kind: HolderKind, country: str) -> Context:
    return Context(kind, country)


@lru_cache(maxsize=_VALUES)
def _asked(kind: HolderKind, country: str) -> tuple[tuple[Field, Column], ...]:
    """The fields that such a holder has, and that are judged alike, with their columns."""
    return tuple(
        (field, Column(field.value)) for field in fields_for(kind, country) if field not in _TAKEN_APART
    )


@lru_cache(maxsize=_VALUES)
def _not_asked(kind: HolderKind, country: str) -> tuple[Column, ...]:
    """The columns of fields that such a holder does not have."""
    asked = {*fields_for(kind, country), Field.REFERENCE_EMAIL}
    return tuple(Column(field.value) for field in Field if field not in asked)
