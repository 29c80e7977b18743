"""What no single value of a catalogue can tell: whether its tables agree with each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.catalogue import DocumentId, MethodFamily
from bot.domain.money import amount
from bot.domain.registrant import HolderKind
from bot.domain.reminders import days_after
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
)
from bot.services.catalogue.reading import Problem, expected

_MAX_CLAUSE_CHARACTERS = 2000
"""What the titles of the unfair clauses may take together, so that their list fits in one message."""

_FAMILY_NEEDS = {
    MethodFamily.BANK_TRANSFER: frozenset({"beneficiary", "iban"}),
    MethodFamily.POSTAL_SLIP: frozenset({"beneficiary", "account"}),
    MethodFamily.LINK: frozenset({"url"}),
}
_FAMILY_ALLOWS = {**_FAMILY_NEEDS, MethodFamily.BANK_TRANSFER: frozenset({"beneficiary", "iban", "bic"})}
_FAMILY_VALUES = ("beneficiary", "iban", "bic", "account", "url")

_PUBLIC = HolderKind.PUBLIC_ADMINISTRATION


@dataclass(slots=True)
class Contents:
    """The tables that could be read. `written` also has the ids of those that could not, by section."""

    operator: OperatorTable | None = None
    rules: RulesTable | None = None
    features: Mapping[str, NamesTable] = field(default_factory=dict)
    plans: Mapping[str, PlanTable] = field(default_factory=dict)
    promotions: Mapping[str, PromotionTable] = field(default_factory=dict)
    kits: Mapping[str, KitTable] = field(default_factory=dict)
    methods: Mapping[str, MethodTable] = field(default_factory=dict)
    documents: Mapping[str, DocumentTable] = field(default_factory=dict)
    statement_profiles: Mapping[str, StatementProfileTable] = field(default_factory=dict)
    written: dict[str, frozenset[str]] = field(default_factory=dict)


def disagreements(contents: Contents) -> Iterator[Problem]:
    """Everything in which the tables contradict each other, or lack what another one needs."""
    yield from _rules(contents)
    yield from _windows(contents)
    yield from _short_lives(contents)
    yield from _plans(contents)
    yield from _promotions(contents)
    for method_id, method in contents.methods.items():
        yield from _method(f"methods.{method_id}", method)
    yield from _who_can_pay(contents)
    yield from _documents(contents)
    for profile_id, profile in contents.statement_profiles.items():
        yield from _statement_profile(f"statement_profiles.{profile_id}", profile)


def _rules(contents: Contents) -> Iterator[Problem]:
    rules = contents.rules
    if rules is None:
        return
    if rules.ladder_after[-1] > rules.deletion_days:
        yield Problem(
            "rules.ladder_after",
            f"its last day is {rules.ladder_after[-1]}",
            f"at most deletion_days, {rules.deletion_days}: later there is no mailbox to save",
        )
    if rules.remind_until_hour <= rules.remind_from_hour:
        yield Problem(
            "rules.remind_until_hour",
            f"found {rules.remind_until_hour}",
            f"later than remind_from_hour, {rules.remind_from_hour}",
        )
    if rules.kit_step and not contents.written["kits"]:
        yield Problem(
            "rules.kit_step", "true, but there are no kits", "false, or there should be a table [kits.<id>]"
        )


def _windows(contents: Contents) -> Iterator[Problem]:
    """The window of a plan has to be open when the first reminder asks to renew it (DOMAIN.md 6 and 10)."""
    if contents.rules is not None:
        yield from _window("rules", contents.rules.renew_from_days, contents.rules)
    for plan_id, plan in contents.plans.items():
        path = f"plans.{plan_id}"
        if plan.own_domain and plan.renew_from_days is not None:
            yield Problem(
                f"{path}.renew_from_days", "present", "left out, as this plan is renewed with its domain"
            )
        elif contents.rules is not None:
            yield from _window(path, plan.renew_from_days, contents.rules)


def _window(path: str, days: int | None, rules: RulesTable) -> Iterator[Problem]:
    if days is not None and days < rules.ladder_before[0]:
        yield Problem(
            f"{path}.renew_from_days",
            f"found {days}",
            f"at least {rules.ladder_before[0]}, the first of ladder_before: it asks to renew what must be possible",
        )


def _short_lives(contents: Contents) -> Iterator[Problem]:
    """Under a plan with its own deletion each reminder after the expiry needs a day of its own (DOMAIN.md 6 and 10)."""
    rules = contents.rules
    if rules is None:
        return
    for plan_id, plan in contents.plans.items():
        own = plan.deletion_days
        if own is None or _days_apart(rules, own):
            continue
        enough = next((days for days in range(own, rules.deletion_days) if _days_apart(rules, days)), None)
        yield Problem(
            f"plans.{plan_id}.deletion_days",
            f"found {own}",
            f"at least {enough or rules.deletion_days}, so that no two of ladder_after fall on one day",
        )


def _days_apart(rules: RulesTable, deletion_days: int) -> bool:
    fallen = {days_after(days, deletion_days, rules.deletion_days) for days in rules.ladder_after}
    return len(fallen) == len(rules.ladder_after)


def _plans(contents: Contents) -> Iterator[Problem]:
    known = contents.written["features"]
    for plan_id, plan in contents.plans.items():
        for feature in plan.features:
            if feature not in known:
                yield Problem(
                    f"plans.{plan_id}.features",
                    f'"{feature}" is not in [features]',
                    f"only of {', '.join(sorted(known)) or 'nothing, as [features] is empty'}",
                )
        if plan.extra_archive is not None and not plan.archive_gb:
            yield Problem(
                f"plans.{plan_id}.extra_archive",
                "sells archive, but archive_gb is 0",
                "left out, as this plan has no archive",
            )


def _promotions(contents: Contents) -> Iterator[Problem]:
    for promotion_id, promotion in contents.promotions.items():
        path = f"promotions.{promotion_id}"
        if not promotion.prices:
            yield Problem(
                f"{path}.prices", "empty", 'the price of one plan at least, such as { pro = "19.90" }'
            )
        for plan_id, price in promotion.prices.items():
            if plan_id not in contents.written["plans"]:
                yield Problem(
                    f"{path}.prices.{plan_id}",
                    "there is no such plan",
                    f"one of {', '.join(sorted(contents.written['plans']))}",
                )
            plan = contents.plans.get(plan_id)
            if plan is not None and price >= plan.price:
                yield Problem(
                    f"{path}.prices.{plan_id}",
                    f"found {amount(price)}",
                    f"below the plan's ordinary price, {amount(plan.price)}",
                )
        if contents.rules is not None and promotion.max_years > contents.rules.max_years:
            yield Problem(
                f"{path}.max_years",
                f"found {promotion.max_years}",
                f"at most rules.max_years, {contents.rules.max_years}",
            )


def _method(path: str, method: MethodTable) -> Iterator[Problem]:
    timing = method.registration
    days = (timing.min_days, timing.max_days)
    if timing.at_once != (days == (None, None)) or (None in days and days != (None, None)):
        yield Problem(
            f"{path}.registration",
            "says neither or both of at_once and days",
            "{ at_once = true } or both days, such as { min_days = 5, max_days = 7 }",
        )
    if timing.min_days is not None and timing.max_days is not None and timing.min_days > timing.max_days:
        yield Problem(
            f"{path}.registration.max_days",
            f"found {timing.max_days}",
            f"at least min_days, {timing.min_days}",
        )
    if timing.at_once and method.cutoff is not None:
        yield Problem(f"{path}.cutoff", "present", "left out, as what is registered at once is never late")
    if method.instant and method.family is not MethodFamily.BANK_TRANSFER:
        yield Problem(
            f"{path}.instant",
            "true",
            f'false, as only the family "{MethodFamily.BANK_TRANSFER}" has an instant kind',
        )
    if method.creditor_reference and method.family is not MethodFamily.BANK_TRANSFER:
        yield Problem(
            f"{path}.creditor_reference",
            "true",
            f'false, as only the family "{MethodFamily.BANK_TRANSFER}" carries such a reference',
        )
    for name in _FAMILY_VALUES:
        given = getattr(method, name) is not None
        if not given and name in _FAMILY_NEEDS[method.family]:
            yield Problem(f"{path}.{name}", "missing", expected(MethodTable, (name,)))
        if given and name not in _FAMILY_ALLOWS[method.family]:
            yield Problem(f"{path}.{name}", "present", f'left out, as the family is "{method.family}"')
    if method.carries_auto_renew and method.family is not MethodFamily.LINK:
        yield Problem(
            f"{path}.carries_auto_renew",
            "true",
            f'false, as only the family "{MethodFamily.LINK}" can be charged again',
        )
    yield from _commitment_letter(path, method)


def _commitment_letter(path: str, method: MethodTable) -> Iterator[Problem]:
    if method.commitment_letter and method.family is not MethodFamily.BANK_TRANSFER:
        yield Problem(
            f"{path}.commitment_letter",
            "true",
            f'false, as the letter belongs to the family "{MethodFamily.BANK_TRANSFER}"',
        )
    if method.commitment_letter and method.kinds != {_PUBLIC}:
        yield Problem(
            f"{path}.kinds", "pays with a commitment letter", f'["{_PUBLIC}"], who alone can write one'
        )
    if not method.commitment_letter and _PUBLIC in method.kinds:
        yield Problem(
            f"{path}.kinds",
            f'contains "{_PUBLIC}"',
            "without it: a public administration pays by a transfer with commitment_letter = true",
        )


def _who_can_pay(contents: Contents) -> Iterator[Problem]:
    if not contents.methods or len(contents.methods) < len(contents.written["methods"]):
        return  # none, which is said elsewhere; or nobody knows for whom those with problems were
    served = {kind for method in contents.methods.values() for kind in method.kinds}
    for kind in HolderKind:
        if kind not in served:
            yield Problem("methods", f"none is for {kind}", f'one method at least with "{kind}" in its kinds')


def _documents(contents: Contents) -> Iterator[Problem]:
    for needed in DocumentId:
        if needed not in contents.written["documents"]:
            yield Problem(
                f"documents.{needed}", "missing", expected(DocumentTable, ()) + ": all four are needed"
            )
    for document_id, document in contents.documents.items():
        path = f"documents.{document_id}.clause"
        if document_id != DocumentId.CLAUSES:
            if document.clause:
                yield Problem(path, "present", "left out: only [documents.clauses] lists clauses")
            continue
        if not document.clause:
            yield Problem(path, "missing", "a block [[documents.clauses.clause]] for each unfair clause")
        seen: set[str] = set()
        for place, clause in enumerate(document.clause, start=1):
            if clause.number in seen:
                yield Problem(f"{path}[{place}].number", f'"{clause.number}" a second time', "another number")
            seen.add(clause.number)
        longest = max(
            sum(len(clause.title.it) for clause in document.clause),
            sum(len(clause.title.en) for clause in document.clause),
        )
        if longest > _MAX_CLAUSE_CHARACTERS:
            yield Problem(
                path,
                f"titles of {longest} characters in all",
                f"shorter: at most {_MAX_CLAUSE_CHARACTERS} together, so that they fit in one message",
            )


def _statement_profile(path: str, profile: StatementProfileTable) -> Iterator[Problem]:
    if profile.credit is None and (profile.amount is None or profile.debit is not None):
        missing = "amount" if profile.debit is None else "credit"
        yield Problem(
            f"{path}.{missing}",
            "missing",
            expected(StatementProfileTable, (missing,)) + ": sums stand in amount, or in credit and debit",
        )
    if profile.amount is not None and profile.credit is not None:
        yield Problem(
            f"{path}.amount",
            "beside credit",
            "left out, or alone: sums stand in amount, or in credit and debit",
        )
    if (profile.status is None) != (profile.booked is None):
        missing, there = ("status", "booked") if profile.status is None else ("booked", "status")
        yield Problem(
            f"{path}.{missing}",
            "missing",
            expected(StatementProfileTable, (missing,)) + f", as {there} is there",
        )
    if profile.thousands == profile.decimal:
        yield Problem(f"{path}.thousands", f'found "{profile.thousands}"', "other than the decimal mark")
