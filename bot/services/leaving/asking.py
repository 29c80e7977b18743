"""A customer asks in its chat that everything of it is deleted, and shows by a code who asks (DOMAIN.md 7).

The code goes to the reference e-mail; the right one deletes at once. Only the chat that speaks for the customer alone
may ask: where others do too, nobody here knows which of them owns what (`bot.domain.leaving.Against`).
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, LoginCodeRow, MailboxRow
from bot.domain.calendar import add_years
from bot.domain.login_codes import code_in
from bot.messages import told
from bot.services.access import Action, chats_of, may
from bot.services.actor import Actor
from bot.services.errors import CodeNotOpen, NotACode, NotYours, StillNeeded
from bot.services.leaving.foreseeing import Foreseen, foresee, orders_of
from bot.services.leaving.forgetting import Asked, Forgotten, forget
from bot.services.leaving.obstacles import obstacles_in_chat
from bot.services.people.login_codes import AwaitedCode
from bot.services.people.mailed_codes import CodeFor, Leaving, MailedCodes, WrongCode
from bot.services.sending.notices import login_mail_key
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class MayLeave:
    """A customer that a chat speaks for alone: `mailboxes` of it, of which `first` expires first."""

    customer_id: int
    first: str
    mailboxes: int


class LeavingInChat:
    """Lets a customer leave."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """Delete from `database`; `mail` says whether e-mail is set up, without which no code can be mailed."""
        self._database = database
        self._surroundings = surroundings
        self._codes = MailedCodes(database.keys, surroundings)
        self._mail = mail

    async def offered(self, actor: Actor) -> tuple[MayLeave, ...]:
        """The customers of whom this chat may ask it, in the order of their mailboxes' addresses."""
        if not self._mail:
            return ()
        async with self._database.read() as session:
            rows = await session.execute(
                select(CustomerRow.id, func.count(MailboxRow.id))
                .outerjoin(MailboxRow, MailboxRow.customer_id == CustomerRow.id)
                .where(may(actor.chat_id, Action.FORGET, CustomerRow.id))
                .group_by(CustomerRow.id)
            )
            found = []
            for customer_id, count in rows.all():
                if len(await chats_of(session, customer_id)) == 1:
                    first = await session.scalar(
                        select(MailboxRow.address)
                        .where(MailboxRow.customer_id == customer_id)
                        .order_by(MailboxRow.expires_on, MailboxRow.id)
                        .limit(1)
                    )
                    found.append(MayLeave(customer_id, first or "", count))
        return tuple(sorted(found, key=lambda each: (each.first, each.customer_id)))

    async def show(self, actor: Actor, customer_id: int) -> Foreseen:
        """What would go and what would stay, and what stands against it.

        Raises:
            NotYours: the chat does not speak for the customer.
        """
        async with self._database.read() as session:
            customer = await self._owned(session, actor, customer_id)
            return await self._foreseen(session, customer)

    async def ask(self, actor: Actor, customer_id: int) -> None:
        """Mail a code to the reference e-mail; where one that is still good was mailed here, that one stands.

        Raises:
            NotYours: the chat does not speak for the customer.
            StillNeeded: something stands against it.
            CodesPaused: the chat or the address has had its codes of the hour, or is cooling down.
        """
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            customer = await self._free_to_go(session, actor, customer_id)
            last = await self._codes.last(session, actor, CodeFor.LEAVING)
            if last is None or not self._stands(last, customer):
                await self._issue(session, actor, customer)

    async def ask_again(self, actor: Actor, request_id: int) -> None:
        """Mail another code for this request, which must be the chat's last of its kind; otherwise do nothing.

        Raises:
            NotYours, StillNeeded, CodesPaused: as `ask`.
        """
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            last = await self._codes.last(session, actor, CodeFor.LEAVING)
            if last is not None and last.id == request_id and last.customer_id is not None:
                await self._issue(session, actor, await self._free_to_go(session, actor, last.customer_id))

    async def awaited(self, actor: Actor, customer_id: int) -> AwaitedCode | None:
        """The code of this customer that this chat waits for; None without one.

        Raises:
            NotYours: the chat does not speak for the customer.
            CodesPaused: after too many wrong codes, none is taken now.
        """
        async with self._database.read() as session:
            customer = await self._owned(session, actor, customer_id)
            row = await self._codes.last(session, actor, CodeFor.LEAVING)
            if row is None or row.customer_id != customer_id:
                return None
            await self._codes.check_cool_down(session, row)
            good_until = row.expires_at if self._stands(row, customer) else None
            return AwaitedCode(row.id, good_until, self._codes.attempts_left(row))

    async def enter(self, actor: Actor, typed: str) -> Forgotten | WrongCode:
        """Take a code: the right one deletes everything of the customer for whom it was mailed.

        The same one again, as after a crash before the answer, is right again and changes nothing.

        Raises:
            NotACode: it is not six digits, and does not count.
            CodeNotOpen: no code of this chat is good any more.
            CodesPaused: after too many wrong ones, none is taken now.
            NotYours: the chat does not speak for the customer any more.
            StillNeeded: something stands against it by now; the code can be entered again.
        """
        code = code_in(typed)
        if code is None:
            raise NotACode
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            row = await self._codes.last(session, actor, CodeFor.LEAVING)
            if row is None or row.customer_id is None:
                raise CodeNotOpen
            await self._codes.check_cool_down(session, row)
            if self._codes.is_expired(row):
                raise CodeNotOpen
            is_right = self._codes.is_right(row, code)
            if row.used_at is not None:
                if is_right and (done := await self._done(session, row.customer_id)) is not None:
                    return done
                raise CodeNotOpen
            customer = await self._owned(session, actor, row.customer_id)
            if not self._stands(row, customer):
                raise CodeNotOpen
            if not is_right:
                return self._codes.count_wrong(row)
            row.used_at = self._surroundings.now()
            await session.flush()
            by = Asked(actor.chat_id, self._mail)
            return await forget(session, self._database.keys, self._surroundings, customer.id, by)

    async def _owned(self, session: AsyncSession, actor: Actor, customer_id: int) -> CustomerRow:
        found = await session.execute(
            select(CustomerRow).where(
                CustomerRow.id == customer_id, may(actor.chat_id, Action.FORGET, CustomerRow.id)
            )
        )
        row = found.scalar_one_or_none()
        if row is None:
            raise NotYours
        return row

    async def _free_to_go(self, session: AsyncSession, actor: Actor, customer_id: int) -> CustomerRow:
        customer = await self._owned(session, actor, customer_id)
        foreseen = await self._foreseen(session, customer)
        if foreseen.obstacles:
            raise StillNeeded(foreseen.obstacles)
        return customer

    async def _foreseen(self, session: AsyncSession, customer: CustomerRow) -> Foreseen:
        obstacles = await obstacles_in_chat(session, self._surroundings, customer, mail=self._mail)
        return await foresee(session, self._surroundings, customer, obstacles)

    def _stands(self, row: LoginCodeRow, customer: CustomerRow) -> bool:
        """Whether the code of a request is good for this customer, whose reference e-mail is the one it went to."""
        return (
            row.customer_id == customer.id
            and self._codes.is_open(row)
            and row.email_index == customer.email_index
        )

    async def _issue(self, session: AsyncSession, actor: Actor, customer: CustomerRow) -> None:
        by_stranger = await self._codes.check_limits(session, actor, customer.email_index)
        row, code = await self._codes.issue(
            session, actor, customer.email_index, by_stranger=by_stranger, purpose=Leaving(customer.id)
        )
        what = told.LeavingCode(
            reader=told.Reader(customer.reference_email, actor.language),
            code=code,
            minutes=(row.expires_at - row.created_at) // timedelta(minutes=1),
            good_until=row.expires_at,
        )
        await put(
            session,
            key=login_mail_key(row.id),
            channel=Channel.MAIL,
            payload=what.to_json(),
            now=self._surroundings.now(),
        )

    async def _done(self, session: AsyncSession, customer_id: int) -> Forgotten | None:
        """What was done by the code before; None where it was not."""
        customer = await session.get_one(CustomerRow, customer_id)
        if customer.forgotten_on is None:
            return None
        years = self._surroundings.catalogue.rules.evidence_years
        kept = (await orders_of(session, customer.id)).kept
        until = add_years(customer.forgotten_on, years)
        return Forgotten(customer.forgotten_on, until, len(kept), customer.code)
