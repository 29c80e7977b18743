"""Deadlines as a file for calendars (iCalendar, RFC 5545): one all-day event for each mailbox.

An event keeps its UID for the life of the mailbox and its SEQUENCE grows with its day: a file that is asked for after a
renewal moves the events of the last one, where a calendar knows how to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from bot.domain.catalogue import Catalogue
from bot.domain.deadlines import Deadline
from bot.domain.mailboxes import deletion_date
from bot.messages.words import plan_name
from bot.texts import Translator

ALARM_DAYS: Final = (30, 7, 1)
"""How many days before the deadline a calendar rings, where so many are left."""
ALARM_AT: Final = time(9)
"""The time of day at which it does, in the zone in which times are shown."""
_PRODUCT: Final = "-//Rinnovo//PEC//"
_EPOCH: Final = date(2000, 1, 1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Issue:
    """Who makes a file, and when.

    Attributes:
        bot_id: Telegram's number of the bot, which tells the mailboxes of one operator from those of another.
        link: the address of the chat in which to renew.
        now: an aware instant; `today` is its day in Rome.
    """

    bot_id: int
    link: str
    now: datetime
    today: date
    zone: tzinfo


def calendar_file(
    deadlines: Iterable[Deadline], translator: Translator, catalogue: Catalogue, issue: Issue
) -> bytes:
    """Write the file in the translator's language, soonest first, with the names and rules of the catalogue."""
    calendar = Calendar()
    calendar.add("prodid", f"{_PRODUCT}{translator.locale.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", translator.plain("calendar-name", operator=catalogue.operator.name))
    for deadline in sorted(deadlines, key=lambda each: (each.day, each.mailbox.id)):
        calendar.add_component(_event(deadline, translator, catalogue, issue))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, translator: Translator, catalogue: Catalogue, issue: Issue) -> Event:
    event = Event()
    event.add("uid", _uid(deadline, issue))
    event.add("sequence", (deadline.day - _EPOCH).days)
    event.add("dtstamp", issue.now)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + _DAY)
    event.add(
        "summary",
        translator.plain("calendar-summary", kind=_kind(deadline), address=deadline.mailbox.address),
    )
    event.add("description", _description(deadline, translator, catalogue, issue))
    event.add("url", issue.link)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy all day
    for days in ALARM_DAYS:
        # What renews itself calls nobody to act: of its charge the bot tells in time.
        if deadline.charged_on is None and deadline.day - days * _DAY > issue.today:
            event.add_component(_alarm(deadline, days, translator, issue.zone))
    return event


def _uid(deadline: Deadline, issue: Issue) -> str:
    """The same for a mailbox in every file; made of two numbers that say nothing about anybody."""
    return str(
        uuid5(NAMESPACE_URL, f"https://telegram.org/bots/{issue.bot_id}/mailboxes/{deadline.mailbox.id}")
    )


def _kind(deadline: Deadline) -> str:
    if deadline.is_last:
        return "last-day"
    return "expiry" if deadline.charged_on is None else "auto-renew"


def _description(deadline: Deadline, translator: Translator, catalogue: Catalogue, issue: Issue) -> str:
    mailbox = deadline.mailbox
    plan = catalogue.plans.get(mailbox.plan_id)
    return translator.plain(
        "calendar-description",
        kind=_kind(deadline),
        address=mailbox.address,
        plan=plan_name(translator, catalogue, mailbox.plan_id),
        expires=mailbox.expires_on,
        charged=deadline.charged_on or mailbox.expires_on,
        last=deletion_date(mailbox, catalogue),
        own=plan is not None and plan.own_domain,
        link=issue.link,
        today=issue.today,
    )


def _alarm(deadline: Deadline, days: int, translator: Translator, zone: tzinfo) -> Alarm:
    """Rings at an instant: a span before an all-day event loses its hours in some calendars, and rings a day late."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    rings = datetime.combine(deadline.day - days * _DAY, ALARM_AT, zone).astimezone(UTC)
    alarm.add(
        "trigger", rings, parameters={"VALUE": "DATE-TIME"}
    )  # the library leaves the type out by itself
    alarm.add(
        "description",
        translator.plain("calendar-alarm", kind=_kind(deadline), address=deadline.mailbox.address, days=days),
    )
    return alarm
