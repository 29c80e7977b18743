"""Reads the operator's catalogue from its file, and refuses one that the bot could not keep its word with.

All problems are found at once, each named by the place of its value and by what should stand there::

    rules.max_years: found "5"; should be a whole number from 1 to 10, such as 5
"""

import dataclasses
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from bot.domain.catalogue import (
    Catalogue,
    Clause,
    Document,
    DocumentId,
    Kit,
    Names,
    Operator,
    PaymentMethod,
    Plan,
    Promotion,
    Registration,
    Rules,
)
from bot.domain.errors import RinnovoError
from bot.domain.statements.profile import StatementProfile
from bot.services.catalogue.checks import Contents, disagreements
from bot.services.catalogue.model import (
    DocumentTable,
    KitTable,
    MethodTable,
    NamesTable,
    OperatorTable,
    PlanTable,
    PromotionTable,
    RulesTable,
    StatementProfileTable,
    Table,
)
from bot.services.catalogue.reading import Problem, expected, read_table, read_tables, unknown_key

_VERSION_LENGTH = 12
_SINGLE: Mapping[str, type[Table]] = {"operator": OperatorTable, "rules": RulesTable}
_NEEDED = ("plans", "methods")
_NAMED = (*_NEEDED, "documents", "features", "promotions", "kits", "statement_profiles")


class CatalogueError(RinnovoError):
    """The catalogue cannot be used.

    Attributes:
        source: the file, as the operator named it.
        problems: everything that is wrong, one line each.
    """

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        head = "a problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n".join((f"{source} has {head}:", *(f"  {line}" for line in self.problems))))


def load_catalogue(path: Path) -> Catalogue:
    """Read and judge the catalogue in a TOML file.

    Raises:
        CatalogueError: the file cannot be read, is not TOML, or holds anything wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise CatalogueError(
            str(path),
            [f"cannot be read ({reason}); CATALOGUE should name a TOML file, such as catalogue.toml"],
        ) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(
            str(path), [f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"]
        ) from error
    return _judged(text, str(path))


@lru_cache(maxsize=1)
def _judged(text: str, source: str) -> Catalogue:
    """The catalogue that a file says; whoever reads the same file again is given the same one, which nobody changes."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            source, [f"not TOML: {error}; see https://toml.io for how a file is written"]
        ) from error
    return parse_catalogue(content, source)


def parse_catalogue(content: Mapping[str, object], source: str = "catalogue") -> Catalogue:
    """Judge the content of a catalogue file.

    Args:
        content: the file as `tomllib` reads it.
        source: what errors call the file.

    Raises:
        CatalogueError: with everything that is wrong.
    """
    problems: list[Problem] = []
    contents = _read(content, problems)
    problems.extend(disagreements(contents))
    if problems or contents.operator is None or contents.rules is None:
        raise CatalogueError(source, [str(problem) for problem in problems])
    catalogue = Catalogue(
        version="",
        operator=Operator(**contents.operator.model_dump()),
        rules=Rules(**contents.rules.model_dump()),
        features={key: _names(names) for key, names in contents.features.items()},
        plans={key: _plan(key, table) for key, table in contents.plans.items()},
        promotions={key: _promotion(key, table) for key, table in contents.promotions.items()},
        kits={key: _kit(key, table) for key, table in contents.kits.items()},
        methods={key: _method(key, table) for key, table in contents.methods.items()},
        documents={key: _document(key, contents.documents[key]) for key in DocumentId},
        statement_profiles={
            key: _statement_profile(key, table) for key, table in contents.statement_profiles.items()
        },
    )
    return dataclasses.replace(catalogue, version=content_version(catalogue))


