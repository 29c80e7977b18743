"""The shared widgets inside real dialogs: taps in, screens out."""

from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.test_tools import BotClient, MockMessageManager
from aiogram_dialog.test_tools.keyboard import InlineButtonTextLocator
from aiogram_dialog.test_tools.memory_storage import JsonMemoryStorage
from aiogram_dialog.widgets.kbd import Button, Column, ListGroup, Row
from aiogram_dialog.widgets.text import Const
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.widgets import (
    NO,
    YES,
    Choice,
    Choices,
    Html,
    Label,
    ProgressBar,
    UrlButton,
    nav_row,
    progress_bar,
    yes_or_no,
)
from bot.texts import TextError, Texts
from tests.support.dialog_widgets import repeated_widget_ids, widget_ids

SAMPLE = """
nav-back = Indietro
nav-cancel = Annulla
nav-continue = Continua
nav-close = Chiudi
pager-previous = prev
pager-next = next
pager-position = { $page }/{ $pages }
choice-yes = Sì
choice-no = No
title = <b>{ $name }</b>
other-title = Other { $shout }
button = Open { $name }
"""


class Screens(StatesGroup):
    """Two windows of a sample dialog."""

    one = State()
    two = State()


class Chat:
    """A customer's chat with a bot that has one dialog."""

    def __init__(self, texts: Texts, *windows: Window, locale: str = "it") -> None:
        self.screen = MockMessageManager()  # type: ignore[no-untyped-call]
        dispatcher = Dispatcher(storage=JsonMemoryStorage())
        dispatcher.include_router(Dialog(*windows))
        dispatcher.message.register(self._start, CommandStart())
        dispatcher["translator"] = texts.translator(locale)
        setup_dialogs(dispatcher, message_manager=self.screen)
        self.client = BotClient(dispatcher)

    @staticmethod
    async def _start(_message: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(Screens.one, mode=StartMode.RESET_STACK)

    async def start(self) -> None:
        await self.client.send("/start")

    async def tap(self, label: str) -> None:
        await self.client.click(self.screen.last_message(), InlineButtonTextLocator(label))

    @property
    def text(self) -> str | None:
        return self.screen.last_message().text

    @property
    def buttons(self) -> list[list[InlineKeyboardButton]]:
        markup = self.screen.last_message().reply_markup
        assert isinstance(markup, InlineKeyboardMarkup)
        return markup.inline_keyboard

    @property
    def labels(self) -> list[list[str]]:
        return [[button.text for button in row] for row in self.buttons]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder = tmp_path_factory.mktemp("locales")
    for locale, text in (("it", SAMPLE), ("en", SAMPLE.replace("Indietro", "Back"))):
        (folder / locale).mkdir()
        (folder / locale / "sample.ftl").write_text(text, encoding="utf-8")
    return Texts.load(folder)


def window(*widgets: Any, state: State = Screens.one, **data: Any) -> Window:
    async def getter(**_: Any) -> dict[str, Any]:
        return data

    return Window(*widgets, state=state, getter=getter)


async def nothing(*_: Any) -> None:
    """Do nothing when tapped."""


async def test_texts_are_escaped_and_labels_are_not(texts: Texts) -> None:
    chat = Chat(texts, window(Html("title"), Button(Label("button"), id="b"), name="A <b>& B"))
    await chat.start()
    assert chat.text == "<b>A &lt;b&gt;&amp; B</b>"
    assert chat.labels == [["Open A <b>& B"]]


async def test_texts_are_in_the_language_of_the_update(texts: Texts) -> None:
    chat = Chat(texts, window(Const("x"), nav_row("a", back=nothing)), locale="en")
    await chat.start()
    assert chat.labels == [["Back"]]


async def test_the_key_and_its_variables_may_come_from_the_data(texts: Texts) -> None:
    chat = Chat(
        texts,
        window(
            Html(lambda data: data["title_key"], vars=lambda data: {"shout": data["name"].upper()}),
            Html("title", when="hidden"),
            title_key="other-title",
            name="ada",
        ),
    )
    await chat.start()
    assert chat.text == "Other ADA"


async def test_a_missing_variable_is_an_error(texts: Texts) -> None:
    with pytest.raises(TextError, match=r"\$name is missing"):
        await Chat(texts, window(Html("title"))).start()


async def test_a_missing_translator_is_an_error(texts: Texts) -> None:
    chat = Chat(texts, window(Html("title"), name="Ada"))
    del chat.client.dp["translator"]
    with pytest.raises(TypeError, match="no translator"):
        await chat.start()


async def test_progress_from_the_data(texts: Texts) -> None:
    chat = Chat(texts, window(ProgressBar(), step=3, steps=8))
    await chat.start()
    assert chat.text == "▰▰▰▱▱▱▱▱ 3/8"


def test_progress_bar() -> None:
    assert progress_bar(0, 3) == "▱▱▱ 0/3"
    assert progress_bar(3, 3) == "▰▰▰ 3/3"
    assert progress_bar(12, 24) == "▰▰▰▰▰▰▱▱▱▱▱▱ 12/24"
    for position, total in ((1, 0), (-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="there is no step"):
            progress_bar(position, total)


@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_bar_is_full_at_the_end_only(step: tuple[int, int]) -> None:
    position, total = step
    bar, numbers = progress_bar(position, total).split(" ")
    assert numbers == f"{position}/{total}"
    assert len(bar) <= 12
    assert ("▱" not in bar) == (position == total)


async def test_navigation_calls_its_handlers(texts: Texts) -> None:
    tapped: list[str] = []

    async def note(_callback: CallbackQuery, button: Button, _manager: DialogManager) -> None:
        tapped.append(str(button.widget_id))

    rows = nav_row("plan", back=note, cancel=note, close=note)
    chat = Chat(texts, window(Const("x"), rows))
    await chat.start()
    assert chat.labels == [["Indietro", "Annulla", "Chiudi"]]
    for label in chat.labels[0]:
        await chat.tap(label)
    assert tapped == ["plan_back", "plan_cancel", "plan_close"]


async def test_navigation_has_only_the_buttons_it_needs(texts: Texts) -> None:
    chat = Chat(
        texts, window(Const("x"), nav_row("a", cancel=nothing), nav_row("b", back=nothing, when="never"))
    )
    await chat.start()
    assert chat.labels == [["Annulla"]]
    with pytest.raises(ValueError, match="at least one handler"):
        nav_row("plan")


async def test_a_link_comes_from_the_data(texts: Texts) -> None:
    chat = Chat(
        texts,
        window(
            Const("x"),
            UrlButton(Label("button"), "address"),
            UrlButton(Label("button"), lambda data: data["address"] + "?a=1"),
            UrlButton(Label("button"), "nowhere", when="nowhere"),
            name="it",
            address="https://example.com/",
        ),
    )
    await chat.start()
    assert [row[0].url for row in chat.buttons] == ["https://example.com/", "https://example.com/?a=1"]


def choices(count: int) -> list[Choice]:
    return [Choice(f"m{number}", f"Box {number}") for number in range(1, count + 1)]


async def test_a_choice_calls_its_handler_with_the_id(texts: Texts) -> None:
    tapped: list[str] = []

    async def note(_callback: CallbackQuery, _widget: Any, _manager: DialogManager, item_id: str) -> None:
        tapped.append(item_id)

    chat = Chat(texts, window(Const("x"), Choices("boxes", "items", note, width=2), items=choices(3)))
    await chat.start()
    assert chat.labels == [["Box 1", "Box 2"], ["Box 3"]]
    await chat.tap("Box 2")
    assert tapped == ["m2"]


async def test_a_long_list_is_paged(texts: Texts) -> None:
    tapped: list[str] = []

    async def note(_callback: CallbackQuery, _widget: Any, _manager: DialogManager, item_id: str) -> None:
        tapped.append(item_id)

    chat = Chat(texts, window(Const("x"), Choices("boxes", "items", note, scroll=8), items=choices(20)))
    await chat.start()
    assert chat.labels == [[f"Box {number}"] for number in range(1, 9)] + [["prev", "1/3", "next"]]
    await chat.tap("next")
    await chat.tap("2/3")
    assert chat.labels[0] == ["Box 9"]
    await chat.tap("Box 12")
    assert chat.labels[-1] == ["prev", "2/3", "next"]
    await chat.tap("next")
    assert chat.labels == [[f"Box {number}"] for number in range(17, 21)] + [["prev", "3/3", "next"]]
    await chat.tap("next")
    assert chat.labels[-1] == ["prev", "1/3", "next"]
    await chat.tap("prev")
    assert chat.labels[-1] == ["prev", "3/3", "next"]
    assert tapped == ["m12"]


async def test_a_list_that_became_shorter_shows_its_last_page(texts: Texts) -> None:
    items = choices(20)
    chat = Chat(texts, window(Const("x"), Choices("boxes", "items", nothing, scroll=8), items=items))
    await chat.start()
    await chat.tap("prev")
    del items[10:]
    await chat.client.send("anything")
    assert chat.labels == [["Box 9"], ["Box 10"], ["prev", "2/2", "next"]]


async def test_a_short_list_is_not_paged(texts: Texts) -> None:
    chat = Chat(texts, window(Const("x"), Choices("boxes", "items", nothing, scroll=8), items=choices(8)))
    await chat.start()
    assert chat.labels == [[f"Box {number}"] for number in range(1, 9)]


async def test_the_longest_ids_fit_into_telegrams_64_bytes(texts: Texts) -> None:
    items = [Choice("i" * 20, f"Box {number}") for number in range(20)]
    chat = Chat(texts, window(Const("x"), Choices("w" * 32, "items", nothing, scroll=8), items=items))
    await chat.start()
    assert all(len((button.callback_data or "").encode()) <= 64 for row in chat.buttons for button in row)
    with pytest.raises(ValueError, match="longer than 32 bytes"):
        Choices("w" * 33, "items", nothing)


@pytest.mark.parametrize("item_id", ["", "i" * 21, "è" * 11])
async def test_an_item_id_that_is_too_long_is_an_error(texts: Texts, item_id: str) -> None:
    chat = Chat(texts, window(Const("x"), Choices("boxes", "items", nothing), items=[Choice(item_id, "Box")]))
    with pytest.raises(ValueError, match="must have 1 to 20 bytes"):
        await chat.start()


def test_marks_tell_one_from_several() -> None:
    assert [Choice.one_of("a", "A", chosen=chosen).label for chosen in (True, False)] == ["● A", "○ A"]
    assert [Choice.tick("a", "A", chosen=chosen).label for chosen in (True, False)] == ["■ A", "□ A"]


@pytest.mark.parametrize(
    ("chosen", "labels"), [(None, ["○ Sì", "○ No"]), (True, ["● Sì", "○ No"]), (False, ["○ Sì", "● No"])]
)
def test_yes_and_no_start_unmarked(texts: Texts, chosen: bool | None, labels: list[str]) -> None:
    items = yes_or_no(texts.translator("it"), chosen=chosen)
    assert [item.id for item in items] == [YES, NO]
    assert [item.label for item in items] == labels


def test_ids_are_found_wherever_they_are() -> None:
    inspected = window(
        Html("title"),
        Row(Button(Const("a"), id="a"), Column(Button(Const("b"), id="b"))),
        ListGroup(Button(Const("c"), id="c"), id="list", item_id_getter=str, items=["1"]),
        Choices("boxes", "items", nothing, scroll=8),
    )
    assert sorted(widget_ids(inspected)) == ["a", "b", "boxes", "boxes_page", "c", "list"]


def test_repeated_ids_are_reported_with_their_windows() -> None:
    dialog = Dialog(
        window(Const("x"), nav_row("one", back=nothing), Button(Const("a"), id="ok")),
        window(Const("x"), nav_row("two", back=nothing), Button(Const("a"), id="ok"), state=Screens.two),
    )
    assert repeated_widget_ids(dialog) == {"ok": ["Screens:one", "Screens:two"]}
