"""The e-mail that a payment came in part (DOMAIN.md 5)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, paying
from bot.messages.mail.letter import Letter
from bot.messages.told import PaymentPartial
from bot.messages.words import deadline, registered_so_far, renewal_of, what_remains
from bot.texts import Translator


def partial(told: PaymentPartial, translator: Translator, catalogue: Catalogue) -> Letter:
    """Less than is due arrived: what is missing, and how to bring it."""
    facts, payment = told.order, told.payment
    return letter(
        translator,
        catalogue,
        subject=translator.plain(
            "mail-partial-subject", order=facts.number, paid=payment.paid, missing=facts.missing
        ),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-partial-title"),
        opening=(
            renewal_of(translator, facts),
            registered_so_far(translator, facts, payment.paid),
            what_remains(translator, facts),
        ),
        sections=(paying(translator, catalogue, facts, deadline(translator, catalogue, facts)),),
    )
