"""The project's own texts: complete in both languages, well-formed, and neither too few nor too many."""

import re
from pathlib import Path

import bot
from bot.texts import DEFAULT_FOLDER, Locale, Texts
from bot.texts.check import check_locales, check_usage

_ARTICLE_AND_DATE = re.compile(r"\b([Ii]l|[Aa]l|[Dd]al|[Dd]el|[Nn]el|[Ss]ul) (<b>)?\{ ?DATE")
CODE = Path(bot.__file__).parent


def test_the_files_can_be_read() -> None:
    assert Texts.load().locales == tuple(Locale)


def test_both_languages_say_the_same_and_say_it_well() -> None:
    assert [str(problem) for problem in check_locales(DEFAULT_FOLDER)] == []


def test_every_text_is_used_and_every_text_used_is_written() -> None:
    assert [str(problem) for problem in check_usage(DEFAULT_FOLDER, CODE)] == []


def test_no_italian_article_stands_before_a_date_unelided() -> None:
    """Eight and eleven begin with a vowel: ``ARTICLE`` writes l'11/12 and dall'8/12."""
    places = [
        f"{path.name}:{number}"
        for path in sorted((DEFAULT_FOLDER / "it").glob("*.ftl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _ARTICLE_AND_DATE.search(line)
    ]
    assert places == []
