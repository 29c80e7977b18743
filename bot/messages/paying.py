"""How an order is paid, in words: the same in the confirmation, on the order's page and in every message."""

from dataclasses import dataclass
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.instructions import INTEGRATION, Instructions, Link, Slip, Transfer, Unknown
from bot.messages.blocks import lines, paragraphs
from bot.texts import Safe, Translator
from bot.texts.formats import bare_amount


def instructions_text(translator: Translator, catalogue: Catalogue, how: Instructions) -> Safe:
    """How to pay, as Telegram HTML; what has to be copied is set so that a tap copies it."""
    name_check, letter = checks(translator, catalogue, how)
    return paragraphs(lines([facts_text(translator, catalogue, how), name_check]), letter)


def checks(
    translator: Translator, catalogue: Catalogue, how: Instructions
) -> tuple[Safe | None, Safe | None]:
    """Beside the facts of a transfer: that another name is a reason to stop, and the letter that an office sends."""
    if not isinstance(how, Transfer):
        return None, None
    operator = catalogue.operator
    return (
        translator.html("instructions-name-check", operator=operator.name, email=operator.email),
        translator.html("instructions-letter", operator=operator.name, email=operator.email)
        if how.commitment_letter
        else None,
    )


def facts_text(translator: Translator, catalogue: Catalogue, how: Instructions, *, mail_to: str = "") -> Safe:
    """What a payer enters, or where to pay, each on a line of its own.

    `mail_to` is the address, masked, at which a link is that no chat shows; empty where it is not known.
    """
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
                reference=how.reference_in_groups or "-",
                shows_reference=bool(how.creditor_reference),
                due=how.due,
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
        case Link(by_mail=True):
            return translator.html(
                "instructions-link-mail",
                method=how.names[translator.locale],
                due=how.due,
                known=bool(mail_to),
                to=mail_to or "-",
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


@dataclass(frozen=True, slots=True)
class Copies:
    """What is copied at a tap when an order is paid by transfer or slip, each exactly as a form takes it.

    `account` is an IBAN without blanks, or a postal account where `is_slip`. `creditor_reference` is empty where none
    is shown.
    """

    name: str
    account: str
    amount: str
    reason: str
    creditor_reference: str
    is_slip: bool


def copies(translator: Translator, how: Instructions) -> Copies | None:
    """What has to be copied to pay so; None where there is nothing to copy, or nothing to pay."""
    if not isinstance(how, Transfer | Slip) or not how.due:
        return None
    return Copies(
        name=how.beneficiary,
        account=how.iban if isinstance(how, Transfer) else how.account,
        amount=bare_amount(how.due, translator.locale),
        reason=how.reason,
        creditor_reference=how.creditor_reference if isinstance(how, Transfer) else "",
        is_slip=isinstance(how, Slip),
    )


LONGEST_COPIED: Final = 256
"""Characters that a button of Telegram's copies at most."""


def payer_text(translator: Translator, how: Instructions) -> str:
    """All that whoever pays has to know, and nothing else, as one text to send on; empty where there is none.

    It is copied, not shared by a link: `t.me/share/url` wants an address to share and would carry the account in one,
    inline queries want a mode of their own; what is copied can be sent by any messenger, and no third party reads it.
    """
    method, due = how_named(translator, how), how.due
    match how:
        case Transfer() if due:
            said = translator.plain(
                "paying-payer-transfer",
                method=method,
                due=due,
                beneficiary=how.beneficiary,
                account=how.iban,
                reason=how.reason,
                reference=how.creditor_reference or "-",
                shows_reference=bool(how.creditor_reference),
            )
        case Slip() if due:
            said = translator.plain(
                "paying-payer-slip",
                method=method,
                due=due,
                beneficiary=how.beneficiary,
                account=how.account,
                reason=how.reason,
            )
        case Link(by_mail=False) if due:
            said = translator.plain("paying-payer-link", method=method, due=due, url=how.url)
        case _:
            return ""
    return said if len(said) <= LONGEST_COPIED else ""


def how_named(translator: Translator, how: Instructions) -> str:
    """The method by name; empty where the catalogue has given it up."""
    return "" if isinstance(how, Unknown) else how.names[translator.locale]


def account_label(copied: Copies) -> str:
    """The text of the button that copies the account."""
    return "paying-copy-account" if copied.is_slip else "paying-copy-iban"


def integrates(reason: str) -> bool:
    """Whether a reason is that of a payment which brings what a first one left missing."""
    return reason.endswith(INTEGRATION)
