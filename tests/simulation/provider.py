"""The provider behind the operator: what is true of the mailboxes, what it was lately, and the files that say so."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.simulation.actions import Lot

SAMPLE: Final = Path(__file__).parents[2] / "samples" / "mailboxes.csv"
EXPIRIES: Final = (
    95,
    91,
    66,
    61,
    45,
    38,
    36,
    34,
    31,
    30,
    20,
    16,
    9,
    8,
    4,
    2,
    0,
    -1,
    -8,
    -29,
    -62,
    -74,
    -84,
    -88,
    -95,
)
"""Days until the expiry, on the first day: each step of the ladder falls into a life of some of them."""
_PLANS: Final = ("standard", "pro", "premium", "light", "domain")
_SPACES: Final = {"light": 1, "standard": 1, "pro": 2, "premium": 2, "domain": 1}
_KEPT: Final = 12
"""Files that lag behind lag by so many exports at most."""

_STAY: Final = 3
"""So many mailboxes never leave."""

Row = dict[str, str]


class Provider:
    """The mailboxes as the provider has them, by address."""

    def __init__(self, lot: Lot, today: date) -> None:
        """Make a few customers with their mailboxes."""
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            samples = list(csv.DictReader(file))
        self.columns = list(samples[0])
        self.rows: dict[str, Row] = {}
        self.touched: set[str] = set()
        """The addresses that a file has named since this was emptied."""
        self._left: dict[str, Row] = {}
        self._past: list[Mapping[str, Row]] = []
        self._made = 0
        abroad = [each for each in samples if each["country"] != "IT" and each["vat_number"]]
        for number in range(lot.randint(3, 5)):
            sample = lot.choice(abroad if lot.percent(20) else samples)
            for _ in range(lot.choice((1, 1, 2, 3))):
                self.add(lot, f"CLIENTE-{number + 1}", sample, today)

    @property
    def customers(self) -> list[str]:
        """The codes of the customers."""
        return sorted({row["customer"] for row in self.rows.values()})

    def emails(self) -> list[str]:
        """The reference e-mails."""
        return sorted({row["reference_email"] for row in self.rows.values()})

    def add(self, lot: Lot, customer: str, sample: Row, today: date) -> None:
        """A mailbox more, of a customer who has others or none."""
        self._made += 1
        mine = [row for row in self.rows.values() if row["customer"] == customer]
        plan = lot.choices(_PLANS, (4, 8, 4, 1, 1))[0]
        row = dict(mine[0] if mine else sample)
        row |= {
            "customer": customer,
            "reference_email": f"{customer.lower()}@example.com",
            "address": f"casella{self._made}@pec.example",
            "plan": plan,
            "expires_on": (today + timedelta(days=lot.choice(EXPIRIES))).isoformat(),
            "extra_mailbox_gb": "0",
            "extra_archive_gb": "0",
            "used_mailbox_gb": lot.choice(("0.20", "0.60", "0.95")),
            "used_archive_gb": "0" if plan in {"standard", "light", "domain"} else lot.choice(("0", "1.00")),
            "usage_at": f"{today.isoformat()}T00:00:00+01:00",
            "auto_renew": lot.choice(("false", "false", "true")),
            "promo": "",
        }
        self.rows[row["address"]] = row

    def learn(self, renewed: Iterable[tuple[str, date, str, int, int]]) -> None:
        """Renew what was paid: address, new expiry, plan and extra GB."""
        for address, expires_on, plan, mailbox_gb, archive_gb in renewed:
            if (row := self.rows.get(address) or self._left.get(address)) is not None:
                row["expires_on"] = expires_on.isoformat()
                row["plan"], row["extra_mailbox_gb"] = plan, str(mailbox_gb)
                row["extra_archive_gb"] = str(archive_gb)

    def move(self, lot: Lot) -> None:
        """Dates move, by a few days or a year, for reasons of the provider's own."""
        for row in self.rows.values():
            if lot.percent(25):
                moved = date.fromisoformat(row["expires_on"]) + timedelta(
                    days=lot.choice((-3, 1, 7, 30, 365))
                )
                row["expires_on"] = moved.isoformat()

    def fill(self, lot: Lot, now: datetime) -> None:
        """Mailboxes fill up, or are emptied."""
        for row in self.rows.values():
            if lot.percent(40):
                size = _SPACES[row["plan"]] + int(row["extra_mailbox_gb"])
                row["used_mailbox_gb"] = f"{size * lot.choice((0.1, 0.72, 0.91, 1.0)):.2f}"
                row["usage_at"] = now.isoformat(timespec="seconds")

    def switch(self, lot: Lot) -> None:
        """Automatic renewal begins and ends, where the provider's own page was used."""
        for row in self.rows.values():
            if lot.percent(30):
                row["auto_renew"] = lot.choice(("true", "false"))

    def leave(self, lot: Lot) -> None:
        """A mailbox leaves, or one that has left comes back; some always stay."""
        if self._left and lot.percent(40):
            address = lot.choice(sorted(self._left))
            self.rows[address] = self._left.pop(address)
        elif len(self.rows) > _STAY:
            address = lot.choice(sorted(self.rows))
            self._left[address] = self.rows.pop(address)

    def keep(self) -> None:
        """Remember how it is now, for files that come late."""
        self._past = [*self._past[-_KEPT:], {address: dict(row) for address, row in self.rows.items()}]

    def file(self, lot: Lot, *, behind: bool = False, spoilt: bool = False) -> str:
        """A mailbox file: of now, or of one of the last exports; `spoilt` has rows that nobody can read."""
        rows = [
            dict(row) for row in (lot.choice(self._past) if behind and self._past else self.rows).values()
        ]
        self.touched |= {row["address"] for row in rows}
        if spoilt:
            for row in rows:
                if lot.percent(40):
                    column, value = lot.choice(
                        (
                            ("expires_on", "31/02/2027"),
                            ("plan", "gold"),
                            ("customer", ""),
                            ("address", "senza chiocciola"),
                            ("used_mailbox_gb", "molti"),
                            ("auto_renew", "forse"),
                        )
                    )
                    row[column] = value
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.columns)
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()
