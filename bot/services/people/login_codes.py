"""The way in without a link: a 6-digit code, mailed to the reference e-mail (DOMAIN.md 2.2).

Nobody learns here which addresses are known: a request for one that nobody has is stored, counted and answered as any
other, with the same statements in the database. What becomes of a request::

    asked ──right code──▶ entered: the chat speaks for every customer with that address
      ├── another request in the same chat ──▶ replaced; its wrong codes count on
      ├── login_attempts wrong codes ──▶ given up: a cool-down of chat and address begins
      └── login_code_minutes ──▶ expired

A code is good in the chat that asked for it, and nowhere else. Its hash is keyed with the secret of the database and
made for one request in one chat, so that neither a table of hashes nor another request is of use to anybody.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.tables import CustomerRow, LoginCodeRow, OutboxRow
from bot.domain.login_codes import (
    CODE_DIGITS,
    PastRequest,
    code_in,
    cools_down_until,
    next_request_at,
    remembered_for,
    wrong_codes_carried,
)
from bot.domain.registrant import Context, Field, clean
from bot.services.actor import Actor
from bot.services.errors import CodeNotOpen, CodePause, CodesPaused, MailNotSetUp, NotACode
from bot.services.people.binding import bind, customers_of
from bot.services.sending.notices import Notices, login_mail_key
from bot.services.surroundings import Surroundings

_NOBODYS: Final = bytes(32)
"""Stands for the hash where no code was mailed: no digest is equal to it, and comparing takes as long."""


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


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The code was wrong; after no attempts more, a cool-down has begun."""

    attempts_left: int


