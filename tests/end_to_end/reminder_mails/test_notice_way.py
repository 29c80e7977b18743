"""How the notice before an automatic renewal comes is chosen wherever that is switched on (DOMAIN.md 3.6, 6)."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import MailboxRow, OutboxRow, SwitchingRow
from bot.services.actor import Actor
from bot.services.services import Services
from tests.end_to_end.reminder_mails.reading import next_day, speaks
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import at_recap, place
from tests.support.post_office import PostOffice
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.till import Till

BOTH = pytest.mark.parametrize("language", ["it", *long("en")])
TICK = {"it": "Avviso anche per email", "en": "Notice by e-mail too"}
EITHER = {"it": "un avviso in chat e per email", "en": "A notice comes in the chat and by e-mail before"}
CHAT_ALONE = {"it": "un avviso in chat.", "en": "A notice comes in the chat before"}
SWITCH = {"it": "Rinnovo automatico", "en": "Automatic renewal"}


async def ways(database: Database, box: int) -> tuple[str | None, list[tuple[str, str | None]]]:
    """What is stored, and the evidence."""
    async with database.read() as session:
        rows = await session.scalars(select(SwitchingRow).order_by(SwitchingRow.id))
        return (await session.get_one(MailboxRow, box)).notice_by, [(row.to, row.notice_by) for row in rows]


async def in_mailboxes(chat: Chat, language: str) -> None:
    await chat.send("/mailboxes")
    await chat.tap(SWITCH[language])


async def in_settings(chat: Chat, language: str) -> None:
    await chat.send("/settings")
    await chat.tap({"it": "Caselle", "en": "Mailboxes"}[language])
    await chat.tap("rossi1")
    await chat.tap(SWITCH[language])


@BOTH
@pytest.mark.parametrize("where", [in_mailboxes, *long(in_settings)])
async def test_it_is_chosen_beside_the_switch_and_the_notice_follows(
    office: PostOffice,
    seed: Seed,
    talk: Talk,
    database: Database,
    clock: FrozenClock,
    where: Callable[[Chat, str], Awaitable[None]],
    language: str,
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=36)
    chat = await talk("rossi", language=language)
    await speaks(database, language)
    await office.tick()
    await where(chat, language)
    assert EITHER[language] in chat.screen_text
    await chat.tap(f"■ {TICK[language]}")
    assert CHAT_ALONE[language] in chat.screen_text
    assert chat.has(f"□ {TICK[language]}")
    assert await ways(database, box) == ("chat", [("way", "chat")])
    await chat.tap(f"□ {TICK[language]}")
    assert EITHER[language] in chat.screen_text
    await chat.tap(f"■ {TICK[language]}")
    assert await ways(database, box) == ("chat", [("way", "chat"), ("way", "mail"), ("way", "chat")])
    assert await next_day(office, clock) == []
    assert any("Addebito:" in text or "Charge:" in text for text in chat.texts)


async def test_what_is_shown_is_agreed_to_by_switching_on_and_stays_with_the_mailbox(
    office: PostOffice, seed: Seed, talk: Talk, database: Database
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=200)
    chat = await talk("rossi")
    await in_mailboxes(chat, "it")
    await chat.tap("Disattiva rinnovo automatico")
    assert "Prima di ogni addebito arriva un avviso in chat e per email" in chat.screen_text
    await chat.tap(TICK["it"])
    assert "Prima di ogni addebito arriva un avviso in chat, e fino ad allora" in chat.screen_text
    assert "Disattivato il 23/11/2026" in chat.screen_text, "the way is no switching"
    await chat.tap("Attiva ·")
    assert await ways(database, box) == ("chat", [("off", None), ("way", "chat"), ("on", "chat")])
    await office.tick()


async def test_where_nothing_can_be_charged_nothing_is_asked(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=200)
    chat = await talk("rossi")
    await in_mailboxes(chat, "it")
    assert not chat.has(TICK["it"])


@pytest.mark.soak
@BOTH
async def test_with_a_renewal_it_is_chosen_told_in_the_recap_and_confirmed_with_the_time(
    office: PostOffice,
    seed: Seed,
    talk: Talk,
    database: Database,
    services: Services,
    till: Till,
    language: str,
) -> None:
    box = await seed.mailbox("rossi", plan="pro", expires_in=30)
    chat = await talk("rossi", language=language)
    await speaks(database, language)
    await office.tick()
    renewal = await at_recap(chat, services, [box], method="card", language=language)
    await chat.tap({"it": "Cambia", "en": "Change"}[language])
    await chat.tap(SWITCH[language])
    assert not chat.has(TICK[language]), "it goes with the automatic renewal"
    await chat.tap({"it": "Attiva il rinnovo automatico", "en": "Switch on automatic renewal"}[language])
    await chat.tap(f"■ {TICK[language]}")
    assert {"it": "arriva un avviso in chat, e fino", "en": "A notice comes in the chat before"}[
        language
    ] in chat.screen_text
    await chat.tap({"it": "Continua", "en": "Continue"}[language])
    assert {"it": "ai prezzi di oggi; avviso in chat", "en": "today's prices; notice in the chat"}[
        language
    ] in chat.screen_text
    actor = Actor(chat.id, language)
    order = await place(services, actor, await services.renewals.read(actor, renewal.draft.id))
    await till.receive(till.paid(order))
    letter = (await office.tick())[-1]
    said = {
        "it": "Rinnovo automatico: attivo dal 23/11/2026 alle 11:00 (CET). Prossimo addebito: 16/12/2027, 36,48 €",
        "en": "Automatic renewal: on since 23 Nov 2026 at 11:00 (CET). Next charge: 16 Dec 2027, €36.48",
    }[language]
    assert said in letter.text
    assert any(said in text.replace("\N{NO-BREAK SPACE}", " ") for text in chat.texts)
    assert await ways(database, box) == ("chat", [])
    async with database.read() as session:
        events = await session.scalars(select(OutboxRow.payload).where(OutboxRow.channel == "event"))
        assert "auto_renewal.started" in {event["type"] for event in events}
