"""A folder of locale files to write into."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one file for each language, ``write(it="…", en="…")``, and return the folder.

    A language that is left out gets the other's text; `name` is the file's.
    """
    folder = tmp_path / "locales"

    def write_files(it: str, en: str | None = None, name: str = "sample.ftl") -> Path:
        for locale, text in (("it", it), ("en", it if en is None else en)):
            place = folder / locale
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        return folder

    return write_files
