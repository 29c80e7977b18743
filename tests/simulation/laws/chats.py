"""No chat is left without an answer."""

from typing import TYPE_CHECKING

from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life


@law("every text and every tap is answered")
async def answered(life: "Life") -> list[str]:
    """By a message, an edit or the end of the spinner; not where Telegram failed or a process died meanwhile."""
    seen = life.memory.get("answers", 0)
    new = life.journal.answers[seen:]
    life.memory["answers"] = len(life.journal.answers)
    return [
        f"{each.what} in chat {each.chat}" for each in new if not (each.seen or each.faults or each.deaths)
    ]
