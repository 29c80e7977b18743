"""The steps of the conversation, in their order (DOMAIN.md section 3)."""

from collections.abc import Sequence
from enum import StrEnum


class Step(StrEnum):
    """A step of the renewal. The values are stored: they are never renamed."""

    MAILBOX = "mailbox"
    PLAN = "plan"
    SPACE = "space"
    KIT = "kit"
    REGISTRANT = "registrant"
    PAYMENT = "payment"
    YEARS = "years"
    ORDER = "order"
    EDIT = "edit"
    """The list of all choices, opened from the recap: no renewal has it as a step of its own."""


def steps(*, choose_mailbox: bool, choose_space: bool, offer_kit: bool) -> tuple[Step, ...]:
    """The steps that this renewal has.

    Args:
        choose_mailbox: more than one mailbox is renewable (DOMAIN.md 3.1: otherwise the step is skipped).
        choose_space: there is one mailbox and its plan sells extra GB; several are changed from their list, which
            is the step of the plan (DOMAIN.md 3.1).
        offer_kit: the operator sells kits in the renewal (DOMAIN.md 3.4).
    """
    skipped = {Step.EDIT}
    if not choose_mailbox:
        skipped.add(Step.MAILBOX)
    if not choose_space:
        skipped.add(Step.SPACE)
    if not offer_kit:
        skipped.add(Step.KIT)
    return tuple(step for step in Step if step not in skipped)


def after(path: Sequence[Step], step: Step) -> Step:
    """The step that follows; the last one follows itself."""
    later = [other for other in path if list(Step).index(other) > list(Step).index(step)]
    return later[0] if later else step
