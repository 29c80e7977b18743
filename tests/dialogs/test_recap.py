"""The recap, the acceptances and the final button, in the chat (DOMAIN.md 3.8)."""

import asyncio
import random
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import AcceptanceRow, EvidenceRow, OrderRow
from bot.domain.catalogue import Catalogue, DocumentId, RenewFrom
from bot.domain.registrant import Form, HolderKind, KitHolderField
from bot.domain.steps import Step
from bot.playground.entities import utf16_length
from bot.services.chats import Actor
from bot.services.offer import offer_seal
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue, with_plan, with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.ordering import at_recap, chosen, labels, order_of, place, screen, tampered
from tests.support.renewing import draft_of
from tests.support.running_bot import Talk
from tests.support.seed import Seed

ACCEPT = {
    "it": [
        "Accetto le condizioni generali",
        "Approvo le clausole vessatorie",
        "Ho letto l'informativa sui dati",
    ],
    "en": ["I accept the general terms", "I approve the onerous clauses", "I have read the privacy notice"],
}
EARLY = {"it": "Inizio immediato (facoltativo)", "en": "Start at once (optional)"}
NEXT_PAGE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
FINAL = {"it": "Ordine con obbligo di pagare · 36,48 €", "en": "Order with obligation to pay · €36.48"}


def with_version(document: DocumentId, version: str, catalogue: Catalogue | None = None) -> Catalogue:
    """A catalogue in which a document has another version."""
    base = catalogue or example_catalogue()
    renewed = replace(base.documents[document], version=version)
    return replace(base, version="another", documents={**base.documents, document: renewed})


async def ready(seed: Seed, talk: Talk, services: Services, *, language: str = "it") -> Chat:
    """A chat at the recap of one Pro mailbox for a year, paid by transfer, with nothing accepted yet."""
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language)
    return chat


async def tick_required(chat: Chat, language: str = "it") -> None:
    """Accept the three documents that an order needs."""
    for label in ACCEPT[language]:
        await chat.tap(label)


# What it says


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "Piano Pro in promozione, 2 anni: 39,80 € + IVA 8,76 € = 48,56 €",
                "1 GB aggiuntivo di casella, 2 anni: 8,00 € + IVA 1,76 € = 9,76 €",
                "2 GB aggiuntivi di archivio, 2 anni: 10,00 € + IVA 2,20 € = 12,20 €",
                "All'anno, IVA inclusa: 35,26 € ora, 47,46 € al prossimo rinnovo",
                "Scadenza: 23/12/2026 → 23/12/2028",
                "Imponibile 57,80 €, IVA 22% 12,72 €",
                "Totale: 70,52 €",
                "Intestatario: Maria Esempio",
                "Pagamento: Bonifico bancario; pagando oggi, registrato il 24/11/2026",
                "Rinnovo automatico: non attivo",
            ],
        ),
        (
            "en",
            [
                "Pro plan in promotion, 2 years: €39.80 + VAT €8.76 = €48.56",
                "1 GB extra for the mailbox, 2 years: €8.00 + VAT €1.76 = €9.76",
                "2 GB extra for the archive, 2 years: €10.00 + VAT €2.20 = €12.20",
                "A year, VAT included: €35.26 now, €47.46 at the next renewal",
                "Expiry: 23 Dec 2026 → 23 Dec 2028",
                "Net €57.80, VAT 22% €12.72",
                "Total: €70.52",
                "Registrant: Maria Esempio",
                "Payment: Bank transfer; paying today, registered on 24 Nov 2026",
                "Automatic renewal: off",
            ],
        ),
    ],
)
async def test_every_line_has_its_net_vat_total_price_of_a_year_and_new_expiry(
    seed: Seed, talk: Talk, services: Services, language: str, lines: list[str]
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(1, 2), promo="welcome")
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language, years=2)

    for line in lines:
        assert line in screen(chat)


