"""An archive is destroyed only as far as its owner has agreed to lose it (DOMAIN.md 3.2)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.choices import ChoiceRefused, Refusal, choose_plan, require_fitting_plans
from bot.domain.drafts import UNKNOWN_LOSS, Draft, Facts, Gap, gaps, initial_item, reconciled
from bot.domain.mailboxes import Usage
from tests.support.builders import NOW, a_complete_draft, a_mailbox, some_facts
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()


def stage(usage: Usage | None) -> tuple[Draft, Facts]:
    """A complete renewal of one Premium mailbox with this usage."""
    mailbox = a_mailbox(plan_id="premium", usage=usage)
    facts = some_facts(mailbox)
    draft = replace(a_complete_draft(facts), items=(initial_item(mailbox, CATALOGUE),))
    return draft, facts


def filled(facts: Facts, archive: str, *, hours_ago: int = 1) -> Facts:
    """The same world, with this much in the archive."""
    (mailbox,) = facts.mailboxes.values()
    usage = Usage(Decimal("0.1"), Decimal(archive), NOW - timedelta(hours=hours_ago))
    return replace(facts, mailboxes={mailbox.id: replace(mailbox, usage=usage)})


def used(archive: str, *, hours_ago: int = 1) -> Usage:
    return Usage(Decimal("0.1"), Decimal(archive), NOW - timedelta(hours=hours_ago))


def test_an_archive_that_filled_after_the_choice_has_to_be_confirmed() -> None:
    draft, facts = stage(used("0"))
    (item,) = draft.items
    draft = choose_plan(draft, facts, item.mailbox_id, "standard")
    assert gaps(draft, facts) == ()
    later = filled(facts, "1.5")
    assert gaps(draft, later) == (Gap.SPACE,)
    with pytest.raises(ChoiceRefused) as refused:
        require_fitting_plans(draft, later)
    assert refused.value.reason is Refusal.ARCHIVE_LOSS_UNCONFIRMED
    draft = choose_plan(draft, later, item.mailbox_id, "standard", archive_loss_confirmed=True)
    assert gaps(draft, later) == ()


def test_more_than_was_confirmed_has_to_be_confirmed_again_and_less_does_not() -> None:
    draft, facts = stage(used("1"))
    (item,) = draft.items
    draft = choose_plan(draft, facts, item.mailbox_id, "standard", archive_loss_confirmed=True)
    assert draft.items[0].accepted_loss == 1
    assert gaps(draft, filled(facts, "1.001")) == (Gap.SPACE,)
    assert gaps(draft, filled(facts, "0.5")) == ()


def test_whoever_accepts_a_loss_of_unknown_size_accepts_any() -> None:
    draft, facts = stage(None)
    (item,) = draft.items
    draft = choose_plan(draft, facts, item.mailbox_id, "standard", archive_loss_confirmed=True)
    assert draft.items[0].accepted_loss == UNKNOWN_LOSS
    assert gaps(draft, filled(facts, "7")) == ()


def test_an_archive_that_was_empty_two_days_ago_may_not_be_empty() -> None:
    draft, facts = stage(used("0", hours_ago=48))
    (item,) = draft.items
    with pytest.raises(ChoiceRefused) as refused:
        choose_plan(draft, facts, item.mailbox_id, "standard")
    assert refused.value.reason is Refusal.ARCHIVE_LOSS_UNCONFIRMED


def test_the_operator_changing_the_plan_meanwhile_asks_for_the_confirmation() -> None:
    mailbox = a_mailbox(plan_id="standard", usage=used("0"))
    facts = some_facts(mailbox)
    draft = replace(a_complete_draft(facts), items=(initial_item(mailbox, CATALOGUE),))
    assert gaps(draft, facts) == ()
    moved = replace(mailbox, plan_id="premium", usage=used("2"))
    assert gaps(draft, replace(facts, mailboxes={mailbox.id: moved})) == (Gap.SPACE,)


def test_going_back_to_a_plan_with_an_archive_forgets_the_confirmation() -> None:
    draft, facts = stage(used("1"))
    (item,) = draft.items
    draft = choose_plan(draft, facts, item.mailbox_id, "standard", archive_loss_confirmed=True)
    draft = choose_plan(draft, facts, item.mailbox_id, "premium")
    assert draft.items[0].accepted_loss is None


def test_what_the_world_takes_away_leaves_the_draft() -> None:
    draft, facts = stage(used("0"))
    assert reconciled(draft, facts) == draft
    assert reconciled(draft, replace(facts, mailboxes={})).items == ()
    gone = replace(draft, items=(replace(draft.items[0], plan_id="vanished"),))
    assert reconciled(gone, facts) == draft
