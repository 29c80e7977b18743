"""E-mails about a reference e-mail that has changed, and about a change that was undone (DOMAIN.md 3.5)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, words
from bot.messages.mail.letter import Button, Letter, Section
from bot.messages.told import ReferenceEmailChanged, ReferenceEmailRestored
from bot.texts import Translator


def changed(told: ReferenceEmailChanged, translator: Translator, catalogue: Catalogue) -> Letter:
    """To the address before: it is no longer the one, and how to undo that.

    Where no page can be reached it says whom to write to.
    """
    operator, url = catalogue.operator, told.undo_url
    at, until = told.at, told.undo_until
    removing = translator.html("mail-email-changed-chats", operator=operator.name, email=operator.email)
    if url is None:
        way = words(
            translator.html(
                "mail-email-changed-write", operator=operator.name, email=operator.email, phone=operator.phone
            )
        )
    else:
        undo = words(translator.html("mail-email-changed-undo", until=until))
        way = (*undo, Button(translator.plain("mail-email-changed-button"), url))
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-email-changed-subject", operator=operator.name),
        preview=translator.plain("mail-email-changed-preview", until=until),
        title=translator.plain("mail-email-changed-title"),
        opening=(
            translator.html("mail-email-changed-opening", at=at, operator=operator.name),
            translator.html("mail-email-changed-fine"),
        ),
        sections=(Section(translator.plain("mail-email-changed-section"), (*way, *words(removing))),),
    )


def restored(told: ReferenceEmailRestored, translator: Translator, catalogue: Catalogue) -> Letter:
    """To the address that was taken away again."""
    operator = catalogue.operator
    title = translator.plain("mail-email-restored-title")
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-email-restored-subject", operator=operator.name),
        preview=title,
        title=title,
        opening=(
            translator.html(
                "mail-email-restored-opening",
                at=told.at,
                operator=operator.name,
            ),
            translator.html(
                "mail-email-restored-help",
                operator=operator.name,
                email=operator.email,
                phone=operator.phone,
            ),
        ),
        sections=(),
    )