async def test_the_kit_is_listed_with_its_person_and_address(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    renewal = await chosen(services, Actor(chat.id, "it"), [mailbox])
    await give_kit(services, chat, renewal.draft.id, "usb_token")
    await services.renewals.move(Actor(chat.id, "it"), renewal.draft.id, Step.ORDER)
    await chat.send("/renew")
    await chat.tap("Riprendi il rinnovo")

    for line in [
        "Token USB: 62,00 € + IVA 13,64 € = 75,64 €",
        "Spedizione: 7,50 € + IVA 1,65 € = 9,15 €",
        "Intestato a Maria Esempio; certificato di 3 anni, senza rinnovo automatico",
        "Spedito a Maria Esempio, Via dell'Esempio 1, 00100 Roma RM",
        "Totale: 121,27 €",
    ]:
        assert line in screen(chat)


async def give_kit(services: Services, chat: Chat, draft_id: int, kit_id: str) -> None:
    """Choose a kit for the registrant, sent home."""
    actor = Actor(chat.id, "it")
    await services.renewals.answer_kit(actor, draft_id, kit_id)
    await services.renewals.kit_for_registrant(actor, draft_id)
    for field, text in (
        (KitHolderField.EMAIL, "maria@example.com"),
        (KitHolderField.MOBILE, "+393331234567"),
    ):
        await services.renewals.answer_field(actor, draft_id, Form.KIT_HOLDER, field, text)
    await services.renewals.ship_to_registrant(actor, draft_id)


async def test_split_payment_says_that_the_taxable_amount_is_due(
    seed: Seed, talk: Talk, services: Services
) -> None:
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    mailbox = await seed.mailbox("comune", plan="pro", holder=office)
    chat = await talk("comune")
    await at_recap(chat, services, [mailbox], method="pa_transfer")

    assert "Totale con IVA 36,48 €. L'IVA la versa l'ente (scissione dei pagamenti)." in screen(chat)
    assert "Da pagare: 29,90 €" in screen(chat)
    await tick_required(chat)
    assert "Ordine con obbligo di pagare · 29,90 €" in labels(chat)


async def test_a_plan_that_closes_the_archive_says_so_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="premium", used=("0.4", "1.2"))
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    renewal = await chosen(services, actor, [mailbox])
    await services.renewals.choose_plan(
        actor, renewal.draft.id, mailbox, "standard", archive_loss_confirmed=True
    )
    await chat.send("/renew")
    await chat.tap("Riprendi il rinnovo")

    assert "Cambio di piano: da Premium a Standard" in screen(chat)
    assert (
        "A rinnovo completato l'archivio PEC viene chiuso e i messaggi che contiene vengono cancellati"
        in screen(chat)
    )


async def test_a_method_that_comes_too_late_is_marked_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", expires_in=2)
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="slip_ordinary")

    assert "registrato tra il 30/11/2026 e il 02/12/2026, dopo la scadenza" in screen(chat)


@pytest.mark.parametrize("language", ["it", "en"])
async def test_documents_have_their_version_and_a_link_in_the_language_of_the_chat(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)

    links = [entity.url for entity in chat.screen.content.text.entities if entity.url]
    documents = example_catalogue().documents.values()
    assert links == [document.urls[language] for document in documents]
    assert screen(chat).count("2026-01") == 4


@pytest.mark.parametrize("language", ["it", "en"])
async def test_unfair_clauses_are_listed_by_number_and_title(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)

    clauses = example_catalogue().documents[DocumentId.CLAUSES].clauses
    assert len(clauses) == 7
    for clause in clauses:
        assert f"• {clause.number} {clause.titles[language]}\n" in screen(chat)


# Acceptances and the final button


@pytest.mark.parametrize("language", ["it", "en"])
async def test_acceptances_are_separate_and_unticked_and_the_final_button_comes_with_the_last_required_one(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)
    required = ACCEPT[language]
    assert labels(chat)[:4] == [f"□ {label}" for label in [*required, EARLY[language]]]

    for number, label in enumerate(required):
        assert FINAL[language] not in labels(chat)
        await chat.tap(label)
        assert labels(chat)[number] == f"■ {label}"
        assert labels(chat)[number + 1].startswith(("□", FINAL[language]))
    assert labels(chat)[3:5] == [f"□ {EARLY[language]}", FINAL[language]]

    await chat.tap(required[1])
    assert labels(chat)[1] == f"□ {required[1]}"
    assert FINAL[language] not in labels(chat)


