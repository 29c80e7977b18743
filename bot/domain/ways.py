"""The way through a renewal: where Back leads, what comes next, and how many steps it has (DOMAIN.md 3).

A way is what was gone through, and is kept in the draft. As long as the recap was not reached it is one row of steps.
Whatever is opened from the recap, and the list of choices between, follows the recap in the row until that is back.
There are two: step by step, and the short one, which keeps everything as it is and asks only for what is missing.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.choices import renew_as_it_is
from bot.domain.drafts import Draft, Facts, Gap
from bot.domain.registrant import problems
from bot.domain.renewal import Renewal
from bot.domain.steps import Step, after

STEP_OF_GAP: Final[dict[Gap, Step]] = {
    Gap.MAILBOX: Step.MAILBOX,
    Gap.SPACE: Step.PLAN,
    Gap.KIT: Step.KIT,
    Gap.REGISTRANT: Step.REGISTRANT,
    Gap.PAYMENT: Step.PAYMENT,
    Gap.YEARS: Step.YEARS,
}
"""The step at which something missing is chosen."""

_ORDER: Final = tuple(Step).index


def arrive(draft: Draft, step: Step) -> Draft:
    """The draft at `step`; a step that was gone through already is gone back to, and what came after is forgotten."""
    if draft.step is step:
        return draft
    trail = _trail(draft)
    begin = trail.index(Step.ORDER) if Step.ORDER in trail and step is not Step.ORDER else 0
    way = trail[: trail.index(step, begin)] if step in trail[begin:] else trail
    return replace(draft, way=way, step=step)


def go_on(draft: Draft, facts: Facts, step: Step) -> Draft:
    """The draft after the choice of `step` is made: at the next step of its way.

    Whoever goes on from the plan without taking the short way goes step by step.
    """
    if step is Step.PLAN and Step.ORDER not in _trail(draft):
        draft = replace(draft, express=False)
    return arrive(draft, _next(Renewal(draft, facts), step))


def go_express(draft: Draft, facts: Facts, years: int) -> Draft:
    """The draft as it is, for `years`, on the short way (see `choices.renew_as_it_is`)."""
    draft = replace(renew_as_it_is(draft, facts, years), express=True)
    return arrive(draft, _next(Renewal(draft, facts), Step.PLAN))


def go_back(draft: Draft, facts: Facts, step: Step) -> Draft:
    """The draft at the step from which `step` was reached.

    Where the draft does not stand at `step`, that was done already, by a tap which was delivered twice.
    """
    way = _behind(Renewal(draft, facts))
    if draft.step is not step or not way:
        return draft
    return replace(draft, way=way[:-1], step=way[-1])


def came_from(renewal: Renewal) -> Step | None:
    """The step from which that at which the draft stands was reached; None where the way begins."""
    way = _behind(renewal)
    return way[-1] if way else None


def leads_to_recap(draft: Draft) -> bool:
    """Whether what is chosen now leads to the recap, by way of what is missing: on the short way, or from the recap."""
    return Step.ORDER in _trail(draft) or (draft.express is True and draft.step is not Step.MAILBOX)


def progress(renewal: Renewal, step: Step) -> tuple[int, int]:
    """Which step of its way `step` is, from 1, and how many the way has.

    Before one of the two ways is taken, the short one is counted where it is open. What is opened from the recap is no
    step of the way: it counts as the recap.
    """
    path, trail = renewal.path, _trail(renewal.draft)
    if Step.ORDER in trail:
        gone = trail[: trail.index(Step.ORDER)]
        total = len({each for each in gone if each in path}) + 1
        return total, total
    counted = {each for each in (*trail, step, *_ahead(renewal, step)) if each in path}
    return 1 + sum(_ORDER(each) < _ORDER(step) for each in counted), len(counted)


def _trail(draft: Draft) -> tuple[Step, ...]:
    return (*draft.way, draft.step)


def _behind(renewal: Renewal) -> tuple[Step, ...]:
    """The steps gone through, without those that the renewal has no more."""
    draft = renewal.draft
    if draft.step is Step.MAILBOX and not draft.items:
        return ()  # until one is chosen there is nothing to go back to
    known = {*renewal.path, Step.EDIT}
    return tuple(step for step in draft.way if step in known)


def _next(renewal: Renewal, step: Step) -> Step:
    draft, missing = renewal.draft, [STEP_OF_GAP[gap] for gap in renewal.gaps]
    if Step.MAILBOX in missing and step is not Step.MAILBOX:
        return Step.MAILBOX
    trail = _trail(draft)
    if Step.ORDER not in trail and (step is Step.MAILBOX or not draft.express):
        return after(renewal.path, step)
    if Step.ORDER not in trail and Step.PAYMENT not in trail:
        missing.append(Step.PAYMENT)  # it may be chosen already, and is looked at again all the same
    return min(missing, key=_ORDER, default=Step.ORDER)


def _ahead(renewal: Renewal, step: Step) -> Sequence[Step]:
    draft = renewal.draft
    if draft.express or (draft.express is None and _may_stay(renewal, step)):
        missing = {STEP_OF_GAP[gap] for gap in renewal.gaps} if draft.express else set()
        if problems(renewal.registrant):
            missing.add(Step.REGISTRANT)
        return (Step.PLAN, *missing, Step.PAYMENT, Step.ORDER)
    return [each for each in renewal.path if _ORDER(each) > _ORDER(step)]


def _may_stay(renewal: Renewal, step: Step) -> bool:
    """Whether the short way is still ahead, and open."""
    return step in {Step.MAILBOX, Step.PLAN} and not renewal.cannot_stay
