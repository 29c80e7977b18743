"""Loading the bot: thousands of classes and functions, none of which ever becomes garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

RARELY: Final = (10_000, 20, 50)
"""How many objects are made before the collector looks through the youngest, and how often it does that before it looks
through the older and the oldest.

What a tap leaves is hardly ever garbage that needs the collector. Python's own 700 let it look several times during
each tap through all that the other taps under way are holding: an eighth of what a tap cost.
"""


@contextmanager
def loading() -> Iterator[None]:
    """Do not look for garbage while the block imports, nor ever again among what was imported; then rarely.

    A process is up a fifth sooner, and no tap waits while the collector turns over all of the libraries.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*RARELY)
        gc.enable()
