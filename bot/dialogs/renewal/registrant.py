"""The registrant data: a card to confirm, and the list of what can be changed on it (DOMAIN.md 3.5)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.mailed_code import note_of, set_note
from bot.dialogs.renewal.field import Origin, ask, ask_what_is_missing
from bot.dialogs.renewal.flow import draft_id, header, inner_nav, proceed, renewal_of, step_nav
from bot.dialogs.renewal.forms import (
    EMPTY,
    Sheet,
    address_line,
    blocks,
    capital,
    card_line,
    caution_line,
    dashed,
    field_choices,
    label_of,
    problem_line,
    sheet_of,
)
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.reference_email import awaited_email, open_reference_email
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choices, Label, UrlButton
from bot.dialogs.widgets.colours import GOES_ON
from bot.domain.registrant import (
    LOCKED,
    AnyField,
    Caution,
    Field,
    Form,
    InvoiceRoute,
    Registrant,
    cautions,
    invoice_code,
    route_of,
    routes_for,
)
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.blocks import folded
from bot.services.people.reference_emails import AwaitedEmail
from bot.texts import Safe, Translator

_ADDRESS = (Field.STREET, Field.POSTCODE, Field.TOWN, Field.PROVINCE, Field.COUNTRY)
_ROUTE = (Field.RECIPIENT_CODE, Field.RECIPIENT_PEC)
_PUBLIC = (Field.CIG, Field.CUP, Field.SPLIT_PAYMENT)

_ABOUT = {
    Caution.EMAIL_IS_EXPIRING_PEC: Field.REFERENCE_EMAIL,
    Caution.TAX_CODE_NAME_MISMATCH: Field.TAX_CODE,
    Caution.TAX_CODE_PROVISIONAL: Field.TAX_CODE,
    Caution.TAX_CODE_IS_VAT_NUMBER: Field.TAX_CODE,
    Caution.POSTCODE_ELSEWHERE: Field.POSTCODE,
}
"""The field whose value a caution quotes."""


def windows() -> list[Window]:
    """The windows of this module, in their order."""
    return [
        step_window(
            RenewalStates.registrant,
            Button(
                Label("renewal-registrant-confirm"),
                id="registrant_confirm",
                style=GOES_ON,
                on_click=_confirm,
                when="complete",
            ),
            Button(
                Label("renewal-form-complete"),
                id="registrant_complete",
                style=GOES_ON,
                on_click=_complete,
                when="to_complete",
            ),
            Row(
                SwitchTo(
                    Label("renewal-registrant-edit"),
                    id="registrant_edit",
                    state=RenewalStates.registrant_fields,
                ),
                SwitchTo(
                    Label("renewal-registrant-invoice-button"),
                    id="registrant_invoice",
                    state=RenewalStates.recipient,
                    when="invoice_choice",
                ),
            ),
            UrlButton(Label("renewal-registrant-holder-change"), "holder_change_url", when="locked_problem"),
            step_nav("registrant", Step.REGISTRANT),
            text="renewal-registrant",
            getter=_card,
        ),
        step_window(
            RenewalStates.registrant_fields,
            Choices("fields_list", "fields", _edit, width=2),
            UrlButton(Label("renewal-registrant-holder-change"), "holder_change_url"),
            inner_nav("fields", RenewalStates.registrant),
            text="renewal-registrant-fields",
            getter=_fields,
        ),
    ]


async def _card(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    registrant = renewal.registrant
    sheet = sheet_of(renewal, Form.REGISTRANT)
    operator = renewal.facts.catalogue.operator
    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        "kind": capital(translator.plain(f"kind-{dashed(registrant.kind.value)}")),
        "card": blocks(
            note_of(dialog_manager),
            _written(_rows(translator, renewal, sheet, await awaited_email(dialog_manager, renewal))),
            translator.html("renewal-registrant-locked-problem", operator=operator.name, email=operator.email)
            if sheet.has_locked_problem
            else None,
        ),
        "complete": not sheet.problems,
        "to_complete": sheet.next_question is not None,
        "locked_problem": sheet.has_locked_problem,
        "invoice_choice": _has_invoice_choice(registrant),
        "holder_change_url": operator.holder_change_url,
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """Something that the card says, and whether a part of it is missing or wrong."""

    text: Safe
    wrong: bool = False


def _rows(
    translator: Translator, renewal: Renewal, sheet: Sheet, awaited: AwaitedEmail | None
) -> Iterator[_Row]:
    """What the card says, from who the holder is to how the invoice arrives."""
    for field in sheet.values:
        if field in LOCKED or field is Field.LEGAL_REP:
            yield _row(translator, renewal, sheet, field)
    address = address_line(translator, renewal.registrant.address) or EMPTY
    found = _problems(translator, sheet, _ADDRESS)
    yield _Row(
        lines_of(
            [
                translator.html("renewal-registrant-address", address=address),
                *found,
                *_cautions(translator, renewal, sheet, _ADDRESS),
            ]
        ),
        wrong=bool(found),
    )
    yield _row(translator, renewal, sheet, Field.PHONE)
    yield _row(translator, renewal, sheet, Field.REFERENCE_EMAIL)
    if awaited is not None:
        waiting = translator.html("renewal-email-waiting", address=awaited.address)
        yield _Row(translator.html("renewal-card-problem", problem=waiting))
    yield from _invoice(translator, renewal, sheet)


def _written(rows: Iterable[_Row]) -> Safe:
    """The card; where something is wrong that stands first, and what is right is folded."""
    wrong: list[Safe] = []
    right: list[Safe] = []
    for row in rows:
        (wrong if row.wrong else right).append(row.text)
    return lines_of([*wrong, folded(lines_of(right))] if wrong else right)


def _row(translator: Translator, renewal: Renewal, sheet: Sheet, field: AnyField) -> _Row:
    """A field, and below it what is wrong with it, or worth saying of it though it stops nobody."""
    cautions = _cautions(translator, renewal, sheet, (field,))
    return _Row(
        lines_of([card_line(translator, sheet, field), *cautions]), wrong=sheet.problem(field) is not None
    )


def _cautions(
    translator: Translator, renewal: Renewal, sheet: Sheet, fields: Sequence[AnyField]
) -> list[Safe]:
    return [
        caution_line(translator, caution, sheet.values[_ABOUT[caution]])
        for caution in cautions(renewal.registrant, [mailbox.address for mailbox in renewal.mailboxes])
        if _ABOUT[caution] in fields
    ]


def _invoice(translator: Translator, renewal: Renewal, sheet: Sheet) -> Iterator[_Row]:
    """How the invoice arrives, in words, with what public bodies declare beside it."""
    registrant = renewal.registrant
    route = route_of(registrant)
    found = _problems(translator, sheet, _ROUTE)
    way = translator.html(
        "renewal-registrant-invoice",
        way=route.value,
        route=translator.plain(f"route-{route.value}"),
        code=invoice_code(registrant) or EMPTY,
        pec=registrant.recipient_pec,
    )
    yield _Row(lines_of([way, *found]), wrong=bool(found))
    if Field.CIG not in sheet.values:
        return
    if sheet.problem(Field.CIG) is None and sheet.problem(Field.CUP) is None:
        yield _Row(
            Safe(" · ").join([card_line(translator, sheet, field) for field in (Field.CIG, Field.CUP)])
        )
    else:
        yield from (_row(translator, renewal, sheet, field) for field in (Field.CIG, Field.CUP))
    yield _row(translator, renewal, sheet, Field.SPLIT_PAYMENT)


def _problems(translator: Translator, sheet: Sheet, fields: tuple[Field, ...]) -> list[Safe]:
    """What is wrong with fields that are written together in one line, each by its name."""
    found = []
    for field in fields:
        error = sheet.problem(field)
        if error is not None and sheet.values[field]:
            found.append(problem_line(translator, error))
        elif error is not None:
            found.append(
                translator.html(
                    "renewal-card-missing", label=capital(label_of(translator, field, sheet.context))
                )
            )
    return found


def _has_invoice_choice(registrant: Registrant) -> bool:
    """Whether anything about the invoice can be chosen: public bodies have one route, but several codes."""
    routes = routes_for(registrant.kind, registrant.address.country)
    return len(routes) > 1 or routes == (InvoiceRoute.OFFICE,)


async def _confirm(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await services_of(manager).renewals.confirm_registrant(actor_of(manager), draft_id(manager))
    if renewal.draft.registrant_confirmed:
        await proceed(manager, renewal, Step.REGISTRANT)
    else:  # the card is drawn again, as it is now
        set_note(manager, translator_of(manager).html("renewal-registrant-changed"))


async def _complete(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    await ask_what_is_missing(manager, renewal, Origin.REGISTRANT, RenewalStates.registrant)


async def _fields(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    sheet = sheet_of(renewal, Form.REGISTRANT)
    locked = tuple(label_of(translator, field, sheet.context) for field in sheet.values if field in LOCKED)
    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        "locked": locked,
        "fields": field_choices(translator, sheet, _editable(sheet)),
        "holder_change_url": renewal.facts.catalogue.operator.holder_change_url,
    }


def _editable(sheet: Sheet) -> list[AnyField]:
    """What is changed by writing; all about the invoice has its own window."""
    invoice = {*_ROUTE, *_PUBLIC}
    return [field for field in sheet.values if field not in LOCKED and field not in invoice]


async def _edit(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    if name == Field.REFERENCE_EMAIL.value:
        await open_reference_email(manager)
        return
    await ask(manager, Origin.REGISTRANT_FIELDS, name)
