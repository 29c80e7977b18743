"""Which reminder is due, for whom, and when it may leave (DOMAIN.md 6): by example and for any wishes."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_public_holiday
from bot.domain.catalogue import Rules
from bot.domain.mailboxes import is_deleted
from bot.domain.reminders import (
    END,
    LAST_DAY,
    Due,
    MuteLevel,
    Subject,
    Watched,
    Wishes,
    ahead_of_declined,
    due_for,
    end_is_near,
    first_look,
    full_ladder,
    hours_are_open,
    is_urgent,
    ladder_of,
    last_steps,
    may_leave,
    next_look,
    next_opening,
    snooze_limit,
    still_wanted,
    subject_of,
)
from tests.support.builders import TODAY
from tests.support.catalogue import example_catalogue, with_rules

ROME = ZoneInfo("Europe/Rome")
CATALOGUE = example_catalogue()
RULES: Rules = CATALOGUE.rules
PLAIN = Watched(TODAY, "pro", automatic=False, own_domain=False, has_open_order=False)

days = st.integers(-100, 400)
steps = st.sampled_from(full_ladder(RULES))
wishes = st.builds(
    Wishes,
    off=st.frozensets(steps),
    mute=st.sampled_from([None, *MuteLevel]),
    snoozed_until=st.none() | st.integers(-5, 60).map(lambda later: TODAY + timedelta(days=later)),
)
watched = st.builds(
    Watched,
    expires_on=days.map(lambda left: TODAY + timedelta(days=left)),
    plan_id=st.sampled_from(["pro", "given-up"]),
    automatic=st.booleans(),
    own_domain=st.booleans(),
    has_open_order=st.booleans(),
    declined=st.booleans(),
)


def expiring_in(left: int, **changes: Any) -> Watched:
    return replace(PLAIN, expires_on=TODAY + timedelta(days=left), **changes)


def due(left: int, told: int | None = None, wish: Wishes | None = None, **changes: bool) -> Due | None:
    return due_for(expiring_in(left, **changes), wish or Wishes(), told, CATALOGUE, TODAY)


def days_of(step: int) -> int:
    """The days before the expiry on which a step falls, that of the last day too."""
    return -RULES.deletion_days if step == LAST_DAY else step


@pytest.mark.parametrize("step", full_ladder(RULES))
def test_each_step_is_due_on_its_day(step: int) -> None:
    assert due(step) == Due(step)
    assert due(step, told=step) is None


@pytest.mark.parametrize(
    ("left", "step"), [(89, 90), (31, 60), (9, 15), (2, 3), (-1, 0), (-8, -7), (-90, LAST_DAY)]
)
def test_what_was_missed_is_told_by_its_most_urgent_step_alone(left: int, step: int) -> None:
    assert due(left, told=None) == Due(step)
    assert due(left, told=step) is None


@pytest.mark.parametrize("left", [91, 365, -98, -200])
def test_far_from_the_expiry_and_long_after_the_deletion_nothing_is_due(left: int) -> None:
    assert due(left) is None


def test_the_last_day_is_told_once_whatever_is_wished() -> None:
    silent = Wishes(off=frozenset(full_ladder(RULES)), mute=MuteLevel.ALL, snoozed_until=TODAY)
    assert due(-90, told=-85) == due(-90, wish=silent) == Due(LAST_DAY)
    assert due(-90, told=LAST_DAY) is None
    assert due(-89, told=-85) is None


@pytest.mark.parametrize("left", [-91, -94, -97])
def test_the_end_is_told_once_whatever_is_wished_and_not_of_what_ends_elsewhere(left: int) -> None:
    silent = Wishes(off=frozenset(full_ladder(RULES)), mute=MuteLevel.ALL, snoozed_until=TODAY)
    assert due(left, told=-85) == due(left, wish=silent) == Due(END)
    assert due(left, told=END) is None
    assert due(left, own_domain=True) is None
    gone = expiring_in(left, has_open_order=True, automatic=True)
    assert subject_of(gone, CATALOGUE, TODAY) is Subject.DELETED


def test_fewer_days_until_the_deletion_skip_neither_the_last_day_nor_the_end() -> None:
    """A mailbox that was told a late step is still to be told the last ones when the catalogue's days become fewer."""
    sooner = with_rules(deletion_days=60, ladder_after=(7, 30, 55))
    box = expiring_in(-60)
    assert due_for(box, Wishes(), -85, sooner, TODAY) == Due(LAST_DAY)
    assert still_wanted(LAST_DAY, box, Wishes(), LAST_DAY, sooner, TODAY)
    gone = expiring_in(-61)
    assert (
        due_for(gone, Wishes(), -85, sooner, TODAY)
        == due_for(gone, Wishes(), LAST_DAY, sooner, TODAY)
        == Due(END)
    )
    assert still_wanted(END, gone, Wishes(), END, sooner, TODAY)
    assert due_for(gone, Wishes(), END, sooner, TODAY) is None


