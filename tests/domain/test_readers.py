"""Who is told of a mailbox, and by which way (DOMAIN.md 6): by example and for any chats."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Catalogue, RemindByMail
from bot.domain.readers import Audience, Reader, audience, most_urgent
from bot.domain.reminders import (
    END,
    LAST_DAY,
    Due,
    MuteLevel,
    Watched,
    Wishes,
    common_silence,
    due_for,
    either_silence,
    full_ladder,
    still_wanted,
)
from tests.support.builders import TODAY
from tests.support.catalogue import example_catalogue, with_rules

CATALOGUE = example_catalogue()
ALWAYS = with_rules(remind_by_mail=RemindByMail.ALWAYS)
BOX = Watched(TODAY + timedelta(days=15), "pro", automatic=False, own_domain=False, has_open_order=False)
ALL, MOST, NOBODY = MuteLevel.ALL, MuteLevel.MOST, None

levels = st.sampled_from([None, MOST, ALL])
steps = st.sampled_from(full_ladder(CATALOGUE.rules))
wishes = st.builds(
    Wishes,
    off=st.frozensets(steps, max_size=4),
    mute=levels,
    snoozed_until=st.none() | st.integers(-3, 3).map(lambda later: TODAY + timedelta(days=later)),
)
readers = st.dictionaries(
    st.integers(1, 4),
    st.builds(Reader, st.booleans(), wishes, st.none() | wishes, st.booleans()),
    max_size=4,
)
boxes = st.builds(
    Watched,
    st.integers(-95, 95).map(lambda left: TODAY + timedelta(days=left)),
    st.just("pro"),
    st.booleans(),
    st.just(value=False),
    st.booleans(),
)
told = st.none() | steps


def reader(*, mute: MuteLevel | None = None, gone: bool = False, too: bool = False) -> Reader:
    return Reader(not gone, Wishes(mute=mute), Wishes(mute=mute) if too else None, waiting=False)


def heard(catalogue: Catalogue = CATALOGUE, **chats: Reader) -> Audience[str]:
    return audience(BOX, chats, Wishes(), None, catalogue, TODAY)


def test_the_email_speaks_where_no_chat_can_be_reached() -> None:
    assert heard(a=reader()) == Audience({"a": Due(15)}, None)
    assert heard(a=reader(gone=True)) == Audience({}, Due(15))
    assert heard() == Audience({}, Due(15))
    assert heard(a=reader(gone=True), b=reader()) == Audience({"b": Due(15)}, None)


def test_a_chat_that_is_silent_is_reached_all_the_same() -> None:
    assert heard(a=reader(mute=ALL)) == Audience({}, None)


def test_the_email_speaks_too_where_a_chat_or_the_operator_wants_it() -> None:
    assert heard(a=reader(too=True)) == Audience({"a": Due(15)}, Due(15))
    assert heard(a=reader(mute=ALL, too=True)) == Audience({}, None)
    assert heard(ALWAYS, a=reader()) == Audience({"a": Due(15)}, Due(15))


def test_a_day_that_was_asked_for_is_not_told_beside_a_reminder_that_waits() -> None:
    woken = Wishes(snoozed_until=TODAY)
    for waiting, chats in ((False, {"a": Due(None)}), (True, {})):
        found = audience(BOX, {"a": Reader(True, woken, None, waiting)}, Wishes(), 15, CATALOGUE, TODAY)  # noqa: FBT003 - a reader, whole
        assert found.chats == chats


@pytest.mark.parametrize(
    ("dues", "first"),
    [([], None), ([Due(None)], Due(None)), ([Due(None), Due(90)], Due(90)), ([Due(3), Due(-7)], Due(-7))],
)
def test_of_several_the_most_urgent_is_said(dues: list[Due], first: Due | None) -> None:
    assert most_urgent(dues) == first


@given(boxes, readers, wishes, told)
def test_nobody_hears_what_is_not_due_to_them(
    box: Watched, chats: dict[int, Reader], by_mail: Wishes, step: int | None
) -> None:
    found = audience(box, chats, by_mail, step, CATALOGUE, TODAY)
    for chat, each in chats.items():
        due = due_for(box, each.wishes, step, CATALOGUE, TODAY)
        wanted = each.reachable and due is not None and not (due.step is None and each.waiting)
        assert found.chats.get(chat) == (due if wanted else None)
    silent = not any(chats[chat].beside for chat in found.chats)
    if silent and any(each.reachable for each in chats.values()):
        assert found.mail is None
    if not any(each.reachable for each in chats.values()):
        assert found.mail == due_for(box, by_mail, step, CATALOGUE, TODAY)


@given(st.lists(levels), levels)
def test_silences_combine_in_any_order_and_the_wish_of_one_is_kept(
    several: list[MuteLevel | None], own: MuteLevel | None
) -> None:
    assert either_silence(*several) == either_silence(*reversed(several))
    assert common_silence(several) == common_silence(several[::-1])
    assert either_silence(own, own) == own == common_silence([own, own])
    assert either_silence(own, None) == own
    assert common_silence([*several, None]) is None
    if several:
        assert either_silence(common_silence(several), *several) == either_silence(*several)
        assert (common_silence(several) is ALL) is (set(several) == {ALL})


@given(boxes, wishes, told)
def test_what_was_planned_and_noted_is_still_wanted_the_same_day(
    box: Watched, wish: Wishes, before: int | None
) -> None:
    due = due_for(box, wish, before, CATALOGUE, TODAY)
    if due is None:
        return
    noted = before if due.step is None else due.step
    assert still_wanted(due.step, box, wish, noted, CATALOGUE, TODAY)
    silenced = Wishes(wish.off, ALL, wish.snoozed_until)
    is_end = due.step in {LAST_DAY, END}  # which nobody silences
    assert still_wanted(due.step, box, silenced, noted, CATALOGUE, TODAY) is is_end
    if due.step is not None:
        assert not still_wanted(due.step, box, wish, None, CATALOGUE, TODAY), "nobody could be told it"
