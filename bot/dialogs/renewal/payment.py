"""How to pay, with the dates on which a payment made today would be registered; automatic renewal (DOMAIN.md 3.6)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.automatic import notice_tick, way_wanted
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import (
    ask_to_leave,
    asks_auto_renewal,
    draft_id,
    header,
    proceed,
    renewal_of,
    step_nav,
)
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Label, nav_row
from bot.dialogs.widgets.colours import GOES_ON
from bot.domain.calendar import Arrival, registered
from bot.domain.catalogue import PaymentMethod
from bot.domain.drafts import chosen_method, method_arrival, methods_for, payment_limits, year_choices
from bot.domain.instant import rescue
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.blocks import folded
from bot.messages.words import named, rescue_words, split_ended
from bot.services.renewing.offer import automatic_renewal
from bot.texts import Safe, Translator

_ON: Final = "on"
_OFF: Final = "off"


def windows() -> list[Window]:
    """The windows of this step."""
    return [
        step_window(
            RenewalStates.payment,
            Choices("payment_method", "method_choices", on_click=_choose),
            step_nav("payment", Step.PAYMENT),
            text="renewal-payment",
            getter=_methods,
        ),
        step_window(
            RenewalStates.auto_renew,
            Choices("auto_renew_tick", "tick", on_click=_tick),
            Choices("auto_renew_notice", "ways", on_click=_choose_way),
            Button(Label("nav-continue"), id="auto_renew_go", style=GOES_ON, on_click=_go_on),
            nav_row("auto_renew", back=_back_from_auto_renew, cancel=ask_to_leave),
            text="renewal-auto-renew",
            getter=_auto_renew,
        ),
    ]


async def _methods(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    methods = methods_for(renewal.draft, renewal.facts) if renewal.draft.items else ()
    arrivals = {method.id: method_arrival(renewal.draft, renewal.facts, method) for method in methods}
    return {
        **header(dialog_manager, renewal, Step.PAYMENT),
        "body": blocks(
            lines_of([_dates(translator, renewal), _beside(translator, renewal, arrivals)]),
            folded(
                rescue_text(translator, renewal, methods),
                lines_of(_exceptions(translator, renewal, methods, arrivals)),
            ),
        ),
        "method_choices": [
            _choice(translator, renewal, method, arrivals[method.id])
            for method in methods
            if arrivals[method.id] is not Arrival.AFTER_DELETION
        ],
    }


def _dates(translator: Translator, renewal: Renewal) -> Safe:
    """The dates that the payment has to come before: those of the mailbox that expires first."""
    boxes = renewal.mailboxes
    if not boxes:
        return translator.html("refusal-no-mailbox")
    limits = payment_limits(renewal.draft, renewal.facts)
    return translator.html(
        "renewal-payment-dates",
        count=len(boxes),
        expired=limits.expiry < renewal.facts.today,
        expires=limits.expiry,
        deletion=limits.deletion,
    )


def _exceptions(
    translator: Translator,
    renewal: Renewal,
    methods: Sequence[PaymentMethod],
    arrivals: Mapping[str, Arrival],
) -> Iterator[Safe]:
    """What the buttons do not say of a method: that it comes late or too late, and that it takes a letter."""
    facts = renewal.facts
    for method in methods:
        name, arrival = named(translator, method.names), arrivals[method.id]
        if arrival is Arrival.AFTER_DELETION or is_late(renewal, arrival):
            dates = registered(method, facts.today, facts.at)
            yield translator.html(
                f"renewal-payment-{arrival.value}",
                method=name,
                earliest=dates.earliest,
                latest=dates.latest,
                when=_when(renewal, method),
            )
        if method.commitment_letter:
            yield translator.html("renewal-payment-letter", method=name)


def is_late(renewal: Renewal, arrival: Arrival) -> bool:
    """Whether a payment comes after an expiry that is still ahead: one that is past is so for every method."""
    expired = payment_limits(renewal.draft, renewal.facts).expiry < renewal.facts.today
    return arrival is Arrival.AFTER_EXPIRY and not expired


def _when(renewal: Renewal, method: PaymentMethod) -> str:
    dates = registered(method, renewal.facts.today, renewal.facts.at)
    if dates.earliest != dates.latest:
        return "range"
    return "today" if dates.latest == renewal.facts.today else "day"


def rescue_text(translator: Translator, renewal: Renewal, methods: Sequence[PaymentMethod]) -> Safe | None:
    """That an instant transfer among these saves what an ordinary one would not; nothing where none does."""
    if not renewal.mailboxes:
        return None
    facts = renewal.facts
    limits = payment_limits(renewal.draft, facts)
    found = rescue(
        methods,
        by=limits.expiry,
        until=limits.deletion,
        today=facts.today,
        at=facts.at,
    )
    return None if found is None else rescue_words(translator, found, ordered=False)


def _beside(translator: Translator, renewal: Renewal, arrivals: Mapping[str, Arrival]) -> Safe:
    """What the dates on the buttons are; or, where no method would arrive, whom to turn to."""
    possible = [arrival for arrival in arrivals.values() if arrival is not Arrival.AFTER_DELETION]
    if possible:
        return translator.html("renewal-payment-beside", same=len(possible) > 1)
    operator = renewal.facts.catalogue.operator
    return translator.html(
        "renewal-payment-none", operator=operator.name, email=operator.email, phone=operator.phone
    )


def method_label(
    translator: Translator, method: PaymentMethod, latest: date, *, today: date, late: bool
) -> str:
    """The button of a method, with the latest day on which a payment of today is registered."""
    return translator.plain(
        "renewal-payment-choice",
        method=named(translator, method.label_names),
        latest=latest,
        when="late" if late else "today" if latest == today else "other",
    )


def _choice(translator: Translator, renewal: Renewal, method: PaymentMethod, arrival: Arrival) -> Choice:
    latest = registered(method, renewal.facts.today, renewal.facts.at).latest
    late = is_late(renewal, arrival)
    label = method_label(translator, method, latest, today=renewal.facts.today, late=late)
    return Choice.one_of(method.id, label, chosen=renewal.draft.method_id == method.id)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, method_id: str) -> None:
    renewal = await services_of(manager).renewals.choose_method(
        actor_of(manager), draft_id(manager), method_id
    )
    method = chosen_method(renewal.draft, renewal.facts)
    if method is not None and method.carries_auto_renew and asks_auto_renewal(renewal.draft):
        await manager.switch_to(RenewalStates.auto_renew)
    else:
        await proceed(manager, renewal, Step.PAYMENT)


async def _auto_renew(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    method = chosen_method(renewal.draft, renewal.facts)
    if method is None or not method.carries_auto_renew or not renewal.draft.items:
        body, tick = translator.html("renewal-auto-renew-not-carried"), []
        notice = None
    else:
        on = renewal.draft.auto_renew
        notice = notice_tick(dialog_manager, renewal.notice_way) if on else None
        body = blocks(
            translator.html(
                "renewal-auto-renew-what",
                method=named(translator, method.in_sentence),
                days=renewal.facts.catalogue.rules.auto_renew_charge_days,
            ),
            _charges(translator, renewal),
            *_auto_renew_terms(translator, renewal, asked=notice is not None),
        )
        label = translator.plain("renewal-auto-renew-tick", on=on)
        tick = [Choice.tick(_OFF if on else _ON, label, chosen=on)]
    return {
        **header(dialog_manager, renewal, Step.PAYMENT),
        "body": body,
        "tick": tick,
        "ways": [] if notice is None else [notice],
    }


def _auto_renew_terms(translator: Translator, renewal: Renewal, *, asked: bool) -> tuple[Safe, Safe | None]:
    """What the amounts mean, as of the latest charge that is named, and that split payment ends before it.

    By which way the notices come is said where it is `asked`.
    """
    longest = renewal.draft.years or max(year_choices(renewal.draft, renewal.facts))
    terms = automatic_renewal(renewal, longest)
    ends = split_ended(translator, renewal.facts.catalogue, today=renewal.facts.today)
    return (
        translator.html(
            "renewal-auto-renew-terms", split=terms.split, asked=asked, way=renewal.notice_way.value
        ),
        ends if terms.split_ends else None,
    )


def _charges(translator: Translator, renewal: Renewal) -> Safe:
    """Day, years and amount of the first charge; for each number of years while none is chosen."""

    def charge(key: str, years: int) -> Safe:
        terms = automatic_renewal(renewal, years)
        return translator.html(
            key,
            years=years,
            due=terms.amount,
            first=terms.first_charge,
            last=terms.last_charge,
            same=terms.first_charge == terms.last_charge,
        )

    if renewal.draft.years is not None:
        return charge("renewal-auto-renew-charge", renewal.draft.years)
    offered = year_choices(renewal.draft, renewal.facts)
    return lines_of(
        [
            translator.html("renewal-auto-renew-by-years"),
            *(charge("renewal-auto-renew-charge-for", years) for years in offered),
        ]
    )


async def _tick(_: CallbackQuery, __: Any, manager: DialogManager, wanted: str) -> None:
    await services_of(manager).renewals.set_auto_renew(actor_of(manager), draft_id(manager), on=wanted == _ON)


async def _choose_way(_: CallbackQuery, __: Any, manager: DialogManager, wanted: str) -> None:
    way = way_wanted(wanted)
    await services_of(manager).renewals.choose_notice_way(actor_of(manager), draft_id(manager), way)


async def _go_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await proceed(manager, await renewal_of(manager), Step.PAYMENT)


async def _back_from_auto_renew(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    from_edit = (await renewal_of(manager)).draft.step is Step.EDIT
    await manager.switch_to(RenewalStates.edit if from_edit else RenewalStates.payment)
