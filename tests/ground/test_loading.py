"""The collector of garbage rests while the bot is loaded, and works afterwards."""

import gc
from collections.abc import Iterator

import pytest

from bot.running.loading import RARELY, loading


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What these tests freeze is watched again after them, as often as before."""
    frozen, often = gc.get_freeze_count(), gc.get_threshold()
    yield
    gc.set_threshold(*often)
    gc.unfreeze()
    if frozen:
        gc.freeze()


def test_the_collector_rests_and_then_leaves_alone_what_was_loaded() -> None:
    before = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
        loaded = [[number] for number in range(100)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(loaded)
    assert gc.get_threshold() == RARELY


def test_it_works_again_when_loading_fails() -> None:
    with pytest.raises(ImportError, match="nothing of that name"), loading():
        raise ImportError("nothing of that name")
    assert gc.isenabled()
