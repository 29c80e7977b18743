"""Who is told of a mailbox, and by which way: the judgement over its chats and its e-mail (DOMAIN.md 6)."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bot.domain.catalogue import Catalogue, RemindByMail
from bot.domain.reminders import Due, Watched, Wishes, due_for

Chat = TypeVar("Chat", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reader:
    """A chat of the mailbox's customer, as far as telling goes.

    Attributes:
        reachable: false once it was found to be blocked or gone.
        wishes: what it wants to hear of this mailbox.
        beside: what it wants to hear by e-mail too; None where it did not ask for that.
        waiting: whether a reminder of the mailbox still waits to be sent to it: a day that was asked for adds nothing.
    """

    reachable: bool
    wishes: Wishes
    beside: Wishes | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Audience(Generic[Chat]):
    """Whom to tell now: each chat with what is due to it, and what is due by e-mail, None for nothing."""

    chats: Mapping[Chat, Due]
    mail: Due | None


def audience(
    watched: Watched,
    readers: Mapping[Chat, Reader],
    by_mail: Wishes,
    told: int | None,
    catalogue: Catalogue,
    today: date,
) -> Audience[Chat]:
    """Whom to tell of a mailbox today, and what.

    Args:
        watched: the mailbox.
        readers: its customer's chats.
        by_mail: what the reference e-mail is to hear of it, when it is its turn.
        told: the most urgent step that was told for this expiry already, None when none was.
        catalogue: the ladder, and who gets reminders by e-mail.
        today: the day it is.
    """
    # 1. Every chat that is reached hears what is due to it.
    reached = {chat: reader for chat, reader in readers.items() if reader.reachable}
    chats: dict[Chat, Due] = {}
    for chat, reader in reached.items():
        due = due_for(watched, reader.wishes, told, catalogue, today)
        if due is not None and (due.step is not None or not reader.waiting):
            chats[chat] = due
    # 2. The e-mail says it too for those that asked for that, and are told.
    mail = [
        due_for(watched, beside, told, catalogue, today)
        for chat in chats
        if (beside := reached[chat].beside) is not None
    ]
    # 3. It speaks for itself when no chat is reached, or when the operator writes to everybody.
    if not reached or catalogue.rules.remind_by_mail is RemindByMail.ALWAYS:
        mail.append(due_for(watched, by_mail, told, catalogue, today))
    # 4. Of all this the e-mail says the most urgent.
    return Audience(chats, most_urgent([due for due in mail if due is not None]))


def most_urgent(dues: Sequence[Due]) -> Due | None:
    """The most urgent of several; a day that was asked for is less urgent than every step. None of none."""
    return min(dues, key=lambda due: float("inf") if due.step is None else due.step, default=None)
