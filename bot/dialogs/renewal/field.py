"""The window that asks one field: of the registrant, of the person of a kit, of the address it is sent to.

`dialog_data` remembers which field is asked and from where, never what was answered: a refused answer goes
from the handler to the drawing of the same update through the middleware data, and is forgotten, as personal
data rests only in encrypted columns.
"""

from enum import StrEnum
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs import own_number
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal import address_way
from bot.dialogs.renewal.flow import ask_to_leave, draft_id, header, renewal_of, say_read_as
from bot.dialogs.renewal.forms import (
    PHONES,
    Sheet,
    blocks,
    capital,
    dashed,
    error_text,
    label_of,
    sheet_of,
    shown,
)
from bot.dialogs.renewal.window import step_window
from bot.dialogs.rewriting import take_away
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Label, nav_row
from bot.domain.registrant import (
    AnyField,
    ErrorCode,
    Field,
    FieldError,
    Form,
    HolderKind,
    KitHolderField,
    ShippingField,
    example_for,
    field_required,
    whole_address,
    with_number,
)
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.texts import Safe, Translator


class Origin(StrEnum):
    """The window from which a field is asked; the values are stored with open conversations."""

    KIT_HOLDER = "kit_holder"
    SHIPPING = "shipping"
    REGISTRANT = "registrant"
    REGISTRANT_FIELDS = "registrant_fields"
    RECIPIENT = "recipient"


_STATES: dict[Origin, State] = {
    Origin.KIT_HOLDER: RenewalStates.kit_holder,
    Origin.SHIPPING: RenewalStates.shipping,
    Origin.REGISTRANT: RenewalStates.registrant,
    Origin.REGISTRANT_FIELDS: RenewalStates.registrant_fields,
    Origin.RECIPIENT: RenewalStates.recipient,
}

_FORMS: dict[Origin, Form] = {Origin.KIT_HOLDER: Form.KIT_HOLDER, Origin.SHIPPING: Form.SHIPPING}
"""The forms of the origins; all others belong to the registrant."""

_FIELDS: dict[Form, type[AnyField]] = {
    Form.REGISTRANT: Field,
    Form.KIT_HOLDER: KitHolderField,
    Form.SHIPPING: ShippingField,
}

_ORIGIN = "origin"
_FIELD = "field"

_REFUSED = "renewal_field_refused"
_NOTE = "renewal_field_note"

_HAS_NO_ANSWER = frozenset({Field.RECIPIENT_CODE, Field.RECIPIENT_PEC})
"""Left empty they mean another way for the invoice, which is a choice of the window before."""

_DOES_NOT_STAY = frozenset({Field.TAX_CODE, KitHolderField.TAX_CODE})
"""What is deleted from the chat once it is taken: who finds a lost phone finds no code of a person's there."""


async def ask(manager: DialogManager, origin: Origin, name: str) -> None:
    """Ask the field of this name; a name that is not to be asked leaves the window as it is.

    The street is the beginning of the address: the rest of it is asked next.
    """
    field = sheet_of(await renewal_of(manager), _form(origin)).asks(name)
    if field is not None:
        await _show(manager, origin, field)
        if name == address_way.STREET:
            address_way.set_off(manager.dialog_data)


async def ask_what_is_missing(
    manager: DialogManager, renewal: Renewal, origin: Origin, otherwise: State
) -> None:
    """Ask the first field that is missing or wrong; when there is none, show the window `otherwise`."""
    question = sheet_of(renewal, _form(origin)).next_question
    if question is None:
        await manager.switch_to(otherwise)
    else:
        await _show(manager, origin, question)


