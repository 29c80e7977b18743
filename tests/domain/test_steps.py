"""The steps of the conversation and their order."""

import itertools

import pytest

from bot.domain.steps import Step, after, before, steps


def test_all_of_them() -> None:
    path = steps(choose_mailbox=True, choose_space=True, offer_kit=True)
    assert path == tuple(Step)
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
    assert set(Step) - set(path) == missing
    assert list(path) == [step for step in Step if step in path]


@pytest.mark.parametrize("flags", list(itertools.product([True, False], repeat=3)))
def test_back_undoes_forward_on_every_path(flags: tuple[bool, bool, bool]) -> None:
    path = steps(choose_mailbox=flags[0], choose_space=flags[1], offer_kit=flags[2])
    for this, following in itertools.pairwise(path):
        assert after(path, this) is following
        assert before(path, following) is this
    assert before(path, path[0]) is None
    assert after(path, path[-1]) is path[-1] is Step.ORDER


@pytest.mark.parametrize("step", list(Step))
def test_a_step_that_left_the_path_still_has_neighbours(step: Step) -> None:
    path = (Step.PLAN, Step.REGISTRANT, Step.ORDER)
    following, earlier = after(path, step), before(path, step)
    assert following in path
    assert earlier is None or earlier in path
    order = list(Step)
    assert step is Step.ORDER or order.index(following) > order.index(step)
    assert earlier is None or order.index(earlier) < order.index(step)
