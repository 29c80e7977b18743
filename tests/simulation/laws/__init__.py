"""What holds every evening, one module a subject: importing the package adds all laws to the registry."""

from tests.simulation.laws import (
    chats,
    evidence,
    money,
    notices,
    ordered,
    orders,
    outbox,
    reminders,
    silence,
    statements,
)

__all__ = [
    "chats",
    "evidence",
    "money",
    "notices",
    "ordered",
    "orders",
    "outbox",
    "reminders",
    "silence",
    "statements",
]
