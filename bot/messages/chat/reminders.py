"""Expiry reminders in a chat (DOMAIN.md 6): what expires and when, what happens otherwise, and what can be done."""

from collections.abc import Callable
from functools import partial
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import folded, lines, paragraphs
from bot.messages.chat.buttons import (
    REMINDER_SETTINGS,
    later_data,
    list_due_data,
    mute_data,
    of_mailbox,
    remind_again_data,
    renew_anyway_data,
    renew_data,
    renew_due_data,
    see_order,
    switch_data,
    with_name,
)
from bot.messages.chat.named_renewals import named_renewal, named_words
from bot.messages.chat.paying import paying_rows, unpaid_words
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.reminded import Reminded, Reminder
from bot.messages.reminder_words import (
    awaiting_title,
    box_line,
    box_words,
    charged_box,
    charged_more,
    charged_together,
    consequence,
    deleted_title,
    deleted_words,
    instant_words,
    more_words,
    not_charged_words,
    not_renewing_title,
    not_renewing_words,
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
    RemindNotRenewing,
    RemindOwnDomain,
    RemindToPay,
    RemindToRenew,
    RemindUndecided,
    TellDeleted,
)
from bot.messages.words import gone_words, open_vat_words, renewal_of
from bot.texts import Safe, Translator

_MOST: Final = 5
"""Mailboxes that are named, of more the number: a button shows all (VOICE.md: five alike are five)."""
_MOST_OPEN: Final = 2
"""Charges that are written one below the other with all that there is to say."""
_MOST_HOLDERS: Final = 5
"""Holders with a button of their own; for more there is one that asks which."""


def renew(told: RemindToRenew, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that expire or have expired, and can be renewed here."""
    reminder, named = told.reminder, named_renewal(translator, catalogue, told.reminder)
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder),
        consequence(translator, catalogue, reminder),
        instant_words(translator, catalogue, reminder),
        price_words(translator, reminder) if named is None else named_words(translator, reminder, named),
        split_words(translator, catalogue, reminder),
    )
    later, *silence = _putting_off(translator, catalogue, reminder) or ((),)
    if named is None:
        rows = (*_renewing(translator, reminder), *((later,) if later else ()))
    else:
        others = ChatButton(translator.plain("reminder-other-choices"), data=_renewing_data(reminder))
        rows = ((named.button,), (others, *later))
    return ChatMessage(
        translator.html("reminder-message", title=title(translator, catalogue, reminder), body=body),
        (*rows, *_all_of_them(translator, reminder), *silence),
    )


def awaiting_payment(told: RemindToPay, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes in an order that nobody has paid: how to pay it."""
    reminder, facts = told.reminder, told.order
    if facts.gone:
        return _not_to_be_paid(told, translator, catalogue)
    later, *silence = _putting_off(translator, catalogue, reminder) or ((),)
    body = lines([renewal_of(translator, facts), unpaid_words(translator, catalogue, facts)])
    return ChatMessage(
        translator.html("reminder-to-pay", title=awaiting_title(translator, catalogue, reminder), body=body),
        (*paying_rows(translator, catalogue, facts, *later), *silence),
    )


def awaiting_decision(told: RemindUndecided, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes in an order whose VAT the operator has not decided: nothing can be paid yet."""
    facts = told.order
    if facts.gone:
        return _not_to_be_paid(told, translator, catalogue)
    return _with_order(
        told,
        translator,
        catalogue,
        translator.html("vat-open-order", order=facts.number),
        open_vat_words(translator, catalogue, facts),
    )


def _not_to_be_paid(told: RemindToPay, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes in an order that holds others which are gone: why it is not to be paid, and the way to its page."""
    return _with_order(
        told,
        translator,
        catalogue,
        translator.html("order-gone-which", order=told.order.number),
        gone_words(translator, catalogue, told.order),
    )


def _with_order(told: RemindToPay, translator: Translator, catalogue: Catalogue, *said: Safe) -> ChatMessage:
    """Mailboxes in an order with which nothing can be paid, and what is `said` of it."""
    reminder = told.reminder
    later, *silence = _putting_off(translator, catalogue, reminder) or ((),)
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder), *said, consequence(translator, catalogue, reminder)
    )
    return ChatMessage(
        translator.html("reminder-message", title=title(translator, catalogue, reminder), body=body),
        ((see_order(translator, told.order.number), *later), *silence),
    )


