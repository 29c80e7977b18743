"""A renewal under way: the choices made so far, and what they still lack.

A `Draft` holds only what the customer chose. `Facts` is the world around it at this instant. Everything that a screen
shows of a renewal is computed here from the two; `bot.domain.choices` is how a draft changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from bot.domain.calendar import Arrival, arrival
from bot.domain.catalogue import Catalogue, Document, DocumentId, Kit, PaymentMethod, Plan, Promotion
from bot.domain.deadlines import Limits, limits_of
from bot.domain.mailboxes import Blocker, Mailbox, blocker, usage_is_current
from bot.domain.notice_ways import NoticeWay
from bot.domain.plans import PlanChange, choosable_plans, plan_change
from bot.domain.prices import PricedItem, Quote, max_years, promotion_for, quote
from bot.domain.registrant import (
    KitHolder,
    Registrant,
    ShippingAddress,
    kit_holder_problems,
    problems,
    shipping_problems,
)
from bot.domain.space import ExtraSpace, fit, recompute
from bot.domain.steps import Step

UNKNOWN_LOSS = Decimal("Infinity")
"""A loss of unknown size: whoever accepts it accepts any."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one mailbox is to have after the renewal.

    `accepted_loss` are the GB of archive whose destruction was confirmed for this plan (`UNKNOWN_LOSS` when nobody
    could say how many), None when nothing was (DOMAIN.md 3.2).
    """

    mailbox_id: int
    plan_id: str
    extra: ExtraSpace
    accepted_loss: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KitChoice:
    """The answer to the offer of a kit: `kit_id` None is a plain no (DOMAIN.md 3.4)."""

    kit_id: str | None
    holder: KitHolder | None
    shipping: ShippingAddress | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One tick: the document, its version and language as they were shown, and the instant (UTC)."""

    document: DocumentId
    version: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """The choices of one renewal. None, or an empty tuple, is "not chosen yet": nothing is preselected.

    `registrant` is the corrected copy, None while the operator's data stand as they are. `notice_by` is how the notices
    of automatic renewals are wanted, None while that stays as it is. `step` is where the conversation stands, `way`
    what was gone through before (see `bot.domain.ways`), `express` whether that is the short way, None before it parts.
    """

    id: int
    chat_id: int
    holder_id: int
    step: Step
    items: tuple[Item, ...]
    kit: KitChoice | None
    registrant: Registrant | None
    registrant_confirmed: bool
    method_id: str | None
    auto_renew: bool
    years: int | None
    acceptances: tuple[Acceptance, ...]
    notice_by: NoticeWay | None = None
    way: tuple[Step, ...] = ()
    express: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The world around a draft: the catalogue in force, the holder's mailboxes and data, and the time.

    `mailboxes` holds every mailbox of the holder, also those that are not renewable, by id. `registrant` is the
    data on file. `today` and `at` are the day and the hour of `now` in the operator's time zone.
    """

    catalogue: Catalogue
    mailboxes: Mapping[int, Mailbox]
    registrant: Registrant
    now: datetime
    today: date
    at: time

    def blocker(self, mailbox_id: int) -> Blocker | None:
        """Why this mailbox cannot be renewed here, if it cannot."""
        return blocker(self.mailboxes[mailbox_id], self.catalogue, self.today)

    @property
    def renewable(self) -> tuple[Mailbox, ...]:
        """The mailboxes that can be renewed, soonest expiry first."""
        found = [box for box in self.mailboxes.values() if self.blocker(box.id) is None]
        return tuple(sorted(found, key=lambda box: (box.expires_on, box.address)))


class Gap(StrEnum):
    """What still keeps a draft from becoming an order, in the order in which it is asked."""

    MAILBOX = "mailbox"
    SPACE = "space"
    KIT = "kit"
    REGISTRANT = "registrant"
    PAYMENT = "payment"
    YEARS = "years"


def initial_item(mailbox: Mailbox, catalogue: Catalogue) -> Item:
    """The mailbox as it is: its plan and extra GB, raised where the used space needs more (DOMAIN.md 3.3)."""
    held = ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    plan = catalogue.plans[mailbox.plan_id]
    return Item(mailbox.id, plan.id, recompute(plan, mailbox.usage, held))


def as_it_is(draft: Draft, facts: Facts) -> Draft:
    """The draft with every mailbox as it is now, no kit, and no choice of the customer's among the items.

    Where `cannot_stay` names a mailbox this is the nearest that its plan and its used space allow.
    """
    items = tuple(initial_item(facts.mailboxes[item.mailbox_id], facts.catalogue) for item in draft.items)
    return replace(draft, items=items, kit=KitChoice(None, None, None))


def cannot_stay(draft: Draft, facts: Facts) -> tuple[Mailbox, ...]:
    """The mailboxes of the draft that cannot be renewed as they are, since the used space does not fit."""
    plain = as_it_is(draft, facts)
    unfit = {item.mailbox_id for item in unfit_items(plain, facts)}
    boxes = {item.mailbox_id: facts.mailboxes[item.mailbox_id] for item in plain.items}
    return tuple(
        boxes[item.mailbox_id]
        for item in plain.items
        if item.mailbox_id in unfit or not keeps(item, boxes[item.mailbox_id])
    )


def keeps(item: Item, mailbox: Mailbox) -> bool:
    """Whether the mailbox keeps the plan and the extra GB that it has now."""
    held = ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    return item.plan_id == mailbox.plan_id and item.extra == held


def reconciled(draft: Draft, facts: Facts) -> Draft:
    """The draft without what the world has taken away: mailboxes that left the holder, plans that exist no more.

    A mailbox whose chosen plan was taken out of the catalogue is as it was before it was chosen.
    """
    known = (item for item in draft.items if item.mailbox_id in facts.mailboxes)
    items = tuple(
        item
        if item.plan_id in facts.catalogue.plans
        else initial_item(facts.mailboxes[item.mailbox_id], facts.catalogue)
        for item in known
    )
    return draft if items == draft.items else replace(draft, items=items)


def effective_registrant(draft: Draft, facts: Facts) -> Registrant:
    """The registrant data of this renewal: as corrected, or as they are on file.

    The reference e-mail is the customer's, for all holders: it changes by a code that is mailed, never with a draft.
    """
    if draft.registrant is None:
        return facts.registrant
    return replace(draft.registrant, reference_email=facts.registrant.reference_email)


def chosen_kit(draft: Draft, facts: Facts) -> Kit | None:
    """The kit in the order, if one was chosen and is still sold."""
    if not facts.catalogue.rules.kit_step or draft.kit is None or draft.kit.kit_id is None:
        return None
    return facts.catalogue.kits.get(draft.kit.kit_id)


def priced_items(draft: Draft, facts: Facts) -> tuple[PricedItem, ...]:
    """The items with their mailboxes, as the price function takes them."""
    return tuple(
        PricedItem(facts.mailboxes[item.mailbox_id], item.plan_id, item.extra) for item in draft.items
    )


def draft_quote(draft: Draft, facts: Facts, years: int | None = None) -> Quote:
    """The price of the draft for `years`, or for the years chosen, or for one while none are."""
    return quote(
        facts.catalogue,
        priced_items(draft, facts),
        kit=chosen_kit(draft, facts),
        years=years or draft.years or 1,
        split_payment=effective_registrant(draft, facts).splits_payment,
        today=facts.today,
    )


def item_quote(item: Item, draft: Draft, facts: Facts) -> Quote:
    """The price of one mailbox alone for a year, with VAT as the whole draft has it."""
    alone = replace(draft, items=(item,), kit=KitChoice(None, None, None))
    return draft_quote(alone, facts, 1)


def with_item(draft: Draft, changed: Item) -> Draft:
    """The draft with another choice for one of its mailboxes."""
    items = tuple(changed if item.mailbox_id == changed.mailbox_id else item for item in draft.items)
    return replace(draft, items=items)


def year_choices(draft: Draft, facts: Facts) -> range:
    """The frequencies on offer (DOMAIN.md 3.7)."""
    return range(1, max_years(facts.catalogue, priced_items(draft, facts), facts.today) + 1)


def promotions_of(draft: Draft, facts: Facts) -> tuple[Promotion, ...]:
    """The promotions that keep the frequencies below the operator's limit, each once (DOMAIN.md 3.7)."""
    found: dict[str, Promotion] = {}
    for item in priced_items(draft, facts):
        promotion = promotion_for(facts.catalogue, item.mailbox, item.plan_id, facts.today)
        if promotion is not None and promotion.max_years < facts.catalogue.rules.max_years:
            found[promotion.id] = promotion
    return tuple(found.values())


