"""Expiry reminders in a chat (DOMAIN.md 6): what expires and when, what happens otherwise, and what can be done."""

from collections.abc import Callable
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.buttons import (
    REMINDER_SETTINGS,
    later_data,
    mute_data,
    paying,
    renew_data,
    renew_due_data,
    short,
    switch_data,
)
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.paying import instructions_text
from bot.messages.reminded import Reminded, Reminder
from bot.messages.reminder_words import (
    awaiting_title,
    box_line,
    box_words,
    charged_box,
    charged_more,
    consequence,
    deleted_title,
    deleted_words,
    instant_words,
    more_words,
    not_charged_words,
    on_last_day,
    own_domain_words,
    price_words,
    split_words,
    stopping_words,
    title,
    uncharged_box,
)
from bot.messages.told import (
    RemindAutomatic,
    RemindNotCharged,
    RemindOwnDomain,
    RemindToPay,
    RemindToRenew,
    TellDeleted,
)
from bot.messages.words import deadline, renewal_of, still_missing
from bot.texts import Safe, Translator

_MOST_IN_LIST: Final = 12
_MOST_IN_FULL: Final = 8
"""Mailboxes of which several lines are said: with the longest addresses, more would not fit in one message."""
_MOST_HOLDERS: Final = 5
"""Holders with a button of their own; for more there is one that asks which."""


