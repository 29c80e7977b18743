"""`python -m bot demo --walkthrough`: the whole flow as somebody sees it who has just cloned the project."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from bot.domain.money import gross
from tests.support import births
from tests.support.catalogue import example_catalogue
from tests.support.long_runs import long

_WITHIN_SECONDS = 120
_YEARS = 2


async def demo(folder: Path, *options: str) -> tuple[int, str]:
    """Run the command in a process of its own, and return the exit code with all that was written."""
    with (folder / "written").open("w+b") as written:
        born = births.start(
            "bot",
            "demo",
            *options,
            "--folder",
            str(folder / "demo"),
            folder=folder,
            environment={"PATH": os.environ["PATH"]},
            out=written.fileno(),
        )
        async with asyncio.timeout(_WITHIN_SECONDS):
            code = await born.ended()
        written.seek(0)
        return code, written.read().decode().replace("\N{NO-BREAK SPACE}", " ")


def expected_cents() -> int:
    """Pro for two years and one more GB, each with its VAT, by the prices in the shipped catalogue."""
    catalogue = example_catalogue()
    plan, vat = catalogue.plans["pro"], catalogue.rules.vat_percent
    assert plan.extra_mailbox_price is not None
    return gross(plan.price * _YEARS, vat) + gross(plan.extra_mailbox_price * _YEARS, vat)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "reminder", "renew", "final", "placed", "completed"),
    [
        (
            "it",
            "La casella PEC scade tra 12 giorni",
            "▶ Altre scelte",
            "Ordine con obbligo di pagare · {}",
            r"Ordine \S+ ricevuto",
            "Rinnovo completato",
        ),
        (
            "en",
            "Your PEC mailbox expires in 12 days",
            "▶ Other choices",
            "Order with obligation to pay · {}",
            r"Order \S+ received",
            "Renewal completed",
        ),
    ],
)
async def test_the_walkthrough_begins_with_the_reminder_and_ends_with_silence_after_the_completion(
    tmp_path: Path, language: str, reminder: str, renew: str, final: str, placed: str, completed: str
) -> None:
    code, written = await demo(tmp_path, "--walkthrough", "--locale", language)
    euros, cents = divmod(expected_cents(), 100)
    amount = f"{euros},{cents:02} €" if language == "it" else f"€{euros}.{cents:02}"
    assert code == 0, written
    assert final.format(amount) in written
    assert re.search(placed, written)
    assert written.index(reminder) < written.index(renew) < written.index(final.format(amount))
    call = written.index("/callbacks/payments")
    answered = '200  {"outcome": "completed"'
    assert written.index(final.format(amount)) < call < written.index(answered) < written.index(completed)
    assert written.count("─ e-mail ─") == 2, "the confirmation and the completion"
    paid, last = written.strip().splitlines()[-2:]
    assert re.fullmatch(rf"Order \S+ is paid and complete, for {re.escape(amount)} until .+: .+", paid)
    assert re.fullmatch(
        r"Silence until .+: the next reminder comes then, (8\d|90) days before the new expiry\.", last
    )
    assert "error" not in written.lower(), "nothing is logged as an error on the way"


@pytest.mark.parametrize(
    ("language", "confirm", "receipt", "back"),
    [
        pytest.param(
            "it",
            "▶ Conferma recesso",
            "Ricevuta del recesso dall'ordine",
            "Vengono restituiti",
            marks=pytest.mark.soak,
        ),
        ("en", "▶ Confirm withdrawal", "Receipt of the withdrawal from order", "is refunded by"),
    ],
)
async def test_the_walkthrough_that_withdraws_ends_with_both_receipts_and_the_case_in_the_office(
    tmp_path: Path, language: str, confirm: str, receipt: str, back: str
) -> None:
    code, written = await demo(tmp_path, "--walkthrough", "withdraw", "--locale", language)
    assert code == 0, written
    assert written.index(confirm) < written.rindex(receipt)
    assert back in written
    assert written.count("─ e-mail ─") == 3, "the confirmation, the completion and the receipt"
    last = written.strip().splitlines()[-1]
    due = f"{expected_cents() // 100}.{expected_cents() % 100:02}"
    assert re.search(rf"receipt REC-\S+, and the office has case C\d+: {due} EUR due back by \S+, to", last)
    assert "error" not in written.lower()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "read", "completed"),
    [
        ("it", "Estratto conto letto", "Rinnovo completato"),
        ("en", "Bank statement read", "Renewal completed"),
    ],
)
async def test_the_walkthrough_that_is_paid_by_statement_completes_once_whatever_the_bank_repeats(
    tmp_path: Path, language: str, read: str, completed: str
) -> None:
    code, written = await demo(tmp_path, "--walkthrough", "statement", "--locale", language)
    assert code == 0, written
    first, again, other, told = (
        written.index(words)
        for words in (
            "CAMT.053 (version 08)",
            "The same file again: nothing was changed.",
            "probably the same: 1",
            completed,
        )
    )
    assert first < written.index(read) < again < other < told
    assert "/callbacks/payments" not in written
    assert "is paid and complete" in written.strip().splitlines()[-2]
    assert "error" not in written.lower()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("at", "day", "registered"),
    [
        # Thursday before Easter: the banks settle nothing on Good Friday and Easter Monday
        ("2027-03-25T10:00", "giovedì 25 marzo 2027, 10:00", "registrato il 30/03/2027"),
        ("2026-11-23T15:00", "lunedì 23 novembre 2026, 15:00", "registrato il 25/11/2026"),
        ("2026-12-25", "venerdì 25 dicembre 2026, 00:00", "registrato il 29/12/2026"),
    ],
)
async def test_the_walkthrough_orders_when_it_is_told_to(
    tmp_path: Path, at: str, day: str, registered: str
) -> None:
    code, written = await demo(tmp_path, "--walkthrough", "--at", at)
    assert code == 0, written
    assert written.rindex("▶ Altre scelte") > written.index(day)
    assert registered in written
    assert "Order " in written.strip().splitlines()[-2]


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        (("--walkthrough", "--port", "8090"), "--port cannot be used with --walkthrough"),
        (("withdraw",), "variant is for --walkthrough alone"),
        *long(
            (("--walkthrough", "--keep"), "--keep cannot be used with --walkthrough"),
            (("--walkthrough", "--only", "ESEMPIO-01"), "--only cannot be used with --walkthrough"),
            (("--locale", "en"), "--locale is for --walkthrough alone"),
            (("--keep", "--only", "ESEMPIO-01"), "--only is for a demo that begins afresh"),
        ),
    ],
)
async def test_options_that_would_be_ignored_are_refused(
    tmp_path: Path, options: tuple[str, ...], refused: str
) -> None:
    code, written = await demo(tmp_path, *options)
    assert code == 2
    assert refused in " ".join(written.replace("│", " ").split())
    assert not (tmp_path / "demo").exists()


async def test_a_demo_that_is_gone_on_with_does_not_begin_before_what_it_has_reached(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "clock").write_text("86400", encoding="ascii")
    code, written = await demo(tmp_path, "--keep", "--port", "0", "--at", "2020-01-01")
    assert code == 1
    assert "choose a later --at, or leave out --keep" in " ".join(written.split())
