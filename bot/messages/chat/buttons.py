"""The buttons under pushed messages.

Their data is that of the callbacks in `bot.handlers.buttons`, which this room may not import: a test holds the two
together.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from bot.messages.model import ChatButton
from bot.texts import Translator

OPEN_RENEWAL: Final = "open"
"""Begin a renewal, or go on with the one under way."""
_LONGEST_LABEL: Final = 30
"""Characters of a button that has a row for itself (VOICE.md)."""
_LONGEST_DATA: Final = 64
"""Bytes that Telegram lets a button carry."""
REMINDER_SETTINGS: Final = "reminders"
"""Open the settings of reminders, at the list of mailboxes."""


def renew_data(mailbox_id: int) -> str:
    """Open the renewal of this mailbox."""
    return f"renew:{mailbox_id}"


def renew_anyway_data(mailbox_id: int) -> str:
    """Open the renewal of this mailbox, of which it was said that it is not renewed: that is taken back."""
    return f"anyway:{mailbox_id}"


def remind_again_data(mailbox_id: int) -> str:
    """Take back that this mailbox is not renewed."""
    return f"wanted:{mailbox_id}"


def switch_data(mailbox_id: int) -> str:
    """Show the automatic renewal of this mailbox, with its switch."""
    return f"switch:{mailbox_id}"


def renew_due_data(customer_id: int, holder_id: int, by: date) -> str:
    """Open the renewal of a holder's mailboxes that expire by a day; 0 for whichever holder has some."""
    return f"due:{customer_id}:{holder_id}:{by:%Y%m%d}"


def as_it_is_data(
    years: int,
    seal: str,
    *,
    mailbox_id: int | None = None,
    holder_id: int | None = None,
    by: date | None = None,
    method_id: str | None = None,
) -> str | None:
    """Renew as it is what the button names: one mailbox, or a holder's that expire by a day; None where it is too long.

    `seal` says what it was made for (`bot.domain.keeping.seal_as_it_is`).
    """
    day = "" if by is None else by.strftime("%Y%m%d")
    data = f"keep:{mailbox_id or ''}:{holder_id or ''}:{day}:{years}:{seal}:{method_id or ''}:0"
    return data if len(data.encode()) <= _LONGEST_DATA else None


def list_due_data(customer_id: int, since: date, by: date) -> str:
    """Show all of a customer's mailboxes that expire from one day to another."""
    return f"listdue:{customer_id}:{since:%Y%m%d}:{by:%Y%m%d}:"


def list_order_data(number: str) -> str:
    """Show all mailboxes of an order."""
    return f"listorder:{number}:"


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


def qr_data(number: str) -> str:
    """Show the picture of this order's transfer."""
    return f"qr:{number}"


def other_method_data(number: str) -> str:
    """Choose another method of payment for this order."""
    return f"paywith:{number}"


def paid_data(number: str) -> str:
    """Say that this order is paid."""
    return f"paid:{number}"


def not_paid_data(number: str) -> str:
    """Say that it is not paid yet, after all."""
    return f"unpaid:{number}"


def mail_again_data(number: str) -> str:
    """Mail the link by which this order is paid once more."""
    return f"mailpay:{number}"


def register_likely_data(statement_id: int) -> str:
    """Register what of this statement only has to be confirmed."""
    return f"bankall:{statement_id}"


def decide_one_by_one_data(statement_id: int) -> str:
    """Show what waits of this statement, one entry after the other."""
    return f"banksee:{statement_id}:0:0"


def see_order(translator: Translator, number: str) -> ChatButton:
    """*Vedi l'ordine*."""
    return ChatButton(translator.plain("message-see-order"), data=order_data(number))


def renew(translator: Translator) -> ChatButton:
    """*Rinnova*."""
    return ChatButton(translator.plain("message-renew"), data=OPEN_RENEWAL)


def fitting(*labels: str) -> str | None:
    """The first of these labels that a row shows whole; None where none is."""
    return next((label for label in labels if len(label) <= _LONGEST_LABEL), None)


def with_name(write: Callable[[str], str], name: str) -> str:
    """A label that says a name, cut in its middle as far as it has to be: ends tell names apart as beginnings do."""
    room = _LONGEST_LABEL - len(write(""))
    if len(name) <= room:
        return write(name)
    tail = (room - 1) * 2 // 5
    return write(f"{name[: room - 1 - tail].rstrip()}…{name[len(name) - tail :].lstrip()}")


def of_mailbox(translator: Translator, what: str, address: str) -> str:
    """A label that says what is done, and with which mailbox."""
    return with_name(partial(_of_mailbox, translator, what), address)


def _of_mailbox(translator: Translator, what: str, address: str) -> str:
    return translator.plain("reminder-of-mailbox", what=what, address=address)
