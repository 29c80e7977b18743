"""The reference e-mail of a customer, changed by the customer (DOMAIN.md 1 and 3.5).

A new address is shown to be the customer's by a 6-digit code that is mailed to it and typed in the chat; until then the
old one stays, and so it does where no e-mail is set up. Then it is the customer's for everything: reminders, mails of
orders, codes to get in. The old address is told, with a link that undoes the change for seven days; nothing waits for
it. What the customer changed is held against the mailbox file, and so is what the link puts back.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, EmailChangeRow, LoginCodeRow, MailboxRow
from bot.domain.cases import CaseKind
from bot.domain.login_codes import code_in
from bot.domain.registrant import Context, Field, clean
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.cases import Case, open_case
from bot.services.errors import AddressUnchanged, CodeNotOpen, CodesPaused, MailNotSetUp, NotACode, NotYours
from bot.services.held import BY_LINK, Subject, by_chat, hold
from bot.services.people.mailed_codes import CodeFor, MailedCodes, NewEmail, WrongCode
from bot.services.sending.email_notices import EmailNotices
from bot.services.surroundings import Surroundings

UNDO_DAYS: Final = 7
"""How long the link to the old address is good."""
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class AwaitedEmail:
    """A new address that waits for its code.

    Attributes:
        request_id: names the request.
        address: the new address.
        good_until: when the code expires; None when it is no longer good.
    """

    request_id: int
    address: str
    good_until: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerEmail:
    """The reference e-mail of a customer, who has `count` mailboxes, of which `first` expires first."""

    customer_id: int
    address: str
    count: int
    first: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The code was right: the customer's reference e-mail is this address now."""

    address: str


class UndoState(StrEnum):
    """What the link to the old address can still do."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"
    """Its time has passed, or another address took the place of the one that it would undo."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A link to undo a change: what it can do, when the change was, and the language of the customer's mails."""

    state: UndoState
    changed_at: datetime
    language: str


