"""What is kept of a chat itself: its settings and wishes, the renewal under way, what was sent to it (DOMAIN.md 7)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CollectiveOrderRow,
    CollectiveRow,
    CustomerRow,
    DraftItemRow,
    DraftRow,
    LoginCodeRow,
    MailboxRow,
    MuteRow,
    OrderRow,
    OutboxRow,
    PaymentPromiseRow,
    SnoozeRow,
)
from bot.services.access import Action, may


async def chat_data(session: AsyncSession, chat_id: int) -> dict[str, Any]:
    """All of it; a chat of which nothing is kept has its number alone."""
    data: dict[str, Any] = {"chat": str(chat_id)}
    row = await session.get(ChatRow, chat_id)
    if row is not None:
        data |= {
            "language": row.language,
            "since": row.created_at,
            "security_phrase": row.security_phrase,
            "reminders_switched_off": None
            if row.steps_off is None
            else ", ".join(str(each) for each in row.steps_off),
            "email_too": row.mail_too,
        }
    bound = await session.execute(
        select(CustomerRow.code, ChatCustomerRow.bound_at)
        .join(CustomerRow, CustomerRow.id == ChatCustomerRow.customer_id)
        .where(ChatCustomerRow.chat_id == chat_id)
        .order_by(CustomerRow.id)
    )
    data["linked_to"] = [{"customer": each.code, "since": each.bound_at} for each in bound]
    muted = await session.execute(
        select(MailboxRow.address, MuteRow.level)
        .join(MailboxRow, MailboxRow.id == MuteRow.mailbox_id)
        .where(MuteRow.chat_id == chat_id)
        .order_by(MailboxRow.id)
    )
    data["muted"] = [{"mailbox": each.address, "level": each.level} for each in muted]
    put_off = await session.execute(
        select(MailboxRow.address, SnoozeRow.until)
        .join(MailboxRow, MailboxRow.id == SnoozeRow.mailbox_id)
        .where(SnoozeRow.chat_id == chat_id)
        .order_by(MailboxRow.id)
    )
    data["put_off"] = [{"mailbox": each.address, "until": each.until} for each in put_off]
    data["renewal_under_way"] = await _draft(session, chat_id)
    promises = await session.scalars(
        select(PaymentPromiseRow)
        .where(PaymentPromiseRow.chat_id == chat_id)
        .order_by(PaymentPromiseRow.said_at)
    )
    data["said_paid"] = [{"said_at": each.said_at, "expected_on": each.expected_on} for each in promises]
    data["paid_together"] = await _collectives(session, chat_id)
    codes = await session.scalars(
        select(LoginCodeRow).where(LoginCodeRow.chat_id == chat_id).order_by(LoginCodeRow.id)
    )
    data["codes_asked_for"] = [{"at": each.created_at, "new_email": each.new_email} for each in codes]
    sent = await session.scalars(select(OutboxRow).where(OutboxRow.chat_id == chat_id).order_by(OutboxRow.id))
    data["messages"] = [
        {"message": each.payload["message"], "at": each.settled_at or each.created_at, "state": each.state}
        for each in sent
    ]
    return data


async def _collectives(session: AsyncSession, chat_id: int) -> list[dict[str, Any]]:
    """The collective numbers that were asked for here, with those of their orders that the chat may see still."""
    rows = await session.execute(
        select(CollectiveRow.number, CollectiveRow.created_at, OrderRow.number)
        .join(CollectiveOrderRow, CollectiveOrderRow.collective_id == CollectiveRow.id)
        .outerjoin(
            OrderRow,
            (OrderRow.id == CollectiveOrderRow.order_id) & may(chat_id, Action.SEE, OrderRow.customer_id),
        )
        .where(CollectiveRow.chat_id == chat_id)
        .order_by(CollectiveRow.id, OrderRow.id)
    )
    found: dict[str, dict[str, Any]] = {}
    for number, at, order in rows:
        each = found.setdefault(number, {"number": number, "at": at, "orders": []})
        if order is not None:
            each["orders"].append({"order": order})
    return list(found.values())


async def _draft(session: AsyncSession, chat_id: int) -> list[dict[str, Any]]:
    drafts = await session.scalars(
        select(DraftRow).where(DraftRow.chat_id == chat_id, DraftRow.status == "open")
    )
    found = []
    for draft in drafts:
        items = await session.execute(
            select(MailboxRow.address, DraftItemRow.plan_id)
            .join(MailboxRow, MailboxRow.id == DraftItemRow.mailbox_id)
            .where(DraftItemRow.draft_id == draft.id)
            .order_by(DraftItemRow.position)
        )
        found.append(
            {
                "since": draft.created_at,
                "registrant": draft.registrant,
                "kit": draft.kit_id,
                "kit_holder": draft.kit_holder,
                "shipping": draft.shipping,
                "method": draft.method_id,
                "years": draft.years,
                "mailboxes": [{"mailbox": each.address, "plan": each.plan_id} for each in items],
            }
        )
    return found
