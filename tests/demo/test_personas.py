"""Who is worth playing shows what the page says of them, from the reminder's button on."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.support.long_runs import long
from tests.support.staging import Play, on_stage

EARLY = datetime(2026, 11, 23, 8)  # noqa: DTZ001 - a clock on a wall


async def opened(play: Play, label: str) -> None:
    """Follow the reminder on the page, tap *Rinnova* on the bot's first page, and wait for a button."""
    link = play.stage.players[0].deep_link
    assert link is not None
    await play.phone.follow(link)
    await play.phone.tap("Rinnova")
    await play.phone.wait_for(label)


def labels(play: Play) -> list[str]:
    screen = play.phone.screen
    return [] if screen is None else [button.text for button in screen.buttons]


@pytest.mark.soak
async def test_thirty_mailboxes_are_chosen_on_several_pages_for_one_order(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY, customer="ESEMPIO-11") as play:
        await opened(play, "Tutte")
        assert "Quali caselle rinnovare?" in play.phone.words
        assert any(label.startswith("1/") for label in labels(play))
        await play.phone.tap("Tutte")
        assert "Scelte: 30 su 30" in play.phone.words


@pytest.mark.soak
async def test_the_accountant_is_asked_for_which_holder(tmp_path: Path) -> None:
    async with on_stage(tmp_path, EARLY, customer="ESEMPIO-12") as play:
        await opened(play, "Cliente Uno")
        assert "Per chi è il rinnovo?" in play.phone.words
        assert len([label for label in labels(play) if "caselle" in label]) == 2


@pytest.mark.parametrize(
    ("tapped", "why", "way_out"),
    [
        ("dominio", "È una PEC su dominio proprio", "Rinnova il dominio"),
        *long(
            ("automatic", "Il rinnovo automatico è attivo", "Disattiva rinnovo automatico"),
            ("cancellata", "È stata cancellata", "Acquista una casella nuova"),
        ),
    ],
)
async def test_each_blocked_mailbox_says_why_and_its_way_out(
    tmp_path: Path, tapped: str, why: str, way_out: str
) -> None:
    async with on_stage(tmp_path, EARLY, customer="ESEMPIO-10") as play:
        await opened(play, "Tutte")
        assert len([label for label in labels(play) if label.startswith("⊘")]) == 3
        await play.phone.tap(tapped)
        assert why in play.phone.words
        assert play.phone.has(way_out)
