"""Going on with a renewal of which the world has taken something away: mailboxes that were deleted leave it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import choices
from bot.domain.drafts import Draft, Facts
from bot.domain.mailboxes import Mailbox, is_deleted
from bot.domain.renewal import Renewal


@dataclass(frozen=True, slots=True)
class Resumed:
    """A renewal that goes on, with the addresses of the mailboxes that were deleted and have left it."""

    renewal: Renewal
    deleted: tuple[str, ...]


def deleted_in(renewal: Renewal) -> tuple[Mailbox, ...]:
    """The mailboxes of a renewal that were deleted meanwhile."""
    facts = renewal.facts
    return tuple(box for box in renewal.mailboxes if is_deleted(box, facts.catalogue, facts.today))


def without(gone: Iterable[Mailbox], draft: Draft, facts: Facts) -> Draft:
    """The draft without these mailboxes of it, with all other choices kept (DOMAIN.md 6)."""
    for box in gone:
        draft = choices.toggle_mailbox(draft, facts, box.id)
    return draft
