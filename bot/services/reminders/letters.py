"""What the planner writes to the outbox: which mailboxes a message is about, and nothing that may change meanwhile."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from bot.db.tables import LinkTokenRow
from bot.domain.calendar import charge_date
from bot.domain.reminders import Subject
from bot.messages.versions import check_readable, stamped
from bot.services.people.linking import new_link_token
from bot.services.sending.owed import KEY_OF_NOTICE
from bot.services.surroundings import Surroundings

MESSAGE: Final = "reminder"
"""The name of the message in a payload that waits; `telling` gives it the name of its subject."""
MOST_MAILBOXES: Final = 99
"""Mailboxes of one message: as many as one order can have. More make further messages."""


_DIGEST: Final = 12
"""Hexadecimal digits at the end of a key."""
WITH_LINK: Final = frozenset({Subject.RENEW, Subject.AUTOMATIC, Subject.NOT_CHARGED, Subject.NOT_RENEWING})
"""What an e-mail carries a deep link for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mailbox of a message, with the expiry and the step that made it due; None for a day that was asked for."""

    mailbox_id: int
    expires_on: date
    step: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is due: to a chat, or by e-mail where `chat_id` is None.

    `order` is the number of the order that awaits payment, for messages about one. `plan` names the plan that it was
    part of: what could not be told is planned again. `instead` marks an e-mail that takes the place of a message to a
    chat: one that is gone, or does not get what is owed in time. `token` is the deep link's, for an e-mail. What is
    `owed` is the notice of automatic renewals, which nobody can silence (`bot.services.reminders.owed`).
    """

    customer_id: int
    subject: Subject
    entries: tuple[Entry, ...]
    plan: str
    chat_id: int | None
    order: str | None = None
    instead: bool = False
    token: str | None = None
    owed: bool = False

    @property
    def key(self) -> str:
        """The key of the outbox row: the same message of a plan to the same reader has the same one."""
        return f"{_stem(self)}{self._digest()}"

    def keys_to(self, chat_id: int | None, *, instead: bool = False) -> tuple[str, str]:
        """The first and the last key that a message of this plan to this reader can have, whatever its mailboxes are.

        All of them are of one form: they lie together in every collation.
        """
        stem = _stem(replace(self, chat_id=chat_id, instead=instead))
        return f"{stem}{'0' * _DIGEST}", f"{stem}{'f' * _DIGEST}"

    def payload(self) -> dict[str, Any]:
        """What waits in the outbox."""
        facts = {
            "message": MESSAGE,
            "customer": self.customer_id,
            "subject": self.subject.value,
            "plan": self.plan,
            "order": self.order,
            "entries": [
                [entry.mailbox_id, entry.expires_on.isoformat(), entry.step] for entry in self.entries
            ],
            **({} if self.token is None else {"token": self.token}),
            **({"owed": True} if self.owed else {}),
            **({"instead": True} if self.owed and self.instead else {}),
        }
        return stamped(facts)

    @classmethod
    def read(cls, payload: Mapping[str, Any], chat_id: int | None) -> Self:
        """Read a payload that `payload` wrote, in this release or the first one.

        Raises:
            UnreadablePayload: a newer release wrote it.
        """
        check_readable(payload)
        return cls(
            customer_id=payload["customer"],
            subject=Subject(payload["subject"]),
            entries=tuple(
                Entry(mailbox_id, date.fromisoformat(expires_on), step)
                for mailbox_id, expires_on, step in payload["entries"]
            ),
            plan=payload["plan"],
            chat_id=chat_id,
            order=payload["order"],
            token=payload.get("token"),
            owed=payload.get("owed", False),
            instead=payload.get("instead", False),
        )

    def _digest(self) -> str:
        said = (
            self.subject.value,
            [(entry.mailbox_id, entry.expires_on, entry.step) for entry in self.entries],
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:_DIGEST]


def _stem(letter: Letter) -> str:
    mail = "mail:instead" if letter.instead else "mail"
    reader = mail if letter.chat_id is None else f"chat:{letter.chat_id}"
    what = KEY_OF_NOTICE if letter.owed else "remind:"
    return f"{what}{letter.order or letter.customer_id}:{reader}:{letter.plan}-"


def in_letters(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """The entries in portions of one message each, the soonest expiry first."""
    ordered = sorted(entries, key=lambda entry: (entry.expires_on, entry.mailbox_id))
    return [
        tuple(ordered[start : start + MOST_MAILBOXES]) for start in range(0, len(ordered), MOST_MAILBOXES)
    ]


def link_for(surroundings: Surroundings, letter: Letter) -> tuple[str, LinkTokenRow]:
    """A deep-link token that opens the renewal of the letter's mailboxes, and its row.

    A notice's is good until the day of the last charge that it announces, or as long as any.
    """
    first, *others = letter.entries
    days = surroundings.catalogue.rules.link_token_days
    if letter.owed:  # until the last charge can be stopped, so can it be from the notice
        today, catalogue = surroundings.today(), surroundings.catalogue
        days = max(days, *((charge_date(each.expires_on, catalogue) - today).days for each in letter.entries))
    return new_link_token(
        surroundings,
        letter.customer_id,
        mailbox_id=None if others else first.mailbox_id,
        due_by=others[-1].expires_on if others else None,
        good_for=timedelta(days=days),
    )
