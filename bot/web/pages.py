"""The frame of the pages that links in e-mails lead to: HTML without script, without files, without other addresses."""

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.texts import Translator

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #10242b; --quiet: #52666f; --accent: #0b7285; --line: #d5dfe2;
  --page: #f1f5f6; --card: #fff; --fill: #0b7285; --good: #e3f3f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef4f6; --quiet: #a3b4be; --accent: #2a97a6; --line: #32424e;
  --page: #10181f; --card: #17212b; --good: #16343a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px 40px; background: var(--page); color: var(--ink);
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, footer, header { max-width: 560px; margin: 0 auto; overflow-wrap: anywhere; }
header { padding: 0 4px 12px; font-weight: 700; }
main { padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; }
p { margin: 0 0 16px; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: 16px 0; border-top: 1px solid var(--line); }
li:last-child { padding-bottom: 0; }
li p, footer p { margin: 6px 0 0; color: var(--quiet); font-size: 14.5px; }
strong { font-size: 16px; }
.now { margin-left: 8px; padding: 2px 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 13px;
  white-space: nowrap; }
.said { margin: 0 0 16px; }
blockquote { margin: 0; padding: 2px 0 2px 14px; border-left: 3px solid var(--line); }
label { display: block; margin: 0 0 4px; font-weight: 600; }
input { width: 100%; min-height: 44px; padding: 9px 12px; border: 1px solid var(--quiet); border-radius: 10px;
  background: var(--card); color: inherit; font: inherit; }
.kept { padding: 10px 14px; background: var(--good); border-radius: 10px; }
form { margin: 0; }
button { min-height: 44px; padding: 9px 18px; border: 2px solid var(--accent); border-radius: 10px;
  background: none; color: inherit; font: inherit; font-weight: 600; text-align: left; cursor: pointer; }
button:hover { background: var(--fill); color: #fff; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.first { background: var(--fill); color: #fff; }
form + form { margin-top: 12px; }
footer { padding: 14px 4px 0; }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address of the page is what proves the request
}
"""What every answer says to the browser."""


def page(translator: Translator, catalogue: Catalogue, title: str, content: str) -> str:
    """A whole page: the operator above, the title and `content` (HTML) in a card, whom to ask below."""
    operator = catalogue.operator
    told = translator.plain("unsubscribe-help", email=operator.email, phone=operator.phone)
    return (
        f'<!doctype html>\n<html lang="{translator.locale.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        '<meta name="format-detection" content="telephone=no">\n'
        f"<title>{escape(title)} - {escape(operator.name)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<header>{escape(operator.name)}</header>\n<main>\n<h1>{escape(title)}</h1>\n{content}</main>\n"
        f"<footer><p>{escape(told)}</p></footer>\n</body>\n</html>\n"
    )


def paragraphs(*words: str) -> str:
    """Plain texts as paragraphs."""
    return "".join(f"<p>{escape(each)}</p>\n" for each in words)


def button_form(label: str, *fields: str, first: bool = False) -> str:
    """A form of one button with these hidden fields, sent to the address of the page itself."""
    kind = ' class="first"' if first else ""
    return (
        f'<form method="post">{"".join(fields)}<button type="submit"{kind}>{escape(label)}</button></form>\n'
    )


def hidden_field(name: str, value: str) -> str:
    """A field of a form that nobody sees."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
