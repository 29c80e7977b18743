"""The one price function: screen, summary, order and callback all read their amounts here (DOMAIN.md 3.8).

VAT is computed line by line and rounded half up, and every total is the sum of its lines, so that no two screens
can disagree by a cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.catalogue import Catalogue, Kit, Plan, Promotion
from bot.domain.mailboxes import Mailbox
from bot.domain.money import Cents, gross, vat_on
from bot.domain.space import ExtraSpace


class LineKind(StrEnum):
    """What a line charges for."""

    PLAN = "plan"
    EXTRA_MAILBOX = "extra_mailbox"
    EXTRA_ARCHIVE = "extra_archive"
    KIT = "kit"
    SHIPPING = "shipping"


@dataclass(frozen=True, slots=True)
class PricedItem:
    """One mailbox with the plan and extra space that it is to have."""

    mailbox: Mailbox
    plan_id: str
    extra: ExtraSpace


@dataclass(frozen=True, slots=True)
class Line:
    """A priced line. `net = unit_net * quantity * years`; amounts in cents.

    `mailbox_id` is None for the kit and its shipping. `code` is the id of the plan or kit. `next_unit_net` is the
    unit price at the next renewal (the ordinary one, where a promotion lowers `unit_net`); None for what is paid
    once. `years` is 1 for what is paid once.
    """

    kind: LineKind
    code: str
    mailbox_id: int | None
    quantity: int
    years: int
    unit_net: Cents
    next_unit_net: Cents | None
    net: Cents
    vat_percent: Decimal
    vat: Cents

    @property
    def total(self) -> Cents:
        """VAT included."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Quote:
    """The lines and their sums in cents.

    `due` is what has to be paid: the total, or the taxable amount alone under split payment, where the public
    administration pays the VAT to the treasury itself (DOMAIN.md 3.5).
    """

    lines: tuple[Line, ...]
    years: int
    split_payment: bool

    @property
    def net(self) -> Cents:
        """The taxable amount."""
        return sum(line.net for line in self.lines)

    @property
    def vat(self) -> Cents:
        """The VAT of all lines."""
        return sum(line.vat for line in self.lines)

    @property
    def total(self) -> Cents:
        """VAT included."""
        return self.net + self.vat

    @property
    def due(self) -> Cents:
        """What the customer pays."""
        return self.net if self.split_payment else self.total


def split_payment_is_authorised(catalogue: Catalogue, today: date) -> bool:
    """Whether a public body that declared split payment pays without VAT today (DOMAIN.md 3.6).

    Afterwards the declaration is kept, and the whole total is due until the operator has confirmed a new end.
    """
    return today <= catalogue.rules.split_payment_until


def split_payment_has_ended(catalogue: Catalogue, on: date, *, declared: bool) -> bool:
    """Whether a holder who `declared` split payment pays the whole total on that day all the same (DOMAIN.md 3.6)."""
    return declared and not split_payment_is_authorised(catalogue, on)


def promotion_for(catalogue: Catalogue, mailbox: Mailbox, plan_id: str, today: date) -> Promotion | None:
    """The promotion that prices this mailbox under this plan today, if one does (DOMAIN.md 3.7)."""
    if mailbox.promotion_id is None:
        return None
    promotion = catalogue.promotions.get(mailbox.promotion_id)
    if promotion is None or today > promotion.until or plan_id not in promotion.prices:
        return None
    return promotion


def plan_price(catalogue: Catalogue, mailbox: Mailbox, plan_id: str, today: date) -> Cents:
    """The net price of a year of this plan for this mailbox today."""
    promotion = promotion_for(catalogue, mailbox, plan_id, today)
    return catalogue.plans[plan_id].price if promotion is None else promotion.prices[plan_id]


def extra_price(catalogue: Catalogue, plan: Plan, extra: ExtraSpace) -> Cents:
    """What these extra GB cost under this plan for a year, VAT included, as `quote` prices them."""
    vat = catalogue.rules.vat_percent
    return gross((plan.extra_mailbox_price or 0) * extra.mailbox_gb, vat) + gross(
        (plan.extra_archive_price or 0) * extra.archive_gb, vat
    )


def max_years(catalogue: Catalogue, items: Iterable[PricedItem], today: date) -> int:
    """How many years can be ordered: the operator's limit, or less when an item is in promotion (DOMAIN.md 3.7)."""
    limits = [catalogue.rules.max_years]
    for item in items:
        promotion = promotion_for(catalogue, item.mailbox, item.plan_id, today)
        if promotion is not None:
            limits.append(promotion.max_years)
    return min(limits)


def quote(
    catalogue: Catalogue,
    items: Sequence[PricedItem],
    *,
    kit: Kit | None,
    years: int,
    split_payment: bool,
    today: date,
) -> Quote:
    """Price an order: plan and extra GB of every mailbox for `years`, and the kit once.

    Args:
        catalogue: the prices in force.
        items: what is renewed, in the order of the lines.
        kit: the digital-signature kit, or None.
        years: 1 to `max_years`.
        split_payment: whether a public administration declared that it pays the VAT itself: it is not charged then, as
            long as split payment is authorised.
        today: the date on which promotions and that authorisation are judged.
    """
    vat_percent = catalogue.rules.vat_percent
    lines: list[Line] = []

    def add(
        kind: LineKind,
        code: str,
        mailbox_id: int | None,
        quantity: int,
        term: int,
        unit: Cents,
        next_unit: Cents | None,
    ) -> None:
        net = unit * quantity * term
        lines.append(
            Line(
                kind,
                code,
                mailbox_id,
                quantity,
                term,
                unit,
                next_unit,
                net,
                vat_percent,
                vat_on(net, vat_percent),
            )
        )

    for item in items:
        plan = catalogue.plans[item.plan_id]
        box = item.mailbox.id
        add(
            LineKind.PLAN,
            plan.id,
            box,
            1,
            years,
            plan_price(catalogue, item.mailbox, plan.id, today),
            plan.price,
        )
        if item.extra.mailbox_gb and plan.extra_mailbox_price is not None:
            unit = plan.extra_mailbox_price
            add(LineKind.EXTRA_MAILBOX, plan.id, box, item.extra.mailbox_gb, years, unit, unit)
        if item.extra.archive_gb and plan.extra_archive_price is not None:
            unit = plan.extra_archive_price
            add(LineKind.EXTRA_ARCHIVE, plan.id, box, item.extra.archive_gb, years, unit, unit)
    if kit is not None:
        add(LineKind.KIT, kit.id, None, 1, 1, kit.price, None)
        if kit.shipping_price:
            add(LineKind.SHIPPING, kit.id, None, 1, 1, kit.shipping_price, None)
    return Quote(tuple(lines), years, split_payment and split_payment_is_authorised(catalogue, today))
