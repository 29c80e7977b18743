"""By which way the notice of an automatic renewal goes, and what is not known to have arrived (DOMAIN.md 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import select

from bot.db.tables import CaseRow, MailboxRow, OutboxRow, OwedNoticeRow
from bot.domain.notice_ways import NoticeWay
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result
from tests.services.reminders.conftest import Office, Planning
from tests.support.long_runs import long

SENT: Final = Outcome(Result.SENT)
GONE: Final = Outcome(Result.UNREACHABLE, "blocked")
LOST: Final = Outcome(Result.UNKNOWN, "no answer in time: it may have arrived")
AWAY: Final = Outcome(Result.RETRY, "Telegram is away")
MINUTE = timedelta(minutes=1)


@dataclass
class Wire:
    """What becomes of each message, by channel or chat; what is not named arrives."""

    planning: Planning
    outcomes: Mapping[str | int, Outcome] = field(default_factory=dict)
    sent: list[tuple[datetime, str | int]] = field(default_factory=list)

    async def send(self, claimed: Claimed) -> Outcome:
        """Take a message as its channel does."""
        to = claimed.chat_id if claimed.chat_id is not None else claimed.channel.value
        outcome = self.outcomes.get(to, SENT)
        if outcome is SENT:
            self.sent.append((self.planning.clock.now(), to))
        return outcome

    async def tick(self, *, planned: bool = True) -> list[str | int]:
        """Plan and send all that is due; to whom something arrived."""
        before = len(self.sent)
        if planned:
            await self.planning.plan()
        outbox = Outbox(self.planning.database, self.planning.clock)
        sender = ReminderSender(
            self, self.planning.database, self.planning.surroundings, Addresses(_name, None), mail=True
        )
        again = True
        while again:
            again = False
            for channel in (Channel.TELEGRAM, Channel.MAIL):
                for row in await outbox.claim(channel, 20):
                    again = True
                    await outbox.settle(row, await sender.send(row))
        return [to for _, to in self.sent[before:]]


async def _name() -> str:
    return "rinnovo_bot"


@pytest.fixture
def planning(office: Office) -> Planning:
    """A place to plan from, with e-mail."""
    return office(mail=True)


async def automatic(
    planning: Planning,
    way: NoticeWay | None,
    *,
    expires_in: int = 35,
    customer: str = "rossi",
    chat: int = 7,
) -> int:
    """A mailbox that renews itself, whose customer wants the notice this way; the chat is bound to it."""
    box = await planning.seed.mailbox(customer, expires_in=expires_in, auto_renew=True)
    actor = await planning.join(customer, chat)
    if way is not None:
        await planning.services.auto_renewal.choose_notice_way(actor, box, way)
    async with planning.database.write() as session:  # the news that a chat was linked has left
        for row in await session.scalars(select(OutboxRow)):
            row.state, row.settled_at = "sent", planning.clock.now()
    return box


async def record(planning: Planning) -> dict[str, str | None]:
    """What became of each way."""
    async with planning.database.read() as session:
        rows = await session.scalars(select(OwedNoticeRow).order_by(OwedNoticeRow.id))
        return {row.channel: row.outcome for row in rows}


async def cases(planning: Planning) -> list[CaseRow]:
    """What waits in the office."""
    async with planning.database.read() as session:
        return list((await session.scalars(select(CaseRow).order_by(CaseRow.id))).all())


@pytest.mark.parametrize("way", [None, NoticeWay.MAIL])
async def test_both_ways_at_once_unless_the_chat_alone_was_chosen(
    planning: Planning, way: NoticeWay | None
) -> None:
    await automatic(planning, way)
    assert await Wire(planning).tick() == [7, "mail"]


@pytest.mark.parametrize("hours", [5, *long(1)])
async def test_chosen_in_the_chat_it_comes_there_alone(planning: Planning, hours: int) -> None:
    await automatic(planning, NoticeWay.CHAT)
    wire = Wire(planning)
    assert await wire.tick() == [7]
    for _ in range(0, 30, hours):
        planning.clock.advance(timedelta(hours=hours))
        assert await wire.tick() == []
    assert await record(planning) == {"telegram": "sent", "mail": "obsolete"}
    assert await cases(planning) == []


@pytest.mark.parametrize("outcome", [GONE, LOST])
async def test_what_no_chat_is_known_to_have_goes_by_email_at_once(
    planning: Planning, outcome: Outcome
) -> None:
    await automatic(planning, NoticeWay.CHAT)
    wire = Wire(planning, {7: outcome})
    assert await wire.tick() == ["mail"]
    assert await record(planning) == {"telegram": outcome.result.value, "mail": "sent"}
    assert await cases(planning) == []


@pytest.mark.soak
async def test_of_two_chats_one_that_arrives_is_enough(planning: Planning) -> None:
    await automatic(planning, NoticeWay.CHAT)
    await planning.join("rossi", 8)
    wire = Wire(planning, {8: GONE})
    await wire.tick()
    assert await record(planning) == {"telegram": "unreachable", "mail": None}
    planning.clock.advance(timedelta(hours=2))
    assert await wire.tick() == []
    assert await cases(planning) == []


AT_ANY_HOUR = pytest.mark.parametrize(
    ("planned_at", "arrives_at"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), datetime(2026, 11, 23, 22, 30, tzinfo=UTC)),
        *long((datetime(2026, 11, 23, 18, 30, tzinfo=UTC), datetime(2026, 11, 23, 19, 30, tzinfo=UTC))),
    ],
)


async def emailed_at(planning: Planning, planned_at: datetime, minutes: Iterable[int]) -> list[datetime]:
    """When it arrived by e-mail, looked for at these minutes from then on while Telegram is away."""
    await automatic(planning, NoticeWay.CHAT, expires_in=30)
    planning.clock.moment = planned_at
    wire = Wire(planning, {7: AWAY})
    arrived = await wire.tick()
    for minute in minutes:
        planning.clock.moment = planned_at + minute * MINUTE
        arrived += await wire.tick()
    assert arrived == ["mail"] * len(wire.sent)
    return [at for at, _ in wire.sent]


@AT_ANY_HOUR
async def test_while_telegram_is_away_it_goes_by_email_on_the_same_day_at_any_hour(
    planning: Planning, planned_at: datetime, arrives_at: datetime
) -> None:
    assert await emailed_at(planning, planned_at, (1, 59, 60, 120)) == [arrives_at]


@pytest.mark.soak
@AT_ANY_HOUR
async def test_so_it_does_where_it_is_looked_for_in_every_minute(
    planning: Planning, planned_at: datetime, arrives_at: datetime
) -> None:
    assert await emailed_at(planning, planned_at, range(1, 121)) == [arrives_at]


async def test_without_a_chat_that_is_reached_the_email_waits_for_none(planning: Planning) -> None:
    await automatic(planning, NoticeWay.CHAT)
    await planning.lose(7)
    assert await Wire(planning).tick() == ["mail"]


@pytest.mark.parametrize(
    ("in_chat", "by_mail"), [(LOST, LOST), *long((LOST, GONE), (GONE, LOST), (GONE, GONE))]
)
async def test_what_is_not_known_to_have_arrived_by_any_way_is_a_case_the_same_day(
    planning: Planning, in_chat: Outcome, by_mail: Outcome
) -> None:
    """The law wants proof: a time-out proves nothing, and a doubled notice does no harm."""
    wanted = {"rossi": None, "verdi": NoticeWay.CHAT, "bianchi": NoticeWay.MAIL}
    for chat, (customer, way) in enumerate(wanted.items(), 7):
        await automatic(planning, way, customer=customer, chat=chat)
    assert await Wire(planning, {7: in_chat, 8: in_chat, 9: in_chat, "mail": by_mail}).tick() == []
    found = await cases(planning)
    assert len({case.subject for case in found}) == len(found) == len(wanted)
    for case in found:
        assert (case.kind, case.facts["why"]) == ("notice", "undelivered")
        assert {(each["to"], each["state"]) for each in case.facts["tried"]} == {
            ("chat", in_chat.result.value),
            ("mail", by_mail.result.value),
        }
        assert case.due_on == date(2026, 12, 28) - timedelta(days=30)


@pytest.mark.soak
async def test_what_was_uncertain_is_told_once_more_when_a_way_is_there_and_the_case_ends(
    planning: Planning,
) -> None:
    await automatic(planning, None)
    await Wire(planning, {7: LOST, "mail": LOST}).tick()
    await planning.join("rossi", 8)
    arrived = await Wire(planning).tick()
    assert {7, 8} <= set(arrived), "a second notice does no harm"
    assert [case.outcome for case in await cases(planning)] == ["resolved"]
    planning.clock.advance(timedelta(days=1))
    assert await Wire(planning).tick() == []


async def test_a_mailbox_switched_off_meanwhile_is_announced_by_no_way(planning: Planning) -> None:
    box = await automatic(planning, NoticeWay.CHAT)
    wire = Wire(planning, {7: AWAY})
    await wire.tick()
    async with planning.database.write() as session:
        (await session.get_one(MailboxRow, box)).auto_renew = False
    planning.clock.advance(timedelta(hours=2))
    assert await Wire(planning).tick() == []
