"""`python -m bot demo --walkthrough`: the whole flow as somebody sees it who has just cloned the project."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from bot.domain.money import gross
from tests.support.catalogue import example_catalogue
from tests.support.process import ROOT

_WITHIN_SECONDS = 120
_YEARS = 2


async def walk(folder: Path, language: str) -> tuple[int, str]:
    """Play it in a process of its own, and return the exit code with all that was written."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--walkthrough",
        "--locale",
        language,
        "--folder",
        str(folder / "demo"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(_WITHIN_SECONDS):
        written, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, written.decode().replace("\N{NO-BREAK SPACE}", " ")


def expected_cents() -> int:
    """Pro for two years and one more GB, each with its VAT, by the prices in the shipped catalogue."""
    catalogue = example_catalogue()
    plan, vat = catalogue.plans["pro"], catalogue.rules.vat_percent
    assert plan.extra_mailbox_price is not None
    return gross(plan.price * _YEARS, vat) + gross(plan.extra_mailbox_price * _YEARS, vat)


@pytest.mark.parametrize(
    ("language", "reminder", "renew", "final", "placed", "completed"),
    [
        (
            "it",
            "La casella PEC scade fra 12 giorni",
            "▶ Rinnova",
            "Ordine con obbligo di pagare · {}",
            r"Ordine \S+ ricevuto",
            "Rinnovo completato",
        ),
        (
            "en",
            "Your PEC mailbox expires in 12 days",
            "▶ Renew",
            "Order with obligation to pay · {}",
            r"Order \S+ received",
            "Renewal completed",
        ),
    ],
)
async def test_the_walkthrough_begins_with_the_reminder_and_ends_with_silence_after_the_completion(
    tmp_path: Path, language: str, reminder: str, renew: str, final: str, placed: str, completed: str
) -> None:
    code, written = await walk(tmp_path, language)
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
