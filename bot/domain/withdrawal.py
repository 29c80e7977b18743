"""The right of withdrawal: whose it is, until when, and what is due back (DOMAIN.md 7; art. 54-bis Consumer Code).

Button, text, page and e-mail ask here, so that none of them says another day than the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.calendar import add_working_days
from bot.domain.catalogue import RenewAt, Rules
from bot.domain.money import Cents
from bot.domain.orders import OrderStatus
from bot.domain.prices import Line, LineKind
from bot.domain.registrant import HolderKind

ONLINE_FROM: Final = date(2026, 6, 20)
"""The first day whose contracts are withdrawn from where they were made; earlier ones by e-mail, as before."""

DAYS_TO_GIVE_BACK: Final = 14
"""From the statement on (art. 56 of the Consumer Code)."""

_UNDONE: Final = frozenset({OrderStatus.CANCELLED, OrderStatus.EXPIRED})
_ONCE: Final = frozenset({LineKind.KIT, LineKind.SHIPPING})


class Right(StrEnum):
    """Whether an order can be withdrawn from today. The values are variants in the texts.

    `ONLINE`: here, in two steps. `BY_MAIL`: the days run, but the contract is older than the function. `NO_CONSUMER`:
    the holder ordered for a trade, a profession or a body. `WITHDRAWN`: it was done. `UNDONE`: nothing is left of the
    order. `OVER`: the days have passed. `KIT`: the order's have passed, those of its kit's hardware have not: here, for
    that alone.
    """

    ONLINE = "online"
    KIT = "kit"
    BY_MAIL = "by_mail"
    NO_CONSUMER = "no_consumer"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    OVER = "over"

    @property
    def runs(self) -> bool:
        """Whether the days run."""
        return self.is_online or self is Right.BY_MAIL

    @property
    def is_online(self) -> bool:
        """Whether it is stated here, in two steps."""
        return self in {Right.ONLINE, Right.KIT}


@dataclass(frozen=True, slots=True)
class Goods:
    """The hardware of an order's kit, whose days run from its delivery.

    Attributes:
        delivered_on: the day, as the operator registered it; None before.
        withdrawn: whether it was withdrawn from by itself.
    """

    delivered_on: date | None
    withdrawn: bool = False

    def last_day(self, rules: Rules) -> date | None:
        """The last day on which they can be given back; None while the delivery is not known: the days run."""
        return None if self.delivered_on is None else last_day(self.delivered_on, rules)

    def may_go_back(self, status: OrderStatus, today: date, rules: Rules) -> bool:
        """Whether they can be given back by themselves: they were paid, and their days run."""
        last = self.last_day(rules)
        return status is OrderStatus.COMPLETED and not self.withdrawn and (last is None or today <= last)


def last_day(since: date, rules: Rules) -> date:
    """The last day of a withdrawal whose days run from `since`: the contract's, or for goods that of their delivery.

    One that is a Saturday, a Sunday or an Italian public holiday moves to the next working day (art. 3 of Regulation
    1182/71). The whole of the day counts, to midnight in Rome.
    """
    return add_working_days(since + timedelta(days=rules.withdrawal_days), 0)


def right_of(
    kind: HolderKind,
    status: OrderStatus,
    placed_on: date,
    today: date,
    rules: Rules,
    *,
    withdrawn: bool,
    goods: Goods | None = None,
) -> Right:
    """Whether an order can be withdrawn from today.

    Args:
        kind: of holder; natural persons are consumers.
        status: of the order, as it is stored.
        placed_on: the day of the order, on which the contract was made.
        today: the day in Rome.
        rules: the catalogue's.
        withdrawn: whether a statement of withdrawal is on record.
        goods: the hardware of its kit, if it has one.
    """
    if withdrawn or (goods is not None and goods.withdrawn):
        return Right.WITHDRAWN
    if not kind.is_consumer:
        return Right.NO_CONSUMER
    if status in _UNDONE:
        return Right.UNDONE
    online = placed_on >= ONLINE_FROM
    if today <= last_day(placed_on, rules):
        return Right.ONLINE if online else Right.BY_MAIL
    if online and goods is not None and goods.may_go_back(status, today, rules):
        return Right.KIT
    return Right.OVER


def last_day_of(right: Right, placed_on: date, goods: Goods | None, rules: Rules) -> date | None:
    """The last day of a right: the order's, or for a kit alone that of its delivery, None where that is not known."""
    if right is Right.KIT and goods is not None:
        return goods.last_day(rules)
    return last_day(placed_on, rules)


def back_by(stated_on: date) -> date:
    """The last day on which what is due back has to be given back."""
    return stated_on + timedelta(days=DAYS_TO_GIVE_BACK)


def renew_after(kind: HolderKind, placed_on: date, rules: Rules, *, early_start: bool) -> date | None:
    """The day after which the provider is asked for what this order renews; None where it is asked once it is paid.

    Under `RenewAt.AFTER_WITHDRAWAL` a consumer's order waits for the days of withdrawal, unless the early start was
    asked for.
    """
    waits = rules.renew_at is RenewAt.AFTER_WITHDRAWAL and kind.is_consumer and not early_start
    return last_day(placed_on, rules) if waits else None


def asked_on(completed_on: date, after: date | None, old_expiry: date) -> date:
    """The day on which the provider is asked to renew a mailbox: never past its expiry for the sake of waiting."""
    if after is None:
        return completed_on
    return max(completed_on, min(after + timedelta(days=1), old_expiry))


