"""Web addresses, judged as Telegram judges those of buttons and text links."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"^[^\s/?#@:]+$")
_WEB = frozenset({"http", "https"})
_APP = frozenset({"tg", "ton", "tonsite"})


class LinkError(ValueError):
    """An address that Telegram would refuse; the message is Telegram's reason."""


def check_link(url: str) -> str:
    """Return `url` as Telegram stores it (a missing scheme becomes `http`).

    Raises:
        LinkError: with Telegram's reason, such as `Wrong HTTP URL`.
    """
    url = url.strip()
    if not url:
        raise LinkError("URL host is empty")
    if url.startswith(("mailto:", "tel:")):
        # Telegram would take it for a host with a password before it, and make a link that leads nowhere.
        raise LinkError("Unsupported URL protocol")
    scheme, separator, rest = url.partition("://")
    if not separator:
        if "." not in url.split("/", 1)[0]:
            raise LinkError("Wrong HTTP URL")
        return _check_web_address(f"http://{url}")
    if scheme.lower() in _APP and rest:
        return url
    if scheme.lower() not in _WEB:
        raise LinkError("Unsupported URL protocol")
    return _check_web_address(url)


def _check_web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise LinkError("Wrong port number specified in the URL") from None
    if port == 0:
        raise LinkError("Wrong port number specified in the URL")
    if not parts.hostname:
        raise LinkError("URL host is empty")
    if not _HOST.match(parts.hostname) or ("." not in parts.hostname and parts.hostname != "localhost"):
        raise LinkError("Wrong HTTP URL")
    return f"{url}/" if not parts.path and not parts.query and not parts.fragment else url
