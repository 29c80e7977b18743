"""Which mailboxes can be renewed here, and why the others cannot (DOMAIN.md 3.1)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.mailboxes import Blocker, Expiring, blocker, days_left, deletion_date, usage_is_current
from tests.support.builders import NOW, TODAY, a_mailbox, a_usage
from tests.support.catalogue import example_catalogue, with_rules

CATALOGUE = example_catalogue()


def test_days_left() -> None:
    assert [days_left(TODAY + timedelta(days=n), TODAY) for n in (30, 1, 0, -1, -90)] == [30, 1, 0, -1, -90]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"open_order": "R7K2M-4"}, Blocker.OPEN_ORDER),
        ({"auto_renew": True}, Blocker.AUTO_RENEW),
        ({"plan_id": "domain"}, Blocker.OWN_DOMAIN),
        ({"plan_id": "light"}, None),  # withdrawn from sale: it can be kept
    ],
)
def test_reasons(changes: dict[str, Any], reason: Blocker | None) -> None:
    assert blocker(a_mailbox(**changes), CATALOGUE, TODAY) is reason


@pytest.mark.parametrize(
    ("left", "reason"),
    [(400, None), (1, None), (0, None), (-1, None), (-89, None), (-90, None), (-91, Blocker.DELETED)],
)
def test_a_mailbox_is_deleted_on_the_ninety_first_day(left: int, reason: Blocker | None) -> None:
    assert blocker(a_mailbox(expires_in=left), CATALOGUE, TODAY) is reason


def test_the_operator_decides_after_how_many_days() -> None:
    catalogue = with_rules(deletion_days=30)
    assert deletion_date(Expiring("pro", TODAY), catalogue) == TODAY + timedelta(days=30)
    assert blocker(a_mailbox(expires_in=-30), catalogue, TODAY) is None
    assert blocker(a_mailbox(expires_in=-31), catalogue, TODAY) is Blocker.DELETED


def test_the_most_final_reason_comes_first() -> None:
    everything: dict[str, Any] = {"plan_id": "domain", "open_order": "R7K2M-4", "auto_renew": True}
    gone = a_mailbox(expires_in=-91, **everything)
    assert blocker(gone, CATALOGUE, TODAY) is Blocker.DELETED
    assert blocker(a_mailbox(**everything), CATALOGUE, TODAY) is Blocker.OWN_DOMAIN
    assert blocker(a_mailbox(**{**everything, "plan_id": "pro"}), CATALOGUE, TODAY) is Blocker.OPEN_ORDER


def test_usage_is_current_for_a_day() -> None:
    assert usage_is_current(a_usage(hours_old=0), CATALOGUE, NOW)
    assert usage_is_current(a_usage(hours_old=24), CATALOGUE, NOW)
    assert not usage_is_current(a_usage(hours_old=25), CATALOGUE, NOW)
    assert not usage_is_current(None, CATALOGUE, NOW)
    assert usage_is_current(a_usage(hours_old=25), with_rules(usage_max_age_hours=48), NOW)