class ReferenceEmails:
    """Changes reference e-mails, and takes changes back."""

    def __init__(
        self,
        database: Database,
        surroundings: Surroundings,
        notices: EmailNotices,
        *,
        offered: bool,
        web: str | None,
    ) -> None:
        """Keep them in `database`, tell through `notices`.

        Args:
            database: where customers are.
            surroundings: the clock and the rules of codes.
            notices: mails codes and tells the old address.
            offered: whether e-mail is set up: without it no address can be shown to be anybody's.
            web: the address at which the bot's own pages are reached; None where nobody can reach them.
        """
        self._database = database
        self._surroundings = surroundings
        self._notices = notices
        self._codes = MailedCodes(database.keys, surroundings)
        self._web = web
        self.offered = offered

    async def ask(self, actor: Actor, customer_id: int, typed: str) -> None:
        """Mail a code to a new address of a customer.

        Raises:
            FieldError: what was typed is not an e-mail address.
            AddressUnchanged: it is the customer's already.
            CodesPaused: the chat or the address has had its codes of the hour, or is cooling down.
            MailNotSetUp: see `offered`.
            NotYours: the chat does not speak for the customer.
        """
        address = clean(Field.REFERENCE_EMAIL, typed, Context(), required=True)
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            customer = await self._owned(session, actor, customer_id)
            if customer.reference_email == address:
                raise AddressUnchanged
            await self._issue(session, actor, customer_id, address)

    async def ask_again(self, actor: Actor, request_id: int) -> None:
        """Mail another code for this request, which must be the chat's last of its kind; otherwise do nothing.

        Raises:
            CodesPaused, MailNotSetUp, NotYours: as `ask`.
        """
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            last = await self._codes.last(session, actor, CodeFor.NEW_EMAIL)
            if last is not None and last.id == request_id and last.customer_id and last.new_email:
                await self._owned(session, actor, last.customer_id)
                await self._issue(session, actor, last.customer_id, last.new_email)

    async def awaited(self, actor: Actor, customer_id: int) -> AwaitedEmail | None:
        """The new address of this customer that waits for its code in this chat; None without one.

        Raises:
            CodesPaused: after too many wrong codes, none is taken now.
            NotYours: the chat does not speak for the customer.
        """
        async with self._database.read() as session:
            customer = await self._owned(session, actor, customer_id)
            row = await self._codes.last(session, actor, CodeFor.NEW_EMAIL)
            if row is None or row.customer_id != customer_id or row.new_email is None:
                return None
            if customer.reference_email == row.new_email:
                return None
            await self._codes.check_cool_down(session, row)
            return AwaitedEmail(row.id, row.new_email, row.expires_at if self._codes.is_open(row) else None)

    async def awaiting(self, actor: Actor, customer_id: int) -> AwaitedEmail | None:
        """The same, None too while no code is taken, or none is mailed.

        Raises:
            NotYours: the chat does not speak for the customer.
        """
        if not self.offered:
            return None
        try:
            return await self.awaited(actor, customer_id)
        except CodesPaused:
            return None

    async def of_chat(self, actor: Actor) -> tuple[CustomerEmail, ...]:
        """The address of each customer for whom the chat may change it, in the order of the addresses."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(CustomerRow.id, CustomerRow.reference_email, MailboxRow.address)
                .outerjoin(MailboxRow, MailboxRow.customer_id == CustomerRow.id)
                .where(may(actor.chat_id, Action.SET_EMAIL, CustomerRow.id))
                .order_by(CustomerRow.id, MailboxRow.expires_on, MailboxRow.id)
            )
            found: dict[tuple[int, str], list[str | None]] = {}
            for customer_id, email, address in rows:
                found.setdefault((customer_id, email), []).append(address)
        each = (
            CustomerEmail(customer_id, email, sum(box is not None for box in boxes), boxes[0] or "")
            for (customer_id, email), boxes in found.items()
        )
        return tuple(sorted(each, key=lambda customer: (customer.address, customer.customer_id)))

    async def enter(self, actor: Actor, typed: str) -> Changed | WrongCode:
        """Take a code: the right one makes the address to which it was mailed the customer's.

        The same one again, as after a crash before the answer, is right again and changes nothing.

        Raises:
            NotACode: it is not six digits, and does not count.
            CodeNotOpen: no code of this chat is good any more.
            CodesPaused: after too many wrong ones, none is taken now.
            NotYours: the chat does not speak for the customer any more.
        """
        code = code_in(typed)
        if code is None:
            raise NotACode
        async with self._database.write() as session:
            await self._codes.hold_chat(session, actor)
            row = await self._codes.last(session, actor, CodeFor.NEW_EMAIL)
            if row is None or row.customer_id is None or row.new_email is None:
                raise CodeNotOpen
            await self._codes.check_cool_down(session, row)
            if self._codes.is_expired(row):
                raise CodeNotOpen
            customer = await self._owned(session, actor, row.customer_id, lock=True)
            is_right = self._codes.is_right(row, code)
            if row.used_at is not None:
                if is_right and customer.reference_email == row.new_email:
                    return Changed(row.new_email)
                raise CodeNotOpen
            if not is_right:
                return self._codes.count_wrong(row)
            row.used_at = self._surroundings.now()
            await self._change(session, actor, customer, row.new_email)
            return Changed(row.new_email)

    async def look(self, token: str) -> Undo:
        """What the link of a mail to an old address can do.

        Raises:
            NotYours: there is no such link.
        """
        async with self._database.read() as session:
            row, customer = await _of_token(session, token)
            return await self._judged(session, row, customer)

    async def undo(self, token: str) -> Undo:
        """Put the old address back, if the link still can; once is as good as twice.

        It takes back every later change too: whoever had the chat may have made several.

        Raises:
            NotYours: there is no such link.
        """
        async with self._database.write() as session:
            row, customer = await _of_token(session, token, lock=True)
            undo = await self._judged(session, row, customer)
            if undo.state is UndoState.OPEN:
                await self._put_back(session, row, customer)
                return await self._judged(session, row, customer)
            return undo

    async def purge(self) -> int:
        """Forget the changes that can be undone no longer, and the addresses in them; return how many."""
        async with self._database.write() as session:
            removed = await session.execute(
                delete(EmailChangeRow)
                .where(EmailChangeRow.undo_until < self._surroundings.now() - timedelta(days=UNDO_DAYS))
                .returning(EmailChangeRow.id)
            )
            return len(removed.scalars().all())

    async def _owned(
        self, session: AsyncSession, actor: Actor, customer_id: int, *, lock: bool = False
    ) -> CustomerRow:
        query = select(CustomerRow).where(
            CustomerRow.id == customer_id, may(actor.chat_id, Action.SET_EMAIL, CustomerRow.id)
        )
        if lock:
            query = query.with_for_update(key_share=True)
        row = (await session.execute(query)).scalar_one_or_none()
        if row is None:
            raise NotYours
        return row

    async def _issue(self, session: AsyncSession, actor: Actor, customer_id: int, address: str) -> None:
        if not self.offered:
            raise MailNotSetUp
        email_index = self._database.keys.index(address)
        by_stranger = await self._codes.check_limits(session, actor, email_index)
        wanted = NewEmail(customer_id, address)
        row, code = await self._codes.issue(
            session, actor, email_index, by_stranger=by_stranger, purpose=wanted
        )
        await self._notices.code(session, row, code, to=address, language=actor.language)

    async def _change(self, session: AsyncSession, actor: Actor, customer: CustomerRow, address: str) -> None:
        now, old = self._surroundings.now(), customer.reference_email
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        change = EmailChangeRow(
            customer_id=customer.id,
            old_email=old,
            new_email=address,
            changed_at=now,
            token_hash=_digest(token),
            undo_until=now + timedelta(days=UNDO_DAYS),
            undone_at=None,
        )
        session.add(change)
        await self._set(session, customer, address, by_chat(actor.chat_id))
        await self._notices.changed(
            session,
            customer,
            change,
            chat_id=actor.chat_id,
            undo_url=None if self._web is None else f"{self._web}/reference-email/{token}",
        )

    async def _put_back(self, session: AsyncSession, row: EmailChangeRow, customer: CustomerRow) -> None:
        now = self._surroundings.now()
        undone = customer.reference_email
        undoing = await session.execute(
            update(EmailChangeRow)
            .where(
                EmailChangeRow.customer_id == customer.id,
                EmailChangeRow.id >= row.id,
                EmailChangeRow.undone_at.is_(None),
            )
            .values(undone_at=now)
            .returning(EmailChangeRow.id)
        )
        changes = len(undoing.scalars().all())
        # A code for another new address that is on its way would do at once what was undone here.
        await session.execute(
            update(LoginCodeRow)
            .where(LoginCodeRow.customer_id == customer.id, LoginCodeRow.used_at.is_(None))
            .values(used_at=now)
        )
        await self._set(session, customer, row.old_email, BY_LINK)
        await self._notices.restored(session, customer, row, undone=undone)
        # Somebody who has a chat of the customer's changed what its owner took back: the operator should ask who.
        zone = self._surroundings.zone
        facts = {
            "customer": customer.code,
            "changed_on": row.changed_at.astimezone(zone).date().isoformat(),
            "undone_on": now.astimezone(zone).date().isoformat(),
            "changes": changes,
        }
        await open_case(session, Case(CaseKind.EMAIL_UNDONE, f"email:{row.id}", customer.code, facts), now)

    async def _set(self, session: AsyncSession, customer: CustomerRow, address: str, origin: str) -> None:
        customer.reference_email = address
        customer.email_index = self._database.keys.index(address)
        await hold(
            session,
            Subject.CUSTOMER,
            customer.id,
            {Field.REFERENCE_EMAIL.value: address},
            origin=origin,
            now=self._surroundings.now(),
        )

    async def _judged(self, session: AsyncSession, row: EmailChangeRow, customer: CustomerRow) -> Undo:
        state = UndoState.OPEN
        if row.undone_at is not None:
            state = UndoState.DONE
        elif self._surroundings.now() >= row.undo_until or not await _is_in_force(session, customer):
            state = UndoState.OVER
        return Undo(state, row.changed_at, customer.language)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


async def _of_token(
    session: AsyncSession, token: str, *, lock: bool = False
) -> tuple[EmailChangeRow, CustomerRow]:
    """The change and its customer; both are held with `lock`, the customer first, as whoever changes it does."""
    query = select(EmailChangeRow).where(EmailChangeRow.token_hash == _digest(token))
    row = (await session.execute(query)).scalar_one_or_none()
    if row is None:
        raise NotYours
    customer = await session.get_one(
        CustomerRow, row.customer_id, with_for_update={"key_share": True} if lock else None
    )
    if lock:
        await session.refresh(row, with_for_update=True)
    return row, customer


async def _is_in_force(session: AsyncSession, customer: CustomerRow) -> bool:
    """Whether the customer has the address of its newest change: otherwise the operator's file gave another since."""
    newest = await session.execute(
        select(EmailChangeRow)
        .where(EmailChangeRow.customer_id == customer.id, EmailChangeRow.undone_at.is_(None))
        .order_by(EmailChangeRow.id.desc())
        .limit(1)
    )
    row = newest.scalar_one_or_none()
    return row is not None and row.new_email == customer.reference_email
