"""`evidence`: what was told about a mailbox as a document, and what checking a document, or the database, finds."""

from collections.abc import Awaitable, Callable, Iterator
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
    from bot.domain.evidence.document import Document

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
    "renamed": "the document calls the order by another number than this record does",
    "erased_silently": "its content is gone, and no record says that it was erased",
}
_CANNOT: Final = (
    "that an e-mail which was handed to a server was read",
    "that the key is the operator's: compare it with the mail that the operator received on that day",
    "that nothing was recorded later",
)


@evidence.command()
def notices(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The mailbox.")],
    out: Out,
    language: InLanguage = Language.IT,
) -> None:
    """Write what was told about a mailbox to a PDF: day, hour, way, words and what became of each."""
    write_paper(lambda office: office.papers.of_mailbox(address, language.value), out, language)
    say(f"What was told about {address} is in {out}.")


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
) -> None:
    """Verify a document against itself, which needs no database; or the database against itself."""
    if file is None:
        at_the_office(_check_database)
        return
    wrong = list(_verify(file, compare=database))
    if wrong:
        for line in wrong:
            problem(line)
        raise typer.Exit(REFUSED)


def write_paper(ask: "Callable[[Office], Awaitable[Document]]", out: Path, language: Language) -> None:
    """Ask the office for a document, and write its pages to a file that only its owner can read.

    Raises:
        typer.Exit: nothing was recorded, or the file cannot be written; a line says so.
    """
    from bot.messages.paper import paper
    from bot.services.errors import NothingRecorded
    from bot.texts import Texts

    async def asked(office: Office) -> "Document":
        try:
            return await ask(office)
        except NothingRecorded as nothing:
            raise Refused(
                "Nothing was recorded of it: check the name; what is from before has no chain."
            ) from nothing

    pages = paper(at_the_office(asked), Texts.load().translator(language.value))
    try:
        make_private(out)
        out.write_bytes(pages)
    except OSError as error:
        problem(f"{out} cannot be written: {error.strerror}")
        raise typer.Exit(REFUSED) from error


def _verify(file: Path, *, compare: bool) -> Iterator[str]:
    """Say what holds, and give what does not."""
    from bot.domain.evidence.document import NotADocument
    from bot.messages.paper import read_paper, says_the_same
    from bot.services.evidence.signing import is_genuine
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
    if words is not None and not says_the_same(document, words, Texts.load().translator(document.language)):
        yield "The pages do not say what the attached record says."
    if (anchor := document.anchor) is None:
        say("It carries no signature: that it was not computed anew cannot be shown.")
    elif not document.is_anchored or not is_genuine(anchor.signed):
        yield f"The signature of {anchor.signed.day} does not hold."
    else:
        say(
            f"Signed up to record {anchor.head.sequence} on {anchor.signed.day}: root {anchor.signed.root.hex()}"
        )
        say(f"Key {anchor.signed.public.hex()}")
    for each in findings:
        if each.erased is not None and each.flaw is None:
            say(f"Record {each.sequence} was erased on {each.erased.on}: {each.erased.reason}")
    if document.unsigned:
        say(f"The last {document.unsigned} records are not signed yet.")
    say("It cannot prove " + "; ".join(_CANNOT) + ".")
    if compare:
        found = at_the_office(lambda office: office.papers.compare(document))
        if found is None:
            yield "The database has no such chain."
        else:
            yield from _lines(found)


async def _check_database(office: Office) -> None:
    checked = await office.papers.check()
    say(f"Chains: {checked.chains}")
    if checked.findings:
        for line in _lines(checked.findings):
            problem(line)
        raise Refused("Something is not as it was recorded: see above.")
    say("Every record is as it was written.")


def _lines(findings: "Iterator[Finding] | tuple[Finding, ...] | list[Finding]") -> Iterator[str]:
    for each in findings:
        if each.flaw is not None:
            yield f"{each.chain}, record {each.sequence}: {_FLAWS[each.flaw.value]}."
