"""Automatic renewal of a mailbox, switched on and off by its customer (DOMAIN.md 3.1, 3.5, 3.6)."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MailboxRow, SwitchingRow
from bot.domain.evidence.chain import Chain, Kind
from bot.domain.evidence.chain import Subject as Chained
from bot.domain.held import AUTO_RENEW
from bot.domain.money import amount
from bot.domain.notice_ways import NoticeWay
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NotOffered, NotYours
from bot.services.evidence.writing import Entry, record
from bot.services.held import Subject, by_chat, hold
from bot.services.renewing.facts import owned_registrant
from bot.services.renewing.standing import Standing, read_standing
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again, note_decided


class AutoRenewal:
    """The switch of every mailbox."""

    def __init__(
        self, database: Database, surroundings: Surroundings, notices: Notices, *, mail: bool
    ) -> None:
        """Keep it in `database`, with the day and the catalogue of `surroundings`; who has to know is told.

        `mail` says whether e-mail is set up.
        """
        self.has_ways = mail
        """Whether there is more than one way for the notice that precedes a charge."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def standing(self, actor: Actor, mailbox_id: int) -> Standing:
        """How the switch of a mailbox stands, and what using it would mean.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        async with self._database.read() as session:
            return await self._standing(session, actor, mailbox_id)

    async def switch_on(self, actor: Actor, mailbox_id: int, seal: str) -> bool:
        """Let a mailbox renew itself, on terms of which the button had the seal; False where it did so already.

        Raises:
            NotYours: the mailbox is not this chat's.
            NotOffered: it cannot be switched on now, or the terms are others by now; nothing is changed.
        """
        return await self._switch(actor, mailbox_id, on=True, agreed=seal)

    async def set_auto_renewal(self, actor: Actor, mailbox_id: int, *, on: bool) -> bool:
        """Let a mailbox renew itself, or not; False where it did so already, and nothing is changed.

        What the customer chose is held: a file that still says the other does not undo it. It is kept as evidence,
        confirmed to the customer, and told to whoever charges. Off, the mailbox can be renewed here, and who has just
        decided so needs no reminder of the present step; on, its notice may be due.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        return await self._switch(actor, mailbox_id, on=on)

    async def choose_notice_way(self, actor: Actor, mailbox_id: int, way: NoticeWay) -> bool:
        """Choose how the notice before each charge comes (DOMAIN.md 6); False where it came so already.

        It is kept as evidence. No mailbox file says anything of it, so none can undo it.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        async with self._database.write() as session:
            mailbox = await self._owned(session, actor, mailbox_id)
            if mailbox.notice_by == way.value:
                return False
            standing = await self._standing(session, actor, mailbox_id)
            mailbox.notice_by = way.value
            await self._evidence(session, actor, mailbox, standing, to="way")
            return True

    async def _owned(self, session: AsyncSession, actor: Actor, mailbox_id: int) -> MailboxRow:
        mailbox = await session.get(MailboxRow, mailbox_id, with_for_update=True)
        if mailbox is None:
            raise NotYours
        await owned_registrant(session, actor, Action.SWITCH, mailbox.holder_id)
        return mailbox

    async def _evidence(
        self, session: AsyncSession, actor: Actor, mailbox: MailboxRow, standing: Standing, *, to: str
    ) -> None:
        terms, now = standing.terms, self._surroundings.now()
        row = SwitchingRow(
            mailbox_id=mailbox.id,
            to=to,
            at=now,
            chat_id=actor.chat_id,
            language=actor.language,
            origin=by_chat(actor.chat_id),
            expires_on=mailbox.expires_on,
            charge_on=terms.charge_on,
            years=terms.years if to == "on" else None,
            due=terms.due if to == "on" else None,
            notice_by=mailbox.notice_by,
        )
        session.add(row)
        value = {
            "switched": to,
            "chat": row.chat_id,
            "language": row.language,
            "expires_on": row.expires_on.isoformat(),
            "charge_on": row.charge_on.isoformat(),
            "years": row.years,
            "due": None if row.due is None else amount(row.due),
            "notice_by": row.notice_by,
        }
        await record(session, [Entry(Chain(Chained.MAILBOX, mailbox.id), Kind.SWITCHED, value)], now)

    async def _switch(self, actor: Actor, mailbox_id: int, *, on: bool, agreed: str | None = None) -> bool:
        surroundings = self._surroundings
        catalogue, today, now = surroundings.catalogue, surroundings.today(), surroundings.now()
        async with self._database.write() as session:
            mailbox = await self._owned(session, actor, mailbox_id)
            if mailbox.auto_renew is on:
                return False
            standing = await self._standing(session, actor, mailbox_id)
            terms = standing.terms
            if agreed is not None and (standing.not_now is not None or terms.seal != agreed):
                raise NotOffered
            mailbox.auto_renew = on
            origin = by_chat(actor.chat_id)
            await hold(session, Subject.MAILBOX, mailbox.id, {AUTO_RENEW: on}, origin=origin, now=now)
            await self._evidence(session, actor, mailbox, standing, to="on" if on else "off")
            await session.flush()
            if on:
                mailbox.not_renewing = None  # who wants it renewed by itself wants it renewed
                await look_again(session, catalogue, today, MailboxRow.id == mailbox.id)
                await self._notices.switches.started(session, mailbox, years=terms.years, due=terms.due)
            else:
                await self._notices.switches.stopped(session, mailbox)
                await note_decided(session, surroundings, mailbox)
            return True

    async def _standing(self, session: AsyncSession, actor: Actor, mailbox_id: int) -> Standing:
        surroundings = self._surroundings
        return await read_standing(session, actor, mailbox_id, surroundings.catalogue, surroundings.today())
