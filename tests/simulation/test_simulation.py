"""Some short lives on each run; weeks of them are `make simulate` and `make soak`."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from bot.texts import Texts
from tests.simulation.__main__ import Player
from tests.simulation.actions import Action, draw, from_json, to_json
from tests.simulation.life import Life, Means, Report, lived
from tests.simulation.registry import ACTORS, LAWS, Law, weights
from tests.simulation.shrink import shortest
from tests.support.databases import PostgresqlDatabases, SqliteFiles
from tests.support.long_runs import long

DAYS = 2
SEEDS = (4, 5)
"""Of few people, one of them with much to do."""
MORE_SEEDS = (1, 2, 3, *range(6, 13))


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, texts: Texts) -> Means:
    """What lives on SQLite are lent."""
    return Means(tmp_path_factory.mktemp("lives"), near=True, texts=texts)


def live(
    seed: int, actions: list[Action], days: int, means: Means, files: SqliteFiles, folder: Path
) -> Report:
    folder.mkdir()
    return lived(seed, actions, days, files.new(folder), means)


@pytest.fixture(scope="module")
def short_life(
    means: Means, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], Report]:
    """What became of the short life of a seed, which is lived once."""

    @cache
    def lived_once(seed: int) -> Report:
        folder = tmp_path_factory.mktemp("short") / "life"
        return live(seed, draw(seed, DAYS, weights()), DAYS, means, sqlite_files, folder)

    return lived_once


@pytest.mark.parametrize("seed", [SEEDS[-1], *long(*SEEDS[:-1], *MORE_SEEDS)])
def test_the_laws_hold_in_a_short_life(seed: int, short_life: Callable[[int], Report]) -> None:
    report = short_life(seed)
    assert not report.violations, "\n".join([*report.lines, *map(str, report.violations)])


@pytest.mark.soak
def test_the_laws_hold_on_postgresql(
    postgresql_databases: PostgresqlDatabases, tmp_path: Path, texts: Texts
) -> None:
    means = Means(tmp_path, near=False, texts=texts)
    with postgresql_databases.new() as url:
        report = lived(SEEDS[0], draw(SEEDS[0], 1, weights()), 1, url, means)
    assert not report.violations, "\n".join([*report.lines, *map(str, report.violations)])


@pytest.mark.soak
@pytest.mark.parametrize("seed", [SEEDS[0], 9])
def test_a_seed_has_one_life(
    seed: int,
    short_life: Callable[[int], Report],
    means: Means,
    sqlite_files: SqliteFiles,
    tmp_path: Path,
) -> None:
    actions = draw(seed, DAYS, weights())
    first = short_life(seed)
    second = live(seed, from_json(to_json(actions)), DAYS, means, sqlite_files, tmp_path / "again")
    assert first.lines == second.lines
    assert first.digest == second.digest
    assert len(first.lines) > len(actions)


def test_each_actor_and_each_law_says_what_it_is_about() -> None:
    assert all(each.act.__doc__ for each in ACTORS.values())
    assert all(each.judge.__doc__ for each in LAWS.values())
    assert {each.actor for seed in range(20) for each in draw(seed, 30, weights())} == set(weights())


def test_a_path_that_fails_is_made_as_short_as_it_can_be() -> None:
    asked: list[Sequence[int]] = []

    def fails(part: Sequence[int]) -> bool:
        asked.append(part)
        return {3, 17} <= set(part)

    assert shortest(list(range(40)), fails, tries=500) == [3, 17]
    assert len(asked) < 100
    assert set(shortest(list(range(40)), fails, tries=5)) >= {3, 17}


@pytest.mark.soak
def test_a_life_that_breaks_a_law_prints_its_shortest_path_and_how_to_play_it_again(
    means: Means,
    sqlite_files: SqliteFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def nobody_blocks(life: Life) -> list[str]:
        """Broken by whoever blocks the bot."""
        return ["somebody did"] * (life.counts["block"] > 0)

    monkeypatch.setitem(LAWS, "nobody blocks", Law("nobody blocks", nobody_blocks, needs_work=False))
    monkeypatch.chdir(tmp_path)
    others = [Action(0, 600 + number, "write", number) for number in range(2)]
    guilty = Action(0, 602, "block", 7)
    (tmp_path / "all.jsonl").write_text(to_json([others[0], guilty, others[1]]), encoding="utf-8")
    places = count()

    @contextmanager
    def lend() -> Iterator[str]:
        folder = tmp_path / str(next(places))
        folder.mkdir()
        yield sqlite_files.new(folder)

    def play(replay: str) -> str:
        asked = Namespace(
            seed=5, seeds=1, days=1, database="sqlite", replay=Path(replay), tries=20, verbose=False
        )
        assert Player(asked, means, lend).play() == 1
        return capsys.readouterr().out

    said = play("all.jsonl")
    assert "day 0: nobody blocks: somebody did" in said
    assert f"1 actions are left:\n{to_json([guilty])}" in said
    assert "-m tests.simulation --seed 5 --days 1 --database sqlite --replay simulation-5.jsonl" in said
    assert from_json((tmp_path / "simulation-5.jsonl").read_text(encoding="utf-8")) == [guilty]
    assert "nobody blocks" in play("simulation-5.jsonl")
