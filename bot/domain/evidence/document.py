"""A chain as a document that stands for itself: written, read back, and checked without any database (DOMAIN.md 7).

Its form, version 1: a JSON object with

- `form`, `made_at` (UTC), `language` (of the pages that go with it) and `operator`, who gave it out;
- `subject`, `id` and `name`: what the chain is about, and how people call it;
- `records`: each with `sequence`, `at`, `kind`, `digest` and `link` (hexadecimal), and with `salt` and `content`, or,
  where that was erased, with `erased_on` and `erased_why`;
- `head`: `sequence` and `link`;
- `signed`: the last day whose root covers the chain, or null: `day`, `at`, `count`, `root`, `before`, `public`,
  `signature`; the head that it covers (`sequence`, `link`); and `way`, which leads from this head up to the root: pairs
  of whether a digest stands at the left, and the digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self

from bot.domain.errors import RinnovoError
from bot.domain.evidence.chain import (
    DIGEST_BYTES,
    Chain,
    Content,
    Erased,
    Head,
    Kind,
    Record,
    Subject,
    moment,
    written,
)
from bot.domain.evidence.checking import Finding, Flaw, Kept, check
from bot.domain.evidence.tree import Step, climb, leaf

FORM: Final = "rinnovo evidence document 1"


class NotADocument(RinnovoError):
    """What was read is no evidence document of a form that is known; the text says why."""


@dataclass(frozen=True, slots=True)
class SignedDay:
    """The heads of a day, as they were signed.

    Attributes:
        day: in Rome.
        at: when it was signed, UTC.
        count: how many chains had grown since the day before.
        root: of their heads.
        before: the root of the signed day before.
        public: the key that checks the signature, 32 bytes.
        signature: of what `signed_text` gives.
    """

    day: date
    at: datetime
    count: int
    root: bytes
    before: bytes
    public: bytes
    signature: bytes

    @property
    def signed_text(self) -> bytes:
        """What is signed of a day."""
        return signed_text(self.day, self.count, self.root, self.before)


def signed_text(day: date, count: int, root: bytes, before: bytes) -> bytes:
    """What is signed of a day."""
    return f"rinnovo heads 1\n{day.isoformat()}\n{count}\n{root.hex()}\n{before.hex()}\n".encode()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A signed day, the head of the chain that it covers, and the way from that head up to the day's root."""

    signed: SignedDay
    head: Head
    way: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole chain as it was given out: at a moment, with pages in a language."""

    made_at: datetime
    language: str
    operator: str
    chain: Chain
    name: str
    records: tuple[Kept, ...]
    head: Head
    anchor: Anchor | None

    def check(self) -> list[Finding]:
        """What is wrong with the chain by what the document itself says; see `is_anchored` for the signature."""
        signed = [] if self.anchor is None else [self.anchor.head]
        return [*check(self.chain, self.records, self.head, signed), *self._renamed()]

    def _renamed(self) -> list[Finding]:
        """The name is none of the chain's, so it is held against what an order's own record says."""
        return [
            Finding(self.chain, record.sequence, Flaw.RENAMED)
            for record, content in self.records
            if record.kind is Kind.PLACED
            and isinstance(content, Content)
            and content.value.get("number", self.name) != self.name
        ]

    @property
    def is_anchored(self) -> bool:
        """Whether the signed head is among those that the day's root was made of."""
        if self.anchor is None:
            return False
        return climb(leaf(self.chain, self.anchor.head), self.anchor.way) == self.anchor.signed.root

    @property
    def unsigned(self) -> int:
        """How many of the last records no signed day covers yet."""
        return self.head.sequence - (0 if self.anchor is None else self.anchor.head.sequence)

    def to_json(self) -> dict[str, Any]:
        """The document in its form."""
        return {
            "form": FORM,
            "made_at": moment(self.made_at),
            "language": self.language,
            "operator": self.operator,
            "subject": self.chain.subject.value,
            "id": self.chain.id,
            "name": self.name,
            "records": [_record_json(record, content) for record, content in self.records],
            "head": {"sequence": self.head.sequence, "link": self.head.link.hex()},
            "signed": None if self.anchor is None else _anchor_json(self.anchor),
        }

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read a document.

        Raises:
            NotADocument: it is none, or one of a form that is not known.
        """
        if not isinstance(value, dict) or value.get("form") != FORM:
            raise NotADocument("it does not begin as an evidence document of a known form does")
        try:
            signed = value["signed"]
            return cls(
                made_at=_moment(value["made_at"]),
                language=str(value["language"]),
                operator=str(value["operator"]),
                chain=Chain(Subject(value["subject"]), int(value["id"])),
                name=str(value["name"]),
                records=tuple(_kept(each) for each in value["records"]),
                head=Head(int(value["head"]["sequence"]), _digest(value["head"]["link"])),
                anchor=None if signed is None else _anchor(signed),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise NotADocument(f"a part of it is missing or damaged: {error}") from error


def _record_json(record: Record, content: Content | Erased) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sequence": record.sequence,
        "at": moment(record.at),
        "kind": record.kind.value,
        "digest": record.digest.hex(),
        "link": record.link.hex(),
    }
    if isinstance(content, Erased):
        return found | {"erased_on": content.on.isoformat(), "erased_why": content.reason}
    return found | {"salt": content.salt.hex(), "content": dict(content.value)}


def _kept(value: Mapping[str, Any]) -> Kept:
    record = Record(
        int(value["sequence"]),
        _moment(value["at"]),
        Kind(value["kind"]),
        _digest(value["digest"]),
        _digest(value["link"]),
    )
    if "erased_on" in value:
        return record, Erased(date.fromisoformat(value["erased_on"]), str(value["erased_why"]))
    if not isinstance(value["content"], dict):
        raise TypeError("a content is no object")
    written(value["content"])  # what cannot be digested is none
    return record, Content(bytes.fromhex(value["salt"]), value["content"])


def _anchor_json(anchor: Anchor) -> dict[str, Any]:
    signed = anchor.signed
    return {
        "day": signed.day.isoformat(),
        "at": moment(signed.at),
        "count": signed.count,
        "root": signed.root.hex(),
        "before": signed.before.hex(),
        "public": signed.public.hex(),
        "signature": signed.signature.hex(),
        "sequence": anchor.head.sequence,
        "link": anchor.head.link.hex(),
        "way": [[at_left, beside.hex()] for at_left, beside in anchor.way],
    }


def _anchor(value: Mapping[str, Any]) -> Anchor:
    return Anchor(
        SignedDay(
            day=date.fromisoformat(value["day"]),
            at=_moment(value["at"]),
            count=int(value["count"]),
            root=_digest(value["root"]),
            before=_digest(value["before"]),
            public=_digest(value["public"]),
            signature=bytes.fromhex(value["signature"]),
        ),
        Head(int(value["sequence"]), _digest(value["link"])),
        tuple((bool(at_left), _digest(beside)) for at_left, beside in value["way"]),
    )


def _digest(text: str) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != DIGEST_BYTES:
        raise ValueError(f"a digest of {len(found)} bytes")
    return found


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"a moment without a zone: {text}")
    return found
