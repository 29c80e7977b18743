"""What a draft lacks, what it costs, and what is asked again when the world around it has changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendar import Arrival
from bot.domain.catalogue import DocumentId
from bot.domain.choices import choose_plan, choose_space, set_auto_renew, toggle_acceptance
from bot.domain.drafts import (
    Facts,
    Gap,
    Item,
    KitChoice,
    accepted,
    all_required_accepted,
    as_it_is,
    cannot_stay,
    chosen_method,
    documents_for,
    draft_quote,
    gaps,
    initial_item,
    item_quote,
    keeps,
    method_arrival,
    methods_for,
    promotions_of,
    renewed_documents,
    unfit_items,
    year_choices,
)
from bot.domain.form_answers import answer_kit
from bot.domain.prices import LineKind
from bot.domain.registrant import HolderKind
from bot.domain.space import ExtraSpace
from tests.support.builders import (
    TODAY,
    a_complete_draft,
    a_draft,
    a_kit_holder,
    a_mailbox,
    a_registrant,
    a_shipping_address,
    a_usage,
    some_facts,
)
from tests.support.catalogue import example_catalogue, with_plan, with_rules, with_split_payment

CATALOGUE = example_catalogue()


def moved(facts: Facts, **changes: object) -> Facts:
    """The same holder in another world."""
    return replace(facts, **changes)  # type: ignore[arg-type]


# Nothing preselected, and what is asked


def test_an_empty_draft_asks_for_a_mailbox_first() -> None:
    facts = some_facts()
    assert gaps(a_draft(), facts) == (Gap.MAILBOX,)
    assert draft_quote(a_draft(), facts).due == 0


def test_a_draft_with_a_mailbox_asks_for_all_the_rest() -> None:
    facts = some_facts()
    assert gaps(a_draft(facts, [1]), facts) == (Gap.KIT, Gap.REGISTRANT, Gap.PAYMENT, Gap.YEARS)


@pytest.mark.parametrize("kind", list(HolderKind))
def test_a_complete_draft_lacks_nothing(kind: HolderKind) -> None:
    facts = some_facts(a_mailbox(1), a_mailbox(2, "standard"), kind=kind)
    draft = a_complete_draft(facts)
    assert gaps(draft, facts) == ()
    assert all_required_accepted(draft, facts)
    assert all(keeps(item, facts.mailboxes[item.mailbox_id]) for item in draft.items)


@pytest.mark.parametrize("catalogue", [with_rules(kit_step=False), replace(CATALOGUE, kits={})])
def test_without_kits_nothing_is_asked_about_them(catalogue: object) -> None:
    facts = moved(some_facts(), catalogue=catalogue)
    assert Gap.KIT not in gaps(a_draft(facts, [1]), facts)


def test_the_registrant_on_file_may_have_holes() -> None:
    facts = some_facts(registrant=a_registrant(phone=""))
    draft = a_complete_draft(some_facts())
    assert gaps(draft, facts) == (Gap.REGISTRANT,)
    corrected = replace(draft, registrant=a_registrant())
    assert gaps(corrected, facts) == ()


# What is asked again when the world has changed


def test_a_mailbox_that_can_no_longer_be_renewed() -> None:
    facts = some_facts(a_mailbox(1), a_mailbox(2))
    draft = a_complete_draft(facts)
    boxes = {1: facts.mailboxes[1], 2: replace(facts.mailboxes[2], open_order="R7K2M-4")}
    assert gaps(draft, moved(facts, mailboxes=boxes)) == (Gap.MAILBOX,)


def test_used_space_that_has_grown() -> None:
    facts = some_facts(a_mailbox(1))
    draft = a_complete_draft(facts)
    grown = {1: replace(facts.mailboxes[1], usage=a_usage("2.001", "0"))}
    assert gaps(draft, moved(facts, mailboxes=grown)) == (Gap.SPACE,)
    assert unfit_items(draft, moved(facts, mailboxes=grown)) == draft.items


def test_a_plan_withdrawn_from_sale_can_be_kept_but_not_taken() -> None:
    facts = some_facts(a_mailbox(1, "standard"), a_mailbox(2, "pro"))
    draft = choose_plan(a_complete_draft(facts), facts, 1, "pro")
    withdrawn = moved(facts, catalogue=with_plan("pro", on_sale=False))
    assert gaps(draft, withdrawn) == (Gap.SPACE,)
    assert [item.mailbox_id for item in unfit_items(draft, withdrawn)] == [1]


def test_extra_space_that_is_sold_no_longer() -> None:
    facts = some_facts(a_mailbox(1, "pro"))
    draft = choose_space(a_complete_draft(facts), facts, 1, ExtraSpace(3, 0))
    none_sold = moved(facts, catalogue=with_plan("pro", extra_mailbox_price=None, extra_mailbox_cap=0))
    assert gaps(draft, none_sold) == (Gap.SPACE,)
    fewer_sold = moved(facts, catalogue=with_plan("pro", extra_mailbox_cap=2))
    assert gaps(draft, fewer_sold) == (Gap.SPACE,)


def test_a_method_that_became_too_late_or_is_no_longer_offered() -> None:
    facts = some_facts(a_mailbox(1, expires_in=-80))
    draft = replace(a_complete_draft(facts), method_id="bank_transfer")
    assert gaps(draft, facts) == ()
    assert gaps(draft, moved(facts, today=TODAY + timedelta(days=10))) == (Gap.PAYMENT,)
    fewer = {key: method for key, method in CATALOGUE.methods.items() if key != "bank_transfer"}
    assert gaps(draft, moved(facts, catalogue=replace(CATALOGUE, methods=fewer))) == (Gap.PAYMENT,)


def test_a_method_that_no_longer_carries_the_automatic_renewal() -> None:
    facts = some_facts()
    draft = set_auto_renew(replace(a_complete_draft(facts), method_id="card"), facts, on=True)
    assert gaps(draft, facts) == ()
    card = replace(CATALOGUE.methods["card"], carries_auto_renew=False)
    changed = replace(CATALOGUE, methods={**CATALOGUE.methods, "card": card})
    assert gaps(draft, moved(facts, catalogue=changed)) == (Gap.PAYMENT,)


def test_years_that_are_no_longer_offered() -> None:
    facts = some_facts()
    draft = replace(a_complete_draft(facts), years=5)
    assert gaps(draft, facts) == ()
    assert gaps(draft, moved(facts, catalogue=with_rules(max_years=4))) == (Gap.YEARS,)


def test_a_kit_that_is_sold_no_longer() -> None:
    facts = some_facts()
    kit = KitChoice("remote", a_kit_holder(), None)
    draft = replace(a_complete_draft(facts), kit=kit)
    assert gaps(draft, facts) == ()
    assert draft_quote(draft, facts).net == 2990 + 3900
    gone = moved(facts, catalogue=replace(CATALOGUE, kits={"usb_token": CATALOGUE.kits["usb_token"]}))
    assert gaps(draft, gone) == (Gap.KIT,)
    assert draft_quote(draft, gone).net == 2990


def test_kits_that_are_offered_no_longer_are_not_charged() -> None:
    facts = some_facts(catalogue=with_rules(kit_step=False))
    draft = replace(a_complete_draft(some_facts()), kit=KitChoice("remote", a_kit_holder(), None))
    assert gaps(draft, facts) == ()
    assert draft_quote(draft, facts).net == 2990


@pytest.mark.parametrize(
    ("kit_id", "with_holder", "with_shipping", "complete"),
    [
        ("remote", False, False, False),
        ("remote", True, False, True),
        ("usb_token", True, False, False),
        ("usb_token", False, True, False),
        ("usb_token", True, True, True),
        ("smart_card", True, True, True),
        ("smart_card", True, False, False),
    ],
)
def test_a_kit_needs_its_person_and_hardware_an_address(
    kit_id: str, with_holder: bool, with_shipping: bool, complete: bool
) -> None:
    facts = some_facts()
    holder = a_kit_holder() if with_holder else None
    shipping = a_shipping_address() if with_shipping else None
    draft = replace(a_complete_draft(facts), kit=KitChoice(kit_id, holder, shipping))
    assert gaps(draft, facts) == (() if complete else (Gap.KIT,))


def test_a_kit_with_a_wrong_person_or_address_is_incomplete() -> None:
    facts = some_facts()
    wrong_person = replace(a_kit_holder(), mobile="+390212345678")  # a landline
    wrong_address = replace(a_shipping_address(), name="")
    for kit in (
        KitChoice("usb_token", wrong_person, a_shipping_address()),
        KitChoice("usb_token", a_kit_holder(), wrong_address),
    ):
        assert gaps(replace(a_complete_draft(facts), kit=kit), facts) == (Gap.KIT,)


# Prices


def test_the_price_is_of_one_year_until_years_are_chosen() -> None:
    facts = some_facts()
    draft = a_draft(facts, [1])
    assert (draft_quote(draft, facts).years, draft_quote(draft, facts).due) == (1, 3648)
    assert draft_quote(replace(draft, years=3), facts).due == 10_943
    assert draft_quote(replace(draft, years=3), facts, 2).due == 7296


def test_split_payment_is_for_italian_public_administrations_that_declared_it() -> None:
    draft = a_draft(some_facts(), [1])
    for kind in HolderKind:
        facts = some_facts(registrant=a_registrant(kind, split_payment=True), catalogue=with_split_payment())
        expected = 2990 if kind is HolderKind.PUBLIC_ADMINISTRATION else 3648
        assert draft_quote(draft, facts).due == expected
    undeclared = some_facts(kind=HolderKind.PUBLIC_ADMINISTRATION)
    assert draft_quote(draft, undeclared).due == 3648


def test_split_payment_ends_with_its_authorisation_and_the_declaration_is_kept() -> None:
    holder = a_registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    for until, due in ((TODAY, 2990), (TODAY - timedelta(days=1), 3648)):
        facts = some_facts(registrant=holder, catalogue=with_rules(split_payment_until=until))
        found = draft_quote(a_draft(facts, [1]), facts)
        assert (found.due, found.split_payment) == (due, due == 2990)
        assert facts.registrant.splits_payment


def test_the_corrected_registrant_decides() -> None:
    facts = some_facts(kind=HolderKind.PUBLIC_ADMINISTRATION, catalogue=with_split_payment())
    draft = a_draft(facts, [1])
    corrected = replace(facts.registrant, split_payment=True)
    assert draft_quote(replace(draft, registrant=corrected), facts).due == 2990


def test_the_price_of_one_mailbox_alone() -> None:
    facts = some_facts(a_mailbox(1), a_mailbox(2, "standard"))
    draft = replace(a_complete_draft(facts), years=3, kit=KitChoice("remote", a_kit_holder(), None))
    alone = item_quote(draft.items[1], draft, facts)
    assert [(line.kind, line.code, line.years) for line in alone.lines] == [(LineKind.PLAN, "standard", 1)]
    assert alone.due == 1208


# Methods, years, documents


@pytest.mark.parametrize("kind", list(HolderKind))
def test_methods_on_offer(kind: HolderKind) -> None:
    facts = some_facts(kind=kind)
    found = [method.id for method in methods_for(a_draft(facts, [1]), facts)]
    if kind is HolderKind.PUBLIC_ADMINISTRATION:
        assert found == ["pa_transfer"]
    else:
        assert found == [
            "card",
            "paypal",
            "bank_transfer",
            "instant_transfer",
            "slip_preprinted",
            "slip_ordinary",
        ]


def test_the_mailbox_that_expires_first_decides_whether_a_payment_comes_in_time() -> None:
    facts = some_facts(a_mailbox(1, expires_in=40), a_mailbox(2, expires_in=0), a_mailbox(3, expires_in=-90))
    transfer = CATALOGUE.methods["bank_transfer"]
    assert method_arrival(a_draft(facts, [1]), facts, transfer) is Arrival.IN_TIME
    assert method_arrival(a_draft(facts, [1, 2]), facts, transfer) is Arrival.AFTER_EXPIRY
    assert method_arrival(a_draft(facts, [1, 2, 3]), facts, transfer) is Arrival.AFTER_DELETION


def test_years_with_and_without_a_promotion() -> None:
    facts = some_facts(a_mailbox(1), a_mailbox(2, promotion_id="welcome"))
    assert list(year_choices(a_draft(facts, [1]), facts)) == [1, 2, 3, 4, 5]
    assert list(year_choices(a_draft(facts, [1, 2]), facts)) == [1, 2]
    left = choose_plan(a_draft(facts, [1, 2]), facts, 2, "premium")
    assert list(year_choices(left, facts)) == [1, 2, 3, 4, 5]
    over = moved(facts, today=CATALOGUE.promotions["welcome"].until + timedelta(days=1))
    assert list(year_choices(a_draft(facts, [1, 2]), over)) == [1, 2, 3, 4, 5]


def test_promotions_that_shorten_the_renewal_are_named_once() -> None:
    facts = some_facts(*(a_mailbox(n, promotion_id="welcome") for n in (1, 2)), a_mailbox(3))
    draft = a_draft(facts, [1, 2, 3])
    assert [promotion.id for promotion in promotions_of(draft, facts)] == ["welcome"]
    assert promotions_of(a_draft(facts, [3]), facts) == ()
    assert promotions_of(draft, moved(facts, catalogue=with_rules(max_years=2))) == ()
    premium = choose_plan(a_draft(facts, [1]), facts, 1, "premium")
    assert promotions_of(premium, facts) == ()


def test_the_method_chosen_may_be_gone() -> None:
    facts = some_facts()
    draft = a_draft(facts, [1])
    assert chosen_method(draft, facts) is None
    assert chosen_method(replace(draft, method_id="card"), facts) is CATALOGUE.methods["card"]
    assert chosen_method(replace(draft, method_id="cash"), facts) is None


@pytest.mark.parametrize("kind", list(HolderKind))
def test_the_early_start_is_for_consumers_and_optional(kind: HolderKind) -> None:
    facts = some_facts(kind=kind)
    draft = replace(a_complete_draft(facts), acceptances=())
    offered = [document.id for document in documents_for(draft, facts)]
    three = [DocumentId.CONDITIONS, DocumentId.CLAUSES, DocumentId.PRIVACY]
    assert offered == ([*three, DocumentId.EARLY_START] if kind is HolderKind.NATURAL_PERSON else three)
    for number, document in enumerate(three):
        assert not all_required_accepted(draft, facts)
        draft = toggle_acceptance(draft, facts, document, "it")
        assert len(accepted(draft, facts)) == number + 1
    assert all_required_accepted(draft, facts)


def test_a_new_version_of_a_document_is_accepted_anew() -> None:
    facts = some_facts()
    draft = a_complete_draft(facts)
    privacy = replace(CATALOGUE.documents[DocumentId.PRIVACY], version="2027-01")
    changed = replace(CATALOGUE, documents={**CATALOGUE.documents, DocumentId.PRIVACY: privacy})
    later = moved(facts, catalogue=changed)
    assert DocumentId.PRIVACY not in accepted(draft, later)
    assert renewed_documents(draft, facts) == frozenset()
    assert renewed_documents(draft, later) == {DocumentId.PRIVACY}
    assert not all_required_accepted(draft, later)
    anew = toggle_acceptance(draft, later, DocumentId.PRIVACY, "it")
    assert all_required_accepted(anew, later)
    assert [tick.version for tick in anew.acceptances if tick.document is DocumentId.PRIVACY] == ["2027-01"]


# The mailbox as it is


@pytest.mark.parametrize(
    ("plan", "held", "used", "item", "stays"),
    [
        ("pro", (0, 0), ("0.5", "0"), (0, 0), True),
        ("pro", (3, 2), ("0.5", "0"), (3, 2), True),
        ("pro", (1, 0), ("3.5", "0"), (2, 0), False),
        ("pro", (0, 0), ("2.0", "3.5"), (0, 1), False),
        ("standard", (1, 0), ("2.0", "0"), (1, 0), True),
        ("standard", (0, 0), ("2.5", "0"), (1, 0), False),
        ("standard", (1, 0), ("2.5", "0"), (1, 0), False),
        ("light", (0, 0), ("1.0", "0"), (0, 0), True),
        ("light", (0, 0), ("1.1", "0"), (0, 0), False),
    ],
)
def test_what_a_mailbox_starts_from_and_whether_it_can_stay(
    plan: str, held: tuple[int, int], used: tuple[str, str], item: tuple[int, int], stays: bool
) -> None:
    mailbox = a_mailbox(
        plan_id=plan, extra_mailbox_gb=held[0], extra_archive_gb=held[1], usage=a_usage(*used)
    )
    facts = some_facts(mailbox)
    assert initial_item(mailbox, CATALOGUE) == Item(1, plan, ExtraSpace(*item))
    assert cannot_stay(a_draft(facts, [1]), facts) == (() if stays else (mailbox,))


def test_as_it_is_forgets_changes_of_plan_space_and_kit() -> None:
    facts = some_facts(a_mailbox(1, extra_mailbox_gb=2), a_mailbox(2, "standard"))
    start = a_draft(facts, [1, 2])
    changed = answer_kit(choose_plan(start, facts, 2, "pro"), facts, "remote")
    changed = choose_space(changed, facts, 1, ExtraSpace(9, 9))
    assert not any(keeps(item, facts.mailboxes[item.mailbox_id]) for item in changed.items)
    back = as_it_is(changed, facts)
    assert all(keeps(item, facts.mailboxes[item.mailbox_id]) for item in back.items)
    assert (back.items, back.kit) == (start.items, KitChoice(None, None, None))


def test_renewable_mailboxes_are_listed_soonest_first() -> None:
    facts = some_facts(
        a_mailbox(1, expires_in=50),
        a_mailbox(2, expires_in=10),
        a_mailbox(3, expires_in=-20),
        a_mailbox(4, expires_in=-91),
        a_mailbox(5, "domain"),
        a_mailbox(6, auto_renew=True),
        a_mailbox(7, open_order="R7K2M-4"),
        a_mailbox(8, expires_in=10, address="altra@pec.example"),
    )
    assert [mailbox.id for mailbox in facts.renewable] == [3, 8, 2, 1]
