"""Quick fingers: two taps where one is meant, a text and a tap at the same moment, and a Telegram that stumbles.

What was done once is said once; there is one live window; and what was done is never called undone.
"""

import inspect
import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import aiogram_dialog.api.entities.stack as library_stack
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramNetworkError,
)
from aiogram.methods import SendMessage, SendPhoto
from aiogram_dialog import Dialog
from aiogram_dialog.api.entities import Stack
from aiogram_dialog.widgets.common import BaseWidget
from aiogram_dialog.widgets.kbd import Button, Cancel, Start

from bot.app import Conversation, Told, build_conversation
from bot.db.engine import Database
from bot.dialogs.card.data import start_data as card_data
from bot.dialogs.card.dialog import card_dialog
from bot.dialogs.linking.data import Purpose, start_data
from bot.dialogs.linking.dialog import linking_dialog
from bot.dialogs.manager import FreshIds
from bot.dialogs.orders.data import orders_of_mailbox
from bot.dialogs.orders.dialog import orders_dialog
from bot.dialogs.renewal.dialog import renewal_dialog
from bot.dialogs.settings.data import opened_alone
from bot.dialogs.settings.dialog import settings_dialog
from bot.dialogs.states import CardStates, LinkStates, OrderStates, RenewalStates, SettingsStates
from bot.domain.steps import Step
from bot.handlers.buttons import (
    LinkByEmail,
    MuteMailbox,
    OpenReminders,
    OpenRenewal,
    RemindLater,
    RenewMailbox,
    ShowMailboxes,
    ShowOrders,
)
from bot.handlers.linking import arrived
from bot.handlers.mailbox_list import CARD_LEADS
from bot.handlers.taps import QUICK
from bot.playground.messages import Message
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.dialog_widgets import widgets_of
from tests.support.failing_session import FailingSession
from tests.support.long_runs import long, some
from tests.support.ordering import accept_all, at_recap, chosen, place
from tests.support.renewing import come_back, draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import Windows

OUTDATED = "conversazione precedente"
A_MOMENT = QUICK + timedelta(seconds=1)


@pytest.fixture
def who_is_told() -> Told:
    """A bot that can send mail: the chat can be linked by it."""
    return Told(mail=True)


@pytest.fixture
def telegram(bot: Bot, world: World) -> FailingSession:
    """The bot's connection, which fails when it is told to."""
    bot.session = FailingSession(world)
    return bot.session


def live_windows(chat: Chat) -> list[Message]:
    """The messages whose buttons are a dialog's."""
    return [
        message
        for message in chat.world.messages(chat.id)
        if message.sender == chat.world.bot
        and any("\x1d" in (button.callback_data or "") for button in message.buttons)
    ]


# The second tap of a button that leads out of a dialog

_OUT = re.compile(
    r"manager\.(done|start|reset_stack)\(|\b_end\(|\b(start_renewal|open_unavailable|arrived|leads\.(renew|to_list))\("
)


def leading_out(dialog: Dialog) -> Iterator[str]:
    """The ids of the buttons of a dialog that start another, close it, or reset the stack."""
    for window in dialog.windows.values():
        for widget in widgets_of(window):
            if isinstance(widget, Start | Cancel) or (isinstance(widget, Button) and _leads_out(widget)):
                assert isinstance(widget, BaseWidget)
                yield str(widget.widget_id)


def _leads_out(button: Button) -> bool:
    handler = getattr(button.on_click, "callback", None)
    return handler is not None and bool(_OUT.search(inspect.getsource(handler)))


