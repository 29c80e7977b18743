"""What the operator sells, on which terms, and the numbers that an operator may change.

Values only: the file is read and judged by `bot.services.catalogue.file`. Prices are net of VAT, in cents.
Names shown to users are `Names`, a text for each language of the bot.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from bot.domain.money import Cents
from bot.domain.registrant import HolderKind
from bot.domain.statements.profile import StatementProfile

Names: TypeAlias = Mapping[str, str]
"""A text for each language, keyed `it` and `en`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A type of mailbox (DOMAIN.md 3.2).

    `extra_mailbox_price` and `extra_archive_price` are for one GB and year, None where no extra is sold.
    `extra_mailbox_cap` and `extra_archive_cap` bound the extra GB (0 where none is sold).
    A plan with `on_sale` False can be kept but not chosen; `own_domain` is renewed with its domain, never here.
    `deletion_days` and `renew_from_days` are those of the plan's provider, None where the rules' hold for it too
    (DOMAIN.md 10): ask `bot.domain.mailboxes` for the days of a mailbox, never these.
    """

    id: str
    names: Names
    price: Cents
    mailbox_gb: int
    archive_gb: int
    extra_mailbox_price: Cents | None
    extra_archive_price: Cents | None
    extra_mailbox_cap: int
    extra_archive_cap: int
    features: tuple[str, ...]
    on_sale: bool
    own_domain: bool
    deletion_days: int | None
    renew_from_days: int | None

    @property
    def has_archive(self) -> bool:
        """Whether messages can be archived under this plan at all."""
        return self.archive_gb > 0


@dataclass(frozen=True, slots=True)
class Promotion:
    """A price for the mailboxes that carry this promotion's id, valid through `until` (DOMAIN.md 3.7).

    `prices` are net per year by plan id; a plan that is not listed has its ordinary price.
    """

    id: str
    names: Names
    prices: Mapping[str, Cents]
    max_years: int
    until: date


@dataclass(frozen=True, slots=True)
class Kit:
    """A digital-signature kit, paid once, with a certificate of `certificate_years` (DOMAIN.md 3.4).

    `shipping_price` is None for a remote signature, which has no hardware and needs no address.
    """

    id: str
    names: Names
    descriptions: Names
    price: Cents
    shipping_price: Cents | None
    certificate_years: int

    @property
    def has_hardware(self) -> bool:
        """Whether something is shipped, so that an address is needed."""
        return self.shipping_price is not None


class MethodFamily(StrEnum):
    """How a payment is made, which decides the instructions of the confirmation (DOMAIN.md 4)."""

    BANK_TRANSFER = "bank_transfer"
    POSTAL_SLIP = "postal_slip"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Registration:
    """When a payment made today is registered (DOMAIN.md 3.6).

    `at_once` needs no working day. Otherwise it takes `min_days` to `max_days` of the days that count for the method;
    zero is the same day.
    """

    at_once: bool
    min_days: int
    max_days: int


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A way to pay outside the chat, with what its instructions need (DOMAIN.md 3.6 and 4).

    `names` stand by themselves, `in_sentence` is how a sentence goes on with them: "con carta di credito o debito".
    `short_names` are for buttons that say more than the method ("con bonifico"); where there are none, the same.
    `label_names` are for the method's own button, beside a date. From the hour `cutoff` on, a payment counts as ordered
    on the next day; None where the whole day counts. An `instant` transfer is with the operator in seconds, at any hour
    of any day: `registration` is then the operator's own booking. `kinds` lists who may use it. `iban`, `bic` and
    `beneficiary` belong to a transfer, `account` and `beneficiary` to a postal slip, `url` (with `{order}` and
    `{amount}`) to a link. `commitment_letter` marks the transfer with which a public administration pays. A transfer of
    which `creditor_reference` is true is shown the ISO 11649 reference of the order, too (DOMAIN.md 8).
    """

    id: str
    names: Names
    in_sentence: Names
    short_names: Names
    label_names: Names
    family: MethodFamily
    registration: Registration
    cutoff: time | None
    instant: bool
    carries_auto_renew: bool
    commitment_letter: bool
    kinds: frozenset[HolderKind]
    beneficiary: str
    iban: str
    bic: str
    account: str
    url: str
    creditor_reference: bool = False


class DocumentId(StrEnum):
    """The separate acceptances of an order (DOMAIN.md 3.8), in the order in which they are shown."""

    CONDITIONS = "conditions"
    CLAUSES = "clauses"
    PRIVACY = "privacy"
    EARLY_START = "early_start"


