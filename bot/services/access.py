"""The gate: what a chat may do for which customers (DOMAIN.md 1, 9).

Every service that is asked by a chat for a mailbox, a holder or an order asks here, by adding `may` to the statement
that reads the thing: what the chat may not touch is not found, and `NotYours` does not tell the two apart. A draft
belongs to its chat besides, and its holder is asked for here each time.

Today a chat that is bound to a customer may do everything for it. Who is *told* of something is another question, asked
from the customer's side: `chats_of` answers it, and `bot.services.reminders.batch` with what each chat wants to hear.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, exists, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.tables import ChatCustomerRow
from bot.services.errors import NotYours


class Action(StrEnum):
    """What a chat asks to do for a customer.

    `SEE`: look at mailboxes, deadlines and orders. `RENEW`: prepare a renewal, with the holder's data, and order it.
    `CANCEL`: cancel an order. `WITHDRAW`: withdraw from one as its consumer. `PAY`: choose how an open one is paid, and
    say that it is. `SWITCH`: switch a mailbox's automatic renewal on or off. `BE_REMINDED`: choose what this chat is
    reminded of. `SET_EMAIL`: change the reference e-mail, which gets codes to get in. `FORGET`: delete
    everything of it.
    """

    SEE = "see"
    RENEW = "renew"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    PAY = "pay"
    SWITCH = "switch"
    BE_REMINDED = "be_reminded"
    SET_EMAIL = "set_email"
    FORGET = "forget"


_BOUND: Final = frozenset(Action)
"""What a chat may do for the customers that it is bound to."""


class Operators:
    """The people of the operator's own who may decide on money in the chat (`OPERATOR_USER_IDS`).

    Each is known by the number of the private chat, which is the person's: a group is never one.
    """

    def __init__(self, chat_ids: Collection[int]) -> None:
        """Let in these, and nobody else."""
        self._chat_ids = frozenset(chat_ids)

    def include(self, chat_id: int) -> bool:
        """Whether this chat is one of theirs."""
        return chat_id in self._chat_ids

    def require(self, chat_id: int) -> None:
        """Go on for one of theirs alone.

        Raises:
            NotYours: it is somebody else.
        """
        if not self.include(chat_id):
            raise NotYours


def granted() -> frozenset[Action]:
    """What the gate grants at all: who keeps a statement with `may` in it builds it for this."""
    return _BOUND


def may(
    chat_id: int | ColumnElement[int], action: Action, customer: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """The condition under which a chat may do something for the customer in a column of a statement.

    Args:
        chat_id: Telegram's, of the chat that asks; or the column of the statement that has it.
        action: what it asks to do.
        customer: the column with the customer's id, such as `MailboxRow.customer_id`.
    """
    if action not in _BOUND:
        return false()
    return customer.in_(select(ChatCustomerRow.customer_id).where(ChatCustomerRow.chat_id == chat_id))


def bound(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the chat in a column of a statement is bound to any customer at all: it says nothing of which."""
    return exists().where(ChatCustomerRow.chat_id == chat_id)


async def chats_of(session: AsyncSession, customer_id: int) -> Sequence[int]:
    """The chats that are told of what happens to a customer: those that are bound to it, reachable or not."""
    chats = await session.scalars(
        select(ChatCustomerRow.chat_id).where(ChatCustomerRow.customer_id == customer_id)
    )
    return chats.all()
