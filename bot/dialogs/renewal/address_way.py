"""An address in one go: street, number, postcode, town and province asked one after the other (DOMAIN.md 3.5).

Each answer is kept at once, in the draft, so that a restart loses none. `dialog_data` remembers that the questions
follow one another, and whether it is the number of the street that is asked.
"""

from typing import Any, Final

from bot.dialogs.renewal.forms import Sheet, blocks
from bot.dialogs.widgets import Choice
from bot.domain.registrant import AnyField, Field
from bot.texts import Safe, Translator

STREET: Final = Field.STREET.value
PARTS: Final = (STREET, Field.POSTCODE.value, Field.TOWN.value, Field.PROVINCE.value)
"""The names of the fields of an address, alike in every form that has one, in the order in which they are asked."""

NO_NUMBER: Final = "snc"
"""What Italian addresses write for a number that is not there."""

_KEEP: Final = "keep"
_REST: Final = "rest"

_ON_WAY: Final = "address"
_NUMBER: Final = "number"


def set_off(data: dict[str, Any], *, number: bool = False) -> None:
    """The questions follow one another from now on; with `number` it is the street's number that is asked."""
    data[_ON_WAY], data[_NUMBER] = True, number


def arrive(data: dict[str, Any]) -> None:
    """A question of its own is asked from now on."""
    data.pop(_ON_WAY, None)
    data.pop(_NUMBER, None)


def ask_number(data: dict[str, Any]) -> None:
    """It is the number of the street that is asked, whether or not other questions follow."""
    data[_NUMBER] = True


def is_on_way(data: dict[str, Any]) -> bool:
    """Whether the parts of the address are asked one after the other."""
    return bool(data.get(_ON_WAY))


def asks_number(data: dict[str, Any]) -> bool:
    """Whether it is the number of the street that is asked."""
    return bool(data.get(_NUMBER))


def following(sheet: Sheet, field: AnyField) -> AnyField | None:
    """The part after this one; None after the last."""
    later = PARTS[PARTS.index(field.value) + 1 :]
    return next((each for each in map(sheet.asks, later) if each is not None), None)


def preceding(sheet: Sheet, field: AnyField) -> AnyField | None:
    """The part before this one; None before the first."""
    earlier = reversed(PARTS[: PARTS.index(field.value)])
    return next((each for each in map(sheet.asks, earlier) if each is not None), None)


def keeping(translator: Translator, sheet: Sheet, field: AnyField) -> list[Choice]:
    """Buttons that leave this part as it is, and all of the rest, where they are right as they are."""
    if not sheet.values.get(field) or sheet.problem(field) is not None:
        return []
    found = [Choice(f"{_KEEP}-{field.value}", translator.plain("renewal-address-keep"))]
    rest = [sheet.asks(name) for name in PARTS[PARTS.index(field.value) :]]
    right = all(each is None or sheet.problem(each) is None for each in rest)
    if right and field.value != STREET and following(sheet, field) is not None:
        found.append(Choice(f"{_REST}-{field.value}", translator.plain("renewal-address-rest")))
    return found


def number_question(
    translator: Translator, sheet: Sheet, street: AnyField, *said: Safe | None
) -> dict[str, Any]:
    """The data of the window that asks for the number of the street that was just given, below what is `said` first."""
    hint = translator.html("renewal-address-number-hint", street=sheet.values[street])
    return {
        "label": translator.plain("renewal-address-number"),
        "question": blocks(*said, hint),
        "leave_empty": [],
        "keep": [],
        "own_number": False,
        "no_number": [Choice(NO_NUMBER, translator.plain("renewal-address-no-number"))],
    }


def kept(choice: str, field: AnyField) -> bool | None:
    """Whether a tapped button leaves all of the rest; None where it was meant for another question."""
    what, _, name = choice.partition("-")
    return None if name != field.value else what == _REST
