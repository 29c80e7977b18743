"""One gate: nobody else asks to whom a chat is bound, and a stranger gets nothing through any service."""

import ast
import asyncio
import inspect
import shutil
import typing
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import make_url

import bot
from bot.app import build_services
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.domain.catalogue import DocumentId
from bot.domain.notice_ways import NoticeWay
from bot.domain.registrant import Form, InvoiceRoute
from bot.domain.registrant.fields import Field
from bot.domain.reminders import MuteLevel
from bot.domain.steps import Step
from bot.services import access
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NotYours
from bot.services.orders.withdrawing import Stated
from bot.services.reminders.preferences import About
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.databases import SqliteFiles
from tests.support.seed import Seed
from tests.support.till import EVERYBODY, Till

CODE = Path(bot.__file__).parent

MAY_READ_WHO_IS_BOUND = {
    "db/tables/__init__.py": "names the table",
    "db/tables/people.py": "is the table",
    "services/access.py": "is the gate, and asks the other way: which chats are told of a customer",
    "services/people/binding.py": "binds",
    "services/people/linking.py": "lets go",
    "services/people/forgetting.py": "lets go, with all that is the chat's",
    "services/leaving/chats.py": "lets go of a customer that is deleted, and of what is its alone",
    "services/leaving/removing.py": "asks the other way: that a chat's row goes with nobody whom it is bound to",
    "services/people/own_data.py": "asks the other way: how many chats each customer has, for the operator",
    "services/people/data_of_chats.py": "reads a chat's own row, for itself",
    "services/people/data_of_customers.py": "asks the other way: since when a customer has chats",
    "services/sending/phrases.py": "asks the other way: which chat's phrase a customer's e-mails show",
    "services/reminders/batch.py": "asks the other way, with how each chat wants it: which read a customer's reminders",
    "services/cards.py": "asks the other way: how many other chats a customer has",
    "demo/time_machine.py": "plays with the demo's own data, for nobody but who runs it",
}
"""Every module that names the table of who is bound to whom, and why."""

OWNER, COLLEAGUE, STRANGER, NOBODY = Actor(7, "it"), Actor(8, "it"), Actor(9, "it"), Actor(10, "it")

FREE = {
    "linking.confirm": "takes a token that was offered to the chat, and refuses by `TokenRefused`",
    "leaving.ask_again": "takes the chat's own request, of whose customer it asks the gate",
    "login_codes.ask_again": "takes the chat's own request, and refuses by `CodeNotOpen`",
    "reference_emails.ask_again": "takes the chat's own request, of whose customer it asks the gate",
}
"""What takes the id of something that is no customer's."""

IDS = {"mailbox_id", "holder_id", "customer_id", "draft_id", "number", "about", "token_id", "request_id"}


def test_nobody_but_the_gate_asks_to_whom_a_chat_is_bound() -> None:
    found = {
        path.relative_to(CODE).as_posix()
        for path in CODE.rglob("*.py")
        if "migrations" not in path.parts and _names_the_table(path)
    }
    assert found == set(MAY_READ_WHO_IS_BOUND)


def _names_the_table(path: Path) -> bool:
    names: set[str] = set()
    texts: list[object] = []
    source = path.read_text(encoding="utf-8")
    if "ChatCustomerRow" not in source and "chat_customer" not in source:
        return False  # to parse every module takes seconds
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.ImportFrom(names=imported):
                names.update(alias.name for alias in imported)
            case ast.Constant(value=value):
                texts.append(value)
    return "ChatCustomerRow" in names or any(
        "chat_customer" in text for text in texts if isinstance(text, str)
    )


def test_every_action_is_asked_for_by_a_service() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (CODE / "services").rglob("*.py"))
    assert [action for action in Action if f"Action.{action.name}" not in sources] == []


