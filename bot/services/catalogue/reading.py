"""From the tables of a catalogue file to its models, with every problem named by its place."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from bot.services.catalogue.model import Table
from bot.services.catalogue.values import IDENTIFIER, Value, WrongValue, shown

T = TypeVar("T", bound=Table)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the dotted path of the value (list places from 1), why, and what is right."""

    path: str
    wrong: str
    should: str

    def __str__(self) -> str:
        """The problem in one line."""
        return f"{self.path}: {self.wrong}; should be {self.should}"


def read_table(raw: object, model: type[T], path: str, problems: list[Problem]) -> T | None:
    """Read one table; None when it is wrong, with the reasons added to `problems`."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems.extend(
            _problem(model, path, detail["loc"], detail) for detail in error.errors(include_url=False)
        )
        return None


def read_tables(
    raw: object, model: type[T], section: str, problems: list[Problem], *, only: Sequence[str] = ()
) -> dict[str, T]:
    """Read a section of named tables, such as `[plans.<id>]`; those that are wrong are left out.

    Args:
        raw: the section as `tomllib` gives it.
        model: what each of its tables is.
        section: its name.
        problems: where to add what is wrong.
        only: the ids that there can be; any usable id, if empty.
    """
    if not isinstance(raw, dict):
        problems.append(Problem(section, f"found {shown(raw)}", f"tables such as [{section}.<id>]"))
        return {}
    found = {}
    for name, table in raw.items():
        path = f"{section}.{_key(name)}"
        if only and name not in only:
            problems.append(unknown_key(path, name, only))
            continue
        try:
            IDENTIFIER.read(name)
        except WrongValue:
            problems.append(Problem(path, "not a usable id", IDENTIFIER.what))
        read = read_table(table, model, path, problems)
        if read is not None:
            found[name] = read
    return found


def unknown_key(path: str, key: str, known: Sequence[str]) -> Problem:
    """A key that means nothing here, with the one that was probably meant."""
    near = difflib.get_close_matches(key, known, n=1)
    return Problem(path, "unknown", f'"{near[0]}" perhaps' if near else f"one of {', '.join(known)}")


def expected(model: type[Table], location: Sequence[str | int]) -> str:
    """What belongs at this place under the model, in words that continue "should be …"."""
    annotation: Any = model
    for part in location:
        annotation = _inside(annotation, part)
    value = _value(annotation)
    if value is not None:
        return f"{value.what}, such as {value.example}"
    if get_origin(annotation) is list:
        return "a list of tables in double square brackets"
    if get_origin(annotation) is dict:
        return "a table"
    return f"a table with {', '.join(_fields(annotation))}"


def _problem(
    model: type[Table], path: str, location: Sequence[str | int], detail: Mapping[str, Any]
) -> Problem:
    place = path + "".join(
        f"[{part + 1}]" if isinstance(part, int) else f".{_key(part)}" for part in location
    )
    if detail["type"] == "extra_forbidden":
        owner: Any = model
        for part in location[:-1]:
            owner = _inside(owner, part)
        return unknown_key(place, str(location[-1]), list(_fields(owner)))
    if detail["type"] == "missing":
        return Problem(place, "missing", expected(model, location))
    if detail["type"] == "catalogue":
        return Problem(place, detail["msg"], expected(model, location))
    return Problem(place, f"found {shown(detail['input'])}", expected(model, location))


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _fields(model: type[Table]) -> Mapping[str, Any]:
    return model.model_fields


def _inside(annotation: Any, part: str | int) -> Any:
    """The type of one field of a model, one value of a dictionary, or one item of a list."""
    if get_origin(annotation) in {list, dict}:
        return get_args(annotation)[-1]
    hint = get_type_hints(annotation, include_extras=True)[str(part)]
    options = [option for option in get_args(hint) if option is not type(None)]
    is_optional = _value(hint) is None and get_origin(hint) not in {list, dict} and options
    return options[0] if is_optional else hint


def _value(annotation: Any) -> Value | None:
    return next((item for item in getattr(annotation, "__metadata__", ()) if isinstance(item, Value)), None)
