"""What the choice of extra space says: what the plan includes, what is in use, the prices and the limits."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import extra_words, held_extra, lines_of, rounded_up, usage_note
from bot.domain.drafts import Item
from bot.domain.money import Cents
from bot.domain.prices import extra_price
from bot.domain.renewal import Renewal
from bot.domain.space import ExtraSpace, fit
from bot.messages.blocks import folded
from bot.texts import Safe, Translator

_WORTH_SAYING: Final = Decimal("0.7")
"""The share of the room from which on the space in use is said."""


@dataclass(frozen=True, slots=True)
class Counter:
    """The extra GB of one kind of space.

    Attributes:
        which: "mailbox" or "archive".
        included: GB in the plan itself.
        extra: GB chosen beside them, between `needed` and `cap`.
        used: GB in use; None when unknown.
        price: for one GB and year, VAT included.
    """

    which: str
    included: int
    extra: int
    needed: int
    cap: int
    used: Decimal | None
    price: Cents


def counters(renewal: Renewal, item: Item) -> tuple[Counter | None, Counter | None]:
    """The counters of mailbox and archive; None for what the plan sells no extra of."""
    facts = renewal.facts
    catalogue, plan = facts.catalogue, facts.catalogue.plans[item.plan_id]
    usage = facts.mailboxes[item.mailbox_id].usage
    missing = fit(plan, usage).missing
    mailbox = archive = None
    if plan.extra_mailbox_price is not None and plan.extra_mailbox_cap:
        mailbox = Counter(
            which="mailbox",
            included=plan.mailbox_gb,
            extra=item.extra.mailbox_gb,
            needed=missing.mailbox_gb,
            cap=plan.extra_mailbox_cap,
            used=None if usage is None else usage.mailbox_gb,
            price=extra_price(catalogue, plan, ExtraSpace(1, 0)),
        )
    if plan.has_archive and plan.extra_archive_price is not None and plan.extra_archive_cap:
        archive = Counter(
            which="archive",
            included=plan.archive_gb,
            extra=item.extra.archive_gb,
            needed=missing.archive_gb,
            cap=plan.extra_archive_cap,
            used=None if usage is None else usage.archive_gb,
            price=extra_price(catalogue, plan, ExtraSpace(0, 1)),
        )
    return mailbox, archive


def counter_text(translator: Translator, counter: Counter) -> str:
    """Between which limits a counter can be set, and how much the space would be in all."""
    if counter.needed > counter.cap:
        key = "renewal-space-limits-not-enough"
    else:
        key = "renewal-space-limits-needed" if counter.needed else "renewal-space-limits"
    return translator.plain(key, needed=counter.needed, cap=counter.cap, total=counter.included + counter.cap)


def space_text(translator: Translator, renewal: Renewal, item: Item) -> Safe:
    """Both counters in words, what the mailbox has today, and what the chosen GB cost."""
    facts = renewal.facts
    mailbox, plan = facts.mailboxes[item.mailbox_id], facts.catalogue.plans[item.plan_id]
    of_mailbox, of_archive = counters(renewal, item)
    if of_mailbox is None and of_archive is None:
        return translator.html("renewal-space-not-sold")
    held = held_extra(mailbox)
    price = extra_price(facts.catalogue, plan, item.extra)
    found = [counter for counter in (of_mailbox, of_archive) if counter is not None]
    return blocks(
        lines_of(
            [
                None if of_mailbox is None else _paragraph(translator, "renewal-space-mailbox", of_mailbox),
                None if of_archive is None else _paragraph(translator, "renewal-space-archive", of_archive),
                translator.html("renewal-space-now", extra=extra_words(translator, held))
                if held != item.extra
                else None,
            ]
        ),
        folded(
            lines_of(
                [
                    *(_limits(translator, counter) for counter in found),
                    translator.html(
                        "renewal-space-price" if price else "renewal-space-price-none", price=price
                    ),
                ]
            ),
            usage_note(translator, mailbox, facts),
        ),
    )


def _limits(translator: Translator, counter: Counter) -> Safe:
    return translator.html(
        "renewal-space-limits-of", which=counter.which, limits=counter_text(translator, counter)
    )


def _paragraph(translator: Translator, key: str, counter: Counter) -> Safe:
    if counter.used is None:
        usage = translator.plain("renewal-space-used-unknown")
    elif counter.used >= (counter.included + counter.extra) * _WORTH_SAYING:
        usage = translator.plain("renewal-space-used", gb=rounded_up(counter.used))
    else:
        usage = ""
    return translator.html(
        key,
        included=counter.included,
        extra=counter.extra,
        price=counter.price,
        usage=usage,
        says_usage="yes" if usage else "no",
    )
