"""A letter as HTML that mail programs of every age draw alike.

Tables and styles on the elements themselves, because that is what survives in mail programs; a style sheet only for
the dark and for narrow screens, where programs know them. Nothing is loaded from elsewhere: pictures travel with the
mail.
"""

from html import escape
from typing import Final

from bot.messages.mail.letter import (
    Button,
    Drawing,
    Entries,
    Entry,
    Fact,
    Facts,
    Letter,
    Paragraph,
    Part,
    Section,
)
from bot.texts import Safe

_FONT: Final = (
    "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
)
_MONO: Final = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Courier New',monospace"
_INK: Final = "#10242b"
_QUIET: Final = "#52666f"
_ACCENT: Final = "#0b7285"
_LINE: Final = "#e1e8ea"

_SHEET: Final = """\
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: #0b6a8f; }
.copy { font-size: 15px; }
@media (max-width: 520px) {
  .page { padding: 0 !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .in { padding-left: 20px !important; padding-right: 20px !important; }
  .label { display: block !important; width: auto !important; padding-bottom: 0 !important; border: 0 !important; }
  .value { display: block !important; padding-top: 1px !important; border-top: 0 !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #10181f !important; }
  .card { background: #17212b !important; border-color: #26343f !important; }
  .ink, .ink td, .ink p, .ink h1, .ink h2 { color: #eef4f6 !important; }
  .quiet, .ink .quiet { color: #a3b4be !important; }
  .rule { border-color: #2a3843 !important; }
  .brand, .ink .brand { color: #5cc7d3 !important; }
  .button { background: #2a97a6 !important; }
  a { color: #6cc6f0; }
  a.on-button { color: #ffffff !important; }
}
"""
_OPEN_TABLE: Final = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">'


def rich_letter(letter: Letter) -> str:
    """The letter as a whole HTML document."""
    rows = [_title(letter), *(_row(_part(part)) for part in letter.opening)]
    for section in letter.sections:
        rows += _section(section)
    rows.append('<tr><td style="height:24px;line-height:24px;font-size:0">&nbsp;</td></tr>')
    footer = "".join(
        f'<p class="quiet" style="margin:0 0 6px;font-size:12.5px;line-height:1.5;color:{_QUIET}">'
        f"{_words(words)}</p>"
        for words in letter.footer
    )
    return (
        f'<!doctype html>\n<html lang="{letter.locale.value}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        '<meta name="format-detection" content="telephone=no, date=no, address=no">\n'
        f"<title>{escape(letter.subject)}</title>\n<style>\n{_SHEET}</style>\n</head>\n"
        f'<body class="page" style="margin:0;padding:0;background:#f1f5f6;{_FONT}">\n'
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(letter.preview)}</div>\n'
        f'{_OPEN_TABLE}<tr><td class="page" align="center" style="padding:28px 12px 40px">\n'
        f'<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" '
        f'class="ink" style="width:100%;max-width:600px;color:{_INK}">\n'
        f'<tr><td class="in brand" style="padding:20px 32px 14px;font-size:15px;font-weight:700;'
        f'letter-spacing:.01em;color:{_ACCENT}">{escape(letter.sender)}</td></tr>\n'
        f'<tr><td class="card" style="background:#ffffff;border:1px solid {_LINE};border-radius:14px">\n'
        f"{_OPEN_TABLE}\n" + "\n".join(rows) + "\n</table>\n</td></tr>\n"
        f'<tr><td class="in" style="padding:22px 32px">{footer}</td></tr>\n'
        "</table>\n</td></tr></table>\n</body>\n</html>\n"
    )


def _title(letter: Letter) -> str:
    return (
        '<tr><td class="in" style="padding:30px 32px 4px">'
        '<h1 style="margin:0;font-size:24px;line-height:1.25;font-weight:700;letter-spacing:-.01em">'
        f"{escape(letter.title)}</h1></td></tr>"
    )


def _section(section: Section) -> list[str]:
    head = (
        '<tr><td class="in" style="padding:26px 32px 0">'
        f'<h2 class="rule" style="margin:0;padding:22px 0 2px;border-top:1px solid {_LINE};font-size:17px;'
        f'line-height:1.3;font-weight:650">{escape(section.title)}</h2></td></tr>'
    )
    return [head, *(_row(_part(part)) for part in section.parts)]


