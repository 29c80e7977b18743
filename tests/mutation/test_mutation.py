"""Changes drawn by seed, and tried on a tree of two small modules."""

from pathlib import Path

import pytest

from tests.mutation.__main__ import ROOT
from tests.mutation.drawing import Mutant, draw
from tests.mutation.rooms import ROOMS, Room
from tests.mutation.running import Fate, Unfit, copied

SHOP = Room("shop", ("shop.py",), ("test_shop.py",))

MODULE = '''\
from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    cents: int = 5


def due(cents: int, paid: int | None = None) -> bool:
    """Whether something is left to pay: «più di zero»."""
    return cents > (paid or 0)


def label(cents: int) -> int:
    return cents * 2
'''

TEST = """\
from shop import due

def test_due():
    assert due(1) and not due(1, 1)
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Its tests need one plugin: to load all that are installed takes longer than they do.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p xdist.plugin")
    (tmp_path / "shop.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "test_shop.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def test_the_same_seed_draws_the_same_and_a_smaller_count_the_first_of_them(tree: Path) -> None:
    drawn = draw(tree, [SHOP], 7, 5)
    assert drawn == draw(tree, [SHOP], 7, 5)
    assert drawn[:2] == draw(tree, [SHOP], 7, 2)
    assert drawn != draw(tree, [SHOP], 8, 5)


def test_no_annotation_and_no_value_that_is_frozen_is_changed_and_every_change_is_one_of_python(
    tree: Path,
) -> None:
    drawn = [mutant for seed in range(20) for mutant in draw(tree, [SHOP], seed, 100)]
    texts = {mutant.text(MODULE) for mutant in drawn}
    assert MODULE not in texts
    assert all("paid: int | None" in text and "@dataclass(frozen=True)" in text for text in texts)
    for text in texts:
        compile(text, "shop.py", "exec")


@pytest.mark.soak
def test_what_a_test_notices_is_killed_and_the_rest_survives_and_the_tree_is_as_it_was(tree: Path) -> None:
    noticed = Mutant(SHOP, Path("shop.py"), 11, "core/ReplaceComparisonOperator_Gt_GtE", 0)
    missed = Mutant(SHOP, Path("shop.py"), 15, "core/ReplaceBinaryOperator_Mul_Add", 0)
    with copied(tree) as copy:
        copy.must_pass(SHOP.tests, 60)
        verdicts = [copy.try_out(mutant, 60) for mutant in (noticed, missed)]
    assert [verdict.fate for verdict in verdicts] == [Fate.KILLED, Fate.SURVIVED]
    assert verdicts[0].lines == ("- return cents > (paid or 0)", "+ return cents >= (paid or 0)")
    assert (tree / "shop.py").read_text(encoding="utf-8") == MODULE


def test_tests_that_fail_without_a_change_are_not_believed(tree: Path) -> None:
    (tree / "test_shop.py").write_text("def test_never():\n    assert False\n", encoding="utf-8")
    with copied(tree) as copy, pytest.raises(Unfit):
        copy.must_pass(SHOP.tests, 60)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_a_room_names_is_there(room: Room) -> None:
    assert room.modules(ROOT)
    assert [test for test in room.tests if not (ROOT / test).exists()] == []