class PartKind(StrEnum):
    """What was paid for. The values are variants in the texts, and are kept in cases.

    `TERM`: the mailbox for the new term. `AT_ONCE`: the plan or the space that it got with the payment, before that
    term. `KIT`: a digital-signature kit with its shipping.
    """

    TERM = "term"
    AT_ONCE = "at_once"
    KIT = "kit"


@dataclass(frozen=True, slots=True)
class Renewed:
    """A mailbox of the order: what it had, and what the completed order gave.

    Attributes:
        mailbox_id: of the lines.
        old_expiry, new_expiry: before the order, and by it.
        old_unit_net: the cents a year of the plan that it had; None where that is not known, or it has the same.
        old_mailbox_gb, old_archive_gb: the extra space that it had; None where that is not known.
    """

    mailbox_id: int
    old_expiry: date
    new_expiry: date
    old_unit_net: Cents | None
    old_mailbox_gb: int | None
    old_archive_gb: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What `cents` were paid for, VAT included: served evenly from `since` to `until`; None where it is not by days."""

    kind: PartKind
    mailbox_id: int | None
    cents: Cents
    since: date | None = None
    until: date | None = None

    @property
    def days(self) -> int:
        """The days for which it was paid; 0 where it is not by days."""
        return 0 if self.since is None or self.until is None else max((self.until - self.since).days, 0)

    def days_served(self, on: date) -> int:
        """How many of them lie before this day."""
        return 0 if self.since is None else min(max((on - self.since).days, 0), self.days)

    def served(self, on: date) -> Cents:
        """What was served until this day, in whole cents: what is left of one is the customer's."""
        return self.cents * self.days_served(on) // self.days if self.days else 0


@dataclass(frozen=True, slots=True)
class DueBack:
    """What is due back after a withdrawal.

    Attributes:
        paid: the cents that count for the order.
        parts: what they were paid for, each with the cents that were served of it, and stay.
    """

    paid: Cents
    parts: tuple[tuple[Part, Cents], ...]

    @property
    def served(self) -> Cents:
        """What stays with the operator; never more than was paid."""
        return min(sum(cents for _, cents in self.parts), max(self.paid, 0))

    @property
    def cents(self) -> Cents:
        """What is due back: never below zero, never above what was paid."""
        return max(self.paid, 0) - self.served


def due_back(parts: Iterable[Part], *, paid: Cents, withdrawn_on: date, early_start: bool) -> DueBack:
    """What is due back of what was paid: all of it, less what was served where the early start is on record.

    Args:
        parts: of the order, by `parts_of`.
        paid: the cents that count for it.
        withdrawn_on: the day of the statement.
        early_start: whether the consumer asked that the service begin inside the days of withdrawal (DOMAIN.md 3.8).
    """
    return DueBack(paid, tuple((part, part.served(withdrawn_on) if early_start else 0) for part in parts))


def kit_back(parts: Iterable[Part], *, paid: Cents, withdrawn_on: date) -> DueBack:
    """What is due back where the kit alone goes back: what was paid for it and for its shipping (art. 56).

    Args:
        parts: of the order, by `parts_of`.
        paid: the cents that count for the order.
        withdrawn_on: the day of the statement.
    """
    kit = [part for part in parts if part.kind is PartKind.KIT]
    counts = min(paid, sum(part.cents for part in kit))
    return due_back(kit, paid=counts, withdrawn_on=withdrawn_on, early_start=False)


def parts_of(
    lines: Iterable[Line], renewed: Iterable[Renewed], completed_on: date | None
) -> tuple[Part, ...]:
    """What an order was paid for. Until it is complete, nothing of it is served.

    The term counts from the old expiry, or from the completion where that came later; a plan that costs more than the
    one before, and GB that the mailbox did not have, count from the completion, when they were given.
    """
    boxes = {box.mailbox_id: box for box in renewed}
    parts: list[Part] = []
    for line in lines:
        if line.kind in _ONCE or line.mailbox_id is None:
            parts.append(Part(PartKind.KIT, None, line.total))
            continue
        box = boxes[line.mailbox_id]
        since = None if completed_on is None else max(box.old_expiry, completed_on)
        begun_early = since is not None and completed_on is not None and completed_on < since
        new = _given_at_once(line, box) if begun_early else 0
        until = None if completed_on is None else box.new_expiry
        parts.append(Part(PartKind.TERM, box.mailbox_id, line.total - new, since, until))
        if new:
            parts.append(Part(PartKind.AT_ONCE, box.mailbox_id, new, completed_on, until))
    return _added_up(parts)


def _given_at_once(line: Line, box: Renewed) -> Cents:
    """The cents of a line for what the mailbox did not have before."""
    if line.kind is LineKind.PLAN:
        if box.old_unit_net is None or line.unit_net <= box.old_unit_net:
            return 0
        return line.total * (line.unit_net - box.old_unit_net) // line.unit_net
    had = box.old_mailbox_gb if line.kind is LineKind.EXTRA_MAILBOX else box.old_archive_gb
    if had is None or line.quantity <= had:
        return 0
    return line.total * (line.quantity - had) // line.quantity


def _added_up(parts: list[Part]) -> tuple[Part, ...]:
    """One part of each kind for each mailbox."""
    sums: dict[tuple[PartKind, int | None, date | None, date | None], Cents] = {}
    for part in parts:
        key = (part.kind, part.mailbox_id, part.since, part.until)
        sums[key] = sums.get(key, 0) + part.cents
    return tuple(
        Part(kind, mailbox_id, cents, since, until)
        for (kind, mailbox_id, since, until), cents in sums.items()
    )
