"""The recap and its acceptances, in the chat (DOMAIN.md 3.8)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import AcceptanceRow, EvidenceRow
from bot.domain.catalogue import DocumentId
from bot.domain.registrant import HolderKind
from bot.domain.steps import Step
from bot.playground.entities import utf16_length
from bot.services.actor import Actor
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue, with_plan, with_split_payment
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import (
    ACCEPT,
    EARLY,
    FINAL,
    at_recap,
    chosen,
    give_kit,
    labels,
    order_of,
    ready,
    screen,
    tampered,
    tick_required,
)
from tests.support.renewing import draft_of
from tests.support.running_bot import Talk
from tests.support.seed import Seed

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
                "Piano Pro, 2 anni → 23/12/2028",
                "Imponibile 57,80 €, IVA 22% 12,72 €",
                "Totale: 70,52 €",
                "Titolare: Maria Esempio",
                "Pagamento: Bonifico bancario",
                "Rinnovo automatico: non attivo",
            ],
        ),
        *long(
            (
                "en",
                [
                    "Pro plan in promotion, 2 years: €39.80 + VAT €8.76 = €48.56",
                    "1 GB extra for the mailbox, 2 years: €8.00 + VAT €1.76 = €9.76",
                    "2 GB extra for the archive, 2 years: €10.00 + VAT €2.20 = €12.20",
                    "A year, VAT included: €35.26 now, €47.46 at the next renewal",
                    "Pro plan, 2 years → 23 Dec 2028",
                    "Net €57.80, VAT 22% €12.72",
                    "Total: €70.52",
                    "Holder: Maria Esempio",
                    "Payment: Bank transfer",
                    "Automatic renewal: off",
                ],
            )
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


@pytest.mark.parametrize(
    ("expires_in", "method", "language", "said"),
    [
        (
            0,
            "bank_transfer",
            "it",
            "Un bonifico ordinario arriverebbe dopo la scadenza, un bonifico istantaneo no",
        ),
        (30, "bank_transfer", "it", None),
        *long(
            (
                0,
                "bank_transfer",
                "en",
                "An ordinary transfer would arrive after the expiry date, an instant transfer would",
            ),
            (
                1,
                "bank_transfer",
                "it",
                "Dalle 15:00 di oggi un bonifico ordinario arriverebbe dopo la scadenza",
            ),
            (0, "instant_transfer", "it", None),
            (0, "card", "it", None),
        ),
    ],
)
async def test_the_recap_says_what_an_instant_transfer_saves(
    seed: Seed,
    talk: Talk,
    services: Services,
    expires_in: int,
    method: str,
    language: str,
    said: str | None,
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=expires_in)
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], method=method, language=language)
    if said is None:
        assert "arriverebbe" not in screen(chat)
    else:
        assert said in screen(chat)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "it",
            (
                "Scissione dei pagamenti: l'autorizzazione nota è finita il 30/06/2026. "
                "Si paga l'intero totale, finché Posta Esempio non conferma altro."
            ),
        ),
        *long(
            (
                "en",
                (
                    "Split payment: the last authorisation known ended on 30 Jun 2026. "
                    "The whole total is due unless Posta Esempio confirms otherwise."
                ),
            )
        ),
    ],
)
async def test_split_payment_that_is_no_longer_authorised_leaves_the_whole_total_due(
    seed: Seed, talk: Talk, services: Services, language: str, said: str
) -> None:
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    mailbox = await seed.mailbox("comune", plan="pro", holder=office)
    chat = await talk("comune", language=language)
    await at_recap(chat, services, [mailbox], method="pa_transfer", language=language)
    assert said in screen(chat)
    if language == "it":
        await tick_required(chat)
        await chat.tap("obbligo di pagare")
        assert said in screen(chat), "the confirmation says so too"
        (order,) = await services.orders.list(Actor(chat.id, "it"))
        assert (order.quote.due, order.quote.split_payment) == (3648, False)
        assert order.registrant.splits_payment, "what was declared is kept"


async def test_split_payment_says_that_the_taxable_amount_is_due(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_split_payment()
    office = seed.registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    mailbox = await seed.mailbox("comune", plan="pro", holder=office)
    chat = await talk("comune")
    await at_recap(chat, services, [mailbox], method="pa_transfer")

    assert "Totale con IVA 36,48 €. L'IVA la versa l'ente (scissione dei pagamenti)." in screen(chat)
    assert "Totale: 29,90 €, IVA esclusa (scissione dei pagamenti)" in screen(chat)
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


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_documents_have_their_version_and_a_link_in_the_language_of_the_chat(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)

    links = [entity.url for entity in chat.screen.content.text.entities if entity.url]
    documents = example_catalogue().documents.values()
    assert links == [document.urls[language] for document in documents]
    assert screen(chat).count("2026-01") == 4


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_unfair_clauses_are_listed_by_number_and_title(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)

    clauses = example_catalogue().documents[DocumentId.CLAUSES].clauses
    assert len(clauses) == 7
    for clause in clauses:
        assert f"• {clause.number} {clause.titles[language]}\n" in screen(chat)


# Acceptances and the final button


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_acceptances_are_separate_and_unticked_and_the_final_button_comes_with_the_last_required_one(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    chat = await ready(seed, talk, services, language=language)
    required = ACCEPT[language]
    assert labels(chat)[:4] == [f"□ {label}" for label in [*required, EARLY[language]]]

    for number, label in enumerate(required):
        assert FINAL[language] not in labels(chat)
        await chat.tap(label)
        boxes = [each for each in labels(chat) if each != FINAL[language]]
        assert boxes[number] == f"■ {label}"
        assert boxes[number + 1].startswith("□")
    assert labels(chat)[0] == FINAL[language], "above the boxes, below the order"
    assert labels(chat)[4] == f"□ {EARLY[language]}"

    await chat.tap(required[1])
    assert labels(chat)[1] == f"□ {required[1]}"
    assert FINAL[language] not in labels(chat)


@pytest.mark.parametrize("kind", some(list(HolderKind), 2))
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
                "• la conferma dei dati dell'intestatario",
                "• la modalità di pagamento",
                "• la durata del rinnovo",
                "Totale per un anno: ",
            ],
            [
                "Rispondi sul kit di firma",
                "Conferma i dati",
                "Scegli la modalità",
                "Scegli la durata",
            ],
        ),
        *long(
            (
                "en",
                [
                    "Still missing before ordering:",
                    "• the answer about the digital signature kit",
                    "• the confirmation of the registrant details",
                    "• the payment method",
                    "• the renewal period",
                    "Total for one year: ",
                ],
                [
                    "Answer about the signature kit",
                    "Confirm the registrant details",
                    "Choose the payment method",
                    "Choose the renewal period",
                ],
            )
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
    await chat.tap("Scegli la modalità")
    await chat.tap("Carta")

    assert "Da accettare per ordinare" in screen(chat)
    assert (await draft_of(chat, services)).auto_renew is False


@pytest.mark.soak
async def test_missing_choices_are_asked_one_after_the_other(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method=None, years=None)
    await chat.tap("Scegli la durata")
    await chat.tap("2 anni")
    assert "Modalità di pagamento" in screen(chat)
    await chat.tap("Bonifico bancario")
    assert "Totale: 72,96 €" in screen(chat)


@pytest.mark.soak
async def test_a_recap_that_lost_its_mailboxes_leads_to_them(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(2)]
    chat = await talk("rossi")
    renewal = await at_recap(chat, services, mailboxes)
    await services.renewals.select_none(Actor(chat.id, "it"), renewal.draft.id)
    await chat.send("?")

    assert "• le caselle: nessuna scelta, o una non più rinnovabile" in screen(chat)
    assert labels(chat) == ["Rivedi le caselle", "Cambia", "← Indietro", "Annulla"]
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
    assert "Rinnovo di rossi1@pec.example" in chat.text


async def test_whoever_taps_the_last_box_twice_finds_no_order_under_the_finger(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ready(seed, talk, services)

    def row_of(label: str) -> int:
        """How many rows below it: a phone holds the last one where it is."""
        (row,) = (row for row, labels in enumerate(reversed(chat.screen.labels)) if label in labels[0])
        return row

    *others, last = ACCEPT["it"]
    for document in others:
        await chat.tap(document)
    place = row_of(last)
    await chat.tap(last)
    assert FINAL["it"] in labels(chat)
    assert row_of(last) == place


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "Con tutte le spunte richieste compare il pulsante per ordinare."),
        *long(("en", "Once all that is required is ticked, the order button appears.")),
    ],
)
async def test_until_all_that_is_required_is_ticked_it_is_said_when_the_order_button_appears(
    seed: Seed, talk: Talk, services: Services, language: str, said: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language)
    assert said in screen(chat)
    folded = chat.screen.content.text.entities
    (quote,) = [entity for entity in folded if entity.type == "expandable_blockquote"]
    shown = screen(chat)
    assert utf16_length(shown[: shown.index(said)]) >= quote.end, "it is not folded"
    await tick_required(chat, language)
    assert said not in screen(chat)
