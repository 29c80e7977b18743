"""The names of this package's texts in the Fluent files: one place that knows how they are made."""

from __future__ import annotations

from typing import TypeAlias

from bot.domain.registrant.errors import Caution, ErrorCode
from bot.domain.registrant.fields import AnyField, Context, Field, HolderKind
from bot.domain.registrant.invoice import InvoiceRoute

Worded: TypeAlias = ErrorCode | Caution | AnyField | HolderKind | InvoiceRoute
"""What has a text of its own."""


def text_key(thing: Worded, context: Context | None = None) -> str:
    """The key of a text: ``error-tax-code-check``, ``field-phone``, ``kind-company``, ``route-pec``.

    Args:
        thing: what to name. Errors take ``$value`` and ``$example``, cautions ``$value``, the others nothing.
        context: the holder's; with it, the invoice code of a public body is called by its own name.
    """
    name = thing.value.replace("_", "-")
    match thing:
        case ErrorCode():
            return f"error-{name}"
        case Caution():
            return f"caution-{name}"
        case HolderKind():
            return f"kind-{name}"
        case InvoiceRoute():
            return f"route-{name}"
    if (
        thing is Field.RECIPIENT_CODE
        and context is not None
        and context.kind is HolderKind.PUBLIC_ADMINISTRATION
    ):
        name = "office-code"
    return f"field-{name}"
