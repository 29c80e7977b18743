"""The methods of the Bot API that the playground answers, each with the parameters that it takes."""

from collections.abc import Mapping

from bot.playground.methods import chats, editing, profile, sending, updates
from bot.playground.methods.base import Method

METHODS: Mapping[str, Method] = {
    method.name.lower(): method
    for module in (chats, editing, profile, sending, updates)
    for method in module.METHODS
}
"""Every method by its name in lower case: the Bot API does not mind the case."""

__all__ = ["METHODS", "Method"]