WAYS: dict[str, tuple[Any, dict[str, Any]]] = {
    "holder_close": (RenewalStates.holder, {}),
    "leave_keep": (RenewalStates.leave, {"draft": 2}),
    "leave_discard": (RenewalStates.leave, {"draft": 2}),
    "leave_close": (RenewalStates.leave, {}),
    "placed_open": (RenewalStates.placed, {"draft": 1}),
    "placed_withdraw": (RenewalStates.placed, {"draft": 1}),
    "placed_close": (RenewalStates.placed, {"draft": 1}),
    "unavailable_order": (RenewalStates.unavailable, {"holder": None, "blocked": 1, "listed": False}),
    "unavailable_list_close": (RenewalStates.unavailable, {"holder": None, "blocked": 1, "listed": True}),
    "unavailable_only_close": (RenewalStates.unavailable, {"holder": None, "blocked": 1, "listed": False}),
    "orders_list_close": (OrderStates.list, {}),
    "order_close": (OrderStates.order, {"number": "…"}),
    "withdrawn_close": (OrderStates.withdrawn, {"number": "…"}),
    "link_email_close": (LinkStates.email, start_data(Purpose.HOME)),
    "link_code_close": (LinkStates.code, start_data(Purpose.HOME)),
    "settings_close": (SettingsStates.menu, {}),
    "settings_automatic_back": (SettingsStates.automatic, opened_alone(SettingsStates.automatic, 1)),
    "settings_one_back": (SettingsStates.mailbox, opened_alone(SettingsStates.mailbox, 1)),
    "orders_of_one_back": (OrderStates.list, orders_of_mailbox(1)),
    "card_renew": (CardStates.card, card_data(2, 0)),
    "card_order": (CardStates.card, card_data(1, 0)),
    "card_automatic": (CardStates.card, card_data(1, 0)),
    "card_orders": (CardStates.card, card_data(1, 0)),
    "card_reminders": (CardStates.card, card_data(1, 0)),
    "card_back": (CardStates.card, card_data(1, 0)),
    "card_anyway": (CardStates.card, card_data(4, 0)),
    "decline_order": (CardStates.decline, card_data(1, 0)),
    "card_close": (CardStates.card, card_data(1, None)),
}
"""Where each of them is found: mailbox 1 is ordered by draft 1, and draft 2 is under way for another."""

EACH_TIME = ("leave_discard", "placed_open", "orders_list_close", "card_back")
"""What each `make test` taps: what sends a message, starts a dialog, closes one, and goes back to what is no dialog."""


def test_every_button_that_leads_out_of_a_dialog_is_tapped_twice_below() -> None:
    dialogs = (
        renewal_dialog(),
        orders_dialog(),
        linking_dialog(arrived),
        settings_dialog(),
        card_dialog(CARD_LEADS),
    )
    assert {found for dialog in dialogs for found in leading_out(dialog)} == set(WAYS)


@pytest.mark.parametrize("widget", [*EACH_TIME, *long(*(way for way in WAYS if way not in EACH_TIME))])
async def test_two_quick_taps_on_a_button_that_leads_out_do_what_one_does(
    talk: Talk, seed: Seed, services: Services, conversation: Conversation, widget: str
) -> None:
    windows = Windows().attach(conversation)
    first = await seed.mailbox("rossi", expires_in=5)
    other = await seed.mailbox("rossi", expires_in=9)
    await seed.mailbox("rossi", auto_renew=True)
    declined = await seed.mailbox("rossi", expires_in=12)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await services.declining.decline(actor, declined)
    order = await place(services, actor, await chosen(services, actor, [first]))
    if widget != "card_anyway":
        await services.renewals.begin_with(actor, other)
    if widget == "order_close":  # an open order has no room for it
        await services.orders.cancel(actor, order.number)
    state, data = WAYS[widget]
    await windows.show(chat, state, {**data, "number": order.number} if "number" in data else data)
    (button,) = [each for each in chat.screen.buttons if (each.callback_data or "").endswith(f"\x1d{widget}")]
    said = len(chat.texts)
    await chat.tap_together([button.text] * 3)

    assert not [text for text in chat.texts if OUTDATED in text]
    assert len(chat.texts) == said
    assert len(live_windows(chat)) <= 1
    if widget in {"placed_open", "unavailable_order"}:
        assert chat.has("Annulla ordine"), "the order's page keeps its buttons"
        assert order.number in chat.screen_text


