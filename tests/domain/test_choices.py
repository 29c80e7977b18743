"""What every choice makes of a renewal (DOMAIN.md 3.1 to 3.8)."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.catalogue import DocumentId
from bot.domain.choices import (
    ChoiceRefused,
    Refusal,
    choose_method,
    choose_plan,
    choose_space,
    choose_years,
    item_of,
    renew_as_it_is,
    require_fitting_plans,
    require_mailboxes,
    select_all,
    select_none,
    set_auto_renew,
    step_space,
    toggle_acceptance,
    toggle_mailbox,
)
from bot.domain.drafts import Acceptance, Draft, Facts, Gap, KitChoice, gaps
from bot.domain.form_answers import (
    answer_field,
    answer_kit,
    confirm_registrant,
    kit_for_registrant,
    set_registrant,
    ship_to_registrant,
)
from bot.domain.registrant import (
    Field,
    FieldError,
    FieldNotAsked,
    Form,
    HolderKind,
    KitHolder,
    KitHolderField,
    LockedField,
    ShippingField,
)
from bot.domain.space import ExtraSpace
from tests.support.builders import (
    NOW,
    a_complete_draft,
    a_draft,
    a_kit_holder,
    a_mailbox,
    a_registrant,
    a_shipping_address,
    a_usage,
    some_facts,
)
from tests.support.catalogue import example_catalogue, with_rules

CATALOGUE = example_catalogue()


def extra_of(draft: Draft, mailbox_id: int = 1) -> tuple[int, int]:
    """The extra GB of a mailbox, mailbox and archive."""
    extra = item_of(draft, mailbox_id).extra
    return extra.mailbox_gb, extra.archive_gb


FULL = a_usage("2.5", "3.5")


def the(*mailboxes: Any, **changes: Any) -> Facts:
    """Facts, shorter."""
    return some_facts(*mailboxes, **changes)


# Mailboxes


def test_mailboxes_are_kept_soonest_first() -> None:
    facts = the(a_mailbox(1, expires_in=60), a_mailbox(2, expires_in=5), a_mailbox(3, expires_in=60))
    draft = a_draft(facts, [3, 1, 2])
    assert [item.mailbox_id for item in draft.items] == [2, 1, 3]
    assert draft == a_draft(facts, [1, 2, 3])


def test_two_taps_on_a_flag_change_nothing() -> None:
    facts = the(a_mailbox(1), a_mailbox(2))
    for start in (a_draft(), a_draft(facts, [1])):
        assert toggle_mailbox(toggle_mailbox(start, facts, 2), facts, 2) == start
    both = a_draft(facts, [1, 2])
    assert toggle_mailbox(toggle_mailbox(both, facts, 2), facts, 2) == both


def test_a_mailbox_that_can_no_longer_be_renewed_can_still_be_taken_out() -> None:
    before = the(a_mailbox(1), a_mailbox(2))
    after = the(a_mailbox(1), a_mailbox(2, open_order="R7K2M-4"))
    draft = toggle_mailbox(a_draft(before, [1, 2]), after, 2)
    assert [item.mailbox_id for item in draft.items] == [1]


def test_all_and_none() -> None:
    facts = the(a_mailbox(1, expires_in=9), a_mailbox(2, expires_in=3), a_mailbox(3, auto_renew=True))
    everything = select_all(a_draft(), facts)
    assert [item.mailbox_id for item in everything.items] == [2, 1]
    assert select_all(everything, facts) == everything
    assert select_none(everything) == a_draft()
    kept = choose_plan(a_draft(facts, [1]), facts, 1, "premium")
    assert item_of(select_all(kept, facts), 1).plan_id == "premium"


def test_all_is_no_more_than_an_order_holds() -> None:
    boxes = [a_mailbox(n, expires_in=n) for n in range(1, 6)]
    facts = the(*boxes, catalogue=with_rules(max_mailboxes=3))
    assert [item.mailbox_id for item in select_all(a_draft(), facts).items] == [1, 2, 3]
    assert [item.mailbox_id for item in select_all(a_draft(facts, [5]), facts).items] == [1, 2, 5]
    full = a_draft(facts, [3, 4, 5])
    assert select_all(full, facts) == full


def test_ninety_nine_mailboxes_and_no_more() -> None:
    facts = the(*(a_mailbox(n) for n in range(1, 101)))
    draft = a_draft(facts, range(1, 100))
    assert len(draft.items) == 99
    with pytest.raises(ChoiceRefused) as caught:
        toggle_mailbox(draft, facts, 100)
    assert caught.value.reason is Refusal.TOO_MANY_MAILBOXES


def test_steps_are_left_with_what_they_ask_for() -> None:
    facts = the(a_mailbox(usage=FULL))
    draft = a_draft(facts, [1])
    require_mailboxes(draft, facts)
    require_fitting_plans(draft, facts)
    assert extra_of(draft) == (1, 1)


# Plan and space


def test_a_plan_is_kept_even_when_withdrawn() -> None:
    facts = the(a_mailbox(1, "light"))
    assert item_of(choose_plan(a_draft(facts, [1]), facts, 1, "light"), 1).plan_id == "light"
    moved = choose_plan(a_draft(facts, [1]), facts, 1, "pro")
    assert item_of(choose_plan(moved, facts, 1, "light"), 1).plan_id == "light"


@pytest.mark.parametrize("usage", [None, a_usage("0.5", "2.5")])
def test_an_archive_is_destroyed_once_it_is_confirmed(usage: Any) -> None:
    facts = the(a_mailbox(usage=usage, extra_archive_gb=2))
    draft = choose_plan(a_draft(facts, [1]), facts, 1, "standard", archive_loss_confirmed=True)
    assert item_of(draft, 1).plan_id == "standard"
    assert extra_of(draft) == (0, 0)


def test_an_empty_archive_needs_no_second_confirmation() -> None:
    facts = the(a_mailbox(usage=a_usage("0.5", "0")))
    assert item_of(choose_plan(a_draft(facts, [1]), facts, 1, "standard"), 1).plan_id == "standard"


def test_a_change_of_plan_recomputes_the_space() -> None:
    facts = the(a_mailbox(1, "premium", usage=a_usage("2.0", "6.5"), extra_mailbox_gb=4))
    draft = a_draft(facts, [1])
    assert extra_of(draft) == (4, 0)
    pro = choose_plan(draft, facts, 1, "pro")
    assert extra_of(pro) == (4, 4)
    standard = choose_plan(draft, facts, 1, "standard", archive_loss_confirmed=True)
    assert extra_of(standard) == (1, 0)
    assert extra_of(choose_plan(standard, facts, 1, "premium")) == (4, 0)


def test_space_that_only_a_plan_looked_at_needed_does_not_stay_behind() -> None:
    facts = the(a_mailbox(1, "premium", usage=a_usage("2.0", "6.5"), extra_mailbox_gb=4))
    start = a_draft(facts, [1])
    looked_at = choose_plan(start, facts, 1, "pro")
    assert extra_of(looked_at) == (4, 4)
    assert choose_plan(looked_at, facts, 1, "premium") == start
    looked_at = choose_plan(start, facts, 1, "standard", archive_loss_confirmed=True)
    assert choose_plan(looked_at, facts, 1, "premium") == start


def test_space_that_was_chosen_goes_along_to_another_plan() -> None:
    facts = the(a_mailbox(1, "pro", extra_mailbox_gb=4))
    fewer = choose_space(a_draft(facts, [1]), facts, 1, ExtraSpace(1, 2))
    assert extra_of(choose_plan(fewer, facts, 1, "premium")) == (1, 2)
    none = choose_space(a_draft(facts, [1]), facts, 1, ExtraSpace(0, 0))
    assert extra_of(choose_plan(none, facts, 1, "premium")) == (0, 0)


def test_the_same_plan_again_changes_nothing() -> None:
    facts = the(a_mailbox(extra_mailbox_gb=3))
    draft = choose_space(a_draft(facts, [1]), facts, 1, ExtraSpace(1, 7))
    assert choose_plan(draft, facts, 1, "pro") == draft


def test_only_the_mailbox_in_question_changes() -> None:
    facts = the(a_mailbox(1), a_mailbox(2))
    draft = choose_space(choose_plan(a_draft(facts, [1, 2]), facts, 2, "premium"), facts, 2, ExtraSpace(1, 1))
    assert item_of(draft, 1) == item_of(a_draft(facts, [1]), 1)
    assert draft.items[0].mailbox_id == 1


def test_space_steps_end_at_the_limits() -> None:
    facts = the(a_mailbox(usage=a_usage("4.5", "0")))
    draft = a_draft(facts, [1])
    assert extra_of(draft) == (3, 0)
    up = step_space(draft, facts, 1, 1, 10)
    assert extra_of(up) == (4, 10)
    assert extra_of(step_space(up, facts, 1, -10, -4)) == (3, 6)
    assert extra_of(step_space(up, facts, 1, 1000, 1000)) == (200, 200)


# Kit


def test_no_kit_and_then_a_kit_keep_what_was_given_of_its_person() -> None:
    facts = the()
    draft = a_draft(facts, [1], kit=KitChoice("usb_token", a_kit_holder(), a_shipping_address()))
    other = answer_kit(draft, facts, "remote")
    assert other.kit == KitChoice("remote", a_kit_holder(), a_shipping_address())
    refused = answer_kit(draft, facts, None)
    assert refused.kit == KitChoice(None, None, None)
    assert answer_kit(refused, facts, None) == refused


def test_no_kit_is_a_plain_answer_also_when_none_are_offered() -> None:
    facts = the(catalogue=with_rules(kit_step=False))
    assert answer_kit(a_draft(facts, [1]), facts, None).kit == KitChoice(None, None, None)


@pytest.mark.parametrize("kind", [kind for kind in HolderKind if kind.is_person])
def test_a_kit_can_name_the_registrant_and_go_to_its_address(kind: HolderKind) -> None:
    facts = the(kind=kind)
    draft = kit_for_registrant(answer_kit(a_complete_draft(facts), facts, "usb_token"), facts)
    assert draft.kit is not None
    assert draft.kit.holder == KitHolder("Maria", "Rossi", facts.registrant.tax_code)
    assert gaps(draft, facts) == (Gap.KIT,)
    draft = answer_field(draft, facts, Form.KIT_HOLDER, KitHolderField.EMAIL, "maria.rossi@example.com")
    draft = answer_field(draft, facts, Form.KIT_HOLDER, KitHolderField.MOBILE, "333 1234567")
    assert gaps(draft, facts) == (Gap.KIT,)
    draft = ship_to_registrant(draft, facts)
    assert gaps(draft, facts) == ()
    assert kit_for_registrant(draft, facts) == draft


def test_the_contacts_of_another_person_are_forgotten() -> None:
    facts = the()
    other = replace(a_kit_holder(), tax_code="VRDGPP80A01H501W", first_name="Giuseppe", last_name="Verdi")
    draft = kit_for_registrant(a_draft(facts, [1], kit=KitChoice("remote", other, None)), facts)
    assert draft.kit is not None
    assert draft.kit.holder == KitHolder("Maria", "Rossi", facts.registrant.tax_code)


def test_a_kit_can_be_sent_to_a_company() -> None:
    facts = the(kind=HolderKind.COMPANY)
    draft = ship_to_registrant(answer_kit(a_draft(facts, [1]), facts, "usb_token"), facts)
    assert draft.kit is not None
    assert draft.kit.shipping is not None
    assert draft.kit.shipping.name == "Esempio S.r.l."


# Registrant


def test_a_correction_is_confirmed_anew() -> None:
    facts = the()
    draft = a_complete_draft(facts)
    changed = answer_field(draft, facts, Form.REGISTRANT, Field.TOWN, " roma ")
    assert changed.registrant is not None
    assert changed.registrant.address.town.casefold() == "roma"
    assert gaps(changed, facts) == (Gap.REGISTRANT,)
    assert gaps(confirm_registrant(changed, facts), facts) == ()
    assert facts.registrant.address.town == "Milano"
    assert not set_registrant(draft, facts.registrant).registrant_confirmed


@pytest.mark.parametrize(
    ("form", "field", "text", "error"),
    [
        (Form.REGISTRANT, Field.TAX_CODE, "RSSMRA85T50A562W", LockedField),
        (Form.REGISTRANT, Field.LEGAL_REP, "Maria Rossi", FieldNotAsked),
        (Form.REGISTRANT, Field.PHONE, "tel", FieldError),
        (Form.REGISTRANT, KitHolderField.MOBILE, "3331234567", FieldNotAsked),
        (Form.KIT_HOLDER, KitHolderField.MOBILE, "02 1234567", FieldError),
        (Form.KIT_HOLDER, Field.PHONE, "02 1234567", FieldNotAsked),
        (Form.SHIPPING, ShippingField.POSTCODE, "1", FieldError),
        (Form.SHIPPING, KitHolderField.EMAIL, "a@example.com", FieldNotAsked),
    ],
)
def test_answers_that_are_not_taken(form: Form, field: Any, text: str, error: type[Exception]) -> None:
    facts = the()
    with pytest.raises(error):
        answer_field(answer_kit(a_draft(facts, [1]), facts, "usb_token"), facts, form, field, text)


def test_answers_about_the_kit_are_kept_one_by_one() -> None:
    facts = the()
    draft = answer_kit(a_draft(facts, [1]), facts, "usb_token")
    draft = answer_field(draft, facts, Form.KIT_HOLDER, KitHolderField.FIRST_NAME, "Maria")
    draft = answer_field(draft, facts, Form.SHIPPING, ShippingField.TOWN, "Roma")
    draft = answer_field(draft, facts, Form.KIT_HOLDER, KitHolderField.LAST_NAME, "Rossi")
    assert draft.kit is not None
    assert draft.kit.holder == KitHolder("Maria", "Rossi")
    assert draft.kit.shipping is not None
    assert draft.kit.shipping.address.town == "Roma"


# Payment and years


def test_choosing_a_method_never_switches_automatic_renewal_on() -> None:
    facts = the()
    for method in ("card", "paypal", "bank_transfer", "instant_transfer", "slip_preprinted", "slip_ordinary"):
        assert not choose_method(a_draft(facts, [1]), facts, method).auto_renew


def test_automatic_renewal_goes_with_methods_that_carry_it() -> None:
    facts = the()
    draft = set_auto_renew(choose_method(a_draft(facts, [1]), facts, "card"), facts, on=True)
    assert draft.auto_renew
    assert choose_method(draft, facts, "paypal").auto_renew
    without = choose_method(draft, facts, "bank_transfer")
    assert not without.auto_renew
    assert not choose_method(without, facts, "card").auto_renew
    assert not set_auto_renew(draft, facts, on=False).auto_renew
    assert not set_auto_renew(a_draft(facts, [1]), facts, on=False).auto_renew


def test_on_the_last_day_a_card_still_saves_the_mailbox() -> None:
    facts = the(a_mailbox(expires_in=-90))
    assert choose_method(a_draft(facts, [1]), facts, "card").method_id == "card"


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
def test_years(years: int) -> None:
    facts = the()
    assert choose_years(a_draft(facts, [1]), facts, years).years == years


# As it is


def test_the_express_way_leaves_only_the_payment_to_choose() -> None:
    facts = the(a_mailbox(1, extra_mailbox_gb=2), a_mailbox(2, "light"))
    draft = renew_as_it_is(a_draft(facts, [1, 2]), facts, 1)
    assert gaps(draft, facts) == (Gap.PAYMENT,)
    assert (draft.years, draft.kit, draft.registrant_confirmed) == (1, KitChoice(None, None, None), True)
    assert draft.acceptances == ()
    assert not draft.auto_renew


def test_the_express_way_does_not_confirm_data_with_holes() -> None:
    facts = the(registrant=a_registrant(reference_email=""))
    draft = renew_as_it_is(a_draft(facts, [1]), facts, 1)
    assert gaps(draft, facts) == (Gap.REGISTRANT, Gap.PAYMENT)


def test_the_express_way_undoes_what_was_changed_before() -> None:
    facts = the()
    start = a_draft(facts, [1])
    changed = answer_kit(choose_plan(start, facts, 1, "premium"), facts, "remote")
    assert renew_as_it_is(changed, facts, 2) == renew_as_it_is(start, facts, 2)


# Acceptances


def test_a_tick_keeps_document_version_language_and_time() -> None:
    facts = the()
    draft = toggle_acceptance(a_draft(facts, [1]), facts, DocumentId.CLAUSES, "en")
    assert draft.acceptances == (Acceptance(DocumentId.CLAUSES, "2026-01", "en", NOW),)


@pytest.mark.parametrize("document", list(DocumentId))
def test_two_taps_on_an_acceptance_change_nothing(document: DocumentId) -> None:
    facts = the()

    def twice(draft: Draft) -> Draft:
        once = toggle_acceptance(draft, facts, document, "it")
        assert once != draft
        return toggle_acceptance(once, facts, document, "it")

    start = a_draft(facts, [1])
    assert twice(start) == start
    full = a_complete_draft(facts)
    assert set(twice(full).acceptances) == set(full.acceptances)
