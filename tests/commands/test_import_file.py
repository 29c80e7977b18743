"""`import FILE` as an operator runs it: what it prints, where findings go, with which code it ends."""

import csv
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.import_console import Follower
from bot.db import engine
from bot.db.keys import KeyRing
from bot.services.importing.run import BATCH
from tests.services.importing.files import COMPANY, as_csv, as_json, company
from tests.support.databases import ReusedEngines, SqliteFiles
from tests.support.long_runs import long


class Operator:
    """Runs the command in an empty folder, with an empty database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, content: str | bytes, name: str = "mailboxes.csv") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def imports(self, path: Path, *options: str, says: str | None = None) -> Result:
        """Run ``import``; whoever is asked `says` this."""
        return CliRunner().invoke(app, ["import", str(path), *options], input=says)

    def does(self, *words: str, code: int = 0) -> list[str]:
        """Run another command, which ends with this code; the lines that it prints."""
        result = CliRunner().invoke(app, words)
        assert result.exit_code == code, result.output
        return result.stdout.splitlines()


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """An operator with keys, whose database nobody has made yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'rinnovo.db'}")
    monkeypatch.setenv("DATA_KEYS", KeyRing.new_key())
    monkeypatch.setenv("TIMEZONE", "Europe/Rome")
    return Operator(tmp_path)


@pytest.fixture
def operator(
    newcomer: Operator,
    sqlite_files: SqliteFiles,
    monkeypatch: pytest.MonkeyPatch,
    near_engines: ReusedEngines,
) -> Operator:
    """An operator with keys and an empty database of their own."""
    # One command after the other opens the same database.
    monkeypatch.setattr(engine, "engines_on", near_engines.on)
    (newcomer.folder / "data").mkdir()
    sqlite_files.new(newcomer.folder / "data")
    return newcomer


def counts(result: Result) -> dict[str, int]:
    """The numbers of the summary."""
    cells = [line.strip("│ ").split("│") for line in result.stdout.splitlines() if line.startswith("│")]
    return {name.strip(): int(count.replace(",", "")) for name, count in cells}


def test_good_files_are_imported_into_a_database_that_was_not_there(newcomer: Operator) -> None:
    path = newcomer.write(as_csv([COMPANY, company(2)]))
    first = newcomer.imports(path)
    assert first.exit_code == 0
    assert counts(first) == {
        "Rows read": 2,
        "Created": 2,
        "Updated": 0,
        "Unchanged": 0,
        "Refused": 0,
        "Errors": 0,
        "Warnings": 0,
        "Held": 0,
    }
    again = newcomer.imports(newcomer.write(as_json([COMPANY, company(2)]), "mailboxes.json"))
    assert again.exit_code == 0
    assert counts(again)["Unchanged"] == 2


who = pytest.mark.parametrize("who", ["operator", *long("newcomer")])
"""Most of what a newcomer waits for is the database that is made."""


@who
def test_a_dry_run_says_so_and_writes_nothing(request: pytest.FixtureRequest, who: str) -> None:
    operator: Operator = request.getfixturevalue(who)
    path = operator.write(as_csv([COMPANY]))
    for _ in range(2):
        result = operator.imports(path, "--dry-run")
        assert result.exit_code == 0
        assert "Dry run: nothing was written" in result.stdout
        assert counts(result)["Created"] == 1


def test_refused_rows_are_named_and_the_code_is_one(operator: Operator) -> None:
    rows = [
        COMPANY,
        company(2, expires_on="20/12/2026"),
        company(3, phone=""),
        company(4, plan="[bold]gold[/]"),
    ]
    result = operator.imports(operator.write(as_csv(rows)))
    assert result.exit_code == 1
    assert (counts(result)["Created"], counts(result)["Refused"]) == (2, 2)
    assert (
        "line 3, expires_on: '20/12/2026' should be a date as year, month, day: write for example 2026-11-23"
        in result.stdout
    )
    assert "line 4, phone: is missing: the customer will be asked for it" in result.stdout
    assert "line 5, plan: '[bold]gold[/]' is not a plan of the catalogue" in result.stdout
    assert "--errors" not in result.stdout


def test_beyond_the_first_twenty_the_rest_goes_to_a_file(operator: Operator) -> None:
    path = operator.write(as_csv(company(number, promo="x") for number in range(25)))
    short = operator.imports(path)
    assert short.stdout.count("is not a promotion") == 20
    assert "… and 5 more: --errors FILE writes all of them to a file" in short.stdout
    everything = operator.folder / "errors.csv"
    whole = operator.imports(path, "--errors", str(everything))
    assert f"All of them are in {everything}" in whole.stdout
    with everything.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["line"] for row in found] == [str(line) for line in range(2, 27)]
    assert {(row["severity"], row["column"], row["value"]) for row in found} == {("error", "promo", "x")}


