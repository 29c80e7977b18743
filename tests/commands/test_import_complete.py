"""`import --complete` and the guard of many expiries that move, as an operator sees them."""

import csv

import pytest

from bot.commands import import_console
from tests.commands.test_import_file import Operator, counts, newcomer, operator
from tests.services.importing.files import as_csv, company
from tests.support.long_runs import some

__all__ = ["newcomer", "operator"]


def many(count: int, **changes: str) -> list[dict[str, str]]:
    """This many mailboxes of as many customers."""
    return [company(number, **changes) for number in range(count)]


def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr(import_console, "somebody_is_there", lambda: True)


def imported(operator: Operator, count: int) -> None:
    """So many mailboxes are there."""
    assert operator.imports(operator.write(as_csv(many(count)))).exit_code == 0


def test_a_dry_run_lists_what_the_file_does_not_name(operator: Operator) -> None:
    imported(operator, 3)
    file = operator.write(as_csv(many(2)))
    result = operator.imports(file, "--complete", "--dry-run")
    assert result.exit_code == 0
    assert "Not in the file, and to be marked gone: 1 of 3" in result.stdout
    assert "casella2@pec.example\tC-2\t2026-12-20" in result.stdout
    assert "is this really all of them" not in result.stdout
    assert "Marked gone" not in counts(result)


def test_a_script_that_did_not_agree_gets_one_line_and_changes_nothing(operator: Operator) -> None:
    imported(operator, 3)
    file = operator.write(as_csv([company(0), company(1, plan="premium")]))
    result = operator.imports(file, "--complete")
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(
        "Not in the file: 1 of 3 mailboxes, which would be marked gone. Read the list with --dry-run"
    )
    assert line.endswith("then repeat the command with --yes. Nothing was changed")
    assert counts(operator.imports(file))["Updated"] == 1, "the row was not written before"


def test_a_script_that_agrees_marks_them_once(operator: Operator) -> None:
    imported(operator, 3)
    file = operator.write(as_csv(many(2)))
    result = operator.imports(file, "--complete", "--yes")
    assert (result.exit_code, counts(result)["Marked gone"]) == (0, 1)
    assert "Not in the file, and marked gone: 1 of 3" in result.stdout
    assert "casella2@pec.example\tC-2" in result.stdout
    again = operator.imports(file, "--complete")
    assert again.exit_code == 0
    assert "Marked gone" not in counts(again)


