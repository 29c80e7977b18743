"""One movement of the operator's account, as a statement gives it (DOMAIN.md 8).

Every format that a bank gives is read into this one form; what is done with an entry never asks where it came from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.errors import RinnovoError
from bot.domain.money import Cents


class EntryKind(StrEnum):
    """What an entry is to the ledger."""

    CREDIT = "credit"
    """Money that arrived, booked: it may pay an order."""
    REVERSAL = "reversal"
    """Money that had arrived and was taken back, booked: the counterpart of an earlier credit."""
    ASIDE = "aside"
    """A debit, or what is not booked yet: counted among the entries of the file, and nothing else."""


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """One movement of the account.

    Attributes:
        kind: what it is to the ledger.
        account: the IBAN of the account that it moved, in capitals without blanks; empty where the file names none.
        booked_on: the day the bank booked it.
        cents: what was moved, in cents of `currency`, never below zero: `kind` says the direction.
        currency: ISO 4217.
        reference: the bank's own reference of the movement, empty where it gives none.
        end_to_end: the reference that the payer gave, empty where none came, `NOTPROVIDED` included.
        payer: the name of who paid, as the bank wrote it; empty where it gives none.
        payer_iban: the IBAN that it came from, in capitals without blanks; empty where the bank gives none.
        pieces: the remittance text in the pieces and the order in which the bank gives it, uncut and unjoined: whether
            a blank belongs at a seam is for whoever looks for a number to ask.
        structured: references of creditors (ISO 11649 and others) that came apart from the text.
        place: where it stands in the file, for a person: `line 12`, `entry 3`.
    """

    kind: EntryKind
    account: str
    booked_on: date
    cents: Cents
    currency: str = "EUR"
    reference: str = ""
    end_to_end: str = ""
    payer: str = ""
    payer_iban: str = ""
    pieces: tuple[str, ...] = ()
    structured: tuple[str, ...] = ()
    place: str = ""


class Fault(StrEnum):
    """What is wrong with a file, as far as it decides what to do about it. The values are stored.

    `FOREIGN` is a format that is not read, `RUNNING_DAY` a report whose entries may still change, `SAVE_AGAIN` a sheet
    or a text that its program has to save in another form. `INCOMPLETE`: parts of it are missing in the middle;
    `CUT_SHORT`: its end is. `DAMAGED`: what stands in some place cannot be read. `PROFILE`: no profile of the
    catalogue, or more than one, describes the table. `ACCOUNT`: it is another account's. `CLOSED`: it cannot be opened.
    `NOT_FETCHED`: Telegram did not give it. `FAILED`: whoever takes it fails, for reasons that are not the file's.
    """

    EMPTY = "empty"
    FOREIGN = "foreign"
    RUNNING_DAY = "running_day"
    SAVE_AGAIN = "save_again"
    ARCHIVE = "archive"
    SIGNED = "signed"
    DAMAGED = "damaged"
    CUT_SHORT = "cut_short"
    INCOMPLETE = "incomplete"
    TOTALS = "totals"
    PROFILE = "profile"
    ACCOUNT = "account"
    CLOSED = "closed"
    CHANGED = "changed"
    NOT_FETCHED = "not_fetched"
    FAILED = "failed"


class UnreadableStatement(RinnovoError):
    """The file is no statement, is damaged, or its totals do not add up: nothing of it may be registered.

    Attributes:
        fault: what is wrong, for whoever says it in another language.
        place: where in the file, like `line 12`; empty where the whole file is meant.
        about: what stands there, or the account that is not ours; empty where nothing is to be shown.
        reason: what is wrong and what to do, a clause in English for the operator.
    """

    def __init__(self, fault: Fault, reason: str, *, place: str = "", about: str = "") -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.fault = fault
        self.place = place
        self.about = about
        self.reason = reason
