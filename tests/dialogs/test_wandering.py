"""Somebody who taps everything there is to tap: no way leads to an error, or to a screen without a way on."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.app import Conversation, Told, build_conversation
from bot.db import strict_json
from bot.db.engine import Database
from bot.db.tables_ground import ChatStateRow
from bot.dialogs.states import RenewalStates, SettingsStates
from bot.playground.markup import Button
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.screens.album import Album
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.running_bot import Talk
from tests.support.screens import faults
from tests.support.seed import Seed
from tests.support.shapes import CUSTOMER, TRICKY
from tests.support.windows import Windows, state_of

STEPS = 100
"""Taps and texts of each wanderer."""

SETTINGS_STEPS = 160
"""Of each in the settings, where many short ways begin in one window."""

ANSWERS = (
    "Maria",
    "Esempio",
    "SMPMRA80A41H501N",
    "maria.esempio@example.com",
    "+39 320 1234567",
    "Via dell'Esempio 1",
    "00100",
    "Roma",
    "RM",
    "IT",
    "ABC1234",
    "UFE123",
    "fatture@pec.example",
    "0123456789",
    "J11C22001230006",
    TRICKY,
)
"""What is written where something is asked: right for one question, wrong for the others."""

WALKS = ("solo", "ente", "promozione", CUSTOMER, CUSTOMER, CUSTOMER)
MORE_WALKS = (CUSTOMER, "ente", "promozione") * 3
"""Whose walks follow while a step was not reached: each new window sends the same feet another way."""

A_WALK = 30
"""Steps of the one walk, and of the one in the settings, that each `make test` goes; who goes far sees every step."""

AWAY = ("_back", "_cancel", "_discard", "_keep", "_close", "card_automatic", "card_reminders", "card_decline")
"""How buttons end that lead away from a renewal; the settings have a walk of their own."""

ELEVEN_STEPS = (
    RenewalStates.mailboxes,
    RenewalStates.offer,
    RenewalStates.plan_change,
    RenewalStates.space,
    RenewalStates.kit,
    RenewalStates.field,
    RenewalStates.registrant,
    RenewalStates.payment,
    RenewalStates.years,
    RenewalStates.recap,
    RenewalStates.placed,
)


@pytest.fixture
def conversation(
    database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> Conversation:
    """A bot that can send mail: an address can be changed by it."""
    return build_conversation(database, surroundings, texts, clock, told=Told(mail=True))


@dataclass(slots=True)
class Wanderer:
    """Taps what it has tapped least."""

    chat: Chat
    database: Database
    windows: Windows
    chance: random.Random
    album: Album
    tapped: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    path: list[str] = field(default_factory=list)
    commands: Sequence[str] = ("/start", "/renew", "/orders", "/mailboxes")
    restless: float = 0.0
    """How often a command is written where buttons are: of many short ways none is gone for ever."""

    async def wander(self, steps: int) -> None:
        before, gone = None, 0
        for _ in range(steps):
            state = await state_of(self.database, self.chat.screen)
            if state is not None:
                self.reached.add(state)
                step = self.path[gone:]
                if before is not None and len(step) == 1:  # no command came between
                    self.album.went(before, state, step[0].removeprefix(f"{before}: "))
            before, gone = state, len(self.path)
            await self._step(state)
            self.windows.raise_mistakes(" > ".join(self.path[-12:]))
            found = list(faults(self.chat.newest))
            assert not found, (found, self.chat.text, self.path[-12:])

    async def _step(self, state: str | None) -> None:
        if state == RenewalStates.field.state and self.chance.random() < 0.9:
            answer = await self._answer()
            self.path.append(f"«{answer}»")
            await self.chat.send(answer)
            return
        if state == SettingsStates.phrase.state and self.chance.random() < 0.5:
            self.path.append("a phrase")
            await self.chat.send(self.chance.choice(["ab", TRICKY, "Ombra di sera"]))
            return
        asks_email = state in {SettingsStates.email.state, SettingsStates.email_code.state}
        if asks_email and self.chance.random() < 0.5:
            answer = self.chance.choice(["nuova.maria@example.com", "nessuna", "000000"])
            self.path.append(f"«{answer}»")
            await self.chat.send(answer)
            return
        buttons = [button for button in self.chat.screen.buttons if button.callback_data]
        if state is None or not buttons or (self.restless and self.chance.random() < self.restless):
            self.path.append("/start")
            await self.chat.send(self.chance.choice(self.commands))
            buttons = [button for button in self.chat.screen.buttons if button.callback_data]
        least = min(self._cost(state, button) for button in buttons)
        button = self.chance.choice([button for button in buttons if self._cost(state, button) == least])
        self.tapped[self._key(state, button)] += 1
        self.path.append(f"{state}: {button.text}")
        assert button.callback_data is not None
        await self.chat.press(button.callback_data)

    def _cost(self, state: str | None, button: Button) -> int:
        """How much has been had of a button already; what leads away is tried last, and seldom."""
        key = self._key(state, button)
        away = key[1].endswith(AWAY)
        return 1 + self.tapped[key] * 4 if away else self.tapped[key]

    def _key(self, state: str | None, button: Button) -> tuple[str | None, str]:
        """The button by its widget, whatever it is about."""
        return state, (button.callback_data or "").rpartition("\x1d")[2].partition(":")[0]

    async def _answer(self) -> str:
        """An answer that is right for the question, mostly."""
        async with self.database.read() as session:
            rows = await session.scalars(select(ChatStateRow).where(ChatStateRow.chat_id == self.chat.id))
            data = [strict_json.decode(row.data) for row in rows]
        asked = {name for each in data if (name := each.get("dialog_data", {}).get("field"))}
        right = {
            "first_name": 0, "last_name": 1, "legal_rep": 1, "name": 0, "tax_code": 2, "email": 3,
            "reference_email": 3, "mobile": 4, "phone": 4, "street": 5, "postcode": 6, "town": 7, "province": 8,
            "country": 9, "recipient_code": 10, "recipient_pec": 12, "cig": 13, "cup": 14,
        }  # fmt: skip
        if asked and self.chance.random() < 0.8:
            return ANSWERS[right[asked.pop()]]
        return self.chance.choice(ANSWERS)


@pytest.mark.parametrize(("walks", "steps"), [(1, A_WALK), *long((len(WALKS + MORE_WALKS), STEPS))])
async def test_whoever_taps_everything_finds_no_error_and_no_dead_end(
    talk: Talk,
    conversation: Conversation,
    seed: Seed,
    database: Database,
    album: Album,
    walks: int,
    steps: int,
) -> None:
    windows = Windows().attach(conversation)
    await seed.mailbox("solo", plan="premium", used=("1.5", "4.2"))
    await seed.mailbox("ente", kind="public_administration", plan="pro")
    await seed.mailbox("promozione", kind="sole_trader", promo="welcome", used=("1.4", "0"))
    for number in range(12):
        plan = ("standard", "pro", "premium")[number % 3]
        await seed.mailbox(CUSTOMER, plan=plan, expires_in=number * 20 - 30, used=("1.7", "3.9"))
    await seed.mailbox(CUSTOMER, plan="domain")
    await seed.mailbox(CUSTOMER, auto_renew=True)
    await seed.mailbox(CUSTOMER, expires_in=-200)
    await seed.mailbox(CUSTOMER, holder=seed.registrant("company"))
    reached: set[str] = set()
    wanted = {state.state for state in ELEVEN_STEPS} if steps == STEPS else set()
    for number, customer in enumerate((*WALKS, *MORE_WALKS)[:walks]):
        chat = await talk(customer, language=("it", "en")[number % 2])
        await chat.send("/renew")
        chance = random.Random(number)  # noqa: S311 - the same walk each time
        wanderer = Wanderer(chat, database, windows, chance, album)
        await wanderer.wander(steps)
        reached |= wanderer.reached
    assert reached >= wanted


@pytest.mark.parametrize("steps", [A_WALK, *long(SETTINGS_STEPS)])
async def test_whoever_taps_everything_in_the_settings_finds_no_error_and_no_dead_end(
    talk: Talk, conversation: Conversation, seed: Seed, database: Database, album: Album, steps: int
) -> None:
    windows = Windows().attach(conversation)
    for number in range(10):
        await seed.mailbox(CUSTOMER, expires_in=number * 25 - 90)
    await seed.mailbox("solo", expires_in=3)
    reached: set[str] = set()
    for number, customer in enumerate((CUSTOMER, "solo") if steps == SETTINGS_STEPS else ("solo",)):
        chat = await talk(customer, language=("it", "en")[number % 2])
        await chat.send("/settings")
        chance = random.Random(number)  # noqa: S311 - the same walk each time
        wanderer = Wanderer(chat, database, windows, chance, album, commands=("/settings",), restless=0.15)
        await wanderer.wander(steps)
        reached |= wanderer.reached
    if steps == SETTINGS_STEPS:
        assert reached >= {state.state for state in SettingsStates.__states__}
