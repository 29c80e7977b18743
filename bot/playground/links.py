"""Web addresses, judged as Telegram judges those of buttons and text links."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_HOST = re.compile(r"^[^\s/?#@:]+$")
_WEB = frozenset({"http", "https"})
_APP = frozenset({"tg", "ton", "tonsite"})


class LinkError(ValueError):
    """An address that Telegram would refuse; the message is Telegram's reason."""


def check_link(url: str) -> str:
    """Return `url` as Telegram stores it (a missing scheme becomes ``http``).

    Raises:
        LinkError: with Telegram's reason, such as ``Wrong HTTP URL``.
    """
    url = url.strip()
    if not url:
        raise LinkError("URL host is empty")
    scheme = _SCHEME.match(url)
    if scheme is None or "://" not in url:
        if "." not in url.split("/", 1)[0]:
            raise LinkError("Wrong HTTP URL")
        url, name = f"http://{url}", "http"
    else:
        name = scheme.group(1).lower()
    if name in _APP:
        return url
    if name not in _WEB:
        raise LinkError("Unsupported URL protocol")
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
