"""Going on with a renewal of which the world has taken something away: mailboxes that were deleted leave it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftRow
from bot.domain import choices
from bot.domain.drafts import Facts
from bot.domain.mailboxes import is_deleted
from bot.domain.renewal import Renewal
from bot.services.closing import Ending, close_drafts
from bot.services.renewing.draft_rows import read_draft, write_draft


@dataclass(frozen=True, slots=True)
class Resumed:
    """A renewal that goes on, with the addresses of the mailboxes that were deleted and have left it."""

    renewal: Renewal
    deleted: tuple[str, ...]


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
