"""Going on with a renewal of which the world has taken something away: mailboxes that were deleted leave it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftRow
from bot.domain import choices
from bot.domain.drafts import Facts
from bot.domain.mailboxes import is_deleted
from bot.domain.renewal import Renewal
from bot.services.actor import Actor
from bot.services.closing import Ending, close_drafts
from bot.services.errors import NotYours
from bot.services.renewing.draft_rows import read_draft, write_draft
from bot.services.renewing.facts import read_facts
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Resumed:
    """A renewal that goes on, with the addresses of the mailboxes that were deleted and have left it."""

    renewal: Renewal
    deleted: tuple[str, ...]


async def with_facts(
    session: AsyncSession, surroundings: Surroundings, actor: Actor, row: DraftRow | None
) -> tuple[DraftRow, Facts] | None:
    """An open draft and the facts around it; None without one, and where it is the chat's to make no more."""
    if row is None:
        return None
    try:
        return row, await read_facts(session, surroundings, actor, row.holder_id)
    except NotYours:
        return None


async def let_deleted_go(session: AsyncSession, row: DraftRow, facts: Facts) -> Resumed | None:
    """Take deleted mailboxes out of an open draft, with all other choices kept (DOMAIN.md 6).

    None where nothing else is in it: it ends, since there is nothing left to renew.
    """
    draft = read_draft(row, facts)
    gone = [box for box in Renewal(draft, facts).mailboxes if is_deleted(box, facts.catalogue, facts.today)]
    if gone and len(gone) == len(draft.items):
        await close_drafts(session, Ending.DISCARDED, DraftRow.id == row.id)
        return None
    if gone:
        for box in gone:
            draft = choices.toggle_mailbox(draft, facts, box.id)
        write_draft(row, draft, facts)
    return Resumed(Renewal(draft, facts), tuple(box.address for box in gone))
