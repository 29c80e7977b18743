"""An address by which its owner knows it, and nobody else learns it."""

import pytest

from bot.domain.masking import masked


@pytest.mark.parametrize(
    ("email", "shown"),
    [("mario@example.com", "m•••@example.com"), ("m@example.com", "m•••@example.com"), ("", "")],
)
def test_an_address_is_known_by_its_first_letter_and_its_domain(email: str, shown: str) -> None:
    assert masked(email) == shown
