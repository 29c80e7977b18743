"""A row for each value that a catalogue file can hold: what is refused there, and what else is right."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from bot.services.catalogue.file import CatalogueError, parse_catalogue
from tests.support.catalogue import example_content

Content = dict[str, Any]
Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Row:
    """Values that are refused at a place, and how to make another right one out of the one that is there."""

    wrong: tuple[object, ...]
    other: Callable[[Any], object] | None
    optional: bool = False


def to(value: object) -> Callable[[Any], object]:
    """Always this value."""
    return lambda _: value


def text_row(longest: int, *, optional: bool = False) -> Row:
    """A text on one line."""
    wrong = ("", "  ", " Posta", "Posta ", "Po\nsta", "Po\x00sta", 7, True, ["Posta"], "x" * (longest + 1))
    return Row(wrong, lambda old: f"{old}bis", optional)


def number_row(least: int, most: int, other: Callable[[Any], object], *, optional: bool = False) -> Row:
    """A whole number."""
    return Row((least - 1, most + 1, str(least), float(least), True, []), other, optional)


def price_row(*, free: bool = False, optional: bool = False) -> Row:
    """Euros. 0.01 more or less is another right value everywhere in the shipped file."""
    wrong = (
        "9.9",
        "9,90",
        "09.90",
        "9.900",
        "-9.90",
        "9.90 ",
        " 9.90",
        "€9.90",
        "",
        9.9,
        9,
        True,
        "9999999999.00",
    )
    return Row(wrong if free else (*wrong, "0.00"), lambda old: f"{Decimal(old) - Decimal('0.01')}", optional)


URL_ROW = Row(
    (
        "", "posta.example", "http://posta.example", "https://", "https://localhost", "ftp://posta.example/x",
        "https://u:p@posta.example", "https://posta.example/a b", "https://posta.example:port/", 3,
        "https://[posta.example",
    ),
    lambda old: f"{old}/altro",
)  # fmt: skip
EMAIL_ROW = Row(
    ("", "posta.example", "a@", "a@@posta.example", "a b@posta.example", 3), to("altra@posta.example")
)
FLAG_ROW = Row(("true", "", 1, 0, "si"), lambda old: not old, optional=True)
BENEFICIARY_ROW = text_row(70)
WORDS_ROW = Row(([], "Saldo", ["Saldo", "Saldo"], [" Saldo"], [""], [3], {}, True), to(["Altro", "E altro"]))
KINDS = ["natural_person", "sole_trader", "freelancer", "company", "association"]

VALUES: Mapping[str, Row] = {
    "operator.example": FLAG_ROW,
    "operator.name": text_row(200),
    "operator.legal_name": text_row(200),
    "operator.vat_number": Row(
        ("", "99999990998", "9999999099", "IT99999990999", "99999 990999", 99999990999, "00000000000"),
        to("12345679992"),
    ),
    "operator.address": text_row(200),
    "operator.email": EMAIL_ROW,
    "operator.phone": Row(
        ("", "0600000000", "+39 06 0000000", "+39", "+391234567890123456", "+3912345678901234","+39abc", 390000000000,
         "+999123456789"),
        to("+390000000001"),
    ),
    "operator.website": URL_ROW,
    "operator.purchase_url": URL_ROW,
    "operator.holder_change_url": URL_ROW,
    "operator.domain_renewal_url": URL_ROW,
    "operator.plan_guide_url": URL_ROW,
    "operator.withdrawal_email": EMAIL_ROW,
    "operator.evidence_email": replace(EMAIL_ROW, optional=True),
    "rules.vat_percent": Row((22, 22.0, "", "22%", "-1", "100", "22.123", "022", "ventidue", True), to("10")),
    "rules.deletion_days": number_row(1, 365, to(91)),
    "rules.renew_from_days": number_row(1, 4000, to(90), optional=True),
    "rules.ladder_before": Row(
        ([], [0, 30], [30, 30, 0], [30, -1], [366], ["30"], [30.0], [True], 30, "30", [[30]]), to([30, 7])
    ),
    "rules.ladder_after": Row(
        ([], [30, 7], [7, 7], [0, 7], [-7], [366], ["7"], [7.0], 7, "7"), to([10, 60])
    ),
    "rules.max_years": number_row(1, 10, to(4)),
    "rules.max_mailboxes": number_row(1, 99, to(50)),
    "rules.mailboxes_per_page": number_row(1, 20, to(5)),
    "rules.usage_max_age_hours": number_row(1, 8760, to(48)),
    "rules.auto_renew_charge_days": number_row(0, 29, to(10)),
    "rules.renew_expired_from": Row(("", "Expiry", "today", 1, True), to("payment")),
    "rules.withdrawal_days": number_row(14, 365, to(30)),
    "rules.renew_at": Row(("", "Payment", "later", 1, True), to("after_withdrawal"), optional=True),
    "rules.split_payment_until": Row(("2026-06-30", 2026, True), to(date(2029, 12, 31))),
    "rules.link_token_days": number_row(1, 365, to(3)),
    "rules.order_warning_days": number_row(1, 60, to(5)),
    "rules.kit_step": replace(FLAG_ROW, optional=False),
    "rules.urgent_days": number_row(0, 30, to(5), optional=True),
    "rules.remind_from_hour": number_row(0, 22, to(8), optional=True),
    "rules.remind_until_hour": number_row(1, 24, to(19), optional=True),
    "rules.remind_by_mail": Row(("", "Always", "never", 1, True), to("always"), optional=True),
    "rules.auto_renew_notice_days": number_row(30, 90, to(40), optional=True),
    "rules.evidence_years": number_row(1, 30, to(12), optional=True),
    "rules.reminder_years": number_row(1, 30, to(3), optional=True),
    "rules.login_code_minutes": number_row(1, 60, to(15), optional=True),
    "rules.login_attempts": number_row(1, 10, to(3), optional=True),
    "rules.login_codes_per_hour": number_row(1, 20, to(6), optional=True),
    "rules.login_codes_per_day": number_row(1, 100, to(20), optional=True),
    "rules.login_link_hours": number_row(1, 48, to(12), optional=True),
    "rules.login_cooldown_minutes": number_row(1, 1440, to(30), optional=True),
    "rules.provider_days": number_row(0, 30, to(5), optional=True),
    "rules.vat_abroad": Row(("", "Ask", "no", 1, True), to("ask"), optional=True),
    "rules.payment_link": Row(("", "Mail", "sms", 1, True), to("mail"), optional=True),
    "features.*.LANGUAGE": text_row(80),
    "plans.*.name.LANGUAGE": text_row(80),
    "plans.*.price": price_row(),
    "plans.*.mailbox_gb": number_row(1, 10_000, lambda old: old + 1),
    "plans.*.archive_gb": number_row(0, 10_000, lambda old: old + 1),
    "plans.*.extra_mailbox.price": price_row(),
    "plans.*.extra_mailbox.cap": number_row(1, 10_000, lambda old: old + 1),
    "plans.*.extra_archive.price": price_row(),
    "plans.*.extra_archive.cap": number_row(1, 10_000, lambda old: old + 1),
    "plans.*.features": Row(
        ("sms_report", ["sms_report", "sms_report"], [3], ["SMS"], {}, True),
        lambda old: old[1:] if old else ["sms_report"],
    ),
    "plans.*.on_sale": FLAG_ROW,
    "plans.*.own_domain": FLAG_ROW,
    "plans.*.deletion_days": number_row(1, 365, to(31), optional=True),
    "plans.*.renew_from_days": number_row(1, 4000, to(91), optional=True),
    "promotions.*.name.LANGUAGE": text_row(80),
    "promotions.*.prices.*": price_row(),
    "promotions.*.max_years": number_row(1, 10, lambda old: old + 1),
    "promotions.*.until": Row(
        ("2035-12-31", 2035, datetime(2035, 12, 31), True), to(date(2034, 12, 31))  # noqa: DTZ001
    ),
    "kits.*.name.LANGUAGE": text_row(80),
    "kits.*.description.LANGUAGE": text_row(200),
    "kits.*.price": price_row(),
    "kits.*.shipping": price_row(free=True, optional=True),
    "kits.*.certificate_years": number_row(1, 10, lambda old: old + 1),
    "methods.*.name.LANGUAGE": text_row(80),
    "methods.*.in_sentence.LANGUAGE": text_row(80),
    "methods.*.short.LANGUAGE": text_row(80),
    "methods.*.label.LANGUAGE": text_row(80),
    "methods.*.family": Row(("", "Link", "cash", 3, True, ["link"]), None),
    "methods.*.registration.at_once": Row(("true", 1, "x"), None),
    "methods.*.registration.min_days": number_row(0, 30, lambda old: old - 1),
    "methods.*.registration.max_days": number_row(0, 30, lambda old: old + 1),
    "methods.*.instant": Row(("true", 1), None, optional=True),
    "methods.*.cutoff": Row(("15", "24:00", "9:30", "15:00:00", "15.00", 15, True), to("16:30"), optional=True),
    "methods.*.carries_auto_renew": FLAG_ROW,
    "methods.*.commitment_letter": Row(("true", 1, "x"), None),
    "methods.*.creditor_reference": Row(("true", 1), None, optional=True),
    "methods.*.kinds": Row(
        ([], "company", ["company", "company"], ["Company"], ["consumer"], [3], {}), to(KINDS[:3])
    ),
    "methods.*.beneficiary": BENEFICIARY_ROW,
    "methods.*.iban": Row(
        (
            "", "IT24F99999999990000ESEMPIO", "IT25F999999999900000ESEMPIO",
            "IT24 F999 9999 9990 0000 ESEM PIO",
            "it24f999999999900000esempio", "XX24F999999999900000ESEMPIO", 24, "DE89370400440532013001",
        ),
        to("DE89370400440532013000"),
    ),
    "methods.*.bic": Row(
        ("", "ESEMIT", "esemitm1xxx", "ESEM1TM1XXX", "ESEMITM1XX", 3), to("ESEMITM1"), optional=True
    ),
    "methods.*.account": Row(
        ("", "12345", "1234567890123", "12 345 678", "IT1234567", 12345678, True), to("12345678")
    ),
    "methods.*.url": Row(
        (
            "", "https://paga.posta.example/carta", "https://paga.posta.example/{order}",
            "https://paga.posta.example/{amount}", "http://paga.posta.example/{order}/{amount}",
            "https://paga.posta.example/{order}/{amount}/{order}",
            "https://paga.posta.example/{order}/{amount}/{iban}",
            "https://paga.posta.example/{order!r}/{amount}",
            "https://paga.posta.example/{order}/{amount}/{", 3,
        ),
        to("https://paga.posta.example/{order}/{amount}"),
    ),
    "documents.*.name.LANGUAGE": text_row(80),
    "documents.*.version": text_row(32),
    "documents.*.url.LANGUAGE": URL_ROW,
    "documents.*.sha256.LANGUAGE": Row(("", "ab" * 31, "ab" * 33, "AB" * 32, "zz" * 32, 3), to("ab" * 32)),
    "documents.*.clause.number": text_row(16),
    "documents.*.clause.title.LANGUAGE": text_row(200),
    "statement_profiles.*.booked_on": text_row(80),
    "statement_profiles.*.texts": WORDS_ROW,
    "statement_profiles.*.amount": text_row(80),
    "statement_profiles.*.credit": text_row(80),
    "statement_profiles.*.debit": text_row(80, optional=True),
    "statement_profiles.*.payer": text_row(80, optional=True),
    "statement_profiles.*.payer_iban": text_row(80, optional=True),
    "statement_profiles.*.reference": text_row(80, optional=True),
    "statement_profiles.*.account": text_row(80, optional=True),
    "statement_profiles.*.currency": text_row(80, optional=True),
    "statement_profiles.*.status": text_row(80),
    "statement_profiles.*.booked": WORDS_ROW,
    "statement_profiles.*.skip": replace(WORDS_ROW, optional=True),
    "statement_profiles.*.reversal": replace(WORDS_ROW, optional=True),
    "statement_profiles.*.date_form": Row(
        ("", "DD/MM/YYYY", "dd/mm", "dd/mm/yyy", "gg/mm/aaaa", "dd/mm/yyyy hh", "%d/%m/%Y", "d/m/yyyy", 3, True),
        to("yyyy-mm-dd"),
    ),
    "statement_profiles.*.decimal": Row(("", ";", ",,", "comma", 3, True), None),
    "statement_profiles.*.thousands": Row(("", ";", "..", 3, True, ["."]), to("'"), optional=True),
    "statement_profiles.*.delimiter": Row(("", ";;", "tab", 3, True), to("\t"), optional=True),
    "statement_profiles.*.encoding": Row(("", "UTF-8", "latin-1", 3, True), to("utf-16"), optional=True),
}  # fmt: skip


def full_content() -> Content:
    """The shipped file, and the values that it leaves out everywhere."""
    content = example_content()
    content["operator"]["evidence_email"] = "prove@posta.example"
    content["rules"]["renew_from_days"] = 400
    content["plans"]["pro"] |= {"deletion_days": 30, "renew_from_days": 380}
    content["methods"]["bank_transfer"] |= {
        "bic": "ESEMITM1XXX",
        "creditor_reference": False,
        "in_sentence": {"it": "bonifico ordinario", "en": "ordinary transfer"},
    }
    full = content["statement_profiles"]["bancoposta"] | {
        "payer": "Ordinante", "payer_iban": "IBAN", "reference": "Rif.", "account": "Conto", "currency": "Divisa",
        "status": "Stato", "booked": ["Contabilizzato"], "delimiter": ";", "encoding": "windows-1252",
    }  # fmt: skip
    signed = {name: value for name, value in full.items() if name not in {"credit", "debit"}}
    content["statement_profiles"] = {"bancoposta": full, "signed": signed | {"amount": "Importo"}}
    return content


def leaves(value: Any, path: Key = ()) -> Iterator[Key]:
    """The path of every single value; a list of plain values is one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def pattern(path: Key) -> str:
    """The path with the names that the operator chooses, the languages and the places in lists left open."""
    parts = [str(part) for part in path if not isinstance(part, int)]
    if parts[0] not in {"operator", "rules"}:
        parts[1] = "*"
    if parts[:1] == ["promotions"] and "prices" in parts:
        parts[3] = "*"
    if parts[-1] in {"it", "en"}:
        parts[-1] = "LANGUAGE"
    return ".".join(parts)


