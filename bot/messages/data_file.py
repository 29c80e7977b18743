"""Somebody's own data as a file: a ZIP with a page for people and JSON for programs (DOMAIN.md 7, "Data")."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from io import BytesIO
from typing import Any, Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.domain.catalogue import Catalogue
from bot.messages.data_words import data_word
from bot.texts import Translator

FORM: Final = "rinnovo own data 1"
_OWNERS_ALONE: Final = 0o600 << 16
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.2rem 1rem;margin:.5rem 0 1rem}"
    "dt{color:#595959}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}"
    "section{border-left:3px solid #d0d0d0;padding-left:1rem;margin:.5rem 0}"
    # On a phone a value stands below its name: beside it, an address would break at every fifth letter.
    "@media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}section{padding-left:.6rem}}"
)


class Sum(Protocol):
    """Money."""

    @property
    def cents(self) -> int:
        """In cents."""


class Data(Protocol):
    """What is handed out: see `bot.services.people.own_data.OwnData`."""

    @property
    def made_at(self) -> datetime:
        """When it was read."""

    @property
    def operator(self) -> str:
        """Who keeps it."""

    @property
    def chat(self) -> Mapping[str, Any] | None:
        """The chat's own."""

    @property
    def customers(self) -> Sequence[Mapping[str, Any]]:
        """Of each customer."""


def data_file(data: Data, translator: Translator, catalogue: Catalogue) -> bytes:
    """The file. In JSON days and instants are ISO 8601, money is a decimal string in euros, names are the program's."""
    archive = BytesIO()
    page, values = translator.plain("data-page-file"), translator.plain("data-json-file")
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for name, text in ((page, _page(data, translator, catalogue)), (values, _json(data))):
            entry = ZipInfo(name, data.made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, _OWNERS_ALONE
            file.writestr(entry, text)
    return archive.getvalue()


def _json(data: Data) -> str:
    whole = {
        "form": FORM,
        "made_at": data.made_at,
        "operator": data.operator,
        "chat": data.chat,
        "customers": data.customers,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.cents // 100}.{value.cents % 100:02}"


def _page(data: Data, translator: Translator, catalogue: Catalogue) -> str:
    page = _Page(translator, catalogue)
    title = translator.plain("data-page-title")
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(translator.plain('data-page-intro', operator=data.operator, at=data.made_at))}</p>",
    ]
    if data.chat is not None:
        parts.append(f"<h2>{_label('chat', translator)}</h2>{page.record(data.chat)}")
    parts += [
        f"<h2>{_label('customer', translator)} {escape(str(each['customer']))}</h2>{page.record(each)}"
        for each in data.customers
    ]
    return (
        f'<!doctype html><html lang="{translator.locale.value}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


class _Page:
    """Writes records for a reader."""

    def __init__(self, translator: Translator, catalogue: Catalogue) -> None:
        self._translator = translator
        self._catalogue = catalogue

    def record(self, record: Mapping[str, Any]) -> str:
        """What is known of it; what is not has no line."""
        single, several = [], []
        for name, value in record.items():
            label = _label(name, self._translator)
            if isinstance(value, Mapping):
                if inner := self.record(value):
                    several.append(f"<h3>{label}</h3><section>{inner}</section>")
            elif isinstance(value, list):
                inner = "".join(f"<section>{self.record(each)}</section>" for each in value)
                if inner:
                    several.append(f"<h3>{label}</h3>{inner}")
            elif value not in (None, ""):
                single.append(f"<dt>{label}</dt><dd>{escape(self._said(name, value))}</dd>")
        return (f"<dl>{''.join(single)}</dl>" if single else "") + "".join(several)

    def _said(self, name: str, value: Any) -> str:
        translator = self._translator
        if isinstance(value, bool):
            return translator.plain("data-yes-no", yes=value)
        if isinstance(value, datetime):
            return translator.plain("data-instant", at=value)
        if isinstance(value, date):
            return translator.plain("data-day", day=value)
        if isinstance(value, str):
            return data_word(translator, self._catalogue, name, value)
        return str(value) if isinstance(value, int) else translator.plain("data-sum", sum=value.cents)


def _label(name: str, translator: Translator) -> str:
    return escape(translator.plain("data-label", name=name))