@pytest.mark.parametrize(("answer", "code"), some([("y\n", 0), ("n\n", 2), ("\n", 2)], 2))
def test_somebody_at_a_terminal_is_shown_the_list_and_asked(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    answering(monkeypatch)
    imported(operator, 3)
    file = operator.write(as_csv(many(2)))
    result = operator.imports(file, "--complete", says=answer)
    assert result.exit_code == code
    assert result.stdout.count("casella2@pec.example") == 1
    assert ("Marked gone" in counts(result)) is (code == 0)
    assert ("Nothing was changed" in result.stderr) is (code == 2)


def test_who_is_named_again_is_there_again_and_the_report_says_so(operator: Operator) -> None:
    imported(operator, 3)
    operator.imports(operator.write(as_csv(many(2))), "--complete", "--yes")
    result = operator.imports(operator.write(as_csv(many(3))))
    assert (result.exit_code, counts(result)["Back again"], counts(result)["Updated"]) == (0, 1, 1)
    assert "line 4, address: 'casella2@pec.example' was marked gone on " in result.stdout
    assert "Back again" not in counts(operator.imports(operator.write(as_csv(many(3)))))


def test_a_bad_row_names_its_mailbox_all_the_same(operator: Operator) -> None:
    imported(operator, 3)
    file = operator.write(as_csv([company(0), company(1), company(2, plan="gold")]))
    result = operator.imports(file, "--complete")
    assert result.exit_code == 1
    assert "Marked gone" not in counts(result)


def test_where_an_address_cannot_be_read_nobody_knows_what_vanished(operator: Operator) -> None:
    imported(operator, 3)
    file = operator.write(as_csv([company(0), company(1, address="casella1 at pec.example")]))
    result = operator.imports(file, "--complete", "--yes")
    assert result.exit_code == 1
    assert (
        "Rows without an address that can be read: 1. Nobody knows which mailboxes they name" in result.stdout
    )
    assert "Marked gone" not in counts(result)


def test_a_complete_file_without_a_row_is_refused(operator: Operator) -> None:
    imported(operator, 3)
    result = operator.imports(operator.write(as_csv([])), "--complete", "--yes")
    assert result.exit_code == 2
    assert "a complete file without a row" in result.stderr


def test_so_many_would_vanish_that_it_is_said(operator: Operator) -> None:
    imported(operator, 20)
    file, everything = operator.write(as_csv(many(17))), operator.folder / "findings.csv"
    result = operator.imports(file, "--complete", "--dry-run", "--errors", str(everything))
    assert "3 of 20 mailboxes would vanish, more than a tenth" in result.stdout
    with everything.open(encoding="utf-8", newline="") as found:
        rows = list(csv.DictReader(found))
    assert [(row["severity"], row["value"]) for row in rows] == [
        ("vanished", f"casella{number}@pec.example") for number in (17, 18, 19)
    ]
    assert "customer C-17, expires on 2026-12-20" in rows[0]["reason"]


def moving(count: int, to: str) -> list[dict[str, str]]:
    """Twenty mailboxes, so many of which expire on another day."""
    return [company(number, expires_on=to) for number in range(count)] + many(20)[count:]


@pytest.mark.parametrize(
    ("to", "said"),
    some(
        [
            ("2026-12-19", "Of 20 expiries 3 would move back, and 0 forward by over a year"),
            ("2027-12-21", "Of 20 expiries 0 would move back, and 3 forward by over a year"),
        ],
        1,
    ),
)
def test_a_file_that_moves_many_expiries_needs_somebody_who_agrees(
    operator: Operator, to: str, said: str
) -> None:
    imported(operator, 20)
    file = operator.write(as_csv(moving(3, to)))
    result = operator.imports(file)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith(said)
    assert [line.split(":")[0] for line in lines[1:4]] == [f"line {line}, expires_on" for line in (2, 3, 4)]
    assert lines[1].endswith("casella0@pec.example from 2026-12-20 to " + lines[1].split(" to ")[1])
    assert "--yes" in lines[4]
    assert lines[4].endswith("Nothing was changed")
    assert len(lines) == 5
    dry = operator.imports(file, "--dry-run")
    assert (dry.exit_code, said in dry.stdout) == (0, True)
    agreed = operator.imports(file, "--yes")
    assert (agreed.exit_code, counts(agreed)["Updated"]) == (0, 3)


@pytest.mark.parametrize(("answers", "code"), some([("y\ny\n", 0), ("y\nn\n", 2), ("n\n", 2)], 2))
def test_each_danger_is_asked_about_by_itself(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, answers: str, code: int
) -> None:
    answering(monkeypatch)
    imported(operator, 22)
    file = operator.write(as_csv(moving(3, "2026-12-19")))
    result = operator.imports(file, "--complete", says=answers)
    assert result.exit_code == code
    assert "Move 3 expiries as the file says?" in result.stderr
    assert ("Mark 2 mailboxes gone?" in result.stderr) is answers.startswith("y")
    assert ("Nothing was changed" in result.stderr) is (code == 2)


@pytest.mark.parametrize(
    "rows",
    some([moving(2, "2026-12-19"), moving(20, "2027-12-20"), many(19, expires_on="2026-12-19")], 1),
    ids=["a tenth of them", "a year ahead", "of fewer than twenty"],
)
def test_what_is_usual_is_not_asked_about(operator: Operator, rows: list[dict[str, str]]) -> None:
    imported(operator, 20)
    assert operator.imports(operator.write(as_csv(rows))).exit_code == 0


def test_rows_that_are_refused_move_nothing(operator: Operator) -> None:
    imported(operator, 20)
    rows = [row | {"plan": "gold"} for row in moving(3, "2026-12-19")[:3]] + many(20)[3:]
    assert operator.imports(operator.write(as_csv(rows))).exit_code == 1


@pytest.mark.parametrize("doctor", some([False, True], 1))
def test_the_doctor_and_the_office_say_how_many_are_gone_and_which(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, doctor: bool
) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    rows = [company(0), company(1, auto_renew="true"), company(2)]
    assert operator.imports(operator.write(as_csv(rows))).exit_code == 0
    assert operator.does("office", "gone") == ["customer\tmailbox\texpires\tsince\tfile"]
    operator.imports(operator.write(as_csv([company(0)]), "december.csv"), "--complete", "--yes")
    _, *found = operator.does("office", "gone")
    assert [line.split("\t")[:3] for line in found] == [
        ["C-1", "casella1@pec.example", "2026-12-20"],
        ["C-2", "casella2@pec.example", "2026-12-20"],
    ]
    assert all(line.endswith("\tdecember.csv") for line in found)
    assert operator.does("office", "list")[0] == "Marked gone: 2 (`office gone` lists them)."
    if doctor:
        line = next(line for line in operator.does("doctor", code=1) if "mailbox file:" in line)
        assert line.endswith("; marked gone, since a complete one did not name them: 2")
    shown = operator.does("office", "show", "C1")
    assert shown[0].startswith("C1  gone  C-1  due 2027-03-20")
    assert shown[1].startswith("    casella1@pec.example, which expires on 2026-12-20, was marked gone on ")
    assert shown[2:] == [
        "    Its automatic renewal is on, and its customer is not told of the charge any more: take the charge out.",
        "    Make sure that nobody is charged, and give back what was paid for nothing. If it is there after all,",
        "    import a file that names it: the case ends by itself.",
        '        python -m bot office close C1 --note "…"',
    ]
