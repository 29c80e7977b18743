"""How an order is paid: the values that its method of payment needs (DOMAIN.md 4 and 5)."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote

from bot.domain.catalogue import Catalogue, MethodFamily, Names, PaymentLink, Registration
from bot.domain.creditor_reference import creditor_reference, in_groups
from bot.domain.money import Cents, amount

INTEGRATION: Final = "integrazione"
"""Follows the order number in the reason of a payment that brings what a first one left missing (DOMAIN.md 5).

The operator's bank and post office read it: it is the same word in every language.
"""

_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bank transfer.

    `reason` is the order number alone, or the number and `INTEGRATION`; `due` is in cents; `bic` may be empty.
    `commitment_letter` asks for the letter with which a public administration pays (DOMAIN.md 3.6).
    `creditor_reference` is the order's reference of ISO 11649, in one piece, for a bank that has a field for it: beside
    the reason, never in its place; empty where the catalogue does not ask for it (DOMAIN.md 8).
    """

    names: Names
    registration: Registration
    beneficiary: str
    iban: str
    bic: str
    reason: str
    due: Cents
    commitment_letter: bool
    creditor_reference: str = ""

    @property
    def reference_in_groups(self) -> str:
        """The reference in groups of four characters, as it is printed; empty where there is none."""
        return in_groups(self.creditor_reference)

    @property
    def iban_in_groups(self) -> str:
        """The IBAN in groups of four characters, as it is printed."""
        return " ".join(self.iban[start : start + _GROUP] for start in range(0, len(self.iban), _GROUP))


@dataclass(frozen=True, slots=True)
class Slip:
    """A postal slip: the account and its holder. `reason` and `due` are as in a transfer."""

    names: Names
    registration: Registration
    beneficiary: str
    account: str
    reason: str
    due: Cents


@dataclass(frozen=True, slots=True)
class Link:
    """A page where the order is paid; `url` names the order and the amount.

    Where it goes `by_mail` alone, no chat shows it (DOMAIN.md 7).
    """

    names: Names
    registration: Registration
    url: str
    due: Cents
    by_mail: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The method is no longer in the catalogue: the operator says how to pay."""

    reason: str
    due: Cents


Instructions: TypeAlias = Transfer | Slip | Link | Unknown


def instructions_for(
    catalogue: Catalogue, *, method_id: str, number: str, due: Cents, integrates: bool = False
) -> Instructions:
    """How to pay an order by its own method, with the accounts and addresses in force.

    Args:
        catalogue: the methods in force.
        method_id: the order's method, which the catalogue may have given up since.
        number: the order's number.
        due: cents to be paid now: all that is due, or what is still missing.
        integrates: whether part of the order is paid, so that the reason says `INTEGRATION` too.
    """
    method = catalogue.methods.get(method_id)
    reason = f"{number} {INTEGRATION}" if integrates else number
    if method is None:
        return Unknown(reason, due)
    match method.family:
        case MethodFamily.BANK_TRANSFER:
            return Transfer(
                names=method.names,
                registration=method.registration,
                beneficiary=method.beneficiary,
                iban=method.iban,
                bic=method.bic,
                reason=reason,
                due=due,
                commitment_letter=method.commitment_letter,
                creditor_reference=creditor_reference(number) if method.creditor_reference else "",
            )
        case MethodFamily.POSTAL_SLIP:
            return Slip(method.names, method.registration, method.beneficiary, method.account, reason, due)
        case MethodFamily.LINK:
            url = method.url.replace("{order}", quote(number)).replace("{amount}", amount(due))
            by_mail = catalogue.rules.payment_link is PaymentLink.MAIL
            return Link(method.names, method.registration, url, due, by_mail)