async def test_a_button_of_an_older_screen_takes_its_buttons_with_it(
    talk: Talk, seed: Seed, services: Services, clock: FrozenClock
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    old = chat.screen
    (button,) = [each for each in old.buttons if "Senza kit" in each.text]
    assert button.callback_data is not None
    await chat.send("/renew")
    await chat.tap("Riprendi")
    clock.advance(A_MOMENT)
    await chat.press(button.callback_data, on=old)
    assert OUTDATED in chat.text


# Buttons of plain messages


PLAIN = {
    "Rinnova": OpenRenewal(),
    "Rinnova of a notice": RenewMailbox(mailbox=1),
    "Le mie caselle": ShowMailboxes(page=0),
    "I miei ordini": ShowOrders(),
    "Più tardi": RemindLater(mailbox=1),
    "Non ricordarmela": MuteMailbox(mailbox=1, level="most"),
    "Scegli le caselle": OpenReminders(),
    "Collega": LinkByEmail(),
}


@pytest.mark.parametrize("name", some(PLAIN, 2))
async def test_quick_taps_on_a_button_of_a_plain_message_are_answered_once(
    talk: Talk, seed: Seed, clock: FrozenClock, name: str
) -> None:
    await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    home, said = chat.newest, len(chat.texts)
    for _ in range(3):
        await chat.press(PLAIN[name].pack(), on=home)
    assert len(chat.texts) == said + 1
    assert not chat.toast
    clock.advance(A_MOMENT)
    await chat.press(PLAIN[name].pack(), on=home)
    assert len(chat.texts) == said + 2, "after a moment it is a new wish"


@pytest.mark.soak
async def test_fingers_that_go_to_and_fro_get_one_copy_of_each(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    home, said = chat.newest, len(chat.texts)
    for name in ("Rinnova", "Le mie caselle", "I miei ordini") * 2:
        await chat.press(PLAIN[name].pack(), on=home)
    assert len(chat.texts) == said + 3


@pytest.mark.soak
async def test_pages_are_turned_as_quickly_as_one_likes(talk: Talk, seed: Seed) -> None:
    for _ in range(12):
        await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    await chat.send("/mailboxes")
    for position in ("2/2", "1/2", "2/2", "1/2"):
        await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
        assert chat.has(position)


async def test_a_tap_whose_answer_failed_may_be_repeated_at_once(
    talk: Talk, seed: Seed, telegram: FailingSession
) -> None:
    for _ in range(2):
        await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    home, said = chat.newest, len(chat.texts)
    telegram.fail(SendMessage, TelegramNetworkError, "the connection broke")
    for _ in range(3):
        await chat.press(PLAIN["Le mie caselle"].pack(), on=home)
    assert len(chat.texts) == said + 1


async def test_the_second_tap_is_known_to_another_process_too(
    talk: Talk,
    seed: Seed,
    bot: Bot,
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: FrozenClock,
) -> None:
    await seed.mailbox("rossi", expires_in=40)
    chat = await talk("rossi")
    home, said = chat.newest, len(chat.texts)
    await chat.press(PLAIN["Rinnova"].pack(), on=home)
    other = build_conversation(database, surroundings, texts, clock, told=Told(mail=True))
    await other.dispatcher.emit_startup(bot=bot)
    chat.restart(bot, other)
    await chat.press(PLAIN["Rinnova"].pack(), on=home)
    assert len(chat.texts) == said + 1


async def placed(chat: Chat, services: Services, mailbox: int) -> None:
    """Stand at the confirmation of an order by transfer."""
    renewal = await at_recap(chat, services, [mailbox])
    await accept_all(services, Actor(chat.id, "it"), renewal.draft.id)
    await chat.send("/renew")
    await chat.tap("Riprendi")
    await chat.tap("Ordine con obbligo di pagare")


def pictures(chat: Chat) -> int:
    return sum("QR" in text for text in chat.texts)


@pytest.mark.soak
async def test_the_picture_of_a_transfer_comes_once(
    talk: Talk, seed: Seed, services: Services, telegram: FailingSession, clock: FrozenClock
) -> None:
    chat = await talk("rossi") if (mailbox := await seed.mailbox("rossi")) else None
    assert chat is not None
    await placed(chat, services, mailbox)
    telegram.fail(SendPhoto, TelegramNetworkError, "the connection broke")
    screen, before = chat.screen, len(chat.texts)
    (qr,) = [each.callback_data for each in screen.buttons if "QR" in each.text]
    assert qr is not None
    for _ in range(4):
        await chat.press(qr, on=screen)
    assert len(chat.texts) == before + 1, "the first failed, the second came, the others are too many"
    clock.advance(A_MOMENT)
    await chat.press(qr, on=screen)
    assert len(chat.texts) == before + 2


# One renewal, one live window


@pytest.mark.soak
@pytest.mark.parametrize("step", [Step.PLAN, *long(Step.KIT, Step.REGISTRANT, Step.PAYMENT)])
@pytest.mark.parametrize(
    "number", [0, *(pytest.param(number, marks=pytest.mark.soak) for number in range(1, 8))]
)
async def test_texts_and_taps_at_the_same_moment_leave_one_live_window(
    talk: Talk, seed: Seed, services: Services, step: Step, number: int
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, step)
    chance = random.Random(number)  # noqa: S311 - the same fingers each time
    for _ in range(3):
        screen = chat.screen
        buttons = [each.callback_data for each in screen.buttons if each.callback_data]
        for _ in range(5):
            if chance.random() < 0.5:
                chat.world.send_text(chat.id, chance.choice(["buongiorno", "Via Roma 1", "?"]))
            else:
                chat.world.press(chat.id, screen.message_id, chance.choice(buttons))
        await chat.deliver_together()
        assert len(live_windows(chat)) <= 1
        await come_back(chat)
        assert len(live_windows(chat)) == 1


# Names of dialogs


def test_two_dialogs_of_one_second_have_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_stack, "new_id", lambda: "always")
    stack = FreshIds.of(Stack(_id="", intents=["below"], last_message_id=7))
    names = [stack.push(RenewalStates.kit, None).id for _ in range(50)]
    assert len(set(names)) == 50
    assert stack.intents == ["below", *names]
    assert stack.last_message_id == 7
    assert max(len(name) for name in names) <= 6


async def test_an_old_screen_is_never_taken_for_the_one_that_came_a_moment_after(
    talk: Talk, seed: Seed, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_stack, "new_id", lambda: "always")
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    old = chat.screen
    (button,) = [each.callback_data for each in old.buttons if "Senza kit" in each.text]
    await chat.send("/renew")
    await chat.tap("Riprendi")
    assert button is not None
    await chat.press(button, on=old)
    assert OUTDATED in chat.text
    assert (await draft_of(chat, services)).kit is None


# Somebody in a hurry


async def test_who_says_good_morning_between_two_quick_taps_is_told_of_no_earlier_conversation(
    talk: Talk, seed: Seed, clock: FrozenClock
) -> None:
    """The first tap is answered below the card, which goes; the second finds its dialog over, and other words last."""
    await seed.mailbox("rossi", expires_in=3)
    await seed.mailbox("rossi", expires_in=20)
    chat = await talk("rossi")
    await chat.send("/mailboxes")
    await chat.press(_data_of(chat, "card:1:0"))
    clock.advance(A_MOMENT)
    card, renew = chat.screen, _data_of(chat, "card_renew")
    chat.world.press(chat.id, card.message_id, renew)
    chat.world.send_text(chat.id, "buongiorno")
    chat.world.press(chat.id, card.message_id, renew)
    await chat.deliver_together()
    assert not [text for text in chat.texts if OUTDATED in text]
    assert "1/3" in chat.screen_text


def _data_of(chat: Chat, button: str) -> str:
    """What the button with this id on the screen sends."""
    data = [each.callback_data for each in chat.screen.buttons if each.callback_data]
    return next(each for each in data if each.rpartition("\x1d")[2] == button)


@pytest.mark.parametrize(("number", "times"), [(0, 20), *long(*((each, 60) for each in range(8)))])
async def test_whoever_taps_everything_twice_is_never_told_of_an_earlier_conversation(
    talk: Talk, seed: Seed, clock: FrozenClock, number: int, times: int
) -> None:
    for day in (3, 20, 50):
        await seed.mailbox("rossi", plan="pro", expires_in=day)
    await seed.mailbox("rossi", auto_renew=True)
    chat = await talk("rossi")
    chance = random.Random(number)  # noqa: S311 - the same fingers each time
    path: list[str] = []
    for _ in range(times):
        clock.advance(A_MOMENT)
        screen = chat.screen
        data = [each.callback_data for each in screen.buttons if each.callback_data]
        if not data or chance.random() < 0.08:
            await chat.send(chance.choice(["/start", "/renew", "/orders", "/mailboxes", "/settings"]))
            continue
        wanted = chance.choice(data)
        path.append(wanted.rpartition("\x1d")[2])
        for _ in range(chance.randint(2, 3)):
            chat.world.press(chat.id, screen.message_id, wanted)
            if chance.random() < 0.1:
                chat.world.send_text(chat.id, "buongiorno")
        await chat.deliver_together()
        assert not [text for text in chat.texts if OUTDATED in text], path[-6:]
        assert len(live_windows(chat)) <= 1, path[-6:]
