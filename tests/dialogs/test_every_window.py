"""Every window of every dialog, in both languages, over drafts of many shapes: what holds for all of them holds here.

The playground refuses what Telegram would refuse: callback data above 64 bytes, texts above 4096 characters, HTML that
does not parse. A text or a variable that is missing raises. What remains is checked on each screen.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from aiogram.fsm.state import State
from aiogram_dialog import Dialog

from bot.app import Conversation, Told, build_conversation
from bot.db.engine import Database
from bot.dialogs.card.dialog import card_dialog
from bot.dialogs.leaving.data import about
from bot.dialogs.leaving.dialog import leaving_dialog
from bot.dialogs.linking.data import Purpose, start_data
from bot.dialogs.linking.dialog import linking_dialog
from bot.dialogs.orders.dialog import orders_dialog
from bot.dialogs.renewal import address_way
from bot.dialogs.renewal.dialog import renewal_dialog
from bot.dialogs.renewal.field import Origin
from bot.dialogs.renewal.forms import sheet_of
from bot.dialogs.settings.dialog import settings_dialog
from bot.dialogs.states import (
    CardStates,
    LeavingStates,
    LinkStates,
    OrderStates,
    RenewalStates,
    SettingsStates,
)
from bot.domain.drafts import change_of_plan, documents_for
from bot.domain.plans import choosable_plans
from bot.domain.registrant import Form
from bot.domain.renewal import Renewal
from bot.handlers.linking import arrived
from bot.handlers.mailbox_list import CARD_LEADS
from bot.playground.messages import Message
from bot.services.actor import Actor
from bot.services.errors import NothingToExpect
from bot.services.orders.withdrawing import Stated
from bot.services.people.linking import ConfirmationNeeded
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts, Translator
from tests.screens.album import Album
from tests.support.budget import LONGER, over_budget
from tests.support.clock import FrozenClock
from tests.support.dialog_widgets import repeated_widget_ids
from tests.support.long_runs import long
from tests.support.running_bot import Talk
from tests.support.screens import faults, has_button, has_progress, has_total, title_is_bold
from tests.support.seed import Seed
from tests.support.shapes import CUSTOMER, SHAPES, Shape
from tests.support.visiting import View, Visitor, look_at_card, look_at_ordered, look_at_settings
from tests.support.windows import Windows

LANGUAGES = ("it", "en")

STATES = frozenset(
    {
        "RenewalStates:holder",
        "RenewalStates:mailboxes",
        "RenewalStates:unavailable",
        "RenewalStates:offer",
        "RenewalStates:item",
        "RenewalStates:plan",
        "RenewalStates:plan_change",
        "RenewalStates:archive_loss",
        "RenewalStates:space",
        "RenewalStates:kit",
        "RenewalStates:kit_holder",
        "RenewalStates:shipping",
        "RenewalStates:registrant",
        "RenewalStates:registrant_fields",
        "RenewalStates:recipient",
        "RenewalStates:field",
        "RenewalStates:payment",
        "RenewalStates:auto_renew",
        "RenewalStates:years",
        "RenewalStates:recap",
        "RenewalStates:recap_lines",
        "RenewalStates:edit",
        "RenewalStates:placed",
        "RenewalStates:leave",
        "RenewalStates:email",
        "RenewalStates:email_code",
        "OrderStates:list",
        "OrderStates:order",
        "OrderStates:lines",
        "OrderStates:cancel",
        "CardStates:card",
        "CardStates:decline",
        "OrderStates:methods",
        "OrderStates:method",
        "OrderStates:withdraw",
        "OrderStates:withdraw_email",
        "OrderStates:withdraw_confirm",
        "OrderStates:withdrawn",
        "LinkStates:email",
        "LinkStates:code",
        "LeavingStates:whose",
        "LeavingStates:terms",
        "LeavingStates:code",
        "SettingsStates:menu",
        "SettingsStates:language",
        "SettingsStates:steps",
        "SettingsStates:step_off",
        "SettingsStates:mailboxes",
        "SettingsStates:mailbox",
        "SettingsStates:silence",
        "SettingsStates:day",
        "SettingsStates:automatic",
        "SettingsStates:phrase",
        "SettingsStates:phrase_remove",
        "SettingsStates:email",
        "SettingsStates:email_code",
    }
)
"""They are stored with open conversations: a name may be added, and never renamed or taken away."""

NO_BACK = {
    RenewalStates.holder: "nothing has begun: it is closed",
    RenewalStates.mailboxes: "a way begins here, or is gone back from: checked in test_ways",
    RenewalStates.offer: "as above",
    RenewalStates.unavailable: "outside of a renewal it is closed; inside it is checked below",
    RenewalStates.placed: "the order is placed, there is no way back",
    RenewalStates.leave: "the question that Cancel asks, with its own answers",
    OrderStates.list: "the first window of its dialog",
    OrderStates.order: "its way back is named: all orders",
    OrderStates.cancel: "a question with its own answers",
    OrderStates.withdrawn: "it is done, there is no way back",
    CardStates.card: "the first window of its dialog",
    LinkStates.email: "the first window of its dialog",
    LinkStates.code: "its way back is named: change the address",
    LeavingStates.whose: "the first window of its dialog",
    LeavingStates.terms: "the first window of its dialog where there is one customer; the others have a button",
    SettingsStates.menu: "the first window of its dialog",
    SettingsStates.step_off: "a question with its own answers",
    SettingsStates.silence: "a question with its own answers",
    SettingsStates.phrase_remove: "a question with its own answers",
}
NOTHING_UNDER_WAY = (
    CardStates.decline,
    OrderStates.lines,
    OrderStates.methods,
    OrderStates.method,
    OrderStates.withdraw,
    OrderStates.withdraw_email,
    OrderStates.withdraw_confirm,
    LeavingStates.code,
    *SettingsStates.__states__,
)
WITHDRAWING = (
    OrderStates.withdraw,
    OrderStates.withdraw_email,
    OrderStates.withdraw_confirm,
    OrderStates.withdrawn,
)
BEGINS = (RenewalStates.mailboxes, RenewalStates.offer)
NO_CANCEL = {state: why for state, why in NO_BACK.items() if state not in BEGINS} | dict.fromkeys(
    NOTHING_UNDER_WAY, "nothing is under way that could be cancelled"
)
NO_PROGRESS = {**NO_CANCEL}
"""What is not a step of a renewal."""

NO_TOTAL = {
    **NO_PROGRESS,
    RenewalStates.recap_lines: "the lines of which the recap has the sum",
}


SAID_BY_BUTTONS = (RenewalStates.offer, RenewalStates.years)
"""Their buttons have the prices: while nothing is chosen a total would say one of them again."""

EACH_TIME = "one"
"""The shape of each `make test`, the one that has every window: of each window every view is looked at in Italian,
and the first in English."""

FORCED = ("long", "old_usage", "too_full")
"""Shapes whose used space forces extra GB: what is chosen is not what they have."""


@pytest.fixture
def conversation(
    database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> Conversation:
    """A bot that can send mail: the chat can be linked by it, and reminders come by it too."""
    return build_conversation(database, surroundings, texts, clock, told=Told(mail=True))


def dialogs() -> Sequence[Dialog]:
    return (
        renewal_dialog(),
        orders_dialog(),
        linking_dialog(arrived),
        leaving_dialog(),
        settings_dialog(),
        card_dialog(CARD_LEADS),
    )


def all_states() -> list[State]:
    return [state for dialog in dialogs() for state in dialog.windows]


def test_the_names_of_the_states_are_frozen() -> None:
    groups = (RenewalStates, OrderStates, CardStates, LinkStates, LeavingStates, SettingsStates)
    names = {state.state for group in groups for state in group.__states__}
    assert names == STATES


def test_every_state_has_its_window() -> None:
    assert {state.state for state in all_states()} == STATES


def test_widget_ids_are_unique_within_a_dialog() -> None:
    for dialog in dialogs():
        assert repeated_widget_ids(dialog) == {}


def test_the_labels_that_may_be_longer_are_few_and_each_has_its_reason() -> None:
    assert len(LONGER) <= 5
    assert all(LONGER.values()), "each has its reason"


def views(renewal: Renewal, stage: str) -> list[View]:
    """The windows of a renewal as it stands, except those of its end."""
    ids: dict[str, Any] = {"draft": renewal.draft.id}
    single = renewal.draft.items[0].mailbox_id if renewal.draft.items else None
    plain = [
        RenewalStates.mailboxes,
        RenewalStates.offer,
        RenewalStates.kit,
        RenewalStates.registrant,
        RenewalStates.registrant_fields,
        RenewalStates.recipient,
        RenewalStates.payment,
        RenewalStates.auto_renew,
        RenewalStates.years,
        RenewalStates.recap,
        RenewalStates.recap_lines,
        RenewalStates.edit,
        RenewalStates.leave,
        RenewalStates.email,
        RenewalStates.email_code,
    ]
    if renewal.draft.kit is not None and renewal.draft.kit.kit_id is not None:
        plain += [RenewalStates.kit_holder, RenewalStates.shipping]
    found = [View(state, ids, stage) for state in plain]
    if single is None:
        return found
    opened = {**ids, "mailbox": single}
    found += [
        View(state, opened, stage) for state in (RenewalStates.item, RenewalStates.plan, RenewalStates.space)
    ]
    mailbox = renewal.facts.mailboxes[single]
    for plan in choosable_plans(renewal.facts.catalogue, mailbox):
        if plan.id == mailbox.plan_id:
            continue
        data = {**opened, "plan": plan.id}
        found.append(View(RenewalStates.plan_change, data, f"{stage} {plan.id}"))
        if change_of_plan(mailbox, plan, renewal.facts).needs_second_confirmation:
            found.append(View(RenewalStates.archive_loss, data, f"{stage} {plan.id}"))
    return found


def field_views(renewal: Renewal) -> list[View]:
    """Every question of every form that this renewal has."""
    origins = {
        Origin.REGISTRANT: Form.REGISTRANT,
        Origin.RECIPIENT: Form.REGISTRANT,
        Origin.KIT_HOLDER: Form.KIT_HOLDER,
        Origin.SHIPPING: Form.SHIPPING,
    }
    found = []
    for origin, form in origins.items():
        sheet = sheet_of(renewal, form)
        for each in sheet.values:
            if sheet.asks(each.value) is not None:
                data = {"draft": renewal.draft.id, "origin": origin.value, "field": each.value}
                found.append(View(RenewalStates.field, data, f"{origin.value} {each.value}"))
                if each.value in address_way.PARTS:
                    way = {**data, "address": True, "number": False}
                    found.append(View(RenewalStates.field, way, f"{origin.value} {each.value} on the way"))
                if each.value == address_way.STREET and sheet.values[each]:
                    number = {**data, "address": True, "number": True}
                    found.append(View(RenewalStates.field, number, f"{origin.value} number"))
    return found


async def begun(visitor: Visitor, mailbox_ids: Sequence[int]) -> Renewal:
    """A draft with nothing chosen but its mailboxes."""
    renewals, actor = visitor.services.renewals, visitor.actor
    if len(mailbox_ids) == 1:
        return await renewals.begin_with(actor, mailbox_ids[0])
    (holding,) = await renewals.holdings(actor)
    renewal = await renewals.begin(actor, holding.holder_id)
    await visitor.look(View(RenewalStates.mailboxes, {"draft": renewal.draft.id}, "none chosen"))
    return await renewals.select_all(actor, renewal.draft.id)


async def completed(visitor: Visitor, draft_id: int) -> Renewal:
    """The same draft with everything chosen and accepted."""
    renewals, actor, shape = visitor.services.renewals, visitor.actor, visitor.shape
    renewal = await renewals.answer_kit(actor, draft_id, shape.kit)
    if shape.kit is not None:
        answers = {
            "first_name": "Maria",
            "last_name": "Esempio",
            "tax_code": "SMPMRA80A41H501N",
            "email": "maria.esempio@example.com",
            "mobile": "+39 320 1234567",
        }
        sheet = sheet_of(renewal, Form.KIT_HOLDER)
        for each in sheet.values:
            await renewals.answer_field(actor, draft_id, Form.KIT_HOLDER, each, answers[each.value])
        await renewals.ship_to_registrant(actor, draft_id)
    await renewals.confirm_registrant(actor, draft_id)
    renewal = await renewals.choose_method(actor, draft_id, shape.method)
    if renewal.facts.catalogue.methods[shape.method].carries_auto_renew:
        await renewals.set_auto_renew(actor, draft_id, on=True)
    renewal = await renewals.choose_years(actor, draft_id, 2)
    for document in documents_for(renewal.draft, renewal.facts):
        renewal = await renewals.toggle_acceptance(actor, draft_id, document.id)
    return renewal


async def look_at_linking(visitor: Visitor) -> None:
    """The address and the code: nothing asked yet, a good code, an address that has had its codes of the hour."""
    codes, actor, data = visitor.services.login_codes, visitor.actor, start_data(Purpose.HOME)
    await visitor.look(View(LinkStates.email, data))
    await visitor.look(View(LinkStates.code, data, "none asked for"))
    await codes.ask(actor, f"{actor.language}@example.com")
    await visitor.look(View(LinkStates.code, data, "asked for"))
    for _ in range(visitor.services.surroundings.catalogue.rules.login_attempts):
        await codes.enter(actor, "000000")
    await visitor.look(View(LinkStates.code, data, "too many wrong"))


async def look_at_leaving(visitor: Visitor, customer_id: int) -> None:
    """What stands against deleting a customer for whom other chats speak too, or what would go and stay."""
    await visitor.look(View(LeavingStates.whose, {}))
    await visitor.look(View(LeavingStates.terms, about(customer_id)))
    await visitor.look(View(LeavingStates.code, about(customer_id), "none asked for"))


async def look_at_leaving_alone(visitor: Visitor, seed: Seed) -> None:
    """What goes and stays of a customer for whom this chat alone speaks, beside the other one; and the code."""
    services, actor, code = visitor.services, visitor.actor, f"sola-{visitor.actor.language}"
    await seed.mailbox(code)
    needed = await services.linking.redeem(actor, (await services.linking.invite(code)).token)
    assert isinstance(needed, ConfirmationNeeded)
    customer_id = (await services.linking.confirm(actor, needed.token_id)).customer_id
    await visitor.look(View(LeavingStates.whose, {}, "alone"))
    await visitor.look(View(LeavingStates.terms, about(customer_id), "alone"))
    await services.leaving.ask(actor, customer_id)
    await visitor.look(View(LeavingStates.code, about(customer_id), "asked for"))


async def look_at_reference_email(visitor: Visitor, renewal: Renewal) -> None:
    """The card and the code while a new address waits for its code.

    Each language has an address of its own: the limits are of the address too.
    """
    emails, actor = visitor.services.reference_emails, visitor.actor
    data = {"draft": renewal.draft.id}
    customer_id = next(iter(renewal.facts.mailboxes.values())).customer_id
    await emails.ask(actor, customer_id, f"nuova.{actor.language}@example.com")
    await visitor.look(View(RenewalStates.registrant, data, "new e-mail waits"))
    await visitor.look(View(RenewalStates.email_code, data, "asked for"))


async def look_at_open_order(visitor: Visitor, number: dict[str, Any]) -> None:
    """The windows of an order that awaits payment, and each method that it could be paid by instead."""
    for state in (
        OrderStates.list,
        OrderStates.order,
        OrderStates.lines,
        OrderStates.cancel,
        OrderStates.methods,
    ):
        await visitor.look(View(state, number, "open"))
    offered = await visitor.services.other_methods.offered(visitor.actor, number["number"])
    for method_id in [change.other.method.id for change in offered.changes if change.other.possible]:
        await visitor.look(View(OrderStates.method, number | {"method": method_id}, method_id))
    for state in WITHDRAWING:
        await visitor.look(View(state, number, "not withdrawn"))
    with suppress(NothingToExpect):
        await visitor.services.promises.say_paid(visitor.actor, number["number"])
        await visitor.look(View(OrderStates.order, number, "said to be paid"))


async def look_at_everything(visitor: Visitor, mailbox_ids: Sequence[int]) -> None:
    """Every window, at every stage of a renewal that ends with a cancelled order."""
    services, actor = visitor.services, visitor.actor
    (holding,) = await services.renewals.holdings(actor)
    await visitor.look(View(RenewalStates.holder, {}))
    await visitor.look(View(RenewalStates.leave, {}, "nothing begun"))
    await visitor.look(View(OrderStates.list, {}, "none"))
    await look_at_settings(visitor, mailbox_ids[0])
    for box in holding.mailboxes[:8]:
        await look_at_card(visitor, box)
    for box in holding.mailboxes:
        if box.id not in mailbox_ids or len(mailbox_ids) == 1:
            shown = {"holder": None, "blocked": box.id, "listed": False}
            await visitor.look(View(RenewalStates.unavailable, shown, f"of {box.address}"))
    listed = {"holder": holding.holder_id, "blocked": None, "listed": True}
    await visitor.look(View(RenewalStates.unavailable, listed, "list"))
    renewal = await begun(visitor, mailbox_ids)
    for view in views(renewal, "begun"):
        await visitor.look(view)
    await look_at_reference_email(visitor, renewal)
    await look_at_leaving(visitor, holding.mailboxes[0].customer_id)
    await look_at_linking(visitor)
    paused = {"draft": renewal.draft.id}
    await visitor.look(View(RenewalStates.email_code, paused, "too many wrong"))
    if not visitor.shape.completes:
        return
    renewal = await completed(visitor, renewal.draft.id)
    assert not renewal.gaps, renewal.gaps
    for view in [*views(renewal, "complete"), *field_views(renewal)]:
        await visitor.look(view)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "-")
    await visitor.look(View(RenewalStates.placed, {"draft": renewal.draft.id}))
    await visitor.look(View(LeavingStates.terms, about(holding.mailboxes[0].customer_id), "ordered"))
    number = {"number": order.number}
    await look_at_open_order(visitor, number)
    open_order = {"holder": holding.holder_id, "blocked": mailbox_ids[0], "listed": False}
    await visitor.look(View(RenewalStates.unavailable, open_order, "ordered"))
    await look_at_ordered(visitor, mailbox_ids[0])
    await services.orders.cancel(actor, order.number)
    for state in (OrderStates.list, OrderStates.order, OrderStates.methods, OrderStates.method, *WITHDRAWING):
        await visitor.look(View(state, number, "cancelled"))
    await look_at_withdrawn(visitor, mailbox_ids)


async def look_at_withdrawn(visitor: Visitor, mailbox_ids: Sequence[int]) -> None:
    """An order of the same mailboxes that was withdrawn from, where that is a consumer's."""
    services, actor = visitor.services, visitor.actor
    renewal = await completed(visitor, (await begun(visitor, mailbox_ids)).draft.id)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "-")
    if not order.registrant.kind.is_consumer:
        await services.orders.cancel(actor, order.number)
        return
    await services.withdrawals.withdraw(actor, order.number, Stated("-", "maria@example.com", "-", "-"))
    for state in (OrderStates.order, *WITHDRAWING):
        await visitor.look(View(state, {"number": order.number}, "withdrawn"))


