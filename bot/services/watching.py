"""When the planner looks at a mailbox again: whatever may make a reminder due sooner says so here."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, ReminderRow, SpaceLevelRow
from bot.db.upsert import insert_if_absent
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import is_deleted, most_deletion_days
from bot.domain.reminders import (
    DAYS_AFTER_DELETION,
    Watched,
    Wishes,
    due_for,
    farthest_days,
    last_steps,
    next_look,
)
from bot.services.access import Action, may
from bot.services.surroundings import Surroundings


def _may_be_told(catalogue: Catalogue, today: date) -> ColumnElement[bool]:
    """Mailboxes of which there may be something to say: of one that went long ago the planner finds nothing.

    Their expiry is within the ladder, or they fill up and nobody could be told.
    """
    within_the_ladder = MailboxRow.expires_on.between(
        today - timedelta(days=most_deletion_days(catalogue) + DAYS_AFTER_DELETION),
        today + timedelta(days=farthest_days(catalogue.rules)),
    )
    untold = select(SpaceLevelRow.mailbox_id).where(
        SpaceLevelRow.mailbox_id == MailboxRow.id, SpaceLevelRow.told < SpaceLevelRow.level
    )
    return or_(within_the_ladder, untold.exists())


async def look_again(
    session: AsyncSession, catalogue: Catalogue, today: date, *conditions: ColumnElement[bool]
) -> None:
    """Let the planner look today at the mailboxes under these conditions on `MailboxRow`."""
    await session.execute(
        update(MailboxRow)
        .where(
            *conditions,
            MailboxRow.gone_on.is_(None),
            _may_be_told(catalogue, today),
            or_(MailboxRow.remind_on.is_(None), MailboxRow.remind_on > today),
        )
        .values(remind_on=today)
        .execution_options(synchronize_session=False)
    )


async def look_again_for_chat(session: AsyncSession, catalogue: Catalogue, today: date, chat_id: int) -> None:
    """The same for all mailboxes of the customers that a chat is bound to."""
    await look_again(session, catalogue, today, may(chat_id, Action.BE_REMINDED, MailboxRow.customer_id))


async def look_on(session: AsyncSession, day: date | None, mailbox_ids: Collection[int]) -> None:
    """Let the planner look at these mailboxes on that day, and not before."""
    await session.execute(
        update(MailboxRow)
        .where(MailboxRow.id.in_(mailbox_ids))
        .values(remind_on=day)
        .execution_options(synchronize_session=False)
    )


async def note_decided(session: AsyncSession, surroundings: Surroundings, mailbox: MailboxRow) -> None:
    """Who has just decided to renew by hand needs no reminder of the present step; later ones come, and the end."""
    catalogue, today = surroundings.catalogue, surroundings.today()
    if is_deleted(mailbox, catalogue, today):
        return
    watched = Watched(
        mailbox.expires_on, mailbox.plan_id, automatic=False, own_domain=False, has_open_order=False
    )
    due = due_for(watched, Wishes(), None, catalogue, today)
    mailbox.remind_on = next_look(watched, (), catalogue, today)
    if due is not None and due.step is not None:
        told = {"mailbox_id": mailbox.id, "expires_on": mailbox.expires_on, "step": due.step}
        await insert_if_absent(session, ReminderRow, told | {"told_at": surroundings.now()})


async def note_asked(session: AsyncSession, surroundings: Surroundings, mailbox: MailboxRow) -> None:
    """It was said that an order's payment did not arrive: that is the present step, unless it is one of the last."""
    catalogue, today = surroundings.catalogue, surroundings.today()
    if is_deleted(mailbox, catalogue, today):
        return
    watched = Watched(
        mailbox.expires_on, mailbox.plan_id, mailbox.auto_renew, own_domain=False, has_open_order=True
    )
    due = due_for(watched, Wishes(), None, catalogue, today)
    mailbox.remind_on = today
    if due is not None and due.step is not None and due.step not in last_steps(catalogue.rules):
        told = {"mailbox_id": mailbox.id, "expires_on": mailbox.expires_on, "step": due.step}
        await insert_if_absent(session, ReminderRow, told | {"told_at": surroundings.now()})
