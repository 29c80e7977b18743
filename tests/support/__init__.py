"""What several tests share: a clock that stands still, throw-away databases."""

import base64

SAMPLE_KEYS = tuple(base64.urlsafe_b64encode(f"{n}-sample-key-16-".encode() * 2).decode() for n in "12")
"""Keys for ``DATA_KEYS``, the same in every process so that tests can be named after them.

They differ in both halves: the first signs, the second encrypts.
"""
