"""The e-mail that takes a day's signed heads out of the database, to the operator (DOMAIN.md 7)."""

from bot.domain.catalogue import Catalogue
from bot.domain.evidence.heads import lines_of
from bot.messages.mail.common import letter
from bot.messages.mail.letter import Fact, Facts, Letter, Section
from bot.messages.told import SignedHeads
from bot.texts import Translator


def heads(told: SignedHeads, translator: Translator, catalogue: Catalogue) -> Letter:
    """What it is for, and the lines that `evidence verify --heads` reads."""
    signed = told.signed
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-heads-subject", day=signed.day, operator=catalogue.operator.name),
        preview=translator.plain("mail-heads-preview"),
        title=translator.plain("mail-heads-title", day=signed.day),
        opening=(
            translator.html("mail-heads-opening", count=signed.count),
            translator.html("mail-heads-keep"),
        ),
        sections=(
            Section(
                translator.plain("mail-heads-section"),
                (Facts(tuple(Fact(name, value, copied=True) for name, value in lines_of(signed))),),
            ),
        ),
    )
