"""The 6-digit code that is mailed to an address: its making, its limits, its counting (DOMAIN.md 2.2).

A chat has one such code at a time, whatever it is for: to get in by a reference e-mail (`login_codes`), to show that a
new one is the customer's (`reference_emails`), or to delete everything of the customer (`bot.services.leaving`). What
becomes of a request::

    asked ──right code──▶ entered
      ├── another request in the same chat ──▶ replaced; its wrong codes count on
      ├── login_attempts wrong codes ──▶ given up: a cool-down of chat and address begins
      └── login_code_minutes ──▶ expired

The limits of an hour and the cool-down are of the chat, whatever its codes are for and whichever address it names:
nobody gets more attempts by asking in another way, and nobody's chat is closed by what another does. Beside them an
address has so many codes a day for chats that were never bound to it, all together: too few to guess one, and few
enough for the mailbox. A chat that was bound to it is neither counted among them nor stopped by them. Above all of
this stands the link that goes with a code to get in: who reads the mailbox needs no code.

A code is good in the chat that asked for it, and nowhere else. Its hash is keyed with the secret of the database and
made for one request in one chat, so that neither a table of hashes nor another request is of use to anybody.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.named_locks import hold
from bot.db.tables import LoginCodeRow
from bot.domain.catalogue import Rules
from bot.domain.login_codes import (
    CODE_DIGITS,
    PastRequest,
    cools_down_until,
    next_request_at,
    next_stranger_at,
    remembered_for,
    wrong_codes_carried,
)
from bot.services.actor import Actor
from bot.services.errors import CodePause, CodesPaused
from bot.services.people.binding import was_bound
from bot.services.surroundings import Surroundings

_TOKEN_BYTES: Final = 32
_NOBODYS: Final = bytes(32)
"""Stands for the hash where no code was mailed: no digest is equal to it, and comparing takes as long."""


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The code was wrong; after no attempts more, a cool-down has begun."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class NewEmail:
    """What a code is for that is mailed to an address which a customer wants as reference e-mail."""

    customer_id: int
    address: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a code is for that is mailed to the reference e-mail of a customer who wants everything deleted."""

    customer_id: int


class CodeFor(Enum):
    """What codes are for, each with how its requests are told from the others."""

    GETTING_IN = LoginCodeRow.customer_id.is_(None)
    NEW_EMAIL = LoginCodeRow.new_email.is_not(None)
    LEAVING = and_(LoginCodeRow.customer_id.is_not(None), LoginCodeRow.new_email.is_(None))


