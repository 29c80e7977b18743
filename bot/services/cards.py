"""The card of one mailbox: all that a chat may know of it, read at once.

What is other people's stays theirs: of the customer's other chats the card knows the number alone, and of the reference
e-mail what lets its owner recognise it.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CustomerRow,
    HolderRow,
    MailboxRow,
    MuteRow,
    OrderItemRow,
    OrderRow,
    PaymentPromiseRow,
    SnoozeRow,
)
from bot.domain.mailboxes import Mailbox
from bot.domain.masking import masked
from bot.domain.orders import OrderStatus
from bot.domain.promises import silence_of
from bot.domain.registrant import Registrant
from bot.domain.reminders import MuteLevel, Wishes, ahead_of_declined, either_silence
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.at_hand import AnyRow
from bot.services.errors import NotYours
from bot.services.renewing.facts import read_mailboxes
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class MailboxCard:
    """One mailbox as a chat sees it.

    Attributes:
        mailbox: the mailbox; its `open_order` may be that of a customer who had it before.
        holder: the name of its holder.
        mute: how much is silent of it in the chat, by its own wish or while its order is said to be paid; None for
            nothing.
        until: the day to which the chat has put off its next reminder; None where it has not.
        orders: how many orders of the chat's customers it is in.
        shows_order: whether its open order is one of these.
        undecided: whether that order waits for the operator's word on its VAT.
        other_chats: how many other chats of its customer hear of it.
        email: the reference e-mail, masked; None where no e-mail is sent.
        ahead: the steps that this chat hears of it, were it not renewed.
    """

    mailbox: Mailbox
    holder: str
    mute: MuteLevel | None
    until: date | None
    orders: int
    shows_order: bool
    undecided: bool
    other_chats: int
    email: str | None
    ahead: tuple[int, ...]


class Cards:
    """Reads the cards of a chat's mailboxes."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """Read from `database`, on the day of `surroundings`; `mail` says whether e-mail is set up."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def read(self, actor: Actor, mailbox_id: int) -> MailboxCard:
        """The card of a mailbox.

        Raises:
            NotYours: the mailbox is not this chat's.
        """
        async with self._database.read() as session:
            found = await read_mailboxes(
                session,
                MailboxRow.id == mailbox_id,
                may(actor.chat_id, Action.SEE, MailboxRow.customer_id),
            )
            if not found:
                raise NotYours
            (box,) = found
            numbers = await _orders(session, actor, box.id)
            row = await self._beside(session, actor, box)
            own = None if row.mute is None else MuteLevel(row.mute)
            mute = either_silence(own, silence_of(promised=row.promise is not None))
            return MailboxCard(
                mailbox=box,
                holder=Registrant.from_json(row.data).display_name,
                mute=mute,
                until=row.until,
                orders=len(numbers),
                shows_order=box.open_order in numbers,
                undecided=row.undecided is not None,
                other_chats=row.others,
                email=masked(row.reference_email) if self._mail else None,
                ahead=ahead_of_declined(
                    box,
                    Wishes(frozenset(row.steps_off or ()), mute),
                    self._surroundings.catalogue,
                    self._surroundings.today(),
                ),
            )

    async def _beside(self, session: AsyncSession, actor: Actor, box: Mailbox) -> AnyRow:
        """The holder, the reference e-mail, what the chat wants to hear, and how many other chats there are."""
        others = select(func.count()).where(
            ChatCustomerRow.customer_id == box.customer_id, ChatCustomerRow.chat_id != actor.chat_id
        )
        mute = select(MuteRow.level).where(MuteRow.chat_id == actor.chat_id, MuteRow.mailbox_id == box.id)
        until = select(SnoozeRow.until).where(
            SnoozeRow.chat_id == actor.chat_id,
            SnoozeRow.mailbox_id == box.id,
            SnoozeRow.expires_on == box.expires_on,
            SnoozeRow.until > self._surroundings.today(),
        )
        promise = (
            select(PaymentPromiseRow.order_id)
            .join(OrderItemRow, OrderItemRow.order_id == PaymentPromiseRow.order_id)
            .where(OrderItemRow.mailbox_id == box.id, OrderItemRow.open)
        )
        undecided = (
            select(OrderRow.id)
            .join(OrderItemRow, OrderItemRow.order_id == OrderRow.id)
            .where(
                OrderItemRow.mailbox_id == box.id,
                OrderItemRow.open,
                OrderRow.status == OrderStatus.AWAITING_DECISION.value,
            )
        )
        off = select(ChatRow.steps_off).where(ChatRow.id == actor.chat_id)
        rows = await session.execute(
            select(
                HolderRow.data,
                CustomerRow.reference_email,
                others.scalar_subquery().label("others"),
                mute.scalar_subquery().label("mute"),
                until.scalar_subquery().label("until"),
                off.scalar_subquery().label("steps_off"),
                promise.scalar_subquery().label("promise"),
                undecided.scalar_subquery().label("undecided"),
            )
            .join(CustomerRow, CustomerRow.id == HolderRow.customer_id)
            .where(HolderRow.id == box.holder_id)
        )
        return rows.one()


async def _orders(session: AsyncSession, actor: Actor, mailbox_id: int) -> frozenset[str]:
    numbers = await session.scalars(
        select(OrderRow.number)
        .join(OrderItemRow, OrderItemRow.order_id == OrderRow.id)
        .where(OrderItemRow.mailbox_id == mailbox_id, may(actor.chat_id, Action.SEE, OrderRow.customer_id))
    )
    return frozenset(numbers)
