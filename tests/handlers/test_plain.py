"""Plain routers come first, and a tap on a dialog's window does not ask them one by one."""

from collections.abc import Iterator

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, User
from aiogram_dialog.utils import intent_callback_data

from bot.app import every_router
from bot.dialogs.states import RenewalStates
from bot.handlers.buttons import OpenRenewal
from bot.handlers.plain import OfPlainMessage
from tests.support.chat import Chat
from tests.support.running_bot import Talk
from tests.support.seed import Seed


def tapped(data: str | None) -> CallbackQuery:
    return CallbackQuery(
        id="1", chat_instance="1", data=data, from_user=User(id=1, is_bot=False, first_name="Prova")
    )


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (OpenRenewal().pack(), True),
        (intent_callback_data("abcdef", OpenRenewal().pack()), False),
        (intent_callback_data("abcdef", "plan_list:pro"), False),
        ("whatever", True),
        (None, True),
    ],
)
async def test_the_buttons_of_windows_are_told_by_the_name_of_their_dialog(
    data: str | None, plain: bool
) -> None:
    assert await OfPlainMessage()(tapped(data)) is plain


def with_taps(router: Router) -> Iterator[Router]:
    if router.callback_query.handlers:
        yield router
    for each in router.sub_routers:
        yield from with_taps(each)


def test_all_that_takes_the_taps_of_plain_messages_stands_behind_one_door_before_the_dialogs() -> None:
    door, *others = every_router()
    assert len(list(with_taps(door))) > 5
    assert {router.name for router in others if router.name in {"hints", "recovery"}} == {"hints", "recovery"}
    dialogs = [router for router in others if router.name not in {"hints", "recovery"}]
    assert dialogs[0].name == RenewalStates.__full_group_name__
    assert not any(router.sub_routers for router in dialogs)


async def test_a_plain_button_works_over_an_open_dialog_and_the_dialogs_own_go_on(
    talk: Talk, seed: Seed
) -> None:
    await seed.mailbox("rossi")
    chat: Chat = await talk("rossi")
    await chat.send("/renew")
    window = chat.screen
    await chat.send("/start")
    await chat.tap("Riprendi", on=chat.newest)
    assert chat.has("Cambia piano")
    assert chat.screen is not window
    await chat.tap("Cambia piano")
    assert chat.has("Pro")
