"""What the choice of a plan says: the plans, and of a change what is lost, then what is gained (DOMAIN.md 3.2)."""

from dataclasses import dataclass

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import (
    delete_words,
    extra_words,
    held_extra,
    includes,
    lines_of,
    named,
    over_lines,
    promotion_line,
    rounded_up,
    usage_note,
)
from bot.dialogs.widgets import Choice
from bot.domain.catalogue import Plan
from bot.domain.choices import choose_plan, item_of
from bot.domain.drafts import Item
from bot.domain.mailboxes import Mailbox
from bot.domain.plans import PlanChange, PlanOffer, plan_offers
from bot.domain.prices import extra_price
from bot.domain.renewal import Renewal
from bot.domain.space import ExtraSpace, overflow
from bot.texts import Safe, Translator


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of plan that is shown before it is taken.

    `after` is what the change makes of `item`; None when it is not possible.
    """

    change: PlanChange
    mailbox: Mailbox
    item: Item
    after: Item | None

    @property
    def needs_more(self) -> bool:
        """Whether the used space needs more GB than the plan includes and the mailbox has beside it now."""
        missing, held = self.change.fit.missing, held_extra(self.mailbox)
        return missing.mailbox_gb > held.mailbox_gb or missing.archive_gb > held.archive_gb


def proposal(renewal: Renewal, change: PlanChange, item: Item) -> Proposal:
    """The change with what it makes of the item: the rules are asked, nothing is changed."""
    mailbox = renewal.facts.mailboxes[item.mailbox_id]
    if not change.fit.possible:
        return Proposal(change, mailbox, item, None)
    changed = choose_plan(
        renewal.draft, renewal.facts, mailbox.id, change.new.id, archive_loss_confirmed=True
    )
    return Proposal(change, mailbox, item, item_of(changed, mailbox.id))


def plans_text(translator: Translator, renewal: Renewal, offers: tuple[PlanOffer, ...]) -> Safe:
    """The plans to choose from, with what each includes."""
    catalogue = renewal.facts.catalogue
    return lines_of(
        translator.html(
            "renewal-plan-line",
            plan=named(translator, offer.plan.names),
            includes=includes(translator, catalogue, offer.plan),
        )
        for offer in offers
    )


def plan_choice(translator: Translator, offer: PlanOffer, *, chosen: bool) -> Choice:
    """The button of a plan: its price for a year, and the difference from the current one."""
    if offer.is_current:
        key = "renewal-plan-choice-current"
    elif offer.difference == 0:
        key = "renewal-plan-choice-same"
    else:
        key = "renewal-plan-choice-more" if offer.difference > 0 else "renewal-plan-choice-less"
    label = translator.plain(
        key,
        plan=named(translator, offer.plan.names),
        price=offer.price,
        difference=abs(offer.difference),
    )
    return Choice.one_of(offer.plan.id, label, chosen=chosen)


def change_text(translator: Translator, renewal: Renewal, proposed: Proposal) -> Safe:
    """Everything about a change, before it is taken."""
    change, mailbox = proposed.change, proposed.mailbox
    losses, gains = _losses(translator, renewal, proposed), _gains(translator, renewal, change)
    return blocks(
        lines_of([translator.html("renewal-plan-losses"), *losses])
        if losses
        else translator.html("renewal-plan-loses-nothing"),
        lines_of([translator.html("renewal-plan-gains"), *gains]) if gains else None,
        _price(translator, renewal, proposed),
        promotion_line(translator, mailbox, change.new, renewal.facts),
        _space(translator, renewal, proposed),
        usage_note(translator, mailbox, renewal.facts),
        translator.html("renewal-plan-when") if change.fit.possible else None,
    )


def _losses(translator: Translator, renewal: Renewal, proposed: Proposal) -> list[Safe]:
    change, catalogue = proposed.change, renewal.facts.catalogue
    old, new = change.old, change.new
    lines = []
    if change.archive_closed:
        lines.append(_archive_loss(translator, change))
    if new.mailbox_gb < old.mailbox_gb:
        lines.append(
            translator.html("renewal-plan-loses-mailbox-gb", old_gb=old.mailbox_gb, new_gb=new.mailbox_gb)
        )
    if new.archive_gb < old.archive_gb and not change.archive_closed:
        lines.append(
            translator.html("renewal-plan-loses-archive-gb", old_gb=old.archive_gb, new_gb=new.archive_gb)
        )
    lines += [
        translator.html("renewal-plan-loses-feature", feature=named(translator, catalogue.features[feature]))
        for feature in change.lost_features
    ]
    lines += _extra_losses(translator, proposed)
    if change.promotion_lost and proposed.mailbox.promotion_id is not None:
        promotion = catalogue.promotions[proposed.mailbox.promotion_id]
        lines.append(
            translator.html("renewal-plan-loses-promotion", promotion=named(translator, promotion.names))
        )
    if not old.on_sale:
        lines.append(translator.html("renewal-plan-loses-withdrawn", old=named(translator, old.names)))
    return lines


def _archive_loss(translator: Translator, change: PlanChange) -> Safe:
    if change.archive_gb_destroyed is None:
        return translator.html("renewal-plan-loses-archive-unknown")
    if not change.archive_gb_destroyed:
        return translator.html("renewal-plan-loses-archive-empty")
    return translator.html("renewal-plan-loses-archive", gb=rounded_up(change.archive_gb_destroyed))


def _extra_losses(translator: Translator, proposed: Proposal) -> list[Safe]:
    """Extra GB that the new plan does not sell, or not as many."""
    if proposed.after is None:
        return []
    before, after = proposed.item.extra, proposed.after.extra
    lines = []
    if after.mailbox_gb < before.mailbox_gb:
        lines.append(
            translator.html(
                "renewal-plan-loses-extra-mailbox", old_gb=before.mailbox_gb, new_gb=after.mailbox_gb
            )
        )
    if after.archive_gb < before.archive_gb:
        lines.append(
            translator.html(
                "renewal-plan-loses-extra-archive", old_gb=before.archive_gb, new_gb=after.archive_gb
            )
        )
    return lines


def _gains(translator: Translator, renewal: Renewal, change: PlanChange) -> list[Safe]:
    old, new = change.old, change.new
    lines = []
    if new.mailbox_gb > old.mailbox_gb:
        lines.append(
            translator.html("renewal-plan-gains-mailbox-gb", old_gb=old.mailbox_gb, new_gb=new.mailbox_gb)
        )
    if new.archive_gb > old.archive_gb:
        lines.append(
            translator.html(
                "renewal-plan-gains-archive-gb" if old.has_archive else "renewal-plan-gains-archive",
                old_gb=old.archive_gb,
                new_gb=new.archive_gb,
            )
        )
    features = renewal.facts.catalogue.features
    lines += [
        translator.html("renewal-plan-gains-feature", feature=named(translator, features[feature]))
        for feature in change.gained_features
    ]
    return lines


def _price(translator: Translator, renewal: Renewal, proposed: Proposal) -> Safe:
    prices = {
        offer.plan.id: offer.price
        for offer in plan_offers(renewal.facts.catalogue, proposed.mailbox, renewal.facts.today)
    }
    change = proposed.change
    if change.difference == 0:
        key = "renewal-plan-price-same"
    else:
        key = "renewal-plan-price-more" if change.difference > 0 else "renewal-plan-price-less"
    return translator.html(
        key,
        old_price=prices[change.old.id],
        new_price=prices[change.new.id],
        difference=abs(change.difference),
    )


def _space(translator: Translator, renewal: Renewal, proposed: Proposal) -> Safe | None:
    """The space check against the space used: nothing to say where it fits in what the plan includes."""
    change, mailbox, none = proposed.change, proposed.mailbox, ExtraSpace(0, 0)
    over = overflow(change.new, mailbox.usage, none)
    if not over:
        return None
    name = named(translator, change.new.names)
    why = translator.html(
        "renewal-plan-space-over", new=name, over=over_lines(translator, mailbox, change.new, none, over)
    )
    if proposed.after is None:
        most = ExtraSpace(change.new.extra_mailbox_cap, change.new.extra_archive_cap)
        delete = delete_words(translator, overflow(change.new, mailbox.usage, most))
        what = translator.html("renewal-plan-space-impossible", new=name, delete=delete)
    else:
        extra = proposed.after.extra
        what = translator.html(
            "renewal-plan-space-bought" if proposed.needs_more else "renewal-plan-space-kept",
            extra=extra_words(translator, extra),
            price=extra_price(renewal.facts.catalogue, change.new, extra),
            delete=delete_words(translator, over),
        )
    return lines_of([why, what])


def recomputed_text(translator: Translator, plan: Plan, before: ExtraSpace, after: ExtraSpace) -> str:
    """That a change of plan changed the extra GB too, for an alert."""
    changes = []
    if after.mailbox_gb != before.mailbox_gb:
        changes.append(
            translator.plain(
                "renewal-plan-recomputed-mailbox", old_gb=before.mailbox_gb, new_gb=after.mailbox_gb
            )
        )
    if after.archive_gb != before.archive_gb:
        changes.append(
            translator.plain(
                "renewal-plan-recomputed-archive", old_gb=before.archive_gb, new_gb=after.archive_gb
            )
        )
    return translator.plain(
        "renewal-plan-recomputed", plan=named(translator, plan.names), changes=tuple(changes)
    )