def dotted(path: Key) -> str:
    """The path as an error writes it, places in lists counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _paths() -> Mapping[str, list[Key]]:
    found: dict[str, list[Key]] = {name: [] for name in VALUES}
    for path in leaves(full_content()):
        found.setdefault(pattern(path), []).append(path)
    return {name: found[name] for name in VALUES}


PATHS: Mapping[str, list[Key]] = _paths()


def at(content: Any, path: Key) -> Any:
    """What stands at a path."""
    for part in path:
        content = content[part]
    return content


@cache
def _full() -> Content:
    """The whole content, which nobody changes."""
    return full_content()


def _beside(content: Any, path: Key, change: Callable[[Any, str | int], None]) -> Any:
    """The content with one table or list changed; what does not lie on the way there is shared with the old one."""
    content = copy(content)
    if len(path) == 1:
        change(content, path[0])
    else:
        content[path[0]] = _beside(content[path[0]], path[1:], change)
    return content


def changed(path: Key, value: object) -> Content:
    """The whole content with one value put there."""
    return changed_everywhere([path], value)


def changed_everywhere(paths: Iterable[Key], value: object) -> Content:
    """The whole content with the same value put at each of these paths."""
    content: Content = _full()
    for path in paths:
        content = _beside(content, path, lambda table, key: table.__setitem__(key, value))
    return content


def without(path: Key) -> Content:
    """The whole content with one value left out."""
    content: Content = _beside(_full(), path, lambda table, key: table.__delitem__(key))
    return content


def problems_of(content: Mapping[str, object]) -> tuple[str, ...]:
    """What is wrong with the content; nothing, if it is right."""
    try:
        parse_catalogue(content)
    except CatalogueError as error:
        return error.problems
    return ()


def edit(*changes: tuple[str, object]) -> Content:
    """The content with values put at dotted paths; None takes one out."""
    content = full_content()
    for dots, value in changes:
        path = tuple(dots.split("."))
        if value is None:
            del at(content, path[:-1])[path[-1]]
        else:
            at(content, path[:-1])[path[-1]] = value
    return content


def reordered(value: Any) -> Any:
    """The same content with every table written from its end."""
    if isinstance(value, dict):
        return {key: reordered(inner) for key, inner in reversed(value.items())}
    return [reordered(item) for item in value] if isinstance(value, list) else value
