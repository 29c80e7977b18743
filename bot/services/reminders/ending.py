"""The end of mailboxes: what was being prepared for them ends with the message that tells it (DOMAIN.md 6)."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftItemRow, DraftRow, MailboxRow
from bot.domain.mailboxes import Expiring, is_deleted
from bot.services.closing import Ending, close_drafts
from bot.services.surroundings import Surroundings


async def end_drafts(session: AsyncSession, surroundings: Surroundings, mailbox_ids: Collection[int]) -> None:
    """End the open drafts in which these mailboxes are, where nothing that is left in them can be renewed."""
    if not mailbox_ids:
        return
    catalogue, today = surroundings.catalogue, surroundings.today()
    concerned = select(DraftItemRow.draft_id).where(DraftItemRow.mailbox_id.in_(mailbox_ids))
    rows = await session.execute(
        select(DraftRow.id, MailboxRow.plan_id, MailboxRow.expires_on)
        .join(DraftItemRow, DraftItemRow.draft_id == DraftRow.id)
        .join(MailboxRow, MailboxRow.id == DraftItemRow.mailbox_id)
        .where(DraftRow.status == "open", DraftRow.id.in_(concerned))
    )
    gone: dict[int, list[bool]] = defaultdict(list)
    for draft_id, plan_id, expires_on in rows:
        gone[draft_id].append(is_deleted(Expiring(plan_id, expires_on), catalogue, today))
    over = [draft_id for draft_id, each in gone.items() if all(each)]
    if over:
        await close_drafts(session, Ending.DISCARDED, DraftRow.id.in_(over))
