"""How a draft changes: one function for each thing the customer can choose (DOMAIN.md 3.1 to 3.8).

Each takes a draft and the facts and returns a new draft, or raises `ChoiceRefused`: the chat can offer a button, but
only these rules let it act. What is answered in forms is in `bot.domain.form_answers`.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.domain.calendar import Arrival
from bot.domain.catalogue import DocumentId
from bot.domain.drafts import (
    Acceptance,
    Draft,
    Facts,
    Item,
    accepted,
    archive_at_risk,
    as_it_is,
    cannot_stay,
    documents_for,
    effective_registrant,
    initial_item,
    loses_unconfirmed_archive,
    method_arrival,
    methods_for,
    unfit_items,
    with_item,
    year_choices,
)
from bot.domain.errors import RinnovoError
from bot.domain.mailboxes import Mailbox
from bot.domain.plans import choosable_plans
from bot.domain.registrant import problems
from bot.domain.space import ExtraSpace, fit, recompute


class Refusal(StrEnum):
    """Why a choice is not taken. Each has its text for the user."""

    NO_MAILBOX = "no-mailbox"
    TOO_MANY_MAILBOXES = "too-many-mailboxes"
    MAILBOX_NOT_RENEWABLE = "mailbox-not-renewable"
    OTHER_HOLDER = "other-holder"
    PLAN_NOT_ON_SALE = "plan-not-on-sale"
    SPACE_TOO_SMALL = "space-too-small"
    ARCHIVE_LOSS_UNCONFIRMED = "archive-loss-unconfirmed"
    SPACE_NOT_SOLD = "space-not-sold"
    SPACE_BELOW_ZERO = "space-below-zero"
    SPACE_BELOW_USED = "space-below-used"
    SPACE_ABOVE_CAP = "space-above-cap"
    KIT_NOT_SOLD = "kit-not-sold"
    KIT_INCOMPLETE = "kit-incomplete"
    REGISTRANT_INCOMPLETE = "registrant-incomplete"
    METHOD_NOT_OFFERED = "method-not-offered"
    METHOD_TOO_LATE = "method-too-late"
    AUTO_RENEW_NOT_CARRIED = "auto-renew-not-carried"
    YEARS_NOT_OFFERED = "years-not-offered"
    DOCUMENT_NOT_OFFERED = "document-not-offered"
    INCOMPLETE = "incomplete"


class ChoiceRefused(RinnovoError):
    """A choice that the rules do not allow; the draft is unchanged. Each reason has a text of its own."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.text = f"refusal-{reason.value}"


def toggle_mailbox(draft: Draft, facts: Facts, mailbox_id: int) -> Draft:
    """Set or clear the flag of a mailbox (DOMAIN.md 3.1)."""
    if any(item.mailbox_id == mailbox_id for item in draft.items):
        return replace(draft, items=tuple(i for i in draft.items if i.mailbox_id != mailbox_id))
    mailbox = facts.mailboxes.get(mailbox_id)
    if mailbox is None:
        raise ChoiceRefused(Refusal.OTHER_HOLDER)
    if facts.blocker(mailbox_id) is not None:
        raise ChoiceRefused(Refusal.MAILBOX_NOT_RENEWABLE)
    if len(draft.items) >= facts.catalogue.rules.max_mailboxes:
        raise ChoiceRefused(Refusal.TOO_MANY_MAILBOXES)
    return _with_mailboxes(draft, facts, [mailbox])


def select_all(draft: Draft, facts: Facts) -> Draft:
    """Set the flag of every renewable mailbox; of the soonest, when an order cannot hold them all."""
    chosen = {item.mailbox_id for item in draft.items}
    others = [mailbox for mailbox in facts.renewable if mailbox.id not in chosen]
    return _with_mailboxes(draft, facts, others[: max(0, facts.catalogue.rules.max_mailboxes - len(chosen))])


def select_none(draft: Draft) -> Draft:
    """Clear the flags of all mailboxes."""
    return replace(draft, items=())


def _with_mailboxes(draft: Draft, facts: Facts, mailboxes: Iterable[Mailbox]) -> Draft:
    items = [*draft.items, *(initial_item(mailbox, facts.catalogue) for mailbox in mailboxes)]
    items.sort(key=lambda item: (facts.mailboxes[item.mailbox_id].expires_on, item.mailbox_id))
    return replace(draft, items=tuple(items))


