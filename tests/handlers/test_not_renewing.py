"""*Non rinnovo*: two taps, then only the last reminder before the expiry and the last before the deletion."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import MailboxRow, RenewalDecisionRow
from bot.domain.reminders import MuteLevel
from bot.handlers.buttons import RemindAgain, RenewAnyway
from bot.services.actor import Actor
from bot.services.errors import CannotDecline, NotYours
from bot.services.reminders.preferences import About
from bot.services.services import Services
from tests.support.chat import Chat, labels_of
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import reminders, titles, told_on
from tests.support.running_bot import Talk
from tests.support.seed import Seed

OPEN = {"it": "Non rinnovo", "en": "Don't renew"}
YES = {"it": "Non rinnovo questa casella", "en": "Don't renew this mailbox"}
UNDO = {"it": "Annulla «non si rinnova»", "en": "Undo “not renewing”"}
ANYWAY = {"it": "Rinnovo lo stesso", "en": "Renew anyway"}
QUESTION = {
    "it": "Non rinnovare questa casella?\n"
    "rossi1@pec.example\n\n"
    "Fino al 23/12/2026 tutto resta com'è. Poi riceve ancora, ma non può più inviare. "
    "Dopo il 23/03/2027 viene cancellata, con tutto ciò che contiene, e non si recupera.\n\n"
    "Per salvare i messaggi: prima di allora vanno scaricati sul computer, dalla webmail o con un programma di posta "
    "(IMAP o POP), anche quelli dell'archivio. Conviene controllare che la copia si apra.\n\n"
    "Arrivano ancora solo 2 promemoria, il giorno della scadenza e 85 giorni dopo la scadenza: dicono come tornare "
    "indietro. Vale per l'email e per tutte le chat collegate, che lo sanno subito.",
    "en": "Leave this mailbox to expire?\n"
    "rossi1@pec.example\n\n"
    "Until 23 Dec 2026 nothing changes. Then it still receives, but can no longer send. "
    "After 23 Mar 2027 it is deleted, with everything in it, and cannot be recovered.\n\n"
    "To save the messages: download them to a computer before then, from the webmail or with a mail program (IMAP or "
    "POP), those in the archive too. Check that the copy opens.\n\n"
    "Only 2 more reminders come, on the expiry date and 85 days after the expiry date: they say how to undo this. "
    "This holds for e-mail and for every linked chat; the others are told at once.",
}
CARD = {
    "it": "Non si rinnova, come è stato scelto. Dopo il 23/03/2027 viene cancellata, con tutto ciò che contiene. "
    "Arrivano ancora solo 2 promemoria: il giorno della scadenza e 85 giorni dopo la scadenza.",
    "en": "Not being renewed, as was chosen. After 23 Mar 2027 it is deleted, with everything in it. "
    "Only 2 more reminders come: on the expiry date and 85 days after the expiry date.",
}
REMINDED = {
    "it": "È stato scelto di non rinnovarla. I messaggi che servono vanno scaricati ora",
    "en": "You chose not to renew it. Download the messages that you need",
}
BOTH = pytest.mark.parametrize("language", ["it", *long("en")])


async def decline(chat: Chat, language: str = "it") -> None:
    """Say in the chat that its only mailbox is not renewed."""
    await chat.send("/mailboxes")
    await chat.tap(OPEN[language])
    await chat.tap(YES[language])


@BOTH
async def test_the_first_tap_says_what_happens_and_the_second_is_the_decision(
    talk: Talk, seed: Seed, database: Database, language: str
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await chat.send("/mailboxes")
    await chat.tap(OPEN[language])
    assert chat.text == QUESTION[language]
    await chat.tap(YES[language])
    assert CARD[language] in chat.text
    assert chat.buttons[:2] == [ANYWAY[language], UNDO[language]]
    assert not chat.has(OPEN[language])
    async with database.read() as session:
        kept = (await session.scalars(select(RenewalDecisionRow))).one()
    assert (kept.mailbox_id, kept.to, kept.chat_id, kept.language) == (box, "stop", chat.id, language)


async def each_with_one(talk: Talk, seed: Seed, **mailbox: Any) -> dict[str, Chat]:
    """Two customers with a mailbox each, who live side by side: their chats, by their languages."""
    chats = {}
    for customer, language in (("rossi", "it"), ("white", "en")):
        await seed.mailbox(customer, plan="pro", **mailbox)
        chats[language] = await talk(customer, language=language)
    return chats


@pytest.mark.soak
async def test_only_the_day_of_the_expiry_and_the_last_step_before_the_deletion_come(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    chats = await each_with_one(talk, seed)
    for language, chat in chats.items():
        await decline(chat, language)
    silent = await seed.mailbox("verdi", plan="pro")
    deaf = await talk("verdi")
    await services.wishes.mute(Actor(deaf.id, "it"), silent, MuteLevel.ALL)
    await decline(deaf)
    assert await told_on(clock, remind, 125, chats=2) == [30, 115], "neither the last day nor the end"
    for language, chat in chats.items():
        assert len(reminders(chat)) == 2
        for reminder in reminders(chat):
            assert REMINDED[language] in reminder.text
            assert labels_of(reminder) == [ANYWAY[language], UNDO[language]]
    assert reminders(deaf) == [], "who hears nothing of a mailbox hears nothing more"


@pytest.mark.soak
async def test_a_last_step_that_nobody_was_told_comes_until_the_last_day(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await decline(chat)
    clock.advance(timedelta(days=120))
    assert await remind() == 1
    assert "È stato scelto di non rinnovarla" in chat.newest.text


@pytest.mark.soak
async def test_taken_back_the_ladder_is_there_again_without_what_was_due_meanwhile(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock
) -> None:
    chats = await each_with_one(talk, seed, expires_in=45)
    await remind()
    for language, chat in chats.items():
        await decline(chat, language)
    assert await told_on(clock, remind, 25) == []
    for language, chat in chats.items():
        await chat.tap(UNDO[language])
        assert chat.has({"it": "Rinnova", "en": "Renew"}[language])
    heard = await told_on(clock, remind, 21, chats=2)
    assert heard == [5, 13, 17, 19, 20], "30 days before is over"


@BOTH
@pytest.mark.parametrize("unseen", [6, *long(0)])
async def test_a_reminder_takes_it_back_by_either_button(
    talk: Talk, seed: Seed, remind: Push, clock: FrozenClock, language: str, unseen: int
) -> None:
    await seed.mailbox("rossi", plan="pro", expires_in=3)
    chat = await talk("rossi", language=language)
    await decline(chat, language)
    assert await told_on(clock, remind, 3) == [3]
    reminder = reminders(chat)[-1]
    await chat.tap(UNDO[language], on=reminder)
    assert (
        chat.text
        == {
            "it": "I promemoria per rossi1@pec.example sono di nuovo attivi, dal prossimo in poi.",
            "en": "Reminders about rossi1@pec.example are on again, starting with the next one.",
        }[language]
    )
    await decline(chat, language)
    await chat.tap(ANYWAY[language], on=reminder)
    assert {"it": "Rinnovo di rossi1@pec.example", "en": "Renewal of rossi1@pec.example"}[
        language
    ] in chat.text
    clock.advance(timedelta(days=unseen))
    assert await told_on(clock, remind, 8 - unseen) == [7 - unseen], "the ladder, as if nothing had been said"


@pytest.mark.soak
@pytest.mark.parametrize("days", [0, *long(29)])
async def test_the_other_chats_are_told_and_hear_as_little(
    talk: Talk, seed: Seed, push: Push, remind: Push, clock: FrozenClock, days: int
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat, other = await talk("rossi"), await talk("rossi")
    await remind()
    await decline(chat)
    before = len(chat.texts)
    assert await push() == 1
    assert len(chat.texts) == before
    assert (
        "rossi1@pec.example non si rinnova: è stato scelto il 23/11/2026 alle 11:00 (CET) da un'altra chat"
        in (other.text)
    )
    assert await told_on(clock, remind, days) == []
    await other.send("/caselle")
    await other.tap(UNDO["it"])
    assert await push() == 1
    assert "I promemoria per rossi1@pec.example sono stati riattivati" in chat.text


@pytest.mark.soak
async def test_what_was_put_off_is_dropped_and_can_be_put_off_anew(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await remind()
    actor, today = Actor(chat.id, "it"), seed.today
    await services.wishes.snooze(actor, About(box), today + timedelta(days=4))
    await decline(chat)
    assert await told_on(clock, remind, 10) == []
    await services.wishes.snooze(actor, About(box), today + timedelta(days=14))
    assert await told_on(clock, remind, 10) == [4], "who asks for a day is told on it"
    assert "È stato scelto di non rinnovarla" in chat.newest.text


async def test_who_hears_nothing_of_a_mailbox_reads_that_nothing_more_comes(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await services.wishes.mute(Actor(chat.id, "it"), box, MuteLevel.ALL)
    await chat.send("/caselle")
    await chat.tap("Non rinnovo")
    assert "Non arriva più nessun promemoria. Vale per l'email" in chat.text
    await chat.tap("Non rinnovo questa casella")
    clock.advance(timedelta(days=30))
    assert await remind() == 0, "on the day of the expiry, when the others hear"


@BOTH
async def test_with_automatic_renewal_on_that_is_switched_off_first(
    talk: Talk, seed: Seed, language: str
) -> None:
    await seed.mailbox("rossi", plan="pro", auto_renew=True)
    chat = await talk("rossi", language=language)
    await chat.send("/mailboxes")
    await chat.tap(OPEN[language])
    assert not chat.has(YES[language])
    assert {
        "it": "finché lo è, la casella si rinnova da sola",
        "en": "while it is, the mailbox renews itself",
    }[language] in chat.text
    await chat.tap({"it": "Disattiva rinnovo automatico", "en": "Switch off automatic renewal"}[language])
    await chat.tap(YES[language])
    assert CARD[language].split(".")[0] in chat.text


async def test_with_an_open_order_it_is_paid_or_cancelled_first(
    talk: Talk, seed: Seed, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [box]))
    await chat.send("/caselle")
    await chat.tap("Non rinnovo")
    assert f"{order.number}: si può pagare, oppure annullare se la casella non si rinnova." in chat.text
    assert not chat.has("Non rinnovo questa casella")
    with pytest.raises(CannotDecline):
        await services.declining.decline(actor, box)
    await services.orders.cancel(actor, order.number)
    await chat.send("/caselle")
    await chat.tap("Non rinnovo")
    assert chat.has("Non rinnovo questa casella")


@pytest.mark.soak
async def test_an_order_ends_it_and_cancelled_the_ladder_stays(
    talk: Talk, seed: Seed, services: Services, remind: Push, clock: FrozenClock
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await decline(chat)
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [box]))
    await services.orders.cancel(actor, order.number)
    await chat.send("/caselle")
    assert "Non si rinnova" not in chat.text
    assert 23 in await told_on(clock, remind, 24)


async def test_a_renewal_under_way_loses_the_mailbox_and_ends_with_its_only_one(
    talk: Talk, seed: Seed, services: Services
) -> None:
    first, second = await seed.mailbox("rossi"), await seed.mailbox("rossi")
    chat, other = await talk("rossi"), await talk("rossi")
    actor = Actor(chat.id, "it")
    renewal = await services.renewals.begin(actor, 1)
    await services.renewals.select_all(actor, renewal.draft.id)
    await services.renewals.begin_with(Actor(other.id, "it"), first)
    await services.declining.decline(actor, first)
    left = await services.renewals.unfinished(actor)
    assert left is not None
    assert [item.mailbox_id for item in left.draft.items] == [second]
    assert await services.renewals.unfinished(Actor(other.id, "it")) is None


async def test_renewing_several_does_not_choose_what_is_not_renewed(
    talk: Talk, seed: Seed, services: Services
) -> None:
    boxes = [await seed.mailbox("rossi") for _ in range(3)]
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await services.declining.decline(actor, boxes[1])
    renewal = await services.renewals.begin_due(actor, 1, seed.today + timedelta(days=40))
    assert [item.mailbox_id for item in renewal.draft.items] == [boxes[0], boxes[2]]
    assert len(renewal.facts.renewable) == 3, "it can be chosen all the same"


@pytest.mark.parametrize("button", some([RenewAnyway, RemindAgain], 1))
async def test_strangers_change_nothing(
    talk: Talk, seed: Seed, services: Services, button: type[RenewAnyway | RemindAgain]
) -> None:
    box = await seed.mailbox("rossi")
    await seed.mailbox("bianchi", holder=seed.registrant("company"))
    chat, thief = await talk("rossi"), await talk("bianchi")
    await decline(chat)
    await thief.press(button(mailbox=box).pack())
    assert (await services.cards.read(Actor(chat.id, "it"), box)).mailbox.declined
    with pytest.raises(NotYours):
        await services.declining.decline(Actor(thief.id, "it"), box)


@pytest.mark.parametrize("changes", [{"plan": "domain"}, {"expires_in": -100}])
async def test_what_is_over_or_renewed_elsewhere_is_not_asked_about(
    talk: Talk, seed: Seed, services: Services, changes: dict[str, object]
) -> None:
    box = await seed.mailbox("rossi", **changes)  # type: ignore[arg-type] # what a test may say
    chat = await talk("rossi")
    await chat.send("/caselle")
    assert not chat.has("Non rinnovo")
    with pytest.raises(CannotDecline):
        await services.declining.decline(Actor(chat.id, "it"), box)


@pytest.mark.soak
@pytest.mark.parametrize("taps", some([2, 3], 1))
async def test_taps_in_haste_decide_once(talk: Talk, seed: Seed, push: Push, taps: int) -> None:
    await seed.mailbox("rossi")
    chat, _ = await talk("rossi"), await talk("rossi")
    await push()
    await chat.send("/caselle")
    await chat.tap("Non rinnovo")
    await chat.tap_together(["Non rinnovo questa casella"] * taps)
    assert await push() == 1
    assert titles(chat) == []
    assert "Non si rinnova" in chat.screen_text


async def test_the_list_says_it_too(talk: Talk, seed: Seed, services: Services) -> None:
    boxes = [await seed.mailbox("rossi") for _ in range(2)]
    chat = await talk("rossi")
    await services.declining.decline(Actor(chat.id, "it"), boxes[0])
    await chat.send("/caselle")
    assert chat.text.count("· non si rinnova") == 1


async def test_a_renewal_by_whoever_ends_it_with_the_expiry(
    talk: Talk, seed: Seed, database: Database
) -> None:
    box = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await decline(chat)
    async with database.write() as session:
        row = await session.get_one(MailboxRow, box)
        row.expires_on += timedelta(days=365)
    await chat.send("/caselle")
    assert "Non si rinnova" not in chat.text
    assert chat.has("Non rinnovo")


@pytest.mark.parametrize(("language", "word"), some([("it", "disdetta"), ("en", "cancel my mailbox")], 1))
async def test_who_types_it_is_asked_about_the_only_mailbox(
    talk: Talk, seed: Seed, language: str, word: str
) -> None:
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await chat.send(word)
    await chat.tap(OPEN[language])
    assert chat.text == QUESTION[language]
    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    assert chat.has(OPEN[language])
