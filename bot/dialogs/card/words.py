"""What a card says: whose the mailbox is, until when, how full, and what comes about it."""

from datetime import datetime
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
    renewable_from,
    usage_is_current,
)
from bot.messages.words import named
from bot.services.cards import MailboxCard
from bot.services.surroundings import Surroundings
from bot.texts import Safe, Translator


def card_body(translator: Translator, surroundings: Surroundings, card: MailboxCard) -> Safe:
    """All of it, below the address."""
    catalogue, today, box = surroundings.catalogue, surroundings.today(), card.mailbox
    over = is_deleted(box, catalogue, today)
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
        None if over else used_lines(translator, box, catalogue, surroundings.now()),
        lines_of(
            [
                None if over or _on_own_domain(box, catalogue) else _automatic(translator, box, catalogue),
                None if over else _reminders(translator, card),
                _told(translator, card),
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
        ours=card.shows_order,
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


def _on_own_domain(box: Mailbox, catalogue: Catalogue) -> bool:
    return catalogue.plans[box.plan_id].own_domain