def windows() -> list[Window]:
    """The window of this module."""
    return [
        step_window(
            RenewalStates.field,
            Choices("field_empty", "leave_empty", _left_empty),
            Choices("field_keep", "keep", _kept, width=2),
            Choices("field_number", "no_number", _has_no_number),
            Button(
                Label("own-number-button"),
                id="field_own_number",
                on_click=_offer_own_number,
                when="own_number",
            ),
            nav_row("field", back=_back, cancel=_cancel),
            MessageInput(_answered, content_types=ContentType.TEXT),
            MessageInput(_shared, content_types=ContentType.CONTACT),
            MessageInput(_sent_something_else),
            text="renewal-field",
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    origin, field = _asked(dialog_manager)
    translator = translator_of(dialog_manager)
    sheet = sheet_of(renewal, _form(origin))
    if address_way.asks_number(dialog_manager.dialog_data):
        error = dialog_manager.middleware_data.get(_REFUSED)
        refusal = error_text(translator, error) if isinstance(error, FieldError) else None
        return {
            **header(dialog_manager, renewal, _step_of(sheet)),
            **address_way.number_question(translator, sheet, field, _note(dialog_manager), refusal),
        }
    can_be_empty = not field_required(field, sheet.context) and field not in _HAS_NO_ANSWER
    on_way = address_way.is_on_way(dialog_manager.dialog_data)
    refused = _what_is_wrong(dialog_manager, sheet, field)
    question = blocks(
        _note(dialog_manager),
        refused,
        _value_now(translator, sheet, field),
        _hint(translator, sheet, field) if refused is None else None,
        translator.html("renewal-field-optional") if can_be_empty else None,
    )
    return {
        **header(dialog_manager, renewal, _step_of(sheet)),
        "label": capital(label_of(translator, field, sheet.context)),
        "question": question,
        "leave_empty": [Choice(field.value, translator.plain("renewal-field-leave-empty"))]
        if can_be_empty
        else [],
        "keep": address_way.keeping(translator, sheet, field) if on_way else [],
        "no_number": [],
        "own_number": field in PHONES,
    }


def _step_of(sheet: Sheet) -> Step:
    return Step.REGISTRANT if sheet.form is Form.REGISTRANT else Step.KIT


def _note(manager: DialogManager) -> Safe | None:
    """Why what was sent is not taken as an answer at all."""
    key = manager.middleware_data.get(_NOTE)
    return translator_of(manager).html(key) if isinstance(key, str) else None


def _what_is_wrong(manager: DialogManager, sheet: Sheet, field: AnyField) -> Safe | None:
    """Why the answer was refused, or else why the value on file has to change; it ends with what to write."""
    error = manager.middleware_data.get(_REFUSED)
    if not isinstance(error, FieldError):
        error = sheet.problem(field) if sheet.values.get(field) else None
    return None if error is None else error_text(translator_of(manager), error)


def _value_now(translator: Translator, sheet: Sheet, field: AnyField) -> Safe | None:
    value = sheet.values.get(field)
    if not value:
        return None
    return translator.html("renewal-field-now", value=shown(translator, field, value))


def _hint(translator: Translator, sheet: Sheet, field: AnyField) -> Safe:
    return translator.html(
        f"renewal-field-hint-{dashed(field.value)}",
        italian=sheet.context.is_italian,
        public=sheet.context.kind is HolderKind.PUBLIC_ADMINISTRATION,
        example=example_for(field, sheet.context),
    )


async def _answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if _was_written_before_the_question(message, manager):
        manager.middleware_data[_NOTE] = "renewal-field-too-early"
        return
    text = message.text or ""
    if text.startswith("/"):
        manager.middleware_data[_NOTE] = "renewal-field-command"
        return
    field = _asked(manager)[1]
    if not await _take(manager, text):
        return
    await own_number.put_away(message, manager)
    if field in _DOES_NOT_STAY:
        await take_away(message)


async def _shared(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """A contact counts where a telephone is asked for and it is the sender's own."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if _asked(manager)[1] not in PHONES:
        manager.middleware_data[_NOTE] = "renewal-field-text-only"
        return
    number = own_number.number_of(message)
    if number is None:
        manager.middleware_data[_NOTE] = "own-number-foreign"
        return
    await own_number.put_away(message, manager)
    await _take(manager, number)


async def _offer_own_number(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    if callback.message is not None and _asked(manager)[1] in PHONES:
        await own_number.offer(callback.message, manager)
        manager.show_mode = ShowMode.NO_UPDATE


async def _cancel(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    if callback.message is not None:
        await own_number.put_away(callback.message, manager)
    await ask_to_leave(callback, button, manager)


async def _sent_something_else(_: Message, __: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    manager.middleware_data[_NOTE] = "renewal-field-text-only"


async def _left_empty(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    # A second quick tap finds the next question on the screen: it was not meant for that one.
    if _asked(manager)[1].value == name:
        await _take(manager, "")


async def _kept(_: CallbackQuery, __: Any, manager: DialogManager, choice: str) -> None:
    origin, field = _asked(manager)
    if not address_way.is_on_way(manager.dialog_data):
        return
    rest = address_way.kept(choice, field)
    if rest is not None:
        await _go_on(manager, await renewal_of(manager), origin, None if rest else field)


async def _has_no_number(_: CallbackQuery, __: Any, manager: DialogManager, number: str) -> None:
    if address_way.asks_number(manager.dialog_data):
        await _take(manager, number)


async def _back(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    origin, field = _asked(manager)
    if callback.message is not None:
        await own_number.put_away(callback.message, manager)
    before: AnyField | None = None
    if address_way.asks_number(manager.dialog_data):
        before = field
    elif address_way.is_on_way(manager.dialog_data):
        before = address_way.preceding(sheet_of(await renewal_of(manager), _form(origin)), field)
    if before is None:
        await manager.switch_to(_STATES[origin])
    else:
        await _show_part(manager, origin, before)


async def _go_on(manager: DialogManager, renewal: Renewal, origin: Origin, field: AnyField | None) -> None:
    """Ask the part of the address after `field`; after the last, or None, what else is missing, or show the card."""
    part = None if field is None else address_way.following(sheet_of(renewal, _form(origin)), field)
    if part is None:
        await ask_what_is_missing(manager, renewal, origin, _after(renewal, origin))
    else:
        await _show_part(manager, origin, part)


async def _take(manager: DialogManager, text: str) -> bool:
    """Keep the answer and go on; False where it is refused, which the window says."""
    origin, field = _asked(manager)
    if field is Field.REFERENCE_EMAIL:  # asked by an earlier release: it has windows of its own now
        await manager.switch_to(RenewalStates.email)
        return False
    renewals, actor, draft, form = (
        services_of(manager).renewals,
        actor_of(manager),
        draft_id(manager),
        _form(origin),
    )
    number = address_way.asks_number(manager.dialog_data)
    if field.value == address_way.STREET:
        text = _with_its_number(sheet_of(await renewal_of(manager), form), field, text, asked=number)
    try:
        renewal = await renewals.answer_field(actor, draft, form, field, text)
    except FieldError as error:
        if error.code is ErrorCode.STREET_NUMBER_MISSING and not number:
            await renewals.begin_street(actor, draft, form, text)
            address_way.ask_number(manager.dialog_data)
            return True
        manager.middleware_data[_REFUSED] = error
        return False
    sheet = sheet_of(renewal, form)
    _say_how_it_was_read(manager, sheet, field, text)
    if origin is Origin.RECIPIENT:
        await manager.switch_to(_after(renewal, origin))
    elif address_way.is_on_way(manager.dialog_data) and not _is_whole(sheet, field, text):
        await _go_on(manager, renewal, origin, field)
    else:
        address_way.arrive(manager.dialog_data)
        await ask_what_is_missing(manager, renewal, origin, _after(renewal, origin))
    return True


def _with_its_number(sheet: Sheet, field: AnyField, typed: str, *, asked: bool) -> str:
    """The street with the number that was typed for it, where that was asked, or is what the street lacks."""
    problem = sheet.problem(field)
    lacks = problem is not None and problem.code is ErrorCode.STREET_NUMBER_MISSING
    return with_number(sheet.values[field], typed) if asked or lacks else typed


def _is_whole(sheet: Sheet, field: AnyField, typed: str) -> bool:
    """Whether a whole Italian address was given as the street, with all its parts."""
    return field.value == address_way.STREET and sheet.context.is_italian and whole_address(typed) is not None


def _say_how_it_was_read(manager: DialogManager, sheet: Sheet, field: AnyField, typed: str) -> None:
    """Show, on whatever comes next, a value that is not what was typed (DOMAIN.md 3.5)."""
    translator = translator_of(manager)
    value = sheet.values.get(field, "")
    read = shown(translator, field, value)
    if _is_whole(sheet, field, typed):
        read = " · ".join(each for name, each in sheet.values.items() if name.value in address_way.PARTS)
    as_typed = ("" if field in PHONES else " ").join(typed.split())
    if value and as_typed not in {value, read}:
        say_read_as(manager, capital(label_of(translator, field, sheet.context)), read)


def _after(renewal: Renewal, origin: Origin) -> State:
    """The window that shows what was answered: the card, or for public bodies their several invoice codes."""
    if origin is Origin.REGISTRANT_FIELDS:
        return RenewalStates.registrant
    if origin is Origin.RECIPIENT and renewal.registrant.kind is not HolderKind.PUBLIC_ADMINISTRATION:
        return RenewalStates.registrant
    return _STATES[origin]


async def _show(manager: DialogManager, origin: Origin, field: AnyField) -> None:
    manager.dialog_data[_ORIGIN] = origin.value
    manager.dialog_data[_FIELD] = field.value
    address_way.arrive(manager.dialog_data)
    await manager.switch_to(RenewalStates.field)


async def _show_part(manager: DialogManager, origin: Origin, field: AnyField) -> None:
    """Ask a part of the address, of which the others are asked too."""
    on_way = address_way.is_on_way(manager.dialog_data)
    await _show(manager, origin, field)
    if on_way:
        address_way.set_off(manager.dialog_data)


def _asked(manager: DialogManager) -> tuple[Origin, AnyField]:
    origin = Origin(manager.dialog_data[_ORIGIN])
    return origin, _FIELDS[_form(origin)](manager.dialog_data[_FIELD])


def _form(origin: Origin) -> Form:
    return _FORMS.get(origin, Form.REGISTRANT)


def _was_written_before_the_question(message: Message, manager: DialogManager) -> bool:
    """Whether the message was on its way while another question was asked: two answers sent in a row."""
    shown_as = manager.current_stack().last_message_id
    return shown_as is not None and message.message_id < shown_as
