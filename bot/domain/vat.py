"""VAT of businesses abroad: whether an order waits for the operator's word on it, and what follows from that word.

The operator decides, since who owes the tax hangs on things that no form shows: whether the number is in use, where the
service is received, what the kit is. What is priced is `bot.domain.prices`; `without_vat` is the only other price.
"""

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Catalogue, VatAbroad
from bot.domain.prices import Quote
from bot.domain.registrant import Registrant

LONGEST_MENTION: Final = 200
_UNION: Final = frozenset(
    """
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK
    """.split()  # noqa: SIM905 - a table of words reads better than 27 quoted ones
)
"""The members of the European Union, ISO 3166: between them "inversione contabile" stands on the invoice."""


class VatTreatment(StrEnum):
    """How an order stands with VAT. The values are stored, and are words of the events.

    `OPEN`: the operator has not decided yet, and nothing can be paid. `WITHOUT`: it was decided that none is charged.
    """

    CHARGED = "charged"
    OPEN = "open"
    WITHOUT = "without"


class Mention(StrEnum):
    """Why no VAT is charged, as an invoice has to say it (art. 21, 6-bis, DPR 633/1972). The values are stored.

    Any other stored text is the operator's own wording.
    """

    REVERSE_CHARGE = "reverse_charge"
    NOT_SUBJECT = "not_subject"


def treatment_of(catalogue: Catalogue, holder: Registrant) -> VatTreatment:
    """How an order of this holder begins: open where the operator wants to be asked, and has to be.

    Asked of is who has a VAT number of another country, San Marino's operators among them; consumers abroad pay VAT.
    """
    asks = catalogue.rules.vat_abroad is VatAbroad.ASK and holder.is_business_abroad
    return VatTreatment.OPEN if asks else VatTreatment.CHARGED


def mention_for(country: str) -> Mention:
    """What the invoice of a service says that a business of this country receives (art. 7-ter DPR 633/1972)."""
    return Mention.REVERSE_CHARGE if country in _UNION else Mention.NOT_SUBJECT


def without_vat(quote: Quote) -> Quote:
    """The same lines without VAT, which their receiver owes, or nobody."""
    lines = tuple(replace(line, vat_percent=Decimal(0), vat=0) for line in quote.lines)
    return Quote(lines, quote.years, split_payment=False)