def methods_for(draft: Draft, facts: Facts) -> tuple[PaymentMethod, ...]:
    """The payment methods that this kind of holder may use (DOMAIN.md 3.6)."""
    kind = effective_registrant(draft, facts).kind
    return tuple(method for method in facts.catalogue.methods.values() if kind in method.kinds)


def chosen_method(draft: Draft, facts: Facts) -> PaymentMethod | None:
    """The payment method chosen, if the catalogue still has it."""
    return facts.catalogue.methods.get(draft.method_id or "")


def method_arrival(draft: Draft, facts: Facts, method: PaymentMethod) -> Arrival:
    """How a payment made today lies to the dates of the mailboxes, of which the draft has one at least."""
    return arrival(method, payment_limits(draft, facts), facts.today, facts.at)


def payment_limits(draft: Draft, facts: Facts) -> Limits:
    """The days before which the payment has to come, by the plans that the mailboxes have until it does."""
    return limits_of([facts.mailboxes[item.mailbox_id] for item in draft.items], facts.catalogue)


def documents_for(draft: Draft, facts: Facts) -> tuple[Document, ...]:
    """The documents to accept; the early start is for consumers alone (DOMAIN.md 3.8)."""
    consumer = effective_registrant(draft, facts).kind.is_consumer
    return tuple(
        document
        for document in facts.catalogue.documents.values()
        if consumer or document.id is not DocumentId.EARLY_START
    )


