"""Sentences that a reminder in a chat and by e-mail share, so that the two never say different things (DOMAIN.md 6)."""

from collections.abc import Iterable, Sequence
from datetime import time

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import limits_of
from bot.domain.instant import rescue
from bot.domain.mailboxes import deletion_date, deletion_days, first_deleted
from bot.domain.reminders import days_before
from bot.messages.reminded import Reminded, Reminder
from bot.messages.words import plan_name, rescue_words, split_ended
from bot.texts import Safe, Translator


def on_last_day(reminder: Reminder, catalogue: Catalogue) -> int:
    """Of how many mailboxes the day of the message is the last one: tomorrow they are deleted."""
    return sum(deletion_date(box, catalogue) == reminder.on for box in reminder.mailboxes)


def title(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> str:
    """How near it is: the real days left of the mailbox that expires first, or that it is the last day."""
    last = on_last_day(reminder, catalogue)
    if last:
        return translator.plain("reminder-last-day-title", count=len(reminder.mailboxes), last=last)
    return translator.plain(
        "reminder-title",
        count=len(reminder.mailboxes),
        expired=reminder.soonest.days < 0,
        days=abs(reminder.soonest.days),
    )


def awaiting_title(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> str:
    """That the payment is awaited, and how near the expiry or the deletion is."""
    if on_last_day(reminder, catalogue):
        return translator.plain("reminder-last-day-awaiting-title")
    return translator.plain(
        "reminder-awaiting-title", expired=reminder.soonest.days < 0, days=abs(reminder.soonest.days)
    )


def box_words(translator: Translator, catalogue: Catalogue, box: Reminded) -> Safe:
    """One mailbox: its address, plan and expiry."""
    return translator.html(
        "reminder-mailbox",
        address=box.address,
        plan=plan_name(translator, catalogue, box.plan_id),
        expires=box.expires_on,
        expired=box.days < 0,
    )


def box_line(translator: Translator, box: Reminded) -> Safe:
    """One of several mailboxes, in a line."""
    return translator.html(
        "reminder-mailbox-line",
        address=box.address,
        expires=box.expires_on,
        expired=box.days < 0,
    )


def more_words(translator: Translator, count: int) -> Safe:
    """How many mailboxes are not in the list."""
    return translator.html("reminder-more", count=count)


def consequence(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe:
    """What happens otherwise: it stops sending at the expiry, and is deleted after it."""
    soonest, last = reminder.soonest, on_last_day(reminder, catalogue)
    if last:
        return translator.html("reminder-last-day-consequence", count=len(reminder.mailboxes), last=last)
    return translator.html(
        "reminder-consequence",
        count=len(reminder.mailboxes),
        expired=soonest.days < 0,
        deletion_days=deletion_days(
            first_deleted((box.plan_id for box in reminder.mailboxes), catalogue), catalogue
        ),
        deletion=limits_of(reminder.mailboxes, catalogue).deletion,
    )


def instant_words(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe | None:
    """That an instant transfer is in time where an ordinary one, made today, is not; nothing otherwise."""
    soonest = reminder.soonest
    found = rescue(
        (method for method in catalogue.methods.values() if soonest.holder_kind in method.kinds),
        by=soonest.expires_on,
        until=limits_of(reminder.mailboxes, catalogue).deletion,
        today=reminder.on,
        at=time.min,
    )
    return None if found is None else rescue_words(translator, found, ordered=False)


def price_words(translator: Translator, reminder: Reminder) -> Safe | None:
    """What it costs to renew everything as it is for a year; nothing where that cannot be ordered."""
    prices = [box.due for box in reminder.mailboxes if box.due is not None]
    if len(prices) < len(reminder.mailboxes):
        return translator.html("reminder-price-unfit", count=len(reminder.mailboxes))
    return translator.html(
        "reminder-price",
        count=len(prices),
        due=sum(prices),
        split=any(box.split_payment for box in reminder.mailboxes),
    )


def split_words(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe | None:
    """That split payment has ended, where a holder declared it and an amount is named; nothing otherwise."""
    if not any(box.split_ended and box.due is not None for box in reminder.mailboxes):
        return None
    return split_ended(translator, catalogue, today=reminder.on)


def charged_box(translator: Translator, catalogue: Catalogue, box: Reminded) -> Safe:
    """A mailbox that renews itself: what will be charged for it, and when."""
    return translator.html(
        "reminder-automatic-mailbox",
        address=box.address,
        plan=plan_name(translator, catalogue, box.plan_id),
        expires=box.expires_on,
        charge=box.charge_on,
        priced=box.due is not None,
        due=box.due or 0,
        split=box.split_payment,
        years=box.years,
    )


def charged_together(translator: Translator, reminder: Reminder) -> Safe:
    """The days and the sum of all the charges; without the sum where one of them has no price."""
    boxes = reminder.mailboxes
    days = [box.charge_on for box in boxes]
    prices = [box.due for box in boxes if box.due is not None]
    splits = {box.split_payment for box in boxes}
    return translator.html(
        "reminder-automatic-together",
        first=min(days),
        last=max(days),
        same=min(days) == max(days),
        priced=len(prices) == len(boxes),
        due=sum(prices),
        split="mixed" if len(splits) > 1 else "yes" if splits == {True} else "no",
    )


def charged_more(translator: Translator, boxes: Sequence[Reminded]) -> Safe:
    """How many mailboxes are not in the list, and what is charged for all of them."""
    prices = [box.due for box in boxes if box.due is not None]
    return translator.html(
        "reminder-automatic-more", count=len(boxes), priced=len(prices) == len(boxes), due=sum(prices)
    )


def stopping_words(translator: Translator, reminder: Reminder) -> Safe:
    """That nothing need be done, and until when automatic renewal can be switched off."""
    return translator.html(
        "reminder-automatic", count=len(reminder.mailboxes), charge=reminder.soonest.charge_on
    )


def uncharged_box(translator: Translator, box: Reminded) -> Safe:
    """A mailbox that should have renewed itself: when it should have been charged, and when it expires."""
    return translator.html(
        "reminder-not-charged-mailbox",
        address=box.address,
        charge=box.charge_on,
        expires=box.expires_on,
        expired=box.days < 0,
        days=abs(box.days),
    )


def not_charged_words(translator: Translator, catalogue: Catalogue) -> Safe:
    """What can be done when no payment came for mailboxes that renew themselves."""
    operator = catalogue.operator
    return translator.html("reminder-not-charged", operator=operator.name, email=operator.email)


def not_renewing_title(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> str:
    """How near it is; of several, that they are not renewed."""
    if reminder.only is not None:
        return title(translator, catalogue, reminder)
    return translator.plain("reminder-not-renewing-title", count=len(reminder.mailboxes))


def not_renewing_words(translator: Translator, reminder: Reminder) -> Safe:
    """That it was decided so, and how to save the messages before they are gone."""
    return translator.html("reminder-not-renewing", count=len(reminder.mailboxes))


def own_domain_words(translator: Translator, reminder: Reminder) -> Safe:
    """That the renewal is the domain's."""
    return translator.html("reminder-own-domain", count=len(reminder.mailboxes))


def deleted_title(translator: Translator, reminder: Reminder) -> str:
    """That nothing is left to renew."""
    return translator.plain("reminder-deleted-title", count=len(reminder.mailboxes))


def deleted_words(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> Safe:
    """That nothing of it can be recovered, what can be bought, and whom to ask where our data are wrong."""
    operator = catalogue.operator
    return translator.html(
        "reminder-deleted", count=len(reminder.mailboxes), operator=operator.name, email=operator.email
    )


def step_words(translator: Translator, catalogue: Catalogue, step: int, plan_id: str | None) -> str:
    """A step of the ladder: "30 giorni prima", "il giorno della scadenza", "85 giorni dopo la scadenza".

    `plan_id` is the plan of whose mailboxes it is said; None for what the rules say.
    """
    days = days_before(step, plan_id, catalogue)
    return translator.plain("mute-step", after=days < 0, days=abs(days))


def step_list(translator: Translator, catalogue: Catalogue, steps: Iterable[int], plan_id: str | None) -> str:
    """Steps of the ladder as an enumeration: "3 giorni prima, il giorno prima e il giorno della scadenza"."""
    words = tuple(step_words(translator, catalogue, step, plan_id) for step in sorted(steps, reverse=True))
    return translator.plain("mute-steps", steps=words)
