"""`docs/domain.md` has what the docstrings quote, and names rooms that exist."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "domain.md").read_text(encoding="utf-8")
HEADINGS = set(re.findall(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", PAGE, re.MULTILINE))
GETTING_IN = PAGE.split("## 2. ")[1].split("## 3. ")[0]
SECTIONS = HEADINGS | {f"2.{number}" for number in re.findall(r"^(\d)\. ", GETTING_IN, re.MULTILINE)}
"""What stands under 2 is a numbered list."""

_QUOTED = re.compile(r"DOMAIN\.md (\d+(?:\.\d+)?)((?:(?:,| and|, and) \d+(?:\.\d+)?\b)*)")


def quoted() -> dict[str, str]:
    """Each number that a file of the code quotes, with one file that does."""
    found: dict[str, str] = {}
    for folder in ("bot", "tests"):
        for path in (PROJECT / folder).rglob("*.py"):
            for first, others in _QUOTED.findall(path.read_text(encoding="utf-8")):
                for number in [first, *re.findall(r"\d+(?:\.\d+)?", others)]:
                    found[number] = str(path.relative_to(PROJECT))
    return found


def test_every_rule_that_is_quoted_stands_on_the_page() -> None:
    numbers = quoted()
    assert len(numbers) >= 20
    assert {number: path for number, path in numbers.items() if number not in SECTIONS} == {}


RULES = sorted(
    path.stem
    for path in (PROJECT / "bot" / "domain").iterdir()
    if path.is_dir() or path.suffix == ".py"
    if not path.stem.startswith("_")
)
GROUND = {"errors", "masking", "money"}
"""What has no rule of a renewal in it."""


@pytest.mark.parametrize("name", [name for name in RULES if name not in GROUND])
def test_each_module_of_rules_is_named_by_the_page(name: str) -> None:
    assert re.search(rf"`(bot\.domain\.)?{name}`", PAGE)


@pytest.mark.parametrize(
    "room",
    sorted(path.name for path in (PROJECT / "bot" / "services").iterdir() if (path / "__init__.py").exists()),
)
def test_each_room_of_the_services_is_named_by_the_page(room: str) -> None:
    assert f"`bot.services.{room}" in PAGE


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(bot(?:\.[a-z_]+)+)`", PAGE))))
def test_a_room_that_the_page_names_exists(name: str) -> None:
    path = PROJECT.joinpath(*name.split("."))
    assert path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", PAGE))))
def test_what_the_page_links_to_exists(target: str) -> None:
    assert (PROJECT / "docs" / target).exists()
