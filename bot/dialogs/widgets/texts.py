"""Text widgets: a window says *which* text, the translator of the update says it in the customer's language.

The translator is put under `translator` in the middleware data, once for each update, for taps and messages
as well as for background events.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from aiogram_dialog.api.protocols import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.text import Text

from bot.texts import Translator

TRANSLATOR_KEY = "translator"

Data = Mapping[str, Any]
Key = str | Callable[[Data], str]
Variables = Callable[[Data], Mapping[str, object]]


def translator_of(manager: DialogManager) -> Translator:
    """Return the translator of the update that is being handled.

    Raises:
        TypeError: the middleware that chooses the language did not run.
    """
    translator = manager.middleware_data.get(TRANSLATOR_KEY)
    if not isinstance(translator, Translator):
        raise TypeError(f"no translator under {TRANSLATOR_KEY!r} in the middleware data")
    return translator


class _KeyedText(Text):
    """A text found by key, with the window's data as its variables.

    All that the getters gave may be used as a Fluent variable by its name; `vars` adds to it, or replaces,
    what has to be worked out of it (inside a list, from `data["item"]`). `key` may depend on the data too.
    """

    def __init__(
        self,
        key: Key,
        vars: Variables | None = None,  # noqa: A002 - short, as it is written in every window
        when: WhenCondition = None,
    ) -> None:
        """Show the text `key`."""
        super().__init__(when=when)
        self.key = key
        self.variables = vars

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        key = self.key if isinstance(self.key, str) else self.key(data)
        extra = self.variables(data) if self.variables else {}
        return self._translate(translator_of(manager), key, {**data, **extra})

    @abstractmethod
    def _translate(self, translator: Translator, key: str, variables: dict[str, object]) -> str: ...


class Html(_KeyedText):
    """A text of the message itself: Telegram HTML, every variable escaped.

    Raises `bot.texts.TextError` while rendering when the key or a variable it needs is missing.
    """

    def _translate(self, translator: Translator, key: str, variables: dict[str, object]) -> str:
        return translator.html(key, **variables)


class Label(_KeyedText):
    """The text of a button, where Telegram shows no markup: nothing is escaped. Errors as `Html`."""

    def _translate(self, translator: Translator, key: str, variables: dict[str, object]) -> str:
        return translator.plain(key, **variables)


class ItemLabel(Text):
    """The text of one item's button inside a `Select`: what `label` makes of the item, translated already."""

    def __init__(self, label: Callable[[Any], str], when: WhenCondition = None) -> None:
        """Show `label(item)`."""
        super().__init__(when=when)
        self.label = label

    async def _render_text(
        self,
        data: dict[str, Any],
        manager: DialogManager,  # noqa: ARG002 - the signature is aiogram-dialog's
    ) -> str:
        return self.label(data["item"])
