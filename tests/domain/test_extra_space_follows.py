"""Extra GB follow the plan and the used space, and nothing that costs money stays behind (DOMAIN.md 3.2 and 3.3)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choices import (
    ChoiceRefused,
    Refusal,
    check_space_again,
    choose_plan,
    choose_space,
    item_of,
    require_fitting_plans,
)
from bot.domain.drafts import Draft, initial_item
from bot.domain.space import ExtraSpace
from tests.support.builders import a_draft, a_mailbox, a_usage, some_facts
from tests.support.catalogue import with_plan

PLANS = st.sampled_from(["standard", "pro", "premium"])


def extra_of(draft: Draft) -> ExtraSpace:
    """The extra GB of the only mailbox."""
    return item_of(draft, 1).extra


@given(
    own=PLANS,
    route=st.lists(PLANS, max_size=5),
    held=st.tuples(st.integers(0, 1), st.integers(0, 3)),
    used=st.tuples(st.integers(0, 20), st.integers(0, 90)),
)
def test_whatever_plans_were_looked_at_coming_back_is_as_if_nothing_had_happened(
    own: str, route: list[str], held: tuple[int, int], used: tuple[int, int]
) -> None:
    mailbox = a_mailbox(
        1,
        own,
        usage=a_usage(f"{used[0] / 10}", f"{used[1] / 10}"),
        extra_mailbox_gb=held[0],
        extra_archive_gb=held[1] if own != "standard" else 0,
    )
    facts = some_facts(mailbox)
    start = draft = a_draft(facts, [1])
    for plan in [*route, own]:
        draft = choose_plan(draft, facts, 1, plan, archive_loss_confirmed=True)
    assert draft == start


def test_gb_that_the_customer_chose_are_kept_with_another_plan() -> None:
    facts = some_facts(a_mailbox(1, "pro", extra_mailbox_gb=2))
    draft = choose_space(a_draft(facts, [1]), facts, 1, ExtraSpace(0, 7))
    assert extra_of(choose_plan(draft, facts, 1, "premium")) == ExtraSpace(0, 7)


def test_checking_again_after_deleting_starts_from_what_the_mailbox_has() -> None:
    full = a_mailbox(1, "pro", usage=a_usage("4.5", "3"), extra_mailbox_gb=1)
    facts = some_facts(full)
    draft = a_draft(facts, [1])
    assert extra_of(draft) == ExtraSpace(3, 0)
    tidy = some_facts(replace(full, usage=a_usage("1.0", "3")))
    again = check_space_again(draft, tidy, 1)
    assert item_of(again, 1) == initial_item(tidy.mailboxes[1], tidy.catalogue)
    assert extra_of(again) == ExtraSpace(1, 0)


def test_checking_again_adds_what_is_needed_since() -> None:
    mailbox = a_mailbox(1, "standard")
    draft = a_draft(some_facts(mailbox), [1])
    grown = some_facts(replace(mailbox, usage=a_usage("1.5", "0")))
    with pytest.raises(ChoiceRefused) as refused:
        require_fitting_plans(draft, grown)
    assert refused.value.reason is Refusal.SPACE_TOO_SMALL
    require_fitting_plans(check_space_again(draft, grown, 1), grown)


def test_what_is_no_longer_sold_is_refused_by_its_reason() -> None:
    facts = some_facts(a_mailbox(1, "standard"))
    moved = choose_plan(a_draft(facts, [1]), facts, 1, "pro")
    withdrawn = replace(facts, catalogue=with_plan("pro", on_sale=False))
    with pytest.raises(ChoiceRefused) as refused:
        require_fitting_plans(moved, withdrawn)
    assert refused.value.reason is Refusal.PLAN_NOT_ON_SALE

    wide = choose_space(moved, facts, 1, ExtraSpace(9, 0))
    narrowed = replace(facts, catalogue=with_plan("pro", extra_mailbox_cap=5))
    with pytest.raises(ChoiceRefused) as refused:
        require_fitting_plans(wide, narrowed)
    assert refused.value.reason is Refusal.SPACE_ABOVE_CAP
