"""Every reason why a choice of a renewal is refused (DOMAIN.md 3.1 to 3.8)."""

from collections.abc import Callable
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
    renew_as_it_is,
    require_fitting_plans,
    require_mailboxes,
    set_auto_renew,
    step_space,
    toggle_acceptance,
    toggle_mailbox,
)
from bot.domain.drafts import Draft, Facts
from bot.domain.form_answers import (
    answer_field,
    answer_kit,
    confirm_registrant,
    kit_for_registrant,
    ship_to_registrant,
)
from bot.domain.registrant import (
    Form,
    HolderKind,
    KitHolderField,
    ShippingField,
)
from bot.domain.space import ExtraSpace
from tests.support.builders import (
    a_draft,
    a_mailbox,
    a_registrant,
    a_usage,
    some_facts,
)
from tests.support.catalogue import with_rules

Act = Callable[[Draft, Facts], Draft]
FULL = a_usage("2.5", "3.5")


def the(*mailboxes: Any, **changes: Any) -> Facts:
    """Facts, shorter."""
    return some_facts(*mailboxes, **changes)


def held(require: Callable[[Draft, Facts], None], draft: Draft, facts: Facts) -> Draft:
    """A check, as a choice that changes nothing."""
    require(draft, facts)
    return draft


REFUSALS: list[tuple[Refusal, Facts, list[int], Act]] = [
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: held(require_mailboxes, d, f)),
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: held(require_fitting_plans, d, f)),
    (
        Refusal.MAILBOX_NOT_RENEWABLE,
        the(),
        [1],
        lambda d, _: held(require_mailboxes, d, the(a_mailbox(open_order="R7K2M-4"))),
    ),
    (
        Refusal.SPACE_TOO_SMALL,
        the(),
        [1],
        lambda d, _: held(require_fitting_plans, d, the(a_mailbox(usage=FULL))),
    ),
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: choose_plan(d, f, 1, "pro")),
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: choose_space(d, f, 1, ExtraSpace(0, 0))),
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: step_space(d, f, 1, 1, 0)),
    (Refusal.NO_MAILBOX, the(), [], lambda d, f: choose_method(d, f, "card")),
    (
        Refusal.TOO_MANY_MAILBOXES,
        the(a_mailbox(1), a_mailbox(2), catalogue=with_rules(max_mailboxes=1)),
        [1],
        lambda d, f: toggle_mailbox(d, f, 2),
    ),
    (
        Refusal.MAILBOX_NOT_RENEWABLE,
        the(a_mailbox(auto_renew=True)),
        [],
        lambda d, f: toggle_mailbox(d, f, 1),
    ),
    (Refusal.MAILBOX_NOT_RENEWABLE, the(a_mailbox(expires_in=-91)), [], lambda d, f: toggle_mailbox(d, f, 1)),
    (Refusal.MAILBOX_NOT_RENEWABLE, the(a_mailbox(1, "domain")), [], lambda d, f: toggle_mailbox(d, f, 1)),
    (Refusal.OTHER_HOLDER, the(), [], lambda d, f: toggle_mailbox(d, f, 99)),
    (Refusal.PLAN_NOT_ON_SALE, the(), [1], lambda d, f: choose_plan(d, f, 1, "light")),
    (Refusal.PLAN_NOT_ON_SALE, the(), [1], lambda d, f: choose_plan(d, f, 1, "domain")),
    (Refusal.PLAN_NOT_ON_SALE, the(), [1], lambda d, f: choose_plan(d, f, 1, "gold")),
    (
        Refusal.SPACE_TOO_SMALL,
        the(a_mailbox(usage=a_usage("2.001"))),
        [1],
        lambda d, f: choose_plan(d, f, 1, "standard", archive_loss_confirmed=True),
    ),
    (Refusal.SPACE_TOO_SMALL, the(a_mailbox(usage=FULL)), [1], lambda d, f: renew_as_it_is(d, f, 1)),
    (
        Refusal.ARCHIVE_LOSS_UNCONFIRMED,
        the(a_mailbox(usage=a_usage("0.5", "0.001"))),
        [1],
        lambda d, f: choose_plan(d, f, 1, "standard"),
    ),
    (
        Refusal.ARCHIVE_LOSS_UNCONFIRMED,
        the(a_mailbox(usage=None)),
        [1],
        lambda d, f: choose_plan(d, f, 1, "standard"),
    ),
    (
        Refusal.SPACE_NOT_SOLD,
        the(a_mailbox(1, "standard")),
        [1],
        lambda d, f: choose_space(d, f, 1, ExtraSpace(0, 1)),
    ),
    (Refusal.SPACE_NOT_SOLD, the(a_mailbox(1, "light")), [1], lambda d, f: step_space(d, f, 1, 1, 0)),
    (
        Refusal.SPACE_BELOW_USED,
        the(a_mailbox(usage=FULL)),
        [1],
        lambda d, f: choose_space(d, f, 1, ExtraSpace(0, 1)),
    ),
    (
        Refusal.SPACE_BELOW_USED,
        the(a_mailbox(usage=FULL)),
        [1],
        lambda d, f: choose_space(d, f, 1, ExtraSpace(1, 0)),
    ),
    (Refusal.SPACE_BELOW_ZERO, the(), [1], lambda d, f: choose_space(d, f, 1, ExtraSpace(-1, 0))),
    (Refusal.SPACE_BELOW_ZERO, the(), [1], lambda d, f: step_space(d, f, 1, 0, -1)),
    (Refusal.SPACE_ABOVE_CAP, the(), [1], lambda d, f: choose_space(d, f, 1, ExtraSpace(201, 0))),
    (
        Refusal.SPACE_ABOVE_CAP,
        the(a_mailbox(1, "standard", extra_mailbox_gb=1)),
        [1],
        lambda d, f: step_space(d, f, 1, 1, 0),
    ),
    (Refusal.KIT_NOT_SOLD, the(), [1], lambda d, f: answer_kit(d, f, "seal")),
    (
        Refusal.KIT_NOT_SOLD,
        the(catalogue=with_rules(kit_step=False)),
        [1],
        lambda d, f: answer_kit(d, f, "remote"),
    ),
    (Refusal.KIT_NOT_SOLD, the(), [1], kit_for_registrant),
    (Refusal.KIT_NOT_SOLD, the(), [1], lambda d, f: ship_to_registrant(answer_kit(d, f, None), f)),
    (
        Refusal.KIT_NOT_SOLD,
        the(),
        [1],
        lambda d, f: answer_field(d, f, Form.KIT_HOLDER, KitHolderField.FIRST_NAME, "Maria"),
    ),
    (
        Refusal.KIT_NOT_SOLD,
        the(),
        [1],
        lambda d, f: answer_field(d, f, Form.SHIPPING, ShippingField.TOWN, "Roma"),
    ),
    (
        Refusal.KIT_INCOMPLETE,
        the(kind=HolderKind.COMPANY),
        [1],
        lambda d, f: kit_for_registrant(answer_kit(d, f, "remote"), f),
    ),
    (Refusal.REGISTRANT_INCOMPLETE, the(registrant=a_registrant(phone="")), [1], confirm_registrant),
    (Refusal.METHOD_NOT_OFFERED, the(), [1], lambda d, f: choose_method(d, f, "cash")),
    (Refusal.METHOD_NOT_OFFERED, the(), [1], lambda d, f: choose_method(d, f, "pa_transfer")),
    (
        Refusal.METHOD_NOT_OFFERED,
        the(kind=HolderKind.PUBLIC_ADMINISTRATION),
        [1],
        lambda d, f: choose_method(d, f, "card"),
    ),
    (
        Refusal.METHOD_TOO_LATE,
        the(a_mailbox(expires_in=-90)),
        [1],
        lambda d, f: choose_method(d, f, "bank_transfer"),
    ),
    (
        Refusal.METHOD_TOO_LATE,
        the(a_mailbox(expires_in=-82)),
        [1],
        lambda d, f: choose_method(d, f, "slip_ordinary"),
    ),
    (Refusal.AUTO_RENEW_NOT_CARRIED, the(), [1], lambda d, f: set_auto_renew(d, f, on=True)),
    (
        Refusal.AUTO_RENEW_NOT_CARRIED,
        the(),
        [1],
        lambda d, f: set_auto_renew(choose_method(d, f, "bank_transfer"), f, on=True),
    ),
    (Refusal.YEARS_NOT_OFFERED, the(), [1], lambda d, f: choose_years(d, f, 0)),
    (Refusal.YEARS_NOT_OFFERED, the(), [1], lambda d, f: choose_years(d, f, 6)),
    (
        Refusal.YEARS_NOT_OFFERED,
        the(a_mailbox(promotion_id="welcome")),
        [1],
        lambda d, f: choose_years(d, f, 3),
    ),
    (Refusal.YEARS_NOT_OFFERED, the(), [1], lambda d, f: renew_as_it_is(d, f, 6)),
    (
        Refusal.DOCUMENT_NOT_OFFERED,
        the(kind=HolderKind.COMPANY),
        [1],
        lambda d, f: toggle_acceptance(d, f, DocumentId.EARLY_START, "it"),
    ),
]


@pytest.mark.parametrize(
    ("reason", "facts", "mailboxes", "act"), REFUSALS, ids=[r[0].value for r in REFUSALS]
)
def test_refusals(reason: Refusal, facts: Facts, mailboxes: list[int], act: Act) -> None:
    with pytest.raises(ChoiceRefused) as caught:
        act(a_draft(facts, mailboxes), facts)
    assert caught.value.reason is reason


def test_every_refusal_is_reached() -> None:
    """`INCOMPLETE` is for the whole draft: it is raised where the order is placed."""
    assert {row[0] for row in REFUSALS} == set(Refusal) - {Refusal.INCOMPLETE}
