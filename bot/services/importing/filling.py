"""Mailboxes that an import finds to be filling up: customers are told once for each level (DOMAIN.md 6, "Space")."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import ROME
from bot.db.keys import KeyRing
from bot.db.tables import ChatCustomerRow, ChatRow, CustomerRow, MailboxRow, MuteRow, OrderItemRow
from bot.domain.mailboxes import Mailbox, Usage, blocker, is_deleted, usage_is_current
from bot.domain.registrant import HolderKind
from bot.domain.reminders import MuteLevel, next_opening
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import fuller, may_be_in_an_order
from bot.messages.space_told import FullMailbox
from bot.messages.told import Reader, SpaceFilling
from bot.services.importing.judging import ImportRow, MailboxValues, Measures
from bot.services.sending.outbox import Channel, Message, put_many
from bot.services.sending.phrases import phrase_for_customer

_MILLI = 1000


@dataclass(frozen=True, slots=True)
class _Found:
    """A mailbox with current usage, and what was told of it before."""

    mailbox: Mailbox
    told: int
    professional: bool


async def tell_filling(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], measures: Measures, *, mail: bool
) -> None:
    """Tell what passed a level, in the transaction that wrote the rows, and note what is told of each mailbox.

    What fell below a level may be told again. A row without usage, or with old usage, says and changes nothing.
    `mail` says whether e-mail is set up, for customers whom no chat reaches.
    """
    full: dict[int, list[FullMailbox]] = defaultdict(list)
    levels: dict[int, list[int]] = defaultdict(list)
    for found in await _found(session, keys, rows, measures):
        box = _judged(found, measures)
        if box.level != found.told:
            levels[box.level].append(box.id)
        if box.level > found.told:
            full[found.mailbox.customer_id].append(box)
    for level, ids in levels.items():
        await session.execute(update(MailboxRow).where(MailboxRow.id.in_(ids)).values(space_told=level))
    if full:
        here, rules = measures.now.astimezone(ROME), measures.catalogue.rules
        opening = next_opening(here, rules, urgent=False).astimezone(UTC)
        messages = await _messages(session, full, measures.now, mail=mail)
        await put_many(session, messages, measures.now, not_before=opening)


async def _found(
    session: AsyncSession, keys: KeyRing, rows: Sequence[ImportRow], measures: Measures
) -> list[_Found]:
    by_index = {
        keys.index(row.address): (row, usage)
        for row in rows
        if (usage := _usage(row.mailbox)) is not None
        and usage_is_current(usage, measures.catalogue, measures.now)
    }
    if not by_index:
        return []
    columns = (
        MailboxRow.address_index,
        MailboxRow.id,
        MailboxRow.customer_id,
        MailboxRow.holder_id,
        MailboxRow.space_told,
    )
    written = await session.execute(
        select(*columns).where(MailboxRow.address_index.in_(by_index)).order_by(MailboxRow.id)
    )
    found = []
    for index, mailbox_id, customer_id, holder_id, told in written.all():
        row, usage = by_index[index]
        said = row.mailbox
        mailbox = Mailbox(
            id=mailbox_id,
            customer_id=customer_id,
            holder_id=holder_id,
            address=row.address,
            plan_id=said.plan_id,
            expires_on=said.expires_on,
            extra_mailbox_gb=said.extra_mailbox_gb,
            extra_archive_gb=said.extra_archive_gb,
            usage=usage,
            auto_renew=said.auto_renew,
            promotion_id=said.promotion_id,
            open_order=None,
        )
        if not is_deleted(mailbox, measures.catalogue, measures.today):
            kind = HolderKind(str(row.holder.data["kind"]))
            found.append(_Found(mailbox, told, may_be_in_an_order(kind)))
    return found


def _usage(said: MailboxValues) -> Usage | None:
    if said.used_mailbox_milli_gb is None or said.usage_at is None:
        return None
    return Usage(
        Decimal(said.used_mailbox_milli_gb) / _MILLI,
        Decimal(said.used_archive_milli_gb or 0) / _MILLI,
        said.usage_at,
    )


def _judged(found: _Found, measures: Measures) -> FullMailbox:
    mailbox, plan = found.mailbox, measures.catalogue.plans[found.mailbox.plan_id]
    extra = ExtraSpace(mailbox.extra_mailbox_gb, mailbox.extra_archive_gb)
    if mailbox.usage is None:
        raise ValueError("only mailboxes whose usage is known are judged")
    space = fuller(plan, extra, mailbox.usage)
    sold, has = (
        (plan.extra_archive_cap, extra.archive_gb)
        if space.archive
        else (plan.extra_mailbox_cap, extra.mailbox_gb)
    )
    return FullMailbox(
        id=mailbox.id,
        address=mailbox.address,
        archive=space.archive,
        used_gb=space.used_gb,
        room_gb=space.room_gb,
        level=space.level,
        extra=sold > has and not plan.own_domain,
        renewable=blocker(mailbox, measures.catalogue, measures.today) is None,
        professional=found.professional,
    )


async def _messages(
    session: AsyncSession, full: Mapping[int, Sequence[FullMailbox]], now: datetime, *, mail: bool
) -> list[Message]:
    """One for each chat that can be reached and has not silenced the mailboxes, or an e-mail where there is none.

    They wait behind everything else: a first file may find thousands.
    """
    ids = [box.id for boxes in full.values() for box in boxes]
    ordered = set(
        await session.scalars(
            select(OrderItemRow.mailbox_id).where(OrderItemRow.mailbox_id.in_(ids), OrderItemRow.open)
        )
    )
    silent = await session.execute(
        select(MuteRow.chat_id, MuteRow.mailbox_id).where(
            MuteRow.mailbox_id.in_(ids), MuteRow.level == MuteLevel.ALL.value
        )
    )
    muted = {(chat_id, mailbox_id) for chat_id, mailbox_id in silent}
    chats = await _chats(session, full)
    messages = []
    for customer_id, found in full.items():
        boxes = [replace(box, renewable=box.renewable and box.id not in ordered) for box in found]
        key = f"space:{customer_id}:{boxes[0].id}:{now.isoformat()}"
        for chat_id in chats[customer_id]:
            heard = tuple(box for box in boxes if (chat_id, box.id) not in muted)
            if heard:
                payload = SpaceFilling(mailboxes=heard).to_json()
                messages.append(
                    Message(f"{key}:chat:{chat_id}", Channel.TELEGRAM, payload, chat_id, bulk=True)
                )
        if mail and not chats[customer_id]:
            customer = await session.get_one(CustomerRow, customer_id)
            if customer.mail_reminders == "all":
                phrase = await phrase_for_customer(session, customer_id)
                reader = Reader(customer.reference_email, customer.language, phrase)
                payload = SpaceFilling(reader=reader, mailboxes=tuple(boxes)).to_json()
                messages.append(Message(f"{key}:mail", Channel.MAIL, payload, bulk=True))
    return messages


async def _chats(session: AsyncSession, customers: Collection[int]) -> dict[int, list[int]]:
    bound = await session.execute(
        select(ChatCustomerRow.customer_id, ChatCustomerRow.chat_id)
        .join(ChatRow, ChatRow.id == ChatCustomerRow.chat_id)
        .where(ChatCustomerRow.customer_id.in_(customers), ChatRow.unreachable_at.is_(None))
        .order_by(ChatCustomerRow.chat_id)
    )
    chats: dict[int, list[int]] = defaultdict(list)
    for customer_id, chat_id in bound:
        chats[customer_id].append(chat_id)
    return chats