def _asked_by_chats() -> list[str]:
    """Every method of the services that acts for a chat on something that has an id."""
    found = []
    for name, service in typing.get_type_hints(Services).items():
        for method, function in inspect.getmembers(service, inspect.isfunction):
            if method.startswith("_"):
                continue
            _, *parameters = inspect.signature(function).parameters.values()
            if any(each.annotation is Actor for each in parameters) and IDS & {
                each.name for each in parameters
            }:
                found.append(f"{name}.{method}")
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database, the key that opens it, and what is in it."""

    file: Path
    key: str
    things: dict[str, Any]


ASKED_BY_CHATS = [name for name in _asked_by_chats() if name not in FREE]


def test_the_services_have_such_methods() -> None:
    assert set(FREE) <= set(_asked_by_chats())
    assert len(ASKED_BY_CHATS) > 30
    assert {name.partition(".")[0] for name in ASKED_BY_CHATS} >= {"renewals", "orders", "wishes"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Prepared:
    """The database of every test here, made once."""
    folder, key = tmp_path_factory.mktemp("things"), KeyRing.new_key()
    url = sqlite_files.new(folder)

    async def prepare() -> dict[str, Any]:
        database = Database(url, KeyRing.parse(key))
        await database.start()
        surroundings = Surroundings(example_catalogue(), FrozenClock(), ZoneInfo("Europe/Rome"))
        services = build_services(database, surroundings, EVERYBODY)
        try:
            return await _things(Till(database, services, Seed(database, surroundings)))
        finally:
            await database.dispose()

    found = asyncio.run(prepare())
    return Prepared(Path(make_url(url).database or ""), key, found)


@pytest.fixture
def keys(prepared: Prepared) -> KeyRing:
    """The ring that opens it."""
    return KeyRing.parse(prepared.key)


@pytest.fixture
def database_url(prepared: Prepared, tmp_path: Path) -> str:
    """A copy of it for each test."""
    return f"sqlite:///{shutil.copy(prepared.file, tmp_path)}"


@pytest.fixture
def things(prepared: Prepared) -> dict[str, Any]:
    """What is in it, by the names of parameters."""
    return dict(prepared.things)


async def _things(till: Till) -> dict[str, Any]:
    """Things of somebody's, by the names of parameters, and something for every other parameter.

    The stranger has an own customer with an own mailbox and an own open draft: not being bound at all is another case.
    """
    await till.order("bianchi", chats=(STRANGER.chat_id,))
    order = await till.order("rossi", chats=(OWNER.chat_id, COLLEAGUE.chat_id))
    mailbox_id = await till.seed.mailbox("rossi", plan="pro")
    own = await till.seed.mailbox("bianchi", plan="pro")
    renewal = await till.services.renewals.begin_with(OWNER, mailbox_id)
    await till.services.renewals.begin_with(STRANGER, own)
    box = renewal.facts.mailboxes[mailbox_id]
    by = date(2100, 1, 1)
    return {
        "mailbox_id": mailbox_id,
        "holder_id": box.holder_id,
        "customer_id": box.customer_id,
        "draft_id": renewal.draft.id,
        "number": order.number,
        "about": About(mailbox_id=mailbox_id),
        "by": by,
        "until": by,
        "form": Form.REGISTRANT,
        "field": Field.PHONE,
        "text": "+390612345678",
        "kit_id": None,
        "method_id": "bank_transfer",
        "plan_id": "pro",
        "years": 1,
        "step": Step.PLAN,
        "on": True,
        "route": InvoiceRoute.NONE,
        "document": DocumentId.CONDITIONS,
        "level": MuteLevel.MOST,
        "way": NoticeWay.MAIL,
        "seal": "",
        "button_label": "",
        "agreed": "",
        "card_id": 1,
        "screen": "",
        "words": "",
        "typed": "nuova@example.com",
        "stated": Stated("-", "maria@example.com", "-", "-"),
    }


def _call(till: Till, name: str, actor: Actor, things: dict[str, Any]) -> Awaitable[object]:
    service, _, method = name.partition(".")
    function: Callable[..., Awaitable[object]] = getattr(getattr(till.services, service), method)
    wanted = [
        each
        for each in inspect.signature(function).parameters.values()
        if each.default is each.empty or each.name in IDS
    ]
    given = {each.name: actor if each.annotation is Actor else things[each.name] for each in wanted}
    return function(**given)


async def test_a_stranger_gets_nothing(till: Till, things: dict[str, Any]) -> None:
    """Neither who is bound to another customer, nor who is bound to none.

    A draft is not even another chat's of the same customer.
    """
    let_in = []
    for name in ASKED_BY_CHATS:
        service, _, method = name.partition(".")
        function = getattr(getattr(till.services, service), method)
        of_drafts = "draft_id" in inspect.signature(function).parameters
        for actor in (STRANGER, NOBODY, *([COLLEAGUE] if of_drafts else [])):
            try:
                await _call(till, name, actor, things)
            except NotYours:
                continue
            except Exception as failed:
                failed.add_note(f"{name}, asked by {actor}")
                raise
            let_in.append((name, actor))
    assert let_in == []


async def test_a_stranger_gets_nothing_of_a_customer_either(till: Till, things: dict[str, Any]) -> None:
    """Buttons of reminders about several mailboxes name the customer and a day."""
    things["about"] = About(customer_id=things["customer_id"], by=things["by"])
    for name in ("wishes.snooze", "wishes.snooze_choices"):
        with pytest.raises(NotYours):
            await _call(till, name, STRANGER, things)


async def test_who_let_go_is_a_stranger_at_once(till: Till, things: dict[str, Any]) -> None:
    assert (await till.services.orders.show(OWNER, things["number"])).number == things["number"]
    await till.services.linking.unlink(OWNER)
    for name in ("orders.show", "orders.cancel", "wishes.mute", "renewals.begin_with", "renewals.begin"):
        with pytest.raises(NotYours):
            await _call(till, name, OWNER, things)
    assert await till.services.renewals.holdings(OWNER) == ()
    assert await till.services.orders.list(OWNER) == ()
    assert (await till.services.wishes.read(OWNER)).mailboxes == ()


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (Action.SEE, "orders.show"),
        (Action.RENEW, "renewals.read"),
        (Action.RENEW, "orders.place"),
        (Action.CANCEL, "orders.cancel"),
        (Action.PAY, "other_methods.offered"),
        (Action.PAY, "other_methods.choose"),
        (Action.WITHDRAW, "withdrawals.withdraw"),
        (Action.SWITCH, "auto_renewal.set_auto_renewal"),
        (Action.BE_REMINDED, "wishes.mute"),
    ],
)
async def test_what_the_gate_does_not_grant_is_refused_by_the_service(
    till: Till, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch, action: Action, name: str
) -> None:
    """Each service asks for its own action: taken away, it is that which is refused to a chat that is bound."""
    monkeypatch.setattr(access, "_BOUND", frozenset(Action) - {action})
    with pytest.raises(NotYours):
        await _call(till, name, OWNER, things)
