"""The demo's bank: its statements pay every order that waits, as payers write it, among what banks have besides."""

from collections.abc import Mapping, Sequence
from itertools import count, cycle
from pathlib import Path
from typing import Final

from bot.demo.bank_files import Line, camt, cbi
from bot.domain.catalogue import MethodFamily
from bot.domain.statements.book import Payable
from bot.domain.statements.entry import UnreadableStatement
from bot.playground.bank import Form, StatementFile, StatementTaken
from bot.playground.errors import PlaygroundError
from bot.runtime import Running
from bot.services.statements.book import all_payables
from bot.services.statements.report import StatementReport
from bot.services.statements.run import Brought

_REASONS: Final = ("{number}", "RINNOVO PEC {number}", "pagamento ordine {plain}", "Ordine n. {number} saldo")
"""What payers write: the number alone, as they are asked to, and what they write instead."""
_OTHERS: Final = (
    Line(65_000, "Bar Centrale Esempio", "affitto del mese, via dell'Esempio 1", "DEMOR"),
    Line(-1_250, "", "commissioni e spese", "DEMOF"),
)
"""What has nothing to do with any order."""
_ENDINGS: Final = {Form.CAMT: "xml", Form.CBI: "txt"}


class DemoBank:
    """Writes statements into a folder, and imports them as `payments import` does."""

    def __init__(self, folder: Path) -> None:
        """Write into `folder`; `begin` before anything else."""
        self._folder = folder
        self._numbers = count(1)
        self._running: Running | None = None

    def begin(self, running: Running) -> None:
        """Pay the orders of this bot."""
        self._running = running

    async def write(self, form: Form) -> StatementFile:
        """Write a statement of this day in which every order that awaits payment is paid."""
        surroundings = self._bot.conversation.services.surroundings
        async with self._bot.database.read() as session:
            waiting = [each for each in await all_payables(session, surroundings) if _is_paid(each)]
        self._folder.mkdir(parents=True, exist_ok=True)
        number = next(self._numbers)
        while any(self._folder.glob(f"statement-{number}.*")):
            number = next(self._numbers)
        lines, day, iban = _lines(waiting, number), surroundings.today(), self._iban()
        path = self._folder / f"statement-{number}.{_ENDINGS[form]}"
        path.write_bytes(camt(iban, day, lines, number) if form is Form.CAMT else cbi(iban, day, lines))
        return StatementFile(path.name, str(path), len(waiting))

    async def awaited(self) -> Mapping[str, int]:
        """The cents that each order, or collective number, asks for now."""
        surroundings = self._bot.conversation.services.surroundings
        async with self._bot.database.read() as session:
            payables = await all_payables(session, surroundings)
        return {each.number: each.missing for each in payables if each.is_open}

    async def take(self, name: str) -> StatementTaken:
        """Import a statement that was written; `report_of` has more to say of it.

        Raises:
            PlaygroundError: there is none of that name, or it cannot be read.
        """
        report = await self.report_of(name)
        heaps = {heap.value: pile.entries for heap, pile in report.counts.heaps.items() if pile.entries}
        if report.counts.known:
            heaps["known"] = report.counts.known
        return StatementTaken(
            heaps, report.registered.payments, report.waiting, report.taken_before is not None
        )

    async def report_of(self, name: str) -> StatementReport:
        """Import a statement that was written.

        Raises:
            PlaygroundError: there is none of that name, or it cannot be read.
        """
        path = self._folder / Path(name).name
        if path.suffix[1:] not in _ENDINGS.values() or not path.is_file():
            raise PlaygroundError(f"there is no statement {name}")
        try:
            return await self._bot.conversation.services.statements.take(path, Brought("command", path.name))
        except UnreadableStatement as problem:
            raise PlaygroundError(f"{name}: {problem}") from problem

    @property
    def _bot(self) -> Running:
        if self._running is None:
            raise PlaygroundError("the demo has not begun")
        return self._running

    def _iban(self) -> str:
        methods = self._bot.conversation.services.surroundings.catalogue.methods.values()
        found = next((each.iban for each in methods if each.family is MethodFamily.BANK_TRANSFER), None)
        if found is None:
            raise PlaygroundError("the catalogue has no account on which transfers come")
        return found


def _is_paid(payable: Payable) -> bool:
    """Collective numbers are left to who wrote them: their orders are paid one by one."""
    return payable.is_open and not payable.members


def _lines(waiting: Sequence[Payable], number: int) -> Sequence[Line]:
    paid = [
        Line(
            each.missing,
            each.names[0] if each.names else "",
            reason.format(number=each.number, plain=each.number.replace("-", "").lower()),
            f"DEMO{number}-{position}",
        )
        for position, (each, reason) in enumerate(zip(waiting, cycle(_REASONS), strict=False), 1)
    ]
    return (
        *paid,
        *(Line(each.cents, each.payer, each.text, f"{each.reference}{number}") for each in _OTHERS),
    )
