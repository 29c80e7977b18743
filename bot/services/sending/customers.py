"""How a customer is told: in every chat that is bound to it, and by the reference e-mail.

What is said of one thing has one key, and each row of it one end, `:chat:7` or `:mail`: written a second time, nothing.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CustomerRow
from bot.messages.told import Reader, Told
from bot.services.access import chats_of
from bot.services.sending.outbox import Channel, put
from bot.services.sending.phrases import phrase_for_customer


async def tell_chats(
    session: AsyncSession,
    customer_id: int,
    key: str,
    what: Told,
    now: datetime,
    *,
    apart_from: int | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Tell the chats of a customer, `apart_from` the one that knows; whether there is any. Times as in `put`."""
    chats = [chat_id for chat_id in await chats_of(session, customer_id) if chat_id != apart_from]
    for chat_id in chats:
        await put(
            session,
            key=f"{key}:chat:{chat_id}",
            channel=Channel.TELEGRAM,
            payload=what.to_json(),
            now=now,
            chat_id=chat_id,
            not_before=not_before,
        )
    return bool(chats)


async def mail_customer(
    session: AsyncSession,
    customer: CustomerRow,
    key: str,
    what: Told,
    now: datetime,
    *,
    to: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write an e-mail in the customer's language, `to` another address than the reference e-mail where one is given.

    Of a customer who was deleted there is no address: nothing is written but to one that is given.
    """
    if to is None and customer.forgotten_on is not None:
        return
    phrase = await phrase_for_customer(session, customer.id)
    reader = Reader(customer.reference_email if to is None else to, customer.language, phrase)
    await put(
        session,
        key=f"{key}:mail",
        channel=Channel.MAIL,
        payload=replace(what, reader=reader).to_json(),
        now=now,
        not_before=not_before,
    )
