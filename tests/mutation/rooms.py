"""What is changed, and which tests should notice."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Room:
    """Some modules, and the tests that belong to them, the quickest first.

    Both are paths below the root of the tree; of a folder, every module directly in it counts.
    """

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]

    def modules(self, root: Path) -> list[Path]:
        """List the modules, as paths below ``root``, in one order on every machine.

        Raises:
            FileNotFoundError: a source is gone, as after a move.
        """
        found: list[Path] = []
        for source in self.sources:
            path = root / source
            if not path.exists():
                raise FileNotFoundError(source)
            found += sorted(path.glob("*.py")) if path.is_dir() else [path]
        return [path.relative_to(root) for path in found]


ROOMS = (
    Room(
        "payments",
        ("bot/domain/payments.py", "bot/domain/collective.py", "bot/services/payments"),
        (
            "tests/domain/test_payments.py",
            "tests/domain/test_collective.py",
            "tests/services/payments",
            "tests/handlers/test_paying.py",
            "tests/handlers/test_paid.py",
        ),
    ),
    Room(
        "orders",
        ("bot/domain/orders.py", "bot/domain/deadlines.py", "bot/services/orders"),
        (
            "tests/domain/test_deadlines.py",
            "tests/domain/test_summary.py",
            "tests/services/orders",
            "tests/services/evidence/test_of_orders.py",
            "tests/services/office/test_decisions.py",
            "tests/web/test_invoice_callback.py",
            "tests/handlers/test_paying.py",
            "tests/handlers/test_paid.py",
        ),
    ),
    Room(
        "outbox",
        ("bot/services/sending/outbox",),
        (
            "tests/services/sending/test_outbox.py",
            "tests/services/sending/test_delivery.py",
            "tests/services/sending/test_pausing.py",
            "tests/services/sending/test_undelivered.py",
            "tests/services/evidence/test_told.py",
        ),
    ),
    Room(
        "reminders",
        ("bot/domain/reminders.py", "bot/domain/owed.py", "bot/services/reminders"),
        (
            "tests/domain/test_reminders.py",
            "tests/domain/test_owed.py",
            "tests/services/reminders",
            "tests/handlers/test_reminders_any_time.py",
            "tests/handlers/test_reminders_later.py",
            "tests/handlers/test_reminders_muted.py",
        ),
    ),
)
