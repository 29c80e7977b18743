"""The e-mails with a code: to link a chat, to use an address as reference e-mail, to delete all (DOMAIN.md 2, 3, 7)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, words
from bot.messages.mail.letter import Button, Fact, Facts, Letter, Section
from bot.messages.told import LeavingCode, LoginCode, ReferenceEmailCode
from bot.texts import Safe, Translator


def login_code(told: LoginCode, translator: Translator, catalogue: Catalogue) -> Letter:
    """What the code is for, how long it is good, and what to do if nobody asked for it."""
    operator = catalogue.operator
    return _letter(
        told,
        translator,
        catalogue,
        subject=translator.plain("mail-code-subject", operator=operator.name),
        title=translator.plain("mail-code-title"),
        opening=translator.html("mail-code-opening", operator=operator.name),
        warning=translator.html("mail-code-nobody-asks", operator=operator.name),
        without_code=_link(told, translator),
    )


def reference_email_code(told: ReferenceEmailCode, translator: Translator, catalogue: Catalogue) -> Letter:
    """The same for an address that somebody wants to use as reference e-mail."""
    operator = catalogue.operator
    return _letter(
        told,
        translator,
        catalogue,
        subject=translator.plain("mail-email-code-subject", operator=operator.name),
        title=translator.plain("mail-email-code-title"),
        opening=translator.html("mail-email-code-opening", operator=operator.name),
        warning=translator.html("mail-email-code-nobody-asks", operator=operator.name),
    )


def leaving_code(told: LeavingCode, translator: Translator, catalogue: Catalogue) -> Letter:
    """The same to delete everything: what the code does, before anything else."""
    operator = catalogue.operator
    return _letter(
        told,
        translator,
        catalogue,
        subject=translator.plain("mail-leaving-code-subject", operator=operator.name),
        title=translator.plain("mail-leaving-code-title"),
        opening=translator.html("mail-leaving-code-opening", operator=operator.name),
        warning=translator.html("mail-leaving-code-nobody-asks", operator=operator.name),
    )


def _letter(
    told: LoginCode,
    translator: Translator,
    catalogue: Catalogue,
    *,
    subject: str,
    title: str,
    opening: Safe,
    warning: Safe,
    without_code: tuple[Section, ...] = (),
) -> Letter:
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
        subject=subject,
        preview=translator.plain("mail-code-preview", minutes=minutes),
        title=title,
        opening=(opening,),
        sections=(
            Section(
                translator.plain("mail-code-section"),
                (
                    Facts((code,)),
                    *words(
                        warning,
                        translator.html("mail-code-ignore", operator=operator.name, email=operator.email),
                    ),
                ),
            ),
            *without_code,
        ),
    )


def _link(told: LoginCode, translator: Translator) -> tuple[Section, ...]:
    """The way in for whoever reads the mailbox, also when the chat takes no more codes for a while."""
    if not told.link or told.link_until is None:
        return ()
    note = translator.html("mail-code-link-note", until=told.link_until)
    button = Button(translator.plain("mail-code-link-button"), told.link)
    return (Section(translator.plain("mail-code-link-section"), (button, *words(note))),)
