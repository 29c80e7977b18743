"""What it costs to keep a mailbox as it is, for messages about a renewal that nobody has begun."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bot.domain.calendar import Arrival, arrival
from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import limits_of
from bot.domain.drafts import initial_item, keeps
from bot.domain.mailboxes import Mailbox, blocker
from bot.domain.money import Cents
from bot.domain.prices import PricedItem, Quote, max_years, promotion_for, quote
from bot.domain.registrant import HolderKind, Registrant
from bot.domain.seals import digest, seal
from bot.domain.space import fit

_MARK: Final = 6
"""Characters of the digest of how a mailbox, or several, are."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """How a mailbox was last renewed here: for how many years, and by which method."""

    years: int
    method_id: str


@dataclass(frozen=True, slots=True)
class AsItIs:
    """A renewal that one button names whole (docs/decisions/023): the mailbox stays as it is.

    Attributes:
        years: for how long: as the last time, or one.
        due: cents for these years.
        method_id: how it was paid the last time, where that is possible and in time; None where it is to be chosen.
        again: whether it is for as long as the last time here, rather than for one year since there was none.
        mark: a digest of how the mailbox is.
    """

    years: int
    due: Cents
    method_id: str | None
    again: bool
    mark: str


def price_as_it_is(
    catalogue: Catalogue, mailbox: Mailbox, years: int, *, split_payment: bool, today: date
) -> Quote | None:
    """The price of renewing with the plan and the extra GB that the mailbox has now (DOMAIN.md 6).

    None where that cannot be ordered: the used space does not fit, the plan is unknown or renewed with its domain.

    Args:
        catalogue: the prices in force.
        mailbox: what is renewed.
        years: for how long; no longer than a promotion allows.
        split_payment: whether its holder declared split payment.
        today: the date on which promotions are judged.
    """
    plan = catalogue.plans.get(mailbox.plan_id)
    if plan is None or plan.own_domain or not fit(plan, mailbox.usage).possible:
        return None
    item = initial_item(mailbox, catalogue)
    if not keeps(item, mailbox):
        return None
    priced = (PricedItem(mailbox, item.plan_id, item.extra),)
    term = min(years, max_years(catalogue, priced, today))
    return quote(catalogue, priced, kit=None, years=term, split_payment=split_payment, today=today)


def renewal_as_it_is(
    catalogue: Catalogue,
    mailbox: Mailbox,
    holder: Registrant,
    last: LastTime | None,
    *,
    today: date,
    at: time,
) -> AsItIs | None:
    """What a button may name for this mailbox; None where the customer has more to know before choosing.

    That is so with a promotion, space that has to be bought, a plan that is withdrawn from sale, and whatever cannot be
    renewed here by now.
    """
    plan = catalogue.plans.get(mailbox.plan_id)
    if plan is None or not plan.on_sale or blocker(mailbox, catalogue, today) is not None:
        return None
    if promotion_for(catalogue, mailbox, plan.id, today) is not None:
        return None
    again = last if last is not None and last.years <= catalogue.rules.max_years else None
    years = 1 if again is None else again.years
    price = price_as_it_is(catalogue, mailbox, years, split_payment=holder.splits_payment, today=today)
    if price is None:
        return None
    method_id = None if again is None else again.method_id
    if method_id is not None and not pays_in_time(catalogue, method_id, holder.kind, [mailbox], today, at):
        method_id = None
    return AsItIs(years, price.due, method_id, again is not None, mark_of(mailbox))


def pays_in_time(
    catalogue: Catalogue,
    method_id: str,
    kind: HolderKind,
    mailboxes: Collection[Mailbox],
    today: date,
    at: time,
) -> bool:
    """Whether this kind of holder may pay by the method, and a payment made now comes before the expiry.

    Of what has expired already, before the deletion.
    """
    method = catalogue.methods.get(method_id)
    if method is None or kind not in method.kinds:
        return False
    limits = limits_of(mailboxes, catalogue)
    comes = arrival(method, limits, today, at)
    return comes is Arrival.IN_TIME or (comes is Arrival.AFTER_EXPIRY and limits.expiry < today)


def mark_of(mailbox: Mailbox) -> str:
    """A digest of what a renewal as it is rests on: plan, extra GB and expiry."""
    extra = (mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    return digest((mailbox.id, mailbox.plan_id, extra, mailbox.expires_on), _MARK)


def seal_as_it_is(marks: Iterable[str], due: Cents) -> str:
    """What a button carries of what it names: the seal of the cents due, and of how the mailboxes are."""
    return seal(due, digest(sorted(marks), _MARK))
