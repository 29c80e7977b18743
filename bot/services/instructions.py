"""How an order is paid: what its method of payment needs, as values and as text (DOMAIN.md 4).

The confirmation, the order's page and every message about an unpaid order say it with the same words.
"""

from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from bot.domain.catalogue import Catalogue, MethodFamily, Names
from bot.domain.money import Cents, amount
from bot.services.order_rows import Order
from bot.texts import Safe, Translator

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bank transfer. `reason` is the order number alone; `due` is in cents; `bic` may be empty.

    `commitment_letter` asks for the letter with which a public administration pays (DOMAIN.md 3.6).
    """

    names: Names
    beneficiary: str
    iban: str
    bic: str
    reason: str
    due: Cents
    commitment_letter: bool

    @property
    def iban_in_groups(self) -> str:
        """The IBAN in groups of four characters, as it is printed."""
        return " ".join(self.iban[start : start + _GROUP] for start in range(0, len(self.iban), _GROUP))


@dataclass(frozen=True, slots=True)
class Slip:
    """A postal slip: the account and its holder. `reason` is the order number alone; `due` is in cents."""

    names: Names
    beneficiary: str
    account: str
    reason: str
    due: Cents


@dataclass(frozen=True, slots=True)
class Link:
    """A page where the order is paid; `url` names the order and the amount."""

    names: Names
    url: str
    due: Cents


@dataclass(frozen=True, slots=True)
class Unknown:
    """The method is no longer in the catalogue: the operator says how to pay."""

    reason: str
    due: Cents


Instructions: TypeAlias = Transfer | Slip | Link | Unknown


def instructions_for(order: Order, catalogue: Catalogue) -> Instructions:
    """How to pay this order by its own method, with the accounts and addresses in force."""
    method = catalogue.methods.get(order.method_id)
    due = order.quote.due
    if method is None:
        return Unknown(order.number, due)
    match method.family:
        case MethodFamily.BANK_TRANSFER:
            return Transfer(
                names=method.names,
                beneficiary=method.beneficiary,
                iban=method.iban,
                bic=method.bic,
                reason=order.number,
                due=due,
                commitment_letter=method.commitment_letter,
            )
        case MethodFamily.POSTAL_SLIP:
            return Slip(method.names, method.beneficiary, method.account, order.number, due)
        case MethodFamily.LINK:
            url = method.url.replace("{order}", quote(order.number)).replace("{amount}", amount(due))
            return Link(method.names, url, due)


def instructions_text(translator: Translator, catalogue: Catalogue, how: Instructions) -> Safe:
    """How to pay, as Telegram HTML; what has to be copied is set so that a tap copies it."""
    operator = catalogue.operator
    match how:
        case Transfer():
            return translator.html(
                "instructions-transfer",
                method=how.names[translator.locale],
                beneficiary=how.beneficiary,
                iban=how.iban_in_groups,
                bic=how.bic or "-",
                shows_bic=bool(how.bic),
                reason=how.reason,
                due=how.due,
                letter=how.commitment_letter,
                operator=operator.name,
                email=operator.email,
            )
        case Slip():
            return translator.html(
                "instructions-slip",
                method=how.names[translator.locale],
                beneficiary=how.beneficiary,
                account=how.account,
                reason=how.reason,
                due=how.due,
            )
        case Link():
            return translator.html("instructions-link", method=how.names[translator.locale], due=how.due)
        case Unknown():
            return translator.html(
                "instructions-unknown",
                operator=operator.name,
                email=operator.email,
                phone=operator.phone,
                reason=how.reason,
                due=how.due,
            )