def _row(content: str) -> str:
    return f'<tr><td class="in" style="padding:10px 32px 0">{content}</td></tr>'


def _part(part: Part) -> str:
    match part:
        case Paragraph():
            return _paragraph(part)
        case Facts():
            return f"{_OPEN_TABLE}{''.join(map(_fact, part.facts))}</table>"
        case Entries():
            return f"{_heading(part)}{_OPEN_TABLE}{''.join(map(_entry, part.entries))}</table>"
        case Button():
            return _button(part)
        case Drawing():
            return _drawing(part)


def _paragraph(part: Paragraph) -> str:
    if part.quiet:
        return (
            f'<p class="quiet" style="margin:0;font-size:13.5px;line-height:1.5;color:{_QUIET}">'
            f"{_words(part.words)}</p>"
        )
    return f'<p style="margin:0;font-size:15.5px;line-height:1.55;word-break:break-word">{_words(part.words)}</p>'


def _fact(fact: Fact) -> str:
    style = "font-size:15.5px;line-height:1.4"
    if fact.strong:
        style = "font-size:20px;line-height:1.2;font-weight:700"
    elif fact.copied:
        style = f"font-size:15.5px;line-height:1.4;font-weight:600;{_MONO}"
    note = f'<div class="quiet" style="{_small()}">{escape(fact.note)}</div>' if fact.note else ""
    return (
        f'<tr><td class="label quiet" valign="top" width="150" style="padding:7px 12px 7px 0;font-size:14px;'
        f'line-height:1.5;color:{_QUIET}">{escape(fact.label)}</td>'
        f'<td class="value" valign="top" style="padding:7px 0"><div style="{style}">{escape(fact.value)}</div>'
        f"{note}</td></tr>"
    )


def _heading(part: Entries) -> str:
    if not part.heading:
        return ""
    return (
        '<p style="margin:6px 0 2px;font-size:15px;line-height:1.4;font-weight:650;word-break:break-word">'
        f"{escape(part.heading)}</p>"
    )


def _entry(entry: Entry) -> str:
    weight = ";font-weight:700" if entry.strong else ""
    detail = f'<div class="quiet" style="{_small()}">{escape(entry.detail)}</div>' if entry.detail else ""
    return (
        f'<tr><td class="rule" valign="top" style="padding:7px 12px 7px 0;border-top:1px solid {_LINE};'
        f'font-size:15px;line-height:1.4;word-break:break-word{weight}">{escape(entry.what)}{detail}</td>'
        f'<td class="rule" valign="top" align="right" style="padding:7px 0;border-top:1px solid {_LINE};'
        f'font-size:15px;line-height:1.4;white-space:nowrap{weight}">{escape(entry.value)}</td></tr>'
    )


def _button(part: Button) -> str:
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
        f'<td class="button" bgcolor="{_ACCENT}" style="background:{_ACCENT};border-radius:10px">'
        f'<a class="on-button" href="{escape(part.url)}" style="display:inline-block;padding:13px 26px;'
        f'color:#ffffff;font-size:16px;font-weight:650;text-decoration:none">{escape(part.label)}</a>'
        "</td></tr></table>"
    )


def _drawing(part: Drawing) -> str:
    picture = part.picture
    # The frame stays white in the dark: a camera reads the code only so.
    return (
        f'{_OPEN_TABLE}<tr><td width="152" style="padding:4px 16px 4px 0"><img src="cid:{escape(picture.cid)}" '
        f'alt="{escape(picture.alt)}" width="150" height="150" style="display:block;width:150px;height:150px;'
        f'background:#ffffff;border:1px solid {_LINE};border-radius:8px"></td>'
        f'<td class="quiet" style="{_small()}">{_words(part.words)}</td></tr></table>'
    )


def _small() -> str:
    return f"font-size:13.5px;line-height:1.45;color:{_QUIET}"


def _words(words: Safe) -> str:
    """Telegram's HTML is HTML already, but for its line breaks."""
    return str(words).replace("\n", "<br>\n").replace("<code>", f'<code style="{_MONO};font-weight:600">')
