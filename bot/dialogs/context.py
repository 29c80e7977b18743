"""What a window finds in the update that it is drawn for: who asks, in which language, and the services."""

from aiogram_dialog import DialogManager

from bot.dialogs.widgets import translator_of
from bot.dialogs.widgets.texts import TRANSLATOR_KEY
from bot.services.actor import Actor
from bot.services.services import Services
from bot.texts import Texts, Translator

ACTOR_KEY = "actor"
SERVICES_KEY = "services"
TEXTS_KEY = "texts"

ANSWERED_BELOW = "answered_below"
"""Whether the tap that is being handled was answered by a message of its own: a second quick one is not."""


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


def texts_of(manager: DialogManager) -> Texts:
    """The texts of every language.

    Raises:
        TypeError: the dispatcher was built without them.
    """
    texts = manager.middleware_data.get(TEXTS_KEY)
    if not isinstance(texts, Texts):
        raise TypeError(f"no texts under {TEXTS_KEY!r} in the middleware data")
    return texts


def answered_below(manager: DialogManager) -> None:
    """Note that this tap was answered by a message of its own, which a second quick tap must not send again."""
    manager.middleware_data[ANSWERED_BELOW] = True


def go_on_as(manager: DialogManager, actor: Actor) -> None:
    """Answer the rest of this update in the language that `actor` has chosen just now."""
    manager.middleware_data[ACTOR_KEY] = actor
    manager.middleware_data[TRANSLATOR_KEY] = texts_of(manager).translator(actor.language)


__all__ = [
    "ACTOR_KEY",
    "ANSWERED_BELOW",
    "SERVICES_KEY",
    "TEXTS_KEY",
    "Translator",
    "actor_of",
    "answered_below",
    "go_on_as",
    "services_of",
    "texts_of",
    "translator_of",
]
