"""A chain of evidence on paper: pages for people, and the same attached for programs (DOMAIN.md 7).

The pages say nothing that the attachment does not hold: whoever verifies a document writes its pages anew, and
compares. What a font has no sign for is written as a dotted circle, on both sides alike.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any, Final

import font_source_sans_pro as fonts
from fontTools.ttLib import TTFont
from fpdf import FPDF
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from bot.domain.evidence.chain import Erased
from bot.domain.evidence.document import Document, NotADocument
from bot.messages.paper_words import in_words, label_of, readable
from bot.texts import Locale, Translator

ATTACHED: Final = "evidence.json"
_FAMILY: Final = "paper"
_SIZE: Final = 10
_LINE: Final = 5
_MISSING: Final = "◌"
_DRAWN: Final = str.maketrans({"▰": "■", "▱": "\N{EN DASH}"})
"""How a screen's bar of progress, or of space, is drawn with the signs that the fonts have."""
_FOREIGN: Final = "□"
_INDENT: Final = "    "


def paper(document: Document, translator: Translator) -> bytes:
    """The document as a PDF with its fonts in it, and with its JSON attached.

    Args:
        document: to be written.
        translator: of the language that the document names.
    """
    pages = _Pages(translator)
    pages.set_creation_date(document.made_at)
    for size, bold, text in _blocks(document, translator):
        pages.write_block(size, text, bold=bold)
    attached = json.dumps(document.to_json(), ensure_ascii=False, indent=1).encode()
    pages.embed_file(
        bytes=attached, basename=ATTACHED, desc=translator.plain("evidence-title", **_named(document))
    )
    return bytes(pages.output())


