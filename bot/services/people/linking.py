"""How a chat comes to speak for a customer by a single-use deep-link token, and how it stops (DOMAIN.md 2).

A chat that is added to those a customer has already is announced to them, in the transaction that adds it.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.tables import (
    ChatCustomerRow,
    ChatOnceBoundRow,
    CustomerRow,
    DraftRow,
    LinkTokenRow,
    LoginCodeRow,
    MailboxRow,
    MuteRow,
    SnoozeRow,
)
from bot.db.upsert import insert_if_absent
from bot.services.actor import Actor
from bot.services.at_hand import at_hand
from bot.services.closing import Ending, close_drafts
from bot.services.errors import NotYours, TokenFault, TokenRefused
from bot.services.people.binding import (
    bind,
    customers_of,
    customers_with,
    hold_customers,
    look_at_customers_again,
)
from bot.services.people.mailed_codes import link_digest
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new deep-link token. It is shown once: only its hash is stored."""

    token: str
    customer_id: int
    mailbox_id: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A chat is bound to the token's customer.

    `mailbox_id` is the mailbox whose renewal is to be opened; with `due_by` that of the mailboxes of `customer_id`
    which expire by then.
    """

    customer_id: int
    mailbox_id: int | None
    due_by: date | None


@dataclass(frozen=True, slots=True)
class ConfirmationNeeded:
    """The chat speaks for another customer already: adding this one has to be confirmed (DOMAIN.md 2.3)."""

    token_id: int


def new_link_token(
    surroundings: Surroundings,
    customer_id: int,
    *,
    mailbox_id: int | None = None,
    due_by: date | None = None,
    good_for: timedelta | None = None,
) -> tuple[str, LinkTokenRow]:
    """A new token of a customer, and its row, which is to be added to the transaction that hands the token out.

    It opens the renewal of `mailbox_id`, or with `due_by` of the mailboxes that expire by that day. It expires after
    `good_for`, or as the catalogue says.
    """
    lifetime = good_for or timedelta(days=surroundings.catalogue.rules.link_token_days)
    now, token = surroundings.now(), secrets.token_urlsafe(_TOKEN_BYTES)
    return token, LinkTokenRow(
        token_hash=link_digest(token),
        customer_id=customer_id,
        mailbox_id=mailbox_id,
        due_by=due_by,
        created_at=now,
        expires_at=now + lifetime,
    )


class Linking:
    """Binds chats to customers, and lets them go."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep tokens and bindings in `database`; a customer's other chats hear of a new one through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def invite(
        self, customer_code: str, address: str | None = None, *, good_for: timedelta | None = None
    ) -> Invitation:
        """Make a token for a customer, which opens the renewal of one mailbox if its address is given.

        It expires after `good_for`, or as the catalogue says.

        Raises:
            NotYours: there is no such customer, or the mailbox is not that customer's.
        """
        async with self._database.write() as session:
            customer_id = await session.scalar(
                select(CustomerRow.id).where(CustomerRow.code == customer_code)
            )
            mailbox_id = None
            if address is not None:
                mailbox_id = await session.scalar(
                    select(MailboxRow.id).where(
                        MailboxRow.address_index == self._database.keys.index(address.strip().casefold()),
                        MailboxRow.customer_id == customer_id,
                    )
                )
            if customer_id is None or (address is not None and mailbox_id is None):
                raise NotYours
            token, row = new_link_token(
                self._surroundings, customer_id, mailbox_id=mailbox_id, good_for=good_for
            )
            session.add(row)
        return Invitation(token, customer_id, mailbox_id)

    async def redeem(self, actor: Actor, token: str) -> Linked | ConfirmationNeeded:
        """Use a token that arrived in a chat (DOMAIN.md 2.1 and 2.3).

        The chat that used a token may tap its link again: nothing changes and the renewal opens. In a chat bound
        to other customers the token is kept for this chat until `confirm`.

        Raises:
            TokenRefused: it is unknown, expired, or was used by another chat.
        """
        now, digest = self._surroundings.now(), link_digest(token)
        async with self._database.write() as session:
            row = (
                await session.execute(
                    select(LinkTokenRow).where(LinkTokenRow.token_hash == digest).with_for_update()
                )
            ).scalar_one_or_none() or await self._beside_a_code(session, digest)
            if row is None:
                raise TokenRefused(TokenFault.UNKNOWN)
            bound = await customers_of(session, actor)
            if row.used_at is not None:
                if row.used_by == actor.chat_id and row.customer_id in bound:
                    return Linked(row.customer_id, row.mailbox_id, row.due_by)
                raise TokenRefused(TokenFault.USED)
            if now >= row.expires_at:
                raise TokenRefused(TokenFault.EXPIRED)
            if bound and row.customer_id not in bound:
                row.offered_to = actor.chat_id
                return ConfirmationNeeded(row.id)
            return await self._bind(session, actor, row)

    async def confirm(self, actor: Actor, token_id: int) -> Linked:
        """Add the customer of a token that this chat was asked about.

        Raises:
            TokenRefused: the token was not offered to this chat, or was used or expired since.
        """
        async with self._database.write() as session:
            row = await session.get(LinkTokenRow, token_id, with_for_update=True)
            if row is None or row.offered_to != actor.chat_id:
                raise TokenRefused(TokenFault.UNKNOWN)
            if row.used_at is not None:
                if row.used_by == actor.chat_id:
                    return Linked(row.customer_id, row.mailbox_id, row.due_by)
                raise TokenRefused(TokenFault.USED)
            if self._surroundings.now() >= row.expires_at:
                raise TokenRefused(TokenFault.EXPIRED)
            return await self._bind(session, actor, row)

    async def is_bound(self, actor: Actor) -> bool:
        """Whether the chat speaks for any customer."""
        return (await at_hand(self._database, actor.chat_id)).bound

    async def unlink(self, actor: Actor) -> bool:
        """Let go of every customer of this chat; False when there was none.

        Its open draft is thrown away, and so is what it had muted or put off.
        """
        async with self._database.write() as session:
            await hold_customers(session, actor)
            await close_drafts(session, Ending.DISCARDED, DraftRow.chat_id == actor.chat_id)
            result = await session.execute(
                delete(ChatCustomerRow)
                .where(ChatCustomerRow.chat_id == actor.chat_id)
                .returning(ChatCustomerRow.customer_id)
            )
            customers = set(result.scalars())
            await self._remember(session, actor, customers)
            await session.execute(delete(MuteRow).where(MuteRow.chat_id == actor.chat_id))
            await session.execute(delete(SnoozeRow).where(SnoozeRow.chat_id == actor.chat_id))
            await look_at_customers_again(session, self._surroundings, customers)
            return bool(customers)

    async def _remember(self, session: AsyncSession, actor: Actor, customers: Collection[int]) -> None:
        """Whoever asks for a code again later is no stranger to the mailboxes of these customers (DOMAIN.md 2.2)."""
        addresses = await session.scalars(
            select(CustomerRow.email_index).where(CustomerRow.id.in_(customers)).distinct()
        )
        for email_index in addresses:
            await insert_if_absent(
                session, ChatOnceBoundRow, {"chat_id": actor.chat_id, "email_index": email_index}
            )

    async def _beside_a_code(self, session: AsyncSession, digest: bytes) -> LinkTokenRow | None:
        """The token of a link that was mailed beside a login code, from here on a token as any other.

        None where nobody has the address any more, or there is no such link.
        """
        await hold(session, f"login-link:{digest.hex()}")
        code = await session.scalar(select(LoginCodeRow).where(LoginCodeRow.link_hash == digest))
        if code is None or code.link_until is None:
            return None
        customers = await customers_with(session, code.email_index)
        if not customers:
            return None
        row = LinkTokenRow(
            token_hash=digest,
            customer_id=min(customers),
            email_index=code.email_index,
            created_at=code.created_at,
            expires_at=code.link_until,
        )
        session.add(row)
        await session.flush()
        return row

    async def _bind(self, session: AsyncSession, actor: Actor, row: LinkTokenRow) -> Linked:
        """Let the chat speak for whom the token stands for.

        Raises:
            TokenRefused: it was mailed to an address that is not this customer's any more.
        """
        customers = {row.customer_id}
        if row.email_index is not None:
            customers = await customers_with(session, row.email_index)
            if row.customer_id not in customers:
                raise TokenRefused(TokenFault.UNKNOWN)
        row.used_at = self._surroundings.now()
        row.used_by = actor.chat_id
        for customer_id in sorted(customers):
            cause = str(row.id) if row.email_index is None else f"{row.id}-{customer_id}"
            await bind(session, self._surroundings, self._notices, actor, customer_id, cause=cause)
        return Linked(row.customer_id, row.mailbox_id, row.due_by)