def content_version(catalogue: Catalogue) -> str:
    """A short digest of what the catalogue says: not of comments, layout, or the order of its tables."""
    text = json.dumps(
        dataclasses.replace(catalogue, version=""),
        default=_plain,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()[:_VERSION_LENGTH]


def _plain(value: object) -> object:
    """What JSON does not know, as something that it knows: equal for equal values."""
    if dataclasses.is_dataclass(value):
        return {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date() | time():
            return value.isoformat()
        case frozenset():
            return sorted(value)
    raise TypeError(f"a catalogue cannot hold a {type(value).__name__}")


def _read(content: Mapping[str, object], problems: list[Problem]) -> Contents:
    known = (*_SINGLE, *_NAMED)
    problems.extend(unknown_key(key, key, known) for key in content if key not in known)
    problems.extend(
        Problem(section, "missing", expected(model, ()))
        for section, model in _SINGLE.items()
        if section not in content
    )
    problems.extend(
        Problem(section, "missing or empty", f"one table [{section}.<id>] at least")
        for section in _NEEDED
        if content.get(section, {}) == {}
    )
    named = {section: content.get(section, {}) for section in _NAMED}
    return Contents(
        operator=read_table(content["operator"], OperatorTable, "operator", problems)
        if "operator" in content
        else None,
        rules=read_table(content["rules"], RulesTable, "rules", problems) if "rules" in content else None,
        features=read_tables(named["features"], NamesTable, "features", problems),
        plans=read_tables(named["plans"], PlanTable, "plans", problems),
        promotions=read_tables(named["promotions"], PromotionTable, "promotions", problems),
        kits=read_tables(named["kits"], KitTable, "kits", problems),
        methods=read_tables(named["methods"], MethodTable, "methods", problems),
        documents=read_tables(
            named["documents"], DocumentTable, "documents", problems, only=tuple(DocumentId)
        ),
        statement_profiles=read_tables(
            named["statement_profiles"], StatementProfileTable, "statement_profiles", problems
        ),
        written={
            section: frozenset(tables) if isinstance(tables, dict) else frozenset()
            for section, tables in named.items()
        },
    )


def _names(table: Table) -> Names:
    return table.model_dump()


def _plan(plan_id: str, table: PlanTable) -> Plan:
    mailbox, archive = table.extra_mailbox, table.extra_archive
    return Plan(
        id=plan_id,
        names=_names(table.name),
        price=table.price,
        mailbox_gb=table.mailbox_gb,
        archive_gb=table.archive_gb,
        extra_mailbox_price=None if mailbox is None else mailbox.price,
        extra_archive_price=None if archive is None else archive.price,
        extra_mailbox_cap=0 if mailbox is None else mailbox.cap,
        extra_archive_cap=0 if archive is None else archive.cap,
        features=table.features,
        on_sale=table.on_sale,
        own_domain=table.own_domain,
        deletion_days=table.deletion_days,
        renew_from_days=table.renew_from_days,
    )


def _promotion(promotion_id: str, table: PromotionTable) -> Promotion:
    return Promotion(
        id=promotion_id,
        names=_names(table.name),
        prices=table.prices,
        max_years=table.max_years,
        until=table.until,
    )


def _kit(kit_id: str, table: KitTable) -> Kit:
    return Kit(
        id=kit_id,
        names=_names(table.name),
        descriptions=_names(table.description),
        price=table.price,
        shipping_price=table.shipping,
        certificate_years=table.certificate_years,
    )


def _method(method_id: str, table: MethodTable) -> PaymentMethod:
    timing = table.registration
    spoken = _in_sentence(_names(table.name)) if table.in_sentence is None else _names(table.in_sentence)
    return PaymentMethod(
        id=method_id,
        names=_names(table.name),
        in_sentence=spoken,
        short_names=spoken if table.short is None else _names(table.short),
        label_names=_names(table.label or table.name),
        family=table.family,
        registration=Registration(timing.at_once, timing.min_days or 0, timing.max_days or 0),
        cutoff=table.cutoff,
        instant=table.instant,
        carries_auto_renew=table.carries_auto_renew,
        commitment_letter=table.commitment_letter,
        kinds=table.kinds,
        beneficiary=table.beneficiary or "",
        iban=table.iban or "",
        bic=table.bic or "",
        account=table.account or "",
        url=table.url or "",
        creditor_reference=table.creditor_reference,
    )


def _in_sentence(names: Names) -> Names:
    """How a sentence goes on with a name: without its first capital, unless it is a proper name or an acronym.

    A name that both languages write alike is taken for a proper one (PayPal), a first word with more capitals for an
    acronym (SEPA transfer).
    """
    if len(set(names.values())) == 1:
        return names
    return {
        locale: name if any(map(str.isupper, name.split()[0][1:])) else name[0].lower() + name[1:]
        for locale, name in names.items()
    }


def _document(document_id: DocumentId, table: DocumentTable) -> Document:
    return Document(
        id=document_id,
        names=_names(table.name),
        version=table.version,
        urls=_names(table.url),
        sha256=_names(table.sha256),
        clauses=tuple(Clause(clause.number, _names(clause.title)) for clause in table.clause),
    )


def _statement_profile(profile_id: str, table: StatementProfileTable) -> StatementProfile:
    return StatementProfile(
        id=profile_id,
        booked_on=table.booked_on,
        texts=table.texts,
        amount=table.amount or "",
        credit=table.credit or "",
        debit=table.debit or "",
        payer=table.payer or "",
        payer_iban=table.payer_iban or "",
        reference=table.reference or "",
        account=table.account or "",
        currency=table.currency or "",
        status=table.status or "",
        booked=table.booked or (),
        skip=table.skip or (),
        reversal=table.reversal or (),
        date_form=table.date_form,
        decimal=table.decimal,
        thousands=table.thousands or "",
        delimiter=table.delimiter or "",
        encoding=table.encoding or "",
    )