def test_switching_a_step_off_brings_no_reminder_of_an_earlier_one() -> None:
    assert due(20, told=30, wish=Wishes(off=frozenset({30}))) is None


def test_two_readers_who_want_other_steps_are_both_told_after_a_downtime() -> None:
    few = Wishes(off=frozenset(full_ladder(RULES)) - {30, 0})
    assert due(10, told=60, wish=few) == Due(30)
    assert due(10, told=60) == Due(15)


def test_a_muted_mailbox_still_has_its_last_words_unless_those_are_muted_too() -> None:
    most, whole = Wishes(mute=MuteLevel.MOST), Wishes(mute=MuteLevel.ALL)
    assert due(15, wish=most) is None
    assert [due(left, wish=most) for left in (3, 1, 0, -85)] == [Due(3), Due(1), Due(0), Due(-85)]
    assert [due(left, wish=whole) for left in (15, 3, 1, 0, -85)] == [None] * 5


def test_who_asked_for_another_day_is_reminded_then_and_not_before() -> None:
    tomorrow, now = (Wishes(snoozed_until=TODAY + timedelta(days=later)) for later in (1, 0))
    assert due(15, wish=tomorrow) is None
    assert due(12, told=15, wish=now) == Due(None)
    assert due(1, wish=tomorrow) == Due(1), "the last words come all the same"


def test_what_renews_itself_has_no_reminder_before_the_charge_and_is_looked_after_from_then_on() -> None:
    """The notice before the charge is no reminder: `test_owed`."""
    assert [due(left, automatic=True) for left in (90, 35, 30, 15, 7)] == [None] * 5
    assert due(6, automatic=True) == Due(6)
    assert due(3, told=6, automatic=True) == Due(3), "no payment came: it is in danger like every other"


@pytest.mark.parametrize(
    ("box", "subject"),
    [
        (expiring_in(10), Subject.RENEW),
        (expiring_in(-10), Subject.RENEW),
        (expiring_in(30, automatic=True), Subject.AUTOMATIC),
        (expiring_in(7, automatic=True), Subject.AUTOMATIC),
        (expiring_in(6, automatic=True), Subject.NOT_CHARGED),
        (expiring_in(10, has_open_order=True), Subject.AWAITING_PAYMENT),
        (expiring_in(10, has_open_order=True, automatic=True), Subject.AWAITING_PAYMENT),
        (expiring_in(10, own_domain=True, automatic=True), Subject.OWN_DOMAIN),
    ],
)
def test_what_a_reminder_is_about(box: Watched, subject: Subject) -> None:
    assert subject_of(box, CATALOGUE, TODAY) is subject


def test_the_last_steps_are_the_urgent_ones_and_the_last_before_the_deletion() -> None:
    assert last_steps(RULES) == {3, 1, 0, -85}
    assert last_steps(replace(RULES, ladder_before=(30, 10))) == {10, -85}


