"""Conversations whose routers serve one test after the other: to make them takes longer than many a test does.

Routers and dialogs keep nothing of the bot that they answer for. What does is made for each test, as the bot makes it:
the dispatcher with its middlewares, the services, the state of chats.
"""

import pytest
from aiogram_dialog import setup
from aiogram_dialog.about import about_dialog

from bot import app
from bot.app import Conversation, Told
from bot.clock import Clock
from bot.db.engine import Database
from bot.services.surroundings import Surroundings
from bot.texts import Texts


class ReusedRouters:
    """The routers that the tests of this process lend to one bot after the other."""

    def __init__(self) -> None:
        """Make them."""
        self._routers = app.every_router()
        self._about = about_dialog()  # type: ignore[no-untyped-call] # the library has no types there

    def conversation(
        self, database: Database, surroundings: Surroundings, texts: Texts, clock: Clock, told: Told
    ) -> Conversation:
        """What `build_conversation` builds, until the next is asked for: a router asks one dispatcher at a time."""
        for router in (*self._routers, self._about):
            router._parent_router = None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(app, "every_router", lambda: self._routers)
            patch.setattr(setup, "about_dialog", lambda: self._about)
            return app.build_conversation(database, surroundings, texts, clock, told=told)
