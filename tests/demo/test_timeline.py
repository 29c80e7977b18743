"""What lies ahead: reminders at hours when they leave, expiries, deletions, charges, orders; and then nothing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.timeline import BoxAhead, OrderAhead, Stop, next_stop
from bot.playground.leaps import Happening, What
from tests.support.catalogue import example_catalogue

ROME = ZoneInfo("Europe/Rome")
CATALOGUE = example_catalogue()
NOON = datetime(2026, 11, 23, 12, tzinfo=ROME)
"""A Monday."""


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ROME)


def box(
    expires_on: date, remind_on: date | None = None, *, charged: bool = False, name: str = "a"
) -> BoxAhead:
    return BoxAhead(f"{name}@pec.example", "pro", expires_on, charged, remind_on)


def stop(*boxes: BoxAhead, orders: tuple[OrderAhead, ...] = (), now: datetime = NOON) -> Stop | None:
    return next_stop(boxes, orders, CATALOGUE, now)


@pytest.mark.parametrize(
    ("now", "remind_on", "expires_on", "opens"),
    [
        (NOON, date(2026, 11, 28), date(2026, 12, 5), at(2026, 11, 28)),
        (NOON, date(2026, 11, 23), date(2026, 12, 5), NOON),
        (at(2026, 11, 23, 3), date(2026, 11, 20), date(2026, 12, 5), at(2026, 11, 23)),
        (at(2026, 11, 23, 21), date(2026, 11, 23), date(2026, 12, 5), at(2026, 11, 24)),
        # Christmas and St Stephen's, and then a Sunday, which is no holiday by itself
        (at(2026, 12, 24, 22), date(2026, 12, 24), date(2027, 1, 10), at(2026, 12, 27)),
        (at(2026, 12, 24, 22), date(2026, 12, 24), date(2026, 12, 28), at(2026, 12, 25)),
        (at(2026, 12, 24, 22), date(2026, 12, 24), date(2026, 12, 29), at(2026, 12, 26)),
    ],
)
def test_a_reminder_waits_for_its_hour_and_for_a_working_day_unless_it_is_urgent(
    now: datetime, remind_on: date, expires_on: date, opens: datetime
) -> None:
    assert stop(box(expires_on, remind_on), now=now) == Stop(opens, ())


def test_without_reminders_the_mailbox_expires_and_is_deleted_and_that_is_all() -> None:
    expires_on, now, seen = date(2026, 12, 5), NOON, []
    while (found := stop(box(expires_on), now=now)) is not None:
        seen.append((found.moment, [fact.what for fact in found.facts]))
        now = found.moment
    assert seen == [
        (at(2026, 12, 6), [What.EXPIRED]),
        (at(2027, 3, 5), [What.LAST_DAY]),
        (at(2027, 3, 6), [What.DELETED]),
    ]


def test_a_deleted_mailbox_has_no_future() -> None:
    assert stop(box(date(2026, 8, 1), date(2026, 11, 24))) is None


def test_what_is_charged_by_itself_has_a_day_for_it() -> None:
    found = stop(box(date(2026, 12, 5), charged=True))
    assert found == Stop(at(2026, 11, 28), (Happening(What.CHARGE_DAY),))


def test_what_happens_at_one_moment_is_one_stop_and_of_several_mailboxes_it_says_which() -> None:
    first, second = box(date(2026, 12, 5), name="a"), box(date(2026, 12, 5), name="b")
    later = box(date(2027, 5, 5), name="c")
    assert stop(first, second, later) == Stop(at(2026, 12, 6), (Happening(What.EXPIRED, count=2),))
    assert stop(first, later) == Stop(
        at(2026, 12, 6), (Happening(What.EXPIRED, mailbox="a@pec.example", count=1),)
    )


def test_an_order_is_spoken_of_before_it_is_too_late_and_when_it_is() -> None:
    far = box(date(2027, 6, 1))
    payable_until = date(2026, 12, 31)
    warning = payable_until - timedelta(days=CATALOGUE.rules.order_warning_days)
    order = OrderAhead(date(2026, 11, 20), payable_until, warned=False)
    assert stop(far, orders=(order,)) == Stop(datetime(2026, 12, warning.day, 9, tzinfo=ROME), ())
    warned = OrderAhead(date(2026, 11, 20), payable_until, warned=True)
    assert stop(far, orders=(warned,)) == Stop(at(2027, 1, 1), ())
    today = OrderAhead(NOON.date(), date(2026, 11, 25), warned=False)
    assert stop(far, orders=(today,)) == Stop(at(2026, 11, 24), ()), "not on the day of the order itself"


def test_an_order_is_spoken_of_when_an_announced_payment_has_not_come() -> None:
    order = OrderAhead(NOON.date(), date(2027, 6, 1), warned=False, ask_on=date(2026, 11, 25))
    assert stop(box(date(2027, 6, 1)), orders=(order,)) == Stop(at(2026, 11, 25), ())
