"""The e-mail that a renewal is complete (DOMAIN.md 5)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, mailbox_list, order_section, words
from bot.messages.mail.letter import Letter, Section
from bot.messages.told import RenewalCompleted
from bot.messages.words import archives_closed, auto_renewal, kit_ordered, surplus
from bot.texts import Translator


def completed(told: RenewalCompleted, translator: Translator, catalogue: Catalogue) -> Letter:
    """What is renewed and until when, what was activated, and what was paid."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-completed-subject", order=facts.number, count=len(facts.items)),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-completed-title"),
        opening=(
            translator.html(
                "mail-completed-until",
                count=len(facts.items),
                first=facts.items[0].address,
                expiry=min(item.new_expiry for item in facts.items),
            ),
            translator.html("mail-completed-opening", order=facts.number, due=facts.quote.due),
            surplus(translator, catalogue, facts),
        ),
        sections=(
            Section(
                translator.plain("mail-completed-active"),
                (
                    *words(archives_closed(translator, catalogue, facts)),
                    mailbox_list(translator, catalogue, facts),
                    *words(
                        kit_ordered(translator, catalogue, facts),
                        auto_renewal(translator, catalogue, facts, told.completed_at),
                    ),
                ),
            ),
            order_section(translator, catalogue, facts, completed=True),
        ),
    )
