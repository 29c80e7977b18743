"""The rows that a renewal begins with, or those of the one under way that it goes on with: one at a time in a chat."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import DraftRow
from bot.domain import choices
from bot.domain.drafts import Draft, Facts
from bot.domain.mailboxes import Mailbox
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.errors import OtherDraftOpen
from bot.services.renewing.draft_rows import new_row, read_draft
from bot.services.renewing.stored_drafts import stored
from bot.services.renewing.working import Working


async def begin_new(
    session: AsyncSession, actor: Actor, holder_id: int, facts: Facts, chosen: Sequence[Mailbox]
) -> Working:
    """Begin the renewal of the `chosen` mailboxes of a holder; without one, it begins with choosing them.

    Raises:
        OtherDraftOpen: a renewal is under way in this chat.
    """
    row = await _open_row(session, actor)
    if row is not None:
        raise OtherDraftOpen(row.id)
    return await _create(session, actor, holder_id, facts, chosen)


async def begin_or_go_on(
    session: AsyncSession, actor: Actor, holder_id: int, facts: Facts, chosen: Sequence[Mailbox]
) -> Working:
    """The same, but the renewal under way goes on as it stands where it is this holder's, of just these mailboxes.

    Raises:
        OtherDraftOpen: a renewal of other mailboxes is under way in this chat.
    """
    row = await _open_row(session, actor)
    if row is None:
        return await _create(session, actor, holder_id, facts, chosen)
    same = [item.mailbox_id for item in row.items] == [box.id for box in chosen]
    if row.holder_id != holder_id or not same:
        raise OtherDraftOpen(row.id)
    rows = stored(row)
    return Working(rows, rows, Renewal(read_draft(rows, facts), facts))


async def _open_row(session: AsyncSession, actor: Actor) -> DraftRow | None:
    return (
        await session.execute(
            select(DraftRow).where(DraftRow.chat_id == actor.chat_id, DraftRow.status == "open")
        )
    ).scalar_one_or_none()


async def _create(
    session: AsyncSession, actor: Actor, holder_id: int, facts: Facts, chosen: Sequence[Mailbox]
) -> Working:
    draft = Draft(
        id=0,
        chat_id=actor.chat_id,
        holder_id=holder_id,
        step=Step.PLAN if chosen else Step.MAILBOX,
        items=(),
        kit=None,
        registrant=None,
        registrant_confirmed=False,
        method_id=None,
        auto_renew=False,
        years=None,
        acceptances=(),
    )
    for mailbox in chosen:
        draft = choices.toggle_mailbox(draft, facts, mailbox.id)
    row = new_row(draft, facts)
    session.add(row)
    await session.flush()
    rows = stored(row)
    return Working(rows, rows, Renewal(replace(draft, id=row.id), facts))
