"""The e-mail of mailboxes that are filling up (DOMAIN.md 6, "Space")."""

from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import fewer, letter, words
from bot.messages.mail.letter import Button, Letter, Paragraph, Part
from bot.messages.space_words import space_title, space_words
from bot.messages.told import SpaceFilling
from bot.texts import Translator


def filling(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> Letter:
    """The same as in the chats; its button is a deep link."""
    title = space_title(told, translator)
    written = letter(
        translator,
        catalogue,
        subject=title,
        preview=told.mailboxes[0].address,
        title=title,
        opening=(),
        sections=(),
    )
    return replace(
        written,
        opening=(*words(*space_words(told, translator, catalogue)), *_open(told, translator, catalogue)),
        footer=(*written.footer, *fewer(translator, catalogue, told.unsubscribe)),
        unsubscribe=told.unsubscribe,
    )


def _open(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> tuple[Part, ...]:
    """The button, and what it does, for who has never seen the bot; none in what was written without a link."""
    if not told.link:
        return ()
    boxes = {box.id: box.renewable for box in told.mailboxes}
    renews = len(boxes) == 1 and all(boxes.values())
    how = translator.html(
        "mail-reminder-renew" if renews else "mail-space-how",
        count=1,
        operator=catalogue.operator.name,
        days=catalogue.rules.link_token_days,
    )
    label = translator.plain("message-renew" if renews else "mail-space-open")
    return (Button(label, told.link), Paragraph(how, quiet=True))