@pytest.mark.parametrize("kind", list(HolderKind))
async def test_only_a_consumer_is_asked_for_the_early_start_and_never_has_to_accept_it(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", kind=kind)
    chat = await talk("rossi")
    method = "pa_transfer" if kind is HolderKind.PUBLIC_ADMINISTRATION else "bank_transfer"
    await at_recap(chat, services, [mailbox], method=method)

    assert chat.has(EARLY["it"]) == (kind is HolderKind.NATURAL_PERSON)
    assert ("Facoltativo:" in screen(chat)) == (kind is HolderKind.NATURAL_PERSON)
    await tick_required(chat)
    assert FINAL["it"] in labels(chat)


async def test_the_order_is_placed_with_the_evidence_of_what_was_accepted(
    seed: Seed, talk: Talk, services: Services, database: Database, clock: FrozenClock
) -> None:
    chat = await ready(seed, talk, services)
    began = clock.now()
    for label in [*ACCEPT["it"], EARLY["it"]]:
        clock.advance(timedelta(seconds=20))
        await chat.tap(label)
    clock.advance(timedelta(seconds=20))
    label = chat.button("obbligo di pagare")
    await chat.tap(label)

    order = await order_of(services, chat)
    assert f"Ordine {order.number} ricevuto" in screen(chat)
    documents = example_catalogue().documents
    async with database.read() as session:
        (evidence,) = (await session.scalars(select(EvidenceRow))).all()
        ticks = {row.document: row for row in await session.scalars(select(AcceptanceRow))}
    assert (evidence.chat_id, evidence.language, evidence.button_label) == (chat.id, "it", label)
    assert evidence.placed_at == order.placed_at == began + timedelta(seconds=100)
    assert evidence.catalogue_version == example_catalogue().version
    for position, document in enumerate(documents.values(), start=1):
        tick = ticks.pop(document.id.value)
        assert (tick.version, tick.url, tick.sha256) == (
            document.version,
            document.urls["it"],
            document.sha256["it"],
        )
        assert tick.accepted_at == began + timedelta(seconds=20 * position)
    assert not ticks


async def test_each_acceptance_is_kept_in_the_language_in_which_it_was_read(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    italian_label = chat.button("obbligo di pagare")
    recap = chat.screen
    await services.chats.set_language(Actor(chat.id, "it"), "en")
    await chat.tap("obbligo di pagare", on=recap)

    async with database.read() as session:
        evidence = await session.scalar(select(EvidenceRow))
        urls = (await session.scalars(select(AcceptanceRow.url))).all()
    assert evidence is not None
    assert (evidence.language, evidence.button_label) == ("en", italian_label)
    assert all(url.startswith("https://posta.example/it/") for url in urls)


async def test_a_document_that_is_not_asked_for_is_refused(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", kind=HolderKind.COMPANY)
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    for odd in ("early_start", "everything"):
        await chat.press(tampered(chat, "Accetto", "conditions", odd))
        assert chat.toast is not None
        assert "non serve per questo ordine" in chat.toast
    assert (await draft_of(chat, services)).acceptances == ()


# What is missing


@pytest.mark.parametrize(
    ("language", "missing", "buttons"),
    [
        (
            "it",
            [
                "Prima di ordinare manca ancora:",
                "• la risposta sul kit di firma digitale",
                "• la conferma dei dati intestatario",
                "• la modalità di pagamento",
                "• la frequenza di rinnovo",
                "Per un anno, finché la frequenza non è scelta:",
            ],
            [
                "Rispondi sul kit di firma",
                "Conferma i dati intestatario",
                "Scegli la modalità di pagamento",
                "Scegli la frequenza",
            ],
        ),
        (
            "en",
            [
                "Still missing before ordering:",
                "• the answer about the digital signature kit",
                "• the confirmation of the registrant details",
                "• the payment method",
                "• the renewal period",
                "For one year, until the renewal period is chosen:",
            ],
            [
                "Answer about the signature kit",
                "Confirm the registrant details",
                "Choose the payment method",
                "Choose the renewal period",
            ],
        ),
    ],
)
async def test_what_is_missing_is_listed_with_a_button_for_each_instead_of_the_acceptances(
    seed: Seed, talk: Talk, services: Services, language: str, missing: list[str], buttons: list[str]
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    renewal = await services.renewals.begin_with(actor, mailbox)
    await services.renewals.move(actor, renewal.draft.id, Step.ORDER)
    await chat.send("/renew")
    await chat.tap({"it": "Riprendi il rinnovo", "en": "Resume the renewal"}[language])

    for line in missing:
        assert line in screen(chat)
    assert labels(chat)[:4] == buttons
    assert not any(label.startswith(("□", "■")) for label in chat.buttons)
    assert "posta.example" not in str(chat.screen.content.text.entities)


async def test_a_missing_choice_is_made_and_the_recap_comes_back(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method=None)
    await chat.tap("Scegli la modalità di pagamento")
    await chat.tap("Carta")

    assert "Da accettare per ordinare" in screen(chat)
    assert (await draft_of(chat, services)).auto_renew is False


async def test_missing_choices_are_asked_one_after_the_other(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method=None, years=None)
    await chat.tap("Scegli la frequenza")
    await chat.tap("2 anni")
    assert "Modalità di pagamento" in screen(chat)
    await chat.tap("Bonifico")
    assert "Totale: 72,96 €" in screen(chat)


async def test_a_recap_that_lost_its_mailboxes_leads_to_them(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(2)]
    chat = await talk("rossi")
    renewal = await at_recap(chat, services, mailboxes)
    await services.renewals.select_none(Actor(chat.id, "it"), renewal.draft.id)
    await chat.send("?")

    assert "• le caselle: nessuna scelta, o una non più rinnovabile" in screen(chat)
    assert labels(chat) == ["Rivedi le caselle", "Cambia una scelta", "Indietro", "Annulla"]
    await chat.tap("Rivedi le caselle")
    assert len([label for label in labels(chat) if label.startswith("□")]) >= 2


async def test_a_plan_no_longer_on_sale_is_a_gap_that_leads_to_the_plan(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    mailbox = await seed.mailbox("rossi", plan="standard")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    renewal = await chosen(services, actor, [mailbox])
    await services.renewals.choose_plan(actor, renewal.draft.id, mailbox, "pro")
    surroundings.catalogue = with_plan("pro", on_sale=False)
    await chat.send("/renew")
    await chat.tap("Riprendi il rinnovo")

    assert "• piano o spazio: quelli scelti non bastano o non sono più in vendita" in screen(chat)
    await chat.tap("Rivedi piano e spazio")
    assert "così com'è" in chat.text


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
    assert [label[0] for label in labels(chat)[:3]] == ["■"] * 3

    await chat.tap("obbligo di pagare")
    assert (await order_of(services, chat)).quote.due == 3892


async def test_what_has_changed_is_said_once(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    chat = await ready(seed, talk, services)
    await tick_required(chat)
    surroundings.catalogue = with_plan("pro", price=3190)
    await chat.tap("obbligo di pagare")
    await chat.tap(EARLY["it"])

    assert "qualcosa è cambiato" not in screen(chat)


@pytest.mark.parametrize("language", ["it", "en"])
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


async def test_a_mailbox_ordered_from_another_chat_meanwhile_is_said_and_chosen_anew(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro", expires_in=days) for days in (10, 20)]
    mine, other = await talk("rossi"), await talk("rossi")
    await at_recap(mine, services, mailboxes)
    await tick_required(mine)
    elsewhere = Actor(other.id, "it")
    await place(services, elsewhere, await chosen(services, elsewhere, mailboxes[:1]))
    await mine.tap("obbligo di pagare")

    assert mine.toast == "Manca ancora qualche scelta. Torna al riepilogo per completarla."
    assert "• le caselle: nessuna scelta, o una non più rinnovabile" in screen(mine)
    assert labels(mine)[0] == "Rivedi le caselle"
    assert len(await services.orders.list(Actor(mine.id, "it"))) == 1


@pytest.mark.parametrize(
    "odd", ["", "-", "3648", "3648-", "-1-aaaaaaaaaa", "9-aaaaaaaaaa", "x" * 20, "٣-aaaaaaaaaa"]
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
    assert len([text for text in chat.texts if "QR del bonifico" in text]) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(OrderRow)) == 1
        assert await session.scalar(select(func.count()).select_from(EvidenceRow)) == 1


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


async def place_only(services: Services, chat: Chat, draft_id: int) -> str:
    """Place the order as the service does, without the chat."""
    actor = Actor(chat.id, "it")
    renewal = await services.renewals.read(actor, draft_id)
    return (await services.orders.place(actor, draft_id, offer_seal(renewal), "Ordine di prova")).number


# Changing a choice


async def test_every_choice_is_in_the_menu_with_its_value(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="card", years=3)
    await chat.tap("Cambia una scelta")

    assert labels(chat) == [
        "Caselle: 1",
        "Piano: Pro",
        "Extra: 1 GB di casella",
        "Kit di firma: no",
        "Intestatario: Maria Esempio",
        "Pagamento: Carta di credito o debito",
        "Rinnovo automatico: no",
        "Frequenza: 3 anni",
        "Indietro",
        "Annulla",
    ]
    await chat.tap("Indietro")
    assert "Riepilogo dell'ordine" in screen(chat)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Caselle", "casell"),
        ("Piano", "Rinnovo di"),
        ("Extra", "Spazio"),
        ("Kit di firma", "Kit di firma digitale"),
        ("Intestatario", "Dati intestatario"),
        ("Pagamento", "Modalità di pagamento"),
        ("Frequenza", "Frequenza di rinnovo"),
    ],
)
async def test_each_opens_its_step_and_back_returns_to_the_recap(
    seed: Seed, talk: Talk, services: Services, entry: str, title: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    await chat.tap("Cambia una scelta")
    await chat.tap(f"{entry}: ")

    assert title in screen(chat)
    await chat.tap("Indietro")
    assert "Riepilogo dell'ordine" in screen(chat)


async def test_with_several_mailboxes_plans_and_space_are_one_entry(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(2)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)
    await chat.tap("Cambia una scelta")

    assert labels(chat)[:2] == ["Caselle: 2", "Piani e spazio delle caselle"]
    await chat.tap("Piani e spazio")
    assert "Rinnovo di 2 caselle" in screen(chat)


# Many mailboxes


async def many(seed: Seed, count: int) -> list[int]:
    """Mailboxes of every plan, with long addresses, extra space and promotions."""
    made = []
    for number in range(count):
        plan = ("standard", "pro", "premium", "light")[number % 4]
        made.append(
            await seed.mailbox(
                "studio",
                address=f"ufficio.di.un.certo.luogo.{number:03}.{'x' * 60}@pec.example",
                plan=plan,
                expires_in=5 + number,
                extra=((1 if plan == "standard" else number % 3), number % 4)
                if plan in {"pro", "premium"}
                else (0, 0),
                promo="welcome" if number % 5 == 0 else None,
            )
        )
    return made


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("count", [4, 30, 99])
async def test_many_mailboxes_are_added_up_and_read_one_by_one_on_pages(
    seed: Seed, talk: Talk, services: Services, language: str, count: int
) -> None:
    mailboxes = await many(seed, count)
    chat = await talk("studio", language=language)
    renewal = await at_recap(chat, services, mailboxes, language=language, years=2)

    assert utf16_length(chat.screen_text) <= 4096
    assert {"it": f"{count} caselle PEC, 2 anni", "en": f"{count} PEC mailboxes, 2 years"}[
        language
    ] in screen(chat)
    assert cents_in(total_line(screen(chat), language)) == [renewal.quote.due]

    await chat.tap({"it": "Tutte le caselle", "en": "All mailboxes"}[language])
    pages = -(-count // 5)
    seen: list[str] = []
    for page in range(1, pages + 1):
        assert utf16_length(chat.screen_text) <= 4096
        if pages > 1:
            assert f"{page}/{pages}" in labels(chat)
        seen += re.findall(r"ufficio\.di\.un\.certo\.luogo\.(\d{3})", chat.screen_text)
        if page < pages:
            await chat.tap(NEXT_PAGE)
    assert seen == [f"{number:03}" for number in range(count)]

    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    await tick_required(chat, language)
    await chat.tap({"it": "obbligo di pagare", "en": "obligation to pay"}[language])
    assert utf16_length(chat.screen_text) <= 4096
    assert (await order_of(services, chat)).quote.due == renewal.quote.due


async def test_three_mailboxes_are_written_one_by_one(seed: Seed, talk: Talk, services: Services) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(3)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)

    assert screen(chat).count("Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €") == 3
    assert not chat.has("Tutte le caselle")


async def test_three_mailboxes_with_endless_addresses_get_pages_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [
        await seed.mailbox("rossi", plan="pro", extra=(2, 2), address=f"{n}{'x' * 240}@pec.example")
        for n in range(3)
    ]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)

    assert utf16_length(chat.screen_text) <= 4096
    await chat.tap("Tutte le caselle")
    assert utf16_length(chat.screen_text) <= 4096


# To the cent


def cents_in(text: str) -> list[int]:
    """Every amount of a text, in cents."""
    return [
        int(re.sub(r"\D", "", italian or english))
        for italian, english in re.findall(r"([\d.]+,\d\d) €|€([\d,]+\.\d\d)", text)
    ]


def total_line(text: str, language: str) -> str:
    """The line with what is due, in bold, above the choices."""
    start = {"it": ("Totale: ", "Da pagare: "), "en": ("Total: ", "To pay: ")}[language]
    (found,) = [line for line in text.splitlines() if line.startswith(start)]
    return found


@pytest.mark.parametrize("round_", range(8))
async def test_the_order_equals_to_the_cent_what_the_screens_said(
    seed: Seed, talk: Talk, services: Services, round_: int
) -> None:
    dice = random.Random(round_)  # noqa: S311 - a different order each round, the same at each run
    language = ("it", "en")[round_ % 2]
    mailboxes = []
    for _ in range(dice.randint(1, 6)):
        plan = dice.choice(["standard", "pro", "premium"])
        extra = (dice.randint(0, 1), 0) if plan == "standard" else (dice.randint(0, 9), dice.randint(0, 9))
        promo = dice.choice([None, None, "welcome"])
        days = dice.randint(-20, 60)
        mailboxes.append(await seed.mailbox("rossi", plan=plan, extra=extra, promo=promo, expires_in=days))
    years = dice.randint(1, 2)
    method = dice.choice(["card", "bank_transfer", "slip_preprinted"])
    chat = await talk("rossi", language=language)
    renewal = await at_recap(chat, services, mailboxes, language=language, method=method, years=years)
    kit = dice.choice([None, "remote"])
    if kit is not None:
        await give_kit(services, chat, renewal.draft.id, kit)
        await chat.send("?")
    recap = screen(chat)
    await tick_required(chat, language)
    button = labels(chat)[4]
    await chat.tap(chat.buttons[4])

    order = await order_of(services, chat)
    said = cents_in(total_line(recap, language))
    assert said == cents_in(button) == [order.quote.due]
    assert cents_in(total_line(screen(chat), language)) == said
    assert cents_in(recap.splitlines()[-1]) == said
    assert order.quote.due == sum(line.net + line.vat for line in order.quote.lines)
    line_amounts = [
        amounts for text in recap.splitlines() if " = " in text and len(amounts := cents_in(text)) == 3
    ]
    assert sum(net for net, _, _ in line_amounts) == order.quote.net
    assert sum(vat for _, vat, _ in line_amounts) == order.quote.vat
    assert all(net + vat == total for net, vat, total in line_amounts)
    confirmed = [cents_in(text) for text in screen(chat).splitlines() if " = " in text]
    assert confirmed == line_amounts
    for item in order.items:
        assert item.new_expiry.year - item.old_expiry.year == years


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
    assert sum("Prima di ordinare manca ancora" in text for text in texts) == 1
