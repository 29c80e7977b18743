"""Whose right of withdrawal it is, until when, and what is due back (DOMAIN.md 7)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import add_years, is_working_day
from bot.domain.catalogue import RenewAt
from bot.domain.money import vat_on
from bot.domain.orders import OrderStatus
from bot.domain.prices import Line, LineKind
from bot.domain.registrant import HolderKind
from bot.domain.withdrawal import (
    Goods,
    Part,
    PartKind,
    Renewed,
    Right,
    asked_on,
    due_back,
    kit_back,
    last_day,
    last_day_of,
    parts_of,
    renew_after,
    right_of,
)
from tests.support.catalogue import with_rules

RULES = with_rules().rules
PERSON = HolderKind.NATURAL_PERSON
PLACED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("placed", "last"),
    [
        (date(2026, 11, 23), date(2026, 12, 7)),  # a Monday
        (date(2026, 11, 24), date(2026, 12, 9)),  # the Immaculate Conception, a Tuesday
        (date(2026, 11, 28), date(2026, 12, 14)),  # a Saturday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas, Saint Stephen on a Saturday, a Sunday
        (date(2027, 3, 14), date(2027, 3, 30)),  # Easter Sunday, and its Monday
        (date(2027, 9, 20), date(2027, 10, 5)),  # San Francesco, a holiday again since 2026
    ],
)
def test_the_last_day_moves_to_the_end_of_the_next_working_day(placed: date, last: date) -> None:
    assert last_day(placed, RULES) == last


@given(st.dates(date(2026, 6, 20), date(2035, 1, 1)))
def test_it_is_a_working_day_and_never_earlier_than_the_fourteenth(placed: date) -> None:
    last = last_day(placed, RULES)
    assert is_working_day(last)
    assert placed + timedelta(14) <= last <= placed + timedelta(14 + 5)


@pytest.mark.parametrize(
    ("kind", "status", "placed", "today", "withdrawn", "right"),
    [
        (PERSON, OrderStatus.AWAITING_PAYMENT, PLACED, PLACED, False, Right.ONLINE),
        (PERSON, OrderStatus.COMPLETED, PLACED, date(2026, 12, 7), False, Right.ONLINE),
        (PERSON, OrderStatus.COMPLETED, PLACED, date(2026, 12, 8), False, Right.OVER),
        (PERSON, OrderStatus.CANCELLED, PLACED, PLACED, False, Right.UNDONE),
        (PERSON, OrderStatus.EXPIRED, PLACED, PLACED, False, Right.UNDONE),
        (PERSON, OrderStatus.WITHDRAWN, PLACED, PLACED, True, Right.WITHDRAWN),
        (PERSON, OrderStatus.CANCELLED, PLACED, date(2027, 1, 1), True, Right.WITHDRAWN),
        (HolderKind.COMPANY, OrderStatus.COMPLETED, PLACED, PLACED, False, Right.NO_CONSUMER),
        (HolderKind.FREELANCER, OrderStatus.COMPLETED, PLACED, PLACED, False, Right.NO_CONSUMER),
        (PERSON, OrderStatus.COMPLETED, date(2026, 6, 19), date(2026, 7, 3), False, Right.BY_MAIL),
        (PERSON, OrderStatus.COMPLETED, date(2026, 6, 20), date(2026, 7, 3), False, Right.ONLINE),
    ],
)
def test_whose_right_it_is(
    kind: HolderKind, status: OrderStatus, placed: date, today: date, *, withdrawn: bool, right: Right
) -> None:
    assert right_of(kind, status, placed, today, RULES, withdrawn=withdrawn) is right


KIT_CAME = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("goods", "status", "placed", "today", "right", "until"),
    [
        (Goods(KIT_CAME), OrderStatus.COMPLETED, PLACED, date(2026, 12, 7), Right.ONLINE, date(2026, 12, 7)),
        (Goods(KIT_CAME), OrderStatus.COMPLETED, PLACED, date(2026, 12, 8), Right.KIT, date(2026, 12, 18)),
        (Goods(KIT_CAME), OrderStatus.COMPLETED, PLACED, date(2026, 12, 18), Right.KIT, date(2026, 12, 18)),
        (Goods(KIT_CAME), OrderStatus.COMPLETED, PLACED, date(2026, 12, 19), Right.OVER, date(2026, 12, 7)),
        (Goods(None), OrderStatus.COMPLETED, PLACED, date(2027, 6, 1), Right.KIT, None),
        (Goods(None), OrderStatus.AWAITING_PAYMENT, PLACED, date(2026, 12, 8), Right.OVER, date(2026, 12, 7)),
        (Goods(None), OrderStatus.CANCELLED, PLACED, date(2026, 12, 8), Right.UNDONE, date(2026, 12, 7)),
        (Goods(KIT_CAME, withdrawn=True), OrderStatus.COMPLETED, PLACED, KIT_CAME, Right.WITHDRAWN, None),
        (Goods(None), OrderStatus.COMPLETED, date(2026, 6, 19), date(2026, 7, 4), Right.OVER, None),
        (None, OrderStatus.COMPLETED, PLACED, date(2026, 12, 8), Right.OVER, date(2026, 12, 7)),
    ],
)
def test_the_hardware_of_a_kit_has_its_own_last_day(
    goods: Goods | None, status: OrderStatus, placed: date, today: date, right: Right, until: date | None
) -> None:
    found = right_of(PERSON, status, placed, today, RULES, withdrawn=False, goods=goods)
    assert found is right
    if right in {Right.ONLINE, Right.KIT} or until is not None:
        assert last_day_of(found, placed, goods, RULES) == until
    company = right_of(HolderKind.COMPANY, status, placed, today, RULES, withdrawn=False, goods=goods)
    assert company in {Right.NO_CONSUMER, Right.WITHDRAWN}


def test_the_provider_is_asked_after_the_days_but_never_past_the_expiry() -> None:
    rules = with_rules(renew_at=RenewAt.AFTER_WITHDRAWAL).rules
    assert renew_after(PERSON, PLACED, RULES, early_start=False) is None
    assert renew_after(PERSON, PLACED, rules, early_start=True) is None
    assert renew_after(HolderKind.COMPANY, PLACED, rules, early_start=False) is None
    after = renew_after(PERSON, PLACED, rules, early_start=False)
    assert after == date(2026, 12, 7)
    assert asked_on(PLACED, None, date(2027, 1, 22)) == PLACED
    assert asked_on(PLACED, after, date(2027, 1, 22)) == date(2026, 12, 8)
    assert asked_on(PLACED, after, date(2026, 12, 5)) == date(2026, 12, 5)
    assert asked_on(date(2026, 12, 20), after, date(2026, 12, 5)) == date(2026, 12, 20)


def line(kind: LineKind, unit: int, quantity: int = 1, years: int = 1, box: int | None = 7) -> Line:
    net = unit * quantity * years
    percent = Decimal(22)
    return Line(kind, "pro", box, quantity, years, unit, unit, net, percent, vat_on(net, percent))


def box(old: date, new: date, had: tuple[int | None, int | None, int | None] = (None, None, None)) -> Renewed:
    return Renewed(7, old, new, *had)


PRO = line(LineKind.PLAN, 2990)
OLD = PLACED + timedelta(60)
SAME = box(OLD, add_years(OLD, 1))


def test_nothing_was_served_where_the_term_has_not_begun() -> None:
    """Pro, 36.48, ordered 60 days before the expiry, early start on record, withdrawn on day 10."""
    parts = parts_of([PRO], [SAME], PLACED)
    back = due_back(parts, paid=3648, withdrawn_on=PLACED + timedelta(10), early_start=True)
    assert (back.cents, back.served) == (3648, 0)


def test_what_was_served_counts_from_the_completion_where_the_mailbox_had_expired() -> None:
    expired = PLACED - timedelta(30)
    parts = parts_of([PRO], [box(expired, add_years(expired, 1))], PLACED)
    back = due_back(parts, paid=3648, withdrawn_on=PLACED + timedelta(10), early_start=True)
    assert (parts[0].days, back.served) == (335, 3648 * 10 // 335)
    assert due_back(parts, paid=3648, withdrawn_on=PLACED + timedelta(10), early_start=False).cents == 3648


def test_a_dearer_plan_and_new_space_that_are_given_at_once_count_on_a_line_of_their_own() -> None:
    lines = [PRO, line(LineKind.EXTRA_MAILBOX, 400, 3)]
    parts = parts_of(lines, [box(OLD, add_years(OLD, 1), (990, 1, 0))], PLACED)
    term, at_once = parts
    assert (term.kind, term.since, at_once.kind, at_once.since) == (
        PartKind.TERM,
        OLD,
        PartKind.AT_ONCE,
        PLACED,
    )
    assert at_once.cents == 3648 * 2000 // 2990 + 1464 * 2 // 3
    assert term.cents + at_once.cents == sum(each.total for each in lines)
    back = due_back(parts, paid=5112, withdrawn_on=PLACED + timedelta(10), early_start=True)
    assert [served for _, served in back.parts] == [0, at_once.cents * 10 // (60 + 365)]


def test_a_kit_has_its_own_line_of_which_nothing_is_served_by_days() -> None:
    kit = [line(LineKind.KIT, 4900, box=None), line(LineKind.SHIPPING, 750, box=None)]
    parts = parts_of([PRO, *kit], [SAME], PLACED)
    assert parts[1] == Part(PartKind.KIT, None, 5978 + 915)
    back = due_back(parts, paid=3648 + 6893, withdrawn_on=OLD + timedelta(10), early_start=True)
    assert [served for _, served in back.parts] == [3648 * 10 // 365, 0]


def test_of_a_kit_that_goes_back_alone_its_price_and_its_shipping_are_due_back() -> None:
    kit = [line(LineKind.KIT, 4900, box=None), line(LineKind.SHIPPING, 750, box=None)]
    parts = parts_of([PRO, *kit], [SAME], PLACED)
    back = kit_back(parts, paid=3648 + 6893, withdrawn_on=OLD + timedelta(10))
    assert (back.cents, back.served, [part.kind for part, _ in back.parts]) == (6893, 0, [PartKind.KIT])
    assert kit_back(parts, paid=1000, withdrawn_on=OLD).cents == 1000, "never above what was paid"


DAYS = st.integers(-400, 800).map(lambda days: PLACED + timedelta(days))
LINES = st.lists(
    st.builds(
        line,
        st.sampled_from([LineKind.PLAN, LineKind.EXTRA_MAILBOX, LineKind.EXTRA_ARCHIVE]),
        st.integers(0, 10_000),
        st.integers(1, 200),
        st.integers(1, 5),
    )
    | st.builds(
        line, st.sampled_from([LineKind.KIT, LineKind.SHIPPING]), st.integers(0, 10_000), box=st.none()
    ),
    max_size=5,
)
HAD = st.tuples(*[st.none() | st.integers(0, 5000)] * 3)


@given(LINES, DAYS, DAYS, HAD, st.none() | DAYS, st.integers(-500, 2_000_000), DAYS, st.booleans())
def test_it_is_never_below_zero_and_never_above_what_was_paid(
    lines: list[Line],
    old: date,
    new: date,
    had: tuple[int | None, int | None, int | None],
    completed: date | None,
    paid: int,
    on: date,
    early: bool,
) -> None:
    parts = parts_of(lines, [box(old, new, had)], completed)
    assert sum(part.cents for part in parts) == sum(each.total for each in lines)
    back = due_back(parts, paid=paid, withdrawn_on=on, early_start=early)
    assert 0 <= back.cents <= max(paid, 0)
    assert back.cents + back.served == max(paid, 0)
    if not early or completed is None or on <= completed:
        assert back.cents == max(paid, 0)  # what lies before the start is nobody's service
    later = due_back(parts, paid=paid, withdrawn_on=on + timedelta(1), early_start=early)
    assert later.cents <= back.cents
    kit = kit_back(parts, paid=paid, withdrawn_on=on)
    for_kit = sum(each.total for each in lines if each.kind in {LineKind.KIT, LineKind.SHIPPING})
    assert 0 <= kit.cents == min(for_kit, max(paid, 0))
    assert kit.cents <= due_back(parts, paid=paid, withdrawn_on=on, early_start=False).cents
