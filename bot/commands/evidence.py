"""`evidence`: what was told about a mailbox as a document, and what checking a document, or the database, finds."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import problem, say
from bot.commands.csv_rows import make_private
from bot.commands.demo import Language
from bot.commands.failing import REFUSED
from bot.commands.office import Office, Refused, at_the_office

if TYPE_CHECKING:
    from bot.domain.evidence.checking import Finding
    from bot.domain.evidence.document import Document, SignedDay
    from bot.domain.evidence.heads import DayFlaw

evidence = typer.Typer(help="Prove what was told, and verify what was given out.", no_args_is_help=True)

Out = Annotated[
    Path, typer.Option("--out", metavar="FILE.pdf", help="Where to write; replaced if it is there.")
]
InLanguage = Annotated[Language, typer.Option("--locale", help="The language of the pages.")]

_FLAWS: Final = {
    "content_changed": "its content is not the one that was recorded",
    "record_changed": "the record itself was changed",
    "missing": "it was taken out",
    "reordered": "it stands in another place than it was written in",
    "cut": "the end of the chain is missing from here on",
    "replaced": "the chain was computed anew: it is not the one that was signed, or that was given out",
    "added": "it is none of the chain: another record has its number, or the chain ends before it",
    "renamed": "the document has another name than this record, or the database, has",
    "erased_silently": "its content is gone, and no record says that it was erased then, for that reason",
}
_DAY_FLAWS: Final = {
    "signature": "its signature does not hold",
    "heads": "the heads that are kept of it are not those that were signed",
    "before": "it does not follow the signed day before it",
    "other": "it is not the one that was sent out",
    "absent": "it was sent out, and is not in the database",
}
_CANNOT_MAIL: Final = "that an e-mail which was handed to a server was read"
_CANNOT_KEY: Final = (
    "that the key is the operator's: compare it with the mail that the operator received then (--heads)"
)
_CANNOT_LATER: Final = "that nothing was recorded later"
_CANNOT_LOOK: Final = (
    "that the pages look as they were made: what is checked is the record attached to them and the words that a "
    "program finds on them, not what is drawn"
)


@evidence.command()
def notices(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The mailbox.")],
    out: Out,
    language: InLanguage = Language.IT,
) -> None:
    """Write what was told about a mailbox to a PDF: day, hour, way, words and what became of each."""
    files = write_papers(lambda office: office.papers.of_mailbox(address, language.value), out, language)
    say(f"What was told about {address} is in {files[0]}.")
    _say_earlier(files, address)


@evidence.command()
def requests(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The customer, also one that was deleted.")],
    out: Out,
    language: InLanguage = Language.IT,
) -> None:
    """Write what a customer asked about its data to a PDF: its file, or that it is deleted, and when."""
    files = write_papers(lambda office: office.papers.of_requests(code, language.value), out, language)
    say(f"What was asked about the data of {code} is in {files[0]}.")
    _say_earlier(files, code)


def _say_earlier(files: list[Path], name: str) -> None:
    for file in files[1:]:
        say(f"What is kept of {name} from before a deletion is in {file}.")


@evidence.command()
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A document, PDF or JSON; without it the whole database.", exists=True
        ),
    ] = None,
    *,
    database: Annotated[
        bool, typer.Option("--database", help="Compare the document with the database, too.")
    ] = False,
    heads: Annotated[
        Path | None,
        typer.Option(
            "--heads",
            metavar="MAIL",
            help="Compare it with what was signed and sent to the operator: a saved mail, or its lines.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Verify a document against itself, which needs no database; or the database against itself."""
    sent = None if heads is None else _sent(heads)
    if file is None:
        at_the_office(lambda office: _check_database(office, sent or []))
        return
    wrong = list(_verify(file, compare=database, sent=sent))
    if wrong:
        for line in wrong:
            problem(line)
        raise typer.Exit(REFUSED)


def write_papers(
    ask: "Callable[[Office], Awaitable[list[Document]]]", out: Path, language: Language
) -> list[Path]:
    """Ask the office for documents, and write the pages of each to a file that only its owner can read.

    The first goes where it is asked for, the others beside it: after `notices.pdf` comes `notices-2.pdf`.

    Raises:
        typer.Exit: nothing was recorded, or a file cannot be written; a line says so.
    """
    from bot.messages.paper import paper
    from bot.services.errors import NothingRecorded
    from bot.texts import Texts

    async def asked(office: Office) -> "list[Document]":
        try:
            return await ask(office)
        except NothingRecorded as nothing:
            raise Refused(
                "Nothing was recorded of it: check the name; what is from before has no chain."
            ) from nothing

    documents = at_the_office(asked)
    translator = Texts.load().translator(language.value)
    files = [
        out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
        for number in range(1, len(documents) + 1)
    ]
    for file, document in zip(files, documents, strict=True):
        try:
            make_private(file)
            file.write_bytes(paper(document, translator))
        except OSError as error:
            problem(f"{file} cannot be written: {error.strerror}")
            raise typer.Exit(REFUSED) from error
    return files


def _cannot_name(subject: str) -> str:
    return f"that the records are about the {subject} that it names: --database compares that"


