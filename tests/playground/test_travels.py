"""Leaps in time over the page's API: what happened is answered, told, and remembered until the chat is cleared."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.playground.leaps import Happening, What
from bot.playground.mail import MailRoom
from bot.playground.runner import serve_playground
from bot.playground.server import create_playground
from bot.playground.world import World
from tests.playground.conftest import ADA, Api
from tests.playground.test_page_api import events
from tests.playground.time_machine import PlannedMachine
from tests.support.clock import FrozenClock

EXPIRED = Happening(What.EXPIRED)
REMINDED = Happening(What.REMINDER, days=7, mailbox="a@pec.example", by_mail=True)
PATH = f"/playground/chats/{ADA}/next-event"


@pytest.fixture
def machine(clock: FrozenClock) -> PlannedMachine:
    """A machine with nowhere to go yet."""
    return PlannedMachine(clock)


@pytest.fixture
async def client(world: World, machine: PlannedMachine) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page's own server, without a network."""
    transport = httpx.ASGITransport(create_playground(world, time=machine))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        yield client


async def test_a_leap_says_when_and_what(
    client: httpx.AsyncClient, machine: PlannedMachine, world: World
) -> None:
    machine.plan(5, REMINDED, EXPIRED)
    answer = (await client.post(PATH)).json()
    assert answer["busy"] is False
    assert answer["leap"]["at"] == int(machine.now().timestamp())
    assert answer["leap"]["after"] == world.messages(ADA)[-1].message_id
    assert answer["leap"]["happenings"] == [
        {"what": "reminder", "days": 7, "mailbox": "a@pec.example", "count": 1, "by_mail": True},
        {"what": "expired", "days": None, "mailbox": "", "count": 1, "by_mail": False},
    ]
    assert (await client.post(PATH)).json() == {"leap": None, "busy": False}


async def test_a_machine_that_is_busy_or_a_chat_that_is_not_there_is_answered(
    client: httpx.AsyncClient, machine: PlannedMachine
) -> None:
    machine.busy = True
    assert (await client.post(PATH)).json() == {"leap": None, "busy": True}
    assert (await client.post("/playground/chats/99/next-event")).status_code == 409


async def test_a_page_from_elsewhere_cannot_move_the_time(
    client: httpx.AsyncClient, machine: PlannedMachine
) -> None:
    machine.plan(5, EXPIRED)
    answer = await client.post(PATH, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert machine.stops


async def test_without_a_machine_there_is_no_clock_and_no_way_on(world: World) -> None:
    transport = httpx.ASGITransport(create_playground(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.post(PATH)).status_code == 404


async def test_every_page_is_told_and_a_new_one_finds_it(
    world: World, api: Api, machine: PlannedMachine
) -> None:
    async def remind() -> None:
        await api("sendMessage", chat_id=ADA, text="Scade fra 7 giorni")

    machine.plan(5, REMINDED, then=remind)
    async with (
        serve_playground(world, mail=MailRoom(), time=machine) as base,
        httpx.AsyncClient(base_url=base, timeout=60) as client,
        client.stream("GET", "/playground/events") as response,
        client.stream("GET", "/playground/mail/events") as mail,
    ):
        lines, mails = events(response), events(mail)
        state = await anext(lines)
        assert state["clock"] == {"now": int(machine.now().timestamp() * 1000), "zone": "Europe/Rome"}
        assert state["chats"][0]["leaps"] == []
        assert (await anext(mails))["clock"] == state["clock"]
        leap = (await client.post(PATH)).json()["leap"]
        moved, sent, leapt = [await anext(lines) for _ in range(3)]
        assert (moved["type"], moved["leap"], sent["type"]) == ("time", None, "sent")
        assert moved["clock"]["now"] == int(machine.now().timestamp() * 1000) == leapt["clock"]["now"]
        assert (leapt["type"], leapt["chat_id"], leapt["leap"]) == ("time", ADA, leap)
        assert sent["message"]["message_id"] > leap["after"]
        assert (await anext(mails))["clock"] == moved["clock"]

        async with client.stream("GET", "/playground/events") as other:
            assert (await anext(events(other)))["chats"][0]["leaps"] == [leap]
            await client.post(f"/playground/chats/{ADA}/clear")
            await client.post(f"/playground/chats/{ADA}/messages", json={"text": "/start"})
        async with client.stream("GET", "/playground/events") as third:
            assert (await anext(events(third)))["chats"][0]["leaps"] == []
