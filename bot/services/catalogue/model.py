"""The shape of a catalogue file: which tables it has, and which values each of them holds.

The models only say how the file is written; `bot.domain.catalogue` is what the program works with. A value
that may be left out has its default here.
"""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict

from bot.domain.catalogue import PaymentLink, RemindByMail, RenewAt, VatAbroad
from bot.domain.owed import LAWFUL_DAYS
from bot.services.catalogue.values import (
    AbroadVat,
    AskedAt,
    Beneficiary,
    Bic,
    ByMail,
    ClauseNumber,
    ColumnName,
    ColumnNames,
    Company,
    Cutoff,
    DateForm,
    Day,
    DecimalMark,
    Delimiter,
    Digest,
    Email,
    ExpiredFrom,
    Family,
    FeatureIds,
    Flag,
    Iban,
    Kinds,
    LadderAfter,
    LadderBefore,
    LinkWay,
    Name,
    PaymentUrl,
    Percent,
    Phone,
    PostalAccount,
    PostalAddress,
    Price,
    Sentence,
    Shipping,
    TextEncoding,
    ThousandsMark,
    Url,
    VatNumber,
    Version,
    Words,
    whole,
)

RenewFromDays: TypeAlias = Annotated[int, whole(1, 4000, 90)]
"""Days before the expiry; the longest renewal there can be has 3,653."""


class Table(BaseModel):
    """A table of the file: nothing in it that is not known, nothing converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NamesTable(Table):
    """A name in both languages, short enough for a button."""

    it: Name
    en: Name


class SentencesTable(Table):
    """A text in both languages."""

    it: Sentence
    en: Sentence


class UrlsTable(Table):
    """An address for each language."""

    it: Url
    en: Url


class DigestsTable(Table):
    """A digest for each language."""

    it: Digest
    en: Digest


class OperatorTable(Table):
    """`[operator]`."""

    name: Company
    legal_name: Company
    vat_number: VatNumber
    address: PostalAddress
    email: Email
    phone: Phone
    website: Url
    example: Flag = False
    purchase_url: Url
    holder_change_url: Url
    domain_renewal_url: Url
    plan_guide_url: Url
    withdrawal_email: Email
    evidence_email: Email | None = None


class RulesTable(Table):
    """`[rules]`; units are in the names, the meaning in `bot.domain.catalogue.Rules`."""

    vat_percent: Percent
    deletion_days: Annotated[int, whole(1, 365, 90)]
    renew_from_days: RenewFromDays | None = None
    ladder_before: LadderBefore
    ladder_after: LadderAfter
    max_years: Annotated[int, whole(1, 10, 5)]
    max_mailboxes: Annotated[int, whole(1, 99, 99)]
    mailboxes_per_page: Annotated[int, whole(1, 20, 8)]
    usage_max_age_hours: Annotated[int, whole(1, 8760, 24)]
    auto_renew_charge_days: Annotated[int, whole(0, 29, 7)]
    renew_expired_from: ExpiredFrom
    withdrawal_days: Annotated[int, whole(14, 365, 14)]
    renew_at: AskedAt = RenewAt.PAYMENT
    split_payment_until: Day
    link_token_days: Annotated[int, whole(1, 365, 14)]
    order_warning_days: Annotated[int, whole(1, 60, 14)]
    kit_step: Flag
    urgent_days: Annotated[int, whole(0, 30, 3)] = 3
    remind_from_hour: Annotated[int, whole(0, 22, 9)] = 9
    remind_until_hour: Annotated[int, whole(1, 24, 20)] = 20
    remind_by_mail: ByMail = RemindByMail.UNREACHABLE
    auto_renew_notice_days: Annotated[int, whole(LAWFUL_DAYS, 90, 35)] = 35
    evidence_years: Annotated[int, whole(1, 30, 10)] = 10
    reminder_years: Annotated[int, whole(1, 30, 2)] = 2
    login_code_minutes: Annotated[int, whole(1, 60, 10)] = 10
    login_attempts: Annotated[int, whole(1, 10, 5)] = 5
    login_codes_per_hour: Annotated[int, whole(1, 20, 3)] = 3
    login_codes_per_day: Annotated[int, whole(1, 100, 10)] = 10
    login_link_hours: Annotated[int, whole(1, 48, 24)] = 24
    login_cooldown_minutes: Annotated[int, whole(1, 1440, 60)] = 60
    provider_days: Annotated[int, whole(0, 30, 3)] = 3
    payment_link: LinkWay = PaymentLink.CHAT
    vat_abroad: AbroadVat = VatAbroad.CHARGE


class ExtraTable(Table):
    """What one more GB costs for a year, and how many there are at most."""

    price: Price
    cap: Annotated[int, whole(1, 10_000, 200)]


class PlanTable(Table):
    """`[plans.<id>]`. A table of extra GB that is left out means that none are sold; days, that the rules' hold."""

    name: NamesTable
    price: Price
    mailbox_gb: Annotated[int, whole(1, 10_000, 2)]
    archive_gb: Annotated[int, whole(0, 10_000, 3)]
    extra_mailbox: ExtraTable | None = None
    extra_archive: ExtraTable | None = None
    features: FeatureIds
    on_sale: Flag = True
    own_domain: Flag = False
    deletion_days: Annotated[int, whole(1, 365, 30)] | None = None
    renew_from_days: RenewFromDays | None = None