def read_paper(file: bytes) -> tuple[Document, str | None]:
    """The document that a PDF has attached, or that a JSON file is; with the words on the pages, where there are any.

    Raises:
        NotADocument: it is neither, or what is attached is no document.
    """
    if not file.startswith(b"%PDF"):
        return _parsed(file), None
    try:
        reader = PdfReader(BytesIO(file))
        attached = reader.attachments.get(ATTACHED, [])
        words = "\n".join(_words_on(page) for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotADocument("the PDF is damaged") from error
    if len(attached) != 1:
        # Who joins, splits or prints a PDF makes another one of its pages (findings/joined-pdf-loses-its-record.sh).
        raise NotADocument(
            f"the PDF has no file {ATTACHED} attached, as when it was joined, split or printed: "
            "give the file as it was made"
        )
    return _parsed(attached[0]), words


def says_the_same(document: Document, words: str, translator: Translator) -> bool:
    """Whether the pages have the words that this document's pages have."""
    _, own = read_paper(paper(document, translator))
    return own is not None and _letters(own) == _letters(words)


def _parsed(file: bytes) -> Document:
    try:
        document = Document.from_json(json.loads(file))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotADocument("it is neither a PDF nor JSON") from error
    if document.language not in list(Locale):
        raise NotADocument(f"its language is not known: {document.language}")
    return document


def _words_on(page: PageObject) -> str:
    """The words of a page, and a sign for what could say others: pictures and notes, of which our pages have none.

    A signature that somebody has put on the file is no such thing.
    """
    resources: Any = page["/Resources"]
    notes: Any = page.get("/Annots", ())
    drawn = "/XObject" in resources or any(each.get_object().get("/FT") != "/Sig" for each in notes)
    return page.extract_text() + (_FOREIGN if drawn else "")


def _letters(words: str) -> str:
    """The words without what lines and pages do to them."""
    return "".join(words.split())


def _named(document: Document) -> dict[str, str]:
    return {"subject": document.chain.subject.value, "name": document.name}


Block = tuple[int, bool, str]
"""The size of the letters, whether they are bold, and the text."""


def _blocks(document: Document, translator: Translator) -> Iterator[Block]:
    say = translator.plain
    yield 16, True, say("evidence-title", **_named(document))
    yield (
        _SIZE,
        False,
        say("evidence-made", at=document.made_at, operator=document.operator, count=len(document.records)),
    )
    yield _SIZE, False, say("evidence-what")
    yield _SIZE, False, say("evidence-not")
    if document.anchor is not None:
        signed = document.anchor.signed
        yield (
            _SIZE,
            False,
            say(
                "evidence-signed",
                sequence=document.anchor.head.sequence,
                day=signed.day,
                root=signed.root.hex(),
                public=signed.public.hex(),
            ),
        )
    if document.unsigned > 0:
        yield _SIZE, False, say("evidence-unsigned", count=document.unsigned)
    for record, content in document.records:
        yield 12, True, say("evidence-entry", sequence=str(record.sequence), kind=record.kind.value)
        yield _SIZE, False, say("evidence-at", at=record.at)
        if isinstance(content, Erased):
            reason = in_words(translator, "reason", content.reason, {})
            yield _SIZE, False, say("evidence-erased", on=content.on, reason=reason)
        else:
            yield _SIZE, False, "\n".join(_lines(readable(record.kind, content.value), translator))
        yield 7, False, say("evidence-digest", link=record.link.hex())


def _lines(
    value: Mapping[str, Any], translator: Translator, indent: str = "", inside: str = ""
) -> Iterator[str]:
    """A content line by line, what is in it set off; what is empty is left out."""
    for key, said in value.items():
        if said is None or said in ("", [], {}) or (named := label_of(inside, key)) is None:
            continue
        label = indent + translator.plain("evidence-label", label=named)
        if isinstance(said, Mapping) and (one := _in_language(said, translator)) is not None:
            yield f"{label}: {one}"
        elif isinstance(said, Mapping):
            yield f"{label}:"
            yield from _lines(said, translator, indent + _INDENT, key)
        elif isinstance(said, list) and any(isinstance(each, Mapping) for each in said):
            yield f"{label}:"
            for number, each in enumerate(said, 1):
                yield f"{indent}{_INDENT}{number}."
                if isinstance(each, Mapping):
                    yield from _lines(each, translator, indent + 2 * _INDENT, key)
                else:
                    yield f"{indent}{2 * _INDENT}{each}"
        else:
            yield f"{label}: {_plain(said, translator, named, value, indent)}"


def _in_language(said: Mapping[str, Any], translator: Translator) -> str | None:
    """What is said in each language, in that of the pages; None for anything else."""
    return str(said[translator.locale.value]) if set(said) == {each.value for each in Locale} else None


def _plain(said: Any, translator: Translator, named: str, beside: Mapping[str, Any], indent: str) -> str:
    if isinstance(said, list):
        return ", ".join(str(each) for each in said)
    text = in_words(translator, named, said, beside)
    return (
        text
        if "\n" not in text
        else "\n" + "\n".join(f"{indent}{_INDENT}{line}" for line in text.splitlines())
    )


class _Pages(FPDF):
    """A4 pages with their numbers."""

    def __init__(self, translator: Translator) -> None:
        super().__init__(format="A4")
        self._translator = translator
        self.add_font(_FAMILY, "", fonts.SourceSansPro)
        self.add_font(_FAMILY, "B", fonts.SourceSansProBold)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_page()

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-14)
        self.set_font(_FAMILY, "", 8)
        self.cell(0, 5, self._translator.plain("evidence-page", page=str(self.page_no())), align="C")

    def write_block(self, size: int, text: str, *, bold: bool) -> None:
        """Write a paragraph."""
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.multi_cell(0, _LINE * size / _SIZE, _printable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)


@cache
def _signs() -> frozenset[int]:
    """What both fonts have a sign for."""
    both = (TTFont(each).getBestCmap() for each in (fonts.SourceSansPro, fonts.SourceSansProBold))
    return frozenset(set.intersection(*(set(each) for each in both)))


def _printable(text: str) -> str:
    drawn = text.translate(_DRAWN)
    return "".join(each if each == "\n" or ord(each) in _signs() else _MISSING for each in drawn)
