"""The fictional customers of the sample file, who reach every branch of a renewal (DOMAIN.md 3).

Nobody in it exists: tax codes have a place of birth that was never assigned (Z999), VAT numbers a province
that does not exist (999), addresses and telephone numbers belong to nobody. Days are counted from the day of
the sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class SampleMailbox:
    """A mailbox. `days` is how long it is still paid; `measured` how many days ago its usage was, if ever."""

    address: str
    plan: str
    days: int
    used: tuple[str, str] = ("0.35", "0")
    extra: tuple[int, int] = (0, 0)
    measured: int | None = 0
    auto_renew: bool = False
    promo: str = ""


@dataclass(frozen=True, slots=True)
class SampleHolder:
    """A holder with its mailboxes; `data` has the registrant columns that are not empty."""

    data: Mapping[str, str]
    mailboxes: tuple[SampleMailbox, ...]


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """A customer with its holders; `language` is `it` or `en`."""

    code: str
    holders: tuple[SampleHolder, ...]
    language: str = "it"
    email: str = field(default="")
    """Empty: the code at `example.com`."""


def _person(
    kind: str, first: str, last: str, tax_code: str, vat_number: str = "", **more: str
) -> dict[str, str]:
    names = {
        "kind": kind,
        "first_name": first,
        "last_name": last,
        "tax_code": tax_code,
        "vat_number": vat_number,
    }
    return _AT_HOME | names | more


def _body(kind: str, name: str, code: str, vat_number: str = "", **more: str) -> dict[str, str]:
    names = {"kind": kind, "business_name": name, "tax_code": code, "vat_number": vat_number}
    return _AT_HOME | names | {"legal_rep": "Ivo Esempio"} | more


_AT_HOME: Final = {
    "street": "Via dell'Esempio 12",
    "postcode": "00100",
    "town": "Roma",
    "province": "RM",
    "country": "IT",
    "phone": "+390600000001",
}

_THIRTY: Final = tuple(
    SampleMailbox(f"sede{number:02d}@grande.pec.example", plan, days, used)
    for number, (plan, days, used) in enumerate(
        [("standard", 5 + 3 * step, ("0.40", "0")) for step in range(15)]
        + [("pro", 52 + 5 * step, ("1.20", "0.80")) for step in range(10)]
        + [("premium", 110 + 20 * step, ("1.90", "6.40")) for step in range(5)],
        start=1,
    )
)

CUSTOMERS: Final = (
    SampleCustomer(
        "ESEMPIO-01",
        (
            SampleHolder(
                _person("natural_person", "Maria", "Esempio", "SMPMRA85D52Z999I"),
                (SampleMailbox("maria.esempio@pec.example", "standard", 12),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-02",
        (
            SampleHolder(
                _person(
                    "sole_trader",
                    "Bruno",
                    "Fittizio",
                    "FTTBRN79P03Z999Y",
                    "99000019994",
                    business_name="Officina Fittizia di Bruno Fittizio",
                    recipient_code="0000000",
                ),
                (
                    SampleMailbox(
                        "officina@fittizia.pec.example", "standard", 20, ("1.00", "0"), promo="welcome"
                    ),
                ),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-03",
        (
            SampleHolder(
                _person(
                    "freelancer",
                    "Ada",
                    "Campione",
                    "CMPDAA90A67Z999P",
                    "99000029993",
                    recipient_pec="fatture.campione@pec.example",
                ),
                (SampleMailbox("ada.campione@pec.example", "pro", 25, ("2.40", "1.20"), (1, 0)),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-04",
        (
            SampleHolder(
                _body(
                    "company",
                    "Archivio Esempio S.r.l.",
                    "99000039992",
                    "99000039992",
                    recipient_code="ESEMPI0",
                ),
                (SampleMailbox("archivio@esempio.pec.example", "premium", 9, ("1.60", "5.00")),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-05",
        (
            SampleHolder(
                _body("association", "Associazione di Prova", "99000049991", recipient_code="0000000"),
                (SampleMailbox("associazione@prova.pec.example", "standard", 40, ("1.80", "0"), (1, 0)),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-06",
        (
            SampleHolder(
                _body(
                    "public_administration",
                    "Comune di Esempio",
                    "99000059990",
                    recipient_code="ESEMP1",
                    cig="Z000000000",
                    cup="A00A00000000000",
                    split_payment="true",
                ),
                (SampleMailbox("protocollo@comune.pec.example", "pro", 35, ("1.10", "2.20")),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-07",
        (
            SampleHolder(
                _body(
                    "company",
                    "Beispiel Muster GmbH",
                    "DE999999995",
                    "DE999999995",
                    legal_rep="Jane Placeholder",
                    street="Musterstraße 1",
                    postcode="10115",
                    town="Berlin",
                    province="",
                    country="DE",
                    phone="+4930000001",
                    recipient_code="XXXXXXX",
                ),
                (SampleMailbox("kontakt@beispiel.pec.example", "pro", 18, ("0.90", "0.10")),),
            ),
        ),
        language="en",
    ),
    SampleCustomer(
        "ESEMPIO-08",
        (
            SampleHolder(
                _person(
                    "freelancer", "Dino", "Prova", "PRVDNI68L15Z999W", "99000069999", recipient_code="0000000"
                ),
                (SampleMailbox("dino.prova@pec.example", "standard", -88),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-09",
        (
            SampleHolder(
                _person("natural_person", "Elsa", "Modello", "MDLLSE82S48Z999C"),
                (
                    SampleMailbox("elsa.modello@pec.example", "standard", -10),
                    SampleMailbox("elsa.modello.vecchia@pec.example", "standard", -95),
                ),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-10",
        (
            SampleHolder(
                _body(
                    "company", "Quattro Prove S.p.A.", "99000079998", "99000079998", recipient_code="PR0VA00"
                ),
                (
                    SampleMailbox("info@quattroprove.example", "domain", 30),
                    SampleMailbox(
                        "automatica@quattroprove.pec.example", "pro", 45, ("0.50", "0.30"), auto_renew=True
                    ),
                    SampleMailbox("eliminata@quattroprove.pec.example", "standard", -120, measured=None),
                    SampleMailbox("ufficio@quattroprove.pec.example", "standard", 15),
                    SampleMailbox("vendite@quattroprove.pec.example", "standard", 40),
                ),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-11",
        (
            SampleHolder(
                _body(
                    "company", "Grande Esempio S.p.A.", "99000089997", "99000089997", recipient_code="GRANDE0"
                ),
                _THIRTY,
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-12",
        (
            SampleHolder(
                _body(
                    "company", "Cliente Uno S.r.l.", "99000099996", "99000099996", recipient_code="CL1ENT1"
                ),
                (
                    SampleMailbox("clienteuno@studio.pec.example", "pro", 14, ("1.00", "2.00")),
                    SampleMailbox("vendite@clienteuno.pec.example", "standard", 60),
                ),
            ),
            SampleHolder(
                _person(
                    "sole_trader",
                    "Gino",
                    "Finto",
                    "FNTGNI75B28Z999L",
                    "99000109993",
                    business_name="Finto Impianti",
                    recipient_pec="finto.impianti@pec.example",
                ),
                (
                    SampleMailbox("finto.impianti@pec.example", "standard", 22),
                    SampleMailbox("gino.finto@pec.example", "premium", 150, ("0.20", "0.10")),
                ),
            ),
        ),
        email="studio@example.com",
    ),
    SampleCustomer(
        "ESEMPIO-13",
        (
            SampleHolder(
                _body(
                    "company", "Dati Mancanti S.r.l.", "99000119992", "99000119992", legal_rep="", phone=""
                ),
                (SampleMailbox("incompleta@mancanti.pec.example", "pro", 11, ("0.80", "0.60")),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-14",
        (
            SampleHolder(
                _person("natural_person", "Rita", "Bozza", "BZZRTI93H59Z999W"),
                (SampleMailbox("rita.bozza@pec.example", "light", 28),),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-15",
        (
            SampleHolder(
                _body(
                    "company",
                    "Spazio Esaurito S.r.l.",
                    "99000129991",
                    "99000129991",
                    recipient_code="SPAZ100",
                ),
                (
                    SampleMailbox("standard.oltre@spazio.pec.example", "standard", 16, ("2.30", "0"), (1, 0)),
                    SampleMailbox("pro.oltre@spazio.pec.example", "pro", 17, ("2.01", "3.40"), (1, 1)),
                    SampleMailbox(
                        "premium.oltre@spazio.pec.example", "premium", 19, ("2.50", "8.60"), (1, 1)
                    ),
                    SampleMailbox("pro.pieno@spazio.pec.example", "pro", 21, ("2.00", "3.00")),
                    SampleMailbox("premium.pieno@spazio.pec.example", "premium", 23, ("2.00", "8.00")),
                ),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-16",
        (
            SampleHolder(
                _person(
                    "freelancer",
                    "Ugo",
                    "Segnaposto",
                    "SGNGUO71R01Z999U",
                    "99000139990",
                    recipient_code="0000000",
                ),
                (
                    SampleMailbox("ugo.segnaposto@pec.example", "pro", 32, measured=None),
                    SampleMailbox(
                        "archivio.segnaposto@pec.example", "premium", 33, ("0.70", "3.10"), measured=3
                    ),
                ),
            ),
        ),
    ),
    SampleCustomer(
        "ESEMPIO-17",
        (
            SampleHolder(
                _person("natural_person", "Jane", "Placeholder", "PLCJNA84E70Z999I"),
                (
                    SampleMailbox(
                        "jane.placeholder@pec.example", "premium", 27, ("0.60", "2.50"), promo="welcome"
                    ),
                    SampleMailbox("jane.archive@pec.example", "pro", 29, ("0.30", "0.90"), promo="welcome"),
                ),
            ),
        ),
        language="en",
    ),
    SampleCustomer(
        "ESEMPIO-18",
        (
            SampleHolder(
                _person("natural_person", "Lina", "Prototipo", "PRTLNI88C62Z999K"),
                (SampleMailbox("lina.prototipo@pec.example", "standard", 0),),
            ),
        ),
        email="lina.prototipo@pec.example",
    ),
    SampleCustomer(
        "ESEMPIO-19",
        (
            SampleHolder(
                _body("public_administration", "Scuola di Prova", "99000149999"),
                (SampleMailbox("segreteria@scuola.pec.example", "standard", 50),),
            ),
        ),
    ),
)
