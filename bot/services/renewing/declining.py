"""*Non rinnovo*: a mailbox that its customer does not renew, and back (docs/decisions/029).

It is the customer's decision, of one expiry: all chats hear less from then on, and the others are told of it. Placing
an order for the mailbox ends it (`bot.services.orders`), as switching on its automatic renewal does; with another
expiry it is over by itself.
"""

from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import DraftItemRow, DraftRow, MailboxRow, RenewalDecisionRow, SnoozeRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.mailboxes import Blocker, blocker
from bot.messages.told import RenewalDecided
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.closing import Ending, close_drafts
from bot.services.errors import CannotDecline, NotYours
from bot.services.evidence.writing import Entry, record
from bot.services.renewing.facts import read_mailboxes
from bot.services.sending.customers import tell_chats
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again, note_decided

DECLINABLE: Final = frozenset({None, Blocker.TOO_EARLY})
"""What may stand in the way of renewing a mailbox of which it can be said that it is not renewed."""


class Declining:
    """Keeps which mailboxes are not renewed."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Keep it in `database`, with the day and the catalogue of `surroundings`."""
        self._database = database
        self._surroundings = surroundings

    async def decline(self, actor: Actor, mailbox_id: int) -> bool:
        """Do not renew a mailbox at the expiry that it has; False where that was said already.

        Of it only two reminders come from now on; days to which one was put off are dropped, and so is the mailbox from
        every renewal under way. It is kept as evidence.

        Raises:
            NotYours: the mailbox is not this chat's.
            CannotDecline: an order awaits payment, it renews itself, its renewal is its domain's, or it was deleted.
        """
        surroundings = self._surroundings
        async with self._database.write() as session:
            row = await self._held(session, actor, mailbox_id)
            (box,) = await read_mailboxes(session, MailboxRow.id == row.id)
            if blocker(box, surroundings.catalogue, surroundings.today()) not in DECLINABLE:
                raise CannotDecline
            if box.declined:
                return False
            row.not_renewing = row.expires_on
            await session.execute(delete(SnoozeRow).where(SnoozeRow.mailbox_id == row.id))
            await _leave_drafts(session, row.id)
            await self._note(session, actor, row, declined=True)
            await self._look_again(session, row)  # a chat that had put it off may have missed one of the two
            return True

    async def take_back(self, actor: Actor, mailbox_id: int) -> str:
        """Remind of its renewal again, where it was said that it is not renewed; return its address.

        Who has just said so needs no reminder of the present step: what was due meanwhile is not made up for.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        surroundings = self._surroundings
        async with self._database.write() as session:
            row = await self._held(session, actor, mailbox_id)
            if row.not_renewing != row.expires_on:
                return row.address
            row.not_renewing = None
            await self._note(session, actor, row, declined=False)
            await note_decided(session, surroundings, row)
            await self._look_again(session, row)
            return row.address

    async def _held(self, session: AsyncSession, actor: Actor, mailbox_id: int) -> MailboxRow:
        found = await session.scalars(
            select(MailboxRow)
            .where(MailboxRow.id == mailbox_id, may(actor.chat_id, Action.RENEW, MailboxRow.customer_id))
            .with_for_update()
        )
        row = found.one_or_none()
        if row is None:
            raise NotYours
        return row

    async def _look_again(self, session: AsyncSession, row: MailboxRow) -> None:
        await session.flush()
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        await look_again(session, catalogue, today, MailboxRow.id == row.id)

    async def _note(self, session: AsyncSession, actor: Actor, row: MailboxRow, *, declined: bool) -> None:
        now = self._surroundings.now()
        session.add(
            RenewalDecisionRow(
                mailbox_id=row.id,
                to="stop" if declined else "go",
                at=now,
                chat_id=actor.chat_id,
                language=actor.language,
                expires_on=row.expires_on,
            )
        )
        value = {
            "to_renew": not declined,
            "chat": actor.chat_id,
            "language": actor.language,
            "expires_on": row.expires_on.isoformat(),
        }
        await record(session, [Entry(Chain(Subject.MAILBOX, row.id), Kind.DECIDED, value)], now)
        what = RenewalDecided(at=now, address=row.address, expires_on=row.expires_on, declined=declined)
        key = f"renewal-{'declined' if declined else 'wanted'}:{row.id}:{now.isoformat()}"
        await tell_chats(session, row.customer_id, key, what, now, apart_from=actor.chat_id)


async def _leave_drafts(session: AsyncSession, mailbox_id: int) -> None:
    """Take a mailbox out of the renewals under way; those of it alone end, the others are accepted anew."""
    concerned = select(DraftItemRow.draft_id).where(DraftItemRow.mailbox_id == mailbox_id)
    alone = (
        select(DraftItemRow.draft_id)
        .where(DraftItemRow.draft_id.in_(concerned))
        .group_by(DraftItemRow.draft_id)
        .having(func.count() == 1)
    )
    await close_drafts(session, Ending.DISCARDED, DraftRow.id.in_(alone))
    others = (
        await session.scalars(
            select(DraftRow.id).where(DraftRow.status == "open", DraftRow.id.in_(concerned))
        )
    ).all()
    await session.execute(
        delete(DraftItemRow).where(DraftItemRow.draft_id.in_(others), DraftItemRow.mailbox_id == mailbox_id)
    )
    await session.execute(
        update(DraftRow).where(DraftRow.id.in_(others)).values(acceptances=[], version=DraftRow.version + 1)
    )
