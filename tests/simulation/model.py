"""When a reminder is due, computed from DOMAIN.md 6 alone: it shares no code with the planner, which it judges."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import holidays
from sqlalchemy import select

from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CustomerRow,
    MailboxRow,
    MuteRow,
    OrderItemRow,
    PaymentPromiseRow,
    SnoozeRow,
)
from bot.domain.catalogue import Catalogue

if TYPE_CHECKING:
    from tests.simulation.life import Life

_HOLIDAYS: Final = holidays.country_holidays("IT")
_LAST_DAY, _END = -10_000, -10_001
"""Under which the last day and the end are noted."""
_END_IS_NEWS_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Reader:
    """A chat that is reached, or the e-mail: the steps it does not want, how much silence, and until when."""

    name: str
    off: frozenset[int]
    mute: str | None
    snoozed_until: date | None


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox with all that decides about its reminders; alike on two evenings, nothing has changed."""

    id: int
    expires_on: date
    plan_id: str
    automatic: bool
    gone: bool
    declined: bool
    ordered: int | None
    promised: bool
    readers: tuple[Reader, ...]


def due_step(box: Box, catalogue: Catalogue, today: date) -> int | None:
    """The most urgent step that somebody has to have been told by this evening; None where none is.

    A day of rest is not counted: it is asked about the day after.
    """
    rules, plan = catalogue.rules, catalogue.plans[box.plan_id]
    deletion = rules.deletion_days if plan.deletion_days is None else plan.deletion_days
    gone_on = box.expires_on + timedelta(days=deletion)
    left = (box.expires_on - today).days if today <= box.expires_on else (gone_on - today).days
    if today in _HOLIDAYS and not 0 <= left <= rules.urgent_days:
        return None
    if box.gone or not box.readers:
        return None
    if today > gone_on:
        fresh = today <= gone_on + timedelta(days=_END_IS_NEWS_DAYS)
        return _END if fresh and not plan.own_domain and not box.declined else None
    if today == gone_on and not box.declined:
        return _LAST_DAY
    ladder = [*rules.ladder_before, *(-each for each in rules.ladder_after)]
    if box.automatic and not plan.own_domain and box.ordered is None:
        check = rules.auto_renew_charge_days - 1
        ladder = [check, *(step for step in ladder if step < check)]
    if box.declined:
        ladder = [rules.ladder_before[-1], -rules.ladder_after[-1]]
    last = {step for step in rules.ladder_before if step <= rules.urgent_days} | {-rules.ladder_after[-1]}
    found = []
    for reader in box.readers:
        if reader.mute == "all":
            continue
        quiet = reader.mute == "most" or box.promised
        wanted = [
            step
            for step in ladder
            if _day_of(step, box, deletion, rules.deletion_days) <= today
            and step not in reader.off
            and (step in last or not quiet)
        ]
        step = min(wanted, default=None)
        put_off = reader.snoozed_until is not None and reader.snoozed_until > today
        if step is not None and not (put_off and step not in last):
            found.append(step)
    return min(found, default=None)


def _day_of(step: int, box: Box, deletion: int, by_rules: int) -> date:
    if step >= 0:
        return box.expires_on - timedelta(days=step)
    return box.expires_on + timedelta(days=max(1, -step * deletion // by_rules))


async def boxes_of(life: "Life") -> dict[int, Box]:
    """Every mailbox as it is now."""
    async with life.database.read() as session:
        chats: dict[int, list[ChatRow]] = {}
        for customer_id, chat in await session.execute(
            select(ChatCustomerRow.customer_id, ChatRow)
            .join(ChatRow, ChatRow.id == ChatCustomerRow.chat_id)
            .order_by(ChatRow.id)
        ):
            chats.setdefault(customer_id, []).append(chat)
        mutes = {(row.chat_id, row.mailbox_id): row.level for row in await session.scalars(select(MuteRow))}
        snoozes = {
            (row.chat_id, row.mailbox_id, row.expires_on): row.until
            for row in await session.scalars(select(SnoozeRow))
        }
        customers = {row.id: row for row in await session.scalars(select(CustomerRow))}
        ordered = {
            row.mailbox_id: row.order_id
            for row in await session.scalars(select(OrderItemRow).where(OrderItemRow.open))
        }
        promised = set(await session.scalars(select(PaymentPromiseRow.order_id)))
        found = {}
        for row in await session.scalars(select(MailboxRow).order_by(MailboxRow.id)):
            reached = [
                Reader(
                    f"chat {chat.id}",
                    frozenset(chat.steps_off or ()),
                    mutes.get((chat.id, row.id)),
                    snoozes.get((chat.id, row.id, row.expires_on)),
                )
                for chat in chats.get(row.customer_id, [])
                if chat.unreachable_at is None
            ]
            mute = {"all": None, "last": "most", "none": "all"}[customers[row.customer_id].mail_reminders]
            levels = [mutes.get((chat.id, row.id)) for chat in chats.get(row.customer_id, [])]
            if levels and mute is None and all(levels):
                mute = "most" if "most" in levels else "all"
            elif levels and mute == "most" and all(level == "all" for level in levels):
                mute = "all"
            order = ordered.get(row.id)
            takes_mail = customers[row.customer_id].reference_email not in life.weather.bounces
            mail = (Reader("mail", frozenset(), mute, None),) if takes_mail else ()
            found[row.id] = Box(
                id=row.id,
                expires_on=row.expires_on,
                plan_id=row.plan_id,
                automatic=row.auto_renew,
                gone=row.gone_on is not None,
                declined=row.not_renewing == row.expires_on and order is None,
                ordered=order,
                promised=order in promised,
                readers=tuple(reached) or mail,
            )
        return found
