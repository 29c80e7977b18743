"""A neighbour that is away is one line from every command, and no traceback."""

import errno
import io
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.commands.shop import Shop
from tests.support.long_runs import some
from tests.support.process import free_port

PROJECT = Path(__file__).parents[2]
COMMANDS = [
    ["run"],
    ["web"],
    ["worker"],
    ["migrate"],
    ["invite", "ESEMPIO-01"],
    ["import", str(PROJECT / "samples" / "mailboxes.csv")],
    ["orders", "list"],
    ["payments", "review"],
    ["office", "list"],
    ["reminders", "due"],
]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Typed":
    return Typed(monkeypatch, capsys)


class Typed:
    """An operator at a prompt, in this very process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, list[str]]:
        """The exit code of a command, and the lines among the errors that are not logs."""
        self._monkeypatch.setattr(sys, "argv", ["rinnovo", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code, self._capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("words", some(COMMANDS, 4), ids=lambda words: words[0])
def test_a_database_that_is_away_is_one_line(
    monkeypatch: pytest.MonkeyPatch, types: Typed, words: list[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1000000001:demo-token-that-opens-nothing-at-all")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/rinnovo")
    code, lines = types(*words)
    assert code in {1, 2}
    assert len(lines) == 1
    assert "database" in lines[0] or "import" in lines[0]
    assert "Connect" in lines[0]


def test_a_telegram_that_is_away_is_one_line(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, types: Typed
) -> None:
    shop.order()
    monkeypatch.setenv("BOT_TOKEN", "1000000002:a-token-that-opens-nothing-at-all-either")
    monkeypatch.setenv("BOT_API_URL", f"http://127.0.0.1:{free_port()}")
    code, lines = types("invite", "rossi")
    assert code == 1
    assert [line.startswith("Telegram does not answer") for line in lines] == [True]


class Closed(io.StringIO):
    """A pipe whose reader went away, as `head` does when it has its lines."""

    def write(self, _text: str) -> int:
        """Fail as the pipe does."""
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


@pytest.mark.parametrize("words", some([["orders", "list"], ["sending", "status"], ["reminders", "due"]], 1))
def test_a_reader_who_has_read_enough_is_not_taken_for_a_database_that_is_away(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, types: Typed, words: list[str]
) -> None:
    shop.order()
    monkeypatch.setattr(sys, "stdout", Closed())
    assert types(*words) == (1, [])


def test_old_tables_and_a_wrong_catalogue_are_named_without_a_traceback(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, types: Typed
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shop.folder}/new.db")
    assert types("orders", "list") == (
        2,
        ["the tables of the database are missing or old: run `python -m bot migrate`"],
    )
    (shop.folder / "catalogue.toml").write_text("[operator")
    monkeypatch.setenv("CATALOGUE", str(shop.folder / "catalogue.toml"))
    monkeypatch.setenv("BOT_TOKEN", "1000000001:demo-token-that-opens-nothing-at-all")
    code, lines = types("web")
    assert (code, "has a problem" in lines[0]) == (2, True)


def test_what_nobody_foresaw_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main()
