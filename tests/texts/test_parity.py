"""The project's own texts: complete in both languages, well-formed, and neither too few nor too many."""

from pathlib import Path

import bot
from bot.texts import DEFAULT_FOLDER, Locale, Texts
from bot.texts.check import check_locales, check_usage

CODE = Path(bot.__file__).parent


def test_the_files_can_be_read() -> None:
    assert Texts.load().locales == tuple(Locale)


def test_both_languages_say_the_same_and_say_it_well() -> None:
    assert [str(problem) for problem in check_locales(DEFAULT_FOLDER)] == []


def test_every_text_is_used_and_every_text_used_is_written() -> None:
    assert [str(problem) for problem in check_usage(DEFAULT_FOLDER, CODE)] == []
