"""What is kept as evidence of a message whose outcome is final: in the chain of its order, or of each of its mailboxes.

A notice that is owed and a message about an order are kept in the words that were sent, other reminders as the version
of the text and its values (DOMAIN.md 7). A reminder that was of no use any more told nobody anything: it is not kept.
Tokens of links, which open something to whoever has them, are left out: a document passes through many hands.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from bot.db.base import table_of
from bot.db.tables import OrderRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.services.evidence.writing import Entry, Kept
from bot.services.sending.filling import KEY_OF_SPACE
from bot.services.sending.outbox.model import Channel, Claimed, Outcome, Result
from bot.services.sending.owed import KEY_OF_NOTICE

_ORDER: Final = table_of(OrderRow)
_NUMBERED: Final = select(_ORDER.c.number, _ORDER.c.id).where(
    _ORDER.c.number.in_(bindparam("numbers", expanding=True))
)
_REMINDER: Final = "remind:"
_LINK: Final = re.compile(r"""(?P<host>https?://[^\s<>"'/?#]+)(?P<rest>[^\s<>"']*)""")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,}")
_HIDDEN: Final = "…"


def entries_of(connection: Connection, settled: Sequence[tuple[Claimed, Outcome]]) -> list[Entry]:
    """What is to be recorded of rows with their final outcomes; whatever is about no order and no mailbox is not.

    Args:
        connection: to find the orders by; one statement, and none where no message is about an order.
        settled: the rows and what became of them.
    """
    numbers = {number for claimed, _ in settled if (number := _order_of(claimed)) is not None}
    orders: Mapping[str, int] = (
        {row.number: row.id for row in connection.execute(_NUMBERED, {"numbers": sorted(numbers)})}
        if numbers
        else {}
    )
    entries: list[Entry] = []
    for claimed, outcome in settled:
        if claimed.key.startswith(_REMINDER):
            entries += _of_reminder(claimed, outcome)
        elif claimed.key.startswith(KEY_OF_SPACE):
            entries += _of_space(claimed, outcome)
        elif (number := _order_of(claimed)) in orders and outcome.result is not Result.OBSOLETE:
            value = _told(claimed, outcome, words=True)
            entries.append(Entry(Chain(Subject.ORDER, orders[str(number)]), Kind.TOLD, value))
    return entries


def entries_of_notice(
    claimed: Claimed, outcome: Outcome, settled: Collection[tuple[int, Any]]
) -> list[Entry]:
    """What is to be recorded of a notice that is owed: for each mailbox and expiry that was `settled` by it."""
    value = _told(claimed, outcome, words=True)
    return [
        Entry(
            Chain(Subject.MAILBOX, mailbox_id),
            Kind.TOLD,
            value | {"about": claimed.payload.get("subject"), "expires_on": expires_on.isoformat()},
        )
        for mailbox_id, expires_on in sorted(settled)
    ]


def _of_reminder(claimed: Claimed, outcome: Outcome) -> list[Entry]:
    if outcome.result is Result.OBSOLETE:
        return []
    value = _told(claimed, outcome, words=False) | {"about": claimed.payload.get("subject")}
    about = None if outcome.said is None else outcome.said.about
    return [
        Entry(
            Chain(Subject.MAILBOX, mailbox_id),
            Kind.TOLD,
            value | {"expires_on": expires_on, "step": step},
            Kept.REMINDER,
        )
        for mailbox_id, expires_on, step in claimed.payload.get("entries", ())
        if about is None or mailbox_id in about
    ]


def _of_space(claimed: Claimed, outcome: Outcome) -> list[Entry]:
    if outcome.result is Result.OBSOLETE:
        return []
    value = _told(claimed, outcome, words=False)
    return [
        Entry(
            Chain(Subject.MAILBOX, mailbox_id),
            Kind.TOLD,
            value | {"archive": archive, "level": level},
            Kept.REMINDER,
        )
        for mailbox_id, archive, level, _ in claimed.payload.get("entries", ())
    ]


def _told(claimed: Claimed, outcome: Outcome, *, words: bool) -> dict[str, Any]:
    said = outcome.said
    value = {
        "message": claimed.payload.get("message"),
        "channel": claimed.channel.value,
        "chat": claimed.chat_id,
        "outcome": outcome.result.value,
        "reason": outcome.reason,
        "attempts": claimed.attempts,
    }
    if said is None:
        return value
    value |= {"to": said.to, "reply": said.reply, "language": said.language, "catalogue": said.catalogue}
    if words:
        return value | {"words": _without_tokens(said.words, claimed.payload)}
    return value | {"text": hashlib.sha256(said.words.encode()).hexdigest()}


def _without_tokens(words: str, payload: Mapping[str, Any]) -> str:
    """The words without what is known to be a token, or looks like one in a link, and without where an invoice is."""
    invoice = payload.get("invoice")
    if isinstance(invoice, Mapping) and (url := invoice.get("url")):
        words = words.replace(str(url), _LINK.sub(rf"\g<host>/{_HIDDEN}", str(url)))
    words = _LINK.sub(lambda link: link["host"] + _TOKEN.sub(_HIDDEN, link["rest"]), words)
    return words.replace(str(token), _HIDDEN) if (token := payload.get("token")) else words


def _order_of(claimed: Claimed) -> str | None:
    """The number of the order that a message to a customer is about."""
    if (
        claimed.channel is Channel.EVENT
        or claimed.key.startswith((_REMINDER, KEY_OF_NOTICE, KEY_OF_SPACE))
        or str(claimed.payload.get("message", "")).startswith("operator-")
    ):
        return None
    number = claimed.payload.get("order")
    return number if isinstance(number, str) else None
