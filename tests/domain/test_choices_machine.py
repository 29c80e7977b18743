"""Whatever is tapped, in whatever order, a draft never holds what the rules forbid.

The machine taps at random, right and wrong things alike. While the world stands still a draft is right after every
tap. When the world moves under it (days pass, space fills, the operator changes the catalogue) it may become wrong,
and then `gaps` has to say so: a draft without gaps can be ordered exactly as it is.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain import choices, form_answers
from bot.domain.calendar import Arrival
from bot.domain.catalogue import Catalogue, DocumentId
from bot.domain.choices import ChoiceRefused
from bot.domain.drafts import (
    Draft,
    Facts,
    accepted,
    all_required_accepted,
    chosen_kit,
    documents_for,
    draft_quote,
    effective_registrant,
    gaps,
    kit_is_complete,
    method_arrival,
    methods_for,
    unfit_items,
    year_choices,
)
from bot.domain.mailboxes import Mailbox, Usage
from bot.domain.plans import choosable_plans
from bot.domain.registrant import (
    Field,
    Form,
    HolderKind,
    KitHolderField,
    RegistrantError,
    ShippingField,
    problems,
)
from bot.domain.space import ExtraSpace, fit
from tests.support.builders import (
    NOW,
    a_draft,
    a_kit_holder,
    a_mailbox,
    a_registrant,
    a_shipping_address,
    some_facts,
)
from tests.support.catalogue import example_catalogue, with_plan, with_rules

CATALOGUE = example_catalogue()
IDS = (1, 2, 3, 4)


def _variants() -> dict[str, Catalogue]:
    base = CATALOGUE
    card = replace(base.methods["card"], carries_auto_renew=False)
    newer = replace(base.documents[DocumentId.PRIVACY], version="2027-01")
    return {
        "shipped": base,
        "no kits": with_rules(kit_step=False),
        "two mailboxes an order": with_rules(max_mailboxes=2),
        "two years": with_rules(max_years=2),
        "deleted sooner": with_rules(deletion_days=30),
        "pro withdrawn": with_plan("pro", on_sale=False),
        "light sold again": with_plan("light", on_sale=True),
        "no extra archive": with_plan("premium", extra_archive_price=None, extra_archive_cap=0),
        "smaller cap": with_plan("pro", extra_mailbox_cap=2),
        "card charges once": replace(base, methods={**base.methods, "card": card}),
        "no transfer": replace(base, methods={k: v for k, v in base.methods.items() if k != "bank_transfer"}),
        "one kit": replace(base, kits={"remote": base.kits["remote"]}),
        "no promotion": replace(base, promotions={}),
        "new notice": replace(base, documents={**base.documents, DocumentId.PRIVACY: newer}),
    }


VARIANTS = _variants()

gigabytes = st.sampled_from(
    [Decimal(n) / 1000 for n in (0, 1, 500, 1000, 1001, 2000, 2001, 3000, 3001, 8000, 9500)]
)
usages = st.none() | st.builds(Usage, gigabytes, gigabytes, st.just(NOW))
mailbox_ids = st.sampled_from((*IDS, 99))
plan_ids = st.sampled_from([*CATALOGUE.plans, "gold"])
method_ids = st.sampled_from([*CATALOGUE.methods, "cash"])
kit_ids = st.sampled_from([None, *CATALOGUE.kits, "seal"])
gigabyte_steps = st.integers(-12, 12)


@st.composite
def mailboxes(draw: st.DrawFn, mailbox_id: int) -> Mailbox:
    """A mailbox in any state."""
    plan_id = draw(st.sampled_from([*CATALOGUE.plans]))
    plan = CATALOGUE.plans[plan_id]
    return a_mailbox(
        mailbox_id,
        plan_id,
        expires_in=draw(st.sampled_from([-91, -90, -89, -83, -1, 0, 1, 5, 30, 300])),
        usage=draw(usages),
        extra_mailbox_gb=draw(st.integers(0, min(4, plan.extra_mailbox_cap))),
        extra_archive_gb=draw(st.integers(0, min(4, plan.extra_archive_cap))),
        auto_renew=draw(st.integers(0, 9)) == 0,
        open_order="R7K2M-4" if draw(st.integers(0, 9)) == 0 else None,
        promotion_id=draw(st.sampled_from([None, None, "welcome", "forgotten"])),
    )


class Tapping(RuleBasedStateMachine):
    """Random taps on one renewal, in a world that may move."""

    facts: Facts
    draft: Draft

    def __init__(self) -> None:
        super().__init__()
        self.world_moved = False
        self.ticked = False
        self.confirmed_losses: set[int] = set()
        self.touched: set[str] = set()

    @initialize(
        boxes=st.tuples(*(mailboxes(number) for number in IDS)),
        kind=st.sampled_from(HolderKind),
        split=st.booleans(),
        complete=st.booleans(),
        variant=st.sampled_from([*VARIANTS]),
    )
    def begin(
        self, boxes: tuple[Mailbox, ...], kind: HolderKind, split: bool, complete: bool, variant: str
    ) -> None:
        registrant = a_registrant(kind, split_payment=split, phone="+390212345678" if complete else "")
        self.facts = some_facts(*boxes, catalogue=VARIANTS[variant], registrant=registrant)
        self.draft = a_draft()

    def tap(self, choice: Any, *arguments: Any, **options: Any) -> bool:
        """Make a choice; whether it was taken."""
        try:
            self.draft = choice(self.draft, *arguments, **options)
        except (ChoiceRefused, RegistrantError):
            return False
        self.touched.add(choice.__name__)
        return True

    # Taps

    @rule(mailbox_id=mailbox_ids)
    def toggle_mailbox(self, mailbox_id: int) -> None:
        before = self.draft
        if self.tap(choices.toggle_mailbox, self.facts, mailbox_id):
            self.confirmed_losses.discard(mailbox_id)
            added = len(self.draft.items) > len(before.items)
            if added and not self.world_moved:
                assert choices.toggle_mailbox(self.draft, self.facts, mailbox_id) == before

    @rule()
    def select_all(self) -> None:
        self.tap(choices.select_all, self.facts)

    @rule()
    def select_none(self) -> None:
        self.tap(choices.select_none)
        self.confirmed_losses.clear()

    @rule(mailbox_id=mailbox_ids, plan_id=plan_ids, confirmed=st.booleans())
    def choose_plan(self, mailbox_id: int, plan_id: str, confirmed: bool) -> None:
        taken = self.tap(
            choices.choose_plan, self.facts, mailbox_id, plan_id, archive_loss_confirmed=confirmed
        )
        if taken and confirmed:
            self.confirmed_losses.add(mailbox_id)

    @rule(mailbox_id=mailbox_ids, mailbox_gb=st.integers(-1, 201), archive_gb=st.integers(-1, 201))
    def choose_space(self, mailbox_id: int, mailbox_gb: int, archive_gb: int) -> None:
        self.tap(choices.choose_space, self.facts, mailbox_id, ExtraSpace(mailbox_gb, archive_gb))

    @rule(mailbox_id=mailbox_ids, mailbox_gb=gigabyte_steps, archive_gb=gigabyte_steps)
    def step_space(self, mailbox_id: int, mailbox_gb: int, archive_gb: int) -> None:
        self.tap(choices.step_space, self.facts, mailbox_id, mailbox_gb, archive_gb)

    @rule(kit_id=kit_ids)
    def answer_kit(self, kit_id: str | None) -> None:
        self.tap(form_answers.answer_kit, self.facts, kit_id)

    @rule()
    def name_the_registrant(self) -> None:
        self.tap(form_answers.kit_for_registrant, self.facts)

    @rule()
    def ship_to_the_registrant(self) -> None:
        self.tap(form_answers.ship_to_registrant, self.facts)

    @rule()
    def fill_in_the_kit(self) -> None:
        for person in KitHolderField:
            text = a_kit_holder().text_of(person)
            self.tap(form_answers.answer_field, self.facts, Form.KIT_HOLDER, person, text)
        for place in ShippingField:
            text = a_shipping_address().text_of(place)
            self.tap(form_answers.answer_field, self.facts, Form.SHIPPING, place, text)

    @rule(
        field=st.sampled_from([Field.PHONE, Field.TOWN, Field.COUNTRY, Field.SPLIT_PAYMENT, Field.TAX_CODE]),
        text=st.sampled_from(["+39 02 12345678", "", "Roma", "GB", "IT", "true", "false"]),
    )
    def correct_the_registrant(self, field: Field, text: str) -> None:
        if self.tap(form_answers.answer_field, self.facts, Form.REGISTRANT, field, text):
            assert not self.draft.registrant_confirmed

    @rule()
    def confirm_the_registrant(self) -> None:
        self.tap(form_answers.confirm_registrant, self.facts)

    @rule(method_id=method_ids)
    def choose_method(self, method_id: str) -> None:
        before = self.draft.auto_renew
        if self.tap(choices.choose_method, self.facts, method_id):
            assert before or not self.draft.auto_renew
            method = self.facts.catalogue.methods[method_id]
            assert method_arrival(self.draft, self.facts, method) is not Arrival.AFTER_DELETION

    @rule(on=st.booleans())
    def set_auto_renew(self, on: bool) -> None:
        if self.tap(choices.set_auto_renew, self.facts, on=on):
            self.ticked = on

    @rule(years=st.integers(0, 6))
    def choose_years(self, years: int) -> None:
        if self.tap(choices.choose_years, self.facts, years):
            assert years in year_choices(self.draft, self.facts)

    @rule(years=st.integers(1, 5))
    def renew_as_it_is(self, years: int) -> None:
        if self.tap(choices.renew_as_it_is, self.facts, years):
            assert not unfit_items(self.draft, self.facts)
            self.confirmed_losses.clear()

    @rule(document=st.sampled_from(DocumentId), language=st.sampled_from(["it", "en"]))
    def toggle_acceptance(self, document: DocumentId, language: str) -> None:
        was = document in accepted(self.draft, self.facts)
        if self.tap(choices.toggle_acceptance, self.facts, document, language):
            assert (document in accepted(self.draft, self.facts)) is not was

    @rule()
    def go_on_to_the_end(self) -> None:
        """The sensible taps, so that many drafts come to be without gaps."""
        for mailbox in self.facts.renewable[:2]:
            if all(item.mailbox_id != mailbox.id for item in self.draft.items):
                self.toggle_mailbox(mailbox.id)
        if not (self.draft.kit and self.draft.kit.kit_id):
            self.answer_kit(None)
        self.fill_in_the_kit()
        self.correct_the_registrant(Field.PHONE, "+39 02 12345678")
        self.confirm_the_registrant()
        if self.draft.method_id is None:
            for method_id in ("card", "pa_transfer"):
                self.choose_method(method_id)
        if self.draft.years is None:
            self.choose_years(2)

    # The world moves

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.facts = replace(
            self.facts,
            now=self.facts.now + timedelta(days=days),
            today=self.facts.today + timedelta(days=days),
        )
        self.world_moved = True

    @rule(variant=st.sampled_from([*VARIANTS]))
    def the_operator_changes_the_catalogue(self, variant: str) -> None:
        self.facts = replace(self.facts, catalogue=VARIANTS[variant])
        self.world_moved = True

    @rule(mailbox_id=st.sampled_from(IDS), usage=usages, ordered=st.booleans())
    def a_mailbox_changes(self, mailbox_id: int, usage: Usage | None, ordered: bool) -> None:
        box = replace(
            self.facts.mailboxes[mailbox_id], usage=usage, open_order="R7K2M-4" if ordered else None
        )
        self.facts = replace(self.facts, mailboxes={**self.facts.mailboxes, mailbox_id: box})
        self.world_moved = True

    # What holds always

    @invariant()
    def items_are_of_the_holder_once_and_soonest_first(self) -> None:
        items = self.draft.items
        keys = [(self.facts.mailboxes[item.mailbox_id].expires_on, item.mailbox_id) for item in items]
        assert keys == sorted(set(keys))

    @invariant()
    def nothing_is_chosen_by_itself(self) -> None:
        draft = self.draft
        assert draft.kit is None or {"answer_kit", "renew_as_it_is"} & self.touched
        assert draft.method_id is None or "choose_method" in self.touched
        assert draft.years is None or {"choose_years", "renew_as_it_is"} & self.touched
        assert not draft.auto_renew or self.ticked
        assert not draft.acceptances or "toggle_acceptance" in self.touched
        assert not draft.registrant_confirmed or not problems(effective_registrant(draft, self.facts))

    @invariant()
    def it_can_be_priced_and_the_total_is_the_sum(self) -> None:
        found = draft_quote(self.draft, self.facts)
        assert found.total == sum(line.total for line in found.lines)
        assert 0 <= found.due <= found.total
        assert found.due == found.total or effective_registrant(self.draft, self.facts).splits_payment

    @invariant()
    def one_tick_a_document(self) -> None:
        documents = [tick.document for tick in self.draft.acceptances]
        assert len(documents) == len(set(documents))
        offered = {document.id for document in documents_for(self.draft, self.facts)}
        assert accepted(self.draft, self.facts) <= offered & set(documents)

    @invariant()
    def without_gaps_it_can_be_ordered_as_it_is(self) -> None:
        draft, facts = self.draft, self.facts
        if gaps(draft, facts):
            return
        assert draft.items
        self.check_items()
        method = facts.catalogue.methods[draft.method_id or ""]
        assert method in methods_for(draft, facts)
        assert method_arrival(draft, facts, method) is not Arrival.AFTER_DELETION
        assert method.carries_auto_renew or not draft.auto_renew
        assert draft.years in year_choices(draft, facts)
        assert draft.registrant_confirmed
        kit = chosen_kit(draft, facts)
        if facts.catalogue.rules.kit_step:
            assert draft.kit is not None
            assert kit_is_complete(kit, draft.kit)
        else:
            assert kit is None
        priced = draft_quote(draft, facts)
        for item in draft.items:
            paid = sum(
                line.quantity
                for line in priced.lines
                if line.mailbox_id == item.mailbox_id and line.kind.value.startswith("extra")
            )
            assert paid == item.extra.mailbox_gb + item.extra.archive_gb
        if all_required_accepted(draft, facts):
            assert {DocumentId.CONDITIONS, DocumentId.CLAUSES, DocumentId.PRIVACY} <= accepted(draft, facts)

    def check_items(self) -> None:
        """Every item is renewable, its plan kept or sold, its extra GB needed and sold."""
        for item in self.draft.items:
            mailbox = self.facts.mailboxes[item.mailbox_id]
            plan = self.facts.catalogue.plans[item.plan_id]
            assert self.facts.blocker(mailbox.id) is None
            assert item.plan_id == mailbox.plan_id or plan in choosable_plans(self.facts.catalogue, mailbox)
            check = fit(plan, mailbox.usage)
            assert check.possible
            assert check.missing.mailbox_gb <= item.extra.mailbox_gb <= plan.extra_mailbox_cap
            assert check.missing.archive_gb <= item.extra.archive_gb <= plan.extra_archive_cap

    # What holds while the world stands still

    @precondition(lambda self: not self.world_moved)
    @invariant()
    def while_nothing_moves_every_item_is_right(self) -> None:
        facts = self.facts
        assert len(self.draft.items) <= facts.catalogue.rules.max_mailboxes
        for item in self.draft.items:
            mailbox = facts.mailboxes[item.mailbox_id]
            plan = facts.catalogue.plans[item.plan_id]
            kept = item.plan_id == mailbox.plan_id
            check = fit(plan, mailbox.usage)
            assert facts.blocker(mailbox.id) is None
            assert kept or plan in choosable_plans(facts.catalogue, mailbox)
            assert kept or check.possible
            assert 0 <= item.extra.mailbox_gb <= plan.extra_mailbox_cap
            assert 0 <= item.extra.archive_gb <= plan.extra_archive_cap
            if check.possible:
                assert item.extra.mailbox_gb >= check.missing.mailbox_gb
                assert item.extra.archive_gb >= check.missing.archive_gb
            archive = None if mailbox.usage is None else mailbox.usage.archive_gb
            if facts.catalogue.plans[mailbox.plan_id].has_archive and not plan.has_archive and archive != 0:
                assert item.mailbox_id in self.confirmed_losses

    @precondition(lambda self: not self.world_moved)
    @invariant()
    def while_nothing_moves_other_choices_are_right(self) -> None:
        draft, facts = self.draft, self.facts
        if draft.method_id is not None:
            method = facts.catalogue.methods[draft.method_id]
            assert method in methods_for(draft, facts)
            assert method.carries_auto_renew or not draft.auto_renew
        if draft.kit is not None and draft.kit.kit_id is not None:
            assert chosen_kit(draft, facts) is not None
        if draft.years is not None:
            assert 1 <= draft.years <= facts.catalogue.rules.max_years
        versions = {document.id: document.version for document in documents_for(draft, facts)}
        assert all(versions[tick.document] == tick.version for tick in draft.acceptances)


TestTapping = Tapping.TestCase
TestTapping.settings = settings(
    max_examples=settings().max_examples * 3 // 5, stateful_step_count=40, deadline=None
)
