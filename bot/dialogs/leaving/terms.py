"""Of which customer, and what follows: what goes, what stays, why and until when; or what stands against it."""

from collections.abc import Iterator
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.leaving.data import open_customer, set_open_customer
from bot.dialogs.mailed_code import note_of, pause_text, set_note
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import ADDRESS_WIDTH, id_in, lines_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.states import LeavingStates
from bot.dialogs.widgets import Choice, Choices, Html, Label, nav_row
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import DESTROYS
from bot.domain.leaving import Against, Obstacle
from bot.services.errors import CodesPaused, StillNeeded
from bot.services.leaving.foreseeing import Foreseen
from bot.texts import Safe

_MOST_NAMED: Final = 4
"""Of what stands against it so many are named: dealt with, the next ones are."""


def windows() -> list[Window]:
    """The two windows of this module."""
    return [
        Window(
            Html("leaving-whose"),
            Choices("leaving_whose", "customers", _chosen, scroll="rows"),
            nav_row("leaving_whose", close=_close),
            MessageInput(hint_to_tap),
            state=LeavingStates.whose,
            getter=_whose,
        ),
        Window(
            Html("leaving-terms"),
            Button(Label("leaving-send"), id="leaving_send", on_click=_send, when="free", style=DESTROYS),
            SwitchTo(Label("leaving-others"), id="leaving_others", state=LeavingStates.whose, when="others"),
            nav_row("leaving_terms", close=_close),
            MessageInput(hint_to_tap),
            state=LeavingStates.terms,
            getter=_terms,
        ),
    ]


async def _whose(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    return {
        "rows": services.surroundings.catalogue.rules.mailboxes_per_page,
        "customers": [
            Choice(
                str(each.customer_id),
                translator.plain(
                    "leaving-customer",
                    address=shortened_address(each.first, ADDRESS_WIDTH),
                    count=each.mailboxes,
                ),
            )
            for each in await services.leaving.offered(actor_of(dialog_manager))
        ],
    }


async def _chosen(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    set_open_customer(manager, id_in(item_id))
    await manager.switch_to(LeavingStates.terms)


async def _terms(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, actor = services_of(dialog_manager), actor_of(dialog_manager)
    foreseen = await services.leaving.show(actor, open_customer(dialog_manager))
    body = (
        _not_yet(dialog_manager, foreseen) if foreseen.obstacles else _what_follows(dialog_manager, foreseen)
    )
    return {
        "body": blocks(note_of(dialog_manager), body),
        "free": not foreseen.obstacles,
        "others": len(await services.leaving.offered(actor)) > 1,
    }


def _what_follows(manager: DialogManager, foreseen: Foreseen) -> Safe:
    html = translator_of(manager).html
    return blocks(
        html("leaving-goes", mailboxes=foreseen.mailboxes, first=foreseen.first, more=foreseen.mailboxes - 1),
        html("leaving-stays", until=foreseen.until, years=foreseen.years, orders=foreseen.orders),
        html("leaving-lives", count=foreseen.mailboxes) if foreseen.mailboxes else None,
        html("leaving-final", email=foreseen.email),
    )


def _not_yet(manager: DialogManager, foreseen: Foreseen) -> Safe:
    translator = translator_of(manager)
    operator = services_of(manager).surroundings.catalogue.operator
    lines = [
        translator.html(
            "leaving-against",
            why=each.why.value,
            name=each.name,
            until=each.until or foreseen.until,
            operator=operator.name,
            email=operator.email,
        )
        for each in _told(foreseen.obstacles)
    ]
    return blocks(translator.html("leaving-not-yet"), lines_of(lines))


def _told(obstacles: tuple[Obstacle, ...]) -> Iterator[Obstacle]:
    """The first of them; cases are the office's own, of which it is said once that there are some."""
    cases = [each for each in obstacles if each.why is Against.PENDING]
    others = [each for each in obstacles if each.why is not Against.PENDING]
    yield from others[:_MOST_NAMED]
    yield from cases[:1]


async def _send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    try:
        await services_of(manager).leaving.ask(actor_of(manager), open_customer(manager))
    except StillNeeded:
        return  # the window says why, as it is drawn anew
    except CodesPaused as pause:
        set_note(manager, pause_text(manager, pause))
        return
    await manager.switch_to(LeavingStates.code)


async def _close(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.done()
