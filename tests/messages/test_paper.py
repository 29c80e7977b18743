"""The papers of an order: pages for people, the same attached for programs, verified by who has nothing else."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from bot.domain.evidence.chain import (
    Chain,
    Content,
    Erased,
    Head,
    Kind,
    Record,
    Subject,
    beginning,
    digest_of,
    following,
)
from bot.domain.evidence.checking import Flaw, Kept
from bot.domain.evidence.document import Anchor, Document, NotADocument, SignedDay, signed_text
from bot.domain.evidence.tree import EMPTY, leaf
from bot.messages.paper import paper, read_paper, says_the_same
from bot.services.evidence.signing import is_genuine
from bot.texts import Texts
from tests.support.long_runs import long

AT = datetime(2026, 11, 29, 21, 59, 7, tzinfo=UTC)
CHAIN = Chain(Subject.ORDER, 12)
PLACED = {
    "number": "R7K2M-4",
    "due": "36.48",
    "screen": "▰▰▰▱ 9/9\nRiepilogo 🧾\nPiano Pro: è più caro di Łódź",
    "automatic_renewal": False,
    "documents": [{"document": "conditions", "version": "2026-01", "sha256": "ab" * 32}],
    "registrant": {"kind": "sole_trader", "first_name": "Maria", "address": {"street": "Via dell'Esempio 1"}},
}


def document(*, signed: bool = True) -> Document:
    head = beginning(CHAIN)
    kept: list[Kept] = []
    values: tuple[tuple[Kind, Mapping[str, Any]], ...] = (
        (Kind.PLACED, PLACED),
        (Kind.PAYMENT, {"amount": "36.48"}),
        (Kind.COMPLETED, {"mailboxes": []}),
    )
    for number, (kind, value) in enumerate(values):
        content = Content(bytes([number]) * 16, value)
        record = following(head, AT + timedelta(minutes=number), kind, digest_of(content))
        kept.append((record, content))
        head = Head(record.sequence, record.link)
    anchor = None
    if signed:
        key, root = Ed25519PrivateKey.from_private_bytes(bytes(range(32))), leaf(CHAIN, head)
        text = signed_text(AT.date(), 1, root, EMPTY)
        public = key.public_key().public_bytes_raw()
        anchor = Anchor(SignedDay(AT.date(), AT, 1, root, EMPTY, public, key.sign(text)), head, ())
    return Document(AT, "it", "Posta Esempio", CHAIN, "R7K2M-4", tuple(kept), head, anchor)


@pytest.fixture(scope="module")
def given_in(texts: Texts) -> Callable[[str], bytes]:
    """The paper of this document in a language, written once: to put its fonts in takes longest."""
    return cache(lambda language: paper(document(), texts.translator(language)))


def test_what_is_written_is_read_back_by_who_has_nothing_else(
    texts: Texts, given_in: Callable[[str], bytes]
) -> None:
    given = document()
    found, words = read_paper(given_in("it"))
    assert found == given
    assert found.check() == []
    assert found.is_anchored
    assert found.anchor is not None
    assert is_genuine(found.anchor.signed)
    assert words is not None
    assert says_the_same(found, words, texts.translator("it"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "it",
            [
                "Prove dell'ordine R7K2M-4",
                "Ordine inviato",
                "domenica 29 novembre 2026, 22:59:07 CET",
                "tipo: ditta individuale nome: Maria",
                "da pagare: 36,48 €",
                "documento: condizioni generali di contratto",
            ],
        ),
        *long(
            (
                "en",
                [
                    "Evidence of order R7K2M-4",
                    "Order placed",
                    "Sunday 29 November 2026, 22:59:07 CET",
                    "type: sole trader first name: Maria",
                    "to be paid: €36.48",
                    "document: general terms and conditions",
                ],
            )
        ),
    ],
)
def test_the_pages_tell_what_happened_and_when(
    given_in: Callable[[str], bytes], language: str, said: list[str]
) -> None:
    _, words = read_paper(given_in(language))
    assert words is not None
    for each in [*said, "Via dell'Esempio 1", "Piano Pro: è più caro di Łódź", "ab" * 32]:
        assert "".join(each.split()) in "".join(words.split()), each


@pytest.mark.soak
def test_the_bar_of_a_screen_is_drawn_and_a_kit_has_no_years(texts: Texts) -> None:
    """It read "◌◌◌◌ 9/9", and that a kit was bought for one year."""
    given = document()
    record, content = given.records[0]
    assert isinstance(content, Content)
    lines = [
        {"kind": "plan", "code": "pro", "quantity": 1, "years": 2},
        {"kind": "kit", "code": "usb_token", "quantity": 1, "years": 1},
        {"kind": "shipping", "code": "usb_token", "quantity": 1, "years": 1},
    ]
    placed = replace(content, value={**content.value, "lines": lines})
    other = replace(given, records=((record, placed), *given.records[1:]))
    _, words = read_paper(paper(other, texts.translator("it")))
    assert words is not None
    plain = "".join(words.split())
    assert "■■■\N{EN DASH}9/9" in plain
    assert "anni:2" in plain
    assert "anni:1" not in plain
    assert says_the_same(other, words, texts.translator("it"))


def test_pages_that_say_something_else_than_what_is_attached_are_found(
    texts: Texts, given_in: Callable[[str], bytes]
) -> None:
    given = document()
    record, content = given.records[1]
    assert isinstance(content, Content)
    other = replace(
        given,
        records=(
            given.records[0],
            (record, replace(content, value={"amount": "96.48"})),
            given.records[2],
        ),
    )
    _, words = read_paper(given_in("it"))
    assert words is not None
    assert not says_the_same(other, words, texts.translator("it"))


def test_an_order_that_is_called_by_the_number_of_another_is_found() -> None:
    assert [(each.sequence, each.flaw) for each in replace(document(), name="X9Y8Z-7").check()] == [
        (1, Flaw.RENAMED)
    ]


@pytest.mark.soak
def test_a_note_that_somebody_has_laid_over_a_page_is_found(
    texts: Texts, given_in: Callable[[str], bytes]
) -> None:
    writer = PdfWriter(clone_from=BytesIO(given_in("it")))
    writer.add_annotation(0, FreeText(text="Pagato: 96,48 EUR", rect=(50, 550, 200, 650)))
    changed = BytesIO()
    writer.write(changed)
    found, words = read_paper(changed.getvalue())
    assert words is not None
    assert not says_the_same(found, words, texts.translator("it"))


@pytest.mark.parametrize(
    "change",
    [
        {"language": "xx"},
        {"head": {"sequence": float("inf"), "link": "00" * 32}},
        {"records": [{**document().to_json()["records"][0], "content": {"amount": float("nan")}}]},
        {"records": [{**document().to_json()["records"][0], "content": {"screen": "\ud800"}}]},
    ],
    ids=["language", "infinite", "no number", "no text"],
)
def test_what_no_bot_has_written_is_refused_in_a_line(change: dict[str, Any]) -> None:
    with pytest.raises(NotADocument):
        read_paper(json.dumps(document().to_json() | change).encode())


def test_what_the_fonts_have_no_sign_for_is_marked_by_one_that_they_have(
    texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    _, words = read_paper(paper(document(), texts.translator("it")))
    assert words is not None
    assert "Riepilogo ◌" in words
    assert caplog.text == ""


def test_the_fonts_are_in_the_file(given_in: Callable[[str], bytes]) -> None:
    assert b"/FontFile2" in given_in("it")


def test_the_json_alone_is_a_document_too() -> None:
    given = document(signed=False)
    found, words = read_paper(json.dumps(given.to_json()).encode())
    assert (found, words) == (given, None)
    assert not found.is_anchored
    assert found.unsigned == 3


@pytest.mark.soak
def test_what_was_erased_says_so_on_the_page(texts: Texts) -> None:
    given = document()
    gone: tuple[Record, Erased] = (given.records[0][0], Erased(AT.date(), "retention"))
    _, words = read_paper(paper(replace(given, records=(gone, *given.records[1:])), texts.translator("en")))
    assert words is not None
    assert "Content erased on 29 Nov 2026: end of the retention period" in " ".join(words.split())


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "neither a PDF nor JSON"),
        (b"{}", "does not begin"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b'{"form": "rinnovo evidence document 1"}', "missing or damaged"),
        (b"\xff\xfe", "neither a PDF nor JSON"),
    ],
)
def test_what_is_no_document_is_refused_in_a_line(file: bytes, why: str) -> None:
    with pytest.raises(NotADocument, match=why):
        read_paper(file)


def test_a_head_that_is_not_under_the_root_is_not_anchored() -> None:
    given = document()
    assert given.anchor is not None
    assert not replace(given, anchor=replace(given.anchor, way=((True, bytes(32)),))).is_anchored