@pytest.mark.parametrize(
    ("moment", "urgent", "leaves"),
    [
        ("2026-11-24 08:59", True, False),
        ("2026-11-24 09:00", False, True),
        ("2026-11-24 19:59", False, True),
        ("2026-11-24 20:00", True, False),
        ("2026-12-08 12:00", False, False),
        ("2026-12-08 12:00", True, True),
        ("2026-11-29 12:00", False, True),
    ],
    ids=str,
)
def test_reminders_leave_by_day_and_not_on_a_holiday_unless_they_are_urgent(
    moment: str, *, urgent: bool, leaves: bool
) -> None:
    assert may_leave(datetime.fromisoformat(moment).replace(tzinfo=ROME), RULES, urgent=urgent) is leaves


def test_after_the_hours_and_the_holidays_comes_the_next_opening() -> None:
    eve = datetime(2026, 12, 24, 20, 30, tzinfo=ROME)
    assert next_opening(eve, RULES, urgent=False) == datetime(2026, 12, 27, 9, tzinfo=ROME)
    assert next_opening(eve, RULES, urgent=True) == datetime(2026, 12, 25, 9, tzinfo=ROME)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.times(), st.booleans())
def test_the_next_opening_is_open_and_nothing_before_it_is(day: date, at: time, urgent: bool) -> None:
    here = datetime.combine(day, at, ROME)
    opening = next_opening(here, RULES, urgent=urgent)
    assert opening >= here
    assert may_leave(opening, RULES, urgent=urgent)
    if opening > here:
        assert not may_leave(here, RULES, urgent=urgent)
        just_before = datetime.combine(opening.date(), datetime.min.time(), ROME)
        assert not hours_are_open(just_before, RULES)
        between = here.date() + timedelta(days=1)
        while between < opening.date():
            assert is_public_holiday(between)
            between += timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "told", "step"),
    [(30, None, None), (1, 30, None), (0, 7, 0), (-7, 0, None), (-85, 0, -85), (-89, 0, -85), (-90, 0, -85)],
)
def test_of_what_is_not_renewed_two_steps_are_left(left: int, told: int | None, step: int | None) -> None:
    box = replace(PLAIN, expires_on=TODAY + timedelta(days=left), declined=True)
    assert due_for(box, Wishes(), told, CATALOGUE, TODAY) == (None if step is None else Due(step))
    assert subject_of(box, CATALOGUE, TODAY) is Subject.NOT_RENEWING


@pytest.mark.parametrize(("left", "told"), [(-90, -85), (-91, None), (-95, -85)])
def test_of_what_is_not_renewed_neither_the_last_day_nor_the_end_is_told(left: int, told: int | None) -> None:
    box = replace(PLAIN, expires_on=TODAY + timedelta(days=left), declined=True)
    assert due_for(box, Wishes(), told, CATALOGUE, TODAY) is None


def test_a_chat_hears_ahead_of_what_is_not_renewed_what_it_wants_and_what_has_not_passed() -> None:
    def ahead(left: int, wish: Wishes) -> tuple[int, ...]:
        return ahead_of_declined(
            replace(PLAIN, expires_on=TODAY + timedelta(days=left)), wish, CATALOGUE, TODAY
        )

    assert ahead(30, Wishes()) == ahead(0, Wishes(mute=MuteLevel.MOST)) == (0, -85)
    assert ahead(-1, Wishes()) == ahead(30, Wishes(off=frozenset({0, 7}))) == (-85,)
    assert ahead(-86, Wishes()) == ahead(30, Wishes(mute=MuteLevel.ALL)) == ()


