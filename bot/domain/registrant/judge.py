"""The frame that every check runs in: tidy, required, check, and the error with its example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bot.domain.registrant.errors import ErrorCode, FieldError
from bot.domain.registrant.examples import example_for
from bot.domain.registrant.fields import AnyField, Context
from bot.domain.registrant.text import Refused, tidy_line

Check: TypeAlias = Callable[[str, Context], str]
"""Takes a tidied, non-empty line; returns the normalised value or raises `Refused`."""

_MAX_RAW: Final = 1000
"""Characters of raw input worth looking at: no field comes near it."""


def judge(field: AnyField, raw: str, check: Check, context: Context, *, required: bool) -> str:
    """Normalise one value and judge it.

    Raises:
        FieldError: the value is missing though required, or the check refused it.
    """
    line = tidy_line(raw[:_MAX_RAW])
    if len(raw) > _MAX_RAW:
        raise FieldError(field, ErrorCode.TOO_LONG, line, example_for(field, context))
    if not line:
        if required:
            raise FieldError(field, ErrorCode.REQUIRED, "", example_for(field, context))
        return ""
    try:
        return check(line, context)
    except Refused as refused:
        value = refused.value or line
        raise FieldError(field, refused.code, value, example_for(field, context), refused.odd) from None