def require_mailboxes(draft: Draft, facts: Facts) -> None:
    """Hold what leaving the choice of mailboxes asks for: some, and all of them renewable still (DOMAIN.md 3.1).

    Raises:
        ChoiceRefused: they are not.
    """
    if not draft.items:
        raise ChoiceRefused(Refusal.NO_MAILBOX)
    if any(facts.blocker(item.mailbox_id) for item in draft.items):
        raise ChoiceRefused(Refusal.MAILBOX_NOT_RENEWABLE)


def require_fitting_plans(draft: Draft, facts: Facts) -> None:
    """Hold what leaving the choice of plans asks for: all is on sale, and the used space fits it (DOMAIN.md 3.2).

    Raises:
        ChoiceRefused: it does not, or there is no mailbox at all.
    """
    if not draft.items:
        raise ChoiceRefused(Refusal.NO_MAILBOX)
    for item in unfit_items(draft, facts):
        mailbox, plan = facts.mailboxes[item.mailbox_id], facts.catalogue.plans[item.plan_id]
        if item.plan_id != mailbox.plan_id and plan not in choosable_plans(facts.catalogue, mailbox):
            raise ChoiceRefused(Refusal.PLAN_NOT_ON_SALE)
        if item.extra.mailbox_gb > plan.extra_mailbox_cap or item.extra.archive_gb > plan.extra_archive_cap:
            raise ChoiceRefused(Refusal.SPACE_ABOVE_CAP)
        if loses_unconfirmed_archive(item, facts):
            raise ChoiceRefused(Refusal.ARCHIVE_LOSS_UNCONFIRMED)
        raise ChoiceRefused(Refusal.SPACE_TOO_SMALL)


def item_of(draft: Draft, mailbox_id: int) -> Item:
    """The item of this mailbox.

    Raises:
        ChoiceRefused: when the mailbox is not in the draft.
    """
    for item in draft.items:
        if item.mailbox_id == mailbox_id:
            return item
    raise ChoiceRefused(Refusal.NO_MAILBOX)


def choose_plan(
    draft: Draft, facts: Facts, mailbox_id: int, plan_id: str, *, archive_loss_confirmed: bool = False
) -> Draft:
    """Keep or change the plan of a mailbox; the extra GB are recomputed (DOMAIN.md 3.2 and 3.3).

    Raises:
        ChoiceRefused: the plan is not on sale, the used space cannot fit it, or a non-empty archive would be
            destroyed and the second confirmation is missing.
    """
    item = item_of(draft, mailbox_id)
    mailbox = facts.mailboxes[mailbox_id]
    plan = facts.catalogue.plans.get(plan_id)
    if plan is None:
        raise ChoiceRefused(Refusal.PLAN_NOT_ON_SALE)
    if plan_id != mailbox.plan_id:
        if plan not in choosable_plans(facts.catalogue, mailbox):
            raise ChoiceRefused(Refusal.PLAN_NOT_ON_SALE)
        if not fit(plan, mailbox.usage).possible:
            raise ChoiceRefused(Refusal.SPACE_TOO_SMALL)
    loss = archive_at_risk(mailbox, plan, facts)
    if loss and not archive_loss_confirmed:
        raise ChoiceRefused(Refusal.ARCHIVE_LOSS_UNCONFIRMED)
    wanted = item.extra if plan_id == item.plan_id else _wanted_extra(item, mailbox, facts)
    return with_item(draft, Item(mailbox_id, plan_id, recompute(plan, mailbox.usage, wanted), loss or None))


def _wanted_extra(item: Item, mailbox: Mailbox, facts: Facts) -> ExtraSpace:
    """The extra GB that the customer wants under any plan: as chosen, else those that the mailbox has now.

    GB that only the plan being left made necessary, or did not sell, are not a choice: nothing that costs money
    stays behind from a plan that was looked at.
    """
    held = ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    given = recompute(facts.catalogue.plans[item.plan_id], mailbox.usage, held)
    return ExtraSpace(
        held.mailbox_gb if item.extra.mailbox_gb == given.mailbox_gb else item.extra.mailbox_gb,
        held.archive_gb if item.extra.archive_gb == given.archive_gb else item.extra.archive_gb,
    )


def choose_space(draft: Draft, facts: Facts, mailbox_id: int, extra: ExtraSpace) -> Draft:
    """Set the extra GB of a mailbox, between what the used space needs and the plan's cap (DOMAIN.md 3.3)."""
    item = item_of(draft, mailbox_id)
    plan = facts.catalogue.plans[item.plan_id]
    missing = fit(plan, facts.mailboxes[mailbox_id].usage).missing
    if extra.mailbox_gb < 0 or extra.archive_gb < 0:
        raise ChoiceRefused(Refusal.SPACE_BELOW_ZERO)
    if (extra.mailbox_gb and plan.extra_mailbox_price is None) or (
        extra.archive_gb and plan.extra_archive_price is None
    ):
        raise ChoiceRefused(Refusal.SPACE_NOT_SOLD)
    if extra.mailbox_gb < missing.mailbox_gb or extra.archive_gb < missing.archive_gb:
        raise ChoiceRefused(Refusal.SPACE_BELOW_USED)
    if extra.mailbox_gb > plan.extra_mailbox_cap or extra.archive_gb > plan.extra_archive_cap:
        raise ChoiceRefused(Refusal.SPACE_ABOVE_CAP)
    return with_item(draft, replace(item, extra=extra))


