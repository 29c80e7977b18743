"""A chain shows whatever is done to it afterwards, and tells one thing from another (DOMAIN.md 7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence.chain import (
    Chain,
    Content,
    Erased,
    Head,
    Kind,
    Subject,
    beginning,
    digest_of,
    following,
    written,
)
from bot.domain.evidence.checking import Finding, Flaw, Kept, check

ORDER = Chain(Subject.ORDER, 12)
START = datetime(2026, 11, 29, 10, 0, 0, 1, tzinfo=UTC)
LATE = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)


def chained(*values: Mapping[str, object], chain: Chain = ORDER) -> tuple[list[Kept], Head]:
    head = beginning(chain)
    kept: list[Kept] = []
    for number, value in enumerate(values):
        content = Content(bytes([number + 1]) * 16, value)
        kind = Kind.ERASED if "sequences" in value else Kind.TOLD
        record = following(head, START + timedelta(minutes=number), kind, digest_of(content))
        kept.append((record, content))
        head = Head(record.sequence, record.link)
    return kept, head


FOUR = ({"text": "Ordine"}, {"text": "Promemoria"}, {"text": "Pagamento"}, {"text": "Rinnovo completato"})


def flaws(found: list[Finding]) -> list[tuple[int, Flaw | None]]:
    return [(each.sequence, each.flaw) for each in found]


def test_a_chain_as_it_was_written_has_nothing_wrong() -> None:
    kept, head = chained(*FOUR)
    assert check(ORDER, kept, head, [head, beginning(ORDER)]) == []


def test_an_empty_chain_has_nothing_wrong() -> None:
    assert check(ORDER, [], beginning(ORDER)) == []


def test_a_content_that_was_changed_is_found() -> None:
    kept, head = chained(*FOUR)
    record, content = kept[1]
    assert isinstance(content, Content)
    kept[1] = (record, replace(content, value={"text": "Sollecito"}))
    assert flaws(check(ORDER, kept, head)) == [(2, Flaw.CONTENT_CHANGED)]


def test_a_record_whose_hour_was_changed_is_found() -> None:
    kept, head = chained(*FOUR)
    record, content = kept[2]
    kept[2] = (replace(record, at=record.at + timedelta(microseconds=1)), content)
    assert flaws(check(ORDER, kept, head)) == [(3, Flaw.RECORD_CHANGED)]


def test_a_record_that_was_taken_out_is_found() -> None:
    kept, head = chained(*FOUR)
    del kept[1]
    assert flaws(check(ORDER, kept, head)) == [(2, Flaw.MISSING)]


def test_records_in_another_order_are_found() -> None:
    kept, head = chained(*FOUR)
    (second, about_second), (third, about_third) = kept[1], kept[2]
    kept[1] = (replace(third, sequence=2), about_third)
    kept[2] = (replace(second, sequence=3), about_second)
    assert (2, Flaw.REORDERED) in flaws(check(ORDER, kept, head))


def test_a_tail_that_was_cut_is_found_by_the_head() -> None:
    kept, head = chained(*FOUR)
    assert flaws(check(ORDER, kept[:2], head)) == [(3, Flaw.CUT)]


def test_a_tail_that_was_cut_together_with_the_head_is_found_by_what_was_signed() -> None:
    kept, signed = chained(*FOUR)
    last = kept[1][0]
    assert flaws(check(ORDER, kept[:2], Head(2, last.link), [signed])) == [(4, Flaw.CUT)]


def test_a_chain_that_was_computed_anew_is_found_by_what_was_signed() -> None:
    _, signed = chained(*FOUR)
    kept, head = chained(*FOUR[:2], {"text": "Nessun pagamento"}, FOUR[3])
    assert check(ORDER, kept, head) == []
    assert flaws(check(ORDER, kept, head, [signed])) == [(4, Flaw.REPLACED)]


def test_the_chain_of_another_order_does_not_pass_for_this_one() -> None:
    kept, head = chained(*FOUR, chain=Chain(Subject.ORDER, 13))
    assert (1, Flaw.RECORD_CHANGED) in flaws(check(ORDER, kept, head))


def forged(after: Head, sequence: int) -> Kept:
    """A record that anybody can write: its digest, and its link to what it is to follow, are right."""
    content = Content(b"forged, 16 bytes", {"text": "Pagamento di 9.999,00"})
    made = following(Head(sequence - 1, after.link), START, Kind.PAYMENT, digest_of(content))
    return made, content


@pytest.mark.parametrize(
    ("place", "follows", "sequence"), [(1, 1, 2), (4, 1, 1), (4, 0, 0), (4, 2, -1), (2, 2, 2)]
)
def test_a_record_that_was_slipped_in_under_a_number_that_is_no_next_one_is_found(
    place: int, follows: int, sequence: int
) -> None:
    kept, head = chained(*FOUR)
    before = beginning(ORDER) if follows == 0 else Head(follows, kept[follows - 1][0].link)
    kept.insert(place, forged(before, sequence))
    assert Flaw.ADDED in [each.flaw for each in check(ORDER, kept, head, [head])]


def test_a_record_behind_the_end_of_the_chain_is_found() -> None:
    kept, head = chained(*FOUR)
    kept.append(forged(head, 5))
    assert flaws(check(ORDER, kept, head, [head])) == [(5, Flaw.ADDED)]


@given(st.permutations(range(4)))
def test_records_that_keep_their_numbers_in_another_order_are_found(order: list[int]) -> None:
    kept, head = chained(*FOUR)
    found = check(ORDER, [kept[each] for each in order], head, [head])
    assert bool(found) == (order != sorted(order))


def test_a_gap_as_wide_as_a_forger_likes_takes_no_time() -> None:
    kept, _ = chained(FOUR[0])
    far = forged(Head(1, kept[0][0].link), 10**15)
    found = flaws(check(ORDER, [*kept, far], Head(10**15, far[0].link)))
    assert found[0] == (2, Flaw.MISSING)


@pytest.mark.parametrize(
    "said", [{}, {"sequences": 2}, {"sequences": [[2]], "reason": "x"}, {"sequences": [2]}]
)
def test_an_erasure_that_does_not_say_what_and_why_erases_nothing(said: dict[str, object]) -> None:
    kept, head = chained(*FOUR)
    content = Content(bytes(16), said)
    record = following(head, START, Kind.ERASED, digest_of(content))
    kept.append((record, content))
    kept[1] = (kept[1][0], Erased(START.date(), "x"))
    assert flaws(check(ORDER, kept, Head(5, record.link))) == [(2, Flaw.ERASED_SILENTLY)]


def test_an_erasure_does_not_cover_what_comes_after_it() -> None:
    kept, head = chained(FOUR[0], {"sequences": [3], "reason": "retention"}, FOUR[2])
    kept[2] = (kept[2][0], Erased(START.date(), "retention"))
    assert flaws(check(ORDER, kept, head)) == [(3, Flaw.ERASED_SILENTLY)]


def test_what_was_erased_says_when_and_why_and_is_no_flaw() -> None:
    kept, head = chained(*FOUR, {"sequences": [2], "reason": "retention"})
    erased = Erased(START.date(), "retention")
    kept[1] = (kept[1][0], erased)
    assert check(ORDER, kept, head) == [Finding(ORDER, 2, None, erased)]


@pytest.mark.parametrize("day", [START.date() - timedelta(1), START.date() + timedelta(1)])
def test_what_is_said_to_be_erased_on_another_day_than_the_chain_says_is_found(day: date) -> None:
    kept, head = chained(*FOUR, {"sequences": [2], "reason": "retention"})
    kept[1] = (kept[1][0], Erased(day, "retention"))
    assert flaws(check(ORDER, kept, head)) == [(2, Flaw.ERASED_SILENTLY)]


def test_the_day_of_an_erasure_is_that_of_rome() -> None:
    kept, _ = chained(FOUR[0], {"sequences": [1], "reason": "retention"})
    content = kept[1][1]
    assert isinstance(content, Content)
    late = following(Head(1, kept[0][0].link), LATE, Kind.ERASED, digest_of(content))
    kept = [(kept[0][0], Erased(date(2026, 11, 30), "retention")), (late, content)]
    assert flaws(check(ORDER, kept, Head(2, late.link))) == [(1, None)]


@pytest.mark.parametrize("said", [[], [3]])
def test_what_is_gone_without_a_record_of_it_is_found(said: list[int]) -> None:
    kept, head = chained(*FOUR, {"sequences": said, "reason": "retention"})
    kept[1] = (kept[1][0], Erased(START.date(), "retention"))
    assert flaws(check(ORDER, kept, head)) == [(2, Flaw.ERASED_SILENTLY)]


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.none(), max_size=4))
def test_a_content_reads_the_same_in_whatever_order_its_keys_are(value: dict[str, object]) -> None:
    assert written(value) == written(dict(reversed(value.items())))


@given(st.integers(0, 3), st.sampled_from(["content", "kind", "link", "gone"]))
def test_any_single_change_is_found(place: int, change: str) -> None:
    kept, head = chained(*FOUR)
    record, content = kept[place]
    if change == "gone":
        del kept[place]
    elif change == "content":
        kept[place] = (record, Content(b"\0" * 16, FOUR[place]))
    elif change == "kind":
        kept[place] = (replace(record, kind=Kind.SHOWN), content)
    else:
        kept[place] = (replace(record, link=bytes(32)), content)
    assert check(ORDER, kept, head)
