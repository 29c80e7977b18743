"""E-mails about a payment that its customer has announced."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, not_to_be_paid, paying, words
from bot.messages.mail.letter import Letter, Section
from bot.messages.promise_words import not_arrived_words
from bot.messages.told import PaymentNotArrived
from bot.messages.words import deadline, renewal_of
from bot.texts import Translator


def not_arrived(told: PaymentNotArrived, translator: Translator, catalogue: Catalogue) -> Letter:
    """Nothing has arrived: where to ask, and how to pay."""
    facts = told.order
    if facts.gone:
        title = translator.plain("message-not-arrived-title", order=facts.number)
        return not_to_be_paid(translator, catalogue, facts, title)
    return letter(
        translator,
        catalogue,
        subject=translator.plain("message-not-arrived-title", order=facts.number),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-not-arrived-title", order=facts.number),
        opening=(
            not_arrived_words(translator, catalogue, told.expected_on),
            renewal_of(translator, facts),
        ),
        sections=(
            paying(translator, catalogue, facts, deadline(translator, catalogue, facts)),
            Section(translator.plain("mail-placed-change"), words(translator.html("mail-cancel"))),
        ),
    )
