"""Web addresses of buttons and links."""

import pytest

from bot.playground.links import LinkError, check_link


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a?b#c", "https://example.com/a?b#c"),
        ("example.com", "http://example.com/"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("tg://resolve?domain=rinnovo_bot", "tg://resolve?domain=rinnovo_bot"),
        (" https://example.com/ ", "https://example.com/"),
    ],
)
def test_good_addresses_are_stored_as_telegram_does(url: str, stored: str) -> None:
    assert check_link(url) == stored


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "URL host is empty"),
        ("https://", "URL host is empty"),
        ("https:///x", "URL host is empty"),
        ("not-a-url", "Wrong HTTP URL"),
        ("https://nodots", "Wrong HTTP URL"),
        ("mailto:ada@example.com", "Unsupported URL protocol"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("javascript://example.com/%0aalert(1)", "Unsupported URL protocol"),
        ("https://example.com:0/", "Wrong port number specified in the URL"),
        ("https://example.com:x/", "Wrong port number specified in the URL"),
    ],
)
def test_bad_addresses_are_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(LinkError, match=f"^{reason}$"):
        check_link(url)