def check_space_again(draft: Draft, facts: Facts, mailbox_id: int) -> Draft:
    """Start the space of a mailbox again from the GB that it has now and the space in use now (DOMAIN.md 3.2).

    For who has deleted messages: GB that only the deleted ones had needed are not paid for.
    """
    item, mailbox = item_of(draft, mailbox_id), facts.mailboxes[mailbox_id]
    held = ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    plan = facts.catalogue.plans[item.plan_id]
    return with_item(draft, replace(item, extra=recompute(plan, mailbox.usage, held)))


def step_space(draft: Draft, facts: Facts, mailbox_id: int, mailbox_gb: int, archive_gb: int) -> Draft:
    """Add to the extra GB of a mailbox, or take away.

    A long step ends at the limit; one that begins there is refused as `choose_space` refuses it.
    """
    item = item_of(draft, mailbox_id)
    wanted = ExtraSpace(item.extra.mailbox_gb + mailbox_gb, item.extra.archive_gb + archive_gb)
    plan = facts.catalogue.plans[item.plan_id]
    reachable = recompute(plan, facts.mailboxes[mailbox_id].usage, wanted)
    return choose_space(draft, facts, mailbox_id, wanted if reachable == item.extra else reachable)


def choose_method(draft: Draft, facts: Facts, method_id: str) -> Draft:
    """Choose how to pay. Automatic renewal is never switched on by it, and ends with a method without it."""
    if not draft.items:
        raise ChoiceRefused(Refusal.NO_MAILBOX)
    method = facts.catalogue.methods.get(method_id)
    if method is None or method not in methods_for(draft, facts):
        raise ChoiceRefused(Refusal.METHOD_NOT_OFFERED)
    if method_arrival(draft, facts, method) is Arrival.AFTER_DELETION:
        raise ChoiceRefused(Refusal.METHOD_TOO_LATE)
    return replace(draft, method_id=method_id, auto_renew=draft.auto_renew and method.carries_auto_renew)


def set_auto_renew(draft: Draft, facts: Facts, *, on: bool) -> Draft:
    """Tick or untick automatic renewal, which only some methods carry (DOMAIN.md 3.6)."""
    method = facts.catalogue.methods.get(draft.method_id or "")
    if on and (method is None or not method.carries_auto_renew):
        raise ChoiceRefused(Refusal.AUTO_RENEW_NOT_CARRIED)
    return replace(draft, auto_renew=on)


def choose_years(draft: Draft, facts: Facts, years: int) -> Draft:
    """Choose the frequency (DOMAIN.md 3.7)."""
    if years not in year_choices(draft, facts):
        raise ChoiceRefused(Refusal.YEARS_NOT_OFFERED)
    return replace(draft, years=years)


def renew_as_it_is(draft: Draft, facts: Facts, years: int) -> Draft:
    """The express way: same plan and space, no kit, same data, `years`; the payment remains to be chosen.

    The registrant data are confirmed only where they are complete: otherwise they remain a gap.

    Raises:
        ChoiceRefused: the used space does not fit the mailbox as it is, or the years are not on offer.
    """
    if cannot_stay(draft, facts):
        raise ChoiceRefused(Refusal.SPACE_TOO_SMALL)
    draft = as_it_is(draft, facts)
    complete = not problems(effective_registrant(draft, facts))
    return choose_years(replace(draft, registrant_confirmed=complete), facts, years)


def toggle_acceptance(draft: Draft, facts: Facts, document_id: DocumentId, language: str) -> Draft:
    """Tick or untick one document, with the version in force, the language it was shown in, and the time."""
    offered = {document.id: document for document in documents_for(draft, facts)}
    if document_id not in offered:
        raise ChoiceRefused(Refusal.DOCUMENT_NOT_OFFERED)
    others = tuple(tick for tick in draft.acceptances if tick.document is not document_id)
    if document_id in accepted(draft, facts):
        return replace(draft, acceptances=others)
    tick = Acceptance(document_id, offered[document_id].version, language, facts.now)
    return replace(draft, acceptances=(*others, tick))