def test_a_value_that_a_spreadsheet_would_calculate_is_shown_as_it_was_written(operator: Operator) -> None:
    everything = operator.folder / "errors.csv"
    values = ("=HYPERLINK(A1)", "@SUM(1)", "+1+1", "-1+1", "-3,5")
    path = operator.write(as_csv(company(number, promo=value) for number, value in enumerate(values)))
    operator.imports(path, "--errors", str(everything))
    with everything.open(encoding="utf-8", newline="") as file:
        found = [row["value"] for row in csv.DictReader(file)]
    assert found == ["'=HYPERLINK(A1)", "'@SUM(1)", "'+1+1", "'-1+1", "-3,5"]


def test_a_file_without_findings_leaves_a_file_with_a_header(operator: Operator) -> None:
    everything = operator.folder / "errors.csv"
    everything.write_text("what was there before")
    everything.chmod(0o644)
    assert operator.imports(operator.write(as_csv([COMPANY])), "--errors", str(everything)).exit_code == 0
    assert everything.read_text() == "severity,line,column,value,reason\n"
    assert stat.S_IMODE(everything.stat().st_mode) == 0o600, "there may be customers' data in it"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("customer,town", "the header misses reference_email"),
        ("", "the file is empty"),
        ("{", "is not a list of mailboxes"),
        (as_csv([COMPANY]).encode("utf-16"), "save it as 'CSV UTF-8'"),
    ],
)
def test_a_file_that_cannot_be_read_is_code_two(newcomer: Operator, content: str | bytes, said: str) -> None:
    path = newcomer.write(content)
    result = newcomer.imports(path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.startswith(str(path))
    assert result.stdout == ""
    assert not (newcomer.folder / "data").exists()


def test_a_file_that_is_not_there_is_code_two(operator: Operator) -> None:
    result = operator.imports(operator.folder / "nowhere.csv")
    assert result.exit_code == 2
    assert "cannot be opened: No such file" in result.stderr


def test_the_errors_never_overwrite_the_file_itself(operator: Operator) -> None:
    path = operator.write(as_csv([COMPANY]))
    result = operator.imports(path, "--errors", str(operator.folder / "." / "mailboxes.csv"))
    assert result.exit_code == 2
    assert "choose another one" in result.stderr
    assert path.read_text() == as_csv([COMPANY])


def test_errors_that_cannot_be_written_are_said_before_anything_is_done(newcomer: Operator) -> None:
    result = newcomer.imports(
        newcomer.write(as_csv([COMPANY])), "--errors", str(newcomer.folder / "no" / "x")
    )
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert not (newcomer.folder / "data").exists()


def test_a_broken_catalogue_is_named(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE", str(operator.write("[plans]", "catalogue.toml")))
    result = operator.imports(operator.write(as_csv([COMPANY])))
    assert result.exit_code == 2
    assert "problems:" in result.stderr


def test_a_database_sealed_with_another_key_is_named(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = operator.write(as_csv([COMPANY]))
    assert operator.imports(path).exit_code == 0
    monkeypatch.setenv("DATA_KEYS", KeyRing.new_key())
    result = operator.imports(path)
    assert result.exit_code == 2
    assert "DATA_KEYS" in result.stderr


def test_a_database_that_fails_in_the_middle_is_named_without_anybodys_data(operator: Operator) -> None:
    assert operator.imports(operator.write(as_csv([COMPANY]))).exit_code == 0
    with closing(sqlite3.connect(operator.folder / "data" / "rinnovo.db")) as database:
        database.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON mailbox BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    result = operator.imports(operator.write(as_csv([company(2)])))
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "The database failed after 0 rows: disk full",
        "Import the file again once it works: the rows before are kept, and nothing is done twice.",
    ]
    assert counts(result)["Rows read"] == 0
    assert "casella2" not in result.output


@pytest.mark.soak
@who
def test_who_stops_an_import_is_told_what_is_kept_and_how_to_go_on(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    operator: Operator = request.getfixturevalue(who)
    path = operator.write(as_csv(company(number) for number in range(BATCH + 3)))
    advanced = Follower.advanced

    def ctrl_c(self: Follower, bytes_read: int) -> None:
        advanced(self, bytes_read)
        raise KeyboardInterrupt

    monkeypatch.setattr(Follower, "advanced", ctrl_c)
    result = operator.imports(path)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "Stopped before the end of the file.",
        "Import it again to go on: the rows before are kept, and nothing is done twice.",
    ]
    monkeypatch.setattr(Follower, "advanced", advanced)
    again = counts(operator.imports(path))
    assert (again["Unchanged"], again["Created"]) == (BATCH, 3)


def test_a_database_that_is_away_is_named_without_a_traceback(
    newcomer: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    result = newcomer.imports(newcomer.write(as_csv([COMPANY])))
    assert result.exit_code == 2
    assert result.stderr.startswith("The import cannot go on: ")
    assert isinstance(result.exception, SystemExit)
