"""``python -m bot`` on a clock that a test moves on, and that looks into STATEMENTS_DIR without long pauses.

``python -m tests.support.folder_runner run``; the environment names a file, CLOCK_FILE, in which stands what instant
it is: no time passes by itself.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot import runtime
from bot.cli import app
from bot.running import delivering


class MovedClock:
    """Shows what the file says."""

    def now(self) -> datetime:
        """This instant."""
        return datetime.fromisoformat(Path(os.environ["CLOCK_FILE"]).read_text(encoding="ascii"))


if __name__ == "__main__":
    setattr(runtime, "SystemClock", MovedClock)  # noqa: B010 - in the place of another class
    setattr(delivering, "FOLDER_TICK", timedelta(seconds=0.1))  # noqa: B010 - it is final
    app()
