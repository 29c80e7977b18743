"""The codes in e-mails: one by which a customer's e-mails are chosen, one that undoes a single wish (DOMAIN.md 6).

Both are made of the customer's number and a seal with the secret of the database, so that nothing of them is stored.
"""

import base64
import hmac
from dataclasses import dataclass
from typing import Final

from bot.db.keys import KeyRing
from bot.services.reminders.batch import MAIL_MUTES

_LONGEST_ID: Final = 18
"""Digits of a customer's number, and of a wish's."""


def unsubscribe_code(keys: KeyRing, customer_id: int) -> str:
    """What proves that a request to stop e-mails comes from one of them; the same in all e-mails of a customer."""
    return f"{customer_id}-{_seal(keys, f'stop-mail:{customer_id}')}"


def customer_of_code(keys: KeyRing, code: str) -> int | None:
    """The customer of a code that `unsubscribe_code` made; None for any other text."""
    customer_id = _number(code.partition("-")[0])
    if customer_id is None or not _same(unsubscribe_code(keys, customer_id), code):
        return None
    return customer_id


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo code is good for: to bring back `word` in place of the customer's wish with this number."""

    customer_id: int
    wish: int
    word: str


def undo_code(keys: KeyRing, undoing: Undoing) -> str:
    """A code that undoes this one wish: once there is a later one, it is good for nothing."""
    said = f"{undoing.customer_id}-{undoing.wish}-{undoing.word}"
    return f"{said}-{_seal(keys, f'undo-mail:{said}')}"


def undoing_of_code(keys: KeyRing, code: str) -> Undoing | None:
    """What a code that `undo_code` made is good for; None for any other text."""
    customer, _, rest = code.partition("-")
    wish, _, rest = rest.partition("-")
    word = rest.partition("-")[0]
    customer_id, number = _number(customer), _number(wish)
    if customer_id is None or number is None or word not in MAIL_MUTES:
        return None
    undoing = Undoing(customer_id, number, word)
    return undoing if _same(undo_code(keys, undoing), code) else None


def _seal(keys: KeyRing, said: str) -> str:
    return base64.urlsafe_b64encode(keys.index(said)[:18]).decode()


def _number(text: str) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_ID:
        return None
    return int(text)


def _same(right: str, given: str) -> bool:
    return hmac.compare_digest(right.encode(), given.encode(errors="replace"))
