"""The e-mail with the code that links a chat to a customer (DOMAIN.md 2.2)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, words
from bot.messages.mail.letter import Fact, Facts, Letter, Section
from bot.messages.told import LoginCode
from bot.texts import Translator


def login_code(told: LoginCode, translator: Translator, catalogue: Catalogue) -> Letter:
    """What the code is for, how long it is good, and what to do if nobody asked for it."""
    operator, minutes = catalogue.operator, told.minutes
    code = Fact(
        translator.plain("mail-code-label"),
        told.code,
        translator.plain("mail-code-note", minutes=minutes, until=told.good_until),
        strong=True,
        copied=True,
    )
    return letter(
        translator,
        catalogue,
        # The code stands in neither: a subject and its preview light up on locked screens, stand in lists that others
        # see over a shoulder, and are written to the logs of mail servers. Whoever opens the mail has it at once.
        subject=translator.plain("mail-code-subject", operator=operator.name),
        preview=translator.plain("mail-code-preview", minutes=minutes),
        title=translator.plain("mail-code-title"),
        opening=(translator.html("mail-code-opening", operator=operator.name),),
        sections=(
            Section(
                translator.plain("mail-code-section"),
                (
                    Facts((code,)),
                    *words(
                        translator.html("mail-code-nobody-asks", operator=operator.name),
                        translator.html("mail-code-ignore", operator=operator.name, email=operator.email),
                    ),
                ),
            ),
        ),
    )
