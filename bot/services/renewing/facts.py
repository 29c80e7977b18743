"""Reads what the rules need to know of a holder, and checks that the chat may know it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CustomerRow, HolderRow, MailboxRow, OrderItemRow, OrderRow
from bot.domain.drafts import Facts
from bot.domain.mailboxes import Mailbox, Usage
from bot.domain.notice_ways import NoticeWay
from bot.domain.registrant import Registrant
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.at_hand import AnyRow, OpenDraft
from bot.services.errors import NotYours
from bot.services.surroundings import Surroundings


def to_mailbox(row: MailboxRow | AnyRow, open_order: str | None) -> Mailbox:
    """The mailbox as the rules know it; usage counts only when all of it is known."""
    usage = None
    if (
        row.used_mailbox_milli_gb is not None
        and row.used_archive_milli_gb is not None
        and row.usage_at is not None
    ):
        usage = Usage.of_milli(row.used_mailbox_milli_gb, row.used_archive_milli_gb, row.usage_at)
    return Mailbox(
        id=row.id,
        customer_id=row.customer_id,
        holder_id=row.holder_id,
        address=row.address,
        plan_id=row.plan_id,
        expires_on=row.expires_on,
        extra_mailbox_gb=row.extra_mailbox_gb,
        extra_archive_gb=row.extra_archive_gb,
        usage=usage,
        auto_renew=row.auto_renew,
        promotion_id=row.promotion_id,
        open_order=open_order,
        notice_by=None if row.notice_by is None else NoticeWay(row.notice_by),
        not_renewing=row.not_renewing,
        gone_on=row.gone_on,
    )


async def read_mailboxes(session: AsyncSession, *conditions: ColumnElement[bool]) -> tuple[Mailbox, ...]:
    """The mailboxes under these conditions on `MailboxRow`, soonest expiry first, with their open orders."""
    rows = (
        await session.execute(
            select(MailboxRow, OrderRow.number)
            .outerjoin(OrderItemRow, (OrderItemRow.mailbox_id == MailboxRow.id) & OrderItemRow.open)
            .outerjoin(OrderRow, OrderRow.id == OrderItemRow.order_id)
            .where(*conditions)
            .order_by(MailboxRow.expires_on, MailboxRow.id)
        )
    ).all()
    return tuple(to_mailbox(row, number) for row, number in rows)


async def read_holders(session: AsyncSession, holder_ids: Collection[int]) -> dict[int, Registrant]:
    """The data of these holders."""
    if not holder_ids:
        return {}
    rows = await session.execute(select(HolderRow.id, HolderRow.data).where(HolderRow.id.in_(holder_ids)))
    return {holder_id: Registrant.from_json(data) for holder_id, data in rows}


async def owned_registrant(
    session: AsyncSession, actor: Actor, action: Action, holder_id: int, *, hold: bool = False
) -> Registrant:
    """The data of a holder, with the one reference e-mail that the customer has, if the chat may do this for it.

    With `hold` the customer is not deleted before the transaction ends.

    Raises:
        NotYours: it may not, or there is no such holder, or its customer was deleted at this moment.
    """
    query = (
        select(HolderRow.data, CustomerRow.reference_email)
        .join(CustomerRow, CustomerRow.id == HolderRow.customer_id)
        .where(
            HolderRow.id == holder_id,
            CustomerRow.forgotten_on.is_(None),
            may(actor.chat_id, action, HolderRow.customer_id),
        )
    )
    found = await session.execute(query.with_for_update(read=True, of=CustomerRow) if hold else query)
    row = found.one_or_none()
    if row is None:
        raise NotYours
    return replace(Registrant.from_json(row.data), reference_email=row.reference_email)


def on_file(registrant: Registrant) -> dict[str, str | bool]:
    """A holder's data as they are stored: without the reference e-mail, which is the customer's (decision 013)."""
    return replace(registrant, reference_email="").to_json()


async def read_facts(
    session: AsyncSession, surroundings: Surroundings, actor: Actor, holder_id: int, *, hold: bool = False
) -> Facts:
    """Everything the rules ask about a holder at this instant, for who renews.

    Who begins a renewal lets nobody delete the customer meanwhile (`hold`); who ends one holds the renewal itself.

    Raises:
        NotYours: the chat may not renew for the holder's customer.
    """
    registrant = await owned_registrant(session, actor, Action.RENEW, holder_id, hold=hold)
    return _facts(surroundings, registrant, await read_mailboxes(session, MailboxRow.holder_id == holder_id))


def facts_at_hand(found: OpenDraft, surroundings: Surroundings) -> Facts:
    """The same around the renewal under way, of what was read with the chat's state."""
    registrant = replace(
        Registrant.from_json(found.row.holder_data), reference_email=found.row.reference_email
    )
    return _facts(surroundings, registrant, [to_mailbox(box, box.number) for box in found.boxes])


def _facts(surroundings: Surroundings, registrant: Registrant, mailboxes: Iterable[Mailbox]) -> Facts:
    here = surroundings.here()
    return Facts(
        catalogue=surroundings.catalogue,
        mailboxes={mailbox.id: mailbox for mailbox in mailboxes},
        registrant=registrant,
        now=here.astimezone(UTC),
        today=here.date(),
        at=here.time(),
    )
