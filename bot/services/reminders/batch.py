"""Reads for many mailboxes at once what decides whether a reminder of them is due, and for whom."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CustomerRow,
    MailboxRow,
    MuteRow,
    OrderItemRow,
    OrderRow,
    OutboxRow,
    OwedNoticeRow,
    PaymentPromiseRow,
    ReminderRow,
    SnoozeRow,
)
from bot.domain.catalogue import Catalogue
from bot.domain.notice_ways import NoticeWay
from bot.domain.orders import OrderStatus
from bot.domain.promises import silence_of
from bot.domain.readers import Reader
from bot.domain.reminders import MuteLevel, Subject, Watched, Wishes, common_silence, either_silence
from bot.messages.versions import UnreadablePayload
from bot.services.reminders.letters import Letter
from bot.services.sending.outbox import WAITING


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox that is looked at.

    `order` is the number of the order that awaits payment for it, `promised` whether its customer says that it is paid;
    `notice_by` is how its customer wants the notice of an automatic renewal, None where nobody has chosen.
    """

    id: int
    customer_id: int
    watched: Watched
    order: str | None
    notice_by: NoticeWay | None
    promised: bool

    def order_about(self, subject: Subject) -> str | None:
        """The number of the order that a message of this subject is about; None where it is about none."""
        return self.order if subject in {Subject.AWAITING_PAYMENT, Subject.AWAITING_DECISION} else None


@dataclass(frozen=True, slots=True)
class ChatReader:
    """A chat of a customer. `reachable` is false once it was found to be blocked or gone."""

    id: int
    reachable: bool
    off: frozenset[int]
    mail_too: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice of the present expiry that was planned: to a chat, by `mail`, or to nobody; None as it waits."""

    channel: str
    chat_id: int | None
    outcome: str | None

    @property
    def arrived_in_chat(self) -> bool:
        """Whether a chat is known to have it."""
        return self.channel == "telegram" and self.outcome == "sent"


@dataclass(slots=True)
class Batch:
    """Mailboxes with everything that decides about their reminders.

    Attributes:
        boxes: the mailboxes.
        told_down_to: the most urgent step told of each mailbox's expiry, by the mailbox's id.
        noticed: the notices of its automatic renewal that were planned for each mailbox's expiry.
        chats: the chats of each customer.
        mail_mutes: how much silence each customer wants by e-mail; None for none.
        mutes: by chat and mailbox.
        snoozes: by chat and mailbox, those of the present expiry.
        waiting: the chats whose snooze is over, each with a mailbox of which a reminder still waits to be sent to it.
    """

    boxes: Sequence[Box]
    told_down_to: dict[int, int] = field(default_factory=dict)
    noticed: dict[int, list[Noticed]] = field(default_factory=lambda: defaultdict(list))
    chats: dict[int, list[ChatReader]] = field(default_factory=lambda: defaultdict(list))
    mail_mutes: dict[int, MuteLevel | None] = field(default_factory=dict)
    mutes: dict[tuple[int, int], MuteLevel] = field(default_factory=dict)
    snoozes: dict[tuple[int, int], date] = field(default_factory=dict)
    waiting: set[tuple[int, int]] = field(default_factory=set)

    def wishes(self, chat: ChatReader, box: Box) -> Wishes:
        """What a chat wants to hear of a mailbox."""
        here = (chat.id, box.id)
        return Wishes(
            chat.off,
            either_silence(self.mutes.get(here), silence_of(promised=box.promised)),
            self.snoozes.get(here),
        )

    def wishes_beside(self, chat: ChatReader, box: Box) -> Wishes:
        """What a chat wants to hear of a mailbox by e-mail too: nothing that is unsubscribed there."""
        wishes, own = self.wishes(chat, box), self.mail_mutes.get(box.customer_id)
        return replace(wishes, mute=either_silence(wishes.mute, own))

    def wishes_by_mail(self, box: Box) -> Wishes:
        """What the reference e-mail is told of a mailbox.

        What every chat of the customer has silenced is not told by e-mail instead, were the chats all blocked.
        """
        own = self.mail_mutes.get(box.customer_id)
        levels = [self.mutes.get((chat.id, box.id)) for chat in self.chats[box.customer_id]]
        return Wishes(mute=either_silence(own, common_silence(levels), silence_of(promised=box.promised)))

    def readers(self, box: Box) -> dict[int, Reader]:
        """The chats of the mailbox's customer by their ids, as the rules judge them."""
        return {
            chat.id: Reader(
                chat.reachable,
                self.wishes(chat, box),
                self.wishes_beside(chat, box) if chat.mail_too else None,
                (chat.id, box.id) in self.waiting,
            )
            for chat in self.chats[box.customer_id]
        }