def test_the_shape_that_has_every_window_is_looked_at_each_time() -> None:
    assert SHAPES[0].name == EACH_TIME


@pytest.mark.parametrize(
    ("shape", "whole"),
    [
        pytest.param(SHAPES[0], False, id=EACH_TIME),
        *long(*(pytest.param(shape, True, id=f"{shape.name} whole") for shape in SHAPES)),
    ],
)
async def test_every_window_reads_well_in_both_languages(
    shape: Shape, talk: Talk, conversation: Conversation, services: Services, seed: Seed, texts: Texts,
    album: Album, clock: FrozenClock, *, whole: bool,
) -> None:  # fmt: skip
    windows = Windows().attach(conversation)
    mailbox_ids = await shape.make(seed)
    wrong: list[str] = []
    seen = []
    for language in LANGUAGES:
        chat = await talk(CUSTOMER, language=language)
        hasty = not whole and language != LANGUAGES[0]
        visitor = Visitor(chat, Actor(chat.id, language), windows, services, shape, hasty=hasty)
        await look_at_everything(visitor, mailbox_ids)
        clock.advance(timedelta(hours=2))  # no code is taken for a while after so many wrong ones
        await look_at_leaving_alone(visitor, seed)
        if shape is SHAPES[0]:
            assert {state.state for state in visitor.states} == STATES, "every window is looked at"
        wrong += what_is_wrong(visitor, texts.translator(language))
        album.keep(language, shape.name, visitor.seen)
        seen.append(visitor.seen)
    assert not wrong, "\n".join(wrong)
    italian, english = seen
    assert italian.keys() == english.keys() if whole else italian.keys() >= english.keys()
    for name in english:
        screen = italian[name]
        assert screen.text != english[name].text, name
        assert sentences(screen).isdisjoint(sentences(english[name])), f"{name} is not translated"


