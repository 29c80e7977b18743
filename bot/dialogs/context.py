"""What a window finds in the update that it is drawn for: who asks, in which language, and the services."""

from aiogram_dialog import DialogManager

from bot.dialogs.widgets import translator_of
from bot.services.chats import Actor
from bot.services.services import Services
from bot.texts import Translator

ACTOR_KEY = "actor"
SERVICES_KEY = "services"


def actor_of(manager: DialogManager) -> Actor:
    """The chat that the update came from.

    Raises:
        TypeError: the middleware that finds it did not run.
    """
    actor = manager.middleware_data.get(ACTOR_KEY)
    if not isinstance(actor, Actor):
        raise TypeError(f"no actor under {ACTOR_KEY!r} in the middleware data")
    return actor


def services_of(manager: DialogManager) -> Services:
    """The services of the running bot.

    Raises:
        TypeError: the dispatcher was built without them.
    """
    services = manager.middleware_data.get(SERVICES_KEY)
    if not isinstance(services, Services):
        raise TypeError(f"no services under {SERVICES_KEY!r} in the middleware data")
    return services


__all__ = ["ACTOR_KEY", "SERVICES_KEY", "Translator", "actor_of", "services_of", "translator_of"]
