"""Customers whose renewals look different: what every window has to be able to show."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.registrant import HolderKind, Registrant
from tests.support.seed import Seed, registrant

CUSTOMER = "esempio"
TRICKY = "<b>&\"Esempio\"</b> & 'Figli' <a href=x>"
QUOTED = '"Esempio & Figli" di Maria & d\'Esempio'
LONG_LABEL = "casella" * 8
LONG_ADDRESS = f"{LONG_LABEL}@{'sotto-dominio' * 4}.{'organizzazione' * 4}.pec.example"

Made = Callable[[Seed], Awaitable[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A customer with mailboxes; `make` returns the ids of those that are renewed together.

    One that does not complete has data that cannot be ordered with.
    """

    name: str
    make: Made
    completes: bool = True
    kit: str | None = "smart_card"
    method: str = "bank_transfer"


def _one(**changes: object) -> Made:
    async def make(seed: Seed) -> Sequence[int]:
        return [await seed.mailbox(CUSTOMER, **changes)]  # type: ignore[arg-type] # what a test may say

    return make


def _many(number: int, **changes: object) -> Made:
    async def make(seed: Seed) -> Sequence[int]:
        plans = ("standard", "pro", "premium")
        return [
            await seed.mailbox(
                CUSTOMER,
                address=f"ufficio-territoriale-{position:03}@organizzazione.pec.example",
                plan=plans[position % 3],
                expires_in=position + 1,
                extra=(1, 0) if position % 3 == 0 else (position % 7, position % 5),
                used=("1.2", "2.1") if position % 3 else ("0.3", "0"),
                **changes,  # type: ignore[arg-type] # what a test may say
            )
            for position in range(number)
        ]

    return make


def _company(name: str, legal_rep: str) -> Registrant:
    return replace(registrant(HolderKind.COMPANY), business_name=name, legal_rep=legal_rep)


async def _blocked(seed: Seed) -> Sequence[int]:
    """One that can be renewed beside one for every reason why another cannot."""
    await seed.mailbox(CUSTOMER, plan="domain")
    await seed.mailbox(CUSTOMER, auto_renew=True)
    await seed.mailbox(CUSTOMER, auto_renew=True, expires_in=3)
    await seed.mailbox(CUSTOMER, expires_in=-100)
    return [await seed.mailbox(CUSTOMER), await seed.mailbox(CUSTOMER, plan="pro")]


_FOREIGN = replace(
    registrant(HolderKind.FREELANCER),
    tax_code="DE123456",
    vat_number="DE136695976",
    recipient_code="XXXXXXX",
    recipient_pec="",
    address=replace(
        registrant().address,
        street="Musterstraße 5",
        postcode="10115",
        town="Berlin",
        province="",
        country="DE",
    ),
    phone="+4930123456",
)
_LONG_NAME = "Consorzio Interregionale per la Valorizzazione " * 2 + "dei Territori Montani"

SHAPES = (
    Shape("one", _one(plan="premium", used=("1.5", "4.2"))),
    Shape("thirty", _many(30)),
    Shape("ninety_nine", _many(99)),
    Shape("blocked", _blocked),
    Shape(
        "html",
        _one(holder=_company(TRICKY, TRICKY), address="a&b'c@pec.example"),
        completes=False,
    ),
    Shape(
        "incomplete",
        _one(holder=replace(registrant(HolderKind.COMPANY), phone="", legal_rep="")),
        completes=False,
    ),
    Shape("quotes", _one(holder=_company(QUOTED, "Maria D'Esempio")), kit="usb_token"),
    Shape(
        "long",
        _one(
            holder=_company(_LONG_NAME, "Massimiliano della Prova Lunga"),
            address=LONG_ADDRESS,
            plan="pro",
            used=("3.7", "9.9"),
        ),
    ),
    Shape(
        "public",
        _one(holder=replace(registrant(HolderKind.PUBLIC_ADMINISTRATION), split_payment=True), plan="pro"),
        method="pa_transfer",
    ),
    Shape("foreign", _one(holder=_FOREIGN), method="card", kit="remote"),
    Shape("promotion", _one(promo="welcome", extra=(1, 0), used=("1.9", "0")), method="paypal", kit=None),
    Shape("expired", _one(expires_in=-88, plan="pro"), method="card"),
    Shape("unknown_usage", _one(used=None, plan="premium"), method="slip_preprinted"),
    Shape(
        "old_usage", _one(usage_age_hours=100, plan="premium", used=("2.6", "5.5")), method="slip_ordinary"
    ),
    Shape("withdrawn_plan", _one(plan="light", used=("0.4", "0"))),
    Shape("too_full", _one(used=("1.4", "0"))),
    Shape("sole_trader", _one(kind=HolderKind.SOLE_TRADER)),
    Shape("association", _one(kind=HolderKind.ASSOCIATION)),
)
