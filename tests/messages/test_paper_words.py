"""What each kind of record says on the pages, in both languages: words, dates and sums, not a program's values."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from bot.domain.evidence.chain import Content, Head, Kind, beginning, digest_of, following
from bot.domain.evidence.checking import Kept
from bot.messages.paper import paper, read_paper, says_the_same
from bot.texts import Texts
from tests.messages.test_paper import AT, CHAIN, document
from tests.support.long_runs import long

INSTRUCTIONS = {
    "kind": "Transfer",
    "names": {"it": "Bonifico bancario", "en": "Bank transfer"},
    "registration": {"working_days": 1},
    "beneficiary": "Posta Esempio S.r.l.",
    "iban": "IT24F9999999990000ESEMPIO",
    "bic": "",
    "reason": "R7K2M-4",
    "due": 3648,
    "commitment_letter": False,
}
MAILED = {
    "message": "reminder-automatic",
    "channel": "mail",
    "outcome": "unreachable",
    "reason": "550 no such user",
    "attempts": 2,
    "to": "maria@example.com",
    "reply": "250 queued",
    "language": "en",
    "about": "automatic",
    "expires_on": "2026-12-23",
    "step": 30,
    "words": "Spett. <ditta> & figli",
}
IN_CHAT = {
    "message": "order-placed",
    "channel": "telegram",
    "outcome": "sent",
    "words": "<b>Ordine</b> A&amp;B",
}
SWITCHED = {
    "switched": "on",
    "chat": 7,
    "language": "it",
    "expires_on": "2026-12-23",
    "charge_on": "2026-12-16",
    "years": 1,
    "due": "36.48",
    "notice_by": "mail",
}
METHOD = {
    "from": "card",
    "to": "bank_transfer",
    "instructions": INSTRUCTIONS,
    "screen": "Pagare con <b>carta</b>?",
}
KIT = {"kit_holder": {"email": "maria@example.com"}, "shipping": {"name": "Maria Esempio"}}
DAMAGED = {"pay_by": "2026-13-40", "due": "1e400", "registered_at": "yesterday", "net": "0.001", "vat": None}


READ: Final[tuple[tuple[Kind, Mapping[str, Any], str, str], ...]] = (
    (
        Kind.TOLD,
        MAILED,
        (
            "messaggio: comunicazione del rinnovo automatico canale: email esito: non recapitabile "
            "motivo: 550 no such user tentativi: 2 a: maria@example.com risposta del server di posta: 250 queued "
            "lingua: inglese riguarda: rinnovo automatico scadenza: 23/12/2026 rispetto alla "
            "scadenza: 30 giorni prima testo: Spett. <ditta> & figli"
        ),
        (
            "message: what the law asks before an automatic renewal channel: e-mail outcome: not deliverable "
            "reason: 550 no such user attempts: 2 to: maria@example.com reply of the mail server: 250 queued "
            "language: English about: automatic renewal expiry date: 23 Dec 2026 from the "
            "expiry date: 30 days before words: Spett. <ditta> & figli"
        ),
    ),
    (
        Kind.TOLD,
        IN_CHAT,
        "messaggio: conferma dell'ordine canale: Telegram esito: inviato testo: Ordine A&B",
        "message: confirmation of the order channel: Telegram outcome: sent words: Ordine A&B",
    ),
    (
        Kind.TOLD,
        {"step": -1, "archive": True, "level": 90},
        "rispetto alla scadenza: un giorno dopo spazio di archivio: sì livello di spazio: 90",
        "from the expiry date: one day after archive space: yes level of space: 90",
    ),
    (
        Kind.SWITCHED,
        SWITCHED,
        (
            "rinnovo automatico: attivato chat Telegram: 7 lingua: italiano scadenza: 23/12/2026 "
            "addebito il: 16/12/2026 anni: 1 da pagare: 36,48 € comunicazioni di legge via: email"
        ),
        (
            "automatic renewal: switched on Telegram chat: 7 language: Italian expiry date: 23 Dec 2026 "
            "charged on: 16 Dec 2026 years: 1 to be paid: €36.48 what the law asks is told by: e-mail"
        ),
    ),
    (
        Kind.DECIDED,
        {"to_renew": False, "expires_on": "2026-12-23"},
        "da rinnovare: no scadenza: 23/12/2026",
        "to be renewed: no expiry date: 23 Dec 2026",
    ),
    (
        Kind.REQUESTED,
        {"request": "own data"},
        "richiesta: copia dei propri dati",
        "request: copy of one's own data",
    ),
    (
        Kind.DELIVERED,
        {"kit": "smart_card", "delivered_on": "2026-12-04"},
        "Kit consegnato domenica 29 novembre 2026, 22:59:07 CET kit: smart_card consegnato il: 04/12/2026",
        "Kit delivered Sunday 29 November 2026, 22:59:07 CET kit: smart_card delivered on: 4 Dec 2026",
    ),
    (
        Kind.METHOD,
        METHOD,
        (
            "come si paga: modalità di pagamento: Bonifico bancario beneficiario: Posta Esempio S.r.l. "
            "IBAN: IT24F9999999990000ESEMPIO causale: R7K2M-4 da pagare: 36,48 € con lettera d'impegno: no "
            "sullo schermo: Pagare con carta?"
        ),
        (
            "how to pay: payment method: Bank transfer beneficiary: Posta Esempio S.r.l. "
            "IBAN: IT24F9999999990000ESEMPIO payment reference: R7K2M-4 to be paid: €36.48 "
            "with a commitment letter: no on the screen: Pagare con carta?"
        ),
    ),
    (
        Kind.PLACED,
        KIT,
        "titolare del kit: email: maria@example.com spedizione: destinatario: Maria Esempio",
        "holder of the kit: e-mail: maria@example.com shipping: recipient: Maria Esempio",
    ),
    (
        Kind.SHOWN,
        {"screen": "RenewalStates:placed", "words": "Ordine"},
        "sullo schermo: conferma dell'ordine testo: Ordine",
        "on the screen: confirmation of the order words: Ordine",
    ),
    (
        Kind.PAYMENT,
        {
            "amount": "10.00",
            "currency": "CHF",
            "registered_at": "2026-11-29T22:30:00+00:00",
            "reason": "surplus",
        },
        "importo: 10.00 valuta: CHF registrato il: 29/11/2026, 23:30:00 CET motivo: più del dovuto",
        "amount: 10.00 currency: CHF received at: 29 Nov 2026, 23:30:00 CET reason: more than was due",
    ),
    (
        Kind.PAYMENT,
        DAMAGED,
        "da pagare entro: 2026-13-40 da pagare: 1e400 registrato il: yesterday imponibile: 0.001",
        "to be paid by: 2026-13-40 to be paid: 1e400 received at: yesterday without VAT: 0.001",
    ),
)
"""Records, with what a reader sees of each in Italian and in English."""


@pytest.mark.parametrize(("language", "place"), [("it", 0), *long(("en", 1))])
def test_each_record_reads_as_people_speak(texts: Texts, language: str, place: int) -> None:
    kept: list[Kept] = []
    head = beginning(CHAIN)
    for kind, value, *_ in READ:
        content = Content(bytes(16), value)
        record = following(head, AT, kind, digest_of(content))
        kept.append((record, content))
        head = Head(record.sequence, record.link)
    given = replace(document(signed=False), records=tuple(kept), head=head, language=language)
    _, words = read_paper(paper(given, texts.translator(language)))
    assert words is not None
    seen = re.sub(r"\n(Pagina|Page) \d+", "", words)
    for _, _, *said in READ:
        assert "".join(said[place].split()) in "".join(seen.split())
    assert says_the_same(given, words, texts.translator(language))
