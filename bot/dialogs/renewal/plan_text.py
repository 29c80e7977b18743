"""What the choice of a plan says: the plans, and of a change what is lost, then what is gained (DOMAIN.md 3.2)."""

from dataclasses import dataclass

from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import (
    delete_words,
    extra_words,
    held_extra,
    includes,
    lines_of,
    over_lines,
    promotion_line,
    rounded_up,
    usage_note,
)
from bot.dialogs.widgets import Choice
from bot.domain.catalogue import Plan
from bot.domain.choices import choose_plan, item_of
from bot.domain.drafts import Item, draft_quote, initial_item, item_quote, with_item
from bot.domain.mailboxes import Mailbox
from bot.domain.money import Cents
from bot.domain.plans import PlanChange
from bot.domain.prices import extra_price
from bot.domain.renewal import Renewal
from bot.domain.space import ExtraSpace, fit, overflow
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.texts import Safe, Translator


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of plan that is shown before it is taken.

    `after` is what the change makes of `item`; None when it is not possible. `total` is then what the whole renewal
    costs with it, for the years chosen or for one, with all the extra GB that the used space forces; `difference` is
    how much that is above the renewal with this mailbox as it is now.
    """

    change: PlanChange
    mailbox: Mailbox
    item: Item
    after: Item | None
    total: Cents
    difference: Cents

    @property
    def needs_more(self) -> bool:
        """Whether the used space needs more GB than the plan includes and the mailbox has beside it now."""
        missing, held = self.change.fit.missing, held_extra(self.mailbox)
        return missing.mailbox_gb > held.mailbox_gb or missing.archive_gb > held.archive_gb


def proposal(renewal: Renewal, change: PlanChange, item: Item) -> Proposal:
    """The change with what it makes of the item: the rules are asked, nothing is changed."""
    draft, facts = renewal.draft, renewal.facts
    mailbox = facts.mailboxes[item.mailbox_id]
    if not change.fit.possible:
        return Proposal(change, mailbox, item, None, 0, 0)
    changed = choose_plan(draft, facts, mailbox.id, change.new.id, archive_loss_confirmed=True)
    total = draft_quote(changed, facts).due
    as_now = draft_quote(with_item(draft, initial_item(mailbox, facts.catalogue)), facts).due
    return Proposal(change, mailbox, item, item_of(changed, mailbox.id), total, total - as_now)


def new_total(translator: Translator, renewal: Renewal, proposed: Proposal) -> Safe:
    """What the renewal would cost with the change, in place of the running total: never both on one screen."""
    years = renewal.draft.years
    return translator.html(
        "renewal-total-new",
        due=proposed.total,
        one_year=years is None,
        years=years or 1,
        sign="same" if not proposed.difference else "more" if proposed.difference > 0 else "less",
        difference=abs(proposed.difference),
        split=renewal.quote.split_payment,
    )


def plans_text(translator: Translator, renewal: Renewal, own: Plan, plans: tuple[Plan, ...]) -> Safe:
    """The plans to choose from: the space of each and, folded, what else they can do and what the prices are.

    That the `own` plan cannot be taken up again once it is left is never folded.
    """
    html, catalogue = translator.html, renewal.facts.catalogue
    also: dict[tuple[str, ...], list[str]] = {}
    for plan in plans:
        also.setdefault(plan.features, []).append(named(translator, plan.names))
    return blocks(
        lines_of(
            [
                *(
                    html(
                        "renewal-plan-line",
                        plan=named(translator, plan.names),
                        includes=includes(translator, plan),
                    )
                    for plan in plans
                ),
                None if own.on_sale else html("renewal-plan-withdrawn", current=named(translator, own.names)),
            ]
        ),
        folded(
            html("renewal-plan-prices", split=renewal.quote.split_payment),
            lines_of(
                html(
                    "renewal-plan-also",
                    plans=tuple(names),
                    features=" · ".join(
                        named(translator, catalogue.features[feature]) for feature in features
                    ),
                )
                for features, names in also.items()
                if features
            ),
        ),
    )


def plan_choices(
    translator: Translator, renewal: Renewal, item: Item, plans: tuple[Plan, ...]
) -> list[Choice]:
    """The buttons of plans: what the mailbox costs with each for a year, and the difference from now.

    Both have the extra GB that the mailbox would keep, or that its used space forces: a saving is what is saved.
    """
    facts = renewal.facts
    now = initial_item(facts.mailboxes[item.mailbox_id], facts.catalogue)
    price = item_quote(now, renewal.draft, facts).due
    return [_plan_choice(translator, renewal, item, plan, price) for plan in plans]


def _plan_choice(translator: Translator, renewal: Renewal, item: Item, plan: Plan, price: Cents) -> Choice:
    draft, facts = renewal.draft, renewal.facts
    mailbox, due = facts.mailboxes[item.mailbox_id], price
    if plan.id == mailbox.plan_id:
        key = "renewal-plan-choice-current"
    elif not fit(plan, mailbox.usage).possible:
        key = "renewal-plan-choice-unfit"
    else:
        changed = choose_plan(draft, facts, mailbox.id, plan.id, archive_loss_confirmed=True)
        due = item_quote(item_of(changed, mailbox.id), draft, facts).due
        key = f"renewal-plan-choice-{'same' if due == price else 'more' if due > price else 'less'}"
    label = translator.plain(key, plan=named(translator, plan.names), price=due, difference=abs(due - price))
    return Choice.one_of(plan.id, label, chosen=plan.id == item.plan_id)


def change_text(translator: Translator, renewal: Renewal, proposed: Proposal) -> Safe:
    """Everything about a change, before it is taken."""
    change, mailbox = proposed.change, proposed.mailbox
    losses, gains = _losses(translator, renewal, proposed), _gains(translator, renewal, change)
    why, needed = _space(translator, renewal, proposed)
    return blocks(
        lines_of([translator.html("renewal-plan-losses"), *losses])
        if losses
        else translator.html("renewal-plan-loses-nothing"),
        lines_of([translator.html("renewal-plan-gains"), *gains]) if gains else None,
        promotion_line(translator, mailbox, change.new, renewal.facts),
        why,
        folded(
            needed,
            usage_note(translator, mailbox, renewal.facts),
            translator.html("renewal-plan-when") if change.fit.possible else None,
        ),
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


def _space(translator: Translator, renewal: Renewal, proposed: Proposal) -> tuple[Safe | None, Safe | None]:
    """The space check against the space used, and what is needed or covers it; neither where the plan's own fits."""
    change, mailbox, none = proposed.change, proposed.mailbox, ExtraSpace(0, 0)
    over = overflow(change.new, mailbox.usage, none)
    if not over:
        return None, None
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
    return why, what


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
