"""What holds every evening, one module a subject: importing the package adds all laws to the registry."""

from tests.simulation.laws import chats, money, notices, orders, outbox, reminders

__all__ = ["chats", "money", "notices", "orders", "outbox", "reminders"]
