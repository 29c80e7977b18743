"""A mistake in a locale file names file, line and key."""

from pathlib import Path

import pytest

from bot.texts import LocaleFileError, Texts
from tests.texts.conftest import Write


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        ("a = b\n\nbroken { $x }\n", 3, "", "Expected token"),
        ("a = { $x\n", 2, "a", "Expected token"),
        ("# comment\na = b\nc = { F( }\n", 3, "c", "Expected an inline expression"),
        ("a = 1\nb = 2\na = 3\n", 3, "a", "defined already at line 1"),
        ("a = 1\n .x = 2\n .x = 3\n", 1, "a.x", "defined twice"),
        ("-term = 1\n-term = 2\n", 2, "-term", "defined already at line 1"),
    ],
)
def test_a_mistake_in_a_file(write: Write, text: str, line: int, key: str, reason: str) -> None:
    with pytest.raises(LocaleFileError, match=reason) as caught:
        Texts.load(write(text))
    error = caught.value
    assert (error.path.name, error.line, error.key) == ("sample.ftl", line, key)
    assert f"sample.ftl:{line}" in str(error)


def test_a_key_in_two_files(write: Write) -> None:
    write("shared = 1\n", name="a.ftl")
    with pytest.raises(LocaleFileError, match=r"b\.ftl:2: shared: defined already in a\.ftl:1"):
        Texts.load(write("\nshared = 2\n", name="b.ftl"))


def test_a_missing_language(tmp_path: Path) -> None:
    (tmp_path / "it").mkdir()
    with pytest.raises(LocaleFileError, match="en: the folder of this language is missing"):
        Texts.load(tmp_path)


def test_a_file_in_another_encoding(write: Write) -> None:
    folder = write("a = 1\n")
    (folder / "it" / "latin.ftl").write_bytes("a = città".encode("latin-1"))
    with pytest.raises(LocaleFileError, match=r"latin\.ftl: is not UTF-8"):
        Texts.load(folder)


def test_empty_files_and_comments_are_fine(write: Write) -> None:
    assert not Texts.load(write("### Only a comment\n")).translator("it").has("a")
