"""How an order is paid, in words: the same in the confirmation, on the order's page and in every message."""

from bot.domain.catalogue import Catalogue
from bot.domain.instructions import INTEGRATION, Instructions, Link, Slip, Transfer, Unknown
from bot.texts import Safe, Translator


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
                integrates=integrates(how.reason),
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
                integrates=integrates(how.reason),
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


def integrates(reason: str) -> bool:
    """Whether a reason is that of a payment which brings what a first one left missing."""
    return reason.endswith(INTEGRATION)
