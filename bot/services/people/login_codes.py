"""The way in without a link: a 6-digit code, mailed to the reference e-mail (DOMAIN.md 2.2).

Nobody learns here which addresses are known: a request for one that nobody has is stored, counted and answered as any
other, with the same statements in the database. The right code lets the chat speak for every customer with that
address; what else becomes of a code is told in `bot.services.people.mailed_codes`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, LoginCodeRow, OutboxRow
from bot.domain.login_codes import code_in
from bot.domain.registrant import Context, Field, clean
from bot.services.actor import Actor
from bot.services.errors import CodeNotOpen, MailNotSetUp, NotACode
from bot.services.people.binding import bind, customers_of, customers_with
from bot.services.people.mailed_codes import CodeFor, MailedCodes, WrongCode
from bot.services.sending.notices import LoginLink, Notices, login_mail_key
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class AwaitedCode:
    """The code that a chat asked for last; whether one was mailed is not told.

    Attributes:
        request_id: names the request.
        good_until: when it expires; None when it is no longer good.
        attempts_left: wrong codes that may still come before the cool-down.
    """

    request_id: int
    good_until: datetime | None
    attempts_left: int


@dataclass(frozen=True, slots=True)
class Admitted:
    """The code was right: the chat speaks for the customers with that address."""


class LoginCodes:
    """Mails codes and takes them."""

    def __init__(
        self, database: Database, surroundings: Surroundings, notices: Notices, *, offered: bool
    ) -> None:
        """Keep requests in `database` and mail through `notices`; `offered` says whether e-mail is set up."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices
        self._codes = MailedCodes(database.keys, surroundings)
        self.offered = offered

    async def ask(self, actor: Actor, typed: str) -> None:
        """Mail a code to this address if a customer has it as reference e-mail; say nothing about that.

        Raises:
            FieldError: what was typed is not an e-mail address.
            CodesPaused: the chat or the address has had its codes of the hour, or is cooling down.
            MailNotSetUp: see `offered`.
        """
        address = clean(Field.REFERENCE_EMAIL, typed, Context(), required=True)
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            await self._issue(session, actor, self._database.keys.index(address))

    async def ask_again(self, actor: Actor, request_id: int) -> None:
        """Mail another code to the address of this request, which must be the chat's last; otherwise do nothing.

        A second quick tap on the same button names a request that was replaced, and asks for nothing.

        Raises:
            CodesPaused, MailNotSetUp: as `ask`.
        """
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            last = await self._codes.last(session, actor, CodeFor.GETTING_IN)
            if last is not None and last.id == request_id:
                await self._issue(session, actor, last.email_index)

    async def awaited(self, actor: Actor) -> AwaitedCode | None:
        """The code that this chat asked for last, None if it asked for none lately.

        Raises:
            CodesPaused: after too many wrong ones, none is taken now.
        """
        async with self._database.read() as session:
            row = await self._codes.last(session, actor, CodeFor.GETTING_IN)
            if row is None:
                return None
            await self._codes.check_cool_down(session, row)
            good_until = row.expires_at if self._codes.is_open(row) else None
            return AwaitedCode(row.id, good_until, self._codes.attempts_left(row))

    async def enter(self, actor: Actor, typed: str) -> Admitted | WrongCode:
        """Take a code: the right one binds the chat to every customer with the address it was mailed to.

        The same one again, as after a crash before the answer, is right again and changes nothing.

        Raises:
            NotACode: it is not six digits, and does not count.
            CodeNotOpen: no code of this chat is good any more.
            CodesPaused: after too many wrong ones, none is taken now.
        """
        code = code_in(typed)
        if code is None:
            raise NotACode
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            row = await self._codes.last(session, actor, CodeFor.GETTING_IN)
            if row is None:
                raise CodeNotOpen
            await self._codes.check_cool_down(session, row)
            if self._codes.is_expired(row):
                raise CodeNotOpen
            is_right = self._codes.is_right(row, code)
            if row.used_at is None:
                return await self._admit(session, actor, row) if is_right else self._codes.count_wrong(row)
            if is_right and await self._is_in_already(session, actor, row):
                return Admitted()
            raise CodeNotOpen

    async def purge(self, asked_before: datetime) -> int:
        """Forget requests that were made before an instant, and the mails with their codes; return how many."""
        async with self._database.write() as session:
            removed = await session.execute(
                delete(LoginCodeRow).where(LoginCodeRow.created_at < asked_before).returning(LoginCodeRow.id)
            )
            ids = removed.scalars().all()
            await session.execute(delete(OutboxRow).where(OutboxRow.key.in_(map(login_mail_key, ids))))
            return len(ids)

    async def _issue(self, session: AsyncSession, actor: Actor, email_index: bytes) -> None:
        """Make a code and mail it. The statements are the same whether or not anybody has the address."""
        if not self.offered:
            raise MailNotSetUp
        by_stranger = await self._codes.check_limits(session, actor, email_index)
        found = await session.execute(
            select(CustomerRow.reference_email)
            .where(CustomerRow.email_index == email_index)
            .order_by(CustomerRow.id)
            .limit(1)
        )
        to = found.scalar_one_or_none()
        mailed = to is not None
        row, code = await self._codes.issue(
            session, actor, email_index, by_stranger=by_stranger, mailed=mailed
        )
        link = LoginLink(*await self._codes.add_link(session, row, mailed=mailed))
        await self._notices.login_code(session, row, code, link, to=to, language=actor.language)

    async def _admit(self, session: AsyncSession, actor: Actor, row: LoginCodeRow) -> Admitted:
        customers = await customers_with(session, row.email_index)
        if not customers:  # the operator's archive has another address by now
            raise CodeNotOpen
        row.used_at = self._surroundings.now()
        for customer_id in sorted(customers):
            cause = f"code-{row.id}-{customer_id}"
            await bind(session, self._surroundings, self._notices, actor, customer_id, cause=cause)
        return Admitted()

    async def _is_in_already(self, session: AsyncSession, actor: Actor, row: LoginCodeRow) -> bool:
        customers = await customers_with(session, row.email_index)
        return bool(customers) and customers <= await customers_of(session, actor)
