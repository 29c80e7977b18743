"""Which reminder of an expiry is due, for whom, and at which hours it may leave (DOMAIN.md 6).

A step of the ladder is a number of days before the expiry, negative after it: 30, 0, -7. The steps after the expiry
are written for the deletion by the rules; where a plan has another one they fall in proportion (`day_of`), and keep
their names: -85 is the last one before the deletion under every plan. All functions are pure; days are calendar days in
the operator's time zone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.calendar import is_public_holiday, notice_date
from bot.domain.catalogue import Catalogue, Rules
from bot.domain.mailboxes import HasExpiry, days_left, deletion_date, deletion_days, is_deleted


class Subject(StrEnum):
    """What a reminder is about. The values are stored with messages that wait to be sent."""

    RENEW = "renew"
    """The mailbox expires, or has expired: it can be renewed here."""
    AWAITING_PAYMENT = "awaiting-payment"
    """It is in an order that nobody has paid."""
    AWAITING_DECISION = "awaiting-decision"
    """It is in an order whose VAT the operator has not decided: nobody can pay it yet."""
    AUTOMATIC = "automatic"
    """It renews itself: what will be charged, when, and how to stop it (art. 65-bis Consumer Code)."""
    NOT_CHARGED = "not-charged"
    """It should have renewed itself, and no payment came."""
    NOT_RENEWING = "not-renewing"
    """Its customer has said that it is not renewed: what happens to it, and how to take that back."""
    OWN_DOMAIN = "own-domain"
    """It is renewed with its domain, elsewhere."""
    DELETED = "deleted"
    """Its last day has passed: nothing can save it any more, and a new one can be bought."""


class MuteLevel(StrEnum):
    """How much silence is wanted about a mailbox. The values are stored."""

    MOST = "most"
    """Only the last steps before the expiry and before the deletion."""
    ALL = "all"


LAST_DAY: Final = -10_000
"""The step of the last day on which a mailbox can be saved; nobody can choose it away.