class LoginCodes:
    """Mails codes and takes them."""

    def __init__(
        self, database: Database, surroundings: Surroundings, notices: Notices, *, offered: bool
    ) -> None:
        """Keep requests in `database` and mail through `notices`; `offered` says whether e-mail is set up."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices
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
            await _hold_chat(session, actor)
            await self._issue(session, actor, self._database.keys.index(address))

    async def ask_again(self, actor: Actor, request_id: int) -> None:
        """Mail another code to the address of this request, which must be the chat's last; otherwise do nothing.

        A second quick tap on the same button names a request that was replaced, and asks for nothing.

        Raises:
            CodesPaused, MailNotSetUp: as `ask`.
        """
        async with self._database.write() as session:
            await _hold_chat(session, actor)
            last = await _last_request(session, actor)
            if last is not None and last.id == request_id:
                await self._issue(session, actor, last.email_index)

    async def awaited(self, actor: Actor) -> AwaitedCode | None:
        """The code that this chat asked for last, None if it asked for none lately.

        Raises:
            CodesPaused: after too many wrong ones, none is taken now.
        """
        async with self._database.read() as session:
            row = await _last_request(session, actor)
            if row is None:
                return None
            self._refuse_while_cooling_down(await self._requests(session, row.chat_id, row.email_index))
            is_good = row.used_at is None and self._surroundings.now() < row.expires_at
            left = self._surroundings.catalogue.rules.login_attempts - row.attempts
            return AwaitedCode(row.id, row.expires_at if is_good else None, max(left, 0))

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
            await _hold_chat(session, actor)
            row = await _last_request(session, actor)
            if row is None:
                raise CodeNotOpen
            self._refuse_while_cooling_down(await self._requests(session, row.chat_id, row.email_index))
            if self._surroundings.now() >= row.expires_at:
                raise CodeNotOpen
            is_right = hmac.compare_digest(self._digest(row, code), row.code_hash or _NOBODYS)
            if row.used_at is None:
                return await self._admit(session, actor, row) if is_right else self._count(row)
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
        # Two chats may ask for one address at once: what is counted must not change meanwhile.
        await hold(session, f"login-codes:address:{email_index.hex()}")
        now, rules = self._surroundings.now(), self._surroundings.catalogue.rules
        requests = await self._requests(session, actor.chat_id, email_index)
        self._refuse_while_cooling_down(requests)
        self._refuse_above_the_limits(requests, actor.chat_id, email_index)
        found = await session.execute(
            select(CustomerRow.reference_email)
            .where(CustomerRow.email_index == email_index)
            .order_by(CustomerRow.id)
            .limit(1)
        )
        to = found.scalar_one_or_none()
        replaced = await session.execute(
            update(LoginCodeRow)
            .where(LoginCodeRow.chat_id == actor.chat_id, LoginCodeRow.used_at.is_(None))
            .values(used_at=now)
            .returning(LoginCodeRow)
        )
        open_one = max(replaced.scalars(), key=lambda row: row.id, default=None)
        row = LoginCodeRow(
            chat_id=actor.chat_id,
            email_index=email_index,
            code_hash=None,
            created_at=now,
            expires_at=now + timedelta(minutes=rules.login_code_minutes),
            attempts=wrong_codes_carried(None if open_one is None else _past(open_one), rules, now),
            used_at=None,
        )
        session.add(row)
        await session.flush()
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        digest = self._digest(row, code)
        await session.execute(
            update(LoginCodeRow)
            .where(LoginCodeRow.id == row.id)
            .values(code_hash=None if to is None else digest)
        )
        await self._notices.login_code(session, row, code, to=to, language=actor.language)

    def _refuse_while_cooling_down(self, requests: Sequence[LoginCodeRow]) -> None:
        until = cools_down_until([_past(row) for row in requests], self._surroundings.catalogue.rules)
        if until is not None and self._surroundings.now() < until:
            raise CodesPaused(CodePause.WRONG_CODES, until)

    def _refuse_above_the_limits(
        self, requests: Sequence[LoginCodeRow], chat_id: int, email_index: bytes
    ) -> None:
        rules = self._surroundings.catalogue.rules
        of_chat = [_past(row) for row in requests if row.chat_id == chat_id]
        of_address = [_past(row) for row in requests if row.email_index == email_index]
        waits = [next_request_at(each, rules) for each in (of_chat, of_address)]
        until = max((wait for wait in waits if wait is not None), default=None)
        if until is not None and self._surroundings.now() < until:
            raise CodesPaused(CodePause.MANY_CODES, until)

    async def _requests(
        self, session: AsyncSession, chat_id: int, email_index: bytes
    ) -> Sequence[LoginCodeRow]:
        """The requests of the chat, and of the address in any chat, that still count for a limit."""
        since = self._surroundings.now() - remembered_for(self._surroundings.catalogue.rules)
        rows = await session.execute(
            select(LoginCodeRow).where(
                or_(LoginCodeRow.chat_id == chat_id, LoginCodeRow.email_index == email_index),
                LoginCodeRow.created_at > since,
            )
        )
        return rows.scalars().all()

    async def _admit(self, session: AsyncSession, actor: Actor, row: LoginCodeRow) -> Admitted:
        customers = await _customers_with(session, row.email_index)
        if not customers:  # the operator's archive has another address by now
            raise CodeNotOpen
        row.used_at = self._surroundings.now()
        for customer_id in sorted(customers):
            cause = f"code-{row.id}-{customer_id}"
            await bind(session, self._surroundings, self._notices, actor, customer_id, cause=cause)
        return Admitted()

    def _count(self, row: LoginCodeRow) -> WrongCode:
        row.attempts += 1
        left = max(self._surroundings.catalogue.rules.login_attempts - row.attempts, 0)
        if left == 0:
            row.used_at = self._surroundings.now()
        return WrongCode(left)

    async def _is_in_already(self, session: AsyncSession, actor: Actor, row: LoginCodeRow) -> bool:
        customers = await _customers_with(session, row.email_index)
        return bool(customers) and customers <= await customers_of(session, actor)

    def _digest(self, row: LoginCodeRow, code: str) -> bytes:
        return self._database.keys.index(f"login-code:{row.id}:{row.chat_id}:{code}")


async def _hold_chat(session: AsyncSession, actor: Actor) -> None:
    """One request or code of a chat at a time, in all processes together: wrong codes count one by one."""
    await hold(session, f"login-codes:chat:{actor.chat_id}")


async def _last_request(session: AsyncSession, actor: Actor) -> LoginCodeRow | None:
    rows = await session.execute(
        select(LoginCodeRow)
        .where(LoginCodeRow.chat_id == actor.chat_id)
        .order_by(LoginCodeRow.id.desc())
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def _customers_with(session: AsyncSession, email_index: bytes) -> set[int]:
    rows = await session.execute(select(CustomerRow.id).where(CustomerRow.email_index == email_index))
    return set(rows.scalars())


def _past(row: LoginCodeRow) -> PastRequest:
    return PastRequest(row.created_at, row.attempts, row.used_at)
