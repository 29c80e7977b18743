"""The e-mail that confirms that everything of a customer was deleted (DOMAIN.md 7, "Data")."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, words
from bot.messages.mail.letter import Letter, Section
from bot.messages.told import CustomerForgotten
from bot.texts import Translator


def forgotten(told: CustomerForgotten, translator: Translator, catalogue: Catalogue) -> Letter:
    """What went, what stays and until when, and that the mailboxes themselves live on."""
    operator = catalogue.operator
    title = translator.plain("mail-forgotten-title")
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-forgotten-subject", operator=operator.name),
        preview=title,
        title=title,
        opening=(
            translator.html("mail-forgotten-opening", at=told.at, operator=operator.legal_name),
            translator.html("mail-forgotten-boxes"),
        ),
        sections=(
            Section(
                translator.plain("mail-forgotten-section"),
                words(
                    translator.html("mail-forgotten-stays", until=told.until, orders=told.orders),
                    translator.html(
                        "mail-forgotten-help",
                        operator=operator.name,
                        email=operator.email,
                        phone=operator.phone,
                    ),
                ),
            ),
        ),
    )
