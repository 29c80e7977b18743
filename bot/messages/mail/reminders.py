"""Expiry reminders by e-mail (DOMAIN.md 6): how a customer whom no chat reaches hears of an expiry, and finds the bot.

They say what the chat says, in the same sentences, and list every mailbox; the button is a deep link (DOMAIN.md 2.1).
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import fewer, letter, paying, words
from bot.messages.mail.letter import Button, Entries, Entry, Letter, Paragraph, Part, Section
from bot.messages.reminded import Reminded, Reminder
from bot.messages.reminder_words import (
    awaiting_title,
    box_words,
    charged_box,
    consequence,
    deleted_title,
    deleted_words,
    instant_words,
    not_charged_words,
    not_renewing_title,
    not_renewing_words,
    own_domain_words,
    price_words,
    split_words,
    stopping_words,
    title,
    uncharged_box,
)
from bot.messages.told import (
    RemindAutomatic,
    Reminding,
    RemindNotCharged,
    RemindNotRenewing,
    RemindOwnDomain,
    RemindToPay,
    RemindToRenew,
    RemindUndecided,
    TellDeleted,
)
from bot.messages.words import deadline, gone_words, open_vat_words, plan_name, renewal_of, still_missing
from bot.texts import Safe, Translator
from bot.texts.formats import short_date


def renew(told: RemindToRenew, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes that expire or have expired, and can be renewed in the chat."""
    reminder = told.reminder
    several = len(reminder.by_holder()) > 1
    heading = title(translator, catalogue, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=(
            *_mailboxes(translator, catalogue, reminder),
            *words(
                consequence(translator, catalogue, reminder),
                instant_words(translator, catalogue, reminder),
                price_words(translator, reminder),
                split_words(translator, catalogue, reminder),
                translator.html("mail-reminder-holders") if several else None,
            ),
            Button(translator.plain("message-renew"), told.link),
            _explained(translator, catalogue, reminder, "mail-reminder-renew"),
        ),
    )