@given(watched, wishes, st.none() | steps)
def test_whatever_is_wished_nothing_is_told_twice_or_to_who_does_not_want_it(
    box: Watched, wish: Wishes, told: int | None
) -> None:
    found = due_for(box, wish, told, CATALOGUE, TODAY)
    left = (box.expires_on - TODAY).days
    if found is None:
        return
    if is_deleted(box, CATALOGUE, TODAY):  # the end, which no wish silences
        assert found == Due(END)
        return
    is_last_day = left == -RULES.deletion_days and not box.declined
    if is_last_day and (told is None or told > LAST_DAY):  # nor the last day
        assert found == Due(LAST_DAY)
        return
    assert wish.mute is not MuteLevel.ALL
    assert left >= -RULES.deletion_days
    if found.step is None:
        assert wish.snoozed_until is not None
        assert wish.snoozed_until <= TODAY
        return
    assert told is None or found.step < told
    assert found.step in ladder_of(box, RULES)
    assert found.step >= left
    assert found.step not in wish.off
    if wish.mute is MuteLevel.MOST or (wish.snoozed_until is not None and wish.snoozed_until > TODAY):
        assert found.step in last_steps(RULES)


@given(watched)
def test_who_wants_everything_is_told_of_every_step_once_when_each_day_is_looked_at(box: Watched) -> None:
    told: list[int] = []
    day, end = TODAY, max(TODAY, box.expires_on) + timedelta(days=RULES.deletion_days + 10)
    while day <= end:
        found = due_for(box, Wishes(), min(told, default=None), CATALOGUE, day)
        if found is not None:
            assert found.step is not None
            assert found.step not in told
            assert (box.expires_on - day).days == days_of(found.step) or day == TODAY or found.step == END
            assert (found.step == END) is is_deleted(box, CATALOGUE, day)
            told.append(found.step)
        day += timedelta(days=1)
    ladder, left = (
        (*ladder_of(box, RULES), *(() if box.declined else (LAST_DAY,))),
        (box.expires_on - TODAY).days,
    )
    begun = [step for step in ladder if days_of(step) >= left]
    to_come = [step for step in ladder if days_of(step) < left]
    over = left < -RULES.deletion_days and not end_is_near(box, CATALOGUE, TODAY)
    ending = [] if box.own_domain or box.declined or over else [END]
    assert told == (begun[-1:] if left >= -RULES.deletion_days else []) + to_come + ending


@given(watched, st.integers(0, 500))
def test_looking_only_on_the_days_that_were_noted_misses_nothing(box: Watched, passed: int) -> None:
    every_day: list[tuple[date, int | None]] = []
    noted: list[tuple[date, int | None]] = []
    look = first_look(box, CATALOGUE, TODAY)
    for later in range(passed):
        day = TODAY + timedelta(days=later)
        if (found := due_for(box, Wishes(), _told(every_day), CATALOGUE, day)) is not None:
            every_day.append((day, found.step))
        if look is not None and look <= day:
            if (found := due_for(box, Wishes(), _told(noted), CATALOGUE, day)) is not None:
                noted.append((day, found.step))
            look = next_look(box, (), CATALOGUE, day)
            assert look is None or look > day
    assert noted == every_day


def _told(said: list[tuple[date, int | None]]) -> int | None:
    return min((step for _, step in said if step is not None), default=None)


@given(st.integers(-89, 400))
def test_a_reminder_can_be_put_off_to_the_expiry_and_after_it_to_the_deletion(left: int) -> None:
    limit = snooze_limit(expiring_in(left), CATALOGUE, TODAY)
    assert (limit - TODAY).days == (left if left > 0 else left + RULES.deletion_days)
    look = next_look(expiring_in(left), [limit], CATALOGUE, TODAY)
    assert look is None or look <= limit


@pytest.mark.parametrize(
    ("left", "urgent"),
    [(4, False), (3, True), (0, True), (-1, False), (-86, False), (-87, True), (-90, True), (-91, False)],
)
def test_urgent_is_what_is_three_days_from_the_expiry_or_the_deletion(left: int, *, urgent: bool) -> None:
    assert is_urgent(expiring_in(left), CATALOGUE, TODAY) is urgent
