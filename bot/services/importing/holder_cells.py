"""Reading the holder of a mailbox from its row (DOMAIN.md 3.5).

What says who the holder is cannot be changed in the chat, so it must be right: category, country, names, tax
code and VAT number refuse the row. Everything else the customer can complete while renewing: a telephone
number that is missing or wrong is a warning, and what the file says is kept as it is, for the customer to see
and correct.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.registrant import (
    FOREIGN_CODE,
    LOCKED,
    NO_CODE,
    Address,
    Caution,
    Context,
    ErrorCode,
    Field,
    FieldError,
    HolderKind,
    Registrant,
    cautions,
    clean,
    fields_for,
    review,
)
from bot.services.importing import reasons
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, error, warning
from bot.services.importing.mailbox_cells import BadCell, truth

_LONGEST_KEPT: Final = 200
"""Characters of a wrong value worth showing to the customer; a longer one is left out."""
_CAUTION_COLUMNS: Final = {
    Caution.EMAIL_IS_EXPIRING_PEC: Column.REFERENCE_EMAIL,
    Caution.TAX_CODE_NAME_MISMATCH: Column.TAX_CODE,
}
_MEAN_NOTHING: Final = {Column.RECIPIENT_CODE: {NO_CODE, FOREIGN_CODE}, Column.SPLIT_PAYMENT: {"false"}}
"""What invoicing systems export for a holder who has no such field."""


class HolderCells:
    """The holder's columns of one row.

    `registrant` is None when it cannot be told who the holder is; `findings` is what there is to say.
    """

    def __init__(self, line: int, cells: Mapping[Column, str], reference_email: str, address: str) -> None:
        """Judge them.

        Args:
            line: where the row begins.
            cells: its cells; those that could not be read are absent, and are not spoken of again.
            reference_email: the row's reference e-mail as normalised, empty when it is bad.
            address: the mailbox's address as normalised, empty when it is bad.
        """
        self.registrant: Registrant | None = None
        self.findings: list[Finding] = []
        self._line = line
        self._cells = cells
        kind = self._kind()
        country = self._country()
        if kind is None or country is None:
            return  # without them nobody can say which of the other columns are needed, and in which form
        self.registrant = self._holder(kind, country, reference_email)
        self._add_cautions(self.registrant, address)

    def _kind(self) -> HolderKind | None:
        text = self._cells.get(Column.KIND, "")
        try:
            return HolderKind(text.lower())
        except ValueError:
            self._add_error(Column.KIND, f"should be one of {', '.join(HolderKind)}")
            return None

    def _country(self) -> str | None:
        try:
            return clean(Field.COUNTRY, self._cells.get(Column.COUNTRY, ""), Context())
        except FieldError as verdict:
            self._add_error(Column.COUNTRY, reasons.reason(verdict))
            return None

    def _holder(self, kind: HolderKind, country: str, reference_email: str) -> Registrant:
        registrant = Registrant(kind, reference_email=reference_email, address=Address(country=country))
        for field in fields_for(kind, country):
            if field not in {Field.REFERENCE_EMAIL, Field.COUNTRY, Field.SPLIT_PAYMENT}:
                registrant = registrant.with_text(field, self._cells.get(Column(field.value), ""))
        if Field.SPLIT_PAYMENT in fields_for(kind, country):
            registrant = registrant.with_text(Field.SPLIT_PAYMENT, self._split_payment())
        registrant, verdicts = review(registrant)
        for verdict in verdicts:
            registrant = self._judged(registrant, verdict)
        self._add_unused(kind, country)
        return registrant

    def _split_payment(self) -> str:
        try:
            return "true" if truth(self._cells.get(Column.SPLIT_PAYMENT, "") or "false") else "false"
        except BadCell as bad:
            self._add_error(Column.SPLIT_PAYMENT, str(bad))
            return "false"

    def _judged(self, registrant: Registrant, verdict: FieldError) -> Registrant:
        """Say what is wrong with one field; the registrant without a value that is no use to anybody."""
        field = Field(verdict.field.value)
        if field is Field.REFERENCE_EMAIL:
            return registrant  # judged with the mailbox's columns
        column = Column(field.value)
        if field in LOCKED:
            self._add_error(column, reasons.reason(verdict))
            return registrant
        if verdict.code is ErrorCode.REQUIRED:
            self._add_warning(column, "is missing: the customer will be asked for it")
            return registrant
        self._add_warning(column, f"{reasons.reason(verdict)}. The customer will be asked to correct it")
        too_long = len(registrant.text_of(field)) > _LONGEST_KEPT
        return registrant.with_text(field, "") if too_long else registrant

    def _add_unused(self, kind: HolderKind, country: str) -> None:
        asked = {field.value for field in fields_for(kind, country)}
        for field in Field:
            if field.value in asked or field is Field.REFERENCE_EMAIL:
                continue
            column = Column(field.value)
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
