"""The one price function (DOMAIN.md 3.7 and 3.8)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Kit
from bot.domain.money import vat_on
from bot.domain.prices import LineKind, PricedItem, extra_price, max_years, plan_price, promotion_for, quote
from bot.domain.space import ExtraSpace
from tests.support.builders import TODAY, a_mailbox
from tests.support.catalogue import example_catalogue, with_plan, with_rules, with_split_payment

CATALOGUE = example_catalogue()
NONE = ExtraSpace(0, 0)
UNTIL = CATALOGUE.promotions["welcome"].until


def an_item(
    plan_id: str = "pro", extra: ExtraSpace = NONE, *, mailbox_id: int = 1, promo: bool = False
) -> PricedItem:
    """A mailbox that is to have this plan and space."""
    mailbox = a_mailbox(mailbox_id, plan_id, promotion_id="welcome" if promo else None)
    return PricedItem(mailbox, plan_id, extra)


items = st.builds(
    an_item,
    st.sampled_from([*CATALOGUE.plans]),
    st.builds(ExtraSpace, st.integers(0, 200), st.integers(0, 200)),
    mailbox_id=st.integers(1, 99),
    promo=st.booleans(),
)
orders = st.lists(items, max_size=6)
kits = st.none() | st.sampled_from(list(CATALOGUE.kits.values()))
terms = st.integers(1, 5)


def test_the_commonest_order_costs_what_the_contract_says() -> None:
    found = quote(CATALOGUE, [an_item("pro")], kit=None, years=1, split_payment=False, today=TODAY)
    assert (found.net, found.vat, found.total, found.due) == (2990, 658, 3648, 3648)


def test_lines_of_an_order_with_everything() -> None:
    found = quote(
        CATALOGUE,
        [an_item("pro", ExtraSpace(2, 3), mailbox_id=7), an_item("standard", mailbox_id=8, promo=True)],
        kit=CATALOGUE.kits["usb_token"],
        years=2,
        split_payment=False,
        today=TODAY,
    )
    assert [
        (
            ln.kind.value,
            ln.code,
            ln.mailbox_id,
            ln.quantity,
            ln.years,
            ln.unit_net,
            ln.next_unit_net,
            ln.net,
            ln.vat,
        )
        for ln in found.lines
    ] == [
        ("plan", "pro", 7, 1, 2, 2990, 2990, 5980, 1316),
        ("extra_mailbox", "pro", 7, 2, 2, 400, 400, 1600, 352),
        ("extra_archive", "pro", 7, 3, 2, 250, 250, 1500, 330),
        ("plan", "standard", 8, 1, 2, 590, 990, 1180, 260),
        ("kit", "usb_token", None, 1, 1, 6200, None, 6200, 1364),
        ("shipping", "usb_token", None, 1, 1, 750, None, 750, 165),
    ]
    assert found.total == sum(line.total for line in found.lines) == 20_997


def test_a_remote_signature_and_free_shipping_have_no_shipping_line() -> None:
    remote = CATALOGUE.kits["remote"]
    for kit in (remote, replace(remote, shipping_price=0)):
        found = quote(CATALOGUE, [], kit=kit, years=1, split_payment=False, today=TODAY)
        assert [line.kind for line in found.lines] == [LineKind.KIT]


def test_split_payment_leaves_the_vat_to_the_administration() -> None:
    # the shipped catalogue's authorisation ended on 30 June 2026
    for today, due in ((date(2026, 6, 30), 2990), (date(2026, 7, 1), 3648)):
        found = quote(CATALOGUE, [an_item("pro")], kit=None, years=1, split_payment=True, today=today)
        assert (found.total, found.due, found.split_payment) == (3648, due, due == 2990)


def test_vat_is_rounded_line_by_line() -> None:
    """0.25 at 22 % is 0.055: six cents on each of two lines, where the sum of both would give eleven."""
    catalogue = with_plan("standard", price=25)
    two = [an_item("standard", mailbox_id=1), an_item("standard", mailbox_id=2)]
    found = quote(catalogue, two, kit=None, years=1, split_payment=False, today=TODAY)
    assert [line.vat for line in found.lines] == [6, 6]
    assert found.vat == 12
    assert vat_on(found.net, Decimal(22)) == 11


@given(order=orders, kit=kits, years=terms, split=st.booleans())
def test_totals_are_the_sums_of_their_lines(
    order: list[PricedItem], kit: Kit | None, years: int, split: bool
) -> None:
    found = quote(with_split_payment(), order, kit=kit, years=years, split_payment=split, today=TODAY)
    assert found.net == sum(line.unit_net * line.quantity * line.years for line in found.lines)
    assert found.vat == sum(vat_on(line.net, CATALOGUE.rules.vat_percent) for line in found.lines)
    assert found.total == found.net + found.vat
    assert found.due == (found.net if split else found.total)
    assert all(line.years == (1 if line.mailbox_id is None else years) for line in found.lines)


@given(order=orders, more=items, kit=kits, years=terms)
def test_orders_add_up(order: list[PricedItem], more: PricedItem, kit: Kit | None, years: int) -> None:
    def total(some: list[PricedItem], kit: Kit | None) -> int:
        return quote(CATALOGUE, some, kit=kit, years=years, split_payment=False, today=TODAY).total

    assert total([*order, more], kit) == total(order, None) + total([more], None) + total([], kit)
    assert total([*order, more], kit) > total(order, kit)
    assert total(order[::-1], kit) == total(order, kit)


@given(order=st.lists(items, min_size=1, max_size=4), years=st.integers(1, 4), kit=kits)
def test_more_years_cost_more(order: list[PricedItem], years: int, kit: Kit | None) -> None:
    fewer = quote(CATALOGUE, order, kit=kit, years=years, split_payment=False, today=TODAY)
    more = quote(CATALOGUE, order, kit=kit, years=years + 1, split_payment=False, today=TODAY)
    assert more.total > fewer.total
    one = quote(CATALOGUE, order, kit=None, years=1, split_payment=False, today=TODAY)
    many = quote(CATALOGUE, order, kit=None, years=years, split_payment=False, today=TODAY)
    assert many.net == one.net * years


@given(item=items)
def test_extra_space_never_costs_less(item: PricedItem) -> None:
    with_space = quote(CATALOGUE, [item], kit=None, years=1, split_payment=False, today=TODAY)
    bare = quote(CATALOGUE, [replace(item, extra=NONE)], kit=None, years=1, split_payment=False, today=TODAY)
    plan = CATALOGUE.plans[item.plan_id]
    assert with_space.total == bare.total + extra_price(CATALOGUE, plan, item.extra)


def test_the_promotion_holds_through_its_last_day() -> None:
    mailbox = a_mailbox(promotion_id="welcome")
    assert plan_price(CATALOGUE, mailbox, "pro", UNTIL) == 1990
    assert plan_price(CATALOGUE, mailbox, "pro", UNTIL + timedelta(days=1)) == 2990
    assert promotion_for(CATALOGUE, mailbox, "pro", UNTIL + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("promotion", "plan", "price"),
    [("welcome", "pro", 1990), ("welcome", "premium", 4490), ("gone", "pro", 2990), (None, "pro", 2990)],
)
def test_a_promotion_prices_its_plans_only(promotion: str | None, plan: str, price: int) -> None:
    assert plan_price(CATALOGUE, a_mailbox(promotion_id=promotion), plan, TODAY) == price


@pytest.mark.parametrize(
    ("order", "today", "expected"),
    [
        ([an_item("pro")], TODAY, 5),
        ([an_item("pro", promo=True)], TODAY, 2),
        ([an_item("pro"), an_item("standard", promo=True)], TODAY, 2),
        ([an_item("premium", promo=True)], TODAY, 5),  # the promotion does not cover this plan
        ([an_item("pro", promo=True)], UNTIL, 2),
        ([an_item("pro", promo=True)], UNTIL + timedelta(days=1), 5),
        ([], TODAY, 5),
    ],
)
def test_years_on_offer(order: list[PricedItem], today: date, expected: int) -> None:
    assert max_years(CATALOGUE, order, today) == expected


def test_the_operator_may_offer_fewer_years_than_the_promotion() -> None:
    assert max_years(with_rules(max_years=1), [an_item("pro", promo=True)], TODAY) == 1
