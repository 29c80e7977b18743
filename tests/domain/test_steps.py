"""The steps of the conversation and their order."""

import itertools

import pytest

from bot.domain.steps import Step, after, steps


def test_all_of_them() -> None:
    path = steps(choose_mailbox=True, choose_space=True, offer_kit=True)
    assert path == tuple(step for step in Step if step is not Step.EDIT)
    assert [step.value for step in path] == [
        "mailbox", "plan", "space", "kit", "registrant", "payment", "years", "order",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choose_mailbox", "choose_space", "offer_kit", "missing"),
    [
        (False, True, True, {Step.MAILBOX}),
        (True, False, True, {Step.SPACE}),
        (True, True, False, {Step.KIT}),
        (False, False, False, {Step.MAILBOX, Step.SPACE, Step.KIT}),
    ],
)
def test_steps_that_are_skipped(
    choose_mailbox: bool, choose_space: bool, offer_kit: bool, missing: set[Step]
) -> None:
    path = steps(choose_mailbox=choose_mailbox, choose_space=choose_space, offer_kit=offer_kit)
    assert set(Step) - set(path) == {*missing, Step.EDIT}
    assert list(path) == [step for step in Step if step in path]


@pytest.mark.parametrize("flags", list(itertools.product([True, False], repeat=3)))
def test_every_path_ends_with_the_order(flags: tuple[bool, bool, bool]) -> None:
    path = steps(choose_mailbox=flags[0], choose_space=flags[1], offer_kit=flags[2])
    for this, following in itertools.pairwise(path):
        assert after(path, this) is following
    assert after(path, path[-1]) is path[-1] is Step.ORDER


@pytest.mark.parametrize("step", list(Step))
def test_a_step_that_left_the_path_is_still_followed_by_another(step: Step) -> None:
    path = (Step.PLAN, Step.REGISTRANT, Step.ORDER)
    order = list(Step)
    following = after(path, step)
    if step in {Step.ORDER, Step.EDIT}:
        assert following is step
    else:
        assert following in path
        assert order.index(following) > order.index(step)
