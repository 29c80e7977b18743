"""The payment of the walkthrough that comes by the bank's statement, told twice in two forms and counted once."""

from bot.demo.stage import OPERATOR, Stage
from bot.demo.walkthrough_paper import Paper
from bot.demo.walkthrough_phone import NotAsExpected, Phone
from bot.domain.statements.proposal import Heap
from bot.playground.bank import Form
from bot.playground.messages import Message
from bot.services.statements.report import StatementReport

_HEAPS = {
    Heap.CERTAIN: "certain",
    Heap.LIKELY: "likely",
    Heap.PROBABLY_SAME: "probably the same",
    Heap.UNKNOWN: "unknown",
    Heap.NOT_OURS: "not ours",
}


async def pay_by_statement(stage: Stage, paper: Paper, before: Message, language: str) -> None:
    """Have the bank tell of the payment in both of its forms, and import what it tells.

    The first one completes the order, the same file again changes nothing, and what the other form tells of it is
    probably the same, which somebody is asked. The operator's chat speaks `language`.

    Raises:
        NotAsExpected: something else came of it; `before` is the screen above.
    """
    name, _ = OPERATOR.in_other_words.get(language, (OPERATOR.name, ""))
    stage.world.open_chat(OPERATOR.user_id, name, language)
    operator = Phone(stage.world, OPERATOR.user_id)
    hello = stage.world.send_text(OPERATOR.user_id, "/start")
    files = [await stage.bank.write(form) for form in Form]
    first, other = files[0].name, files[-1].name
    await _take(stage, paper, first, {Heap.CERTAIN: 1, Heap.NOT_OURS: 1}, before)
    paper.bot_shows(await operator.hear(first, hello))
    again = await stage.bank.report_of(first)
    paper.statement(first, ["The same file again: nothing was changed."])
    if again.taken_before is None:
        raise NotAsExpected("the same file to be known", before)
    await _take(stage, paper, other, {Heap.PROBABLY_SAME: 1, Heap.NOT_OURS: 1}, before)


async def _take(
    stage: Stage, paper: Paper, name: str, wanted: dict[Heap, int], before: Message
) -> StatementReport:
    report = await stage.bank.report_of(name)
    found = {heap: pile.entries for heap, pile in report.counts.heaps.items() if pile.entries}
    paper.statement(
        f"{name}, {report.format}",
        [f"{_HEAPS[heap]}: {count}" for heap, count in found.items()],
    )
    if found != wanted:
        raise NotAsExpected(f"the heaps {wanted}, not {found}", before)
    return report