def accepted(draft: Draft, facts: Facts) -> frozenset[DocumentId]:
    """The documents accepted in the version now in force: a new version is to be accepted anew."""
    versions = {document.id: document.version for document in documents_for(draft, facts)}
    return frozenset(
        tick.document for tick in draft.acceptances if versions.get(tick.document) == tick.version
    )


def renewed_documents(draft: Draft, facts: Facts) -> frozenset[DocumentId]:
    """The documents that were accepted in a version which is no longer in force: they are asked again."""
    return frozenset(tick.document for tick in draft.acceptances) - accepted(draft, facts)


def all_required_accepted(draft: Draft, facts: Facts) -> bool:
    """Whether every acceptance that an order needs is there (the early start is optional)."""
    required = {document.id for document in documents_for(draft, facts)} - {DocumentId.EARLY_START}
    return required <= accepted(draft, facts)


def kit_is_complete(kit: Kit | None, choice: KitChoice) -> bool:
    """Whether the kit names its person and, when it has hardware, where to ship it (DOMAIN.md 3.4)."""
    if choice.kit_id is None:
        return True
    if kit is None or choice.holder is None or kit_holder_problems(choice.holder):
        return False
    return not kit.has_hardware or (choice.shipping is not None and not shipping_problems(choice.shipping))


def change_of_plan(mailbox: Mailbox, plan: Plan, facts: Facts) -> PlanChange:
    """The change to this plan, as it is shown before it is taken (DOMAIN.md 3.2)."""
    current = usage_is_current(mailbox.usage, facts.catalogue, facts.now)
    return plan_change(facts.catalogue, mailbox, plan, facts.today, current_usage=current)


def archive_at_risk(mailbox: Mailbox, plan: Plan, facts: Facts) -> Decimal:
    """The GB of archive that this plan would destroy: 0 for none, `UNKNOWN_LOSS` when nobody can say (3.2)."""
    change = change_of_plan(mailbox, plan, facts)
    if not change.needs_second_confirmation:
        return Decimal(0)
    return UNKNOWN_LOSS if change.archive_gb_destroyed is None else change.archive_gb_destroyed


def loses_unconfirmed_archive(item: Item, facts: Facts) -> bool:
    """Whether the plan would destroy an archive that holds more than its owner agreed to lose."""
    plan = facts.catalogue.plans[item.plan_id]
    at_risk = archive_at_risk(facts.mailboxes[item.mailbox_id], plan, facts)
    return at_risk > (item.accepted_loss or 0)


def unfit_items(draft: Draft, facts: Facts) -> tuple[Item, ...]:
    """The items that cannot be ordered as they were chosen, and have to be changed before an order is placed.

    The used space does not fit, what was chosen is no longer sold (the plan, or that many extra GB), or more of an
    archive would be destroyed than was confirmed.
    """
    found = []
    for item in draft.items:
        mailbox = facts.mailboxes[item.mailbox_id]
        plan = facts.catalogue.plans[item.plan_id]
        kept = item.plan_id == mailbox.plan_id
        if (
            not (kept or plan in choosable_plans(facts.catalogue, mailbox))
            or not fit(plan, mailbox.usage).possible
            or item.extra != recompute(plan, mailbox.usage, item.extra)
            or loses_unconfirmed_archive(item, facts)
        ):
            found.append(item)
    return tuple(found)


def gaps(draft: Draft, facts: Facts) -> tuple[Gap, ...]:
    """Everything that still has to be chosen, completed or chosen again, in the order of the steps."""
    found: list[Gap] = []
    if not draft.items or any(facts.blocker(item.mailbox_id) for item in draft.items):
        found.append(Gap.MAILBOX)
        return tuple(found)
    if unfit_items(draft, facts):
        found.append(Gap.SPACE)
    offers_kit = facts.catalogue.rules.kit_step and bool(facts.catalogue.kits)
    if offers_kit and (draft.kit is None or not kit_is_complete(chosen_kit(draft, facts), draft.kit)):
        found.append(Gap.KIT)
    if not draft.registrant_confirmed or problems(effective_registrant(draft, facts)):
        found.append(Gap.REGISTRANT)
    method = chosen_method(draft, facts)
    if (
        method is None
        or method not in methods_for(draft, facts)
        or (draft.auto_renew and not method.carries_auto_renew)
        or method_arrival(draft, facts, method) is Arrival.AFTER_DELETION
    ):
        found.append(Gap.PAYMENT)
    if draft.years not in year_choices(draft, facts):
        found.append(Gap.YEARS)
    return tuple(found)
