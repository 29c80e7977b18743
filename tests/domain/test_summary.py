"""The lines of a quote, arranged for reading: nothing is lost or added between them and the total."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Kit
from bot.domain.prices import LineKind, PricedItem, Quote, quote
from bot.domain.space import ExtraSpace
from bot.domain.summary import added_up, by_mailbox, next_renewal, paid_once
from tests.support.builders import TODAY, a_mailbox
from tests.support.catalogue import example_catalogue, with_split_payment

CATALOGUE = example_catalogue()

kits = st.none() | st.sampled_from(list(CATALOGUE.kits.values()))


@st.composite
def orders(draw: st.DrawFn) -> list[PricedItem]:
    """Up to eight mailboxes, each once."""
    count = draw(st.integers(0, 8))
    found = []
    for mailbox_id in range(1, count + 1):
        plan = draw(st.sampled_from(["standard", "pro", "premium", "light"]))
        promotion = draw(st.sampled_from([None, "welcome"]))
        sold = CATALOGUE.plans[plan]
        extra = ExtraSpace(
            draw(st.integers(0, min(3, sold.extra_mailbox_cap))),
            draw(st.integers(0, min(3, sold.extra_archive_cap))),
        )
        found.append(PricedItem(a_mailbox(mailbox_id, plan, promotion_id=promotion), plan, extra))
    return found


def priced(order: list[PricedItem], kit: Kit | None, years: int) -> Quote:
    """The quote of an order."""
    return quote(CATALOGUE, order, kit=kit, years=years, split_payment=False, today=TODAY)


@given(order=orders(), kit=kits, years=st.integers(1, 5))
def test_every_line_is_of_one_mailbox_or_paid_once(
    order: list[PricedItem], kit: Kit | None, years: int
) -> None:
    whole = priced(order, kit, years)
    boxes = by_mailbox(whole)
    assert [box.mailbox_id for box in boxes] == [item.mailbox.id for item in order]
    assert (*(line for box in boxes for line in box.lines), *paid_once(whole)) == whole.lines


@given(order=orders(), kit=kits, years=st.integers(1, 5))
def test_added_up_lines_make_the_total(order: list[PricedItem], kit: Kit | None, years: int) -> None:
    whole = priced(order, kit, years)
    sums = added_up(whole.lines)
    assert sum(line.total for line in sums) == whole.total
    assert sum(line.vat for line in sums) == whole.vat
    assert sum(line.mailboxes for line in sums if line.kind is LineKind.PLAN) == len(order)
    assert all(line.mailboxes == 0 for line in sums if line.kind in {LineKind.KIT, LineKind.SHIPPING})


def test_what_is_charged_alike_is_one_line() -> None:
    plain = [PricedItem(a_mailbox(n, "pro"), "pro", ExtraSpace(2, 0)) for n in (1, 2, 3)]
    promoted = PricedItem(a_mailbox(4, "pro", promotion_id="welcome"), "pro", ExtraSpace(0, 0))
    sums = added_up(priced([*plain, promoted], None, 1).lines)
    assert [(s.kind, s.mailboxes, s.quantity, s.net) for s in sums] == [
        (LineKind.PLAN, 3, 3, 8970),
        (LineKind.EXTRA_MAILBOX, 3, 6, 2400),
        (LineKind.PLAN, 1, 1, 1990),
    ]


@given(order=orders(), kit=kits, years=st.integers(1, 5), later=st.integers(1, 5))
def test_the_next_renewal_has_ordinary_prices_and_no_kit(
    order: list[PricedItem], kit: Kit | None, years: int, later: int
) -> None:
    plain = [PricedItem(a_mailbox(i.mailbox.id, i.plan_id), i.plan_id, i.extra) for i in order]
    assert (
        next_renewal(priced(order, kit, years), later, CATALOGUE, TODAY).total
        == priced(plain, None, later).total
    )


def test_split_payment_of_the_next_renewal_counts_on_the_day_of_its_charge() -> None:
    catalogue = with_split_payment()
    last = catalogue.rules.split_payment_until
    item = PricedItem(a_mailbox(1, "pro"), "pro", ExtraSpace(0, 0))
    now = quote(catalogue, [item], kit=None, years=1, split_payment=True, today=TODAY)
    assert now.due == 2990
    assert next_renewal(now, 1, catalogue, last).due == 2990
    assert next_renewal(now, 1, catalogue, last + timedelta(days=1)).due == 3648


@given(order=orders(), years=st.integers(1, 5))
def test_a_year_now_and_a_year_next_time(order: list[PricedItem], years: int) -> None:
    for box, item in zip(by_mailbox(priced(order, None, years)), order, strict=True):
        assert box.yearly == priced([item], None, 1).total
        assert box.next_yearly == next_renewal(priced([item], None, 1), 1, CATALOGUE, TODAY).total
        assert box.next_yearly >= box.yearly
