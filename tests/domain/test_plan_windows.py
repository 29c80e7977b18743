"""A plan's own window and deletion day, and all that follows from them (DOMAIN.md 10): by example and for any plan."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Arrival, arrival
from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import limits_of
from bot.domain.mailboxes import (
    Blocker,
    Expiring,
    blocker,
    deletion_date,
    deletion_days,
    first_deleted,
    is_deleted,
    most_deletion_days,
    renewable_from,
)
from bot.domain.reminders import (
    END,
    LAST_DAY,
    Due,
    MuteLevel,
    Watched,
    Wishes,
    day_of,
    days_before,
    due_for,
    end_is_near,
    first_look,
    full_ladder,
    is_urgent,
    last_steps,
    next_look,
    snooze_limit,
)
from tests.support.builders import TODAY, a_mailbox
from tests.support.catalogue import example_catalogue, with_plan, with_rules

CATALOGUE = example_catalogue()
SHORT = with_plan("pro", deletion_days=30)
"""Pro mailboxes are deleted 30 days after the expiry; those of all other plans after 90."""
ONE = timedelta(days=1)

own_days = st.integers(1, 365)


def expired(days: int, plan_id: str = "pro") -> Expiring:
    return Expiring(plan_id, TODAY - timedelta(days=days))


def watched(left: int, plan_id: str = "pro") -> Watched:
    return Watched(
        TODAY + timedelta(days=left), plan_id, automatic=False, own_domain=False, has_open_order=False
    )


def test_a_plan_has_its_own_deletion_day_and_the_others_that_of_the_rules() -> None:
    assert [deletion_days(plan, SHORT) for plan in ("pro", "standard", "given-up", None)] == [30, 90, 90, 90]
    assert deletion_date(expired(30), SHORT) == TODAY
    assert not is_deleted(expired(30), SHORT, TODAY)
    assert is_deleted(expired(31), SHORT, TODAY)
    assert not is_deleted(expired(90, "standard"), SHORT, TODAY)
    assert first_deleted(["standard", "pro"], SHORT) == "pro"
    assert first_deleted([], SHORT) is None
    assert most_deletion_days(SHORT) == 90
    assert most_deletion_days(with_plan("pro", deletion_days=180)) == 180


def test_a_mailbox_of_the_plan_is_lost_on_the_thirty_first_day() -> None:
    assert blocker(a_mailbox(plan_id="pro", expires_in=-30), SHORT, TODAY) is None
    assert blocker(a_mailbox(plan_id="pro", expires_in=-31), SHORT, TODAY) is Blocker.DELETED
    assert blocker(a_mailbox(plan_id="premium", expires_in=-90), SHORT, TODAY) is None


@pytest.mark.parametrize(
    ("catalogue", "opens"),
    [
        (CATALOGUE, date.min),
        (with_rules(renew_from_days=120), TODAY - timedelta(days=120)),
        (with_plan("pro", renew_from_days=100), TODAY - timedelta(days=100)),
        (with_plan("pro", with_rules(renew_from_days=120), renew_from_days=200), TODAY - timedelta(days=200)),
        (with_plan("premium", renew_from_days=100), date.min),
    ],
)
def test_the_window_is_the_plans_else_that_of_the_rules_else_without_limit(
    catalogue: Catalogue, opens: date
) -> None:
    assert renewable_from(expired(0), catalogue) == opens


def test_before_its_window_a_mailbox_cannot_be_renewed_unless_something_more_final_keeps_it() -> None:
    catalogue = with_rules(renew_from_days=120)
    assert blocker(a_mailbox(expires_in=120), catalogue, TODAY) is None
    assert blocker(a_mailbox(expires_in=121), catalogue, TODAY) is Blocker.TOO_EARLY
    early = a_mailbox(expires_in=121, auto_renew=True)
    assert blocker(early, catalogue, TODAY) is Blocker.AUTO_RENEW, "it can be switched off on any day"
    assert blocker(replace(early, open_order="R7K2M-4"), catalogue, TODAY) is Blocker.OPEN_ORDER


def test_the_steps_after_the_expiry_follow_the_deletion_of_the_plan() -> None:
    after = [step for step in full_ladder(SHORT.rules) if step < 0]
    assert [days_before(step, "pro", SHORT) for step in after] == [-2, -10, -20, -25, -28]
    assert [days_before(step, "standard", SHORT) for step in after] == after == [-7, -30, -60, -75, -85]
    longer = with_plan("pro", deletion_days=180)
    assert [days_before(step, "pro", longer) for step in after] == [-14, -60, -120, -150, -170]


def test_a_plan_of_thirty_days_is_reminded_of_within_them() -> None:
    days = {
        left: due_for(watched(left), Wishes(), None, SHORT, TODAY) for left in (-2, -10, -28, -30, -31, -38)
    }
    assert days == {-2: Due(-7), -10: Due(-30), -28: Due(-85), -30: Due(LAST_DAY), -31: Due(END), -38: None}
    quiet = Wishes(mute=MuteLevel.MOST)
    assert due_for(watched(-27), quiet, 0, SHORT, TODAY) is None
    assert due_for(watched(-28), quiet, 0, SHORT, TODAY) == Due(-85), "the last words come all the same"
    assert next_look(watched(-25), (), SHORT, TODAY) == TODAY + timedelta(days=3)
    assert next_look(watched(-28), (), SHORT, TODAY) == TODAY + timedelta(days=2), "the last day"
    assert next_look(watched(-30), (), SHORT, TODAY) == TODAY + ONE, "the day after it"
    assert next_look(watched(-31), (), SHORT, TODAY) is None
    assert [is_urgent(expired(days), SHORT, TODAY) for days in (26, 27, 30, 31)] == [False, True, True, False]
    assert snooze_limit(expired(20), SHORT, TODAY) == TODAY + timedelta(days=10)
    assert first_look(expired(31), SHORT, TODAY) == TODAY
    assert first_look(expired(38), SHORT, TODAY) is None


def test_a_payment_has_to_come_before_the_first_deletion_whichever_mailbox_expires_first() -> None:
    boxes = [expired(20, "standard"), expired(10, "pro")]
    limits = limits_of(boxes, SHORT)
    assert limits.expiry == TODAY - timedelta(days=20)
    assert limits.deletion == TODAY + timedelta(days=20), "the pro one, which expired later"
    assert limits.pay_by(TODAY) == limits.deletion
    assert limits_of([expired(0, "standard"), *boxes[1:]], SHORT).pay_by(TODAY) == limits.deletion
    assert limits_of([expired(-5, "standard"), expired(-9)], SHORT).pay_by(TODAY) == TODAY + timedelta(days=5)


def test_a_method_that_is_in_time_for_the_rules_may_be_too_late_for_the_plan() -> None:
    slip = CATALOGUE.methods["slip_ordinary"]
    found = {days: arrival(slip, limits_of([expired(days)], SHORT), TODAY, time(11)) for days in (10, 25)}
    assert found == {10: Arrival.AFTER_EXPIRY, 25: Arrival.AFTER_DELETION}
    assert arrival(slip, limits_of([expired(25)], CATALOGUE), TODAY, time(11)) is Arrival.AFTER_EXPIRY


@given(own_days, own_days)
def test_under_every_plan_the_steps_keep_their_order_and_fall_before_the_deletion(
    own: int, rules: int
) -> None:
    after = tuple(sorted({max(1, rules * part // 90) for part in (7, 30, 60, 75, 85)}))
    catalogue = with_plan("pro", with_rules(deletion_days=rules, ladder_after=after), deletion_days=own)
    box = expired(0)
    days = [day_of(step, box, catalogue) for step in full_ladder(catalogue.rules)]
    assert days == sorted(days)
    assert days[-1] <= deletion_date(box, catalogue)
    assert all(day > box.expires_on for day in days[-len(after) :])


@given(own_days, st.integers(-400, 200), st.booleans())
def test_of_a_deleted_mailbox_the_end_alone_is_said_and_the_last_words_of_every_other(
    own: int, left: int, muted: bool
) -> None:
    catalogue = with_plan("pro", deletion_days=own)
    wish = Wishes(mute=MuteLevel.MOST if muted else None)
    told: list[int] = []
    box, day = watched(left), TODAY
    while day <= max(deletion_date(box, catalogue), TODAY) + 5 * ONE:
        found = due_for(box, wish, min(told, default=None), catalogue, day)
        if found is not None:
            assert found.step is not None
            steps = last_steps(catalogue.rules) if muted else full_ladder(catalogue.rules)
            is_end = found.step == END
            assert is_end is is_deleted(box, catalogue, day)
            assert is_end or found.step in {*steps, LAST_DAY}
            told.append(found.step)
        day += ONE
    assert (LAST_DAY in told) is not is_deleted(box, catalogue, TODAY)
    assert (told[-1:] == [END]) is (LAST_DAY in told or end_is_near(box, catalogue, TODAY))
