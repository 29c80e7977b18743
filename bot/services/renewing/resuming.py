"""Going on with a renewal of which the world has taken something away: what was deleted or is gone leaves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import choices
from bot.domain.drafts import Draft, Facts
from bot.domain.mailboxes import Mailbox
from bot.domain.renewal import Renewal


@dataclass(frozen=True, slots=True)
class Resumed:
    """A renewal that goes on, with the addresses of the mailboxes that were deleted, or are gone, and have left it."""

    renewal: Renewal
    deleted: tuple[str, ...]
    gone: tuple[str, ...]


def over_in(renewal: Renewal) -> tuple[Mailbox, ...]:
    """The mailboxes of a renewal that were deleted meanwhile, or marked gone."""
    living = renewal.living
    return tuple(box for box in renewal.mailboxes if box not in living)


def without(gone: Iterable[Mailbox], draft: Draft, facts: Facts) -> Draft:
    """The draft without these mailboxes of it, with all other choices kept (DOMAIN.md 6)."""
    for box in gone:
        draft = choices.toggle_mailbox(draft, facts, box.id)
    return draft
