"""Addresses that are shown so that their owner knows them."""

from typing import Final

_HIDDEN: Final = "•••"


def masked(email: str) -> str:
    """An address by which its owner knows it and nobody else learns it: `m•••@example.com`; empty of none."""
    if not email:
        return ""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}{_HIDDEN}@{domain}"
