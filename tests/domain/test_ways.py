"""The way through a renewal: on, back, and how many steps it has."""

from dataclasses import replace

import pytest

from bot.domain.choices import choose_method, choose_years, toggle_mailbox
from bot.domain.drafts import Draft, Facts
from bot.domain.form_answers import confirm_registrant
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.domain.ways import arrive, came_from, go_back, go_express, go_on, leads_to_recap, progress
from tests.support.builders import a_draft, a_mailbox, a_registrant, a_usage, some_facts
from tests.support.catalogue import example_catalogue

PLAN, SPACE, KIT, CARD = Step.PLAN, Step.SPACE, Step.KIT, Step.REGISTRANT
PAYMENT, YEARS, ORDER, EDIT = Step.PAYMENT, Step.YEARS, Step.ORDER, Step.EDIT


def at(step: Step, *way: Step, facts: Facts | None = None, express: bool | None = False) -> Draft:
    """A draft of one mailbox that went this way."""
    facts = facts or some_facts()
    return replace(a_draft(facts, [1]), step=step, way=way, express=express)


@pytest.mark.parametrize(
    ("before", "step", "way"),
    [
        (at(PLAN), SPACE, (PLAN,)),
        (at(PAYMENT, PLAN), PAYMENT, (PLAN,)),
        (at(ORDER, PLAN, PAYMENT), PLAN, (PLAN, PAYMENT, ORDER)),
        (at(PAYMENT, PLAN, PAYMENT, ORDER, EDIT), ORDER, (PLAN, PAYMENT)),
        (at(YEARS, PLAN, PAYMENT, ORDER, EDIT, CARD), EDIT, (PLAN, PAYMENT, ORDER)),
        (at(YEARS, PLAN, SPACE, CARD), SPACE, (PLAN,)),
    ],
)
def test_a_step_that_is_reached_is_remembered_with_what_came_before(
    before: Draft, step: Step, way: tuple[Step, ...]
) -> None:
    after = arrive(before, step)
    assert (after.step, after.way) == (step, way)
    assert arrive(after, step) == after


def test_back_undoes_forward_step_by_step() -> None:
    facts = some_facts()
    draft, seen = at(PLAN, express=None), [PLAN]
    while draft.step is not ORDER:
        draft = go_on(draft, facts, draft.step)
        seen.append(draft.step)
    assert seen == [PLAN, SPACE, KIT, CARD, PAYMENT, YEARS, ORDER]
    assert progress(Renewal(draft, facts), ORDER) == (7, 7)
    while len(seen) > 1:
        assert came_from(Renewal(draft, facts)) is seen[-2]
        draft = go_back(draft, facts, seen.pop())
        assert progress(Renewal(draft, facts), draft.step) == (len(seen), 7)
    assert came_from(Renewal(draft, facts)) is None
    assert go_back(draft, facts, PLAN) == draft


def test_the_short_way_sees_the_payment_also_where_it_is_chosen() -> None:
    facts = some_facts()
    draft = go_express(at(PLAN, express=None), facts, 2)
    assert (draft.step, draft.way, draft.express) == (PAYMENT, (PLAN,), True)
    draft = go_on(choose_method(draft, facts, "bank_transfer"), facts, PAYMENT)
    assert (draft.step, draft.way) == (ORDER, (PLAN, PAYMENT))
    draft = go_express(go_back(go_back(draft, facts, ORDER), facts, PAYMENT), facts, 3)
    assert (draft.step, draft.years, draft.method_id) == (PAYMENT, 3, "bank_transfer")


def test_the_short_way_asks_for_missing_data_first() -> None:
    facts = some_facts(registrant=a_registrant(phone=""))
    draft = at(PLAN, express=None, facts=facts)
    assert progress(Renewal(draft, facts), PLAN) == (1, 4)
    draft = go_express(draft, facts, 1)
    assert draft.step is CARD
    assert progress(Renewal(draft, facts), CARD) == (2, 4)


def test_where_the_mailbox_cannot_stay_as_it_is_there_is_one_way() -> None:
    facts = some_facts(a_mailbox(plan_id="standard", usage=a_usage("1.4")))
    draft = toggle_mailbox(replace(a_draft(facts), step=PLAN), facts, 1)
    assert progress(Renewal(draft, facts), PLAN) == (1, 7)


def test_from_the_recap_all_leads_to_it_by_way_of_what_is_missing() -> None:
    facts = some_facts()
    draft = at(CARD, PLAN, SPACE, KIT, CARD, PAYMENT, YEARS, ORDER, EDIT)
    assert leads_to_recap(draft)
    draft = go_on(choose_method(confirm_registrant(draft, facts), facts, "card"), facts, CARD)
    assert draft.step is KIT, "no answer was given yet"
    assert progress(Renewal(draft, facts), KIT) == (7, 7)
    draft = go_on(go_express(draft, facts, 1), facts, PAYMENT)
    assert (draft.step, draft.way) == (ORDER, (PLAN, SPACE, KIT, CARD, PAYMENT, YEARS))


def test_a_tap_that_is_delivered_twice_moves_once() -> None:
    facts = some_facts()
    draft = go_back(at(PAYMENT, PLAN), facts, PAYMENT)
    assert go_back(draft, facts, PAYMENT) == draft
    forward = go_on(at(PLAN), facts, PLAN)
    assert go_on(forward, facts, PLAN) == forward


def test_steps_that_the_operator_takes_away_are_not_gone_back_to() -> None:
    catalogue = example_catalogue()
    catalogue = replace(catalogue, rules=replace(catalogue.rules, kit_step=False))
    facts = some_facts(catalogue=catalogue)
    draft = choose_years(at(CARD, PLAN, SPACE, KIT, facts=facts), facts, 1)
    assert came_from(Renewal(draft, facts)) is SPACE
    assert progress(Renewal(draft, facts), CARD) == (3, 6)
    draft = go_back(draft, facts, CARD)
    assert (draft.step, draft.way) == (SPACE, (PLAN,))


def test_nobody_goes_back_from_a_list_of_mailboxes_with_none_chosen() -> None:
    facts = some_facts(a_mailbox(1), a_mailbox(2))
    draft = replace(a_draft(facts), step=Step.MAILBOX, way=(PLAN,))
    assert came_from(Renewal(draft, facts)) is None
    chosen = toggle_mailbox(draft, facts, 2)
    assert came_from(Renewal(chosen, facts)) is PLAN
    assert progress(Renewal(chosen, facts), Step.MAILBOX) == (1, 4)