It is no number of days: the days until the deletion may become fewer while a later step is told already.
"""
END: Final = -10_001
"""The step under which the end is noted as told: past the whole ladder and the last day."""
DAYS_AFTER_DELETION: Final = 7
"""For so many days after its last one the end of a mailbox may be told: of one that went long ago nothing is news."""
_HOLIDAYS_IN_A_ROW: Final = 4
"""By so many days at most a notice is brought forward: Easter and its Monday, with 25 April before or after them."""
_STRENGTH: Final[Mapping[MuteLevel | None, int]] = {None: 0, MuteLevel.MOST: 1, MuteLevel.ALL: 2}


def either_silence(*levels: MuteLevel | None) -> MuteLevel | None:
    """What is left to hear where each of several may silence: the most silence that one of them wants."""
    return max(levels, key=_STRENGTH.__getitem__, default=None)


def common_silence(levels: Collection[MuteLevel | None]) -> MuteLevel | None:
    """What all of several readers have silenced alike: the least silence that one of them wants; none of no readers."""
    return min(levels, key=_STRENGTH.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Watched:
    """A mailbox, as far as its reminders go.

    `automatic` says that it renews itself, `declined` that its customer has said that it is not renewed, `gone` that it
    was marked gone: nothing at all is told of it (docs/decisions/034); `undecided` that nobody can pay its order
    before the operator's word on the VAT.
    """

    expires_on: date
    plan_id: str
    automatic: bool
    own_domain: bool
    has_open_order: bool
    declined: bool = False
    gone: bool = False
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one reader wants to hear about one mailbox.

    Attributes:
        off: the steps that are not wanted.
        mute: how much silence, None for none.
        snoozed_until: the day of the reminder that was asked for instead, None without one.
    """

    off: frozenset[int] = frozenset()
    mute: MuteLevel | None = None
    snoozed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that is due now. `step` is None when it was asked for on this day and the ladder has nothing new."""

    step: int | None


def subject_of(watched: Watched, catalogue: Catalogue, today: date) -> Subject:
    """What a reminder of this mailbox is about today."""
    if watched.own_domain:
        return Subject.OWN_DOMAIN
    if is_deleted(watched, catalogue, today):
        return Subject.DELETED
    if watched.has_open_order:
        return Subject.AWAITING_DECISION if watched.undecided else Subject.AWAITING_PAYMENT
    if not watched.automatic:
        return Subject.NOT_RENEWING if watched.declined else Subject.RENEW
    left = days_left(watched.expires_on, today)
    return Subject.AUTOMATIC if left >= catalogue.rules.auto_renew_charge_days else Subject.NOT_CHARGED


def full_ladder(rules: Rules) -> tuple[int, ...]:
    """Every step, from the farthest before the expiry to the last one before the deletion."""
    return (*rules.ladder_before, *(-days for days in rules.ladder_after))


def ladder_of(watched: Watched, rules: Rules) -> tuple[int, ...]:
    """The steps of this mailbox.

    A mailbox that renews itself is looked after from the day after the charge: if no payment came by then, it is in
    danger like every other. The notice before the charge is no reminder and no step: see `bot.domain.owed`. Of one that
    its customer does not renew two steps are left (docs/decisions/029).
    """
    steps = _whole_ladder(watched, rules)
    return tuple(step for step in steps if step in steps_of_declined(rules)) if watched.declined else steps


def _whole_ladder(watched: Watched, rules: Rules) -> tuple[int, ...]:
    if not watched.automatic or watched.own_domain or watched.has_open_order:
        return full_ladder(rules)
    check = rules.auto_renew_charge_days - 1
    return (check, *(step for step in full_ladder(rules) if step < check))


def last_steps(rules: Rules) -> frozenset[int]:
    """The last steps before the expiry and before the deletion: they are not silenced by a single tap (DOMAIN.md 6)."""
    near = {step for step in rules.ladder_before if step <= rules.urgent_days}
    return frozenset(near or {rules.ladder_before[-1]}) | {-rules.ladder_after[-1]}


def steps_of_declined(rules: Rules) -> tuple[int, int]:
    """What still comes of a mailbox that is not renewed: the last step before the expiry, and before the deletion."""
    return rules.ladder_before[-1], -rules.ladder_after[-1]


def ahead_of_declined(box: HasExpiry, wishes: Wishes, catalogue: Catalogue, today: date) -> tuple[int, ...]:
    """Which steps a reader with these wishes still hears of a mailbox that is not renewed, from today on."""
    if wishes.mute is MuteLevel.ALL:
        return ()
    return tuple(
        step
        for step in steps_of_declined(catalogue.rules)
        if step not in wishes.off and day_of(step, box, catalogue) >= today
    )


def end_is_near(box: HasExpiry, catalogue: Catalogue, today: date) -> bool:
    """Whether the mailbox was deleted so lately that its end is told, from the day after its last one (DOMAIN.md 6)."""
    last_day = deletion_date(box, catalogue)
    return last_day < today <= last_day + timedelta(days=DAYS_AFTER_DELETION)


def days_before(step: int, plan_id: str | None, catalogue: Catalogue) -> int:
    """How many days before the expiry a step falls for mailboxes of this plan; negative after it.

    Steps after the expiry lie between it and the deletion as they do by the rules, rounded down to be early rather
    than late: with -85 of 90, and a plan that deletes after 30 days, it is -28.
    """
    if step >= 0:
        return step
    rules = catalogue.rules
    return -days_after(-step, deletion_days(plan_id, catalogue), rules.deletion_days)


def days_after(days: int, deletion: int, by_rules: int) -> int:
    """How many days after the expiry a step falls for mailboxes that are deleted `deletion` days after it.

    It is written as `days` after the expiry, for those that are deleted `by_rules` days after it.
    """
    return max(1, days * deletion // by_rules)


def day_of(step: int, box: HasExpiry, catalogue: Catalogue) -> date:
    """The day on which a step falls for a mailbox."""
    return box.expires_on - timedelta(days=days_before(step, box.plan_id, catalogue))


def due_for(
    watched: Watched, wishes: Wishes, told_down_to: int | None, catalogue: Catalogue, today: date
) -> Due | None:
    """The reminder that is due to a reader today, if one is: the most urgent step, never the backlog before it.

    The last day of a mailbox and its end are told whatever their reader wishes: nothing comes after them. Of one
    that is not renewed they are not told: its customer has decided, and was told the day (docs/decisions/029). Of one
    that is gone nobody knows any day.

    Args:
        watched: the mailbox.
        wishes: the reader's.
        told_down_to: the most urgent step that was told for this expiry already, None when none was.
        catalogue: the ladder and the days until the deletion.
        today: the day it is.
    """
    if watched.gone or is_deleted(watched, catalogue, today):
        told = told_down_to is not None and told_down_to <= END
        silent = watched.gone or watched.own_domain or watched.declined
        tells = not silent and end_is_near(watched, catalogue, today)
        return Due(END) if tells and not told else None
    is_last_day = today == deletion_date(watched, catalogue) and not watched.declined
    if is_last_day and (told_down_to is None or told_down_to > LAST_DAY):
        return Due(LAST_DAY)
    if wishes.mute is MuteLevel.ALL:
        return None
    last = last_steps(catalogue.rules)
    snoozed = wishes.snoozed_until is not None and wishes.snoozed_until > today
    woken = wishes.snoozed_until is not None and not snoozed
    wanted = [
        step
        for step in ladder_of(watched, catalogue.rules)
        if day_of(step, watched, catalogue) <= today
        and step not in wishes.off
        and (wishes.mute is None or step in last)
    ]
    step = min(wanted, default=None)
    is_new = step is not None and (told_down_to is None or step < told_down_to)
    if snoozed and step not in last:
        return None
    if is_new:
        return Due(step)
    return Due(None) if woken else None


def still_wanted(
    step: int | None,
    watched: Watched,
    wishes: Wishes,
    told_down_to: int | None,
    catalogue: Catalogue,
    today: date,
) -> bool:
    """Whether a reminder that was planned is the one that its reader would be told today, and nothing newer.

    Its own step is noted as told by then, unless nobody could be told it; a day that was asked for is no longer among
    the wishes. So both are judged as they were before the plan.

    Args:
        step: the step that made it due; None for a day that was asked for.
        watched: the mailbox as it is now.
        wishes: the reader's, as they are now.
        told_down_to: the most urgent step that is noted as told, None when none is.
        catalogue: the ladder.
        today: the day it is.
    """
    if step is None:
        asked = wishes if wishes.snoozed_until else replace(wishes, snoozed_until=today)
        return due_for(watched, asked, told_down_to, catalogue, today) == Due(None)
    if told_down_to is None or told_down_to > step:
        return False
    return due_for(watched, wishes, step + 1, catalogue, today) == Due(step)


def farthest_days(rules: Rules) -> int:
    """How many days before an expiry the first reminder of it, or its notice, may be due."""
    return max(*rules.ladder_before, rules.auto_renew_notice_days + _HOLIDAYS_IN_A_ROW)


def first_look(box: HasExpiry, catalogue: Catalogue, today: date) -> date | None:
    """The first day on which a reminder of this expiry may be due; None when it is too late for any."""
    if is_deleted(box, catalogue, today):
        return today if end_is_near(box, catalogue, today) else None
    return max(today, box.expires_on - timedelta(days=farthest_days(catalogue.rules)))


def next_look(watched: Watched, snoozes: Collection[date], catalogue: Catalogue, today: date) -> date | None:
    """The next day on which something may become due; None when nothing will.

    `snoozes` are the days on which readers asked to be reminded.
    """
    if watched.gone:
        return None
    ladder = [day_of(step, watched, catalogue) for step in ladder_of(watched, catalogue.rules)]
    if watched.automatic and not watched.own_domain:
        ladder.append(notice_date(watched.expires_on, catalogue.rules))
    last_day = deletion_date(watched, catalogue)
    days = [day for day in (*ladder, *snoozes, last_day) if day <= last_day]
    if not watched.own_domain:
        days.append(last_day + timedelta(days=1))
    return min((day for day in days if today < day), default=None)


def is_urgent(box: HasExpiry, catalogue: Catalogue, today: date) -> bool:
    """Whether the expiry, or after it the deletion, is so near that a reminder does not wait for a working day."""
    left = days_left(box.expires_on, today)
    if left < 0:
        left = days_left(deletion_date(box, catalogue), today)
    return 0 <= left <= catalogue.rules.urgent_days


def hours_are_open(moment: datetime, rules: Rules) -> bool:
    """Whether reminders leave at this hour; `moment` is in the operator's time zone."""
    return rules.remind_from_hour <= moment.hour < rules.remind_until_hour


def may_leave(moment: datetime, rules: Rules, *, urgent: bool) -> bool:
    """Whether a reminder may leave now; `moment` is in the operator's time zone."""
    return hours_are_open(moment, rules) and (urgent or not is_public_holiday(moment.date()))


def next_opening(moment: datetime, rules: Rules, *, urgent: bool) -> datetime:
    """The first moment, from `moment` on, at which a reminder may leave; both in Rome."""
    if may_leave(moment, rules, urgent=urgent):
        return moment
    day = moment.date()
    if moment.hour >= rules.remind_from_hour:
        day += timedelta(days=1)
    while not urgent and is_public_holiday(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(rules.remind_from_hour), moment.tzinfo)


def snooze_limit(box: HasExpiry, catalogue: Catalogue, today: date) -> date:
    """The last day to which a reminder can be put off: the expiry, and after it the last day before the deletion."""
    return box.expires_on if today < box.expires_on else deletion_date(box, catalogue)