MAIL_MUTES: Final[Mapping[str, MuteLevel | None]] = {
    "all": None,
    "last": MuteLevel.MOST,
    "none": MuteLevel.ALL,
}
"""The values of `CustomerRow.mail_reminders`, as how much silence is wanted."""


_MAILBOXES: Final = (
    select(
        MailboxRow.id,
        MailboxRow.customer_id,
        MailboxRow.expires_on,
        MailboxRow.auto_renew,
        MailboxRow.plan_id,
        OrderRow.number,
        MailboxRow.notice_by,
        MailboxRow.not_renewing,
        PaymentPromiseRow.order_id,
        MailboxRow.gone_on,
        OrderRow.status,
    )
    .outerjoin(OrderItemRow, (OrderItemRow.mailbox_id == MailboxRow.id) & OrderItemRow.open)
    .outerjoin(OrderRow, OrderRow.id == OrderItemRow.order_id)
    .outerjoin(PaymentPromiseRow, PaymentPromiseRow.order_id == OrderItemRow.order_id)
)
"""Written once: to build it costs more than to run it for a few."""


def mailboxes_query(
    *conditions: ColumnElement[bool],
) -> Select[
    int, int, date, bool, str, str | None, str | None, date | None, int | None, date | None, str | None
]:
    """The columns of `MailboxRow` that reminders need, in the order of the ids, with the open order's number."""
    return _MAILBOXES.where(*conditions)


def to_box(
    row: Row[
        int, int, date, bool, str, str | None, str | None, date | None, int | None, date | None, str | None
    ],
    catalogue: Catalogue,
) -> Box:
    """A row of `mailboxes_query` as reminders see it; a plan that the catalogue has given up is like any other."""
    (
        mailbox_id,
        customer_id,
        expires_on,
        automatic,
        plan_id,
        order,
        notice_by,
        not_renewing,
        promise,
        gone,
        status,
    ) = row
    plan = catalogue.plans.get(plan_id)
    own_domain = plan is not None and plan.own_domain
    return Box(
        mailbox_id,
        customer_id,
        Watched(
            expires_on,
            plan_id,
            automatic,
            own_domain,
            has_open_order=order is not None,
            declined=not_renewing == expires_on and order is None,
            gone=gone is not None,
            undecided=status == OrderStatus.AWAITING_DECISION.value,
        ),
        order,
        None if notice_by is None else NoticeWay(notice_by),
        promise is not None,
    )


async def read_batch(session: AsyncSession, boxes: Sequence[Box]) -> Batch:
    """Everything that decides about the reminders of these mailboxes."""
    batch = Batch(boxes)
    if boxes:
        ids = [box.id for box in boxes]
        await _read_told(session, batch, ids)
        await _read_noticed(session, batch, [box.id for box in boxes if box.watched.automatic])
        await _read_readers(session, batch, {box.customer_id for box in boxes})
        await _read_silences(session, batch, ids)
    return batch


async def _read_told(session: AsyncSession, batch: Batch, ids: Collection[int]) -> None:
    found = await session.execute(
        select(ReminderRow.mailbox_id, func.min(ReminderRow.step))
        .join(
            MailboxRow,
            (MailboxRow.id == ReminderRow.mailbox_id) & (MailboxRow.expires_on == ReminderRow.expires_on),
        )
        .where(ReminderRow.mailbox_id.in_(ids))
        .group_by(ReminderRow.mailbox_id)
    )
    batch.told_down_to.update((mailbox_id, step) for mailbox_id, step in found)


