"""The notice of an automatic renewal: owed, and no reminder (DOMAIN.md 6, art. 65-bis Consumer Code).

Nothing that readers wish makes it silent, and no hour and no holiday makes it late. All functions are pure; days are
calendar days in Rome.
"""

from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.calendar import notice_date
from bot.domain.catalogue import Catalogue, Rules
from bot.domain.mailboxes import days_left
from bot.domain.reminders import Watched, may_leave, next_opening

LAWFUL_DAYS: Final = 30
"""Days before the expiry by which the law wants it told: no number for an operator to choose."""
NEXT_WAY_AFTER: Final = timedelta(hours=1)
"""How long an e-mail waits for a chat that was chosen: what has not arrived there by then goes by e-mail too."""


def last_lawful_day(expires_on: date) -> date:
    """The last day on which the notice of this expiry is in time."""
    return expires_on - timedelta(days=LAWFUL_DAYS)


def is_owed(watched: Watched, catalogue: Catalogue, today: date) -> bool:
    """Whether the notice has to have been told by now: from its day until that of the charge, which it announces.

    Of a mailbox that is gone none is: that a charge may come all the same is a case in the office (docs/decisions/034).
    An order that awaits payment takes nothing from it: who charges may charge all the same.
    """
    rules = catalogue.rules
    return (
        watched.automatic
        and not watched.gone
        and not watched.own_domain
        and today >= notice_date(watched.expires_on, rules)
        and days_left(watched.expires_on, today) >= rules.auto_renew_charge_days
    )


def next_way_at(moment: datetime) -> datetime:
    """When the next way is gone, `moment` being that of the first: on the same day, so at once late in the evening.

    Both are in Rome.
    """
    later = moment + NEXT_WAY_AFTER
    return later if later.date() == moment.date() else moment


def is_late(expires_on: date, today: date) -> bool:
    """Whether the last lawful day has passed."""
    return today > last_lawful_day(expires_on)


def presses(moment: datetime, expires_on: date, rules: Rules) -> bool:
    """Whether the next opening of reminders would come after the last lawful day: the notice leaves at once then.

    `moment` is in Rome.
    """
    return next_opening(moment, rules, urgent=False).date() > last_lawful_day(expires_on)


def may_be_told(moment: datetime, expires_on: date, rules: Rules) -> bool:
    """Whether the notice may leave now: at the hours of reminders, or at any hour once it presses."""
    return may_leave(moment, rules, urgent=False) or presses(moment, expires_on, rules)
