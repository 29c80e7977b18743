"""What the offer says of one mailbox and of several: today's facts, the price as it is, what is chosen so far."""

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import (
    delete_words,
    expiry_line,
    extra_line,
    extra_words,
    held_extra,
    lines_of,
    over_lines,
    plan_line,
    promotion_line,
    split_note,
    usage_note,
)
from bot.dialogs.renewal.year_labels import YearLabels, expiry_lines
from bot.domain.drafts import Item, initial_item, item_quote, keeps
from bot.domain.mailboxes import Mailbox
from bot.domain.prices import extra_price
from bot.domain.registrant import problems
from bot.domain.renewal import Renewal
from bot.domain.space import ExtraSpace, fit, overflow
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.texts import Safe, Translator

_NAMED = 5
"""How many mailboxes are named in a text; the rest are counted."""


def mailbox_text(translator: Translator, renewal: Renewal, express: YearLabels | None) -> Safe:
    """The only mailbox of a renewal: what it is, and what the years on the buttons keep of it, where there are any."""
    mailbox, item = renewal.mailboxes[0], renewal.draft.items[0]
    return blocks(
        _facts(translator, renewal, mailbox),
        None if express is None else _express(translator, renewal),
        None if express is None else expiry_lines(translator, renewal, express),
        *_choice(translator, renewal, item),
        folded(split_note(translator, renewal), usage_note(translator, mailbox, renewal.facts)),
    )


def _express(translator: Translator, renewal: Renewal) -> Safe:
    """What the short way keeps, and what it leaves to be chosen: incomplete data are still to be completed."""
    return translator.html(
        "renewal-offer-express",
        complete=not problems(renewal.registrant),
        split=renewal.quote.split_payment,
    )


def item_text(translator: Translator, renewal: Renewal, item: Item) -> Safe:
    """One mailbox of several."""
    mailbox = renewal.facts.mailboxes[item.mailbox_id]
    stays = mailbox not in renewal.cannot_stay
    return blocks(
        _facts(translator, renewal, mailbox),
        _price(translator, renewal, mailbox) if stays else None,
        *_choice(translator, renewal, item),
        folded(split_note(translator, renewal), usage_note(translator, mailbox, renewal.facts)),
    )


def list_text(translator: Translator, renewal: Renewal) -> Safe:
    """Above the list of several mailboxes."""
    tight = tight_mailboxes(renewal)
    others = len(tight) - _NAMED
    addresses = lines_of(
        [
            *(translator.html("renewal-offer-tight-address", address=box.address) for box in tight[:_NAMED]),
            translator.html("renewal-offer-tight-others", count=others) if others > 0 else None,
        ]
    )
    return blocks(
        lines_of(
            [
                translator.html("renewal-offer-list", split=renewal.quote.split_payment),
                None
                if renewal.cannot_stay
                else translator.html("renewal-offer-express-many", complete=not problems(renewal.registrant)),
            ]
        ),
        translator.html("renewal-offer-tight-list", addresses=addresses) if tight else None,
        folded(split_note(translator, renewal)),
    )


def tight_mailboxes(renewal: Renewal) -> tuple[Mailbox, ...]:
    """The mailboxes that keep their plan although the used space does not fit them as they are."""
    kept = {item.mailbox_id: item.plan_id for item in renewal.draft.items}
    return tuple(box for box in renewal.cannot_stay if kept[box.id] == box.plan_id)


def is_dead_end(renewal: Renewal, mailbox: Mailbox) -> bool:
    """Whether nothing can be bought that makes the used space fit the plan that the mailbox keeps."""
    plan = renewal.facts.catalogue.plans[mailbox.plan_id]
    return mailbox in tight_mailboxes(renewal) and not fit(plan, mailbox.usage).possible


def _choice(translator: Translator, renewal: Renewal, item: Item) -> tuple[Safe | None, Safe | None]:
    """Why the mailbox cannot stay as it is, and what is chosen for it so far: each only where it says something."""
    mailbox = renewal.facts.mailboxes[item.mailbox_id]
    if mailbox not in tight_mailboxes(renewal):
        return None, _chosen(translator, renewal, item)
    chosen = None if is_dead_end(renewal, mailbox) else _chosen(translator, renewal, item)
    return _tight(translator, renewal, item), chosen


def _facts(translator: Translator, renewal: Renewal, mailbox: Mailbox) -> Safe:
    """The mailbox as it is today."""
    facts = renewal.facts
    plan, extra = facts.catalogue.plans[mailbox.plan_id], held_extra(mailbox)
    return lines_of(
        [
            expiry_line(translator, mailbox, facts.catalogue, facts.today),
            plan_line(translator, plan),
            extra_line(translator, extra) if extra != ExtraSpace(0, 0) else None,
            promotion_line(translator, mailbox, plan, facts),
        ]
    )


def _price(translator: Translator, renewal: Renewal, mailbox: Mailbox) -> Safe:
    quote = item_quote(initial_item(mailbox, renewal.facts.catalogue), renewal.draft, renewal.facts)
    return translator.html("renewal-offer-price", due=quote.due, split=quote.split_payment)


def _chosen(translator: Translator, renewal: Renewal, item: Item) -> Safe | None:
    """What is chosen, where that is no longer the mailbox as it is."""
    facts = renewal.facts
    mailbox = facts.mailboxes[item.mailbox_id]
    if keeps(item, mailbox):
        return None
    quote = item_quote(item, renewal.draft, facts)
    return translator.html(
        "renewal-offer-chosen-extra" if item.extra != ExtraSpace(0, 0) else "renewal-offer-chosen",
        plan=named(translator, facts.catalogue.plans[item.plan_id].names),
        extra=extra_words(translator, item.extra),
        due=quote.due,
        split=quote.split_payment,
    )


def _tight(translator: Translator, renewal: Renewal, item: Item) -> Safe:
    """Why the mailbox cannot be renewed as it is, and what to do."""
    facts = renewal.facts
    mailbox = facts.mailboxes[item.mailbox_id]
    plan, held = facts.catalogue.plans[mailbox.plan_id], held_extra(mailbox)
    over = overflow(plan, mailbox.usage, held)
    if not over:
        return translator.html("renewal-offer-tight-terms")
    why = translator.html("renewal-offer-tight", over=over_lines(translator, mailbox, plan, held, over))
    if not fit(plan, mailbox.usage).possible:
        most = ExtraSpace(plan.extra_mailbox_cap, plan.extra_archive_cap)
        return blocks(
            why,
            translator.html(
                "renewal-offer-tight-impossible",
                plan=named(translator, plan.names),
                delete=delete_words(translator, overflow(plan, mailbox.usage, most)),
            ),
        )
    extra = initial_item(mailbox, facts.catalogue).extra
    bought = item.extra.mailbox_gb >= extra.mailbox_gb and item.extra.archive_gb >= extra.archive_gb
    return blocks(
        why,
        folded(
            translator.html(
                "renewal-offer-tight-bought" if bought else "renewal-offer-tight-needed",
                extra=extra_words(translator, extra),
                price=extra_price(facts.catalogue, plan, extra),
                delete=delete_words(translator, over),
            )
        ),
    )