class MailedCodes:
    """Makes codes and judges them, in the transaction of whoever needs them."""

    def __init__(self, keys: KeyRing, surroundings: Surroundings) -> None:
        """Key the hashes with `keys`; `surroundings` have the rules and the clock."""
        self._keys = keys
        self._surroundings = surroundings

    async def hold_chat(self, session: AsyncSession, actor: Actor) -> None:
        """One request or code of a chat at a time, in all processes together: wrong codes count one by one."""
        await hold(session, f"login-codes:chat:{actor.chat_id}")

    async def check_limits(self, session: AsyncSession, actor: Actor, email_index: bytes) -> bool:
        """Let nobody else ask for this address until the transaction ends, and refuse what is too much.

        Returns whether the chat is a stranger to the address: it was never bound to it.

        Raises:
            CodesPaused: the chat has had its codes of the hour or is cooling down, or it is one of too many strangers.
        """
        # Two chats may ask for one address at once: what is counted must not change meanwhile.
        await hold(session, f"login-codes:address:{email_index.hex()}")
        of_chat = await self._requests(session, LoginCodeRow.chat_id == actor.chat_id)
        self._refuse_while_cooling_down(of_chat)
        of_strangers = await self._requests(
            session, LoginCodeRow.email_index == email_index, LoginCodeRow.by_stranger.is_(True)
        )
        by_stranger = not await was_bound(session, actor.chat_id, email_index)
        if by_stranger:
            until = next_stranger_at([_past(row) for row in of_strangers], self._rules)
            self._refuse_until(until, CodePause.MANY_STRANGERS)
        self._refuse_until(
            next_request_at([_past(row) for row in of_chat], self._rules), CodePause.MANY_CODES
        )
        return by_stranger

    async def issue(
        self,
        session: AsyncSession,
        actor: Actor,
        email_index: bytes,
        *,
        by_stranger: bool,
        mailed: bool = True,
        purpose: NewEmail | Leaving | None = None,
    ) -> tuple[LoginCodeRow, str]:
        """Make a code in place of the chat's open one; whoever asks has called `hold_chat` and `check_limits`.

        Args:
            session: the transaction.
            actor: the chat that asks.
            email_index: the address, as it is found in the database.
            by_stranger: what `check_limits` has said.
            mailed: False where nobody has the address: no code is right then, and the statements are the same.
            purpose: what the code is for, where it is not to get in.
        """
        now, rules = self._surroundings.now(), self._rules
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
            by_stranger=by_stranger,
            attempts=wrong_codes_carried(None if open_one is None else _past(open_one), rules, now),
            used_at=None,
            customer_id=None if purpose is None else purpose.customer_id,
            new_email=purpose.address if isinstance(purpose, NewEmail) else None,
        )
        session.add(row)
        await session.flush()
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        digest = self._digest(row, code)
        await session.execute(
            update(LoginCodeRow).where(LoginCodeRow.id == row.id).values(code_hash=digest if mailed else None)
        )
        return row, code

    async def last(self, session: AsyncSession, actor: Actor, purpose: CodeFor) -> LoginCodeRow | None:
        """The newest request of a chat for this purpose."""
        rows = await session.execute(
            select(LoginCodeRow)
            .where(LoginCodeRow.chat_id == actor.chat_id, purpose.value)
            .order_by(LoginCodeRow.id.desc())
            .limit(1)
        )
        return rows.scalar_one_or_none()

    async def check_cool_down(self, session: AsyncSession, row: LoginCodeRow) -> None:
        """Refuse while the chat of a request cools down.

        Raises:
            CodesPaused: after too many wrong codes, none is taken now.
        """
        self._refuse_while_cooling_down(await self._requests(session, LoginCodeRow.chat_id == row.chat_id))

    async def add_link(
        self, session: AsyncSession, row: LoginCodeRow, *, mailed: bool
    ) -> tuple[str, datetime]:
        """A token that lets whoever reads the mailbox in, once and from any chat, and until when.

        Its hash is kept with the request; `mailed` is as in `issue`.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        until = row.created_at + timedelta(hours=self._rules.login_link_hours)
        await session.execute(
            update(LoginCodeRow)
            .where(LoginCodeRow.id == row.id)
            .values(link_hash=link_digest(token) if mailed else None, link_until=until)
        )
        return token, until

    def is_open(self, row: LoginCodeRow) -> bool:
        """Whether the code of a request can still be entered."""
        return row.used_at is None and not self.is_expired(row)

    def is_expired(self, row: LoginCodeRow) -> bool:
        """Whether the time of a code is over."""
        return self._surroundings.now() >= row.expires_at

    def is_right(self, row: LoginCodeRow, code: str) -> bool:
        """Whether this is the code of the request."""
        return hmac.compare_digest(self._digest(row, code), row.code_hash or _NOBODYS)

    def attempts_left(self, row: LoginCodeRow) -> int:
        """How many wrong codes may still come before the cool-down."""
        return max(self._rules.login_attempts - row.attempts, 0)

    def count_wrong(self, row: LoginCodeRow) -> WrongCode:
        """Count a wrong code; after the last attempt the request is given up."""
        row.attempts += 1
        left = self.attempts_left(row)
        if left == 0:
            row.used_at = self._surroundings.now()
        return WrongCode(left)

    def _refuse_while_cooling_down(self, requests: Sequence[LoginCodeRow]) -> None:
        until = cools_down_until([_past(row) for row in requests], self._rules)
        if until is not None and self._surroundings.now() < until:
            raise CodesPaused(CodePause.WRONG_CODES, until)

    def _refuse_until(self, until: datetime | None, reason: CodePause) -> None:
        if until is not None and self._surroundings.now() < until:
            raise CodesPaused(reason, until)

    async def _requests(self, session: AsyncSession, *which: ColumnElement[bool]) -> Sequence[LoginCodeRow]:
        """The requests that still count for a limit."""
        since = self._surroundings.now() - remembered_for(self._rules)
        rows = await session.execute(select(LoginCodeRow).where(*which, LoginCodeRow.created_at > since))
        return rows.scalars().all()

    @property
    def _rules(self) -> Rules:
        return self._surroundings.catalogue.rules

    def _digest(self, row: LoginCodeRow, code: str) -> bytes:
        return self._keys.index(f"login-code:{row.id}:{row.chat_id}:{code}")


def link_digest(token: str) -> bytes:
    """What is stored of the token of a link: the token itself has bits enough for a plain hash."""
    return hashlib.sha256(token.encode()).digest()


def _past(row: LoginCodeRow) -> PastRequest:
    return PastRequest(row.created_at, row.attempts, row.used_at)
