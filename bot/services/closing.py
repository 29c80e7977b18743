"""How a draft ends: ordered or thrown away, it keeps no personal data either way (DOMAIN.md 3.8 and 7)."""

from enum import StrEnum

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftRow


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
