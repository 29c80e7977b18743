"""What the final button does: everything is checked again, and one draft makes one order (DOMAIN.md 3.8)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import EvidenceRow, OrderRow
from bot.domain.catalogue import Catalogue, DocumentId, RenewFrom
from bot.handlers.buttons import RenewMailbox
from bot.services.actor import Actor
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue, with_plan, with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import (
    ACCEPT,
    EARLY,
    FINAL,
    at_recap,
    chosen,
    labels,
    order_of,
    place,
    ready,
    screen,
    tampered,
    tick_required,
)
from tests.support.renewing import draft_of
from tests.support.running_bot import Talk
from tests.support.seed import Seed


def with_version(document: DocumentId, version: str, catalogue: Catalogue | None = None) -> Catalogue:
    """A catalogue in which a document has another version."""
    base = catalogue or example_catalogue()
    renewed = replace(base.documents[document], version=version)
    return replace(base, version="another", documents={**base.documents, document: renewed})


# At the tap everything is checked again


async def test_a_changed_price_is_shown_and_asked_again_with_the_other_choices_kept(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    surroundings.catalogue = with_plan("pro", price=3190)
    await chat.tap("obbligo di pagare")

    assert chat.toast is not None
    assert chat.toast.startswith("L'ordine non è stato inviato: qualcosa è cambiato.")
    assert "Importo: prima 36,48 €, ora 38,92 €" in screen(chat)
    assert "nuova versione" not in screen(chat)
    assert await services.orders.list(Actor(chat.id, "it")) == ()
    assert "Ordine con obbligo di pagare · 38,92 €" in labels(chat)
    assert [label[0] for label in labels(chat)[1:4]] == ["■"] * 3

    await chat.tap("obbligo di pagare")
    assert (await order_of(services, chat)).quote.due == 3892


@pytest.mark.soak
async def test_what_has_changed_is_said_once(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    surroundings.catalogue = with_plan("pro", price=3190)
    await chat.tap("obbligo di pagare")
    await chat.tap(EARLY["it"])

    assert "qualcosa è cambiato" not in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_new_version_of_a_document_has_to_be_accepted_again(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)
    await tick_required(chat, language)
    surroundings.catalogue = with_version(DocumentId.CONDITIONS, "2027-01")
    await chat.tap(FINAL[language].split(" ·")[0])

    new = {"it": "(nuova versione, da accettare di nuovo)", "en": "(new version, to be accepted again)"}
    said = {
        "it": "Un documento da accettare ha una nuova versione",
        "en": "A document to accept has a new version",
    }
    assert said[language] in screen(chat)
    assert f"2027-01 {new[language]}" in screen(chat)
    assert screen(chat).count(new[language]) == 1
    assert [label[0] for label in labels(chat)[:3]] == ["□", "■", "■"]
    assert FINAL[language] not in labels(chat)

    await chat.tap(ACCEPT[language][0])
    assert new[language] not in screen(chat)
    await chat.tap(FINAL[language].split(" ·")[0])
    assert (await order_of(services, chat)).quote.due == 3648


@pytest.mark.soak
async def test_other_dates_are_said_too(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings, clock: FrozenClock
) -> None:
    surroundings.catalogue = with_rules(renew_expired_from=RenewFrom.PAYMENT)
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=-10)
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    await tick_required(chat)
    clock.advance(timedelta(days=1))
    await chat.tap("obbligo di pagare")

    assert "Le nuove scadenze sono altre" in screen(chat)
    assert "Scadenza: 13/11/2026 → 25/11/2027" in screen(chat)
    assert "Importo: prima" not in screen(chat)
    await chat.tap("obbligo di pagare")
    assert "ricevuto" in screen(chat)


async def test_choices_changed_on_another_screen_are_said_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    draft = await draft_of(chat, services)
    await services.renewals.choose_method(Actor(chat.id, "it"), draft.id, "slip_preprinted")
    await chat.tap("obbligo di pagare")

    assert "Le scelte, o i prezzi del prossimo rinnovo, non sono più come mostrati prima" in screen(chat)
    assert "Pagamento: Bollettino postale precompilato" in screen(chat)


async def test_an_acceptance_taken_back_on_another_screen_is_asked_for(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    draft = await draft_of(chat, services)
    await services.renewals.toggle_acceptance(Actor(chat.id, "it"), draft.id, DocumentId.PRIVACY)
    await chat.tap("obbligo di pagare")

    assert await services.orders.list(Actor(chat.id, "it")) == ()
    assert [label[0] for label in labels(chat)[:3]] == ["■", "■", "□"]
    assert not chat.has("obbligo di pagare")


@pytest.mark.soak
async def test_a_mailbox_ordered_from_another_chat_meanwhile_is_said_at_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (10, 20)]
    mine, other = await talk("rossi"), await talk("rossi")
    await at_recap(mine, services, mailboxes)
    await tick_required(mine)
    elsewhere = Actor(other.id, "it")
    order = await place(services, elsewhere, await chosen(services, elsewhere, mailboxes[:1]))
    await mine.tap("obbligo di pagare")

    assert (mine.toast or "").startswith("Una casella di questo rinnovo non si può più rinnovare qui")
    assert f"nell'ordine {order.number}" in screen(mine), "not that some choice is missing"
    assert labels(mine)[0] == f"Apri l'ordine {order.number}"
    assert len(await services.orders.list(Actor(mine.id, "it"))) == 1
    await mine.tap("Indietro")
    assert "Scelte: 1 su 1" in screen(mine)
    await mine.tap("Continua")
    assert "C'è già un ordine" not in screen(mine), "without it the rest goes on"
    assert [item.mailbox_id for item in (await draft_of(mine, services)).items] == mailboxes[1:]


@pytest.mark.parametrize(
    "odd", ["3648-", *long("", "-", "3648", "-1-aaaaaaaaaa", "9-aaaaaaaaaa", "x" * 20, "٣-aaaaaaaaaa")]
)
async def test_a_final_button_that_was_never_shown_places_nothing(
    seed: Seed, talk: Talk, services: Services, odd: str
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    seal = tampered(chat, "obbligo di pagare", "recap_order", "recap_order").partition("recap_order:")[2]
    await chat.press(tampered(chat, "obbligo di pagare", seal, odd))

    assert await services.orders.list(Actor(chat.id, "it")) == ()
    assert "Riepilogo dell'ordine" in screen(chat)


async def place_only(services: Services, chat: Chat, draft_id: int) -> str:
    """Place the order as the service does, without the chat."""
    actor = Actor(chat.id, "it")
    renewal = await services.renewals.read(actor, draft_id)
    return (await services.orders.place(actor, draft_id, offer_seal(renewal), "Ordine di prova")).number


# One draft, one order


async def test_five_taps_at_once_make_one_order(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    await chat.tap_together([chat.button("obbligo di pagare")] * 5)

    order = await order_of(services, chat)
    assert f"Ordine {order.number} ricevuto" in screen(chat)
    assert len([text for text in chat.texts if "ricevuto" in text]) == 1
    assert not [text for text in chat.texts if "QR del bonifico" in text], (
        "the picture comes when it is asked for"
    )
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(OrderRow)) == 1
        assert await session.scalar(select(func.count()).select_from(EvidenceRow)) == 1


@pytest.mark.soak
async def test_two_screens_of_one_renewal_make_one_order(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    old_button = tampered(chat, "obbligo di pagare", "recap_order", "recap_order")
    await chat.tap("obbligo di pagare")
    order = await order_of(services, chat)

    # the old keyboard, as another device may still show it
    await chat.press(old_button)
    assert (await order_of(services, chat)).number == order.number
    assert order.number in screen(chat)


@pytest.mark.soak
async def test_an_order_placed_by_a_process_that_died_before_saying_so_is_shown_at_the_next_tap(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    # the order was committed, and nothing more happened
    draft = await draft_of(chat, services)
    order = await place_only(services, chat, draft.id)
    await chat.tap("obbligo di pagare")

    assert f"Ordine {order} ricevuto" in screen(chat)
    assert len(await services.orders.list(Actor(chat.id, "it"))) == 1


async def test_two_chats_that_order_one_mailbox_at_once_make_one_order(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chats = [await talk("rossi") for _ in range(2)]
    for chat in chats:
        await at_recap(chat, services, [mailbox])
        await tick_required(chat)
    await asyncio.gather(*(chat.tap("obbligo di pagare") for chat in chats))

    assert len(await services.orders.list(Actor(chats[0].id, "it"))) == 1
    texts = [screen(chat) for chat in chats]
    assert sum("ricevuto" in text for text in texts) == 1
    assert sum("C'è già un ordine in attesa di pagamento" in text for text in texts) == 1


@pytest.mark.soak
async def test_from_the_notice_s_button_to_the_order_it_takes_seven_taps(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await chat.press(RenewMailbox(mailbox=mailbox).pack(), on=chat.newest)
    for label in ["1 anno · ", "Bonifico bancario", *ACCEPT["it"], "obbligo di pagare"]:
        await chat.tap(label)

    assert (await order_of(services, chat)).quote.due == 3648
