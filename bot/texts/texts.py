"""All the texts, in all the languages."""

from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle

from bot.texts.entries import read_book
from bot.texts.files import read_locale
from bot.texts.formats import ROME
from bot.texts.functions import functions
from bot.texts.locale import Locale
from bot.texts.translator import Translator

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "locales"
"""The project's own texts."""


class Texts:
    """The texts of every language, read once: a `Translator` for each."""

    def __init__(self, translators: dict[Locale, Translator]) -> None:
        """Hold a translator for every language of the bot; use `load`."""
        self._translators = translators

    @classmethod
    def load(cls, folder: Path = DEFAULT_FOLDER, *, timezone: str = ROME.key) -> Self:
        """Read `{it,en}/*.ftl` below `folder`; `timezone` (IANA name) is where times of day are shown.

        Raises:
            LocaleFileError: a folder is missing, a file is not Fluent, or a key is defined twice.
            zoneinfo.ZoneInfoNotFoundError: there is no such time zone.
        """
        return cls({locale: _translator(folder, locale, ZoneInfo(timezone)) for locale in Locale})

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages that can be spoken."""
        return tuple(self._translators)

    def translator(self, locale: str) -> Translator:
        """Return the texts in `locale`, `"it"` or `"en"`.

        A Telegram language code goes through `Locale.of` first; any other value raises `ValueError`.
        """
        return self._translators[Locale(locale)]


def _translator(folder: Path, locale: Locale, zone: ZoneInfo) -> Translator:
    bundle = FluentBundle(
        [locale.babel.replace("_", "-")], functions=functions(locale, zone), use_isolating=False
    )
    for file in read_locale(folder, locale):
        bundle.add_resource(file.resource)
    return Translator(locale, bundle, read_book(folder, locale))
