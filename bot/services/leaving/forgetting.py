"""Deleting everything of a customer, in one transaction: all of it is done, or nothing.

What stays names nobody but in the orders and the evidence that the law wants kept: the rows of the customer, its
holders and mailboxes, to which those point, are emptied, and nothing finds them any more by a name.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.append_only import unsealed
from bot.db.keys import KeyRing
from bot.db.named_locks import wait_for_other_imports
from bot.db.tables import (
    ChatOnceBoundRow,
    CustomerRow,
    DraftRow,
    EmailChangeRow,
    ForgottenRow,
    HeldRow,
    HolderRow,
    LinkTokenRow,
    LoginCodeRow,
    MailboxRow,
    MethodChangeRow,
    OrderItemRow,
    OrderRow,
    ReminderRow,
    SpaceLevelRow,
    VatDecisionRow,
    WithdrawalLinkRow,
)
from bot.db.upsert import upsert
from bot.domain.calendar import add_years
from bot.domain.evidence.chain import Chain, Subject
from bot.domain.leaving import name_of_customer, name_of_mailbox
from bot.domain.registrant import HolderKind, Registrant
from bot.messages import told
from bot.services.errors import StillNeeded
from bot.services.evidence.erasing import erase_of
from bot.services.evidence.of_orders import chain_of_order
from bot.services.leaving import cases, chats, messages
from bot.services.leaving.foreseeing import foresee, orders_of
from bot.services.leaving.messages import is_shared
from bot.services.leaving.obstacles import obstacles_in_chat, obstacles_to
from bot.services.people.own_data import asked
from bot.services.sending.outbox import KEY_OF_FORGOTTEN, Channel, put
from bot.services.sending.phrases import phrase_for_customer
from bot.services.surroundings import Surroundings

_INDEX_BYTES: Final = 32
_NAME_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for it: a chat, which is answered there, or the operator, for whom `chat_id` is None."""

    chat_id: int | None
    mail: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A customer was deleted.

    Attributes:
        on: when, the day in Rome.
        until: until when the last of what stays is kept.
        orders: how many orders are among that.
        now_called: by which name what stays of it is found.
    """

    on: date
    until: date
    orders: int
    now_called: str


async def forget(
    session: AsyncSession, keys: KeyRing, surroundings: Surroundings, customer_id: int, by: Asked
) -> Forgotten:
    """Delete everything of a customer, in the transaction of `session`; of one that was deleted, nothing.

    Raises:
        StillNeeded: something stands against it; nothing is changed.
    """
    now, today = surroundings.now(), surroundings.today()
    # 1. Everything that could still change is held, in the order in which everybody holds it.
    customer, mailbox_ids = await _hold(session, customer_id)
    years = surroundings.catalogue.rules.evidence_years
    if customer.forgotten_on is not None:
        kept = (await orders_of(session, customer.id)).kept
        until = add_years(customer.forgotten_on, years)
        return Forgotten(customer.forgotten_on, until, len(kept), customer.code)
    obstacles = (
        await obstacles_to(session, surroundings, customer)
        if by.chat_id is None
        else await obstacles_in_chat(session, surroundings, customer, mail=by.mail)
    )
    if obstacles:
        raise StillNeeded(tuple(obstacles))
    foreseen = await foresee(session, surroundings, customer, ())
    orders = await orders_of(session, customer.id)
    known = await cases.names_of(session, customer)
    keys_of_messages = await messages.names_of(session, customer, mailbox_ids, orders.emptied)
    of_customer = await chats.chats_of(session, customer.id)
    phrase = await phrase_for_customer(session, customer.id)
    confirmation = told.CustomerForgotten(
        reader=told.Reader(customer.reference_email, customer.language, phrase),
        at=now,
        until=foreseen.until,
        orders=foreseen.orders,
        language=customer.language,
    )
    now_called = f"forgotten-{secrets.token_hex(_NAME_BYTES)}"
    # 2. Messages, before the evidence: whoever settles one holds it first, and its chain afterwards.
    await messages.remove(session, keys_of_messages, of_customer.own, now)
    # 3. The request goes on record; what the law does not want kept goes from the evidence.
    what: dict[str, Any] = {"request": "deletion of the customer", "chat": by.chat_id}
    await erase_of(
        session,
        [chain_of_order(order_id) for order_id in orders.emptied],
        [Chain(Subject.MAILBOX, mailbox_id) for mailbox_id in mailbox_ids],
        today,
        now,
    )
    await asked(session, [customer.id], what, now)
    # 4. Chats and cases.
    await chats.let_go(session, surroundings, customer.id, mailbox_ids, of_customer, apart_from=by.chat_id)
    await cases.remove_closed(session, known)
    # 5. What named the customer is emptied, and a file must not bring it back by itself.
    await _bar(session, keys, customer, mailbox_ids, today)
    await _remove(session, customer, mailbox_ids, orders.emptied, now)
    await _empty(session, customer, mailbox_ids, orders.emptied, today, now_called)
    # 6. Whoever asked is told, and whoever has files of the customer.
    await _tell(session, customer.id, confirmation, of_customer, by, now)
    if by.chat_id is not None:
        await cases.ask_the_office(
            session,
            customer_id=customer.id,
            code=foreseen.code,
            now_called=now_called,
            mailboxes=foreseen.mailboxes,
            until=foreseen.until,
            today=today,
            now=now,
        )
    return Forgotten(today, foreseen.until, foreseen.orders, now_called)


async def _hold(session: AsyncSession, customer_id: int) -> tuple[CustomerRow, list[int]]:
    """Links first, as by whoever opens one; then the customer, its renewals under way, orders, mailboxes, holders."""
    await wait_for_other_imports(session)
    await session.execute(
        select(LinkTokenRow.id)
        .where(LinkTokenRow.customer_id == customer_id)
        .order_by(LinkTokenRow.id)
        .with_for_update()
    )
    customer = await session.get_one(
        CustomerRow, customer_id, with_for_update={"key_share": True}, populate_existing=True
    )
    holders = select(HolderRow.id).where(HolderRow.customer_id == customer_id)
    for held in (
        select(DraftRow.id).where(DraftRow.holder_id.in_(holders)).order_by(DraftRow.id),
        select(OrderRow.id).where(OrderRow.customer_id == customer_id).order_by(OrderRow.id),
    ):
        await session.execute(held.with_for_update())
    boxes = await session.scalars(
        select(MailboxRow.id)
        .where(MailboxRow.customer_id == customer_id)
        .order_by(MailboxRow.id)
        .with_for_update()
    )
    found = list(boxes)
    await session.execute(holders.order_by(HolderRow.id).with_for_update(key_share=True))
    return customer, found


async def _bar(
    session: AsyncSession, keys: KeyRing, customer: CustomerRow, mailbox_ids: Collection[int], today: date
) -> None:
    """Keep the names as blind indexes, by which an import knows them again and nobody reads them."""
    boxes = await session.execute(
        select(MailboxRow.id, MailboxRow.address).where(MailboxRow.id.in_(mailbox_ids))
    )
    names: list[tuple[str, int | None]] = [(name_of_customer(customer.code), None)]
    names += [(name_of_mailbox(address), mailbox_id) for mailbox_id, address in boxes if address]
    await upsert(
        session,
        ForgottenRow,
        [
            {
                "name_index": keys.index(name),
                "customer_id": customer.id,
                "mailbox_id": mailbox_id,
                "forgotten_on": today,
                "readmitted_on": None,
            }
            for name, mailbox_id in names
        ],
    )


async def _remove(
    session: AsyncSession,
    customer: CustomerRow,
    mailbox_ids: Collection[int],
    emptied: Collection[int],
    now: datetime,
) -> None:
    """Remove what hangs on the customer, its holders and its mailboxes."""
    holder_ids = (
        await session.scalars(select(HolderRow.id).where(HolderRow.customer_id == customer.id))
    ).all()

    def of(subject: str, ids: Collection[int]) -> Any:
        return (HeldRow.subject == subject) & HeldRow.subject_id.in_(ids)

    for gone in (
        delete(HeldRow).where(
            or_(of("customer", [customer.id]), of("holder", holder_ids), of("mailbox", mailbox_ids))
        ),
        delete(ReminderRow).where(ReminderRow.mailbox_id.in_(mailbox_ids)),
        delete(SpaceLevelRow).where(SpaceLevelRow.mailbox_id.in_(mailbox_ids)),
        delete(LinkTokenRow).where(LinkTokenRow.customer_id == customer.id),
        delete(EmailChangeRow).where(EmailChangeRow.customer_id == customer.id),
        delete(WithdrawalLinkRow).where(WithdrawalLinkRow.order_id.in_(emptied)),
        # A request counts against guessing for a day; what it was for is forgotten, but that everything was deleted.
        update(LoginCodeRow)
        .where(LoginCodeRow.customer_id == customer.id, LoginCodeRow.used_at.is_(None))
        .values(used_at=now),
        update(LoginCodeRow)
        .where(LoginCodeRow.customer_id == customer.id, LoginCodeRow.new_email.is_not(None))
        .values(customer_id=None, new_email=None, code_hash=None),
        delete(ChatOnceBoundRow).where(
            ChatOnceBoundRow.email_index == customer.email_index, ~is_shared(customer)
        ),
    ):
        await session.execute(gone.execution_options(synchronize_session=False))


async def _empty(
    session: AsyncSession,
    customer: CustomerRow,
    mailbox_ids: Collection[int],
    emptied: Collection[int],
    today: date,
    now_called: str,
) -> None:
    """Empty the rows to which orders and evidence point, so that they name nobody and nothing finds them."""
    customer.code, customer.forgotten_on = now_called, today
    customer.reference_email, customer.email_index = "", secrets.token_bytes(_INDEX_BYTES)
    customer.mail_reminders = "none"
    holders = await session.scalars(select(HolderRow).where(HolderRow.customer_id == customer.id))
    for holder in holders:
        holder.data = _nobody(holder.data["kind"])
        holder.identity_index = secrets.token_bytes(_INDEX_BYTES)
    boxes = await session.scalars(select(MailboxRow).where(MailboxRow.id.in_(mailbox_ids)))
    for box in boxes:
        box.address, box.address_index = "", secrets.token_bytes(_INDEX_BYTES)
        box.used_mailbox_milli_gb = box.used_archive_milli_gb = box.usage_at = None
        box.auto_renew, box.notice_by, box.promotion_id = False, None, None
        box.remind_on, box.not_renewing = None, None
        box.gone_on, box.gone_by = box.gone_on or today, None
    orders = await session.scalars(select(OrderRow).where(OrderRow.id.in_(emptied)))
    for order in orders:
        order.registrant = _nobody(order.registrant["kind"])
        order.kit_holder = order.shipping = None
        order.confirmed_in = order.confirmation_id = None
    await session.execute(update(OrderItemRow).where(OrderItemRow.order_id.in_(emptied)).values(address=""))
    await session.flush()
    # The words of screens name mailboxes, and notes anybody: they go as they do from the chains of these orders.
    if emptied:
        async with unsealed(session):
            for words in (
                update(MethodChangeRow)
                .where(MethodChangeRow.order_id.in_(emptied))
                .values(screen="", instructions={}),
                update(VatDecisionRow).where(VatDecisionRow.order_id.in_(emptied)).values(note=""),
            ):
                await session.execute(words.execution_options(synchronize_session=False))


def _nobody(kind: str) -> dict[str, str | bool]:
    """The data of a holder of whom only the kind is known."""
    return Registrant(HolderKind(kind)).to_json()


async def _tell(
    session: AsyncSession,
    customer_id: int,
    what: told.CustomerForgotten,
    of_customer: chats.Chats,
    by: Asked,
    now: datetime,
) -> None:
    """Confirm it by e-mail, and in the chats; the one that asked is answered there."""
    key = f"{KEY_OF_FORGOTTEN}{customer_id}"
    if by.mail:
        await put(session, key=f"{key}:mail", channel=Channel.MAIL, payload=what.to_json(), now=now)
    for chat_id, language in of_customer.languages.items():
        if chat_id != by.chat_id:
            await put(
                session,
                key=f"{key}:chat:{chat_id}",
                channel=Channel.TELEGRAM,
                payload=replace(what, reader=None, language=language).to_json(),
                now=now,
                chat_id=chat_id,
            )
