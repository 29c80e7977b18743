"""What lies ahead of a customer's mailboxes and orders: the days on which something happens, or may be due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import deletion_date
from bot.domain.reminders import first_look, is_urgent, next_opening
from bot.playground.leaps import Happening, What

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BoxAhead:
    """A mailbox. `charged` says that its renewal will be charged by itself; `remind_on` is `MailboxRow.remind_on`."""

    address: str
    plan_id: str
    expires_on: date
    charged: bool
    remind_on: date | None


@dataclass(frozen=True, slots=True)
class OrderAhead:
    """An order that awaits payment. Days are Rome's.

    `ask_on` is when it is said that a payment which was announced did not arrive; None without one.
    """

    placed_on: date
    payable_until: date
    warned: bool
    ask_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """The next moment at which something happens.

    `facts` are what happens by itself, so that nobody says it: a mailbox expires. What the bot has to say then is only
    known once it was asked; without facts it may turn out to be nothing.
    """

    moment: datetime
    facts: tuple[Happening, ...]


def next_stop(
    boxes: Sequence[BoxAhead], orders: Sequence[OrderAhead], catalogue: Catalogue, now: datetime
) -> Stop | None:
    """The next moment at which something happens; None when nothing more will. `now` is in Rome."""
    facts: dict[datetime, dict[What, list[str]]] = defaultdict(lambda: defaultdict(list))
    for box in boxes:
        for what, day in _facts_of(box, catalogue).items():
            moment = _morning(day, catalogue, now)
            if moment > now:
                facts[moment][what].append(box.address)
    looks = [
        _opening(box, catalogue, now, box.remind_on)
        for box in boxes
        if box.remind_on is not None and first_look(box, catalogue, now.date()) is not None
    ]
    for order in orders:
        looks += [_order_opening(order, day, catalogue, now) for day in _looks_at(order, catalogue)]
    moments = [*facts, *looks]
    if not moments:
        return None
    moment = min(moments)
    several = len(boxes) > 1
    return Stop(
        moment,
        tuple(
            Happening(
                what, mailbox=addresses[0] if several and len(addresses) == 1 else "", count=len(addresses)
            )
            for what, addresses in facts[moment].items()
        ),
    )


def _facts_of(box: BoxAhead, catalogue: Catalogue) -> dict[What, date]:
    """The days on which something becomes of a mailbox without a word."""
    last_day = deletion_date(box, catalogue)
    days = {What.EXPIRED: box.expires_on + _DAY, What.LAST_DAY: last_day, What.DELETED: last_day + _DAY}
    if box.charged:
        days[What.CHARGE_DAY] = charge_date(box.expires_on, catalogue)
    return days


def _looks_at(order: OrderAhead, catalogue: Catalogue) -> list[date]:
    """The days on which an order is spoken of: before it is too late to pay it, and when it is."""
    days = [order.payable_until + _DAY]
    if not order.warned:
        warning = order.payable_until - timedelta(days=catalogue.rules.order_warning_days)
        # The day of the order has just said it.
        days.append(max(warning, order.placed_on + _DAY))
    if order.ask_on is not None:
        days.append(order.ask_on)
    return days


def _order_opening(order: OrderAhead, day: date, catalogue: Catalogue, now: datetime) -> datetime:
    """When an order is spoken of from a day on: not on a holiday, unless it can soon be paid no more."""
    moment = max(_morning(day, catalogue, now), now)
    urgent = (order.payable_until - moment.date()).days <= catalogue.rules.urgent_days
    return next_opening(moment, catalogue.rules, urgent=urgent)


def _morning(day: date, catalogue: Catalogue, now: datetime) -> datetime:
    return datetime.combine(day, time(catalogue.rules.remind_from_hour), now.tzinfo)


def _opening(box: BoxAhead, catalogue: Catalogue, now: datetime, day: date) -> datetime:
    """The first moment from now on at which the reminder of a day may leave."""
    moment = max(datetime.combine(day, time(), now.tzinfo), now)
    while True:
        urgent = is_urgent(box, catalogue, moment.date())
        opening = next_opening(moment, catalogue.rules, urgent=urgent)
        if opening.date() == moment.date():
            return opening
        # A day later it may be urgent.
        moment = datetime.combine(moment.date() + _DAY, time(), now.tzinfo)