def what_is_wrong(visitor: Visitor, translator: Translator) -> list[str]:
    """Everything that is not as it has to be, with the screen on which it is not."""
    by_name = {state.state: state for state in all_states()}
    wrong = []
    for name, screen in visitor.seen.items():
        state = by_name[name.split(" ")[0]]
        found = [*faults(screen), *over_budget(screen)]
        if not title_is_bold(screen):
            found.append("the title is not bold")
        if state not in NO_BACK and not has_button(screen, translator, "nav-back"):
            found.append("no Back")
        if state not in NO_CANCEL and not has_button(screen, translator, "nav-cancel"):
            found.append("no Cancel")
        if state not in NO_PROGRESS and not has_progress(screen):
            found.append("no progress bar")
        total = has_total(screen, translator)
        if state not in NO_TOTAL and " complete" in name and not total:
            found.append("no running total")
        if state in SAID_BY_BUTTONS and " begun" in name and total and visitor.shape.name not in FORCED:
            found.append("a total beside the buttons that say it")
        wrong += [
            f"{visitor.actor.language} {name}: {each}\n{screen.text}\n{screen.labels}\n" for each in found
        ]
    return wrong


def sentences(screen: Message) -> set[str]:
    """The lines with at least four words, which no name or address has."""
    return {line for line in screen.text.splitlines() if len([w for w in line.split() if w.isalpha()]) > 3}
