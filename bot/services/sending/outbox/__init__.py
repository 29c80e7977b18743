"""The outbox: what has to leave the bot is written in the transaction that causes it, and sent from there.

Why, and what is sent twice at the worst: DOMAIN.md 5, docs/decisions/005-sent-at-least-once.md. A row is `due`, is
claimed by one sender for the length of a lease, and is settled with what became of it::

    due ──claim──▶ claimed ──settle──▶ sent | unreachable | unknown | obsolete | failed
     ▲                │                          │
     ├── try again ◀──┴── the sender died: once the lease is over, the row can be claimed again
     └── the chat's user came back ◀─────────────┘

`writing` puts something in. `hands` take it out, by what `claiming` finds free, and store what `settling` makes of the
outcome; `model` has their words.
"""

from bot.services.sending.outbox.claiming import KEY_OF_CODE, PAUSED, WAITING
from bot.services.sending.outbox.hands import LEASE, Outbox
from bot.services.sending.outbox.model import (
    Channel,
    Claimed,
    Depth,
    Judge,
    Leave,
    Outcome,
    Ready,
    Result,
    Sender,
    Wording,
)
from bot.services.sending.outbox.settling import FEWEST_ATTEMPTS, FIRST_PAUSE, GIVE_UP_AFTER, LONGEST_PAUSE
from bot.services.sending.outbox.writing import (
    KEY_OF_FORGOTTEN,
    STAYS_TRUE,
    UNREACHABLE_FOR,
    Message,
    put,
    put_many,
    send_again,
)

__all__ = [
    "FEWEST_ATTEMPTS",
    "FIRST_PAUSE",
    "GIVE_UP_AFTER",
    "KEY_OF_CODE",
    "KEY_OF_FORGOTTEN",
    "LEASE",
    "LONGEST_PAUSE",
    "PAUSED",
    "STAYS_TRUE",
    "UNREACHABLE_FOR",
    "WAITING",
    "Channel",
    "Claimed",
    "Depth",
    "Judge",
    "Leave",
    "Message",
    "Outbox",
    "Outcome",
    "Ready",
    "Result",
    "Sender",
    "Wording",
    "put",
    "put_many",
    "send_again",
]
