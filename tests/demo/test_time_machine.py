"""The time machine with the whole demo behind it: every press brings the next event, once, and never goes back."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.db.tables import OutboxRow
from bot.demo import time_machine
from bot.demo.stage import AlreadyPast
from bot.playground.leaps import Happening, What
from bot.playground.travels import StillBusyError
from bot.services.actor import Actor
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result, put
from tests.support.ordering import chosen, place
from tests.support.staging import Play, on_stage

EARLY = datetime(2026, 11, 23, 8)  # noqa: DTZ001 - a clock on a wall
NIGHT = datetime(2026, 12, 24, 22)  # noqa: DTZ001 - as above


async def to_the_end(play: Play) -> list[tuple[str, What, int | None]]:
    """Press until nothing more happens; the day, what happened, and the days left."""
    seen = []
    while happenings := await play.on():
        seen += [(play.day, happening.what, happening.days) for happening in happenings]
    return seen


async def rows(play: Play) -> list[OutboxRow]:
    """All that was ever written to be sent."""
    async with play.stage.running.database.read() as session:
        return list((await session.scalars(select(OutboxRow))).all())


@pytest.mark.soak
async def test_neglect_ends_with_the_deletion_and_nothing_is_said_twice(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        assert await to_the_end(play) == [
            ("2026-11-23 09", What.REMINDER, 12),
            ("2026-11-28 09", What.REMINDER, 7),
            ("2026-12-02 09", What.REMINDER, 3),
            ("2026-12-04 09", What.REMINDER, 1),
            ("2026-12-05 09", What.REMINDER, 0),
            ("2026-12-06 09", What.EXPIRED, None),
            ("2026-12-12 09", What.REMINDER, -7),
            ("2027-01-04 09", What.REMINDER, -30),
            ("2027-02-03 09", What.REMINDER, -60),
            ("2027-02-18 09", What.REMINDER, -75),
            ("2027-02-28 09", What.REMINDER, -85),
            ("2027-03-05 09", What.LAST_DAY, None),
            ("2027-03-05 09", What.REMINDER, -90),
            ("2027-03-06 09", What.DELETED, -91),
        ]
        said = Counter(message.text for message in play.pushed)
        assert max(said.values()) == 1
        assert sum("La casella PEC" in text for text in said) == 11
        assert sum("Oggi è l'ultimo giorno per rinnovare la casella PEC" in text for text in said) == 1
        dates = [message.date for message in play.stage.world.messages(play.phone.chat_id)]
        assert dates == sorted(dates)
        assert {row.state for row in await rows(play)} == {"sent"}

        end = play.here
        assert await play.on() == ()
        assert play.here - end < timedelta(minutes=1), "where nothing happens, nobody is taken"


@pytest.mark.soak
async def test_at_night_before_a_holiday_the_first_press_brings_the_morning_after_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, NIGHT) as play:
        await play.join()
        before = len(play.pushed)
        await asyncio.sleep(0.5)
        assert len(play.pushed) == before
        (reminder,) = await play.on()
        assert (play.day, reminder.what, reminder.days) == ("2026-12-27 09", What.REMINDER, 9)
        assert "scade tra 9 giorni" in play.pushed[-1].text


@pytest.mark.soak
async def test_who_has_no_chat_yet_is_told_by_mail(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        (reminder,) = await play.on()
        assert (reminder.what, reminder.days, reminder.by_mail) == (What.REMINDER, 12, True)
        assert play.pushed == []


@pytest.mark.soak
async def test_the_card_opens_the_renewal_a_year_later(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        play.stage.machine._clock.reach(play.here + timedelta(days=85))
        payload = play.stage.players[0].payload
        assert payload is not None
        assert "maria.esempio@pec.example" in (await play.phone.follow(payload)).text
        play.stage.machine._clock.reach(play.here + timedelta(days=400))
        assert (await play.phone.follow(payload)).text


async def test_two_presses_at_once_are_two_events_one_after_the_other(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        pressed = await asyncio.gather(play.on(), play.on())
        assert [happening.days for happenings in pressed for happening in happenings] == [12, 7]
        assert play.day == "2026-11-28 09"


@pytest.mark.soak
async def test_a_press_waits_for_what_is_just_being_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        world, asked, gate = play.stage.world, asyncio.Event(), asyncio.Event()
        call = world.call

        async def slow(method: str, params: Mapping[str, str], files: Any = None) -> Any:
            if method.lower() == "sendmessage":
                asked.set()
                await gate.wait()
            return await call(method, params, files)

        monkeypatch.setattr(world, "call", slow)
        await told(play, "chat-joined", Channel.TELEGRAM)
        await asked.wait()
        press = asyncio.create_task(play.on())
        await asyncio.sleep(0.5)
        assert not press.done()
        assert play.day == "2026-11-23 08"
        gate.set()
        ((reminder,),) = [await press]
        assert reminder.days == 12
        texts = Counter(message.text for message in play.pushed)
        assert max(texts.values()) == 1
        assert {row.attempts for row in await rows(play)} == {1}


@pytest.mark.soak
async def test_what_does_not_come_to_rest_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await told(play, "anything", Channel.EVENT)
        outbox = Outbox(play.stage.running.database, play.stage.running.clock)
        (held,) = await outbox.claim(Channel.EVENT, 1)
        monkeypatch.setattr(time_machine, "PATIENCE_SECONDS", 0.3)
        with pytest.raises(StillBusyError):
            await play.on()
        path = f"{play.stage.address}/playground/chats/{play.phone.chat_id}/next-event"
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            assert (await client.post(path)).json() == {"leap": None, "busy": True}
            assert play.day == "2026-11-23 08"
            assert await outbox.settle(held, Outcome(Result.SENT))
            monkeypatch.setattr(time_machine, "PATIENCE_SECONDS", 60.0)
            leap = (await client.post(path)).json()["leap"]
        assert leap["happenings"][0]["what"] == "reminder"


@pytest.mark.soak
async def test_an_order_that_nobody_pays_is_spoken_of_until_it_expires(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        services, actor = play.stage.running.conversation.services, Actor(play.phone.chat_id, "it")
        (holding,) = await services.renewals.holdings(actor)
        renewal = await chosen(services, actor, [holding.mailboxes[0].id])
        order = await place(services, actor, renewal)
        seen = await to_the_end(play)
        whats = [what for _, what, _ in seen]
        assert whats[0] is What.PAYMENT_REMINDER
        assert What.REMINDER not in whats, "an open order turns every reminder into how to pay it"
        for once in (What.ORDER_EXPIRING, What.ORDER_EXPIRED, What.EXPIRED, What.LAST_DAY, What.DELETED):
            assert whats.count(once) == 1, seen
        assert whats.index(What.ORDER_EXPIRING) < whats.index(What.ORDER_EXPIRED)
        assert all(order.number in message.text for message in play.pushed[-4:-1])
        assert "è stata cancellata" in play.pushed[-1].text


@pytest.mark.soak
async def test_a_renewal_that_should_come_by_itself_is_announced_charged_and_missed(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY, customer="ESEMPIO-10") as play:
        await play.join()
        seen: dict[What, tuple[str, Happening]] = {}
        for _ in range(25):
            for happening in await play.on():
                seen.setdefault(happening.what, (play.day, happening))
            if What.NOT_CHARGED in seen:
                break
        # 45 days are left: announced 35 days before, charged 7 days before, missed on the day after that
        assert [seen[what][0] for what in (What.AUTOMATIC_NOTICE, What.CHARGE_DAY, What.NOT_CHARGED)] == [
            "2026-12-03 09",
            "2026-12-31 09",
            "2027-01-02 09",  # the day after the charge is New Year's
        ]
        assert seen[What.CHARGE_DAY][1].mailbox == "automatica@quattroprove.pec.example"


async def test_who_pays_hears_nothing_more_until_the_next_expiry_is_near(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        await play.on()
        services, actor = play.stage.running.conversation.services, Actor(play.phone.chat_id, "it")
        (holding,) = await services.renewals.holdings(actor)
        order = await place(
            services, actor, await chosen(services, actor, [holding.mailboxes[0].id], years=1)
        )
        sent = await play.stage.panel.register(order.number, f"{order.quote.due / 100:.2f}")
        assert sent.outcome == "completed"
        await play.phone.hear("Rinnovo completato", play.pushed[0])
        before = len(play.pushed)
        (reminder,) = await play.on()
        assert (play.day, reminder.what, reminder.days) == ("2027-09-06 09", What.REMINDER, 90)
        assert len(play.pushed) == before + 1
        registered_at = datetime.fromisoformat(sent.at.isoformat())
        assert registered_at.date() == EARLY.date(), "a payment is registered in the demo's time"


@pytest.mark.soak
async def test_a_demo_that_is_kept_goes_on_where_it_was(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY) as play:
        await play.join()
        await play.on()
        await play.on()
        numbers = [message.message_id for message in play.stage.world.messages(play.phone.chat_id)]
    with pytest.raises(AlreadyPast):
        async with on_stage(tmp_path, EARLY, keep=True):
            pass
    async with on_stage(tmp_path, None, keep=True) as play:
        assert play.day == "2026-11-28 09"
        again = play.stage.world.send_text(play.phone.chat_id, "/start")
        assert again.message_id > max(numbers), "an old message is not mistaken for a new one"
        (reminder,) = await play.on()
        assert (play.day, reminder.days) == ("2026-12-02 09", 3)


@pytest.mark.soak
async def test_a_demo_of_one_person_that_is_kept_has_that_person_alone(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY, customer="ESEMPIO-11"):
        pass
    async with on_stage(tmp_path, None, customer=None, keep=True) as play:
        assert [player.key for player in play.stage.players] == ["thirty", "operator"]


async def told(play: Play, message: str, channel: Channel) -> None:
    """Write something to be sent to the person, as the bot does."""
    facts = {"at": play.here.isoformat(), "addresses": ["maria.esempio@pec.example"]}
    async with play.stage.running.database.write() as session:
        await put(
            session,
            key=f"test:{message}",
            channel=channel,
            payload={"message": message, **facts},
            now=play.stage.running.clock.now(),
            chat_id=play.phone.chat_id if channel is Channel.TELEGRAM else None,
        )
