"""The link in an order's e-mail that leads to its withdrawal: opaque, and stored hashed (DOMAIN.md 7)."""

import hashlib
import secrets
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, WithdrawalLinkRow

_TOKEN_BYTES: Final = 32
_PATH: Final = "withdrawal"


def link_digest(token: str) -> bytes:
    """What is stored of the token in such a link."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


async def new_link(session: AsyncSession, order: OrderRow, web: str, language: str) -> str:
    """The address on the pages at `web` by which this order is withdrawn from, in a language; one for each order."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(WithdrawalLinkRow(order_id=order.id, token_hash=link_digest(token), language=language))
    await session.flush()
    return f"{web}/{_PATH}/{token}"
