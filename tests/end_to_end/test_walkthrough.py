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
    ("language", "final", "placed"),
    [
        ("it", "Ordine con obbligo di pagare · {}", r"Ordine \S+ ricevuto"),
        ("en", "Order with obligation to pay · {}", r"Order \S+ received"),
    ],
)
async def test_the_walkthrough_ends_with_an_order_for_what_the_screens_said(
    tmp_path: Path, language: str, final: str, placed: str
) -> None:
    code, written = await walk(tmp_path, language)
    euros, cents = divmod(expected_cents(), 100)
    amount = f"{euros},{cents:02} €" if language == "it" else f"€{euros}.{cents:02}"
    assert code == 0, written
    assert final.format(amount) in written
    assert re.search(placed, written)
    last = written.strip().splitlines()[-1]
    assert re.fullmatch(rf"Order \S+ is placed for {re.escape(amount)}: .+", last)
    assert "error" not in written.lower(), "nothing is logged as an error on the way"