def renew(told: RemindToRenew, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that expire or have expired, and can be renewed here."""
    reminder = told.reminder
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder),
        consequence(translator, catalogue, reminder),
        instant_words(translator, catalogue, reminder),
        price_words(translator, reminder),
        split_words(translator, catalogue, reminder),
    )
    return ChatMessage(
        translator.html("reminder-message", title=title(translator, catalogue, reminder), body=body),
        (*_renewing(translator, reminder), *_putting_off(translator, catalogue, reminder)),
    )


def awaiting_payment(told: RemindToPay, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes in an order that nobody has paid: how to pay it."""
    reminder, facts = told.reminder, told.order
    how = facts.instructions(catalogue)
    body = paragraphs(
        renewal_of(translator, facts),
        still_missing(translator, facts),
        deadline(translator, catalogue, facts),
        translator.html("message-expiring-on-its-way"),
        instructions_text(translator, catalogue, how),
    )
    return ChatMessage(
        translator.html("reminder-message", title=awaiting_title(translator, catalogue, reminder), body=body),
        (*paying(translator, how, facts.number), *_putting_off(translator, catalogue, reminder)),
    )


def automatic(told: RemindAutomatic, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that will renew themselves: what is charged, when, and how to stop it (art. 65-bis Consumer Code)."""
    reminder = told.reminder
    shown, others = _in_full(reminder)
    body = paragraphs(
        *(charged_box(translator, catalogue, box) for box in shown),
        charged_more(translator, others) if others else None,
        split_words(translator, catalogue, reminder),
        stopping_words(translator, reminder),
    )
    return ChatMessage(
        translator.html(
            "reminder-message",
            title=translator.plain("reminder-automatic-title", count=len(reminder.mailboxes)),
            body=body,
        ),
        _one_each(translator, reminder, "reminder-stop-automatic", switch_data),
    )


def not_charged(told: RemindNotCharged, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that should have renewed themselves: no payment came."""
    reminder = told.reminder
    shown, others = _in_full(reminder)
    body = paragraphs(
        *(uncharged_box(translator, box) for box in shown),
        more_words(translator, len(others)) if others else None,
        not_charged_words(translator, catalogue),
        consequence(translator, catalogue, reminder),
        instant_words(translator, catalogue, reminder),
    )
    return ChatMessage(
        translator.html(
            "reminder-message",
            title=translator.plain("reminder-not-charged-title", count=len(reminder.mailboxes)),
            body=body,
        ),
        (
            *_one_each(translator, reminder, "reminder-renew-myself", renew_data),
            *_putting_off(translator, catalogue, reminder),
        ),
    )


def own_domain(told: RemindOwnDomain, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that are renewed with their domain, elsewhere (DOMAIN.md 3.1)."""
    reminder = told.reminder
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder),
        own_domain_words(translator, reminder),
        consequence(translator, catalogue, reminder),
    )
    link = ChatButton(translator.plain("reminder-own-domain-open"), url=catalogue.operator.domain_renewal_url)
    return ChatMessage(
        translator.html("reminder-message", title=title(translator, catalogue, reminder), body=body),
        ((link,), *_putting_off(translator, catalogue, reminder)),
    )


def deleted(told: TellDeleted, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes whose last day has passed: nothing to renew or to put off, a new one can be bought."""
    reminder = told.reminder
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder), deleted_words(translator, catalogue, reminder)
    )
    buy = ChatButton(translator.plain("reminder-deleted-purchase"), url=catalogue.operator.purchase_url)
    return ChatMessage(
        translator.html("reminder-message", title=deleted_title(translator, reminder), body=body), ((buy,),)
    )


def _in_full(reminder: Reminder) -> tuple[tuple[Reminded, ...], tuple[Reminded, ...]]:
    """The mailboxes that are described one by one, and the others."""
    return reminder.mailboxes[:_MOST_IN_FULL], reminder.mailboxes[_MOST_IN_FULL:]


def _mailboxes(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe:
    """One mailbox with all there is to say; of several a line each, as many as are read."""
    if reminder.only is not None:
        return box_words(translator, catalogue, reminder.only)
    shown = reminder.mailboxes[:_MOST_IN_LIST]
    more = len(reminder.mailboxes) - len(shown)
    return lines(
        [*(box_line(translator, box) for box in shown), more_words(translator, more) if more else None]
    )


def _renewing(translator: Translator, reminder: Reminder) -> tuple[tuple[ChatButton, ...], ...]:
    """*Rinnova*: of the one mailbox, or of all that a holder has here, since an order is for one holder."""
    label = translator.plain("message-renew")
    if reminder.only is not None:
        return ((ChatButton(label, data=renew_data(reminder.only.id)),),)
    last = reminder.mailboxes[-1].expires_on
    holders = reminder.by_holder()
    if len(holders) == 1 or len(holders) > _MOST_HOLDERS:
        # The customer may have others, of whom nothing is said here: the one is named.
        only = next(iter(holders)) if len(holders) == 1 else 0
        return ((ChatButton(label, data=renew_due_data(reminder.customer_id, only, last)),),)
    return tuple(
        (
            ChatButton(
                translator.plain(
                    "reminder-renew-holder", holder=short(boxes[0].holder_name), count=len(boxes)
                ),
                data=renew_due_data(reminder.customer_id, holder_id, boxes[-1].expires_on),
            ),
        )
        for holder_id, boxes in holders.items()
    )


def _putting_off(
    translator: Translator, catalogue: Catalogue, reminder: Reminder
) -> tuple[tuple[ChatButton, ...], ...]:
    """*Ricordamelo più tardi*, and how to hear no more of it; neither where all of them have their last day."""
    if on_last_day(reminder, catalogue) == len(reminder.mailboxes):
        return ()
    later = translator.plain("reminder-later")
    if reminder.only is not None:
        return (
            (ChatButton(later, data=later_data(mailbox_id=reminder.only.id)),),
            (ChatButton(translator.plain("reminder-mute"), data=mute_data(reminder.only.id)),),
        )
    last = reminder.mailboxes[-1].expires_on
    return (
        (ChatButton(later, data=later_data(customer_id=reminder.customer_id, by=last)),),
        (ChatButton(translator.plain("reminder-choose-muted"), data=REMINDER_SETTINGS),),
    )


def _one_each(
    translator: Translator, reminder: Reminder, key: str, data: Callable[[int], str]
) -> tuple[tuple[ChatButton, ...], ...]:
    """A button for the one mailbox, or for each of a few; its window says what can be done."""
    if reminder.only is not None:
        return ((ChatButton(translator.plain(key), data=data(reminder.only.id)),),)
    return tuple(
        (
            ChatButton(
                translator.plain(
                    "reminder-of-mailbox", what=translator.plain(key), address=short(box.address)
                ),
                data=data(box.id),
            ),
        )
        for box in _in_full(reminder)[0]
    )
