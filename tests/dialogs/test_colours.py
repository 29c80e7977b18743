"""Every button and its colour: one for the order, one for the way on, one for what destroys, none where one compares.

Whoever adds a button says here which it is.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.enums import ButtonStyle
from aiogram_dialog.widgets.kbd import Button, CopyText, Select, Url
from aiogram_dialog.widgets.style import Style

import bot.handlers
from bot.dialogs.widgets import Label
from bot.domain.steps import Step
from bot.handlers.buttons import COLOURS
from bot.services.services import Services
from tests.dialogs.test_every_window import dialogs
from tests.support.chat import Chat
from tests.support.dialog_widgets import widgets_of
from tests.support.long_runs import long
from tests.support.ordering import ACCEPT, ready
from tests.support.renewing import stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed

ORDERS, GOES_ON, DESTROYS = ButtonStyle.SUCCESS, ButtonStyle.PRIMARY, ButtonStyle.DANGER

COLOURED = {
    "recap_order": ORDERS,
    "mailboxes_go": GOES_ON,
    "space_go": GOES_ON,
    "kit_holder_next": GOES_ON,
    "shipping_next": GOES_ON,
    "registrant_confirm": GOES_ON,
    "registrant_complete": GOES_ON,
    "recipient_done": GOES_ON,
    "auto_renew_go": GOES_ON,
    "recap_gap": GOES_ON,
    "leave_return": GOES_ON,
    "unavailable_renew": GOES_ON,
    "paying-open": GOES_ON,
    "card_renew": GOES_ON,
    "card_anyway": GOES_ON,
    "order_method": GOES_ON,
    "withdraw_next": GOES_ON,
    "archive_loss_take": DESTROYS,
    "leave_discard": DESTROYS,
    "cancel_yes": DESTROYS,
    "withdraw_confirm": DESTROYS,
    "leaving_send": DESTROYS,
    "phrase_remove_yes": DESTROYS,
}

COMPARED = {
    "offer_express", "offer_go", "offer_next", "offer_change_plan", "plan_list", "plan_change_take", "kit_offer",
    "kit_holder_registrant", "shipping_registrant", "payment_method", "years_choice", "auto_renew_tick",
    "auto_renew_notice", "recap_accept", "recipient_routes", "recipient_split", "leave_keep", "link_other",
    "holder_list", "mailboxes_list", "settings_locale", "settings_heard", "settings_step", "settings_switch",
    "settings_notice", "settings_mail", "cancel_no", "silence_no", "silence_yes", "step_off_no", "step_off_yes",
    "phrase_remove_no", "order_methods", "decline_yes", "decline_stop",
}  # fmt: skip
"""A colour would say which one to take."""

ASIDE = {
    "offer_items", "offer_others", "offer_recheck", "item_recheck", "item_change_plan", "item_change_space",
    "plan_change_recheck", "renewal-plan-guide", "mailboxes_all", "mailboxes_none", "unavailable_list",
    "unavailable_order", "unavailable_stop", "renewal-unavailable-purchase", "renewal-unavailable-domain",
    "kit_holder_edit", "shipping_edit", "registrant_edit", "registrant_invoice",
    "renewal-registrant-holder-change", "fields_list", "email_again", "email_other", "recipient_codes",
    "field_empty", "recap_edit", "recap_all", "edit_choice", "placed_qr", "placed_open", "orders_list", "order_qr",
    "order_all", "order_cancel", "order_list", "link_again", "settings_language", "settings_steps",
    "settings_mailboxes", "settings_put_off", "settings_phrase", "settings_email", "settings_box",
    "settings_other_day", "settings_resume", "settings_to_switch", "phrase_remove", "settings_email_whose",
    "settings_email_enter", "settings_email_again", "copied",
    "card_automatic", "card_decline", "card_home", "card_order", "card_orders", "card_remind", "card_reminders",
    "decline_order", "field_keep", "field_number", "field_own_number", "order_mail", "order_other", "order_paid",
    "order_not_paid", "placed_paid", "settings_to_steps",
    "placed_withdraw", "order_papers", "order_list_too", "order_withdraw", "order_receipt", "order_lines_list",
    "withdraw_email", "withdrawn_order", "leaving_whose", "leaving_others", "leaving_again",
}  # fmt: skip
"""They look at something, change something, or ask; nothing is decided by them."""

NAVIGATION = ("_back", "_cancel", "_close")
COUNTERS = tuple(f"_{way}_{by}" for way in ("less", "more") for by in (1, 5))

PLAIN_MESSAGES = {
    "automatic-choice", "button-home", "button-mailboxes", "button-open-order", "data-delete-no", "privacy-delete",
    "privacy-send", "button-orders", "button-settings",
    "decline-open", "language-name", "later-keep",
    "later-next-week", "later-pick", "later-tomorrow", "link-add-no", "link-add-yes", "mailboxes-automatic",
    "mute-all", "mute-undo", "nav-back", "pager-next", "pager-position", "pager-previous",
    "statement-dismiss", "statement-later", "statement-one-by-one", "statement-register-for", "statement-take-back",
    "unlink-no",
    "withdrawal-choice", "withdrawal-choice-receipt",
}  # fmt: skip
"""The plain ones among the buttons of plain messages, by the key of their text."""


def name_of(widget: Button | Select[object] | Url | CopyText) -> str:
    """What the tables call a button: its id, or where it has none the key of its text."""
    if isinstance(widget, CopyText):
        return "copied"
    if widget.widget_id is not None:
        return widget.widget_id
    assert isinstance(widget.text, Label)
    return str(widget.text.key)


def buttons() -> Iterator[tuple[str, ButtonStyle | None]]:
    """Every button of every window, with its colour."""
    for dialog in dialogs():
        for window in dialog.windows.values():
            for widget in widgets_of(window):
                if isinstance(widget, Button | Select | Url | CopyText):
                    assert isinstance(widget.style, Style)
                    yield name_of(widget), widget.style.style


def test_every_button_of_every_window_has_the_colour_of_what_it_does() -> None:
    found = list(buttons())
    wrong, unknown = [], []
    for name, colour in found:
        plain = name in COMPARED | ASIDE or name.endswith((*NAVIGATION, *COUNTERS))
        if not plain and name not in COLOURED:
            unknown.append(name)
        elif colour is not COLOURED.get(name):
            wrong.append(f"{name} is {colour}, not {COLOURED.get(name)}")
    assert wrong == []
    assert unknown == [], "say in COLOURED, COMPARED or ASIDE what they are"
    assert {*COLOURED, *COMPARED, *ASIDE} - {name for name, _ in found} == set(), "they are gone"
    assert not set(COLOURED) & (COMPARED | ASIDE)


def test_the_buttons_of_plain_messages_have_theirs() -> None:
    keys = set()
    for path in Path(bot.handlers.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "button":
                key = node.args[1]
                assert isinstance(key, ast.Constant), f"{path.name}: a key that is not written out"
                keys.add(str(key.value))
    assert keys - set(COLOURS) == PLAIN_MESSAGES
    assert set(COLOURS) <= keys
    destroy = {
        "button-start-afresh", "button-discard", "data-delete-all", "data-delete-yes", "discard-yes", "unlink-yes",
    }  # fmt: skip
    assert {key for key, colour in COLOURS.items() if colour is DESTROYS} == destroy
    assert set(COLOURS.values()) == {GOES_ON, DESTROYS}, "an order is placed in its window only"


def colours_of(chat: Chat) -> dict[str, str | None]:
    """The live buttons with their colours, as Telegram got them."""
    return {button.text.replace("\u00a0", " "): button.style for button in chat.screen.buttons}


async def test_the_order_is_green_and_not_there_before_all_is_ticked(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ready(seed, talk, services)
    for document in ACCEPT["it"]:
        assert "success" not in colours_of(chat).values()
        assert not chat.has("obbligo di pagare")
        await chat.tap(document)
    green = [label for label, colour in colours_of(chat).items() if colour == "success"]
    assert green == ["Ordine con obbligo di pagare · 36,48 €"]
    await chat.tap(ACCEPT["it"][0])
    assert "success" not in colours_of(chat).values()


async def test_what_is_chosen_already_has_no_other_colour(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Bonifico bancario")
    await chat.tap("Indietro")
    assert set(colours_of(chat).values()) == {None}


async def test_a_kit_for_the_registrant_or_another_is_a_choice_and_then_the_way_on_is_one(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.tap("Token USB")
    assert set(colours_of(chat).values()) == {None}
    await chat.tap("Maria Esempio")
    await chat.send("maria@example.com")
    await chat.send("+39 333 1234567")
    assert colours_of(chat)["Continua"] == "primary"


@pytest.mark.parametrize(
    ("command", "label"), [("/unlink", "Scollega la chat"), *long(("/annulla", "Elimina questo rinnovo"))]
)
async def test_what_destroys_is_red_in_plain_messages_too(
    seed: Seed, talk: Talk, services: Services, command: str, label: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.KIT)
    await chat.send(command)
    red = [label for label, colour in colours_of(chat).items() if colour == "danger"]
    assert red == [label]
