"""What is kept of a customer: holders, mailboxes, orders, payments, notices, requests (DOMAIN.md 7, "Data")."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    AcceptanceRow,
    ChainRow,
    ChatCustomerRow,
    ContentRow,
    CustomerRow,
    EmailChangeRow,
    HeldRow,
    HolderRow,
    InvoiceRow,
    MailboxRow,
    MethodChangeRow,
    OrderLineRow,
    OrderRow,
    OwedNoticeRow,
    PaymentRow,
    RecordRow,
    ReminderRow,
    RenewalDecisionRow,
    SpaceLevelRow,
    SwitchingRow,
    WithdrawalRow,
)
from bot.domain.evidence.chain import Kind, Subject


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in cents."""

    cents: int


async def customer_data(session: AsyncSession, row: CustomerRow, *, chat_id: int | None) -> dict[str, Any]:
    """All of it.

    Args:
        session: any transaction.
        row: the customer.
        chat_id: the chat that it is for: what was told in another one is left out; None for the operator.
    """
    boxes = (
        await session.scalars(
            select(MailboxRow).where(MailboxRow.customer_id == row.id).order_by(MailboxRow.id)
        )
    ).all()
    holders = (
        await session.scalars(select(HolderRow).where(HolderRow.customer_id == row.id).order_by(HolderRow.id))
    ).all()
    changes = await session.scalars(
        select(EmailChangeRow).where(EmailChangeRow.customer_id == row.id).order_by(EmailChangeRow.id)
    )
    chats = await session.scalars(
        select(ChatCustomerRow.bound_at)
        .where(ChatCustomerRow.customer_id == row.id)
        .order_by(ChatCustomerRow.bound_at)
    )
    return {
        "customer": row.code,
        "language": row.language,
        "reference_email": row.reference_email,
        "email_reminders": row.mail_reminders,
        "email_changes": [
            {"at": each.changed_at, "old_email": each.old_email, "new_email": each.new_email}
            for each in changes
        ],
        "chats": [{"since": each} for each in chats],
        "holders": [{"registrant": each.data, "updated_at": each.updated_at} for each in holders],
        "set_by_customer": await _held(session, row, holders, boxes),
        "mailboxes": [_mailbox(each) for each in boxes],
        "space": await _space(session, boxes),
        "reminders": await _reminders(session, boxes),
        "switched": await _switched(session, boxes),
        "notices": await _notices(session, boxes, chat_id),
        "orders": await _orders(session, row),
        "requests": await _requests(session, row.id, boxes),
    }


def _mailbox(row: MailboxRow) -> dict[str, Any]:
    return {
        "mailbox": row.address,
        "plan": row.plan_id,
        "expires_on": row.expires_on,
        "extra_mailbox_gb": row.extra_mailbox_gb,
        "extra_archive_gb": row.extra_archive_gb,
        "used_mailbox_milli_gb": row.used_mailbox_milli_gb,
        "used_archive_milli_gb": row.used_archive_milli_gb,
        "usage_at": row.usage_at,
        "automatic_renewal": row.auto_renew,
        "notice_by": row.notice_by,
        "not_renewing": row.not_renewing,
        "gone_on": row.gone_on,
    }


async def _held(
    session: AsyncSession,
    customer: CustomerRow,
    holders: Sequence[HolderRow],
    boxes: Sequence[MailboxRow],
) -> list[dict[str, Any]]:
    def of(subject: str, ids: Sequence[int]) -> ColumnElement[bool]:
        return (HeldRow.subject == subject) & HeldRow.subject_id.in_(ids)

    rows = await session.scalars(
        select(HeldRow)
        .where(
            or_(
                of("customer", [customer.id]),
                of("holder", [each.id for each in holders]),
                of("mailbox", [each.id for each in boxes]),
            )
        )
        .order_by(HeldRow.id)
    )
    return [{"field": each.field, "value": each.value, "since": each.since} for each in rows]


async def _reminders(session: AsyncSession, boxes: Sequence[MailboxRow]) -> list[dict[str, Any]]:
    names = {box.id: box.address for box in boxes}
    rows = await session.scalars(
        select(ReminderRow).where(ReminderRow.mailbox_id.in_(names)).order_by(ReminderRow.told_at)
    )
    return [
        {"mailbox": names[each.mailbox_id], "at": each.told_at, "days_before": each.step} for each in rows
    ]


async def _space(session: AsyncSession, boxes: Sequence[MailboxRow]) -> list[dict[str, Any]]:
    """How full mailboxes were found, and what was told of it."""
    names = {box.id: box.address for box in boxes}
    rows = await session.scalars(
        select(SpaceLevelRow)
        .where(SpaceLevelRow.mailbox_id.in_(names))
        .order_by(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive)
    )
    return [
        {
            "mailbox": names[each.mailbox_id],
            "archive": each.archive,
            "percent": each.level,
            "told_at": each.told_at,
        }
        for each in rows
    ]


async def _switched(session: AsyncSession, boxes: Sequence[MailboxRow]) -> list[dict[str, Any]]:
    names = {box.id: box.address for box in boxes}
    switched = await session.scalars(
        select(SwitchingRow).where(SwitchingRow.mailbox_id.in_(names)).order_by(SwitchingRow.id)
    )
    decided = await session.scalars(
        select(RenewalDecisionRow)
        .where(RenewalDecisionRow.mailbox_id.in_(names))
        .order_by(RenewalDecisionRow.id)
    )
    return [
        {"mailbox": names[each.mailbox_id], "at": each.at, "what": what, "to": each.to}
        for what, rows in (("automatic renewal", switched), ("renewing", decided))
        for each in rows
    ]