def automatic(told: RemindAutomatic, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that will renew themselves: what is charged, when, and how to stop it (art. 65-bis Consumer Code).

    Of more than two the days and the sum of all charges stand open, and each charge is folded.
    """
    reminder = told.reminder
    shown, others = _in_full(reminder)
    each = [charged_box(translator, catalogue, box) for box in shown]
    several = len(reminder.mailboxes) > _MOST_OPEN
    body = paragraphs(
        charged_together(translator, reminder) if several else None,
        *([folded(*each, charged_more(translator, others) if others else None)] if several else each),
        split_words(translator, catalogue, reminder),
        stopping_words(translator, reminder),
    )
    return ChatMessage(
        translator.html(
            "reminder-message",
            title=translator.plain("reminder-automatic-title", count=len(reminder.mailboxes)),
            body=body,
        ),
        (
            *_one_each(
                translator, reminder, "reminder-stop-automatic", "reminder-stop-automatic-of", switch_data
            ),
            *_all_of_them(translator, reminder),
        ),
    )


def not_charged(told: RemindNotCharged, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that should have renewed themselves: no payment came. Of several, their buttons name them."""
    reminder = told.reminder
    shown, others = _in_full(reminder)
    each = [uncharged_box(translator, box) for box in shown]
    what = not_charged_words(translator, catalogue)
    instant = instant_words(translator, catalogue, reminder)
    more = more_words(translator, len(others)) if others else None
    body = paragraphs(
        *((*each, what) if reminder.only is not None else (folded(what, instant, *each, more),)),
        consequence(translator, catalogue, reminder),
        folded(instant) if reminder.only is not None else None,
    )
    return ChatMessage(
        translator.html(
            "reminder-message",
            title=translator.plain("reminder-not-charged-title", count=len(reminder.mailboxes)),
            body=body,
        ),
        (
            *_one_each(translator, reminder, "reminder-renew-myself", "message-renew", renew_data),
            *_all_of_them(translator, reminder),
            *_putting_off(translator, catalogue, reminder),
        ),
    )


def not_renewing(told: RemindNotRenewing, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes that their customer does not renew: what happens to them, and how to take that back."""
    reminder = told.reminder
    which = _mailboxes(translator, catalogue, reminder)
    body = paragraphs(
        which if reminder.only is not None else folded(which),
        consequence(translator, catalogue, reminder),
        not_renewing_words(translator, reminder),
    )
    back: tuple[tuple[ChatButton, ...], ...] = ()
    if reminder.only is not None:
        back = ((ChatButton(translator.plain("decline-undo"), data=remind_again_data(reminder.only.id)),),)
    return ChatMessage(
        translator.html(
            "reminder-message", title=not_renewing_title(translator, catalogue, reminder), body=body
        ),
        (
            *_one_each(translator, reminder, "decline-renew-anyway", "message-renew", renew_anyway_data),
            *back,
            *_all_of_them(translator, reminder),
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
        (
            (link,),
            *_all_of_them(translator, reminder),
            *_putting_off(translator, catalogue, reminder),
        ),
    )


def deleted(told: TellDeleted, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Mailboxes whose last day has passed: nothing to renew or to put off, a new one can be bought."""
    reminder = told.reminder
    body = paragraphs(
        _mailboxes(translator, catalogue, reminder), deleted_words(translator, catalogue, reminder)
    )
    buy = ChatButton(translator.plain("reminder-deleted-purchase"), url=catalogue.operator.purchase_url)
    return ChatMessage(
        translator.html("reminder-message", title=deleted_title(translator, reminder), body=body),
        ((buy,), *_all_of_them(translator, reminder)),
    )


def _in_full(reminder: Reminder) -> tuple[tuple[Reminded, ...], tuple[Reminded, ...]]:
    """The mailboxes that are described one by one, and the others."""
    return reminder.mailboxes[:_MOST], reminder.mailboxes[_MOST:]


def _mailboxes(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe:
    """One mailbox with all there is to say; of several a line each, as many as are read."""
    if reminder.only is not None:
        return box_words(translator, catalogue, reminder.only)
    shown = reminder.mailboxes[:_MOST]
    more = len(reminder.mailboxes) - len(shown)
    return lines(
        [*(box_line(translator, box) for box in shown), more_words(translator, more) if more else None]
    )


def _renewing(translator: Translator, reminder: Reminder) -> tuple[tuple[ChatButton, ...], ...]:
    """*Rinnova*: of the one mailbox, or of all that a holder has here, since an order is for one holder."""
    plain = ((ChatButton(translator.plain("message-renew"), data=_renewing_data(reminder)),),)
    holders = reminder.by_holder()
    if not 1 < len(holders) <= _MOST_HOLDERS:
        return plain
    rows = tuple(
        (
            ChatButton(
                with_name(partial(_of_holder, translator, len(boxes)), boxes[0].holder_name),
                data=renew_due_data(reminder.customer_id, holder_id, boxes[-1].expires_on),
            ),
        )
        for holder_id, boxes in holders.items()
    )
    # Where two read the same nobody could choose: it is asked for whom.
    return rows if len({button.label for (button,) in rows}) == len(rows) else plain


def _renewing_data(reminder: Reminder) -> str:
    """Open the renewal of the one mailbox, or of all that are here; of several holders it is asked for whom."""
    if reminder.only is not None:
        return renew_data(reminder.only.id)
    holders = list(reminder.by_holder())
    # The customer may have others, of whom nothing is said here: the one is named.
    only = holders[0] if len(holders) == 1 else 0
    return renew_due_data(reminder.customer_id, only, reminder.mailboxes[-1].expires_on)


def _of_holder(translator: Translator, count: int, holder: str) -> str:
    return translator.plain("reminder-renew-holder", holder=holder, count=count)


def _all_of_them(translator: Translator, reminder: Reminder) -> tuple[tuple[ChatButton, ...], ...]:
    """The way to the whole list, where the message does not name all."""
    if len(reminder.mailboxes) <= _MOST:
        return ()
    data = list_due_data(reminder.customer_id, reminder.soonest.expires_on, reminder.mailboxes[-1].expires_on)
    return ((ChatButton(translator.plain("message-all-mailboxes"), data=data),),)


def _putting_off(
    translator: Translator, catalogue: Catalogue, reminder: Reminder
) -> tuple[tuple[ChatButton, ...], ...]:
    """*Più tardi*, and how to hear no more of it; neither where all of them have their last day."""
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
    translator: Translator, reminder: Reminder, alone: str, of_several: str, data: Callable[[int], str]
) -> tuple[tuple[ChatButton, ...], ...]:
    """A button for the one mailbox, or for each of a few; its window says what can be done."""
    if reminder.only is not None:
        return ((ChatButton(translator.plain(alone), data=data(reminder.only.id)),),)
    what = translator.plain(of_several)
    return tuple(
        (ChatButton(of_mailbox(translator, what, box.address), data=data(box.id)),)
        for box in _in_full(reminder)[0]
    )
