"""What a chat has decided about its reminders, as values that services hand to the screens (DOMAIN.md 6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.catalogue import Rules
from bot.domain.reminders import MuteLevel, steps_of_declined
from bot.services.errors import NotYours

DAYS_IN_A_WEEK = 7


class ByMail(StrEnum):
    """When reminders come by e-mail. The values stand in texts."""

    NEVER = "never"
    """The operator has set up no e-mail."""
    UNREACHABLE = "unreachable"
    """Once the chat cannot be reached any more."""
    TOO = "too"
    """Beside those of the chat, because the chat asked for it."""
    ALWAYS = "always"
    """Beside those of the chat, because the operator sends them to everybody."""

    @property
    def is_choice(self) -> bool:
        """Whether it is for the chat to say."""
        return self in {ByMail.UNREACHABLE, ByMail.TOO}


@dataclass(frozen=True, slots=True)
class About:
    """Which mailboxes a button speaks of: one, or those of a customer that expire by a day.

    Either `mailbox_id` is given, or `customer_id` and `by`.
    """

    mailbox_id: int | None = None
    customer_id: int | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Silenced:
    """A mailbox, and how much a chat has silenced it. `until` is the day to which the next reminder was put off.

    `can_put_off` says whether there is any such day, `automatic` that it renews itself: the notice before the charge is
    owed, and comes all the same. `declined` says that its customer does not renew it: then little comes, whatever the
    chat wants to hear.
    """

    mailbox_id: int
    address: str
    plan_id: str
    expires_on: date
    mute: MuteLevel | None
    until: date | None
    can_put_off: bool
    automatic: bool
    declined: bool


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step of the ladder (days before the expiry, negative after it), and whether the chat wants it.

    `is_last` marks those that take one more confirmation to switch off.
    """

    step: int
    wanted: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """All that a chat has decided about its reminders.

    Attributes:
        steps: the ladder, from far to near.
        mailboxes: every mailbox that reminders may speak of, the soonest expiry first.
        phrase: the security phrase, None while there is none.
        by_mail: when reminders come by e-mail.
    """

    steps: tuple[StepWish, ...]
    mailboxes: tuple[Silenced, ...]
    phrase: str | None
    by_mail: ByMail

    @property
    def plans(self) -> frozenset[str]:
        """The plans of the mailboxes."""
        return frozenset(box.plan_id for box in self.mailboxes)

    @property
    def wanted(self) -> tuple[int, ...]:
        """The steps that are wanted."""
        return tuple(each.step for each in self.steps if each.wanted)

    @property
    def last_wanted(self) -> tuple[int, ...]:
        """What still comes about a mailbox of which only the last reminders are wanted."""
        return tuple(each.step for each in self.steps if each.wanted and each.is_last)

    def last_of(self, box: Silenced, rules: Rules) -> tuple[int, ...]:
        """The same of one of the mailboxes: of one that is not renewed less comes."""
        steps = steps_of_declined(rules)
        return tuple(step for step in self.last_wanted if not box.declined or step in steps)

    @property
    def automatic(self) -> bool:
        """Whether one of the mailboxes renews itself, so that a notice comes whatever is silenced."""
        return any(box.automatic for box in self.mailboxes)

    @property
    def muted(self) -> tuple[Silenced, ...]:
        """The mailboxes that are muted."""
        return tuple(box for box in self.mailboxes if box.mute is not None)

    @property
    def snoozed(self) -> tuple[Silenced, ...]:
        """The mailboxes whose next reminder was put off."""
        return tuple(box for box in self.mailboxes if box.until is not None)

    def mailbox(self, mailbox_id: int) -> Silenced:
        """One of the mailboxes.

        Raises:
            NotYours: it is not among them.
        """
        for box in self.mailboxes:
            if box.mailbox_id == mailbox_id:
                return box
        raise NotYours


@dataclass(frozen=True, slots=True)
class SnoozeChoices:
    """The days to which a reminder can be put off: from `first` to `limit`, both included; none when they cross.

    `addresses` are the mailboxes, the soonest expiry first; `last_come` says whether the last reminders before the
    expiry and the deletion come all the same, as the chat has not switched all of them off; `automatic` that one of
    the mailboxes renews itself, and its notice comes all the same.
    """

    addresses: tuple[str, ...]
    first: date
    limit: date
    last_come: bool
    automatic: bool

    @property
    def possible(self) -> bool:
        """Whether there is any such day."""
        return self.first <= self.limit

    @property
    def next_week(self) -> date | None:
        """A week from today, where that is not too late."""
        day = self.first + timedelta(days=DAYS_IN_A_WEEK - 1)
        return day if day <= self.limit else None
