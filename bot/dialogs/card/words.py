"""What a card says: whose the mailbox is, until when, how full, and what comes about it."""

from datetime import date, datetime
from decimal import Decimal

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import expiry_line, held_extra, lines_of, rounded_up
from bot.dialogs.settings.data import HEARD
from bot.dialogs.widgets.progress import share_bar
from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import (
    Blocker,
    Mailbox,
    blocker,
    deletion_date,
    is_deleted,
    is_over,
    renewable_from,
    usage_is_current,
)
from bot.messages.reminder_words import step_list
from bot.messages.words import named
from bot.services.cards import MailboxCard
from bot.services.renewing.declining import DECLINABLE
from bot.services.surroundings import Surroundings
from bot.texts import Safe, Translator


def card_body(translator: Translator, surroundings: Surroundings, card: MailboxCard) -> Safe:
    """All of it, below the address."""
    catalogue, today, box = surroundings.catalogue, surroundings.today(), card.mailbox
    over = is_over(box, box.gone_on, catalogue, today)
    return blocks(
        lines_of(
            [
                translator.html(
                    "card-holder",
                    holder=card.holder,
                    plan=named(translator, catalogue.plans[box.plan_id].names),
                ),
                None if over else expiry_line(translator, box, catalogue, today),
            ]
        ),
        _blocked(translator, surroundings, card),
        _declined(translator, catalogue, card) if box.declined and not over else None,
        None if over else used_lines(translator, box, catalogue, surroundings.now()),
        lines_of(
            [
                _automatic(translator, box, catalogue) if switch_shows(box, catalogue, today) else None,
                None if over or box.declined else _reminders(translator, card),
                None if over else _told(translator, card),
            ]
        ),
    )


def used_lines(translator: Translator, box: Mailbox, catalogue: Catalogue, now: datetime) -> Safe:
    """The space in use, mailbox and archive each as a bar, or that it is not known; an old measure says its day."""
    plan, extra, usage = catalogue.plans[box.plan_id], held_extra(box), box.usage
    if usage is None:
        return translator.html("card-used-unknown")
    lines = [_used(translator, "mailbox", usage.mailbox_gb, plan.mailbox_gb + extra.mailbox_gb)]
    if plan.has_archive:
        lines.append(_used(translator, "archive", usage.archive_gb, plan.archive_gb + extra.archive_gb))
    if not usage_is_current(usage, catalogue, now):
        lines.append(translator.html("card-used-old", at=usage.at))
    return lines_of(lines)


def _used(translator: Translator, where: str, used: Decimal, room: int) -> Safe:
    return translator.html(
        "card-used", where=where, bar=share_bar(used, Decimal(room)), used=rounded_up(used), room=room
    )


def _whose(card: MailboxCard) -> str:
    """Whose the open order is, and whether it can be paid: a variant of the texts."""
    if not card.shows_order:
        return "false"
    return "undecided" if card.undecided else "true"


def _blocked(translator: Translator, surroundings: Surroundings, card: MailboxCard) -> Safe | None:
    """Why it cannot be renewed here, and what to do; nothing where it can."""
    catalogue, today, box = surroundings.catalogue, surroundings.today(), card.mailbox
    reason = blocker(box, catalogue, today)
    if reason is None:
        return None
    operator, charge = catalogue.operator, charge_date(box.expires_on, catalogue)
    return translator.html(
        "card-blocked",
        reason=reason.value,
        order=box.open_order or "",
        ours=_whose(card),
        operator=operator.name,
        email=operator.email,
        charge=charge,
        charged=charge <= today,
        deletion=deletion_date(box, catalogue),
        opens=renewable_from(box, catalogue) if reason is Blocker.TOO_EARLY else box.expires_on,
    )


def _automatic(translator: Translator, box: Mailbox, catalogue: Catalogue) -> Safe:
    return translator.html(
        "settings-mailbox-automatic", on=box.auto_renew, charge=charge_date(box.expires_on, catalogue)
    )


def _reminders(translator: Translator, card: MailboxCard) -> Safe:
    return translator.html(
        "card-reminders",
        heard=HEARD[card.mute],
        put_off=card.until is not None,
        until=card.until or card.mailbox.expires_on,
    )


def _told(translator: Translator, card: MailboxCard) -> Safe | None:
    """Who else hears of it; nothing where nobody does."""
    told = [translator.plain("card-other-chats", count=card.other_chats)] if card.other_chats else []
    told += [] if card.email is None else [card.email]
    return translator.html("card-told", told=tuple(told)) if told else None


def switch_shows(box: Mailbox, catalogue: Catalogue, today: date) -> bool:
    """Whether automatic renewal is spoken of: not where it is off of what is not renewed anyway.

    Of a mailbox that is gone a charge may still come, which its customer can stop.
    """
    if is_deleted(box, catalogue, today) or catalogue.plans[box.plan_id].own_domain:
        return False
    return box.auto_renew or not (box.declined or box.gone_on)


def _declined(translator: Translator, catalogue: Catalogue, card: MailboxCard) -> Safe:
    """That it is not renewed, and what still comes."""
    return translator.html(
        "card-declined",
        deletion=deletion_date(card.mailbox, catalogue),
        count=len(card.ahead),
        steps=step_list(translator, catalogue, card.ahead, card.mailbox.plan_id),
    )


def decline_body(translator: Translator, surroundings: Surroundings, card: MailboxCard) -> Safe:
    """What it means not to renew the mailbox; or why that cannot be said now, and what to do first."""
    catalogue, today, box = surroundings.catalogue, surroundings.today(), card.mailbox
    reason = blocker(box, catalogue, today)
    if reason is Blocker.AUTO_RENEW:
        charge = charge_date(box.expires_on, catalogue)
        key = "decline-automatic-charged" if charge <= today else "decline-automatic"
        return translator.html(key, charge=charge)
    if reason is Blocker.OPEN_ORDER:
        return translator.html("decline-order", ours=_whose(card), order=box.open_order or "")
    if reason not in DECLINABLE:
        return translator.html("decline-not-possible")
    return blocks(
        translator.html(
            "decline-what-happens",
            expired=box.expires_on < today,
            expires=box.expires_on,
            deletion=deletion_date(box, catalogue),
        ),
        translator.html("decline-save", archive=catalogue.plans[box.plan_id].has_archive),
        translator.html(
            "decline-then",
            count=len(card.ahead),
            steps=step_list(translator, catalogue, card.ahead, box.plan_id),
        ),
    )
