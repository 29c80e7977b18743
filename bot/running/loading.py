"""Loading the bot: thousands of classes and functions, none of which ever becomes garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Do not look for garbage while the block imports, nor ever again among what was imported.

    A process is up a fifth sooner, and no tap waits while the collector turns over all of the libraries.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
