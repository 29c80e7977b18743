"""The signs of life of one process: what it did so far, and when its worker last looked around.

Counted for `/metrics`, where it becomes Prometheus's text. Every label has a short list of possible values, and none
of them says anything about anybody.
"""

from datetime import datetime
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, ProcessCollector


class Vitals:
    """Written by whoever does the work, read by the pages for the machine that watches the bot."""

    def __init__(self) -> None:
        """Begin with nothing counted, in a registry of its own."""
        self.registry = CollectorRegistry()
        self._last_tick: datetime | None = None
        ProcessCollector(registry=self.registry)
        self._updates = Counter(
            "rinnovo_updates",
            "Updates from Telegram, by kind, and whether a handler failed.",
            ("kind", "result"),
            registry=self.registry,
        )
        self._callbacks = Counter(
            "rinnovo_payment_callbacks",
            "Calls that reported a payment, by what they were answered.",
            ("outcome",),
            registry=self.registry,
        )
        self._planned = Counter(
            "rinnovo_reminders_planned",
            "Reminders that were written to the outbox, for chats and by e-mail.",
            registry=self.registry,
        )
        self._last_planning: datetime | None = None
        self._settled = Counter(
            "rinnovo_outbox_settled",
            "Attempts to send a message, an e-mail or an event; 'due' will be tried again.",
            ("channel", "state"),
            registry=self.registry,
        )

    @property
    def last_tick(self) -> datetime | None:
        """When the worker of this process last looked for what is due; None where there is none."""
        return self._last_tick

    def ticked(self, now: datetime) -> None:
        """The worker looks for what is due, at this instant."""
        self._last_tick = now

    @property
    def last_planning(self) -> datetime | None:
        """When the worker of this process last planned reminders, which it does in their hours; None before that."""
        return self._last_planning

    def planned(self, now: datetime, messages: int) -> None:
        """The reminders that are due at this instant are planned: so many messages."""
        self._last_planning = now
        self._planned.inc(messages)

    def updated(self, kind: str, *, failed: bool) -> None:
        """An update was processed; `kind` is one of Telegram's names for them, or `other`."""
        self._updates.labels(kind, "failed" if failed else "ok").inc()

    def called_back(self, outcome: str) -> None:
        """A payment callback was answered: an outcome of DOMAIN.md 5, or one of the callback's refusals."""
        self._callbacks.labels(outcome).inc()

    def settled(self, channel: StrEnum, result: StrEnum) -> None:
        """An attempt to send a row of the outbox, over this `Channel`, came to this `Result`."""
        self._settled.labels(channel.value, result.value).inc()
