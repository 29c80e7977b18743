"""Makes the sample mailbox file, with dates around a given day, and names who in it is worth playing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bot.clock import ROME
from bot.demo.sample_data import CUSTOMERS, SampleCustomer, SampleHolder, SampleMailbox
from bot.services.importing.columns import Column


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the sample whose renewal shows a branch of its own.

    `titles` and `notes` are keyed `it` and `en`. The reminder on the page opens the renewal of `address`; of who
    `chooses` it opens the bot's first page, where *Renew* asks for whom and which: that is what is to be seen.
    """

    key: str
    customer: str
    address: str
    titles: dict[str, str]
    notes: dict[str, str]
    chooses: bool = False


PERSONAS: Final = (
    Persona(
        "person",
        "ESEMPIO-01",
        "maria.esempio@pec.example",
        {"it": "Maria, una casella", "en": "Maria, one mailbox"},
        {
            "it": "Il caso più comune: una sola casella Standard, da rinnovare com'è.",
            "en": "The commonest case: a single Standard mailbox, renewed as it is.",
        },
    ),
    Persona(
        "promotion",
        "ESEMPIO-02",
        "officina@fittizia.pec.example",
        {"it": "Officina Fittizia, in promozione", "en": "Officina Fittizia, in promotion"},
        {
            "it": "Prezzo promozionale: al massimo 2 anni. Lo spazio usato è pari al limite.",
            "en": "Promotional price: two years at most. The space used equals the limit.",
        },
    ),
    Persona(
        "archive",
        "ESEMPIO-04",
        "archivio@esempio.pec.example",
        {"it": "Archivio Esempio, Premium", "en": "Archivio Esempio, Premium"},
        {
            "it": "Archivio da 5 GB: passando a Pro servono GB aggiuntivi, passando a Standard si perde.",
            "en": "A 5 GB archive: Pro needs extra GB, Standard would destroy it.",
        },
    ),
    Persona(
        "thirty",
        "ESEMPIO-11",
        "sede01@grande.pec.example",
        {"it": "Grande Esempio, 30 caselle", "en": "Grande Esempio, 30 mailboxes"},
        {
            "it": "Scelta multipla a pagine e un solo ordine per tutte.",
            "en": "Selection over several pages, and one order for all of them.",
        },
        chooses=True,
    ),
    Persona(
        "two-holders",
        "ESEMPIO-12",
        "clienteuno@studio.pec.example",
        {"it": "Studio con due titolari", "en": "An accountant with two holders"},
        {
            "it": "Un solo cliente, caselle di due titolari diversi.",
            "en": "One customer whose mailboxes belong to two different holders.",
        },
        chooses=True,
    ),
    Persona(
        "last-days",
        "ESEMPIO-08",
        "dino.prova@pec.example",
        {"it": "Dino, scaduta da 88 giorni", "en": "Dino, expired 88 days ago"},
        {
            "it": "Due giorni alla cancellazione: i pagamenti lenti non sono più accettati.",
            "en": "Two days before deletion: slow payment methods are refused.",
        },
    ),
    Persona(
        "public",
        "ESEMPIO-06",
        "protocollo@comune.pec.example",
        {"it": "Comune di Esempio", "en": "Comune di Esempio, a public body"},
        {
            "it": "Pubblica amministrazione: scissione dei pagamenti e bonifico con lettera d'impegno.",
            "en": "Public administration: split payment, and a transfer with a commitment letter.",
        },
    ),
    Persona(
        "foreign",
        "ESEMPIO-07",
        "kontakt@beispiel.pec.example",
        {"it": "Beispiel Muster, dalla Germania", "en": "Beispiel Muster, from Germany"},
        {
            "it": "Titolare estero, in inglese: formati e fattura diversi.",
            "en": "A holder abroad, in English: other formats, another invoice.",
        },
    ),
    Persona(
        "incomplete",
        "ESEMPIO-13",
        "incompleta@mancanti.pec.example",
        {"it": "Dati Mancanti", "en": "Dati Mancanti, incomplete data"},
        {
            "it": "Mancano telefono e legale rappresentante: si completano durante il rinnovo.",
            "en": "Telephone and legal representative are missing, and are asked for on the way.",
        },
    ),
    Persona(
        "blocked",
        "ESEMPIO-10",
        "ufficio@quattroprove.pec.example",
        {"it": "Quattro Prove, tre caselle bloccate", "en": "Quattro Prove, three blocked mailboxes"},
        {
            "it": "Dominio proprio, rinnovo automatico, casella cancellata: ognuna con la sua via d'uscita.",
            "en": "Own domain, automatic renewal, deleted: each with its way out.",
        },
        chooses=True,
    ),
)


def write_sample(path: Path, today: date, *, only: str | None = None) -> None:
    """Write the sample as a CSV mailbox file, as if it were exported at the beginning of `today` in Rome.

    `only` is the code of the one customer that is wanted.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Column), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in sample_rows(today) if only is None or row[Column.CUSTOMER] == only)


def sample_rows(today: date) -> Iterator[dict[Column, str]]:
    """The rows of the sample, with the columns that are not empty."""
    for customer in CUSTOMERS:
        for holder in customer.holders:
            for mailbox in holder.mailboxes:
                yield _row(customer, holder, mailbox, today)


def _row(
    customer: SampleCustomer, holder: SampleHolder, mailbox: SampleMailbox, today: date
) -> dict[Column, str]:
    row = {
        Column.CUSTOMER: customer.code,
        Column.REFERENCE_EMAIL: customer.email or f"{customer.code.lower()}@example.com",
        Column.LANGUAGE: customer.language,
        Column.ADDRESS: mailbox.address,
        Column.PLAN: mailbox.plan,
        Column.EXPIRES_ON: (today + timedelta(days=mailbox.days)).isoformat(),
        Column.EXTRA_MAILBOX_GB: str(mailbox.extra[0]),
        Column.EXTRA_ARCHIVE_GB: str(mailbox.extra[1]),
        Column.AUTO_RENEW: "true" if mailbox.auto_renew else "false",
        Column.PROMO: mailbox.promo,
    }
    if mailbox.measured is not None:
        day = today - timedelta(days=mailbox.measured)
        row[Column.USED_MAILBOX_GB], row[Column.USED_ARCHIVE_GB] = mailbox.used
        row[Column.USAGE_AT] = datetime.combine(day, time(), ROME).isoformat()
    return row | {Column(name): text for name, text in holder.data.items()}
