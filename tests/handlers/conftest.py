"""What happens to mailboxes between one word of a chat and the next."""

from array import array
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest

from bot.db.engine import Database
from bot.services.importing.measures import Measures
from bot.services.importing.vanished import mark_gone
from bot.services.surroundings import Surroundings

Vanish = Callable[[int], Awaitable[None]]


@pytest.fixture
def vanish(database: Database, surroundings: Surroundings) -> Vanish:
    """A complete file comes without this mailbox, and the operator agrees."""

    async def go(mailbox_id: int) -> None:
        measures = Measures(surroundings.catalogue, surroundings.now(), surroundings.today(), UTC)
        assert await mark_gone(database, measures, array("q", [mailbox_id]), "mailboxes.csv") == 1

    return go
