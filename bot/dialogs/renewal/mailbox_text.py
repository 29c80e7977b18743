"""How a mailbox reads: plan, extra space, expiry, promotion, and the space in use (DOMAIN.md 3.1 to 3.3).

Each function writes one line or one paragraph; the windows of mailboxes, plans and space put them together.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from bot.dialogs.widgets.addresses import told_apart
from bot.domain.catalogue import Catalogue, Plan
from bot.domain.drafts import Facts
from bot.domain.mailboxes import Mailbox, days_left, deletion_date, is_over, usage_is_current
from bot.domain.money import gross
from bot.domain.prices import plan_price, promotion_for
from bot.domain.renewal import Renewal
from bot.domain.space import ExtraSpace, Overflow
from bot.messages.words import named, split_ended
from bot.texts import Safe, Translator

ADDRESS_WIDTH: Final = 18
"""Characters of an address on a button: with the expiry and the days left it makes a label of 40."""

TITLE_WIDTH: Final = 64
"""Characters of an address above what is chosen for it: two lines of a phone; the recap has it whole."""

_FAR: Final = 300
"""Days from which on an expiry is written with its year."""
_YEAR: Final = 5
"""Characters that the year takes of the address."""

_SHOWN: Final = Decimal("0.01")
"""The smallest space that a text writes: what does not fit is rounded up to it, never down."""


def expiry_labels(
    translator: Translator, mailboxes: Sequence[Mailbox], catalogue: Catalogue, today: date
) -> Mapping[int, str]:
    """By id, how the mailboxes of one list are named on buttons: told apart, each with the day of its expiry.

    One that is gone or deleted has that word in the place of the day.
    """
    far = any(days_left(box.expires_on, today) > _FAR for box in mailboxes)
    short = told_apart([box.address for box in mailboxes], ADDRESS_WIDTH - _YEAR * far)
    return {
        box.id: translator.plain(
            f"renewal-mailboxes-choice{_choice(box, catalogue, today)}",
            address=short[box.address],
            expires=box.expires_on,
        )
        for box in mailboxes
    }


def _choice(box: Mailbox, catalogue: Catalogue, today: date) -> str:
    """What tells the text of a button apart from that of a mailbox that expires soon."""
    if is_over(box, box.gone_on, catalogue, today):
        return "-deleted" if box.gone_on is None else "-gone"
    days = days_left(box.expires_on, today)
    return "-expired" if days < 0 else "-far" if days > _FAR else ""


def includes(translator: Translator, plan: Plan) -> str:
    """The space that a plan includes, in one line."""
    parts = [translator.plain("renewal-mailbox-includes-mailbox", gb=plan.mailbox_gb)]
    if plan.has_archive:
        parts.append(translator.plain("renewal-mailbox-includes-archive", gb=plan.archive_gb))
    return " · ".join(parts)


def plan_line(translator: Translator, plan: Plan) -> Safe:
    """A plan by name, with the space that it includes."""
    return translator.html(
        "renewal-mailbox-plan", plan=named(translator, plan.names), includes=includes(translator, plan)
    )


def extra_words(translator: Translator, extra: ExtraSpace) -> tuple[str, ...]:
    """Extra GB as the items of a list; "none" where there are none."""
    words = []
    if extra.mailbox_gb:
        words.append(translator.plain("renewal-mailbox-extra-mailbox", gb=extra.mailbox_gb))
    if extra.archive_gb:
        words.append(translator.plain("renewal-mailbox-extra-archive", gb=extra.archive_gb))
    return tuple(words) or (translator.plain("renewal-mailbox-extra-none"),)


def held_extra(mailbox: Mailbox) -> ExtraSpace:
    """The extra GB that the mailbox has now."""
    return ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)


def extra_line(translator: Translator, extra: ExtraSpace) -> Safe:
    """The extra GB, as a line."""
    return translator.html("renewal-mailbox-extra", extra=extra_words(translator, extra))


def expiry_line(translator: Translator, mailbox: Mailbox, catalogue: Catalogue, today: date) -> Safe:
    """When the mailbox expires, or that it has expired and until when it can be saved."""
    days = days_left(mailbox.expires_on, today)
    if days >= 0:
        return translator.html("renewal-mailbox-expires", expires=mailbox.expires_on, days=days)
    return translator.html(
        "renewal-mailbox-expired",
        expires=mailbox.expires_on,
        days=-days,
        deletion=deletion_date(mailbox, catalogue),
    )


def promotion_line(translator: Translator, mailbox: Mailbox, plan: Plan, facts: Facts) -> Safe | None:
    """What the promotion of the mailbox means under this plan, if there is one."""
    catalogue = facts.catalogue
    promotion = promotion_for(catalogue, mailbox, plan.id, facts.today)
    if promotion is None:
        return None
    vat = catalogue.rules.vat_percent
    return translator.html(
        "renewal-mailbox-promotion",
        promotion=named(translator, promotion.names),
        price=gross(plan_price(catalogue, mailbox, plan.id, facts.today), vat),
        ordinary=gross(plan.price, vat),
        years=promotion.max_years,
    )


def usage_note(translator: Translator, mailbox: Mailbox, facts: Facts) -> Safe | None:
    """That the space in use is not known, or was measured long ago; nothing when it is current."""
    if mailbox.usage is None:
        return translator.html("renewal-usage-unknown")
    if usage_is_current(mailbox.usage, facts.catalogue, facts.now):
        return None
    return translator.html("renewal-usage-old", at=mailbox.usage.at)


def split_note(translator: Translator, renewal: Renewal) -> Safe | None:
    """That the split payment which is declared has ended; nothing where none is, or it has not."""
    return split_ended(translator, renewal.facts.catalogue) if renewal.split_has_ended else None


def over_lines(
    translator: Translator, mailbox: Mailbox, plan: Plan, extra: ExtraSpace, over: Overflow
) -> Safe:
    """Used space against the room for it, where it is too much: mailbox and archive each on a line."""
    lines = []
    if mailbox.usage is not None and over.mailbox_gb:
        room = plan.mailbox_gb + extra.mailbox_gb
        lines.append(
            translator.html(
                "renewal-usage-over-mailbox", used=rounded_up(mailbox.usage.mailbox_gb), room=room
            )
        )
    if mailbox.usage is not None and over.archive_gb:
        room = plan.archive_gb + extra.archive_gb
        lines.append(
            translator.html(
                "renewal-usage-over-archive", used=rounded_up(mailbox.usage.archive_gb), room=room
            )
        )
    return lines_of(lines)


def rounded_up(gb: Decimal) -> Decimal:
    """Used space as it is written beside a limit: 1.004 GB in a mailbox of 1 GB must not read as 1 GB."""
    return gb.quantize(_SHOWN, rounding=ROUND_CEILING)


def delete_words(translator: Translator, over: Overflow) -> tuple[str, ...]:
    """What has to be deleted, as the items of a list."""
    words = []
    if over.mailbox_gb:
        words.append(translator.plain("renewal-usage-delete-mailbox", gb=rounded_up(over.mailbox_gb)))
    if over.archive_gb:
        words.append(translator.plain("renewal-usage-delete-archive", gb=rounded_up(over.archive_gb)))
    return tuple(words)


def lines_of(lines: Iterable[Safe | None]) -> Safe:
    """Lines one below the other; those that are None are left out."""
    return Safe("\n").join([line for line in lines if line])


def id_in(item_id: str) -> int:
    """The id of a mailbox or holder on a button; 0, which is nobody's, where the data was tampered with."""
    return int(item_id) if item_id.isdecimal() else 0
