"""How a draft ends: ordered or thrown away, it keeps no personal data either way (DOMAIN.md 3.8 and 7)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftItemRow, DraftRow, MailboxRow
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import Expiring, is_over


class Ending(StrEnum):
    """What became of a draft. The values are stored in `DraftRow.status`, which is `open` before."""

    ORDERED = "ordered"
    """The order has the personal data now."""
    DISCARDED = "discarded"


async def close_drafts(session: AsyncSession, ending: Ending, *conditions: ColumnElement[bool]) -> None:
    """End the open drafts under these conditions on `DraftRow`, and empty them of personal data; none is well too."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.status == "open", *conditions)
        .values(status=ending.value, registrant=None, on_file=None, kit_holder=None, shipping=None)
    )


async def end_drafts(
    session: AsyncSession, catalogue: Catalogue, today: date, mailbox_ids: Collection[int]
) -> None:
    """End the open drafts in which these mailboxes are, where all that are left in them are over (DOMAIN.md 6).

    The others lose them as their renewal goes on, with a sentence (`bot.services.renewing.resuming`).
    """
    if not mailbox_ids:
        return
    concerned = select(DraftItemRow.draft_id).where(DraftItemRow.mailbox_id.in_(mailbox_ids))
    rows = await session.execute(
        select(DraftRow.id, MailboxRow.plan_id, MailboxRow.expires_on, MailboxRow.gone_on)
        .join(DraftItemRow, DraftItemRow.draft_id == DraftRow.id)
        .join(MailboxRow, MailboxRow.id == DraftItemRow.mailbox_id)
        .where(DraftRow.status == "open", DraftRow.id.in_(concerned))
    )
    over: dict[int, list[bool]] = defaultdict(list)
    for draft_id, plan_id, expires_on, gone_on in rows:
        over[draft_id].append(is_over(Expiring(plan_id, expires_on), gone_on, catalogue, today))
    ended = [draft_id for draft_id, each in over.items() if all(each)]
    if ended:
        await close_drafts(session, Ending.DISCARDED, DraftRow.id.in_(ended))
