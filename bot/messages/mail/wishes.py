"""The e-mail which confirms that no more reminders come by e-mail, and how that is undone (DOMAIN.md 6)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, words
from bot.messages.mail.letter import Button, Letter, Section
from bot.messages.told import MailSilenced
from bot.texts import Translator


def mail_silenced(told: MailSilenced, translator: Translator, catalogue: Catalogue) -> Letter:
    """What was asked for and when, what comes all the same, and the way back."""
    operator = catalogue.operator
    if told.undo_url is None:
        back = words(translator.html("mail-silenced-write", email=operator.email, code=told.code))
    else:
        back = (
            *words(translator.html("mail-silenced-undo-what", email=operator.email)),
            Button(translator.plain("mail-silenced-undo"), told.undo_url),
        )
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-silenced-subject"),
        preview=translator.plain("mail-silenced-preview"),
        title=translator.plain("mail-silenced-title"),
        opening=(
            translator.html("mail-silenced-what", at=told.at),
            translator.html("mail-silenced-still"),
        ),
        sections=(Section(translator.plain("mail-silenced-section"), tuple(back)),),
    )
