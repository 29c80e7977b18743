"""The rules of the code that is mailed: its form, the limits of an hour, the cool-down (DOMAIN.md 2.2)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.login_codes import (
    PastRequest,
    code_in,
    cools_down_until,
    next_request_at,
    next_stranger_at,
    remembered_for,
    wrong_codes_carried,
)
from tests.support.catalogue import example_catalogue

RULES = example_catalogue().rules
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "typed",
    [
        "048213",
        " 048213\n",
        "048 213",
        "04-82-13",
        "048\N{EN DASH}213",
        "0 4 8 2 1 3",
        "048.213",
        "\uff10\uff14\uff18\uff12\uff11\uff13",
    ],
)
def test_a_code_however_it_is_grouped(typed: str) -> None:
    assert code_in(typed) == "048213"


@pytest.mark.parametrize(
    "typed",
    ["", "04821", "0482134", "04821a", "codice 048213", "\u0660\u0664\u0668\u0662\u0661\u0663", "+48213"],
)
def test_what_is_no_code(typed: str) -> None:
    assert code_in(typed) is None


@given(st.text())
def test_any_text_is_a_code_or_none(typed: str) -> None:
    code = code_in(typed)
    assert code is None or (len(code) == 6 and code.isascii() and code.isdigit())


def test_the_third_code_of_the_hour_is_the_last() -> None:
    two = [PastRequest(ago(50), 0, ago(40)), PastRequest(ago(1), 0, None)]
    assert next_request_at(two, RULES) is None
    assert next_request_at([*two, PastRequest(ago(30), 0, ago(1))], RULES) == ago(50) + timedelta(hours=1)


@given(st.lists(st.integers(0, 300), max_size=60))
def test_who_asks_whenever_it_is_allowed_never_has_more_than_the_hours_codes(waits: list[int]) -> None:
    asked: list[PastRequest] = []
    now = NOW
    for wait in waits:
        now += timedelta(minutes=wait / 10)
        until = next_request_at(asked, RULES)
        if until is None or now >= until:
            asked.append(PastRequest(now, 0, None))
        lately = [each for each in asked if each.asked_at > now - timedelta(hours=1)]
        assert len(lately) <= RULES.login_codes_per_hour


def test_the_tenth_code_of_a_day_is_the_last_for_strangers() -> None:
    nine = [PastRequest(ago(60 * hours), 0, None) for hours in range(1, 10)]
    assert next_stranger_at(nine, RULES) is None
    assert next_stranger_at([*nine, PastRequest(ago(0), 0, None)], RULES) == ago(540) + timedelta(days=1)


def test_only_a_request_with_too_many_wrong_codes_cools_down() -> None:
    full = RULES.login_attempts
    assert cools_down_until([], RULES) is None
    assert (
        cools_down_until([PastRequest(ago(9), full - 1, ago(1)), PastRequest(ago(3), 0, None)], RULES) is None
    )
    spent = [PastRequest(ago(59), full, ago(55)), PastRequest(ago(9), full, ago(2))]
    assert cools_down_until(spent, RULES) == ago(2) + timedelta(minutes=RULES.login_cooldown_minutes)


def test_another_code_is_no_new_set_of_attempts() -> None:
    assert wrong_codes_carried(None, RULES, NOW) == 0
    assert wrong_codes_carried(PastRequest(ago(59), 4, None), RULES, NOW) == 4
    assert wrong_codes_carried(PastRequest(ago(60), 4, None), RULES, NOW) == 0


def test_what_counts_is_remembered_as_long_as_it_does() -> None:
    latest_end = timedelta(minutes=RULES.login_code_minutes + RULES.login_cooldown_minutes)
    assert remembered_for(RULES) >= max(timedelta(days=1), latest_end)