@dataclass(frozen=True, slots=True)
class Clause:
    """An unfair clause that needs its own approval (artt. 1341-1342 c.c.), listed by number and title."""

    number: str
    titles: Names


@dataclass(frozen=True, slots=True)
class Document:
    """A text that is accepted: its version, where it can be read, and the SHA-256 of what stands there."""

    id: DocumentId
    names: Names
    version: str
    urls: Names
    sha256: Mapping[str, str]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the bot, and where users turn for what the bot does not do.

    Each day's signed heads of evidence go to `evidence_email`, None where they stay in the database. `example` marks
    the shipped catalogue of a fictional operator, which every screen of the start says.
    """

    name: str
    legal_name: str
    vat_number: str
    address: str
    email: str
    phone: str
    website: str
    example: bool
    purchase_url: str
    holder_change_url: str
    domain_renewal_url: str
    plan_guide_url: str
    withdrawal_email: str
    evidence_email: str | None


class RenewFrom(StrEnum):
    """From which date the new years of an already expired mailbox run (DOMAIN.md 3.7)."""

    EXPIRY = "expiry"
    PAYMENT = "payment"


class RenewAt(StrEnum):
    """When the provider is asked for what a consumer has paid (DOMAIN.md 7)."""

    PAYMENT = "payment"
    AFTER_WITHDRAWAL = "after_withdrawal"
    """Once the days of withdrawal are over, and never past the expiry; at once for who asked for the early start."""


class RemindByMail(StrEnum):
    """Which customers get their expiry reminders by e-mail (DOMAIN.md 6)."""

    UNREACHABLE = "unreachable"
    """Those whom no chat reaches."""
    ALWAYS = "always"
    """All of them, beside the chat."""


class PaymentLink(StrEnum):
    """By which way links to pages of payment are sent (DOMAIN.md 7)."""

    CHAT = "chat"
    """On a button, and in e-mails."""
    MAIL = "mail"
    """In e-mails alone: the chat says that they are there."""


class VatAbroad(StrEnum):
    """What businesses abroad with a VAT number pay (docs/decisions/036)."""

    CHARGE = "charge"
    """VAT, as everybody."""
    ASK = "ask"
    """What the operator decides of each order before it can be paid."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Numbers of the operator's, in the units their names say.

    Reminders leave from `remind_from_hour` until `remind_until_hour`, full hours of the operator's time zone;
    Split payment rests on an authorisation that ends with `split_payment_until` (DOMAIN.md 3.6).
    `urgent_days` before the expiry or the deletion a reminder leaves on a public holiday too. The notice of an
    automatic renewal leaves `auto_renew_notice_days` before the expiry; proof of it is kept for
    `evidence_years`, as that of orders is; what was told otherwise for `reminder_years`.
    `deletion_days` and `renew_from_days` (None: however early) are the window of every plan that has none of its own;
    `ladder_after` is written for `deletion_days`. `provider_days` are the working days after which a paid
    renewal has to be seen where the mailbox lives (DOMAIN.md 5).
    """

    vat_percent: Decimal
    deletion_days: int
    renew_from_days: int | None
    ladder_before: tuple[int, ...]
    ladder_after: tuple[int, ...]
    max_years: int
    max_mailboxes: int
    mailboxes_per_page: int
    usage_max_age_hours: int
    auto_renew_charge_days: int
    renew_expired_from: RenewFrom
    withdrawal_days: int
    renew_at: RenewAt
    split_payment_until: date
    link_token_days: int
    order_warning_days: int
    kit_step: bool
    urgent_days: int
    remind_from_hour: int
    remind_until_hour: int
    remind_by_mail: RemindByMail
    auto_renew_notice_days: int
    evidence_years: int
    reminder_years: int
    login_code_minutes: int
    login_attempts: int
    login_codes_per_hour: int
    login_codes_per_day: int
    login_link_hours: int
    login_cooldown_minutes: int
    provider_days: int
    payment_link: PaymentLink
    vat_abroad: VatAbroad


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the operator decides. `version` is a digest of the content: equal content, equal version."""

    version: str
    operator: Operator
    rules: Rules
    features: Mapping[str, Names]
    plans: Mapping[str, Plan]
    promotions: Mapping[str, Promotion]
    kits: Mapping[str, Kit]
    methods: Mapping[str, PaymentMethod]
    documents: Mapping[DocumentId, Document]
    statement_profiles: Mapping[str, StatementProfile]
