"""The page where reminders by e-mail are chosen, as HTML that needs nothing else: no script, no file, no address.

It is written for whoever holds its link, which may have been forwarded: it names neither customer nor mailbox.
"""

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import deletion_days
from bot.domain.reminders import MuteLevel, full_ladder, last_steps
from bot.messages.reminder_words import step_list
from bot.services.reminders.batch import MAIL_MUTES
from bot.services.reminders.mail_wishes import MailWish, Undo
from bot.texts import Translator

LEVELS: Final = MAIL_MUTES
"""The choices, as forms send them, in the order in which they are shown."""
LEVEL_FIELD: Final = "level"
SURE_FIELD: Final = "sure"
SURE: Final = "yes"

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


def choice_page(translator: Translator, catalogue: Catalogue, wish: MailWish, *, saved: bool) -> str:
    """How things stand, with what else can be chosen; `saved` says that it was chosen just now."""
    word = _word(wish.level)
    told = translator.plain("unsubscribe-kept", level=word)
    rules = catalogue.rules
    what = {
        "all": translator.plain("unsubscribe-all-what", days=full_ladder(rules)[0]),
        "last": translator.plain(
            "unsubscribe-last-what",
            steps=_capital(step_list(translator, catalogue, last_steps(rules), wish.plan_id)),
        ),
        "none": translator.plain("unsubscribe-none-what"),
    }
    choices = "".join(
        f"<li>{_current(translator, each) if each == word else _form(translator, each)}"
        f"<p>{escape(what[each])}</p></li>\n"
        for each in LEVELS
    )
    return _page(
        translator,
        catalogue,
        translator.plain("unsubscribe-title"),
        (f'<p class="kept" role="status">{escape(told)}</p>\n' if saved else "")
        + f"<p>{escape(translator.plain('unsubscribe-about'))}</p>\n<ul>\n{choices}</ul>\n",
    )


def sure_page(translator: Translator, catalogue: Catalogue, wish: MailWish) -> str:
    """Ask once more before the last reminders are silenced too (DOMAIN.md 6)."""
    told = translator.plain("unsubscribe-sure", deletion_days=deletion_days(wish.plan_id, catalogue))
    keep = _button(LEVEL_FIELD, "last", translator.plain("unsubscribe-last"), first=True)
    stop = _button(
        LEVEL_FIELD, "none", translator.plain("unsubscribe-sure-yes"), more=_hidden(SURE_FIELD, SURE)
    )
    return _page(
        translator,
        catalogue,
        translator.plain("unsubscribe-sure-title"),
        f"<p>{escape(told)}</p>\n{keep}{stop}",
    )


def undo_page(translator: Translator, catalogue: Catalogue, undo: Undo, *, done: bool) -> str:
    """Undo the silence that an e-mail confirmed; say how things stand once `done`, or where it came too late."""
    now, back = _word(undo.wish.level), _word(undo.back)
    if undo.stands and not done:
        told = f"<p>{escape(translator.plain('unsubscribe-undo-what', level=back))}</p>\n"
        button = _button("undo", SURE, translator.plain("unsubscribe-undo", level=back), first=True)
        return _page(translator, catalogue, translator.plain("unsubscribe-undo-title"), told + button)
    kept = translator.plain("unsubscribe-undone" if undo.stands else "unsubscribe-undo-late", level=now)
    link = translator.plain("unsubscribe-undo-elsewhere")
    return _page(
        translator,
        catalogue,
        translator.plain("unsubscribe-title"),
        f'<p class="kept" role="status">{escape(kept)}</p>\n<p>{escape(link)}</p>\n',
    )


def unknown_page(translator: Translator, catalogue: Catalogue) -> str:
    """Nobody has the code of this address."""
    operator = catalogue.operator
    told = translator.plain("unsubscribe-unknown", operator=operator.name, email=operator.email)
    title = translator.plain("unsubscribe-unknown-title")
    return _page(translator, catalogue, title, f"<p>{escape(told)}</p>\n")


def unclear_page(translator: Translator, catalogue: Catalogue) -> str:
    """What was sent is none of our forms."""
    told = translator.plain("unsubscribe-unclear", email=catalogue.operator.email)
    title = translator.plain("unsubscribe-unclear-title")
    return _page(translator, catalogue, title, f"<p>{escape(told)}</p>\n")


def _page(translator: Translator, catalogue: Catalogue, title: str, content: str) -> str:
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


def _word(level: MuteLevel | None) -> str:
    return next(word for word, each in LEVELS.items() if each is level)


def _current(translator: Translator, word: str) -> str:
    return (
        f"<strong>{escape(translator.plain(f'unsubscribe-{word}'))}</strong>"
        f'<span class="now">{escape(translator.plain("unsubscribe-now"))}</span>'
    )


def _form(translator: Translator, word: str) -> str:
    return _button(LEVEL_FIELD, word, translator.plain(f"unsubscribe-{word}"))


def _button(name: str, value: str, label: str, *, more: str = "", first: bool = False) -> str:
    """A form of one button, sent to the address of the page itself."""
    kind = ' class="first"' if first else ""
    return (
        f'<form method="post">{_hidden(name, value)}{more}<button type="submit"{kind}>{escape(label)}</button>'
        "</form>\n"
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
