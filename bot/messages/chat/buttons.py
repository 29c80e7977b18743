"""The buttons under pushed messages.

Their data is that of the callbacks in `bot.handlers.buttons`, which this room may not import: a test holds the two
together.
"""

from datetime import date
from typing import Final

from bot.domain.instructions import Instructions, Link
from bot.messages.model import ChatButton
from bot.messages.paying import account_label, copies
from bot.texts import Translator

OPEN_RENEWAL: Final = "open"
"""Begin a renewal, or go on with the one under way."""
_LONGEST_NAME: Final = 24
REMINDER_SETTINGS: Final = "reminders"
"""Open the settings of reminders, at the list of mailboxes."""


def renew_data(mailbox_id: int) -> str:
    """Open the renewal of this mailbox."""
    return f"renew:{mailbox_id}"


def switch_data(mailbox_id: int) -> str:
    """Show the automatic renewal of this mailbox, with its switch."""
    return f"switch:{mailbox_id}"


def renew_due_data(customer_id: int, holder_id: int, by: date) -> str:
    """Open the renewal of a holder's mailboxes that expire by a day; 0 for whichever holder has some."""
    return f"due:{customer_id}:{holder_id}:{by:%Y%m%d}"


def later_data(
    *, mailbox_id: int | None = None, customer_id: int | None = None, by: date | None = None
) -> str:
    """Ask when to remind again: of one mailbox, or of a customer's that expire by a day."""
    return f"later:{mailbox_id or ''}:{customer_id or ''}:{'' if by is None else by.strftime('%Y%m%d')}"


def mute_data(mailbox_id: int) -> str:
    """No more about this mailbox."""
    return f"mute:{mailbox_id}:most"


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
    """The page of payment, or what has to be copied in the order in which a bank's form asks for it; and the order."""
    rows: list[tuple[ChatButton, ...]] = []
    copied = copies(translator, how)
    if copied is not None:
        rows += [
            (
                ChatButton(translator.plain("paying-copy-name"), copied=copied.name),
                ChatButton(translator.plain(account_label(copied)), copied=copied.account),
            ),
            (
                ChatButton(translator.plain("paying-copy-amount"), copied=copied.amount),
                ChatButton(translator.plain("paying-copy-reason"), copied=copied.reason),
            ),
        ]
    if isinstance(how, Link):
        rows.append((ChatButton(translator.plain("paying-open", due=how.due), url=how.url),))
    return (*rows, (see_order(translator, number),))


def short(text: str) -> str:
    """A name or an address as it fits on a button beside what the button does."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"
