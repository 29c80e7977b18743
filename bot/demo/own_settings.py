"""The settings of the demo: as an operator would give them, and in a file for the other commands.

A newcomer who has played wants to see what the operator sees: `python -m bot orders`, say. The file has what such a
command needs to find the demo's database, its key and its neighbours.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

TOKEN: Final = "1000000001:demo-token-that-opens-nothing-at-all"  # noqa: S105 - the playground's own
ENV_FILE: Final = "demo.env"


def write_env_file(folder: Path, settings: Mapping[str, str]) -> Path:
    """Write the settings so that a shell reads them with `.`; only their owner can, since the key is among them."""
    path = folder / ENV_FILE
    path.touch(mode=0o600)
    lines = [f"{name}={shlex.quote(value)}" for name, value in settings.items()]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path