class PromotionTable(Table):
    """`[promotions.<id>]`; `prices` are by plan id."""

    name: NamesTable
    prices: dict[str, Price]
    max_years: Annotated[int, whole(1, 10, 2)]
    until: Day


class KitTable(Table):
    """`[kits.<id>]`. Without `shipping` it is a remote signature."""

    name: NamesTable
    description: SentencesTable
    price: Price
    shipping: Shipping | None = None
    certificate_years: Annotated[int, whole(1, 10, 3)]


class RegistrationTable(Table):
    """When a payment is registered: either `at_once`, or both numbers of working days."""

    at_once: Flag = False
    min_days: Annotated[int, whole(0, 30, 5)] | None = None
    max_days: Annotated[int, whole(0, 30, 7)] | None = None


class MethodTable(Table):
    """`[methods.<id>]`. The last five values belong to some families only."""

    name: NamesTable
    in_sentence: NamesTable | None = None
    short: NamesTable | None = None
    label: NamesTable | None = None
    family: Family
    registration: RegistrationTable
    cutoff: Cutoff | None = None
    instant: Flag = False
    carries_auto_renew: Flag = False
    commitment_letter: Flag = False
    creditor_reference: Flag = False
    kinds: Kinds
    beneficiary: Beneficiary | None = None
    iban: Iban | None = None
    bic: Bic | None = None
    account: PostalAccount | None = None
    url: PaymentUrl | None = None


class ClauseTable(Table):
    """`[[documents.clauses.clause]]`."""

    number: ClauseNumber
    title: SentencesTable


class DocumentTable(Table):
    """`[documents.<id>]`. Only the unfair clauses list their clauses."""

    name: NamesTable
    version: Version
    url: UrlsTable
    sha256: DigestsTable
    clause: list[ClauseTable] = []


class StatementProfileTable(Table):
    """`[statement_profiles.<id>]`: sums stand in `amount`, or in `credit` and `debit`."""

    booked_on: ColumnName
    texts: ColumnNames
    amount: ColumnName | None = None
    credit: ColumnName | None = None
    debit: ColumnName | None = None
    payer: ColumnName | None = None
    payer_iban: ColumnName | None = None
    reference: ColumnName | None = None
    account: ColumnName | None = None
    currency: ColumnName | None = None
    status: ColumnName | None = None
    booked: Words | None = None
    skip: Words | None = None
    reversal: Words | None = None
    date_form: DateForm
    decimal: DecimalMark
    thousands: ThousandsMark | None = None
    delimiter: Delimiter | None = None
    encoding: TextEncoding | None = None
