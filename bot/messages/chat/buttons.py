"""The buttons under pushed messages.

Their data is that of the callbacks in `bot.handlers.buttons`, which this room may not import: a test holds the two
together.
"""

from typing import Final

from bot.domain.instructions import Instructions, Link
from bot.messages.model import ChatButton
from bot.texts import Translator

OPEN_RENEWAL: Final = "open"
"""Begin a renewal, or go on with the one under way."""


def order_data(number: str) -> str:
    """Open this order."""
    return f"orders:{number}"


def see_order(translator: Translator, number: str) -> ChatButton:
    """*Vedi l'ordine*."""
    return ChatButton(translator.plain("message-see-order"), data=order_data(number))


def renew(translator: Translator) -> ChatButton:
    """*Rinnova*."""
    return ChatButton(translator.plain("message-renew"), data=OPEN_RENEWAL)


def paying(translator: Translator, how: Instructions, number: str) -> tuple[tuple[ChatButton, ...], ...]:
    """The page of payment, for a method that has one, and the order."""
    rows: list[tuple[ChatButton, ...]] = []
    if isinstance(how, Link):
        rows.append((ChatButton(translator.plain("paying-open", due=how.due), url=how.url),))
    return (*rows, (see_order(translator, number),))