async def _read_noticed(session: AsyncSession, batch: Batch, ids: Collection[int]) -> None:
    if not ids:
        return
    found = await session.execute(
        select(OwedNoticeRow.mailbox_id, OwedNoticeRow.channel, OwedNoticeRow.chat_id, OwedNoticeRow.outcome)
        .join(
            MailboxRow,
            (MailboxRow.id == OwedNoticeRow.mailbox_id) & (MailboxRow.expires_on == OwedNoticeRow.expires_on),
        )
        .where(OwedNoticeRow.mailbox_id.in_(ids))
    )
    for mailbox_id, channel, chat_id, outcome in found:
        batch.noticed[mailbox_id].append(Noticed(channel, chat_id, outcome))


async def _read_readers(session: AsyncSession, batch: Batch, customers: Collection[int]) -> None:
    chats = await session.execute(
        select(
            ChatCustomerRow.customer_id,
            ChatRow.id,
            ChatRow.unreachable_at.is_(None),
            ChatRow.steps_off,
            ChatRow.mail_too,
        )
        .join(ChatRow, ChatRow.id == ChatCustomerRow.chat_id)
        .where(ChatCustomerRow.customer_id.in_(customers))
        .order_by(ChatCustomerRow.bound_at, ChatRow.id)
    )
    for customer_id, chat_id, reachable, off, mail_too in chats:
        batch.chats[customer_id].append(ChatReader(chat_id, reachable, frozenset(off or ()), mail_too))
    levels = await session.execute(
        select(CustomerRow.id, CustomerRow.mail_reminders).where(CustomerRow.id.in_(customers))
    )
    batch.mail_mutes.update((customer_id, MAIL_MUTES[level]) for customer_id, level in levels)


async def _read_silences(session: AsyncSession, batch: Batch, ids: Collection[int]) -> None:
    mutes = await session.execute(
        select(MuteRow.chat_id, MuteRow.mailbox_id, MuteRow.level).where(MuteRow.mailbox_id.in_(ids))
    )
    batch.mutes.update(((chat_id, mailbox_id), MuteLevel(level)) for chat_id, mailbox_id, level in mutes)
    snoozes = await session.execute(
        select(SnoozeRow.chat_id, SnoozeRow.mailbox_id, SnoozeRow.until)
        .join(
            MailboxRow,
            (MailboxRow.id == SnoozeRow.mailbox_id) & (MailboxRow.expires_on == SnoozeRow.expires_on),
        )
        .where(SnoozeRow.mailbox_id.in_(ids))
    )
    batch.snoozes.update(((chat_id, mailbox_id), until) for chat_id, mailbox_id, until in snoozes)


async def read_waiting(session: AsyncSession, batch: Batch, today: date) -> None:
    """Find out of which mailboxes a reminder still waits to be sent to a chat whose snooze is over.

    It was planned before the snooze and could not leave: it says on the day that was asked for what is so by then.
    """
    chats = {chat_id for (chat_id, _), until in batch.snoozes.items() if until <= today}
    if not chats:
        return
    rows = await session.execute(
        select(OutboxRow.chat_id, OutboxRow.payload).where(
            WAITING, OutboxRow.chat_id.in_(chats), OutboxRow.key.startswith("remind:", autoescape=True)
        )
    )
    for chat_id, payload in rows:
        if chat_id is not None and (letter := _readable(payload, chat_id)) is not None:
            batch.waiting.update((chat_id, entry.mailbox_id) for entry in letter.entries)


def _readable(payload: Mapping[str, Any], chat_id: int) -> Letter | None:
    """What waits; None for what a newer release planned, which tells it by itself."""
    try:
        return Letter.read(payload, chat_id)
    except UnreadablePayload:
        return None
