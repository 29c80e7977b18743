"""The bank's statement in the chat of the operator's people: a summary, buttons, a file that is sent (DOMAIN.md 8)."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import ClientPayloadError

from bot.app import Told
from bot.db.engine import Database
from bot.domain.statements.entry import Fault
from bot.domain.statements.proposal import Reason
from bot.playground.world import World
from bot.running.statements import fetching
from bot.services.services import Services
from bot.services.statements.run import Brought
from bot.services.statements.uploads import LARGEST, NotFetched
from bot.texts import Texts
from tests.support.bank import Bank, Credit
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.pushing import Push
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

LANGUAGES = ["it", *long("en")]
OPERATORS = (1001, 1002)
GROUP = -100
CUSTOMER = 50
WORDS = {
    "it": {
        "read": "Estratto conto letto",
        "all": "Registra questi 2",
        "see": "Guarda uno a uno",
        "later": "Più tardi",
        "no": "Non riguarda gli ordini",
        "same": "È lo stesso: non registrare",
        "register": "Registra per",
        "left": "lasciato per dopo",
        "nothing": "Non resta nulla",
        "taken": "File ricevuto",
        "large": "fino a 20 MB",
        "refused": "non letto",
        "cut short": "il file finisce prima della fine",
        "damaged": "Movimento 1: qui c'è qualcosa che non si legge",
        "nothing for us": "niente.xml: niente che riguardi gli ordini. Altri movimenti: 1, già noti: 0.",
        "decided": "Era già stato deciso",
        "went back": "tornati indietro",
        "changed": "Nel frattempo",
        "why and where": r"\n\nC'è il numero dell'ordine; .*statement-\S+, movimento 3$",
    },
    "en": {
        "read": "Bank statement read",
        "all": "Register these 2",
        "see": "Look at them one by one",
        "later": "Later",
        "no": "Not about an order",
        "same": "The same money: leave it out",
        "register": "Register for",
        "left": "left for later",
        "nothing": "Nothing is left",
        "taken": "File received",
        "large": "up to 20 MB",
        "refused": "was not read",
        "cut short": "the file ends too early",
        "damaged": "Entry 1: something here cannot be read",
        "nothing for us": "niente.xml: nothing for the orders. Other entries: 1, already known: 0.",
        "decided": "It was decided before",
        "went back": "went back",
        "changed": "Something has changed",
        "why and where": r"\n\nThe order's number is there; .*statement-\S+, entry 3$",
    },
}


@pytest.fixture
def who_is_told() -> Told:
    """A group gets what anybody may read; two people may decide."""
    return Told(operator_chat_id=GROUP, operators=frozenset(OPERATORS), mail=True)


@pytest.fixture
def till(database: Database, services: Services, seed: Seed) -> Till:
    return Till(database, services, seed)


@pytest.fixture
def bank(services: Services, tmp_path: Path) -> Bank:
    return Bank(tmp_path, services.surroundings.today())


People = Callable[[str], Awaitable[tuple[Chat, Chat]]]


@pytest.fixture
def people(talk: Talk, world: World) -> People:
    """The two who may decide, their group, and customers, all of whom have started the bot."""

    async def come(language: str = "it") -> tuple[Chat, Chat]:
        both = await talk(language=language), await talk(language=language)
        world.add_to_group(GROUP, "Ufficio", both[0].id)
        for number in range(3):
            world.open_chat(CUSTOMER + number, "Cliente", "it")
            world.send_text(CUSTOMER + number, "/start")
        world.drain_updates()
        for chat in both:
            await chat.send("/start")
        return both

    return come


Take = Callable[..., Awaitable[Any]]


@pytest.fixture
def take(services: Services, bank: Bank) -> Take:
    async def import_(*entries: Credit) -> None:
        file = bank.camt(*entries)
        await services.statements.take(file, Brought("command", file.name))

    return import_


async def ledger(till: Till) -> list[tuple[int, str]]:
    return [(row.amount, row.outcome) for row in await till.ledger()]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_likely_ones_are_registered_at_a_tap_the_others_one_by_one(
    people: People, till: Till, take: Take, push: Push, language: str
) -> None:
    words = WORDS[language]
    operator, other = await people(language)
    first, second, paid = [await till.order(f"c{n}", chats=(CUSTOMER + n,)) for n in range(3)]
    await till.receive(till.paid(paid, payment_id="bank-7781"))
    await take(
        Credit(f"{first.number} acconto", 1000, payer="Ignoto", reference="A1"),
        Credit(f"{second.number} saldo", 5000, payer="Ignoto", reference="A2"),
        Credit(paid.number, 3648, reference="A3"),
        Credit("rinnovo pec@altrove.example <b>", 999, payer="Bar & Figli", reference="A4"),
    )
    await push()
    assert words["read"] in operator.text
    group = [
        message
        for message in operator.world.messages(GROUP)
        if message.sender == operator.world.bot and "statement-1.xml" in message.content.text.text
    ]
    assert [message.labels for message in group] == [()]
    summary = operator.screen
    await operator.tap(words["all"])
    assert (await ledger(till))[1:] == [(1000, "partial"), (5000, "completed")]
    await other.tap(words["all"], on=other.screen)  # the second person is late: nothing is counted twice
    assert len(await ledger(till)) == 3
    assert summary.message_id == operator.screen.message_id

    await operator.tap(words["see"])
    assert "36,48" in operator.screen_text or "36.48" in operator.screen_text
    assert re.search(words["why and where"], operator.screen_text, re.DOTALL)
    assert operator.buttons[0] == words["same"]
    await operator.tap(words["later"])
    assert "Bar & Figli" in operator.screen_text
    assert "<b>" in operator.screen_text
    await operator.tap(words["no"])
    assert words["left"] in operator.text
    await operator.tap(words["see"])
    await other.press(_dismissal(operator), on=other.screen)
    await operator.tap(words["same"])
    assert operator.toast is not None
    assert words["decided"] in operator.toast
    assert words["nothing"] in operator.text
    assert len(await ledger(till)) == 3


def _dismissal(chat: Chat) -> str:
    data = [button.callback_data for row in chat.screen.content.keyboard for button in row]
    return next(each for each in data if each is not None and each.startswith("bankno:"))


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_several_orders_may_mean_is_chosen_and_what_changed_is_shown_again(
    people: People, till: Till, take: Take, push: Push, language: str
) -> None:
    words = WORDS[language]
    operator, _ = await people(language)
    first, second = [await till.order(f"c{n}", chats=(CUSTOMER + n,)) for n in range(2)]
    await take(
        Credit("saldo", 3648, reference="A1"),
        Credit(f"{second.number} acconto", 1000, payer="Ignoto", reference="A2"),
        Credit("STORNO", 3648, reference="A3", payer="Ignoto", back=True),
    )
    await push()
    await operator.tap(words["see"])
    chosen = next(label for label in operator.buttons if first.number in label)
    await operator.tap(chosen)
    assert await ledger(till) == [(3648, "completed")]
    assert second.number in operator.screen_text
    await till.receive(till.paid(second, 1000, payment_id="bank-1"))
    await operator.tap(f"{words['register']} {second.number}")
    assert operator.toast is not None
    assert words["changed"] in operator.toast
    assert operator.buttons[0] == words["same"]
    await operator.tap(words["same"])
    assert await ledger(till) == [(3648, "completed"), (1000, "partial")]


async def test_to_everybody_else_none_of_it_exists(
    people: People, talk: Talk, till: Till, take: Take, push: Push, services: Services
) -> None:
    await people("it")
    stranger = await talk()
    await stranger.send("/start")
    order = await till.order("c1", chats=(CUSTOMER,))
    await take(Credit(f"{order.number} acconto", 1000, reference="A1"))
    await push()
    assert not any("Estratto" in text for text in stranger.texts)
    for data in ("bankall:1", "banksee:1:0:0", "bankyes:1:1::0", "bankno:1:1:0"):
        await stranger.press(data)
    assert await ledger(till) == []
    assert (await services.proposals.waiting(10))[1] == 1
    before = len(stranger.texts)
    stranger.world.send_document(stranger.id, "estratto.xml", b"<x/>")
    await stranger.deliver()
    assert "File ricevuto" not in stranger.text
    assert len(stranger.texts) == before + 1, "the answer that any message gets"
    assert await services.statement_uploads.take_all(_nobody) == 0


async def _nobody(file_id: str, path: Path) -> None:
    raise AssertionError(file_id, path)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_that_is_sent_is_taken_by_a_worker_also_after_a_restart(
    people: People,
    till: Till,
    bank: Bank,
    push: Push,
    services: Services,
    clock: FrozenClock,
    language: str,
) -> None:
    words = WORDS[language]
    operator, _ = await people(language)
    order = await till.order("c1", chats=(CUSTOMER,))
    content = bank.camt(Credit(order.number, 3648, reference="A1")).read_bytes()
    asked: list[str] = []

    async def fetch(file_id: str, path: Path) -> None:
        asked.append(file_id)
        if len(asked) == 1:
            raise NotFetched
        await asyncio.to_thread(path.write_bytes, content)

    async def send(name: str) -> None:
        operator.world.send_document(operator.id, name, content)
        await operator.deliver()

    await send("estratto.xml")
    assert words["taken"] in operator.text
    assert await services.statement_uploads.take_all(fetch) == 1  # Telegram is away
    assert await services.statement_uploads.take_all(fetch) == 0
    clock.advance(timedelta(minutes=2))
    assert await services.statement_uploads.take_all(fetch) == 1
    await push()
    assert words["read"] in operator.text
    assert await ledger(till) == [(3648, "completed")]
    await send("ancora.xml")
    await services.statement_uploads.take_all(fetch)
    await push()
    assert operator.text.count(words["read"]) == 1
    assert await ledger(till) == [(3648, "completed")]
    content = content[:-100]
    await send("rotto.xml")
    await services.statement_uploads.take_all(fetch)
    await push()
    assert words["refused"] in operator.text
    assert words["cut short"] in operator.text
    content = bank.camt(Credit("affitto", 100, reference="A7")).read_bytes()
    await send("niente.xml")
    await services.statement_uploads.take_all(fetch)
    await push()
    assert words["nothing for us"] in operator.text
    content = (
        bank.camt(Credit("x", 100, reference="A8"))
        .read_bytes()
        .replace(b"2026-11-23</Dt></BookgDt>", b"23.11</Dt></BookgDt>")
    )
    await send("altro.xml")
    await services.statement_uploads.take_all(fetch)
    await push()
    assert words["damaged"] in operator.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_that_telegram_does_not_give_to_bots_is_refused_with_what_to_do(
    talk: Talk, services: Services, language: str
) -> None:
    operator = await talk(language=language)
    operator.world.send_document(operator.id, "grande.xml", b"x")
    (update,) = operator.world.drain_updates()
    update["message"]["document"]["file_size"] = LARGEST + 1
    await operator.feed(update)
    assert WORDS[language]["large"] in operator.text
    assert "payments import" in operator.text
    assert await services.statement_uploads.take_all(_nobody) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_its_own_words(texts: Texts, language: str) -> None:
    translator = texts.translator(language)
    said = {reason: translator.plain("statement-reason", reason=reason.value) for reason in Reason}
    assert len(set(said.values())) == len(Reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_file_has_its_own_words(texts: Texts, language: str) -> None:
    translator = texts.translator(language)
    said = {
        fault: translator.plain(
            "statement-problem", unit="line", where="12", fault=fault.value, about="31/02"
        )
        for fault in Fault
    }
    assert len(set(said.values())) == len(Fault)
    assert all("12: " in words for words in said.values())


@pytest.mark.soak
async def test_a_worker_fetches_the_file_from_telegram(
    people: People, till: Till, bank: Bank, services: Services, bot: Bot
) -> None:
    operator, _ = await people("it")
    order = await till.order("c1", chats=(CUSTOMER,))
    content = bank.camt(Credit(order.number, 3648, reference="A1")).read_bytes()
    operator.world.send_document(operator.id, "estratto.xml", content)
    await operator.deliver()
    assert await services.statement_uploads.take_all(fetching(bot)) == 1
    assert await ledger(till) == [(3648, "completed")]
    with pytest.raises(NotFetched):
        await fetching(bot)("no-such-file", bank.folder / "nothing")


async def test_a_file_of_which_telegram_gives_only_a_part_is_fetched_again(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_short(*_: Any) -> None:
        raise ClientPayloadError

    monkeypatch.setattr(Bot, "download", cut_short)
    with pytest.raises(NotFetched):
        await fetching(bot)("any", tmp_path / "nothing")


async def test_who_sent_a_file_of_which_the_worker_dies_each_time_is_told_in_the_end(
    people: People, push: Push, services: Services, clock: FrozenClock
) -> None:
    operator, _ = await people("it")
    operator.world.send_document(operator.id, "estratto.xml", b"x")
    await operator.deliver()

    async def die(_file_id: str, _path: Path) -> None:
        raise MemoryError

    for _ in range(12):
        with pytest.raises(MemoryError):
            await services.statement_uploads.take_all(die)
        clock.advance(timedelta(minutes=10))
    assert await services.statement_uploads.take_all(die) == 1
    await push()
    assert WORDS["it"]["refused"] in operator.text
    clock.advance(timedelta(minutes=10))
    assert await services.statement_uploads.take_all(die) == 0