def awaiting_payment(told: RemindToPay, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes in an order that nobody has paid: how to pay it."""
    reminder, facts = told.reminder, told.order
    if facts.gone:
        return _not_to_be_paid(told, translator, catalogue)
    heading = awaiting_title(translator, catalogue, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=words(
            renewal_of(translator, facts),
            still_missing(translator, facts),
            deadline(translator, catalogue, facts),
        ),
        sections=(
            paying(
                translator,
                catalogue,
                facts,
                translator.html("message-expiring-on-its-way"),
                translator.html("mail-reminder-in-chat"),
            ),
        ),
    )


def awaiting_decision(told: RemindUndecided, translator: Translator, catalogue: Catalogue) -> Letter:
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


def _not_to_be_paid(told: RemindToPay, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes in an order that holds others which are gone: why it is not to be paid, and where it is seen."""
    facts = told.order
    return _with_order(
        told,
        translator,
        catalogue,
        translator.html("order-gone-which", order=facts.number),
        gone_words(translator, catalogue, facts),
        None if facts.received else translator.html("mail-reminder-in-chat"),
    )


def _with_order(
    told: RemindToPay, translator: Translator, catalogue: Catalogue, *said: Safe | None
) -> Letter:
    """Mailboxes in an order with which nothing can be paid, and what is `said` of it."""
    reminder = told.reminder
    heading = title(translator, catalogue, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=(
            *_mailboxes(translator, catalogue, reminder),
            *words(*said, consequence(translator, catalogue, reminder)),
        ),
    )


def automatic(told: RemindAutomatic, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes that will renew themselves: what is charged, when, and how to stop it (art. 65-bis Consumer Code)."""
    reminder = told.reminder
    count = len(reminder.mailboxes)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=translator.plain(
            "mail-reminder-automatic-subject", count=count, charge=reminder.soonest.charge_on
        ),
        heading=translator.plain("reminder-automatic-title", count=count),
        parts=(
            *words(*(charged_box(translator, catalogue, box) for box in reminder.mailboxes)),
            *words(split_words(translator, catalogue, reminder), stopping_words(translator, reminder)),
            Button(translator.plain("reminder-stop-automatic"), told.link),
            _explained(translator, catalogue, reminder, "mail-reminder-stop", until_charged=True),
        ),
    )


def not_charged(told: RemindNotCharged, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes that should have renewed themselves: no payment came."""
    reminder = told.reminder
    count, soonest = len(reminder.mailboxes), reminder.soonest
    return _reminder(
        told,
        translator,
        catalogue,
        subject=translator.plain(
            "mail-reminder-not-charged-subject",
            count=count,
            expired=soonest.days < 0,
            days=abs(soonest.days),
        ),
        heading=translator.plain("reminder-not-charged-title", count=count),
        parts=(
            *words(*(uncharged_box(translator, box) for box in reminder.mailboxes)),
            *words(
                not_charged_words(translator, catalogue),
                consequence(translator, catalogue, reminder),
                instant_words(translator, catalogue, reminder),
            ),
            Button(translator.plain("reminder-renew-myself"), told.link),
            _explained(translator, catalogue, reminder, "mail-reminder-stop"),
        ),
    )


def not_renewing(told: RemindNotRenewing, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes that their customer does not renew: what happens to them, and how to take that back."""
    reminder = told.reminder
    heading = not_renewing_title(translator, catalogue, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=(
            *_mailboxes(translator, catalogue, reminder),
            *words(
                consequence(translator, catalogue, reminder),
                not_renewing_words(translator, reminder),
                translator.html("mail-reminder-not-renewing"),
            ),
            Button(translator.plain("decline-renew-anyway"), told.link),
            _explained(translator, catalogue, reminder, "mail-reminder-renew"),
        ),
    )


def own_domain(told: RemindOwnDomain, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes that are renewed with their domain, elsewhere (DOMAIN.md 3.1)."""
    reminder = told.reminder
    heading = title(translator, catalogue, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=(
            *_mailboxes(translator, catalogue, reminder),
            *words(own_domain_words(translator, reminder), consequence(translator, catalogue, reminder)),
            Button(translator.plain("reminder-own-domain-open"), catalogue.operator.domain_renewal_url),
        ),
    )


def deleted(told: TellDeleted, translator: Translator, catalogue: Catalogue) -> Letter:
    """Mailboxes whose last day has passed: nothing to renew, a new one can be bought."""
    reminder = told.reminder
    heading = deleted_title(translator, reminder)
    return _reminder(
        told,
        translator,
        catalogue,
        subject=heading,
        heading=heading,
        parts=(
            *_mailboxes(translator, catalogue, reminder),
            *words(deleted_words(translator, catalogue, reminder)),
            Button(translator.plain("reminder-deleted-purchase"), catalogue.operator.purchase_url),
        ),
    )


def _reminder(
    told: Reminding,
    translator: Translator,
    catalogue: Catalogue,
    *,
    subject: str,
    heading: str,
    parts: Iterable[Part],
    sections: tuple[Section, ...] = (),
) -> Letter:
    """A letter with these parts, which says below how to get fewer of its kind."""
    reminder = told.reminder
    soonest = reminder.soonest
    unsubscribe = told.unsubscribe
    written = letter(
        translator,
        catalogue,
        subject=subject,
        preview=translator.plain(
            "mail-reminder-preview",
            count=len(reminder.mailboxes),
            first=soonest.address,
            expired=soonest.days < 0,
            expires=soonest.expires_on,
        ),
        title=heading,
        opening=(),
        sections=sections,
    )
    footer = (*written.footer, *fewer(translator, catalogue, unsubscribe))
    return replace(written, opening=tuple(parts), footer=footer, unsubscribe=unsubscribe)


def _mailboxes(translator: Translator, catalogue: Catalogue, reminder: Reminder) -> tuple[Part, ...]:
    """One mailbox with all there is to say, several as a list with all of them."""
    if reminder.only is not None:
        return words(box_words(translator, catalogue, reminder.only))
    return (Entries(tuple(_entry(translator, catalogue, box) for box in reminder.mailboxes)),)


def _entry(translator: Translator, catalogue: Catalogue, box: Reminded) -> Entry:
    return Entry(
        box.address,
        short_date(box.expires_on, translator.locale),
        translator.plain(
            "mail-reminder-mailbox",
            plan=plan_name(translator, catalogue, box.plan_id),
            expired=box.days < 0,
            days=abs(box.days),
        ),
    )


def _explained(
    translator: Translator, catalogue: Catalogue, reminder: Reminder, key: str, *, until_charged: bool = False
) -> Paragraph:
    """What the button does, for who has never seen the bot, and for how long its link is good.

    `until_charged` marks a notice, from which every charge can be stopped until its day.
    """
    days = catalogue.rules.link_token_days
    if until_charged:
        days = max(days, *((box.charge_on - reminder.on).days for box in reminder.mailboxes))
    told = translator.html(
        key,
        count=len(reminder.mailboxes),
        operator=catalogue.operator.name,
        days=days,
    )
    return Paragraph(told, quiet=True)
