"""A new key is put in front, `keys rotate` seals everything with it, and the doctor says when the old one may go."""

import pytest

from bot.db.keys import KeyRing
from tests.commands.shop import Shop
from tests.support.long_runs import some


@pytest.fixture(autouse=True)
def far_from_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers there."""
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")


def of_keys(shop: Shop) -> str:
    """What the doctor says of them."""
    return next(line for line in shop.types("doctor").stdout.splitlines() if " keys: " in line)


@pytest.mark.parametrize("asked", some([False, True], 1))
def test_a_key_is_changed_without_stopping(shop: Shop, monkeypatch: pytest.MonkeyPatch, asked: bool) -> None:
    shop.order()
    old, new = shop.key, KeyRing.new_key()
    if asked:
        assert of_keys(shop) == "✓ keys: one, which seals everything"

    monkeypatch.setenv("DATA_KEYS", f"{new},{old}")
    if asked:
        needed = of_keys(shop)
        assert needed.startswith("! keys: still needed beside the first: key 2 for ")
        assert "customer 1" in needed
        assert needed.endswith("`python -m bot keys rotate` seals them anew")

    *_, last = shop.does("keys", "rotate")
    assert last == "Everything is sealed with the first key: the others are no longer needed."
    if asked:
        assert of_keys(shop) == "✓ keys: everything is sealed with the first: the others are no longer needed"

    monkeypatch.setenv("DATA_KEYS", new)
    (order,) = shop.does("orders", "list")[1:]
    assert "rossi" in order
    looked, _ = shop.does("keys", "rotate")
    assert looked.endswith("sealed anew: 0 values.")
