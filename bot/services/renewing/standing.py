"""How the switch of a mailbox's automatic renewal stands: on or off, by whom, and what a tap would mean."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, OrderItemRow, OrderRow, SwitchingRow
from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.keeping import price_as_it_is
from bot.domain.mailboxes import Mailbox
from bot.domain.notice_ways import NoticeWay, common_way
from bot.domain.orders import OrderStatus
from bot.domain.prices import split_payment_has_ended
from bot.domain.summary import next_renewal
from bot.domain.switching import NotNow, Terms, terms_of, why_not_on
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NotYours
from bot.services.renewing.facts import owned_registrant, read_mailboxes
from bot.services.renewing.terms import automatic_years


@dataclass(frozen=True, slots=True)
class LastSwitch:
    """When the switch was last used in a chat, which way, and whether in the chat that asks."""

    at: datetime
    on: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the switch stands.

    Attributes:
        mailbox: on or off is `Mailbox.auto_renew`.
        terms: of the next charge, whether it is on or would be.
        split: whether its holder pays the taxable amount only.
        split_ends: whether its holder declared split payment, and it is over on the day of the charge.
        method: the id of the method by which the last renewal was paid, where it carries the charge.
        not_now: why it cannot be switched on; None where it can, or where it is.
        last: None while no chat has used it, or where what came later has decided: an order, or the file.
    """

    mailbox: Mailbox
    terms: Terms
    split: bool
    split_ends: bool
    method: str | None
    not_now: NotNow | None
    last: LastSwitch | None

    @property
    def notice_way(self) -> NoticeWay:
        """How the notice before a charge comes."""
        return common_way([self.mailbox.notice_by])

    @property
    def on(self) -> bool:
        """Whether the mailbox renews itself."""
        return self.mailbox.auto_renew


async def read_standing(
    session: AsyncSession, actor: Actor, mailbox_id: int, catalogue: Catalogue, today: date
) -> Standing:
    """How it stands, for a chat that may use it.

    Raises:
        NotYours: the mailbox is not this chat's.
    """
    found = await read_mailboxes(session, MailboxRow.id == mailbox_id)
    if not found:
        raise NotYours
    box = found[0]
    holder = await owned_registrant(session, actor, Action.SWITCH, box.holder_id)
    years = (await automatic_years(session, [box.id])).get(box.id, 1)
    price = price_as_it_is(catalogue, box, years, split_payment=holder.splits_payment, today=today)
    charged_on = charge_date(box.expires_on, catalogue)
    charge = None if price is None else next_renewal(price, years, catalogue, charged_on)
    terms = terms_of(box, years, None if charge is None else charge.due, catalogue)
    completed_at, method_id = await _last_payment(session, box.id)
    last = await _last_switch(session, actor, box.id, completed_at)
    if last is not None and last.on is not box.auto_renew:
        last = None  # the file, or the provider, has said otherwise since
    method = None if method_id is None else catalogue.methods.get(method_id)
    pays = method is not None and method.carries_auto_renew
    # Who has just stopped a charge may change their mind: whoever charges still knows how.
    carried = pays or (last is not None and not last.on)
    return Standing(
        mailbox=box,
        terms=terms,
        split=charge is not None and charge.split_payment,
        split_ends=split_payment_has_ended(catalogue, charged_on, declared=holder.splits_payment),
        method=method_id if pays else None,
        not_now=None if box.auto_renew else why_not_on(box, terms, catalogue, today, carried=carried),
        last=last,
    )


async def _last_payment(session: AsyncSession, mailbox_id: int) -> tuple[datetime | None, str | None]:
    """When the mailbox was last renewed here, and by which method."""
    rows = await session.execute(
        select(OrderRow.completed_at, OrderRow.method_id)
        .join(OrderItemRow, OrderItemRow.order_id == OrderRow.id)
        .where(OrderItemRow.mailbox_id == mailbox_id, OrderRow.status == OrderStatus.COMPLETED.value)
        .order_by(OrderRow.completed_at.desc())
        .limit(1)
    )
    row = rows.one_or_none()
    return (None, None) if row is None else (row.completed_at, row.method_id)


async def _last_switch(
    session: AsyncSession, actor: Actor, mailbox_id: int, completed_at: datetime | None
) -> LastSwitch | None:
    rows = await session.execute(
        select(SwitchingRow.at, SwitchingRow.to, SwitchingRow.chat_id)
        .where(SwitchingRow.mailbox_id == mailbox_id, SwitchingRow.to != "way")
        .order_by(SwitchingRow.id.desc())
        .limit(1)
    )
    row = rows.one_or_none()
    if row is None or (completed_at is not None and completed_at > row.at):
        return None
    return LastSwitch(row.at, row.to == "on", row.chat_id == actor.chat_id)
