"""Reply keyboards: what stands in place of the letters, and the one's own number that a button shares."""

from typing import Any

import pytest

from bot.playground.errors import PlaygroundError
from bot.playground.replies import Contact
from bot.playground.world import World
from tests.playground.conftest import ADA, Api
from tests.playground.test_markup import Refusal

SHARE = {"keyboard": [[{"text": "Il mio numero", "request_contact": True}], ["Niente"]]}
ONCE = {**SHARE, "one_time_keyboard": True, "resize_keyboard": True}


def labels(world: World) -> tuple[str, ...]:
    """What stands on the keyboard."""
    keyboard = world.chat(ADA).reply_keyboard
    return () if keyboard is None else keyboard.labels


async def test_a_keyboard_stays_until_another_message_takes_it_away(world: World, api: Api) -> None:
    sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup=SHARE)
    assert "reply_markup" not in sent
    await api("sendMessage", chat_id=ADA, text="y")
    assert labels(world) == ("Il mio numero", "Niente")
    await api("sendMessage", chat_id=ADA, text="z", reply_markup={"remove_keyboard": True})
    assert labels(world) == ()


async def test_a_button_sends_its_words_or_the_persons_own_number(world: World, api: Api) -> None:
    await api("sendMessage", chat_id=ADA, text="x", reply_markup=SHARE)
    world.reply(ADA, "Niente")
    world.reply(ADA, "Il mio numero")
    texts, contacts = world.drain_updates()
    assert texts["message"]["text"] == "Niente"
    assert contacts["message"]["contact"] == {
        "phone_number": "393331234567",
        "first_name": "Ada",
        "user_id": ADA,
    }
    assert labels(world), "it is for more than one use"


@pytest.mark.parametrize("label", ["Il mio numero", "Niente"])
async def test_one_that_is_for_one_use_is_gone_afterwards(world: World, api: Api, label: str) -> None:
    await api("sendMessage", chat_id=ADA, text="x", reply_markup=ONCE)
    world.send_text(ADA, "something else")
    assert labels(world)
    world.reply(ADA, label)
    assert labels(world) == ()
    with pytest.raises(PlaygroundError, match="no button of a reply keyboard says"):
        world.reply(ADA, label)


def test_a_contact_of_somebody_else_says_whose_it_is_where_that_is_known(world: World) -> None:
    world.send_contact(ADA, Contact("390612345678", "Bea"))
    world.send_contact(ADA, Contact("390612345678", "Bea", 8))
    first, second = world.drain_updates()
    assert first["message"]["contact"] == {"phone_number": "390612345678", "first_name": "Bea"}
    assert second["message"]["contact"]["user_id"] == 8


async def test_in_a_group_nobody_is_asked_for_a_number(world: World, refusal: Refusal) -> None:
    world.add_to_group(-100, "Condominio", ADA)
    markup: dict[str, Any] = SHARE
    assert (
        await refusal("sendMessage", chat_id=-100, text="x", reply_markup=markup)
        == "Bad Request: phone number can be requested in private chats only"
    )