async def _notices(
    session: AsyncSession, boxes: Sequence[MailboxRow], chat_id: int | None
) -> list[dict[str, Any]]:
    """Those owed by law: of chats only its own, since the words of another have that chat's phrase in them."""
    names = {box.id: box.address for box in boxes}
    own = OwedNoticeRow.chat_id.is_(None) | (OwedNoticeRow.chat_id == chat_id)
    rows = await session.scalars(
        select(OwedNoticeRow).where(OwedNoticeRow.mailbox_id.in_(names), own).order_by(OwedNoticeRow.id)
    )
    return [
        {
            "mailbox": names[each.mailbox_id],
            "at": each.settled_at or each.written_at,
            "by": each.channel,
            "to": each.address,
            "state": each.outcome,
            "words": each.words if each.chat_id is not None else None,
        }
        for each in rows
    ]


async def _orders(session: AsyncSession, customer: CustomerRow) -> list[dict[str, Any]]:
    orders = (
        await session.scalars(
            select(OrderRow).where(OrderRow.customer_id == customer.id).order_by(OrderRow.id)
        )
    ).all()
    ids = [each.id for each in orders]
    accepted: dict[int, list[AcceptanceRow]] = defaultdict(list)
    for acceptance in await session.scalars(
        select(AcceptanceRow).where(AcceptanceRow.order_id.in_(ids)).order_by(AcceptanceRow.accepted_at)
    ):
        accepted[acceptance.order_id].append(acceptance)
    paid: dict[int, list[PaymentRow]] = defaultdict(list)
    for payment in await session.scalars(
        select(PaymentRow).where(PaymentRow.order_id.in_(ids)).order_by(PaymentRow.id)
    ):
        paid[payment.order_id or 0].append(payment)
    invoiced: dict[int, list[InvoiceRow]] = defaultdict(list)
    for invoice in await session.scalars(
        select(InvoiceRow).where(InvoiceRow.order_id.in_(ids)).order_by(InvoiceRow.id)
    ):
        invoiced[invoice.order_id].append(invoice)
    withdrawn = {
        each.order_id: each
        for each in await session.scalars(select(WithdrawalRow).where(WithdrawalRow.order_id.in_(ids)))
    }
    changed: dict[int, list[MethodChangeRow]] = defaultdict(list)
    for change in await session.scalars(
        select(MethodChangeRow).where(MethodChangeRow.order_id.in_(ids)).order_by(MethodChangeRow.id)
    ):
        changed[change.order_id].append(change)
    return [
        {
            **_order(each, accepted[each.id], paid[each.id], invoiced[each.id], withdrawn.get(each.id)),
            "lines": [_line(line) for line in each.lines],
            "other_methods": [
                {"at": change.at, "old_method": change.from_method_id, "method": change.method_id}
                for change in changed[each.id]
            ],
        }
        for each in orders
    ]


def _line(row: OrderLineRow) -> dict[str, Any]:
    """What was ordered, at which price; VAT as it was accepted."""
    return {
        "kind": row.kind,
        "what": row.code,
        "quantity": row.quantity,
        "sum": Money(row.net),
        "vat": Money(row.vat),
    }


def _order(
    row: OrderRow,
    accepted: Sequence[AcceptanceRow],
    paid: Sequence[PaymentRow],
    invoiced: Sequence[InvoiceRow],
    withdrawn: WithdrawalRow | None,
) -> dict[str, Any]:
    return {
        "order": row.number,
        "state": row.status,
        "at": row.placed_at,
        "due": Money(row.due),
        "method": row.method_id,
        "years": row.years,
        "automatic_renewal": row.auto_renew,
        "vat_note": row.vat_mention,
        "registrant": row.registrant,
        "kit": row.kit_id,
        "kit_holder": row.kit_holder,
        "shipping": row.shipping,
        "kit_delivered_on": row.kit_delivered_on,
        "mailboxes": [
            {
                "mailbox": item.address,
                "plan": item.plan_id,
                "old_expiry": item.old_expiry,
                "new_expiry": item.new_expiry,
            }
            for item in row.items
        ],
        "documents": [
            {"document": each.document, "version": each.version, "at": each.accepted_at} for each in accepted
        ],
        "payments": [
            {
                "payment": each.payment_id,
                "what": each.kind,
                "at": each.registered_at,
                "sum": Money(each.amount),
                "method": each.method,
            }
            for each in paid
        ],
        "invoices": [
            {"number": each.number, "what": each.document, "on": each.issued_on, "link": each.url}
            for each in invoiced
        ],
        "withdrawal": []
        if withdrawn is None
        else [
            {
                "number": withdrawn.number,
                "at": withdrawn.at,
                "words": withdrawn.words,
                "to": withdrawn.email,
                "due_back": Money(withdrawn.due_back),
            }
        ],
    }


async def _requests(
    session: AsyncSession, customer_id: int, boxes: Sequence[MailboxRow]
) -> list[dict[str, Any]]:
    """What was asked about these data before, by whichever chat; in earlier releases it was kept of a mailbox."""
    of_mailbox = and_(
        ChainRow.subject == Subject.MAILBOX.value, ChainRow.subject_id.in_([box.id for box in boxes])
    )
    of_customer = and_(ChainRow.subject == Subject.CUSTOMER.value, ChainRow.subject_id == customer_id)
    rows = await session.execute(
        select(RecordRow.at, ContentRow.content)
        .join(ChainRow, ChainRow.id == RecordRow.chain_id)
        .join(
            ContentRow,
            (ContentRow.chain_id == RecordRow.chain_id) & (ContentRow.sequence == RecordRow.sequence),
        )
        .where(or_(of_customer, of_mailbox), RecordRow.kind == Kind.REQUESTED.value)
        .order_by(RecordRow.at)
    )
    return [{"at": each.at, "what": (each.content or {}).get("request")} for each in rows]
