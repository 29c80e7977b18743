"""What the soak of processes stands on: nginx takes the text of the manual, and taps are judged by what is seen."""

import asyncio
import subprocess
from pathlib import Path
from typing import cast

import httpx
import pytest

from tests.load.processes.servers import Nginx
from tests.load.processes.tappers import MORE, Counts, Tapper
from tests.load.stage.phones import Phone, Phones
from tests.load.stage.screens import Screen
from tests.support.process import free_port
from tests.support.proxy import why_no_nginx


def test_nginx_takes_what_the_manual_says(tmp_path: Path) -> None:
    if (reason := why_no_nginx()) is not None:
        pytest.skip(reason)
    server = Nginx(tmp_path / "nginx", (1, 2))
    subprocess.run([*server._command(), "-t"], check=True, capture_output=True)  # noqa: S603 - the program that was found
    written = (tmp_path / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    assert "server 127.0.0.1:1 max_fails=0;" in written
    assert "server 127.0.0.1:2 max_fails=0;" in written
    assert f"listen 127.0.0.1:{server.port};" in written


async def test_nginx_asks_for_another_try_soon_while_no_web_is_there(tmp_path: Path) -> None:
    if (reason := why_no_nginx()) is not None:
        pytest.skip(reason)
    server = Nginx(tmp_path / "nginx", (free_port(), free_port()))
    await server.start()
    try:
        async with httpx.AsyncClient(timeout=60) as http:
            answer = await http.post(f"http://127.0.0.1:{server.port}/telegram/webhook")
    finally:
        await server.stop()
    assert (answer.status_code, answer.headers["Retry-After"]) == (502, "1")


class _Answering:
    """Phones that show what they are told to, whatever is tapped."""

    def __init__(self, *shown: str) -> None:
        self._shown = list(shown)

    def press(self, phone: Phone, label: str) -> None:
        """Answer at once."""
        assert label == MORE
        phone.screen = Screen(self._shown.pop(0), [], [])
        phone.answered.set()


@pytest.mark.parametrize(
    ("shown", "lost", "twice", "late"),
    [
        ("11", 1, 0, 0),
        ("12", 0, 0, 0),
        ("01", 1, 0, 0),
        ("02", 0, 0, 1),
        ("00", 2, 0, 0),
        ("2", 0, 1, 0),
    ],
)
async def test_taps_are_counted_by_what_is_seen(shown: str, lost: int, twice: int, late: int) -> None:
    counts = Counts()
    tapper = Tapper(cast("Phones", _Answering(*shown)), Phone(1), counts)
    tapper._screens = ["0", "1", "2"]
    for _ in shown:
        await tapper._tap(MORE, tapper.gb + 1)
    tapper.rest()
    await asyncio.sleep(0)
    assert (len(counts.lost), len(counts.twice), len(counts.late)) == (lost, twice, late)
