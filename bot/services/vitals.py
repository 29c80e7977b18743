"""What one process did so far, and who it answers now; that there are workers at all, `bot.services.beats` tells.

Counted for `/metrics`, where it becomes Prometheus's text. Every label has a short list of possible values, and none
of them says anything about anybody.
"""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, ProcessCollector

from bot.services.giving_way import Answering


class Vitals:
    """Written by whoever does the work, read by the pages for the machine that watches the bot.

    Attributes:
        answering: the updates that are being answered, for whatever gives way to them.
    """

    def __init__(self) -> None:
        """Begin with nothing counted, in a registry of its own."""
        self.answering = Answering()
        self.registry = CollectorRegistry()
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
        self._invoices = Counter(
            "rinnovo_invoice_callbacks",
            "Calls that told of an invoice, by what they were answered.",
            ("outcome",),
            registry=self.registry,
        )
        self._planned = Counter(
            "rinnovo_reminders_planned",
            "Reminders that were written to the outbox, for chats and by e-mail.",
            registry=self.registry,
        )
        self._settled = Counter(
            "rinnovo_outbox_settled",
            "Attempts to send a message, an e-mail or an event; 'due' will be tried again.",
            ("channel", "state"),
            registry=self.registry,
        )

    def planned(self, messages: int) -> None:
        """The reminders that are due are planned: so many messages."""
        self._planned.inc(messages)

    def updated(self, kind: str, *, failed: bool) -> None:
        """An update was processed; `kind` is one of Telegram's names for them, or `other`."""
        self._updates.labels(kind, "failed" if failed else "ok").inc()

    def called_back(self, outcome: str) -> None:
        """A payment callback was answered: an outcome of DOMAIN.md 5, or one of the callback's refusals."""
        self._callbacks.labels(outcome).inc()

    def told_of_invoice(self, outcome: str) -> None:
        """An invoice callback was answered: an outcome of its contract, or one of the callback's refusals."""
        self._invoices.labels(outcome).inc()

    def settled(self, channel: StrEnum, result: StrEnum) -> None:
        """An attempt to send a row of the outbox, over this `Channel`, came to this `Result`."""
        self._settled.labels(channel.value, result.value).inc()
