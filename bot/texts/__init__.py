"""What the bot says: Fluent files in, text for Telegram and for plain places out.

`Texts.load(folder)` reads `locales/{it,en}/*.ftl` once at start-up; `Texts.translator(locale)` gives the
`Translator` that windows, handlers and commands ask for text by key. The package imports no layer of the bot
but `bot.domain`, so that every one may use it.

`texts` and `translator` are what others use, with `locale` and `markup`; `files` reads Fluent, `functions` and
`formats` write numbers, money and dates; `written` is what was said before; `words` tells what people type.
`check`, with `entries`, `usage` and `problem`, holds that both languages have the same texts, and that the program uses
them all; `errors` has those below.

Errors::

    TextError            a text could not be rendered: key, locale and, if it is to blame, the variable
    LocaleFileError      a file cannot be used: file, line, key
"""

from bot.texts.errors import LocaleFileError, TextError
from bot.texts.locale import Locale
from bot.texts.texts import DEFAULT_FOLDER, Texts
from bot.texts.translator import Safe, Translator

__all__ = ["DEFAULT_FOLDER", "Locale", "LocaleFileError", "Safe", "TextError", "Texts", "Translator"]
