"""Automatic renewal of a mailbox, switched on and off by its customer (DOMAIN.md 3.1, 3.5, 3.6)."""

from bot.db.engine import Database
from bot.db.tables import MailboxRow
from bot.domain.held import AUTO_RENEW
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NotYours
from bot.services.held import Subject, by_chat, hold
from bot.services.renewing.facts import owned_registrant
from bot.services.renewing.terms import automatic_years
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again, note_decided


class AutoRenewal:
    """The switch of every mailbox."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep it in `database`, with the day and the catalogue of `surroundings`; whoever charges is told."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def set_auto_renewal(self, actor: Actor, mailbox_id: int, *, on: bool) -> bool:
        """Let a mailbox renew itself, or not; False where it did so already, and nothing is changed.

        What the customer chose is held: a file that still says the other does not undo it. Off, the mailbox can be
        renewed here, and who has just decided so needs no reminder of the present step; on, its notice may be due.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        surroundings = self._surroundings
        async with self._database.write() as session:
            mailbox = await session.get(MailboxRow, mailbox_id, with_for_update=True)
            if mailbox is None:
                raise NotYours
            await owned_registrant(session, actor, Action.SWITCH, mailbox.holder_id)
            if mailbox.auto_renew is on:
                return False
            mailbox.auto_renew = on
            await hold(
                session,
                Subject.MAILBOX,
                mailbox.id,
                {AUTO_RENEW: on},
                origin=by_chat(actor.chat_id),
                now=surroundings.now(),
            )
            if on:
                catalogue, today = surroundings.catalogue, surroundings.today()
                await look_again(session, catalogue, today, MailboxRow.id == mailbox.id)
                years = (await automatic_years(session, [mailbox.id])).get(mailbox.id, 1)
                await self._notices.auto_renewal_started(session, mailbox, years=years)
            else:
                await self._notices.auto_renewal_stopped(session, mailbox)
                await note_decided(session, surroundings, mailbox)
            return True