def _sent(mail: Path) -> "list[SignedDay]":
    """The signed days in a saved mail, or in a file with its lines.

    Raises:
        typer.Exit: there is none; a line says so.
    """
    from email import policy
    from email.parser import BytesParser

    from bot.domain.evidence.heads import heads_in

    content = mail.read_bytes()
    found = list(heads_in(content.decode(errors="replace")))
    if not found:
        # A PEC delivers an ordinary mail as a letter within a letter, under text of its provider's: every part is read.
        parts = BytesParser(policy=policy.default).parsebytes(content).walk()
        texts = (each.get_payload(decode=True) for each in parts if each.get_content_type() == "text/plain")
        found = [
            signed
            for text in texts
            if isinstance(text, bytes)
            for signed in heads_in(text.decode(errors="replace"))
        ]
    if not found:
        problem(f"{mail} has no heads: it should be the mail that the bot sent, with all its lines.")
        raise typer.Exit(REFUSED)
    return found


def _against_the_mail(signed: "SignedDay", sent: "list[SignedDay]") -> Iterator[str]:
    """Say that a document's signed day is the one that was sent out, or give what parts them."""
    from bot.domain.evidence.heads import same_root

    of_that_day = [each for each in sent if each.day == signed.day]
    if not of_that_day:
        yield f"The mail has no heads of {signed.day}: take the one that was sent for that day."
    elif any(not same_root(each, signed) for each in of_that_day):
        yield f"What was signed for {signed.day} is not what the mail has: root or key are others."
    else:
        say(f"The mail has the same root and key for {signed.day}.")


def _verify(file: Path, *, compare: bool, sent: "list[SignedDay] | None") -> Iterator[str]:
    """Say what holds, and give what does not."""
    from bot.domain.evidence.chain import Subject
    from bot.domain.evidence.checking import found_flaw
    from bot.domain.evidence.document import NotADocument
    from bot.messages.paper import read_paper, says_the_same
    from bot.texts import Texts

    try:
        document, words = read_paper(file.read_bytes())
    except NotADocument as refused:
        yield f"{file} is no document of evidence: {refused}."
        return
    say(
        f"{document.chain.subject.value} {document.name}, {len(document.records)} records, made {document.made_at}."
    )
    findings = document.check()
    yield from _lines(findings)
    if not found_flaw(findings):
        say("Every record is as it was written.")
    if words is not None and not says_the_same(document, words, Texts.load().translator(document.language)):
        yield (
            "The pages do not say what the attached record says, in the words of this release: the record counts."
        )
    yield from _signature(document, sent)
    for each in findings:
        if each.erased is not None and each.flaw is None:
            say(f"Record {each.sequence} was erased on {each.erased.on}: {each.erased.reason}")
    if document.unsigned:
        say(f"The last {document.unsigned} records are not signed yet.")
    name_is_its_own = document.chain.subject is Subject.ORDER
    cannot = (
        _CANNOT_MAIL,
        *(() if sent is not None else (_CANNOT_KEY,)),
        _CANNOT_LATER,
        *(() if words is None else (_CANNOT_LOOK,)),
        *(() if name_is_its_own or compare else (_cannot_name(document.chain.subject.value),)),
    )
    say("It cannot prove " + "; ".join(cannot) + ".")
    if compare:
        found = at_the_office(lambda office: office.papers.compare(document))
        if found is None:
            yield "The database has no such chain."
        else:
            yield from _lines(found)


def _signature(document: "Document", sent: "list[SignedDay] | None") -> Iterator[str]:
    """Say what the last signed day shows of a document, and give what does not hold."""
    from bot.services.evidence.signing import is_genuine

    if (anchor := document.anchor) is None:
        say("It carries no signature: that it was not computed anew cannot be shown.")
        return
    if not document.is_anchored or not is_genuine(anchor.signed):
        yield f"The signature of {anchor.signed.day} does not hold."
    else:
        say(
            f"Signed up to record {anchor.head.sequence} on {anchor.signed.day}: root {anchor.signed.root.hex()}"
        )
        say(f"Key {anchor.signed.public.hex()}")
    if sent is not None:
        yield from _against_the_mail(anchor.signed, sent)


async def _check_database(office: Office, sent: "list[SignedDay]") -> None:
    checked = await office.papers.check(sent)
    say(f"Chains: {checked.chains}")
    say(f"Signed days: {checked.days}" + (f", the last is {checked.last_day}" if checked.last_day else ""))
    wrong = [*_lines(checked.findings), *(_day_line(*each) for each in checked.day_flaws)]
    if wrong:
        for line in wrong:
            problem(line)
        raise Refused("Something is not as it was recorded: see above.")
    if sent:
        say(f"What was sent out is as it was signed: {len(sent)} of these days.")
    say("Every record is as it was written.")


def _day_line(day: date, flaw: "DayFlaw") -> str:
    return f"Signed day {day}: {_DAY_FLAWS[flaw.value]}."


def _lines(findings: "Iterator[Finding] | tuple[Finding, ...] | list[Finding]") -> Iterator[str]:
    for each in findings:
        if each.flaw is not None:
            yield f"{each.chain}, record {each.sequence}: {_FLAWS[each.flaw.value]}."
